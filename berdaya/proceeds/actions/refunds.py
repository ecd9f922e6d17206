"""Refund a sale: whole, by line, or in part, with the ratios frozen on it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum

from berdaya.core import clock, scope
from berdaya.core.locks import lock_row, lock_rows
from berdaya.core.money import format_rp, split_by_weights
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.institutions.standing_in import require_decision
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import LegSpec, credit, debit, post_entry
from berdaya.proceeds import calc, rules
from berdaya.proceeds.actions.payments import MONEY_ACCOUNTS
from berdaya.proceeds.actions.releases import release_sale
from berdaya.proceeds.models import (
    Allocation,
    Payment,
    PremiReversal,
    PremiShare,
    Refund,
    RefundPart,
    Sale,
)
from berdaya.stock.actions.movements import receive_lot
from berdaya.stock.models import MovementKind

COLUMNS = tuple(f"{name}_rp" for name in calc.COMPONENTS)


@dataclass(frozen=True)
class RefundLine:
    """What goes back for one line; no amount means all that is left. Goods that came back whole
    and fit to sell are `returned_qty`."""

    line_id: UUID
    amount_rp: int | None = None
    returned_qty: Decimal = Decimal(0)


@dataclass
class Left:
    """What of one allocation has not been refunded."""

    allocation: Allocation
    amount_rp: int
    loss_rp: int
    components: dict[str, int]


def refund_sale(
    *,
    by: Actor,
    sale: Sale,
    refunded_on: date,
    reason: str,
    lines: Sequence[RefundLine] | None = None,
    method: str = "",
    is_void: bool = False,
) -> Refund:
    """Give money back (or, unpaid, let the buyer owe less) and take it from where it went.

    Pending premi is taken back from its makers; payable premi is borne by the return reserve (what
    is final by then is released first, so that no nightly job is waited for), and what the state
    already has becomes a claim. Without `lines` everything left goes back, goods
    excepted. Locks the sale. `is_void`: the sale was written by mistake and never took place;
    whoever may sell takes it back on its own day, from makers too, while nothing of it was paid
    out or deposited. Refused: refund_own_sale, refund_exceeds,
    refund_reason_missing, day_in_future, day_too_early, void_too_late.
    """
    scope.required()
    if is_void:
        require(may(by, "sale.record", sale.facility_id))
    else:
        require_decision(
            by=by,
            ability="sale.refund",
            facility_id=sale.facility_id,
            done_by=[sale.recorded_by_id],
        )
    require(rules.may_refund(by.user_id, sale.recorded_by_id))
    if not reason.strip():
        raise Refused(rules.refund_reason_missing())
    today = clock.today(sale.facility.timezone)
    require(rules.may_be_dated(refunded_on, today, (rules.SOLD, sale.sold_on)))
    _receive_goods(by, sale, refunded_on, lines or ())
    locked = lock_row(sale)
    if is_void:
        _require_untouched(locked, refunded_on)
    elif locked.released_on is None and locked.final_on <= refunded_on:
        release_sale(by, locked, refunded_on)
    left = _left_of(locked)
    backs = _take_back(locked, left, lines)
    refund = Refund(
        sale=locked,
        facility_id=locked.facility_id,
        refunded_on=refunded_on,
        amount_rp=sum(back.amount_rp for _left, back in backs),
        reason=reason.strip(),
        method=method,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
    state = sum(back.components["state"] for _left, back in backs)
    owed_part = min(state, locked.state_owed_rp)
    refund.claim_rp = state - owed_part
    reversals, reserve = _reverse_shares(refund, backs, is_void=is_void)
    refund.reserve_rp = sum(reserve.values())
    _write(locked, refund, backs, reversals, reserve, owed_part)
    _book(by, locked, refund, backs, reversals, owed_part)
    _pay_back(by, locked, refund)
    sale.refresh_from_db()
    return refund


def _require_untouched(sale: Sale, day: date) -> None:
    """Locks the shares: a payout that comes at the same time finds them empty, or came first."""
    pks = PremiShare.objects.filter(sale=sale).values_list("pk", flat=True)
    shares = lock_rows(PremiShare, pks)
    is_claimed = any(one.payout_line_id or one.exit_settlement_id for one in shares)
    if is_claimed or sale.state_deposited_rp or sale.refunded_rp or day != sale.sold_on:
        raise Refused(rules.void_too_late())


def _receive_goods(by: Actor, sale: Sale, day: date, lines: Sequence[RefundLine]) -> None:
    """Put what came back into stock again, filling the line's lots in order."""
    for line in lines:
        missing = line.returned_qty
        rows = Allocation.objects.filter(line_id=line.line_id, sale=sale).order_by("pk")
        for row in rows.select_related("lot"):
            part = min(missing, row.qty - row.returned_qty)
            if part <= 0:
                continue
            # The condition decides between two who bring back the same piece.
            same = Allocation.objects.filter(pk=row.pk, returned_qty=row.returned_qty)
            if not same.update(returned_qty=row.returned_qty + part):
                raise Refused(rules.refund_exceeds(left="0"))
            receive_lot(
                by=by,
                lot=row.lot,
                place=sale.place,
                qty=part,
                day=day,
                reference=sale.code,
                kind=MovementKind.RETURNED,
            )
            missing -= part
        if missing > 0:
            raise Refused(rules.refund_exceeds(left=str(line.returned_qty - missing)))


def _left_of(sale: Sale) -> dict[int, Left]:
    names = ("amount_rp", "loss_rp", *COLUMNS)
    taken: dict[int, Any] = {
        row["allocation"]: row
        for row in RefundPart.objects.filter(allocation__sale=sale)
        .values("allocation")
        .annotate(**{f"sum_{name}": Sum(name) for name in names})
    }
    found = {}
    for row in Allocation.objects.filter(sale=sale).order_by("line_id", "pk"):
        gone = taken.get(row.pk, {})
        rest = {name: getattr(row, name) - gone.get(f"sum_{name}", 0) for name in names}
        parts = {name: rest[f"{name}_rp"] for name in calc.COMPONENTS}
        found[row.pk] = Left(row, rest["amount_rp"], rest["loss_rp"], parts)
    return found


Backs = list[tuple[Left, calc.Back]]


def _take_back(sale: Sale, left: dict[int, Left], lines: Sequence[RefundLine] | None) -> Backs:
    by_line: dict[UUID, list[Left]] = defaultdict(list)
    for row in left.values():
        by_line[row.allocation.line_id].append(row)
    wanted = lines if lines is not None else [RefundLine(pk) for pk in by_line]
    backs: Backs = []
    for line in wanted:
        backs += _back_of_line(by_line.pop(line.line_id, []), line.amount_rp)
    if not backs:
        raise Refused(rules.refund_exceeds(left=format_rp(0)))
    return backs


def _back_of_line(rows: list[Left], asked: int | None) -> Backs:
    whole = sum(row.amount_rp for row in rows)
    amount = whole if asked is None else asked
    if amount < 0 or amount > whole or (asked is not None and amount == 0):
        raise Refused(rules.refund_exceeds(left=format_rp(whole)))
    if not amount:
        return []
    order = [(place, row.amount_rp) for place, row in enumerate(rows)]
    parts = split_by_weights(amount, order)
    return [
        (row, calc.take_back(parts[place], row.amount_rp, row.loss_rp, row.components))
        for place, row in enumerate(rows)
        if parts[place]
    ]


def _reverse_shares(
    refund: Refund, backs: Backs, *, is_void: bool
) -> tuple[list[tuple[PremiShare, dict[str, int]]], dict[PremiShare, int]]:
    """Pockets taken from pending shares, and what the reserve bears for payable ones."""
    reversals: list[tuple[PremiShare, dict[str, int]]] = []
    reserve: dict[PremiShare, int] = {}
    for left, back in backs:
        shares = list(left.allocation.shares.order_by("participant_id"))
        rest = {share: sum(share.left.values()) - share.reserve_rp for share in shares}
        # A pot nobody has a share of lies in one account and is taken back there.
        if not shares:
            continue
        for share, amount in calc.take_parts(back.components["makers"], rest).items():
            if share.released_on is not None and not is_void:
                reserve[share] = amount
            elif amount:
                reversals.append((share, calc.take_parts(amount, share.left)))
    return reversals, reserve


def _write(
    sale: Sale,
    refund: Refund,
    backs: Backs,
    reversals: list[tuple[PremiShare, dict[str, int]]],
    reserve: dict[PremiShare, int],
    owed_part: int,
) -> None:
    refund.save(force_insert=True)
    RefundPart.objects.bulk_create(
        RefundPart(
            refund=refund,
            allocation=left.allocation,
            facility_id=sale.facility_id,
            amount_rp=back.amount_rp,
            loss_rp=back.loss_rp,
            **{f"{name}_rp": amount for name, amount in back.components.items()},
        )
        for left, back in backs
    )
    for share, pockets in reversals:
        for name, amount in pockets.items():
            setattr(share, f"back_{name}_rp", getattr(share, f"back_{name}_rp") + amount)
        share.save(update_fields=[f"back_{name}_rp" for name in pockets])
    PremiReversal.objects.bulk_create(
        PremiReversal(
            refund=refund,
            share=share,
            participant_id=share.participant_id,
            facility_id=sale.facility_id,
            **{f"{name}_rp": amount for name, amount in pockets.items()},
        )
        for share, pockets in reversals
    )
    for share, amount in reserve.items():
        share.reserve_rp += amount
        share.save(update_fields=["reserve_rp"])
    sale.refunded_rp += refund.amount_rp
    sale.state_back_rp += owed_part
    sale.state_claim_rp += refund.claim_rp
    sale.save(update_fields=["refunded_rp", "state_back_rp", "state_claim_rp"])


def _book(
    by: Actor,
    sale: Sale,
    refund: Refund,
    backs: Backs,
    reversals: list[tuple[PremiShare, dict[str, int]]],
    owed_part: int,
) -> None:
    sums: dict[str, int] = defaultdict(int)
    for _left, back in backs:
        sums["loss"] += back.loss_rp
        for name, amount in back.components.items():
            sums[name] += amount
    from_makers = _premi_legs(reversals)
    taken = sum(leg.debit_rp - leg.credit_rp for leg in from_makers)
    unassigned = sums["makers"] - taken - refund.reserve_rp
    legs: list[LegSpec] = [
        credit(chart.BUYERS, refund.amount_rp),
        debit(chart.TAX, sums["tax"]),
        debit(chart.FEES, sums["fee"]),
        debit(chart.COSTS_BACK, sums["material"] + sums["packing"]),
        debit(chart.CAPITAL, sums["capital"] - sums["loss"]),
        debit(chart.COOPERATIVE, sums["cooperative"]),
        debit(chart.HISTORY, sums["undivided"]),
        debit(chart.STATE_OWED, owed_part),
        debit(chart.STATE_CLAIM, refund.claim_rp),
        debit(chart.RETURN_RESERVE, refund.reserve_rp),
        debit(chart.PREMI_UNASSIGNED, unassigned),
        *from_makers,
    ]
    post_entry(
        by=by,
        book=sale.book,
        kind="refund",
        booked_on=refund.refunded_on,
        reference=sale.code,
        subject=f"sale:{sale.pk}",
        legs=legs,
    )


def _premi_legs(reversals: list[tuple[PremiShare, dict[str, int]]]) -> list[LegSpec]:
    """One leg a person and account; a void takes from the pockets themselves."""
    sums: dict[tuple[str, int], int] = defaultdict(int)
    for share, pockets in reversals:
        for name, amount in pockets.items():
            is_pending = share.released_on is None
            account = chart.PREMI_PENDING if is_pending else chart.POCKET_ACCOUNTS[name]
            sums[account, share.participant_id] += amount
    return [debit(account, amount, who) for (account, who), amount in sums.items()]


def _pay_back(by: Actor, sale: Sale, refund: Refund) -> None:
    """Return what the buyer has paid beyond what is still owed."""
    over = sale.paid_rp + sale.refunded_rp - sale.amount_rp
    if over <= 0:
        return
    method = refund.method or "cash"
    Payment.objects.create(
        sale=sale,
        facility_id=sale.facility_id,
        method=method,
        amount_rp=-over,
        paid_on=refund.refunded_on,
        reference=str(refund.pk)[:80],
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
    sale.paid_rp -= over
    sale.save(update_fields=["paid_rp"])
    post_entry(
        by=by,
        book=sale.book,
        kind="repayment",
        booked_on=refund.refunded_on,
        reference=sale.code,
        subject=f"sale:{sale.pk}",
        legs=[debit(chart.BUYERS, over), credit(MONEY_ACCOUNTS[method], over)],
    )
