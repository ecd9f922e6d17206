"""Addresses: the desk's own, and the few of allauth's names that exist here."""

from django.urls import include, path

from berdaya.institutions.views import accounts

# Names without a namespace are those by which allauth finds its pages.
urlpatterns = [
    path("masuk/", accounts.sign_in, name="account_login"),
    path("keluar/", accounts.sign_out, name="account_logout"),
    path("akun/kata-sandi/", accounts.change_password, name="account_change_password"),
    path("akun/nonaktif/", accounts.inactive, name="account_inactive"),
    path("", include("berdaya.institutions.urls_desk")),
]
