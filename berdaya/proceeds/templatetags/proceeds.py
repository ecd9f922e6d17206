"""Whether a page may offer the way along the thread."""

from typing import Any

from django import template

from berdaya.institutions.rules import may

register = template.Library()


@register.simple_tag(takes_context=True)
def may_trace(context: dict[str, Any], facility_id: int) -> bool:
    """The trace shows premi, so only who may see the books of that facility is led there."""
    return may(context["request"].actor, "books.view", facility_id).ok
