"""How the programme stands: Legal, Terlindungi, Berdaya."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.insight import grids
from berdaya.insight.boards.ground import Board, Kind
from berdaya.insight.indicators import INDICATORS, PILLARS
from berdaya.insight.indicators.base import EMPOWERED, LEGAL, PROTECTED
from berdaya.look.charts import line
from berdaya.look.charts.figures import Figured

CODES = (
    "lots_lawful", "to_market", "consenting", "fit", "orders_on_time", "makers", "sold", "paid",
    "deposited",
)  # fmt: skip
LINES = {
    LEGAL: ("lots_lawful", "to_market"),
    PROTECTED: ("consenting", "fit", "orders_on_time"),
    EMPOWERED: ("sold", "paid", "deposited"),
}


def charts(board: Board) -> list[Figured]:
    """A chart a pillar, the map and the places of the chosen indicator."""
    drawn = [
        board.lines(f"arah-{pillar}", _("%s: dua belas bulan") % PILLARS[pillar], codes, line)
        for pillar, codes in LINES.items()
    ]
    found = [*drawn, board.map(), board.compared()]
    return [one for one in found if one is not None]


def pillars(board: Board) -> list[tuple[str, list[dict[str, str]]]]:
    """Under each pillar its figures, with what they are made of."""
    found = []
    for pillar, label in PILLARS.items():
        cards = []
        for code in board.codes:
            known, cell = INDICATORS[code], board.value(code)
            if known.pillar == pillar:
                said = grids.said(known, cell.value if cell else None, board.reach.audience)
                cards.append({"code": code, "title": str(known.title), "value": said})
        found.append((str(label), cards))
    return found


KIND = Kind(
    "overview",
    _lazy("Perkembangan program"),
    _lazy("Legal, Terlindungi, Berdaya: bagaimana program berjalan, dari negara sampai UPT."),
    CODES,
    (),
    charts,
    usual="sold",
)
