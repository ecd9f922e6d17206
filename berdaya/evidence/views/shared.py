"""What the pages of evidence share: the row behind a code, the tabs, what may be done."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from berdaya.core.scope import Actor
from berdaya.evidence.models import Declaration, Pack, Plot
from berdaya.evidence.queries import WITH, with_batch
from berdaya.orders.models import Order
from berdaya.stock.models import Lot

Row = TypeVar("Row", bound=Model)


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    return request.actor  # type: ignore[attr-defined,no-any-return]


def own(request: HttpRequest, rows: "QuerySet[Row]") -> "QuerySet[Row]":
    """Rows of the actor's facilities: lots and plots of others are not found here."""
    return rows.filter(facility__in=actor_of(request).facility_ids)


def lot_or_404(request: HttpRequest, code: str) -> Lot:
    """A lot of one's own with what pack and gate need loaded."""
    rows = with_batch(Lot.objects.select_related(*WITH))
    return get_object_or_404(own(request, rows), code=code)


def order_or_404(request: HttpRequest, code: str) -> Order:
    """An order of one's own."""
    return get_object_or_404(own(request, Order.objects.select_related("facility")), code=code)


def plot_or_404(request: HttpRequest, code: str) -> Plot:
    """A plot of one's own."""
    rows = Plot.objects.select_related("facility", "region", "recorded_by")
    return get_object_or_404(own(request, rows), code=code)


def pack_or_404(request: HttpRequest, pk: int) -> Pack:
    """A pack of one's own."""
    rows = Pack.objects.select_related("facility", "lot", "order")
    return get_object_or_404(own(request, rows), pk=pk)


def declaration_or_404(request: HttpRequest, code: str) -> Declaration:
    """A declaration of one's own."""
    rows = Declaration.objects.select_related("facility", "lot", "order", "recorded_by")
    return get_object_or_404(own(request, rows), code=code)


def tabbed(request: HttpRequest, tab: str, **more: Any) -> dict[str, Any]:
    """The context of a page under one of the tabs."""
    return {"tab": tab, "facility": request.facility, **more}  # type: ignore[attr-defined]
