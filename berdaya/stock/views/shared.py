"""What every page of stock asks: the open tab, and may this be edited here."""

from typing import Any

from django.http import HttpRequest

from berdaya.institutions.rules import may


def base(request: HttpRequest, tab: str) -> dict[str, Any]:
    """Facility, the tab that is open, and whether stock may be edited."""
    facility = request.facility  # type: ignore[attr-defined]
    can_edit = facility is not None and may(request.actor, "stock.edit", facility.pk).ok  # type: ignore
    return {"facility": facility, "tab": tab, "can_edit": can_edit}
