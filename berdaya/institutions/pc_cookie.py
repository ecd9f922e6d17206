"""How a registered PC is told: a long-lived signed cookie that only desk and sign-in see."""

import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from berdaya.institutions.models import UnitPc

NAME = "unit_pc"
SALT = "institutions.unit_pc"
YEARS_5 = 5 * 365 * 24 * 60 * 60
# Public pages are never sent it: they are the same for everybody.
PATHS = tuple(f"{start}/{place}" for start in ("", "/en") for place in ("desk", "masuk", "akun"))


def new_key() -> str:
    return secrets.token_urlsafe(32)


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def give(response: HttpResponse, pc: UnitPc, key: str) -> None:
    """From now on this browser is that PC."""
    value = signing.dumps([pc.pk, key], salt=SALT)
    for path in PATHS:
        response.set_cookie(
            NAME, value, max_age=YEARS_5, path=path, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
        # Django keeps one cookie a name; several paths need several headers.
        response.cookies[f"{NAME} {path}"] = response.cookies.pop(NAME)


def told(request: HttpRequest) -> tuple[int, str] | None:
    """The PC's key and secret as the signed cookie tells them; None without a sound one."""
    try:
        pk, key = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(pk), str(key)


def pc_of(request: HttpRequest) -> UnitPc | None:
    """The registered PC that asks; None for another device and for a PC that was ended."""
    found = told(request)
    if found is None:
        return None
    rows = UnitPc.objects.filter(pk=found[0], key_hash=hash_of(found[1]), ended_at=None)
    return rows.select_related("facility").first()
