"""Payout lists: prepare, approve, send back, mark paid, complete a line that waited."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from berdaya.core import clock, scope
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_row
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import LegSpec, credit, debit, post_entry
from berdaya.ledger.models import Book
from berdaya.proceeds import rules
from berdaya.proceeds.actions.releases import release_final
from berdaya.proceeds.models import (
    Channel,
    PayoutApproval,
    PayoutCompletion,
    PayoutLine,
    PayoutPayment,
    PayoutReturn,
    PayoutRun,
    PremiShare,
)
from berdaya.proceeds.models.payouts import PAID_OUT
from berdaya.proceeds.queries import (
    POCKETS,
    Pockets,
    last_channels,
    payable_shares,
    pocket_sums,
    work_numbers,
)

WAITING_ACCOUNTS = {
    Channel.AWAITING_ACCOUNT: chart.PREMI_WAITING,
    Channel.AT_RELEASE: chart.PREMI_AT_RELEASE,
}


def prepare_payout(
    *, by: Actor, book: Book, until: date, prepared_on: date | None = None
) -> PayoutRun:
    """Claim everything payable up to `until` for one list, a line a person.

    Sales that have become final by then are released first, so that no nightly job is waited for.
    The claim is one conditional UPDATE: of two lists prepared at once the later is told. Refused:
    nothing_payable, payout_shares_taken, payout_staff_needed, day_in_future.
    """
    scope.required()
    require(may(by, "payout.prepare", book.facility_id))
    require(rules.may_take_part(by.user_id, ()))
    today = clock.today(book.facility.timezone)
    day = prepared_on or today
    require(rules.may_be_dated(day, today) + rules.may_be_dated(until, day))
    release_final(by=by, today=min(day, until), book=book)
    shares = payable_shares(book.pk, until)
    sums = pocket_sums(shares, "participant_id")
    if not sums:
        raise Refused(rules.nothing_payable())
    last = shares.order_by("-pk").values_list("pk", flat=True).first()
    number = draw(f"payout:{book.facility.code}", day.year)
    run = PayoutRun.objects.create(
        code=desk_code(book.facility.code, day.year, "D", number),
        facility_id=book.facility_id,
        book=book,
        until=until,
        prepared_on=day,
        prepared_by_id=by.person_id,
        total_rp=sum(pockets.total for pockets in sums.values()),
        line_count=len(sums),
        recorded_at=clock.now(),
    )
    channels = last_channels(person for (person,) in sums)
    PayoutLine.objects.bulk_create(
        _line(run, person, pockets, channels.get(person, Channel.AWAITING_ACCOUNT))
        for (person,), pockets in sums.items()
    )
    _claim(run, until, last or 0)
    if pocket_sums(PremiShare.objects.filter(payout_line__run=run), "participant_id") != sums:
        raise Refused(rules.payout_shares_taken())
    return run


def _line(run: PayoutRun, person: int, pockets: Pockets, channel: str) -> PayoutLine:
    return PayoutLine(
        run=run,
        participant_id=person,
        facility_id=run.facility_id,
        amount_rp=pockets.total,
        saved_rp=pockets.saved,
        spendable_rp=pockets.spendable,
        family_rp=pockets.family,
        channel=channel,
    )


def _claim(run: PayoutRun, until: date, last_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE proceeds_premishare s SET payout_line_id = l.id FROM proceeds_payoutline l"
            " WHERE l.run_id = %s AND s.participant_id = l.participant_id AND s.book_id = %s"
            " AND s.id <= %s AND s.released_on <= %s"
            " AND s.payout_line_id IS NULL AND s.exit_settlement_id IS NULL"
            " AND s.amount_rp > s.back_saved_rp + s.back_spendable_rp + s.back_family_rp",
            [run.pk, run.book_id, last_id, until],
        )


def approve_payout(*, by: Actor, run: PayoutRun, approved_on: date | None = None) -> PayoutApproval:
    """The second person agrees. Refused: payout_same_person, payout_not_prepared, day_in_future,
    day_too_early."""
    scope.required()
    require(may(by, "payout.approve", run.facility_id))
    require(rules.may_take_part(by.user_id, [run.prepared_by_id]))
    today = clock.today(run.facility.timezone)
    day = approved_on or today
    require(rules.may_be_dated(day, today, (rules.PREPARED, run.prepared_on)))
    locked = lock_row(run)
    if locked.state != "prepared":
        raise Refused(rules.payout_not_prepared())
    approval = PayoutApproval(
        run=locked,
        facility_id=run.facility_id,
        prepared_by_id=run.prepared_by_id,
        approved_by_id=by.person_id,
        approved_on=day,
        recorded_at=clock.now(),
    )
    _keep(approval, rules.payout_not_prepared)
    return approval


def return_payout(*, by: Actor, run: PayoutRun, reason: str) -> PayoutReturn:
    """Send an unpaid list back; its shares can be put on another. Refused: payout_not_prepared."""
    scope.required()
    require(may(by, "payout.approve", run.facility_id))
    if not reason.strip():
        raise Refused(rules.refund_reason_missing())
    if lock_row(run).state not in ("prepared", "approved"):
        raise Refused(rules.payout_not_prepared())
    returned = PayoutReturn.objects.create(
        run=run,
        facility_id=run.facility_id,
        returned_on=clock.today(run.facility.timezone),
        reason=reason.strip(),
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
    PremiShare.objects.filter(payout_line__run=run).update(payout_line=None)
    return returned


def set_channel(*, by: Actor, line: PayoutLine, channel: str, reference: str = "") -> PayoutLine:
    """Choose how one person of an unpaid list is paid. Refused: payout_not_approved."""
    scope.required()
    require(may(by, "payout.prepare", line.facility_id))
    if lock_row(line.run).state not in ("prepared", "approved"):
        raise Refused(rules.payout_not_approved())
    line.channel, line.reference = Channel(channel).value, reference
    line.save(update_fields=["channel", "reference"])
    return line


def pay_payout(
    *,
    by: Actor,
    run: PayoutRun,
    paid_on: date,
    reference: str = "",
    channels: Mapping[int, tuple[str, str]] | None = None,
) -> PayoutPayment:
    """The third person marks the list paid; every line posts to the book by its channel.

    `channels`: line id -> (channel, reference); `reference` serves lines without their own. Locks
    the list. Refused: payout_same_person, payout_not_approved, payout_reference_missing,
    day_in_future, day_too_early.
    """
    scope.required()
    require(may(by, "payout.pay", run.facility_id))
    locked = lock_row(run)
    if locked.state != "approved":
        raise Refused(rules.payout_not_approved())
    approver = locked.approval.approved_by_id
    require(rules.may_take_part(by.user_id, [locked.prepared_by_id, approver]))
    approved = (rules.APPROVED, locked.approval.approved_on)
    require(rules.may_be_dated(paid_on, clock.today(run.facility.timezone), approved))
    lines = list(locked.lines.filter(is_withdrawn=False).order_by("pk"))
    _fill(lines, reference, channels or {}, paid_on)
    _require_references(locked, lines)
    payment = PayoutPayment(
        run=locked,
        facility_id=run.facility_id,
        prepared_by_id=locked.prepared_by_id,
        approved_by_id=approver,
        paid_by_id=by.person_id,
        paid_on=paid_on,
        recorded_at=clock.now(),
    )
    _keep(payment, rules.payout_not_approved)
    PayoutLine.objects.bulk_update(lines, ["channel", "reference", "paid_on"])
    _book(by, locked, lines, paid_on)
    return payment


def _fill(
    lines: list[PayoutLine], reference: str, channels: Mapping[int, tuple[str, str]], on: date
) -> None:
    for line in lines:
        line.channel, own = channels.get(line.pk, (line.channel, line.reference))
        line.reference = own or (reference if line.channel in PAID_OUT else "")
        line.paid_on = on


def _require_references(run: PayoutRun, lines: list[PayoutLine]) -> None:
    bare = [
        line.participant_id for line in lines if line.channel in PAID_OUT and not line.reference
    ]
    if bare:
        numbers = work_numbers(run.facility_id, bare)
        who = ", ".join(sorted(numbers[person] for person in bare))
        raise Refused(rules.payout_reference_missing(who=who))


def _keep(row: Model, reason: object) -> None:
    """Insert a state that can exist once; who comes second is told."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(reason()) from error  # type: ignore[operator]


def _book(by: Actor, run: PayoutRun, lines: list[PayoutLine], on: date) -> None:
    legs: list[LegSpec] = []
    out: dict[str, int] = defaultdict(int)
    for line in lines:
        for pocket in POCKETS:
            account = chart.POCKET_ACCOUNTS[pocket]
            legs.append(debit(account, getattr(line, f"{pocket}_rp"), line.participant_id))
        waiting = WAITING_ACCOUNTS.get(Channel(line.channel))
        if waiting:
            legs.append(credit(waiting, line.amount_rp, line.participant_id))
        else:
            out[chart.BANK] += line.amount_rp
    legs += [credit(account, amount) for account, amount in out.items()]
    post_entry(
        by=by,
        book=run.book,
        kind="payout",
        booked_on=on,
        reference=run.code,
        subject=f"payout:{run.pk}",
        legs=legs,
    )


def complete_line(
    *, by: Actor, line: PayoutLine, channel: str, reference: str, paid_on: date
) -> PayoutCompletion:
    """Pay a line that waited; again neither who prepared nor who approved its list.

    Refused: payout_same_person, line_not_waiting, payout_reference_missing, day_in_future,
    day_too_early.
    """
    scope.required()
    require(may(by, "payout.pay", line.facility_id))
    approval = PayoutApproval.objects.filter(run=line.run_id).first()
    before = [line.run.prepared_by_id, approval.approved_by_id if approval else 0]
    require(rules.may_take_part(by.user_id, before))
    if not reference.strip() or Channel(channel) not in PAID_OUT:
        numbers = work_numbers(line.facility_id, [line.participant_id])
        raise Refused(rules.payout_reference_missing(who=numbers[line.participant_id]))
    if line.paid_on is None or Channel(line.channel) not in WAITING_ACCOUNTS:
        raise Refused(rules.line_not_waiting())
    marked = (rules.MARKED_PAID, line.paid_on)
    require(rules.may_be_dated(paid_on, clock.today(line.facility.timezone), marked))
    completion = keep_completion(by, line, channel, reference.strip(), paid_on)
    post_entry(
        by=by,
        book=line.run.book,
        kind="payout",
        booked_on=paid_on,
        reference=line.run.code,
        subject=f"payout:{line.run_id}",
        legs=[
            debit(WAITING_ACCOUNTS[Channel(line.channel)], line.amount_rp, line.participant_id),
            credit(chart.BANK, line.amount_rp),
        ],
    )
    return completion


def keep_completion(
    by: Actor,
    line: PayoutLine,
    channel: str,
    reference: str,
    paid_on: date,
    exit_id: int | None = None,
) -> PayoutCompletion:
    """Write that a waiting line is paid, once. Refused: line_not_waiting."""
    completion = PayoutCompletion(
        line=line,
        participant_id=line.participant_id,
        facility_id=line.facility_id,
        channel=channel,
        reference=reference,
        paid_on=paid_on,
        exit_settlement_id=exit_id,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
    _keep(completion, rules.line_not_waiting)
    return completion
