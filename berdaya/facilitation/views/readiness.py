"""What products still lack: of one unit, of many, and the way of one product."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.facilitation.calc import HELP, Need, Way
from berdaya.facilitation.queries.cases import with_open_cases
from berdaya.facilitation.queries.readiness import Told, estimates_for, ways_of
from berdaya.facilitation.tables_readiness import ProductTable, UnitTable, state_of
from berdaya.goods.models import Product
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.institutions.pages import can
from berdaya.institutions.rules import own_units
from berdaya.legality.tables import MARKETS
from berdaya.look.parts import Figure
from berdaya.mentoring.queries import mentored_units


def _units(actor: Actor) -> "QuerySet[Facility]":
    """The actor's own; every unit that makes goods for the UMKM side. Never an LPKA."""
    rows = mentored_units().producing()
    own = own_units(actor)
    return rows.filter(pk__in=own) if own else rows


@ability_required("facilitation.view")
def readiness(request: HttpRequest) -> HttpResponse:
    """A unit's products by market; for who sees many units, these."""
    chosen: Facility | None = request.facility  # type: ignore[attr-defined]
    units = _units(request.actor)  # type: ignore[attr-defined]
    if chosen is not None and chosen.is_producing:
        return _products(request, chosen)
    if chosen is not None:
        units = units.filter(pk=chosen.pk)
    return UnitTable(request, units.select_related("region")).response(
        "facilitation/units.html", {}
    )


@ability_required("facilitation.view")
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """The products of one of many units."""
    actor = request.actor  # type: ignore[attr-defined]
    return _products(request, get_object_or_404(_units(actor), code=code))


def _products(request: HttpRequest, facility: Facility) -> HttpResponse:
    goods = Product.objects.filter(facility=facility, is_active=True, category__is_service=False)
    told = ways_of({"facility": facility.pk}, clock.today(facility.timezone))
    context = {
        "unit": facility,
        "figures": [_figure(market, told.values()) for market in MARKETS],
        "can_ask": can(request, "facilitation.ask", facility.pk),
    }
    return ProductTable(request, goods, told).response("facilitation/readiness.html", context)


def _figure(market: str, told: Collection[Told]) -> Figure:
    ready = sum(not one.ways[market].open for one in told)
    return Figure(MARKETS[market], str(ready), _("dari %d produk") % len(told))


@ability_required("facilitation.view")
def product(request: HttpRequest, code: str) -> HttpResponse:
    """What each market asks of one product, in the order in which it is got."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Product.objects.filter(facility__in=_units(actor), category__is_service=False)
    rows = with_open_cases(rows.select_related("facility__region", "category"))
    row = get_object_or_404(rows, code=code)
    day = clock.today(row.facility.timezone)
    estimates = estimates_for(row.facility, day)
    told = ways_of({"product": row.pk}, day, estimates).get(row.pk)
    ways = told.ways if told else {}
    open_cases = {one["kind"]: one["code"] for one in row.open_cases}
    context: dict[str, Any] = {
        "facility": row.facility,
        "product": row,
        "markets": [
            (market, MARKETS[market], way, state_of(way), _with_cases(way, open_cases))
            for market, way in ways.items()
        ],
        "can_ask": can(request, "facilitation.ask", row.facility_id),
        "is_published": _uses_published(ways.values()),
    }
    return render(request, "facilitation/product.html", context)


def _with_cases(way: Way, open_cases: dict[str, str]) -> list[tuple[Need, str]]:
    """Each need with the code of the case that is on its way to it."""
    return [(one, _case_of(one, open_cases)) for one in way.needs]


def _case_of(need: Need, open_cases: dict[str, str]) -> str:
    kinds = HELP.get(need.kind, ())
    return next((open_cases[kind] for kind in kinds if kind in open_cases), "")


def _uses_published(ways: Iterable[Way]) -> bool:
    """Whether any figure shown is announced, not measured."""
    found = (one.estimate for way in ways for one in way.open)
    return any(one is not None and not one.is_measured for one in found)
