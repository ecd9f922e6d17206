"""Every address of the neutral host: certificates, and whether the program is well."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from berdaya.core.views import health
from berdaya.web.views import certificates

urlpatterns = [
    path("health", health.health, name="health"),
    path("ready", health.ready, name="ready"),
    *i18n_patterns(
        path("", certificates.to_check),
        path("", include("berdaya.web.urls_neutral")),
        prefix_default_language=False,
    ),
]

handler400 = certificates.bad_request
handler403 = certificates.bad_request
handler404 = certificates.not_found
handler500 = certificates.server_error
