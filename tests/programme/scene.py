"""An agreement of both sides with commitments, and those who sign for each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from berdaya.core import clock
from berdaya.core.scope import Actor, system_scope
from berdaya.institutions.actions.staff import appoint
from berdaya.institutions.models import Office, Region
from berdaya.programme.actions.milestones import accept_milestone
from berdaya.programme.actions.proposals import agree_proposal, begin_agreement, propose
from berdaya.programme.actions.records import Task, record_meeting, record_risk
from berdaya.programme.actions.reports import draw_report
from berdaya.programme.models import (
    Agreement,
    Commitment,
    Measure,
    Meeting,
    Milestone,
    Proposal,
    ProposalKind,
    QuarterReport,
    Risk,
    Telling,
)
from tests.world import SINCE, TODAY, World, join_cast

# Told by the fifteenth of the month before the world's day, 23 November 2026.
QUARTER = date(2026, 7, 1)
CLAUSES = ["Pembinaan dan pendampingan kemandirian", "Pemanfaatan sarana prasarana"]
FACTS: Mapping[str, Any] = {
    "number_text": "", "signed_on": date(2025, 10, 29), "place": "Kupang",
    "valid_from": date(2025, 10, 29), "last_day": date(2028, 10, 28), "clauses": CLAUSES,
    "source": "contoh",
}  # fmt: skip
PROMISE: Mapping[str, Any] = {
    "clause_number": 1, "code": "1a", "deliverable": "Pelatihan usaha bagi pembuat",
    "corrections_office": "NTT-KWL", "umkm_office": "UMKM", "starts_on": date(2026, 1, 1),
    "due_on": date(2027, 12, 31),
}  # fmt: skip


@dataclass
class Pact:
    """What was agreed, and the keys of its rows as they stand in addresses."""

    world: World
    agreement: Agreement
    commitment: Commitment
    report: QuarterReport | None = None
    keys: dict[str, int] = field(default_factory=dict)


def agree(world: World, proposal: Proposal, who: str = "umkm_officer") -> Proposal:
    """The other side says yes."""
    with world.acting(who) as scope:
        return agree_proposal(by=scope.actor, proposal=proposal)


def begun(world: World, **facts: Any) -> Proposal:
    """The region proposes an agreement with the ministry of small businesses."""
    with world.acting("regional") as scope:
        return begin_agreement(
            by=scope.actor, code="mou-contoh", kind="mou", title="Kesepakatan Contoh",
            corrections_office=world.offices["NTT-KWL"], umkm_office=world.offices["UMKM"],
            region=Region.objects.get(pk="53"), facts={**FACTS, **facts},
        )  # fmt: skip


def change(
    world: World, agreement: Agreement, kind: str, subject: str = "", who: str = "regional",
    **facts: Any,
) -> Proposal:  # fmt: skip
    """One side wants something."""
    with world.acting(who) as scope:
        return propose(
            by=scope.actor, agreement=agreement, kind=ProposalKind(kind), subject=subject,
            facts=facts,
        )  # fmt: skip


def signed(world: World, **promise: Any) -> Pact:
    """Both agreed to the words and to one commitment."""
    proposal = agree(world, begun(world))
    agreement = proposal.agreement
    return Pact(world, agreement, promised(world, agreement, **promise))


def promised(world: World, agreement: Agreement, **promise: Any) -> Commitment:
    """Both agreed to a commitment."""
    facts = {**PROMISE, **promise}
    agree(world, change(world, agreement, "commitment", **facts))
    return Commitment.objects.get(agreement=agreement, code=facts["code"])


def measured(
    world: World, promise: Commitment, indicator: str = "made", target: Any = "100", **more: Any
) -> Measure:
    """Both agreed to a target of Belu's province for this year."""
    facts = {
        "indicator": indicator, "direction": "at_least", "year": TODAY.year, "region": "53",
        "target": Decimal(target), "basis": "contoh", **more,
    }  # fmt: skip
    agree(world, change(world, promise.agreement, "measure", promise.code, **facts))
    return Measure.objects.get(commitment=promise, indicator=indicator, year=facts["year"])


def due(world: World, promise: Commitment, title: str, day: date) -> Milestone:
    """Both agreed to a document on a day."""
    agree(
        world,
        change(world, promise.agreement, "milestone", promise.code, title=title, due_on=day),
    )
    return Milestone.objects.get(commitment=promise, title=title)


def risk_of(world: World, pact: Pact, likelihood: int = 3, impact: int = 3) -> Risk:
    """Something may stand in the way."""
    with world.acting("umkm_officer") as scope:
        return record_risk(
            by=scope.actor, agreement=pact.agreement, commitment=pact.commitment,
            words="Bahan terlambat", likelihood=likelihood, impact=impact, response="Cari pemasok",
            owner_office=world.offices["NTT-KWL"],
        )  # fmt: skip


def met(
    world: World, pact: Pact, due_on: date = TODAY + timedelta(days=7), place: str = "Kupang"
) -> Meeting:
    """Both sides met; the region has something to do."""
    task = Task("Kirim jadwal pelatihan", world.offices["NTT-KWL"], due_on)
    with world.acting("regional") as scope:
        return record_meeting(
            by=scope.actor, agreement=pact.agreement, held_on=date(2026, 9, 15), place=place,
            summary="Membahas kemajuan", decisions=["Jadwal pelatihan dipercepat"], tasks=[task],
            offices=[world.offices["NTT-KWL"], world.offices["UMKM"]],
        )  # fmt: skip


def drawn(world: World, agreement: Agreement, who: str = "regional") -> QuarterReport:
    """The third quarter is drawn up."""
    with world.acting(who) as scope:
        version = draw_report(by=scope.actor, agreement=agreement, quarter=QUARTER)
    return version.report


def accepted(world: World, milestone: Milestone, who: str, document: Any = None) -> None:
    """A side takes it."""
    with world.acting(who) as scope:
        accept_milestone(by=scope.actor, milestone=milestone, document=document)


def second_at(world: World, name: str, role: str, office: Office) -> Actor:
    """One more who signs, at an office of either ministry."""
    with world.everywhere() as scope:
        staff = join_cast(world, scope.actor, name)
        appoint(
            by=scope.actor, staff=staff, role=role, place=office, decree_no=f"SK-{name}",
            decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip
    return world.actor(name)


def furnished(world: World) -> Pact:
    """One of everything, for tests that ask every address."""
    pact = signed(world)
    milestone = due(world, pact.commitment, "Kurikulum", TODAY + timedelta(days=30))
    open_one = change(
        world, pact.agreement, "milestone", "1a", title="Modul", due_on=TODAY + timedelta(days=60)
    )
    meeting = met(world, pact)
    with system_scope("tests", []):
        telling = Telling.objects.create(
            commitment=pact.commitment, level=0, office=world.offices["NTT-KWL"],
            late_since=SINCE, told_on=clock.today(),
        )  # fmt: skip
    pact.report = drawn(world, pact.agreement)
    pact.keys = {
        "changes": open_one.pk, "milestones": milestone.pk, "tellings": telling.pk,
        "risks": risk_of(world, pact).pk, "meetings": meeting.pk,
        "actions": meeting.actions.get().pk,
    }  # fmt: skip
    return pact
