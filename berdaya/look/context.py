"""What every template of the program can count on."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from berdaya.look.nav import desk_nav

ENGLISH = "/en"


def look(request: HttpRequest) -> dict[str, Any]:
    """Language links, the desk's navigation (built only when a template asks) and the zone."""
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "other_language_url": other_language_url(request.get_full_path()),
        "desk_nav": partial(desk_nav, request),
        "facility": getattr(request, "facility", None),
        "is_demo": getattr(request, "is_demo", False),
        "look_zone": getattr(settings, "BUSINESS_ZONE", "Asia/Makassar"),
    }


def other_language_url(path: str) -> str:
    """The same page in the other language: Indonesian has no prefix, English stands under /en/."""
    if path == ENGLISH or path.startswith(f"{ENGLISH}/"):
        return path.removeprefix(ENGLISH) or "/"
    return f"{ENGLISH}{path}"
