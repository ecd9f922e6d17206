"""What is true of events: who waits, what lies where, what an owner is owed, how it went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from berdaya.core.verdicts import Verdict
from berdaya.goods.models import Variant
from berdaya.legality.queries.facts import listing_facts
from berdaya.legality.rules.listing import ListingFacts, may_list
from berdaya.proceeds.models import Sale, SaleLine
from berdaya.stock.models import GatePass
from berdaya.till.models import (
    Event,
    HandOut,
    HandOutLine,
    HandOutLoss,
    ProductProposal,
    Stall,
)

# A stall sells retail; rows of `retail:stall` would come on top.
MARKET = "retail:stall"
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


def listed_hand_outs() -> "QuerySet[HandOut]":
    """Hand-outs for a list: pieces out and left, whether any line is open, the gate's no.

    The host sees no gate pass of another unit, so to it one that was declined only never came.
    """
    lines = HandOutLine.objects.filter(hand_out=OuterRef("pk")).order_by().values("hand_out")
    declined = GatePass.objects.filter(pk=OuterRef("gate_pass"), declined_at__isnull=False)
    rows = HandOut.objects.select_related("stall__event", "facility")
    return rows.annotate(
        out_qty=Subquery(lines.annotate(one=Sum("qty")).values("one")),
        left=Subquery(lines.annotate(one=Sum(LEFT)).values("one")),
        has_open=Exists(HandOutLine.objects.filter(hand_out=OuterRef("pk"), is_closed=False)),
        is_declined=Exists(declined),
    )


def results_of(event: Event) -> "QuerySet[Variant]":
    """Each product that came to an event, with what became of it and its turnover."""
    lines = HandOutLine.objects.filter(
        variant=OuterRef("pk"), hand_out__stall__event=event, hand_out__received_at__isnull=False
    )
    sums = lines.order_by().values("variant")
    sold = SaleLine.objects.filter(
        variant=OuterRef("pk"), sale__in=standing_sales(event)
    ).order_by()

    def total(of: object) -> Subquery:
        return Subquery(sums.annotate(one=Sum(of)).values("one"))

    return (
        Variant.objects.filter(Exists(lines))
        .select_related("facility", "product")
        .annotate(
            out_qty=total("qty"),
            sold=total("sold_qty"),
            back=total("returned_qty"),
            lost=total("lost_qty"),
            left=total(LEFT),
            turnover_rp=Coalesce(
                Subquery(sold.values("variant").annotate(rp=Sum("amount_rp")).values("rp")), 0
            ),
        )
    )


def standing_sales(event: Event) -> "QuerySet[Sale]":
    """Sales at the stalls of an event that were not taken back."""
    places = HandOut.objects.filter(stall__event=event).values("place")
    return Sale.objects.filter(place__in=places, amount_rp__gt=F("refunded_rp"))


def evidence_of(event: Event) -> list[Any]:
    """Owners by turnover, the highest first, with what proves it: sales and their first and last
    receipt number, the state's share and what of it is deposited. One statement."""
    rows = standing_sales(event).order_by().values("facility__name")
    summed = rows.annotate(
        sales=Count("pk"),
        turnover_rp=Sum(F("amount_rp") - F("refunded_rp")),
        first_no=Min("receipt_no"),
        last_no=Max("receipt_no"),
        state_rp=Sum(F("state_rp") - F("state_back_rp")),
        deposited_rp=Sum("state_deposited_rp"),
    )
    return list(summed.order_by("-turnover_rp", "facility__name"))


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
