"""What an agreed proposal makes, a function a kind; and whether it still fits the agreement."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from berdaya.core import clock
from berdaya.core.dated import succeed
from berdaya.core.verdicts import ALLOWED, Verdict
from berdaya.institutions.models import Office
from berdaya.programme.models import (
    Agreement,
    AgreementVersion,
    Clause,
    Commitment,
    Measure,
    Milestone,
    Proposal,
    ProposalKind,
)
from berdaya.programme.rules import changes


def newest_version(agreement: Agreement) -> AgreementVersion | None:
    """The version agreed last."""
    return AgreementVersion.objects.filter(agreement=agreement).order_by("-number").first()


def facts_verdict(
    agreement: Agreement, kind: str, subject: str, facts: Mapping[str, Any]
) -> Verdict:
    """Whether the change fits what holds today: asked when proposed and again when agreed."""
    if kind == ProposalKind.VERSION:
        return _version_fits(agreement, facts)
    if kind == ProposalKind.COMMITMENT:
        return _commitment_fits(agreement, subject, facts)
    row = Commitment.objects.filter(agreement=agreement, code=subject).first()
    if row is None:
        return Verdict((changes.proposal_stale(),))
    if kind == ProposalKind.MEASURE:
        return changes.may_measure(facts["indicator"], facts["year"], row.starts_on, row.due_on)
    day = _day(facts["due_on"])
    fits = row.starts_on <= day <= row.due_on
    return ALLOWED if fits else Verdict((changes.milestone_after_due(),))


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _version_fits(agreement: Agreement, facts: Mapping[str, Any]) -> Verdict:
    begins, last = _day(facts["valid_from"]), _day(facts["last_day"])
    found = ALLOWED if begins <= last else Verdict((changes.period_backwards(),))
    before = newest_version(agreement)
    if before is not None and begins <= before.valid_from:
        found += changes.version_begins_early(day=clock.format_date(before.valid_from))
    return found


def _commitment_fits(agreement: Agreement, subject: str, facts: Mapping[str, Any]) -> Verdict:
    found = ALLOWED
    if _day(facts["due_on"]) < _day(facts["starts_on"]):
        found += changes.period_backwards()
    version = newest_version(agreement)
    number = facts["clause_number"]
    if version is None or not version.clauses.filter(number=number).exists():
        found += changes.clause_unknown(number=number)
    taken = Commitment.objects.filter(agreement=agreement, code=facts["code"])
    if not subject and taken.exists():
        found += changes.code_taken(code=facts["code"])
    for side in ("corrections_office", "umkm_office"):
        office, party = _office(facts[side]), getattr(agreement, side)
        # The party's own office, one below it, or one above it in the same ministry.
        if not (office.is_under(party.path) or party.is_under(office.path)):
            found += changes.office_not_party()
    return found


def _office(value: Any) -> Office:
    return value if isinstance(value, Office) else Office.objects.get(code=value)


def make_version(proposal: Proposal) -> None:
    """The next version with its clauses; the one before it ends where it begins."""
    facts, agreement = proposal.facts, proposal.agreement
    before = newest_version(agreement)
    row = AgreementVersion(
        agreement=agreement, number=before.number + 1 if before else 1,
        number_text=facts.get("number_text", ""), signed_on=_day(facts["signed_on"]),
        place=facts["place"], source=facts["source"], scan=facts.get("scan", ""),
        scan_sha256=facts.get("scan_sha256", ""), valid_from=_day(facts["valid_from"]),
        valid_until=_day(facts["last_day"]) + timedelta(days=1), proposal=proposal,
    )  # fmt: skip
    runs_on = before is not None and (
        before.valid_until is None or before.valid_until > row.valid_from
    )
    succeed(before if runs_on else None, row)
    Clause.objects.bulk_create(
        Clause(version=row, number=number, words=words)
        for number, words in enumerate(facts["clauses"], start=1)
    )


def make_commitment(proposal: Proposal) -> None:
    """A new commitment, or new terms for one."""
    facts = proposal.facts
    terms = {
        "clause_number": facts["clause_number"], "deliverable": facts["deliverable"],
        "deliverable_en": facts.get("deliverable_en", ""),
        "corrections_office": _office(facts["corrections_office"]),
        "umkm_office": _office(facts["umkm_office"]), "starts_on": _day(facts["starts_on"]),
        "due_on": _day(facts["due_on"]), "proposal": proposal,
    }  # fmt: skip
    rows = Commitment.objects.filter(agreement=proposal.agreement, code=facts["code"])
    if not proposal.subject:
        Commitment.objects.create(agreement=proposal.agreement, code=facts["code"], **terms)
    else:
        rows.update(**terms)


def _commitment(proposal: Proposal) -> Commitment:
    return Commitment.objects.get(agreement=proposal.agreement, code=proposal.subject)


def make_measure(proposal: Proposal) -> None:
    """A measure, or a new target for one that is there."""
    facts = proposal.facts
    key = {
        "commitment": _commitment(proposal), "indicator": facts["indicator"],
        "year": facts["year"], "region_id": facts["region"] or None,
    }  # fmt: skip
    terms = {
        "direction": facts["direction"], "target": Decimal(facts["target"]),
        "basis": facts["basis"], "proposal": proposal,
    }  # fmt: skip
    if not Measure.objects.filter(**key).update(**terms):
        Measure.objects.create(**key, **terms)


def make_milestone(proposal: Proposal) -> None:
    """A milestone, or a new day for one that is there."""
    facts, row = proposal.facts, _commitment(proposal)
    terms = {"due_on": _day(facts["due_on"]), "proposal": proposal}
    if not Milestone.objects.filter(commitment=row, title=facts["title"]).update(**terms):
        Milestone.objects.create(commitment=row, title=facts["title"], **terms)


MAKERS: Mapping[ProposalKind, Callable[[Proposal], None]] = {
    ProposalKind.VERSION: make_version,
    ProposalKind.COMMITMENT: make_commitment,
    ProposalKind.MEASURE: make_measure,
    ProposalKind.MILESTONE: make_milestone,
}
