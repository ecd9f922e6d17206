"""What a stall sells, took and still has to explain."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from berdaya.core import clock
from berdaya.core.memo import remembered
from berdaya.core.scope import system_scope
from berdaya.goods.models import said_once
from berdaya.institutions.models import Facility
from berdaya.legality.selling import ended_of
from berdaya.till.models import (
    CashRounding,
    HandOutLine,
    PaperBlock,
    PaperNota,
    QrisProof,
    StallSale,
    StallSession,
)

LEFT = F("qty") - F("returned_qty") - F("lost_qty") - F("sold_qty")


@dataclass(frozen=True)
class Tile:
    """One thing to touch: a hand-out line with its prices and what is left of it."""

    line_id: int
    what: str
    owner: str
    drawing: str
    seed: str
    price_rp: int
    lowest_rp: int
    left: Decimal
    # Its permit has ended: it stays where it is until there is another.
    is_stopped: bool = False


def lines_at(stall_id: int) -> "QuerySet[HandOutLine]":
    """What was counted in at a stall and is not settled, with what is left as `left`."""
    rows = HandOutLine.objects.filter(
        hand_out__stall=stall_id, hand_out__received_at__isnull=False, is_closed=False
    )
    return rows.annotate(left=LEFT).select_related("variant__product__category", "facility")


def tiles_of(stall_id: int) -> list[Tile]:
    """Every tile of a stall, four queries for any number. What cannot be sold stands last."""
    lines = list(lines_at(stall_id))
    stopped = ended_of((line.variant_id for line in lines), clock.today())
    tiles = [
        Tile(
            line.pk,
            said_once(line.variant.product.label, line.variant.label),
            line.facility.name,
            line.variant.product.drawing,
            line.variant.sku,
            line.price_rp,
            line.lowest_rp,
            line.left,
            line.variant_id in stopped,
        )
        for line in lines
    ]
    return sorted(tiles, key=_place)


def _place(tile: Tile) -> tuple[bool, str, int]:
    return tile.left <= 0 or tile.is_stopped, tile.what, tile.line_id


@dataclass(frozen=True)
class Takings:
    """What a session took so far; void notas are counted apart, their money not at all."""

    float_rp: int
    cash_rp: int
    qris_rp: int
    qris_open_rp: int
    unproven: int
    notas: int
    voids: int

    @property
    def expected_rp(self) -> int:
        """What must lie in the drawer."""
        return self.float_rp + self.cash_rp


def takings_of(session: StallSession) -> Takings:
    """One query. Unproven is QRIS that nobody saw and nobody explained."""
    good, cash = Q(void__isnull=True), Q(method="cash")
    is_open = Q(proof=QrisProof.OPEN)
    received = F("amount_rp") + F("rounding_rp")
    rows = StallSale.objects.filter(session=session)
    sums: dict[str, Any] = rows.aggregate(
        cash=Sum(received, filter=good & cash, default=0),
        qris=Sum("amount_rp", filter=good & ~cash, default=0),
        qris_open=Sum("amount_rp", filter=good & is_open, default=0),
        unproven=Count("pk", filter=good & is_open & Q(proof_note="")),
        notas=Count("pk", filter=good),
        voids=Count("pk", filter=~good),
    )
    return Takings(
        session.float_rp, sums["cash"], sums["qris"], sums["qris_open"], sums["unproven"],
        sums["notas"], sums["voids"],
    )  # fmt: skip


@remembered
def rounding_step(facility_id: int, day: date) -> int:
    """To what the stalls of a unit round cash on a day, in whole rupiah; 0: not. One query."""
    row = CashRounding.objects.on(day).filter(facility=facility_id).first()
    return row.step_rp if row else 0


def free_block(stall_id: int, series: str, number: int) -> PaperBlock | None:
    """The block of a stall that holds this number."""
    rows = PaperBlock.objects.filter(stall=stall_id, series=series.strip().upper())
    return rows.filter(first_no__lte=number, last_no__gte=number).first()


def paper_gaps(stall_id: int, *, is_over: bool) -> list[str]:
    """Numbers of a stall's blocks of which nobody has said what became of them: two queries.

    Papers after the last one written may still be used, until the event `is_over`.
    """
    return [f"{block.series} {number}" for block, number in _gaps(stall_id, is_over=is_over)]


def _gaps(stall_id: int, *, is_over: bool) -> Iterator[tuple[PaperBlock, int]]:
    blocks = list(PaperBlock.objects.filter(stall=stall_id).order_by("series", "first_no"))
    told: dict[int, set[int]] = defaultdict(set)
    papers = PaperNota.objects.filter(block__in=blocks)
    for block_id, number in papers.values_list("block_id", "number"):
        told[block_id].add(number)
    for block in blocks:
        for number in untold(block, told[block.pk], is_over=is_over):
            yield block, number


def untold(block: PaperBlock, told: set[int], *, is_over: bool) -> list[int]:
    """The numbers of one block that are missing among `told`."""
    last = block.last_no if is_over else max(told, default=block.first_no - 1)
    return [one for one in range(block.first_no, last + 1) if one not in told]


def photos_in_use(names: frozenset[str]) -> set[str]:
    """Of these files those that a paper nota holds."""
    everywhere = Facility.objects.values_list("pk", flat=True)
    with system_scope("nightly", everywhere, read_only=True):
        return set(PaperNota.objects.filter(photo__in=names).values_list("photo", flat=True))
