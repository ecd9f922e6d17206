"""Addresses under the neutral name: certificates and what machines need to verify them."""

from django.urls import path

from berdaya.web.views import certificates, issuers

app_name = "neutral"
urlpatterns = [
    path("sertifikat", certificates.check, name="check"),
    path("sertifikat/periksa", certificates.read, name="read"),
    path("sertifikat/penerbit/<str:slug>", issuers.profile, name="issuer"),
    path("sertifikat/penerbit/<str:slug>/did.json", issuers.did, name="did"),
    path("sertifikat/penerbit/<str:slug>/jwks.json", issuers.jwks, name="jwks"),
    path("sertifikat/penerbit/<str:slug>/status/<int:number>", issuers.status, name="status"),
    path("sertifikat/<str:code>", certificates.certificate, name="certificate"),
    path("sertifikat/<str:code>/kredensial.jwt", certificates.credential, name="credential"),
    path("sertifikat/<str:code>/kredensial.json", certificates.plain, name="plain"),
]
