"""Issue the premi slips of a month."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Sum
from django.db.models.functions import TruncMonth

from berdaya.core import clock, scope
from berdaya.core.codes import desk_code, public_code
from berdaya.core.money import format_qty
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.core.verdicts import require
from berdaya.goods.models import said_once
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.models import Leg
from berdaya.proceeds.models import (
    PayoutCompletion,
    PayoutLine,
    PremiReversal,
    PremiShare,
    Slip,
    SlipLine,
    SplitPolicy,
)
from berdaya.proceeds.queries import floor_for, work_numbers
from berdaya.proceeds.slip import SlipContent, SlipNote, SlipShare
from berdaya.workshop.models import BatchClosing

Grouped = dict[int, list[Any]]


def issue_slips(*, by: Actor, facility: Facility, month: date) -> list[Slip]:
    """One slip for each person with something up to the end of `month` that no slip tells yet:
    shares, what refunds took back, payouts, and what had waited for an account and was paid.

    Who has a slip of that month keeps it; what came later stands on the next. Repeating it adds
    only what is new. The number of queries does not depend on the number of people.
    """
    scope.required()
    require(may(by, "slip.print", facility.pk))
    first = month.replace(day=1)
    until = (first + timedelta(days=32)).replace(day=1)
    had = Slip.objects.filter(facility=facility, month=first).values("participant")
    shares = _unexplained(facility, until, had)
    notes = _notes(facility, until, had)
    people = sorted(shares.keys() | notes.keys())
    if not people:
        return []
    numbers = work_numbers(facility.pk, people)
    balances = _balances(facility, people)
    units = _units(shares)
    percents = dict(SplitPolicy.objects.values_list("pk", "makers_bp"))
    floor = floor_for(facility, until - timedelta(days=1))
    slips, lines = [], []
    for person in people:
        told = tuple(_tell(share, units, percents) for share in shares[person] if share.sale_id)
        earned = sum(share.amount_rp for share in shares[person]) - sum(
            note.amount_rp for note in notes[person] if note.kind == "return"
        )
        content = SlipContent(
            facility=facility.name,
            work_number=numbers[person],
            month=f"{first:%Y-%m}",
            shares=told,
            notes=tuple(notes[person] + _corrections(shares[person])),
            earned_rp=earned,
            # Who had no share of a sale was not paid too little, but did not earn here.
            floor_rp=floor if shares[person] else 0,
            **balances[person],
        )
        slip = _slip(by, facility, person, first, content)
        slips.append(slip)
        lines += [(slip, share) for share in shares[person]]
    Slip.objects.bulk_create(slips)
    SlipLine.objects.bulk_create(
        SlipLine(slip=slip, share=share, facility=facility) for slip, share in lines
    )
    return slips


def _unexplained(
    facility: Facility, until: date, had: "QuerySet[Slip, Any]"
) -> dict[int, list[PremiShare]]:
    rows = (
        PremiShare.objects.filter(facility=facility, earned_on__lt=until, slip_line__isnull=True)
        .exclude(participant__in=had)
        .select_related("sale", "allocation__line__variant__product", "allocation__lot")
        .order_by("earned_on", "pk")
    )
    found: dict[int, list[PremiShare]] = defaultdict(list)
    for row in rows:
        found[row.participant_id].append(row)
    return found


def _notes(
    facility: Facility, until: date, had: "QuerySet[Slip, Any]"
) -> dict[int, list[SlipNote]]:
    notes: dict[int, list[SlipNote]] = defaultdict(list)
    back = _untold(PremiReversal, "refund__refunded_on", "refund__recorded_at", until, had)
    for row in back.filter(facility=facility).select_related("refund__sale"):
        amount = row.saved_rp + row.spendable_rp + row.family_rp
        day, code = row.refund.refunded_on.isoformat(), row.refund.sale.code
        notes[row.participant_id].append(SlipNote("return", day, code, amount))
    paid = _untold(PayoutLine, "paid_on", "run__payment__recorded_at", until, had)
    for line in paid.filter(facility=facility).select_related("run"):
        note = SlipNote("payout", str(line.paid_on), line.run.code, line.amount_rp, line.channel)
        notes[line.participant_id].append(note)
    done = _untold(PayoutCompletion, "paid_on", "recorded_at", until, had)
    here = done.filter(facility=facility, exit_settlement__isnull=True)
    for row in here.select_related("line__run"):
        code, amount = row.line.run.code, row.line.amount_rp
        note = SlipNote("payout", str(row.paid_on), code, amount, row.channel)
        notes[row.participant_id].append(note)
    return notes


def _untold(
    model: type[Any], day: str, recorded: str, until: date, had: "QuerySet[Slip, Any]"
) -> "QuerySet[Any]":
    """Rows of a person up to a day that no slip tells: none of their month or a later one was made
    after they were recorded."""
    told = Slip.objects.filter(
        facility=OuterRef("facility"), participant=OuterRef("participant"),
        month__gte=OuterRef("its_month"), recorded_at__gte=OuterRef(recorded),
    )  # fmt: skip
    rows = model.objects.alias(its_month=TruncMonth(day)).filter(**{f"{day}__lt": until})
    return rows.filter(~Exists(told)).exclude(participant__in=had).order_by(day, "pk")


def _corrections(shares: list[PremiShare]) -> list[SlipNote]:
    return [
        SlipNote("correction", share.earned_on.isoformat(), "", share.amount_rp, share.reason)
        for share in shares
        if not share.sale_id
    ]


BALANCES = {
    chart.PREMI_SAVED: "saved_rp",
    chart.PREMI_SPENDABLE: "spendable_rp",
    chart.PREMI_FAMILY: "family_rp",
    chart.PREMI_PENDING: "pending_rp",
    chart.PREMI_WAITING: "waiting_rp",
    chart.PREMI_AT_RELEASE: "waiting_rp",
}


def _balances(facility: Facility, people: list[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(BALANCES.values(), 0))
    rows = (
        Leg.objects.filter(facility=facility, participant_id__in=people)
        .values_list("participant_id", "account__code")
        .annotate(owed=Sum(F("credit_rp") - F("debit_rp")))
        .order_by()
    )
    for person, code, owed in rows:
        found[person][BALANCES[code]] += owed
    return found


def _units(shares: dict[int, list[PremiShare]]) -> dict[int, str]:
    lots = {share.allocation.lot_id for row in shares.values() for share in row if share.allocation}
    rows = BatchClosing.objects.filter(lot_id__in=lots)
    return dict(rows.values_list("lot_id", "batch__pay_basis"))


def _tell(share: PremiShare, units: dict[int, str], percents: dict[int, int]) -> SlipShare:
    part, sale = share.allocation, share.sale
    assert part is not None
    assert sale is not None
    variant = part.line.variant
    return SlipShare(
        sale_code=sale.code,
        receipt_no=sale.own_receipt_no or sale.receipt_no,
        sold_on=sale.sold_on.isoformat(),
        goods=said_once(variant.product.name, variant.name),
        lot_code=part.lot.code,
        qty=format_qty(part.qty),
        unit_price_rp=part.line.unit_price_rp,
        amount_rp=part.amount_rp,
        tax_rp=part.tax_rp,
        fee_rp=part.fee_rp,
        material_rp=part.material_rp,
        packing_rp=part.packing_rp,
        is_turnover=_is_turnover(sale.calculation, part.policy_id),
        base_rp=part.base_rp,
        makers_bp=percents[part.policy_id],
        pot_rp=part.makers_rp,
        my_weight=share.weight,
        total_weight=share.total_weight,
        weight_unit=units.get(part.lot_id, "equal"),
        share_rp=share.amount_rp,
        saved_rp=share.saved_rp,
        spendable_rp=share.spendable_rp,
        family_rp=share.family_rp,
        final_on=sale.final_on.isoformat(),
        is_pending=share.released_on is None,
    )


def _is_turnover(calculation: dict[str, Any], policy_id: int) -> bool:
    policies = (line["policy"] for line in calculation["lines"])
    return any(policy["is_turnover"] for policy in policies if policy["id"] == policy_id)


def _slip(by: Actor, facility: Facility, person: int, month: date, content: SlipContent) -> Slip:
    number = draw(f"slip:{facility.code}", month.year)
    return Slip(
        code=desk_code(facility.code, month.year, "S", number),
        cover_code=public_code(),
        facility=facility,
        participant_id=person,
        month=month,
        earned_rp=content.earned_rp,
        floor_rp=content.floor_rp,
        content=content.as_json(),
        issued_on=clock.today(facility.timezone),
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
