"""The governor's edition: one province, regency by regency, of what everybody may read."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from berdaya.core.money import format_rp
from berdaya.insight.boards.ground import Board, Kind, Names, begun, period_words, span_of
from berdaya.insight.calc import percent_of
from berdaya.insight.cube import REGENCY, Cube, Reach, rows_of
from berdaya.insight.grids import written
from berdaya.insight.maps import drawn_codes
from berdaya.insight.periods import Period
from berdaya.insight.queries import PUBLIC
from berdaya.institutions.models import Region
from berdaya.look.charts import line
from berdaya.look.charts.figures import Figured


def charts(board: Board) -> list[Figured]:
    """The map of sales, and the year of money."""
    found = [
        board.map(),
        board.lines("uang-setahun", _("Dua belas bulan"), ("sold", "paid", "deposited"), line),
    ]
    return [one for one in found if one is not None]


KIND = Kind(
    "edition",
    _lazy("Edisi gubernur"),
    _lazy("Satu halaman tentang provinsi ini, kabupaten demi kabupaten."),
    ("makers", "trained", "lots_lawful", "listings", "sold", "paid", "deposited"),
    (),
    charts,
    usual="sold",
)


def edition_of(province: str, period: Period, address: Callable[[str], str]) -> Board | None:
    """The edition of a province; None where it has no map. Two statements."""
    asked, period = period.code, begun(period)
    reach = Reach(PUBLIC, None, province)
    cube = Cube(rows_of(reach, KIND.codes_for(PUBLIC), span_of(period), REGENCY), is_told=True)
    codes = {province, *drawn_codes(province), *cube.keys}
    names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
    if province not in names:
        return None
    return Board(
        KIND, reach, period, cube, Names(names, {}), "sold", asked, address=address,
        every=tuple(drawn_codes(province)),
    )  # fmt: skip


def sentences(board: Board) -> list[str]:
    """Three, computed: who works and what was sold; where; what became of the money."""
    sold = board.cube.by_place("sold", board.period)
    whole, when = sum(sold.values()), period_words(board.period)
    if not whole:
        return [_("Dalam %(when)s belum ada penjualan yang boleh diumumkan.") % {"when": when}]
    return [_who(board, when, int(whole)), _where(board, int(whole)), _then(board)]


def _who(board: Board, when: str, whole: int) -> str:
    sold = board.cube.by_place("sold", board.period)
    told = _("Dalam %(when)s terjual %(rp)s, dari %(n)s dari %(all)s kabupaten dan kota.") % {
        "when": when, "rp": format_rp(whole), "n": sum(rp > 0 for rp in sold.values()),
        "all": len(board.every),
    }  # fmt: skip
    people = board.cube.value("makers", board.period)
    if not people:
        return told
    rest = _("Tiap bulan sekitar %(people)s orang ikut bekerja.") % {"people": written(people)}
    return f"{told} {rest}"


def _where(board: Board, whole: int) -> str:
    sold = board.cube.by_place("sold", board.period)
    first = max(sold, key=lambda key: (sold[key], key))
    silent = len([key for key in board.every if not sold.get(key)])
    told = _("Paling banyak %(place)s: %(rp)s, %(share)s%% dari semuanya.") % {
        "place": board.names.of(first),
        "rp": format_rp(int(sold[first])),
        "share": percent_of(int(sold[first]), whole),
    }
    rest = ngettext(
        "%(n)s kabupaten atau kota tidak punya penjualan yang boleh diumumkan.",
        "%(n)s kabupaten dan kota tidak punya penjualan yang boleh diumumkan.",
        silent,
    ) % {"n": silent}
    return f"{told} {rest}" if silent else told


def _then(board: Board) -> str:
    paid, deposited = (
        int(board.cube.value(code, board.period) or 0) for code in ("paid", "deposited")
    )
    lawful = board.cube.value("lots_lawful", board.period)
    told = _("%(paid)s dibayarkan kepada pembuat dan %(deposited)s disetor ke kas negara.") % {
        "paid": format_rp(paid), "deposited": format_rp(deposited),
    }  # fmt: skip
    if lawful is None:
        return told
    lots = _("%(share)s%% lot lengkap izinnya.") % {"share": written(lawful)}
    return f"{told} {lots}"
