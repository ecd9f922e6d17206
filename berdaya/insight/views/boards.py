"""Boards on the desk: from the nation to a region, a unit and, at last, the rows of a month."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.insight import grids
from berdaya.insight.boards import BOARDS, Board, Kind
from berdaya.insight.boards.ground import Names, begun, span_of
from berdaya.insight.boards.overview import pillars
from berdaya.insight.cube import FACILITY, PROVINCE, Cube, Reach, days_of, deep, rows_of
from berdaya.insight.drill import ROWS
from berdaya.insight.indicators import INDICATORS, MAKERS
from berdaya.insight.maps import drawn_codes, has_map
from berdaya.insight.periods import Period, finished_month
from berdaya.insight.prints import board_pdf
from berdaya.insight.queries import OFFICE
from berdaya.insight.views import shared
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility, Region
from berdaya.institutions.rules import may_anywhere
from berdaya.look.charts.figures import download
from berdaya.look.paper import pdf_response

DEEPEST = len("53.04")  # a regency's code: units lie in regencies, not in districts
_FRESH = {"bagan": "", "berkas": "", "ekspor": ""}
WHOLE = "nasional"  # `di` of the nation: without it a reader begins where their units are


@ability_required("programme.view")
def board(request: HttpRequest, board: str = "overview") -> HttpResponse:
    """One board of one place and period, its charts as files, its table as a file or on paper."""
    kind = BOARDS.get(board)
    if kind is None or (board == "overview" and "board" in request.resolver_match.kwargs):  # type: ignore[union-attr]
        raise Http404
    who = shared.audience(request)
    where = _where(request, who)
    shown = _filled(request, kind, who, where)
    figures = kind.charts(shown)
    if key := request.GET.get("bagan"):
        for one in figures:
            if one.chart.key == key:
                return download(one, request.GET.get("berkas", ""))
        raise Http404
    grid = shown.table()
    if file := shared.exported(request, grid):
        return file
    if request.GET.get("ekspor") == "pdf":
        return pdf_response(board_pdf(shown, figures, grid), grid.file_name)
    return render(request, "insight/board.html", _context(request, shown, where, figures, grid))


@dataclass(frozen=True)
class Where:
    """Of which place a board is: a region's code, or a unit."""

    within: str
    unit: Facility | None


def _where(request: HttpRequest, who: str) -> Where:
    """The place asked for; else the chosen unit, or the province or unit where all of the reader's
    units are. 404 for a unit that is not the reader's, as for an unknown one."""
    actor, chosen = request.actor, request.facility  # type: ignore[attr-defined]
    asked = request.GET.get("di", "")
    if code := request.GET.get("upt"):
        return Where("", shared.unit_or_404(request, code) if who == OFFICE else _told_unit(code))
    if asked:
        return Where("" if asked == WHOLE else asked, None)
    if chosen is not None and who == OFFICE:
        return Where("", shared.unit_or_404(request, chosen.code))
    mine = Facility.objects.filter(pk__in=actor.facility_ids)
    provinces = list(
        mine.annotate(province=Left("region_id", 2)).values_list("province", flat=True).distinct()
    )
    return Where(provinces[0] if len(provinces) == 1 else "", None)


def _told_unit(code: str) -> Facility:
    found = Facility.objects.producing().filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _filled(request: HttpRequest, kind: Kind, who: str, where: Where) -> Board:
    """One statement of figures (two with days) and at most two of names.

    The unit chosen at the top of the desk is where a board begins, not what it may tell of: a
    place that is asked for is shown with all units that the reader sees there.
    """
    asked_of = shared.period_of(request, Period.month(finished_month(clock.today())))
    period = begun(asked_of)
    reach = Reach.of(
        request.actor,  # type: ignore[attr-defined]
        who,
        where.within,
        where.unit.code if where.unit else "",
    )
    codes, by = kind.codes_for(who), deep(reach)
    per = request.GET.get("per", "")
    code = request.GET.get("angka", "")
    code = code if code in codes else kind.usual if kind.usual in codes else codes[0]
    per = per if per in ("maker", "capacity") and not INDICATORS[code].is_ratio else ""
    span = span_of(period)
    asked = list(dict.fromkeys([*codes, MAKERS])) if per == "maker" else codes
    cube = Cube(rows_of(reach, asked, span, by, kind.stepped_for(who)), is_told=who != OFFICE)
    names = _names(cube, reach, where, by)
    days = days_of(reach, "hours", span) if kind.has_days and who == OFFICE else None
    return Board(
        kind, reach, period, cube, names, code, asked_of.code, per, days,
        _links(request, cube, reach, who),
        lambda key: shared.query(request, bagan=key, berkas="", ekspor=""),
    )  # fmt: skip


def _names(cube: Cube, reach: Reach, where: Where, by: str) -> Names:
    codes = {reach.within, reach.within[:2]} - {""}
    units = {}
    if where.unit is not None:
        codes |= {where.unit.region_id, where.unit.region_id[:2]}
        units = {where.unit.code: where.unit.name}
    if by == FACILITY and where.unit is None:
        rows = Facility.objects.filter(code__in=cube.keys)
        units = dict(rows.values_list("code", "name"))
    elif by != FACILITY:
        codes |= cube.keys
        codes |= set(drawn_codes(reach.within)) if has_map(reach.within) else set()
    regions = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
    if reach.within and (reach.within not in regions or len(reach.within) > DEEPEST):
        raise Http404
    return Names(regions, units)


def _links(request: HttpRequest, cube: Cube, reach: Reach, who: str) -> dict[str, str]:
    """Where a place leads: one level down."""
    by = deep(reach)
    if by != FACILITY:
        return {key: shared.query(request, di=key, **_FRESH) for key in cube.keys}
    if reach.unit:
        return {}
    return {key: shared.query(request, upt=key, di="", **_FRESH) for key in cube.keys}


def _crumbs(request: HttpRequest, shown: Board, where: Where) -> list[tuple[str, str]]:
    """The way up: (words, address); the last one is here."""
    unit = where.unit
    region = unit.region_id if unit else where.within
    found = [(_("Nasional"), shared.query(request, di=WHOLE, upt="", **_FRESH))]
    for code in dict.fromkeys((region[:2], region)):
        if code:
            found.append((shown.names.of(code), shared.query(request, di=code, upt="", **_FRESH)))
    return [*found, (unit.name, "")] if unit else found


def _context(
    request: HttpRequest, shown: Board, where: Where, figures: list[Any], grid: grids.Grid
) -> Mapping[str, Any]:
    """What the page shows beside the charts."""
    who = shown.reach.audience
    return {
        "kind": shown.kind,
        "kinds": list(BOARDS.values()),
        "shown": shown,
        "charts": figures,
        "grid": grid,
        "by_month": shown.by_month(_to_rows(request, shown)) if where.unit else None,
        "pillars": _cards(shown, where) if shown.kind.key == "overview" else [],
        "summary": grids.summary_of(shown.place, shown.told_to, shown.codes, shown.value, who),
        "crumbs": _crumbs(request, shown, where),
        "audience": who,
        "audience_text": grids.AUDIENCES[who],
        "as_of": shown.cube.at,
        "period_code": shown.asked,
        "periods": shared.periods(),
        "choices": [INDICATORS[code] for code in shown.codes],
        "asked": shared.query(request, **_FRESH),
        "kept": shared.query(request, angka="", per="", **_FRESH),
        "place": where.unit.code if where.unit else where.within or WHOLE,
        "is_unit": where.unit is not None,
        "edition": reverse("web:edition", args=[_province(where)]) if _province(where) else "",
    }


def _province(where: Where) -> str:
    """The province whose public edition lies nearest, where there is a map of it."""
    code = (where.unit.region_id if where.unit else where.within)[:2]
    return code if code and has_map(code) else ""


def _to_rows(request: HttpRequest, shown: Board) -> dict[str, str]:
    """From a unit's month to its rows, for those who may open them."""
    can = shown.is_office and may_anywhere(request.actor, "report.view")  # type: ignore[attr-defined]
    if not can or shown.code not in ROWS:
        return {}
    return {
        f"{month:%Y-%m}": reverse(
            "insight:rows", args=[shown.code, shown.reach.unit, f"{month:%Y-%m}"]
        )
        for month in shown.year
    }


def _cards(shown: Board, where: Where) -> list[tuple[str, list[dict[str, str]]]]:
    """Figures by pillar, each opening the indicator where the board stands."""
    by = {PROVINCE: "province", FACILITY: "facility"}.get(shown.by, "regency")
    told = "" if shown.is_office else "&untuk=umum"
    place = f"&upt={where.unit.code}" if where.unit else f"&di={where.within}"
    found = pillars(shown)
    for _label, cards in found:
        for card in cards:
            start = reverse("insight:indicator", args=[card["code"]])
            card["url"] = f"{start}?oleh={by}&masa={shown.asked}{place}{told}"
    return found
