"""What a page says after a form was sent, kept in a cookie of this very host."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class HostCookieStorage(CookieStorage):
    """Django's own, under the prefix that all our cookies have over HTTPS."""

    cookie_name = f"{settings.HOST_PREFIX}messages"
