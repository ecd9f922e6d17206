"""What is true of events: who waits, what lies where, what an owner is owed, how it went."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from berdaya.core.verdicts import Verdict
from berdaya.legality.queries import listing_facts
from berdaya.legality.rules import ListingFacts, may_list
from berdaya.proceeds.models import Sale
from berdaya.till.models import (
    Event,
    HandOut,
    HandOutLine,
    HandOutLoss,
    ProductProposal,
    Settlement,
    Stall,
)

# A stall sells retail; rows of `retail:stall` would come on top.
MARKET = "retail:stall"
ZERO = Decimal(0)
LEFT = F("qty") - F("returned_qty") - F("lost_qty") - F("sold_qty")


def gate_facts(variant_ids: Iterable[int], event: Event) -> list[ListingFacts]:
    """What decides about each variant on the first and on the last day of an event."""
    wanted = set(variant_ids)
    days = dict.fromkeys([event.begins_on, event.ends_on])
    return [facts for day in days for facts in listing_facts(wanted, MARKET, day).values()]


def gate_verdicts(proposals: Sequence[ProductProposal], event: Event) -> dict[int, Verdict]:
    """By variant: whether it may be sold there on every day, as far as is known."""
    wanted = {one.variant_id for one in proposals}
    found: dict[int, Verdict] = {pk: Verdict() for pk in wanted}
    for day in dict.fromkeys([event.begins_on, event.ends_on]) if wanted else ():
        for pk, facts in listing_facts(wanted, MARKET, day).items():
            found[pk] += may_list(facts)
    return found


def hand_outs() -> "QuerySet[HandOut]":
    """With everything a page or paper says about them."""
    return HandOut.objects.select_related(
        "stall__event__office", "stall__facility", "stall__cash_taker", "host", "facility__office",
        "book__party", "gate_pass__document", "document", "place__facility",
        "from_place__facility", "accepted_by", "received_by",
    )  # fmt: skip


def still_out() -> "QuerySet[HandOutLine]":
    """Lines of which something lies at a stall; `left` says how much."""
    rows = HandOutLine.objects.filter(is_closed=False, hand_out__received_at__isnull=False)
    return rows.annotate(left=LEFT).filter(left__gt=0)


def owed_sales(stall: Stall, book_id: int) -> "QuerySet[Sale]":
    """Sales of an owner at a stall that are not paid; void ones owe nothing.

    They lie at the owner's own places there. `fee_rp` is the payment fee that each one's split
    bore (calc: none where all of it is state revenue).
    """
    places = HandOut.objects.filter(stall=stall, book=book_id).values("place")
    rows = Sale.objects.filter(book=book_id, place__in=places)
    unpaid = rows.filter(amount_rp__gt=F("refunded_rp") + F("paid_rp"))
    return unpaid.annotate(fee_rp=Coalesce(Sum("allocations__fee_rp"), 0)).order_by("pk")


@dataclass
class ProductTotals:
    """One owner's product at an event, or at one stall."""

    facility_id: int
    owner: str
    variant_id: int
    product: str
    qty: Decimal = ZERO
    returned_qty: Decimal = ZERO
    lost_qty: Decimal = ZERO
    sold_qty: Decimal = ZERO
    turnover_rp: int = 0

    @property
    def left_qty(self) -> Decimal:
        """What is still at the stall."""
        return self.qty - self.returned_qty - self.lost_qty - self.sold_qty


def totals_of(event: Event) -> list[ProductTotals]:
    """Per owner and product: out, back, lost, sold, turnover. Two statements for any number."""
    found: dict[tuple[int, int], ProductTotals] = {}
    lines = HandOutLine.objects.filter(hand_out__stall__event=event)
    lines = lines.filter(hand_out__received_at__isnull=False)
    rows = lines.select_related("facility", "variant__product").order_by(
        "facility__name", "variant__name", "pk"
    )
    for row in rows:
        key = (row.facility_id, row.variant_id)
        one = found.setdefault(
            key,
            ProductTotals(*(row.facility_id, row.facility.name, row.variant_id, row.variant.label)),
        )
        for name in ("qty", "returned_qty", "lost_qty", "sold_qty"):
            setattr(one, name, getattr(one, name) + getattr(row, name))
    for (facility_id, variant_id), amount in turnover(event).items():
        if (facility_id, variant_id) in found:
            found[facility_id, variant_id].turnover_rp = amount
    return list(found.values())


def turnover(event: Event) -> dict[tuple[int, int], int]:
    """Rupiah sold by (owner, variant), what was given back taken off."""
    places = HandOut.objects.filter(stall__event=event).values("place")
    lines = Sale.objects.filter(place__in=places, amount_rp__gt=F("refunded_rp"))
    rows = lines.values_list("facility_id", "lines__variant_id").annotate(
        rp=Sum("lines__amount_rp")
    )
    return {(facility, variant): rp for facility, variant, rp in rows}


@dataclass
class OwnerEvidence:
    """What proves an owner's turnover at an event: notas, and PNBP with its deposits."""

    facility_id: int
    owner: str
    sales: int = 0
    turnover_rp: int = 0
    first_nota: str = ""
    last_nota: str = ""
    state_rp: int = 0
    deposited_rp: int = 0
    products: list[ProductTotals] = field(default_factory=list)

    @property
    def qty_sold(self) -> Decimal:
        """Pieces sold, of all products."""
        return sum((one.sold_qty for one in self.products), ZERO)


def evidence_of(event: Event) -> list[OwnerEvidence]:
    """Owners by turnover, the highest first, with the notas and the state's share that prove it."""
    by_owner: dict[int, OwnerEvidence] = {}
    for one in totals_of(event):
        owner = by_owner.setdefault(one.facility_id, OwnerEvidence(one.facility_id, one.owner))
        owner.products.append(one)
    places = HandOut.objects.filter(stall__event=event).values("place")
    sales = Sale.objects.filter(place__in=places, amount_rp__gt=F("refunded_rp"))
    for row in sales.order_by("receipt_no").values(
        "facility_id", "receipt_no", "amount_rp", "refunded_rp", "state_rp", "state_back_rp",
        "state_deposited_rp",
    ):  # fmt: skip
        if row["facility_id"] in by_owner:
            _count(by_owner[row["facility_id"]], row)
    return sorted(by_owner.values(), key=lambda one: (-one.turnover_rp, one.owner))


def _count(owner: OwnerEvidence, row: Mapping[str, Any]) -> None:
    number = str(row["receipt_no"])
    owner.sales += 1
    owner.first_nota, owner.last_nota = owner.first_nota or number, number
    owner.turnover_rp += row["amount_rp"] - row["refunded_rp"]
    owner.state_rp += row["state_rp"] - row["state_back_rp"]
    owner.deposited_rp += row["state_deposited_rp"]


@dataclass(frozen=True)
class Due:
    """A stall and an owner whose goods there are not settled yet."""

    stall: Stall
    facility_id: int
    owner: str
    book_id: int
    left_qty: Decimal
    open_losses: int


def settlements_due(stalls: Iterable[Stall]) -> list[Due]:
    """Owners with lines that no settlement has closed, by stall, in one statement."""
    known = {one.pk: one for one in stalls}
    lines = HandOutLine.objects.filter(
        hand_out__stall__in=known, is_closed=False, hand_out__received_at__isnull=False
    )
    said = HandOutLoss.objects.filter(line=OuterRef("pk"), decided_at__isnull=True)
    rows = lines.alias(is_said=Exists(said)).values_list(
        "hand_out__stall", "facility_id", "facility__name", "hand_out__book"
    )
    summed = rows.annotate(left=Sum(LEFT), said=Count("pk", filter=Q(is_said=True)))
    ordered = summed.order_by("hand_out__stall", "facility__name")
    return [Due(known[stall], *rest) for stall, *rest in ordered]


def settled_of(event: Event) -> "QuerySet[Settlement]":
    """Settlements of an event that stand."""
    rows = Settlement.objects.filter(stall__event=event, declined_at__isnull=True)
    return rows.select_related("stall", "facility", "book__party", "document")
