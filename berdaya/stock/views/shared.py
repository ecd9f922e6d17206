"""What every page of stock asks: which facilities, and may this be edited here."""

from typing import Any

from django.http import HttpRequest

from berdaya.institutions.rules import may


def seen(request: HttpRequest) -> frozenset[int]:
    """The chosen facility, or all that the actor sees."""
    chosen = request.facility  # type: ignore[attr-defined]
    return frozenset({chosen.pk}) if chosen else request.actor.facility_ids  # type: ignore


def base(request: HttpRequest, tab: str) -> dict[str, Any]:
    """Facility, the tab that is open, and whether stock may be edited."""
    facility = request.facility  # type: ignore[attr-defined]
    can_edit = facility is not None and may(request.actor, "stock.edit", facility.pk).ok  # type: ignore
    return {"facility": facility, "tab": tab, "can_edit": can_edit}
