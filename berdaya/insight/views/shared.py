"""What the pages of this room ask alike: for whom, which months, which units."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from berdaya.core import clock
from berdaya.insight.grids import Grid
from berdaya.insight.periods import Period
from berdaya.insight.queries import OFFICE, PUBLIC, audience_of, office_places
from berdaya.institutions.models import Facility
from berdaya.institutions.pages import seen
from berdaya.look import exports

NEWEST_MONTHS = 12


def audience(request: HttpRequest) -> str:
    """The reader's own; an office may ask what everybody else reads (`untuk=umum`)."""
    mine = audience_of(request.actor)  # type: ignore[attr-defined]
    return PUBLIC if request.GET.get("untuk") == "umum" else mine


def units_on_view(request: HttpRequest, who: str) -> Iterable[int] | None:
    """The chosen facility, for offices; None is everything that the audience may read."""
    if who != OFFICE or request.facility is None:  # type: ignore[attr-defined]
        return None
    return set(seen(request)) & set(office_places(request.actor))  # type: ignore[attr-defined]


def period_of(request: HttpRequest, usual: Period) -> Period:
    """The period asked for by its code; the usual one for none or nonsense."""
    try:
        return Period.parse(request.GET["masa"])
    except (KeyError, ValueError):
        return usual


def month_or_404(text: str) -> date:
    """`2026-03` as the first day of the month."""
    try:
        period = Period.parse(text)
    except ValueError as error:
        raise Http404 from error
    if len(period) != 1:
        raise Http404
    return period.start


def unit_or_404(request: HttpRequest, code: str) -> Facility:
    """A facility whose true counts the actor may read; 404 for every other, as if unknown."""
    mine = office_places(request.actor)  # type: ignore[attr-defined]
    found = Facility.objects.select_related("office").filter(pk__in=mine, code=code).first()
    if found is None:
        raise Http404
    return found


def periods() -> list[tuple[str, str]]:
    """What can be chosen: the last twelve months, the quarters in them, this year and the last."""
    today = clock.today()
    months = list(reversed(list(Period.last_months(today, NEWEST_MONTHS))))
    quarters = dict.fromkeys(f"{one.year}-Q{(one.month - 1) // 3 + 1}" for one in months)
    years = [str(today.year), str(today.year - 1)]
    return [
        *((f"{one:%Y-%m}", clock.format_date(one).partition(" ")[2]) for one in months),
        *((one, one.replace("-Q", " · TW ")) for one in quarters),
        *((one, one) for one in years),
    ]


def exported(request: HttpRequest, grid: Grid) -> HttpResponse | None:
    """The file asked for by `ekspor`, or None."""
    writer = exports.WRITERS.get(request.GET.get("ekspor", ""))
    return writer(*grid.export) if writer else None


def query(request: HttpRequest, **more: Any) -> str:
    """This page's query with other values; an empty one is dropped."""
    asked = request.GET.copy()
    for name, value in more.items():
        asked.pop(name, None)
        if value:
            asked[name] = value
    return f"?{asked.urlencode()}" if asked else "?"
