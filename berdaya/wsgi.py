"""The door for the web server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from berdaya.core.environment import require_keys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "berdaya.settings")
require_keys(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
application = get_wsgi_application()
