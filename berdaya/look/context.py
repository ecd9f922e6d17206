"""What every template of the program can count on."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from berdaya.look.nav import desk_nav, site_nav

ENGLISH = "/en"


def look(request: HttpRequest) -> dict[str, Any]:
    """Language links, the desk's navigation (built only when a template asks) and the zone."""
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "other_language_url": other_language_url(request.get_full_path()),
        "desk_nav": partial(desk_nav, request),
        "site_nav": partial(site_nav, request),
        "site_root": settings.PUBLIC_BASE_URL.rstrip("/"),
        "complaint_contact": settings.COMPLAINT_CONTACT,
        "path_id": path_in(request.path, "id"),
        "path_en": path_in(request.path, "en"),
        "facility": getattr(request, "facility", None),
        "lock_after": lock_after(request),
        "is_demo": getattr(request, "is_demo", False),
        "look_zone": getattr(settings, "BUSINESS_ZONE", "Asia/Makassar"),
    }


def lock_after(request: HttpRequest) -> int:
    """Minutes after which the desk's script locks a screen that nobody touches."""
    row = getattr(getattr(request, "session", None), "row", None) if _is_staff(request) else None
    at_unit = row is not None and row.pc_id is not None
    return settings.DESK_LOCK_MINUTES if at_unit else settings.DESK_LOCK_MINUTES_OWN


def _is_staff(request: HttpRequest) -> bool:
    return getattr(request, "actor", None) is not None


def path_in(path: str, language: str) -> str:
    """A page's address without its query, in one of the two languages."""
    is_english = path == ENGLISH or path.startswith(f"{ENGLISH}/")
    return path if is_english == (language == "en") else other_language_url(path)


def other_language_url(path: str) -> str:
    """The same page in the other language: Indonesian has no prefix, English stands under /en/."""
    if path == ENGLISH or path.startswith(f"{ENGLISH}/"):
        return path.removeprefix(ENGLISH) or "/"
    return f"{ENGLISH}{path}"
