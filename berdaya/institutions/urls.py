"""Addresses: the desk's own, and the few of allauth's names that exist here."""

from django.urls import include, path

from berdaya.institutions.views import accounts, entrance, own

# Names without a namespace are those by which allauth finds its pages.
urlpatterns = [
    path("masuk/", accounts.sign_in, name="account_login"),
    path("keluar/", accounts.sign_out, name="account_logout"),
    path("akun/kata-sandi/", accounts.change_password, name="account_change_password"),
    path("masuk/faktor/", entrance.factor, name="account_factor"),
    path("masuk/undangan/", entrance.invitation, name="account_invitation"),
    path("masuk/kunci/", entrance.lock, name="account_lock"),
    path("masuk/ganti/", entrance.switch, name="account_switch"),
    path("masuk/ganti/<int:pk>/", entrance.switch_key, name="account_switch_key"),
    path("akun/faktor/", own.my_factors, name="account_factors"),
    path("akun/faktor/aplikasi/", own.new_totp, name="account_totp"),
    path("akun/faktor/kunci/", own.new_key, name="account_key"),
    path("akun/faktor/pemulihan/", own.recovery, name="account_recovery"),
    path("akun/faktor/<int:pk>/hapus/", own.removal, name="account_factor_removal"),
    path("akun/ada/", own.presence, name="account_presence"),
    path("akun/pin/", own.pin, name="account_pin"),
    path("akun/sesi/", own.session_ending, name="account_session_ending"),
    path("akun/nonaktif/", accounts.inactive, name="account_inactive"),
    path("", include("berdaya.institutions.urls_desk")),
]
