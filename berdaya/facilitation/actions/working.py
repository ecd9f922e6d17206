"""Unit and mentor at work: steps with their papers, messages, and the end either way."""

from datetime import date
from typing import BinaryIO

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.uploads import SCAN, accept, store
from berdaya.core.verdicts import Refused, require
from berdaya.facilitation import rules
from berdaya.facilitation.actions.parts import (
    begin_turn,
    keep_message,
    require_part,
    require_said,
    side_of,
)
from berdaya.facilitation.models import Case, CaseMessage, CaseProduct, CaseState, CaseStep
from berdaya.facilitation.models.steps import PAPERS
from berdaya.facilitation.queries.cases import OVER, permit_for, today_of


def record_step(
    *,
    by: Actor,
    step: CaseStep,
    done_on: date,
    paper_no: str = "",
    document: BinaryIO | None = None,
) -> CaseStep:
    """A step is done: when, with which paper, and its scan. Locks the case; the next turn begins.

    Refused: case_not_yours, case_not_running, step_over, step_in_future, step_too_early, whatever
    core.uploads.accept finds.
    """
    required()
    case = require_part(by, step.case)
    row = CaseStep.objects.get(pk=step.pk)
    began_on = row.began_on or case.began_on or done_on
    require(rules.may_record_step(done_on, began_on, today_of(case), row.is_over))
    row.began_on, row.done_on, row.paper_no = began_on, done_on, paper_no.strip()
    if document is not None:
        accepted = accept(document, SCAN)
        row.document, row.document_sha256 = store(accepted, PAPERS), accepted.digest
    return _over(by, case, row, done_on)


def skip_step(*, by: Actor, step: CaseStep, reason: str) -> CaseStep:
    """A step is not needed, and why. Locks the case; the next turn begins.

    Refused: case_not_yours, case_not_running, step_over, step_reason_missing, text_names_person.
    """
    required()
    case = require_part(by, step.case)
    row = CaseStep.objects.get(pk=step.pk)
    if row.is_over:
        raise Refused(rules.step_over())
    if not reason.strip():
        raise Refused(rules.step_reason_missing())
    require_said(by, case, reason)
    row.needless_reason = reason.strip()
    return _over(by, case, row, today_of(case))


def _over(by: Actor, case: Case, row: CaseStep, day: date) -> CaseStep:
    row.recorded_by_id, row.recorded_at = by.user_id, clock.now()
    row.save()
    begin_turn(case, day)
    return row


def write_message(*, by: Actor, case: Case, text: str, asks: bool = False) -> CaseMessage:
    """Write to the other side; what is written stays. Locks the case.

    Refused: case_not_yours, case_closed, text_names_person.
    """
    required()
    row = require_part(by, case, None)
    require_said(by, row, text)
    message = keep_message(by, row, side_of(by, row), text, asks=asks)
    row.save(update_fields=["awaits", "awaits_since"])
    return message


def finish_case(*, by: Actor, case: Case, cost_rp: int | None = None) -> Case:
    """It is done: every step is over, and the permit that was sought names every product.

    `cost_rp`: what was paid in all, for those who come after. Locks the case. Refused:
    case_not_yours, case_not_running, steps_open, case_permit_missing.
    """
    required()
    row = require_part(by, case)
    day = today_of(row)
    goods = {
        line.product_id: line.product.label
        for line in CaseProduct.objects.filter(case=row).select_related("product")
    }
    permit, uncovered = permit_for(row, goods, day) if row.permit_kind else (None, set())
    # Two permits may name them all between them: one that names all is asked for.
    lacking = uncovered or (set() if permit else set(goods))
    names = tuple(goods[pk] for pk in sorted(lacking)) if row.permit_kind else ()
    left = CaseStep.objects.filter(~OVER, case=row).order_by("position")
    kind = row.permit_kind.label if row.permit_kind else ""
    require(rules.may_finish(tuple(one.label for one in left), kind, names))
    row.permit, row.cost_rp = permit, cost_rp
    return _close(by, row, CaseState.DONE, day)


def give_up_case(*, by: Actor, case: Case, reason: str) -> Case:
    """It goes no further, and why; what was recorded stays. Locks the case.

    Refused: case_not_yours, case_closed, step_reason_missing, text_names_person.
    """
    required()
    row = require_part(by, case, None)
    if not reason.strip():
        raise Refused(rules.step_reason_missing())
    require_said(by, row, reason)
    row.close_reason = reason.strip()
    return _close(by, row, CaseState.GIVEN_UP, today_of(row))


def _close(by: Actor, row: Case, state: CaseState, day: date) -> Case:
    # Its lines first: to a mentor they are open only while it runs.
    CaseProduct.objects.filter(case=row).update(is_open=False)
    row.state, row.closed_on, row.closed_by_id = state, day, by.user_id
    row.awaits, row.awaits_since = "", None
    row.save()
    return row
