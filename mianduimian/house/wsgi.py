"""WSGI: the door through which the server enters the house; what browsers keep is laid out before it opens."""

import os

import django
from django.core.wsgi import get_wsgi_application

from mianduimian.house.static import lay_out

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mianduimian.house.settings")
django.setup()
lay_out()
application = get_wsgi_application()
