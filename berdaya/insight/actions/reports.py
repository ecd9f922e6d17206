"""A month's report: sent by the head, answered by the regional office; frozen for good."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.insight import rules
from berdaya.insight.actions.figures import reckon
from berdaya.insight.calc import digest_of
from berdaya.insight.models import Outcome, Report, ReportAnswer, ReportState, ReportVersion
from berdaya.insight.periods import Period, after
from berdaya.insight.queries import due_day
from berdaya.insight.snapshots import locked_since, snapshot_of
from berdaya.institutions.models import Facility


def send_report(*, by: Actor, facility: Facility, month: date, note: str = "") -> ReportVersion:
    """Freeze the month's values as they are now and send them, the first time or after a return.

    Reckons the month and the locked ones before it anew. Refused: report_month_open,
    report_not_producing, report_waits, report_locked.
    """
    scope.required()
    report = Report.objects.filter(facility=facility, month=month).first()
    require(
        rules.may_send(
            by,
            facility_id=facility.pk,
            is_producing=facility.is_producing,
            zone=facility.timezone,
            month=month,
            state=str(report.state) if report else "",
        )
    )
    since = locked_since(month, facility.pk)
    reckon(by=by, facility=facility, period=Period(since, after(month)))
    report = _begun(facility, month) if report is None else _sent_again(report)
    snapshot = snapshot_of(report)
    return ReportVersion.objects.create(
        report=report,
        facility=facility,
        number=report.versions.count() + 1,
        snapshot=snapshot,
        digest=digest_of(snapshot),
        note=note.strip(),
        sent_by_id=by.user_id,
        sent_at=clock.now(),
    )


def _begun(facility: Facility, month: date) -> Report:
    today = clock.today(facility.timezone)
    report = Report(
        facility=facility, month=month, due_on=due_day(month) or today, first_sent_on=today
    )
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(rules.report_waits()) from error
    return report


def _sent_again(report: Report) -> Report:
    _move(report, ReportState.RETURNED, ReportState.SENT, rules.report_waits)
    return report


def _move(report: Report, before: ReportState, then: ReportState, reason: Any) -> None:
    """One conditional change: of two who act at once the second is refused."""
    if not Report.objects.filter(pk=report.pk, state=before).update(state=then):
        raise Refused(reason())
    report.state = then


def answer_report(*, by: Actor, report: Report, outcome: str, comment: str = "") -> ReportAnswer:
    """Accept what was sent, which locks the month, or return it with what is to be put right.

    Refused: report_not_waiting, report_same_person, report_comment_missing.
    """
    scope.required()
    version = report.versions.order_by("-number").first()
    found = rules.may_answer(by, report, version.sent_by_id if version else None)
    if outcome == Outcome.RETURNED:
        found += rules.must_say(comment)
    require(found)
    if version is None:
        raise Refused(rules.report_not_waiting())
    then = ReportState.ACCEPTED if outcome == Outcome.ACCEPTED else ReportState.RETURNED
    _move(report, ReportState.SENT, then, rules.report_not_waiting)
    return ReportAnswer.objects.create(
        version=version,
        facility_id=report.facility_id,
        outcome=outcome,
        comment=comment.strip(),
        sent_by_id=version.sent_by_id,
        answered_by_id=by.user_id,
        answered_at=clock.now(),
    )
