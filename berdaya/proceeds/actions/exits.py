"""Settle a leaving person (*serah terima saat keluar*): every pocket, on the same day."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce

from berdaya.core import clock, scope
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_rows
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import LegSpec, credit, debit, post_entry
from berdaya.ledger.models import Book
from berdaya.people.models import Participant
from berdaya.proceeds import rules
from berdaya.proceeds.actions.payouts import WAITING_ACCOUNTS, keep_completion
from berdaya.proceeds.actions.releases import release_shares
from berdaya.proceeds.models import (
    Channel,
    ExitSettlement,
    ExitSettlementLine,
    PayoutLine,
    PayoutRun,
    PremiShare,
    Sale,
)
from berdaya.proceeds.models.exits import ExitMethod, PendingTreatment, Receiver
from berdaya.proceeds.queries import POCKETS

# How what had waited is said to have been paid.
COMPLETED_AS = {ExitMethod.BANK: Channel.BANK, ExitMethod.E_MONEY: Channel.E_MONEY}


@dataclass
class Owed:
    """What one book owes a leaving person."""

    pockets: dict[str, int] = field(default_factory=lambda: dict.fromkeys(POCKETS, 0))
    waiting: list[PayoutLine] = field(default_factory=list)

    @property
    def waiting_rp(self) -> int:
        """What waited for an account or for the release."""
        return sum(line.amount_rp for line in self.waiting)


def settle_exit(
    *,
    by: Actor,
    facility: Facility,
    participant: Participant,
    left_on: date,
    exit_kind: str,
    method: str,
    reference: str,
    pending_treatment: str = PendingTreatment.PAY_NOW,
    receiver: str = Receiver.SELF,
    receiver_letter: str = "",
    settled_on: date | None = None,
) -> ExitSettlement:
    """Pay all that this facility's books owe a person, and close the lines that waited.

    Pending premi is paid now too (a later refund then falls on the reserve) or follows once final.
    Lines on lists that are not paid yet are withdrawn from them. Locks the pending sales, the
    person's shares and those lists. `settled_on` is the day of leaving unless said otherwise.
    Refused: receiver_dead, receiver_without_letter, exit_nothing_owed, exit_already_settled,
    day_in_future, day_too_early.
    """
    scope.required()
    letter = receiver_letter.strip()
    allowed = may(by, "leaving.settle", facility.pk)
    require(allowed + rules.may_receive(exit_kind, receiver, letter))
    paid_on = settled_on or left_on
    _require_days(facility, participant, left_on, paid_on, pending_treatment)
    pending_rp = _treat_pending(by, facility, participant, paid_on, pending_treatment)
    mine = PremiShare.objects.filter(facility=facility, participant=participant)
    open_pks = mine.filter(released_on__isnull=False, exit_settlement__isnull=True).exclude(
        payout_line__paid_on__isnull=False
    )
    shares = lock_rows(PremiShare, open_pks.values_list("pk", flat=True))
    _withdraw(shares)
    owed = _owed(facility, participant, shares)
    amount = sum(sum(one.pockets.values()) + one.waiting_rp for one in owed.values())
    if not amount and not pending_rp:
        raise Refused(rules.exit_nothing_owed())
    settlement = ExitSettlement(
        code=_code(facility, left_on),
        facility=facility,
        participant=participant,
        left_on=left_on,
        settled_on=None if paid_on == left_on else paid_on,
        exit_kind=exit_kind,
        method=method,
        reference=reference.strip(),
        pending_treatment=pending_treatment,
        receiver=receiver,
        receiver_letter=letter,
        amount_rp=amount,
        pending_rp=pending_rp,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
    _keep(settlement)
    PremiShare.objects.filter(pk__in=[share.pk for share in shares]).update(
        exit_settlement=settlement, payout_line=None
    )
    for book, one in owed.items():
        _pay(by, settlement, book, one)
    return settlement


def _require_days(
    facility: Facility, participant: Participant, left_on: date, paid_on: date, treatment: str
) -> None:
    """Nothing is paid before the person left, nor before it was earned or became payable."""
    mine = PremiShare.objects.filter(facility=facility, participant=participant)
    taken = mine.filter(exit_settlement__isnull=True).exclude(payout_line__paid_on__isnull=False)
    if treatment == PendingTreatment.PAY_LATER:
        taken = taken.filter(released_on__isnull=False)
    last = taken.aggregate(last=Max(Coalesce("released_on", "earned_on")))["last"]
    waited = _waiting(facility, participant).aggregate(last=Max("paid_on"))["last"]
    owed = [(rules.OWED, day) for day in (last, waited) if day]
    today = clock.today(facility.timezone)
    require(rules.may_be_dated(paid_on, today, (rules.LEFT, left_on), *owed))


def _waiting(facility: Facility, participant: Participant) -> "QuerySet[PayoutLine]":
    """The person's lines of paid lists that still wait for an account or the release."""
    return PayoutLine.objects.filter(
        facility=facility,
        participant=participant,
        paid_on__isnull=False,
        channel__in=[channel.value for channel in WAITING_ACCOUNTS],
        completion__isnull=True,
    )


def _treat_pending(
    by: Actor, facility: Facility, participant: Participant, on: date, treatment: str
) -> int:
    """Release the person's pending shares now, or say what will follow; rupiah that follow."""
    pending = PremiShare.objects.filter(
        facility=facility, participant=participant, released_on__isnull=True
    )
    if treatment == PendingTreatment.PAY_LATER:
        return sum(sum(share.left.values()) for share in pending)
    for sale in lock_rows(Sale, pending.values_list("sale_id", flat=True)):
        release_shares(by, sale, pending.filter(sale=sale), on)
    return 0


def _withdraw(shares: list[PremiShare]) -> None:
    """Take the person off lists that are prepared or approved; paid ones are left alone."""
    lines = {share.payout_line_id for share in shares if share.payout_line_id}
    runs = PayoutLine.objects.filter(pk__in=lines).values_list("run_id", flat=True)
    for run in lock_rows(PayoutRun, runs):
        if run.state == "paid":
            raise Refused(rules.payout_not_prepared())
    PayoutLine.objects.filter(pk__in=lines).update(is_withdrawn=True)


def _owed(
    facility: Facility, participant: Participant, shares: list[PremiShare]
) -> dict[Book, Owed]:
    books = Book.objects.in_bulk({share.book_id for share in shares})
    owed: dict[Book, Owed] = defaultdict(Owed)
    for share in shares:
        for pocket, amount in share.left.items():
            owed[books[share.book_id]].pockets[pocket] += amount
    waiting = _waiting(facility, participant)
    for line in waiting.select_related("run__book").order_by("pk"):
        owed[line.run.book].waiting.append(line)
    return owed


def _code(facility: Facility, day: date) -> str:
    return desk_code(facility.code, day.year, "K", draw(f"exit:{facility.code}", day.year))


def _keep(settlement: ExitSettlement) -> None:
    try:
        with transaction.atomic():
            settlement.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(rules.exit_already_settled()) from error


def _pay(by: Actor, settlement: ExitSettlement, book: Book, owed: Owed) -> None:
    person = settlement.participant_id
    ExitSettlementLine.objects.create(
        settlement=settlement,
        facility_id=settlement.facility_id,
        book=book,
        waiting_rp=owed.waiting_rp,
        **{f"{pocket}_rp": amount for pocket, amount in owed.pockets.items()},
    )
    legs: list[LegSpec] = [
        debit(chart.POCKET_ACCOUNTS[pocket], amount, person)
        for pocket, amount in owed.pockets.items()
    ]
    for line in owed.waiting:
        channel = COMPLETED_AS.get(ExitMethod(settlement.method), Channel.REGISTER_D)
        keep_completion(by, line, channel, settlement.reference, settlement.paid_on, settlement.pk)
        legs.append(debit(WAITING_ACCOUNTS[Channel(line.channel)], line.amount_rp, person))
    from_cash = settlement.method == ExitMethod.CASH_AT_GATE
    total = sum(owed.pockets.values()) + owed.waiting_rp
    legs.append(credit(chart.CASH if from_cash else chart.BANK, total))
    post_entry(
        by=by,
        book=book,
        kind="exit",
        booked_on=settlement.paid_on,
        reference=settlement.code,
        subject=f"exit:{settlement.pk}",
        legs=legs,
    )
