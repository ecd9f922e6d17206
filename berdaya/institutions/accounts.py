"""How allauth and axes behave here: nobody signs up, redirects stay inside, guessing stops."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.views import errors


class StaffAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator; a sign-in leads to the desk."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _lazy(
            "Nama masuk dan kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of this very host, or none at all."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("institutions:today")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("institutions:account")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say it themselves; allauth's own messages would repeat the account's name."""


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """After too many wrong passwords: come back later."""
    return errors.too_many(request)
