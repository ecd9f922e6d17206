"""What templates of orders say of goods and of time."""

from datetime import datetime

from django import template

from berdaya.catalog.models import ListingVersion
from berdaya.orders import queries, telling

register = template.Library()


@register.filter
def shown_name(version: ListingVersion | None) -> str:
    """What was promised, in the page's language."""
    return queries.shown_name(version)


@register.filter
def both_clocks(instant: datetime, zone: str) -> str:
    """An instant where the seller is and on the other of WIB and WITA."""
    return telling.both_clocks(instant, zone)
