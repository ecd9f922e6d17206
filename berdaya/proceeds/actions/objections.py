"""Objections to premi (*keberatan premi*): raised on a slip, answered by an uninvolved person."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from berdaya.core import clock, scope
from berdaya.core.codes import desk_code
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Appointment, Facility, Staff
from berdaya.institutions.roles import holders_of
from berdaya.institutions.rules import may
from berdaya.proceeds import rules
from berdaya.proceeds.actions.corrections import pay_correction
from berdaya.proceeds.models import (
    ExitSettlement,
    Objection,
    ObjectionAnswer,
    PayoutCompletion,
    PayoutPayment,
    PremiCorrection,
    PremiShare,
    Sale,
    Slip,
    SplitPolicy,
)
from berdaya.proceeds.models.slips import Outcome
from berdaya.workshop.models import WorkSheet

ANSWER_DAYS = 14


def raise_objection(*, by: Actor, slip: Slip, text: str, raised_on: date) -> Objection:
    """Record what a maker says is wrong, and give it to somebody who neither logged nor paid.

    The answer is due ANSWER_DAYS later. Refused: objection_no_handler, refund_reason_missing,
    day_in_future.
    """
    scope.required()
    require(may(by, "slip.print", slip.facility_id))
    require(rules.may_be_dated(raised_on, clock.today(slip.facility.timezone)))
    if not text.strip():
        raise Refused(rules.refund_reason_missing())
    handler = _handler(slip.facility, involved_in(slip), raised_on)
    code = slip.facility.code
    return Objection.objects.create(
        code=desk_code(code, raised_on.year, "N", draw(f"objection:{code}", raised_on.year)),
        slip=slip,
        participant_id=slip.participant_id,
        facility_id=slip.facility_id,
        raised_on=raised_on,
        answer_due_on=raised_on + timedelta(days=ANSWER_DAYS),
        text=text.strip(),
        handler=handler,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )


def involved_in(slip: Slip) -> set[int]:
    """Staff who logged the work, recorded the sales or paid what this slip tells."""
    shares = PremiShare.objects.filter(slip_line__slip=slip)
    sheets = WorkSheet.objects.filter(
        logs__participant_id=slip.participant_id,
        logs__batch__closing__lot__in=shares.values("allocation__lot"),
    )
    sales = Sale.objects.filter(shares__in=shares)
    paid = PayoutPayment.objects.filter(run__lines__participant_id=slip.participant_id)
    done = PayoutCompletion.objects.filter(participant_id=slip.participant_id)
    proposed = PremiCorrection.objects.filter(decision__share__in=shares)
    left = ExitSettlement.objects.filter(participant_id=slip.participant_id)
    found = {
        *sheets.values_list("recorded_by_id", flat=True),
        *sales.values_list("recorded_by_id", flat=True),
        *paid.values_list("paid_by_id", flat=True),
        *done.values_list("recorded_by_id", flat=True),
        *left.values_list("recorded_by_id", flat=True),
        *proposed.values_list("recorded_by_id", flat=True),
        slip.recorded_by_id,
    }
    return {pk for pk in found if pk is not None}


def _handler(facility: Facility, involved: set[int], on: date) -> Staff:
    """The unit's own first, then the offices above it."""
    roles = [role.code for role in holders_of("objection.answer")]
    steps = facility.office.path.split("/")
    above = ["/".join(steps[: n + 1]) for n in range(len(steps))]
    rows = (
        Appointment.objects.on(on)
        .filter(role__in=roles)
        .filter(Q(facility=facility) | Q(office__path__in=above))
        .exclude(staff_id__in=involved)
    )
    row = rows.order_by("facility_id", "staff_id").select_related("staff").first()
    if row is None:
        raise Refused(rules.objection_no_handler())
    return row.staff


def answer_objection(
    *,
    by: Actor,
    objection: Objection,
    outcome: str,
    text: str,
    answered_on: date,
    correction_rp: int = 0,
) -> ObjectionAnswer:
    """Answer once; what is upheld may bring a correction from working capital, payable at once.

    Refused: objection_own_work, objection_answered, refund_reason_missing, day_in_future,
    day_too_early.
    """
    scope.required()
    require(may(by, "objection.answer", objection.facility_id))
    require(rules.may_answer(by.user_id, involved_in(objection.slip)))
    today = clock.today(objection.facility.timezone)
    require(rules.may_be_dated(answered_on, today, (rules.RAISED, objection.raised_on)))
    if not text.strip():
        raise Refused(rules.refund_reason_missing())
    correction = None
    if outcome == Outcome.UPHELD and correction_rp > 0:
        correction = _correct(by, objection, correction_rp, answered_on)
    try:
        with transaction.atomic():
            return ObjectionAnswer.objects.create(
                objection=objection,
                facility_id=objection.facility_id,
                outcome=outcome,
                text=text.strip(),
                answered_on=answered_on,
                correction=correction,
                recorded_at=clock.now(),
                recorded_by_id=by.person_id,
            )
    except IntegrityError as error:
        raise Refused(rules.objection_answered()) from error


def _correct(by: Actor, objection: Objection, amount_rp: int, on: date) -> PremiShare:
    """A share without a sale, booked in the open period; nothing is divided anew."""
    lines = objection.slip.lines.select_related("share__book", "share__allocation")
    line = lines.order_by(F("share__allocation").asc(nulls_last=True), "pk").first()
    assert line is not None
    whose = Q(party=line.share.book.party_id) | Q(party__isnull=True)
    policies = SplitPolicy.objects.on(on).filter(whose, category__isnull=True)
    if line.share.allocation:
        policies = SplitPolicy.objects.filter(pk=line.share.allocation.policy_id)
    terms = policies.order_by(F("party").asc(nulls_last=True)).first()
    assert terms is not None
    return pay_correction(
        by=by,
        book=line.share.book,
        participant_id=objection.participant_id,
        amount_rp=amount_rp,
        on=on,
        terms=terms.terms(),
        reference=objection.code,
        subject=f"objection:{objection.pk}",
        reason=objection.code,
    )
