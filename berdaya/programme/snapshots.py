"""What a joint report freezes: indicators, how commitments stand, risks and decisions."""

from typing import Any

from django.utils.translation import override

from berdaya.core.scope import Actor
from berdaya.insight.calc import plain
from berdaya.insight.indicators import INDICATORS
from berdaya.insight.periods import Period
from berdaya.insight.queries import PUBLIC
from berdaya.insight.snapshots import line_of_value
from berdaya.insight.together import overview
from berdaya.programme.evidence import MeasureView, Standing, standings
from berdaya.programme.models import Agreement, Decision, Risk, RiskState


def snapshot_of(by: Actor, agreement: Agreement, period: Period) -> dict[str, Any]:
    """Plain JSON of a quarter as both sides may read it, in Indonesian: no true count in it.

    Commitments are judged by the figures up to the quarter's last month, and by what was accepted
    and which risks were open when the report was drawn up.
    """
    # The quarter's last month is told in the month after: that is the day to judge by.
    day = period.until.replace(day=15)
    with override("id"):
        values = overview(by, period, PUBLIC).values
        return {
            "agreement": agreement.code,
            "title": agreement.title,
            "quarter": period.code,
            "audience": PUBLIC,
            "indicators": [
                line_of_value(code, values[code]) for code in INDICATORS if code in values
            ],
            "commitments": [
                line_of(one) for one in standings(by, day, agreement.commitments.all())
            ],
            "risks": _risks(agreement, period),
            "decisions": _decisions(agreement, period),
        }


def line_of(one: Standing) -> dict[str, Any]:
    """A commitment as it stands, in plain values; `grids.commitments` reads it."""
    row = one.commitment
    return {
        "clause": row.clause_number,
        "code": row.code,
        "deliverable": row.deliverable,
        "state": one.state,
        "reasons": [{"code": reason.code, "words": reason.text} for reason in one.reasons],
        "measures": [_measure(view) for view in one.measures],
        "milestones": [
            {"title": mile.title, "due_on": mile.due_on.isoformat(),
             "is_accepted": mile.accepted_on is not None}  # type: ignore[attr-defined]
            for mile in one.milestones
        ],
    }  # fmt: skip


def _measure(view: MeasureView) -> dict[str, Any]:
    return {
        "indicator": view.indicator.code,
        "version": view.indicator.version,
        "year": view.measure.year,
        "value": plain(view.facts.value),
        "expected": plain(view.facts.expected),
        "target": plain(view.facts.target),
        "direction": view.measure.direction,
        "state": view.state,
    }


def _risks(agreement: Agreement, period: Period) -> list[dict[str, Any]]:
    rows = Risk.objects.filter(agreement=agreement, opened_on__lt=period.until)
    rows = rows.select_related("owner_office", "commitment")
    return [
        {"words": one.words, "weight": one.weight, "owner": one.owner_office.name,
         "response": one.response, "commitment": one.commitment.code if one.commitment else ""}
        for one in rows
        if one.state == RiskState.OPEN or (one.closed_on and one.closed_on >= period.until)
    ]  # fmt: skip


def _decisions(agreement: Agreement, period: Period) -> list[dict[str, Any]]:
    rows = Decision.objects.filter(
        meeting__agreement=agreement,
        meeting__held_on__gte=period.start,
        meeting__held_on__lt=period.until,
    ).select_related("meeting")
    return [
        {"held_on": one.meeting.held_on.isoformat(), "words": one.words}
        for one in rows.order_by("meeting__held_on", "meeting", "number")
    ]
