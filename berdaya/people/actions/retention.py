"""Let go of what nobody needs any more: rules with dates, nightly rounds, identities last of all.

An identity is never erased by one hand: the round proposes, a person confirms at once, or the
notice runs out without a word against it. Whoever is owed money is never erased.
"""

from collections import Counter
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.dated import end_on
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may, may_somewhere
from berdaya.people.actions.identity import erase_identity
from berdaya.people.calc import months_after
from berdaya.people.models import (
    DecisionKind,
    Placement,
    RetentionCount,
    RetentionDecision,
    RetentionProposal,
    RetentionRule,
    RetentionRun,
)
from berdaya.people.retention import (
    Round,
    Tally,
    due_identities,
    kept_on_word,
    kept_paid_lately,
    kept_waits_notice,
    open_proposals,
    purposes,
    rules_on,
)
from berdaya.people.rights import with_identity
from berdaya.people.rules_retention import (
    keep_until_early,
    may_change_rule,
    retention_decided,
)
from berdaya.people.ties import last_dealings, standing_against

NOTICE_DAYS = 30
# More than this waits for the next night, oldest first.
A_NIGHT = 500


def set_retention_rule(
    *,
    by: Actor,
    purpose: str,
    valid_from: date,
    months: int | None,
    legal_basis: str,
    is_confirmed: bool,
) -> RetentionRule:
    """From that day on the purpose lasts so long; the rule before ends that day.

    Raises Refused: no ability, retention_in_past, retention_unknown.
    """
    required()
    require(may_somewhere(by, "retention.edit"))
    rows = RetentionRule.objects.filter(purpose=purpose)
    later = rows.filter(valid_from__gte=valid_from).exists()
    require(may_change_rule(purpose in purposes(), valid_from, clock.today(), later))
    running = rows.on(valid_from).first()
    if running is not None:
        end_on(running, valid_from)
    return RetentionRule.objects.create(
        purpose=purpose, valid_from=valid_from, months=months, legal_basis=legal_basis,
        is_confirmed=is_confirmed,
    )  # fmt: skip


def run_retention(*, by: Actor, facility: Facility, today: date) -> RetentionRun:
    """One night's round over every purpose; on a day already done it changes nothing.

    All of it is one transaction: killed, it starts anew and finds nothing half done.
    """
    required()
    done = RetentionRun.objects.filter(facility=facility, day=today)
    if done.exists():
        return done.get()
    try:
        with transaction.atomic():
            run = RetentionRun.objects.create(facility=facility, day=today, finished_at=clock.now())
    except IntegrityError:
        return done.get()  # another worker has just finished this night
    rules = rules_on(today)
    for purpose in purposes().values():
        rule = rules.get(purpose.code)
        tally = purpose.measure(Round(by, facility, today, rule.months if rule else None))
        _count(run, purpose.code, tally)
    return run


def _count(run: RetentionRun, purpose: str, tally: Tally) -> None:
    RetentionCount.objects.create(
        run=run, facility_id=run.facility_id, purpose=purpose, due=tally.due, done=tally.done,
        held=sum(tally.held.values()), left=tally.left, reasons=dict(tally.held),
    )  # fmt: skip


def apply_identities(night: Round) -> Tally:
    """Propose identities whose time has come, and erase those whose notice has run out."""
    facility_id, before = night.facility.pk, night.before
    if before is None:
        return Tally(left=with_identity().filter(facility_id=facility_id).count())
    _lapse_returned(night)
    due = due_identities(facility_id, before)
    ended = dict(due.values_list("participant_id", "ended_on")[:A_NIGHT])
    held = _held_back(night, ended, before)
    free = [person for person in ended if person not in held]
    waiting = _proposed(night, {person: ended[person] for person in free})
    done = _erase_silent(night, waiting)
    for person in waiting.keys() - done:
        held[person] = kept_waits_notice.code
    return Tally(
        due=due.count() + len(done),
        done=len(done),
        held=Counter(held.values()),
        left=with_identity().filter(facility_id=facility_id).count(),
    )


def _held_back(night: Round, ended: dict[int, date], before: date) -> dict[int, str]:
    """Whom something stands against: a tie, a payment not long ago, a head's word."""
    verdicts = standing_against(ended, night.today)
    held = {person: one.codes[0] for person, one in verdicts.items() if not one.ok}
    for person, day in last_dealings(ended).items():
        if day > before:
            held.setdefault(person, kept_paid_lately.code)
    kept = RetentionDecision.objects.filter(
        proposal__participant_id__in=ended, kind=DecisionKind.KEPT, keep_until__gt=night.today
    )
    for person in kept.values_list("proposal__participant_id", flat=True):
        held.setdefault(person, kept_on_word.code)
    return held


def _proposed(night: Round, ended: dict[int, date]) -> dict[int, RetentionProposal]:
    """The running proposal of each of these people, made now where there is none."""
    running = {
        row.participant_id: row
        for row in open_proposals([night.facility.pk]).filter(participant_id__in=ended)
    }
    for person in ended.keys() - running.keys():
        running[person] = RetentionProposal.objects.create(
            participant_id=person, facility=night.facility, due_on=night.today,
            proposed_at=clock.now(), automatic_on=night.today + timedelta(days=NOTICE_DAYS),
        )  # fmt: skip
    return running


def _erase_silent(night: Round, waiting: dict[int, RetentionProposal]) -> set[int]:
    """Erase whose notice has run out without a word against it."""
    over = {person: row for person, row in waiting.items() if row.automatic_on <= night.today}
    for _person, row in sorted(over.items()):  # as every other locks identities: by key
        _erase(night.by, row)
    return set(over)


def _lapse_returned(night: Round) -> None:
    """Proposals about people who are placed again, or whose identity is gone, end."""
    back = Placement.objects.current_from(night.today).values("participant")
    there = with_identity().values("participant")
    rows = open_proposals([night.facility.pk])
    gone = rows.exclude(participant__in=there)
    for row in rows.filter(participant__in=back).union(gone):
        _decide(night.by, row, DecisionKind.LAPSED)


def confirm_erasure(*, by: Actor, proposal: RetentionProposal) -> RetentionDecision:
    """The second hand: erase now instead of at the end of the notice. Locks the identity.

    Raises Refused: no ability, retention_decided, and all that stands against it.
    """
    required()
    require(may(by, "identity.erase", proposal.facility_id))
    today = clock.today(proposal.facility.timezone)
    require(standing_against([proposal.participant_id], today)[proposal.participant_id])
    return _erase(by, proposal)


def keep_identity(
    *, by: Actor, proposal: RetentionProposal, ground: str, keep_until: date
) -> RetentionDecision:
    """Hold it back to a day, on a ground from the list; the round then proposes it again.

    Raises Refused: no ability, retention_decided, keep_until_early.
    """
    required()
    today = clock.today(proposal.facility.timezone)
    require(may(by, "identity.erase", proposal.facility_id))
    if not today < keep_until <= months_after(today, 24):
        raise Refused(keep_until_early())
    return _decide(by, proposal, DecisionKind.KEPT, ground, keep_until)


def _erase(by: Actor, proposal: RetentionProposal) -> RetentionDecision:
    done = _decide(by, proposal, DecisionKind.ERASED)
    erase_identity(
        by=by, participant=proposal.participant, facility=proposal.facility, why="retention"
    )
    return done


def _decide(
    by: Actor, proposal: RetentionProposal, kind: str, ground: str = "", until: date | None = None
) -> RetentionDecision:
    try:
        with transaction.atomic():
            return RetentionDecision.objects.create(
                proposal=proposal, facility_id=proposal.facility_id, kind=kind, ground=ground,
                keep_until=until, decided_by_id=by.user_id, decided_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(retention_decided()) from error
