"""The joint report of a quarter: drawn up, agreed by each side, locked; or returned."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Case, Value, When

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.insight.calc import digest_of
from berdaya.insight.courses import told_month
from berdaya.insight.periods import Period, after
from berdaya.programme.actions.making import newest_version
from berdaya.programme.actions.signing import require_seat
from berdaya.programme.models import (
    Agreement,
    AgreementVersion,
    QuarterAnswer,
    QuarterOutcome,
    QuarterReport,
    QuarterState,
    QuarterVersion,
)
from berdaya.programme.rules import changes
from berdaya.programme.snapshots import snapshot_of


def draw_report(*, by: Actor, agreement: Agreement, quarter: date) -> QuarterVersion:
    """Freeze a quarter that is over as it can be read by both sides, the first time or again.

    Refused: quarter_open, quarter_before_agreement, quarter_waits, quarter_locked,
    programme_side_missing.
    """
    report = QuarterReport.objects.filter(agreement=agreement, quarter=quarter).first()
    seat = require_seat(by, agreement, changes.may_draw, str(report.state) if report else "")
    period = Period(quarter, after(quarter, 3))
    if told_month(clock.today()) < period.last_month:
        raise Refused(changes.quarter_open(quarter=period.code))
    _require_held(agreement, period)
    report = _begun(agreement, quarter) if report is None else _again(report)
    snapshot = snapshot_of(by, agreement, period)
    return QuarterVersion.objects.create(
        report=report, number=report.versions.count() + 1, snapshot=snapshot,
        digest=digest_of(snapshot), office=seat.office, drawn_by_id=by.person_id,
        drawn_on=clock.today(),
    )  # fmt: skip


def _require_held(agreement: Agreement, period: Period) -> None:
    held = AgreementVersion.objects.filter(agreement=agreement, valid_from__lt=period.until)
    if newest_version(agreement) is None or not held.exists():
        raise Refused(changes.quarter_before())


def _begun(agreement: Agreement, quarter: date) -> QuarterReport:
    row = QuarterReport(agreement=agreement, quarter=quarter, drawn_on=clock.today())
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(changes.quarter_waits()) from error
    return row


def _again(report: QuarterReport) -> QuarterReport:
    rows = QuarterReport.objects.filter(pk=report.pk, state=QuarterState.RETURNED)
    if not rows.update(state=QuarterState.DRAFT):
        raise Refused(changes.quarter_waits())
    report.state = QuarterState.DRAFT
    return report


def answer_report(
    *, by: Actor, report: QuarterReport, outcome: str, comment: str = ""
) -> QuarterAnswer:
    """One side's answer to the version drawn last: the second yes locks it, a no returns it.

    Of both sides at once the state becomes "agreed" all the same: it moves on from what the other
    made it, in one statement. Refused: quarter_locked, quarter_not_waiting, quarter_answered,
    programme_comment_missing, programme_side_missing.
    """
    version = report.versions.order_by("-number")[0]
    seat = require_seat(by, report.agreement, changes.may_sign_quarter, str(report.state), False)
    if outcome == QuarterOutcome.RETURNED:
        require(changes.must_say(comment))
    row = QuarterAnswer(
        version=version, side=seat.side, office=seat.office, outcome=outcome,
        comment=comment.strip(), answered_by_id=by.person_id, answered_on=clock.today(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(changes.quarter_answered()) from error
    _move(report, outcome)
    return row


def _move(report: QuarterReport, outcome: str) -> None:
    waiting = QuarterReport.objects.filter(
        pk=report.pk, state__in=[QuarterState.DRAFT, QuarterState.HALF]
    )
    if outcome == QuarterOutcome.RETURNED:
        moved = waiting.update(state=QuarterState.RETURNED)
    else:
        onward = Case(
            When(state=QuarterState.DRAFT, then=Value(QuarterState.HALF)),
            default=Value(QuarterState.AGREED),
        )
        moved = waiting.update(state=onward)
    if not moved:
        raise Refused(changes.quarter_not_waiting())
    report.refresh_from_db(fields=["state"])
