"""Boards: what the figures of many units say together, drawn. One module a board."""

from berdaya.insight.boards import goods, money, overview, work
from berdaya.insight.boards.ground import Board, Kind

BOARDS: dict[str, Kind] = {
    one.key: one for one in (overview.KIND, goods.KIND, money.KIND, work.KIND)
}

__all__ = ["BOARDS", "Board", "Kind"]
