"""How often one visitor may ask for work: counted in memory for a minute, under a keyed digest."""

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from berdaya.core.http import visitor_address

MINUTE = 60


def is_too_often(request: HttpRequest, what: str, most: int) -> bool:
    """Count this request; True when the visitor's address asked more than `most` times a minute.

    Each server process counts for itself, and no address is kept.
    """
    asked = f"{what}:{visitor_address(request)}".encode()
    key = f"rate:{hmac.new(settings.SECRET_KEY.encode(), asked, hashlib.sha256).hexdigest()}"
    cache.add(key, 0, MINUTE)
    try:
        return cache.incr(key) > most
    except ValueError:
        return False  # its minute ended between the two lines
