"""Change the rules of the country: one proposes with a preview, a second person decides."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.institutions.rules import may_somewhere
from berdaya.legality.actions.rounds import start_round
from berdaya.legality.models import JudgingRound, RuleChange, RuleDecision
from berdaya.legality.queries.changes import beside, ended_row, preview_of, row_of
from berdaya.legality.rules import changes as rules


def propose_change(
    *,
    by: Actor,
    table: str,
    effective_on: date,
    reason: str,
    ends: int | None = None,
    values: dict[str, Any] | None = None,
) -> RuleChange:
    """Ask for a change of a requirement or a rule of entry; nothing changes until another agrees.

    `values`: fields of the new row, category and kind by their codes; without them `ends` only
    ends. Refused: rule_in_the_past, rule_not_held, rule_overlaps, rule_reason_missing.
    """
    required()
    require(may_somewhere(by, "rule.edit"))
    if not reason.strip():
        raise Refused(rules.rule_reason_missing())
    change = draft(table, effective_on, reason.strip(), ends, values)
    require(_verdict(change))
    change.shown = preview_of(change).as_json()
    change.proposed_by_id = by.user_id
    change.proposed_at = clock.now()
    change.save(force_insert=True)
    return change


def draft(
    table: str,
    effective_on: date,
    reason: str = "",
    ends: int | None = None,
    values: dict[str, Any] | None = None,
) -> RuleChange:
    """A change that is not kept: for a preview."""
    return RuleChange(
        table=table, effective_on=effective_on, reason=reason, ends=ends, values=values or {}
    )


def _verdict(change: RuleChange) -> Verdict:
    row, old = row_of(change), ended_row(change)
    return rules.may_change(
        rules.ChangeFacts(
            effective_on=change.effective_on,
            today=clock.today(),
            ends_one=change.ends is not None,
            held=old is not None
            and old.valid_from < change.effective_on
            and old.holds_on(change.effective_on),
            beside=beside(change, row).count() if row is not None else 0,
        )
    )


def decide_change(
    *, by: Actor, change: RuleChange, outcome: str, reason: str = ""
) -> JudgingRound | None:
    """The second person agrees: the old row ends, the new one begins, all goods are judged anew in
    the background; or says no, with a reason.

    Refused: rule_same_person, rule_decided, rule_reason_missing, and those of propose_change.
    """
    required()
    require(may_somewhere(by, "rule.approve"))
    is_decided = RuleDecision.objects.filter(change=change).exists()
    require(rules.may_decide(by.user_id, change.proposed_by_id, is_decided))
    if outcome == "declined" and not reason.strip():
        raise Refused(rules.rule_reason_missing())
    if outcome == "approved":
        require(_verdict(change))
    try:
        with transaction.atomic():
            RuleDecision.objects.create(
                change=change,
                outcome=outcome,
                reason=reason.strip(),
                proposed_by_id=change.proposed_by_id,
                decided_by_id=by.user_id,
                decided_at=clock.now(),
            )
    except IntegrityError as error:
        raise Refused(rules.rule_decided()) from error
    return _carry_out(by, change) if outcome == "approved" else None


def _carry_out(by: Actor, change: RuleChange) -> JudgingRound:
    row, old = row_of(change), ended_row(change)
    if old is not None:
        old.ended_by = change
        old.valid_until = change.effective_on
        old.save(update_fields=["ended_by", "valid_until"])
    if row is not None:
        row.change = change
        row.save(force_insert=True)
    return start_round(by=by, change=change)
