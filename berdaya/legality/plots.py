"""Whether the plots of a lot's material are known: asked here, answered by the room above that
keeps plots."""

from collections.abc import Callable, Mapping, Sequence

from berdaya.stock.models import Lot

Reader = Callable[[Sequence[Lot]], Mapping[int, bool]]
_reader: list[Reader] = []


def declare_plots(reader: Reader) -> None:
    """The one who answers, registered in AppConfig.ready; a second one takes its place."""
    _reader[:] = [reader]


def known_plots(lots: Sequence[Lot]) -> Mapping[int, bool]:
    """By lot whether all its plots are known; lots that nobody asks about are left out."""
    return _reader[0](lots) if _reader else {}
