"""Every address: rooms bring their own; Indonesian without prefix, English under /en/."""

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from berdaya.core.views import errors, health

urlpatterns = [
    path("health", health.health, name="health"),
    path("ready", health.ready, name="ready"),
    *i18n_patterns(
        path("", include("berdaya.web.urls_neutral")),
        path("", include("berdaya.market.urls_shop")),
        path("", include("berdaya.market.urls_own")),
        *(
            path("", include(f"berdaya.{room}.urls"))
            for room in settings.ROOMS
            if f"berdaya.{room}" in settings.INSTALLED_APPS and find_spec(f"berdaya.{room}.urls")
        ),
        prefix_default_language=False,
    ),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
