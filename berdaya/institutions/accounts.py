"""How allauth and axes behave here: nobody signs up, redirects stay inside, guessing stops."""

from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.stages import LoginStage
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.views import errors
from berdaya.institutions import pc_cookie
from berdaya.institutions.actions.factors import has_factor
from berdaya.institutions.actions.sessions import begin_session, leave
from berdaya.institutions.demo_card import hand_demo_card
from berdaya.institutions.queries import is_demo


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

    def get_login_stages(self) -> list[str]:
        """After the password comes the second factor, and nothing else."""
        return ["berdaya.institutions.accounts.FactorStage"]

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in under a new key, and write down by which factor and on which PC."""
        super().login(request, user)
        proof = getattr(request, "proved_by", "")
        begin_session(request=request, staff=user, proof=proof, pc=pc_cookie.pc_of(request))  # type: ignore[arg-type]

    def logout(self, request: HttpRequest) -> None:
        """Out, and on a unit's PC for the whole day."""
        leave(request=request)

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


class FactorStage(LoginStage):
    """Whoever has a factor shows it before being signed in; who has none is led to get one."""

    key = "factor"
    urlname = "account_factor"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        staff = self.login.user
        if staff.is_demo and not has_factor(staff) and is_demo():  # type: ignore[union-attr]
            hand_demo_card(staff)  # type: ignore[arg-type]
        if not has_factor(staff):  # type: ignore[arg-type]
            return None, True
        return redirect("account_factor"), True


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of factors are encrypted at rest, under a key made from the program's secret."""

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> Fernet:
    key = salted_hmac("institutions.factors", "", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(key))


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """After too many wrong passwords: come back later."""
    return errors.too_many(request)
