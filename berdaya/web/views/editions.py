"""The governor's edition: a province on one page, of what everybody may read; nobody signs in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.insight.boards import edition
from berdaya.insight.boards.ground import Board, period_words
from berdaya.insight.maps import has_map
from berdaya.insight.periods import Period, finished_month
from berdaya.insight.prints import board_pdf
from berdaya.institutions.queries import is_demo
from berdaya.look import exports
from berdaya.look.charts.figures import download
from berdaya.look.paper import pdf_response
from berdaya.web import share
from berdaya.web.views.common import public_page

YEARS = 2


@public_page
def edition_page(request: HttpRequest, code: str) -> HttpResponse:
    """A year, quarter or month of one province: its map, its regencies, three sentences."""
    period = _period(request)
    if not code or not has_map(code):
        raise Http404
    board = edition.edition_of(code, period, lambda key: f"?masa={period.code}&bagan={key}")
    if board is None:
        raise Http404
    figures = edition.charts(board)
    if answer := _file(request, board):
        return answer
    steps = [(_("Beranda"), reverse("web:home")), (board.place, request.path)]
    context = {
        "is_demo": is_demo(),
        "board": board,
        "charts": figures,
        "grid": board.table(),
        "sentences": edition.sentences(board),
        "period": period,
        "period_words": period_words(board.period),
        "periods": periods(),
        "json_ld": share.json_ld(share.breadcrumbs(steps)),
        "motif_seed": f"edisi-{code}",
    }
    return render(request, "web/edition.html", context)


def _file(request: HttpRequest, board: Board) -> HttpResponse | None:
    """A chart or the table as a file, or the page on paper; 404 for what there is not."""
    grid = board.table()
    if key := request.GET.get("bagan"):
        for one in edition.charts(board):
            if one.chart.key == key:
                return download(one, request.GET.get("berkas", ""))
        raise Http404
    form = request.GET.get("ekspor", "")
    if form == "pdf":
        charts, told = edition.charts(board), edition.sentences(board)
        return pdf_response(board_pdf(board, charts, grid, told), grid.file_name)
    return exports.WRITERS[form](*grid.export) if form in exports.WRITERS else None


def _period(request: HttpRequest) -> Period:
    """The one asked for; else the year of the last month that is over."""
    try:
        return Period.parse(request.GET["masa"])
    except (KeyError, ValueError):
        return Period.year(finished_month(clock.today()).year)


def periods() -> list[tuple[str, str]]:
    """What can be chosen: years, quarters and months that have begun, the newest first."""
    last = finished_month(clock.today())
    found = []
    for year in range(last.year, last.year - YEARS, -1):
        whole = Period.year(year)
        months = [month for month in whole if month <= last]
        quarters = [Period.parse(f"{year}-Q{n}") for n in (4, 3, 2, 1)]
        found.append((str(year), str(year)))
        found += [(one.code, period_words(one)) for one in quarters if one.start <= last]
        found += [
            (f"{month:%Y-%m}", period_words(Period.month(month))) for month in reversed(months)
        ]
    return found
