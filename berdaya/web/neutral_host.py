"""Every address of the neutral host: shops, certificates, and whether the program is well."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from berdaya.core.views import errors, health
from berdaya.web.views import neutral

urlpatterns = [
    path("health", health.health, name="health"),
    path("ready", health.ready, name="ready"),
    path("robots.txt", neutral.robots),
    path("sitemap.xml", neutral.sitemap),
    *i18n_patterns(
        path("", neutral.front),
        path("", include("berdaya.web.urls_neutral")),
        path("", include("berdaya.market.urls_shop")),
        path("", include("berdaya.market.urls_own")),
        prefix_default_language=False,
    ),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = neutral.server_error
