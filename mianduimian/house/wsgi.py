"""WSGI: the door through which the server enters the house; what browsers keep is laid out before it opens."""

import gc
import os

import django
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from mianduimian.house.static import lay_out

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mianduimian.house.settings")
django.setup()
lay_out()
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  the code of every page is read now, not by the first who asks
gc.collect()
gc.freeze()  # what stays as long as the server is not looked through again for what can be thrown away
