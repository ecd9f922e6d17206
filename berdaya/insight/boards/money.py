"""Where a rupiah goes: from the buyer to makers, materials, the state, and on until it is paid."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext

from berdaya.insight.boards.ground import Board, Kind
from berdaya.insight.indicators.selling import DIVISION
from berdaya.look.charts import Flow, Flows, bars, line, sankey
from berdaya.look.charts.figures import Figured

IN = ("amount", "loss")


def charts(board: Board) -> list[Figured]:
    """The rupiah's way, what was sold and paid by month, the makers' share, and the places."""
    found = [
        _way(board),
        board.lines("uang-bulan", _("Penjualan, premi dibayar, PNBP disetor"),
                    ("sold", "paid", "deposited"), bars),
        board.lines("bagian-pembuat", _("Bagian pembuat dari penjualan"), ("makers_share",), line),
        board.map(),
        board.compared(),
    ]  # fmt: skip
    return [one for one in found if one is not None]


def _way(board: Board) -> Figured | None:
    """The period's sales as they were divided, and what of it was paid and deposited meanwhile."""
    parts = board.cube.steps("makers_share", board.period)
    if not parts.get("amount"):
        return None
    paid, deposited = (_whole(board, code) for code in ("paid", "deposited"))
    chart = Flows(
        "jalan-rupiah", _("Jalan rupiah"), names(), tuple(flows_of(parts, paid, deposited)), "Rp",
        (_("Dari"), _("Ke"), _("Jumlah")),
    )  # fmt: skip
    note = _(
        "Menurut pembagian yang dibekukan pada tiap penjualan, dikurangi pengembalian. Premi"
        " dibayar sesudah final, jadi yang dibayar dalam masa ini dapat dari penjualan sebelumnya."
    )
    return board.figured(chart, sankey, note)


def _whole(board: Board, code: str) -> Decimal:
    sums = board.cube.sums(code, board.period)
    return sums.numerator if sums else Decimal(0)


def names() -> dict[str, str]:
    """What the bars of the picture are called, in the order in which they stand."""
    return {
        "buyers": pgettext("insight", "Pembeli"),
        "loss": str(DIVISION["loss"]),
        "owed_before": _("Premi dari masa sebelumnya"),
        "due_before": _("PNBP dari masa sebelumnya"),
        "sold": str(DIVISION["amount"]),
        **{name: str(label) for name, label in DIVISION.items() if name not in IN},
        "paid": pgettext("insight", "Dibayarkan"),
        "owed": pgettext("insight", "Menunggu dibayar"),
        "deposited": _("Disetor"),
        "due": _("Menunggu disetor"),
    }


def flows_of(
    parts: Mapping[str, Decimal], paid: Decimal, deposited: Decimal
) -> list[Flow]:  # fmt: skip
    """From the buyers to the last step; a part below zero (only refunds) is left out.

    What was paid beyond the period's own shares came from before; what was not, waits.
    """
    found = [
        ("buyers", "sold", parts.get("amount", Decimal(0))),
        ("loss", "sold", parts.get("loss", Decimal(0))),
        *(("sold", name, parts.get(name, Decimal(0))) for name in DIVISION if name not in IN),
    ]
    for name, done, before, left, amount in (
        ("makers", "paid", "owed_before", "owed", paid),
        ("state", "deposited", "due_before", "due", deposited),
    ):
        mine = max(parts.get(name, Decimal(0)), Decimal(0))
        found += [
            (name, done, min(mine, amount)),
            (before, done, amount - mine),
            (name, left, mine - amount),
        ]
    return [Flow(source, target, int(amount)) for source, target, amount in found if amount > 0]


KIND = Kind(
    "money",
    _lazy("Jalan rupiah"),
    _lazy("Dari pembeli sampai dibayarkan: siapa mendapat berapa, dan apa yang masih menunggu."),
    ("sold", "makers_share", "paid", "deposited"),
    ("makers_share",),
    charts,
    usual="sold",
)
