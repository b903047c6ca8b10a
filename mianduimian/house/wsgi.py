"""WSGI: the door through which the server enters the house."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mianduimian.house.settings")
application = get_wsgi_application()
