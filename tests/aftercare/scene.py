"""A client of the Bapas in Kupang with a supervision, and rows of this room for Atambua."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from berdaya.aftercare.actions.followups import Told, record_follow_up
from berdaya.aftercare.actions.supervision import begin_supervision
from berdaya.aftercare.models import (
    FollowUp,
    Plan,
    Referral,
    SafeExit,
    Supervision,
    ToolsGrant,
    ToolsGrantLine,
)
from berdaya.core import clock
from berdaya.core.ids import uuid7
from berdaya.institutions.models import Region
from berdaya.people.actions.papers import record_consent
from berdaya.people.models import Consent, ConsentText
from tests.world import SINCE, World

TELLING = {"manner": "visit", "trade": "yes", "income_band": "low"}


def days_ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def regency() -> Region:
    return Region.objects.get(code="53.04")


def supervised(
    world: World, since: date | None = None, last_day: date | None = None, who: str = "pinang"
) -> Supervision:
    """Of the counsellor's client, who was released 100 days ago, for another year."""
    with world.everywhere() as scope:
        return begin_supervision(
            by=scope.actor, participant=world.people[who], facility=world.facilities["BP-KPG"],
            release="pb", since=since or days_ago(100), region=regency(),
            last_day=last_day or clock.today() + timedelta(days=365),
        )  # fmt: skip


def told(on: date | None = None, **more: Any) -> Told:
    return Told(happened_on=on or clock.today(), **{**TELLING, **more})


def follow(
    world: World, row: Supervision, by: str = "counsellor", key: uuid.UUID | None = None,
    **more: Any,
) -> tuple[FollowUp, bool]:  # fmt: skip
    with world.acting(by) as scope:
        return record_follow_up(
            by=scope.actor, supervision=row, key=key or uuid7(), told=told(**more)
        )


def agree(world: World, row: Supervision, on: date | None = None) -> Consent:
    """The client may be contacted afterwards."""
    with world.acting("counsellor") as scope:
        return record_consent(
            by=scope.actor, participant=row.participant, facility=row.facility,
            text=ConsentText.objects.get(purpose="contact", language="id"), language="id",
            witness_role="family", given_on=on or clock.today(),
        )  # fmt: skip


@dataclass
class Unit:
    """One row of each table at Atambua, where no rule would let them be: for the walls' tests."""

    plan: Plan
    supervision: Supervision
    referral: Referral
    grant: ToolsGrant


def at_atambua(world: World) -> Unit:
    """Straight into the tables, about Cendana."""
    person = {"participant": world.people["cendana"], "facility": world.atb}
    today, now = clock.today(), clock.now()
    supervision = Supervision.objects.create(
        release="pb", region=regency(), valid_from=SINCE, valid_until=today + timedelta(days=90),
        recorded_at=now, **person,
    )  # fmt: skip
    of_case = {"supervision": supervision, **person}
    FollowUp.objects.create(happened_on=today, recorded_at=now, **TELLING, **of_case)
    SafeExit.objects.create(asked_on=today, recorded_at=now, **of_case)
    referral = Referral.objects.create(
        to="kur", whom="Bank Contoh Atambua", made_on=today, recorded_at=now, **of_case
    )
    grant = ToolsGrant.objects.create(
        code="LP-ATB-26-BA0001", source="Hibah Contoh", proposed_on=today, recorded_at=now,
        proposed_by=world.staff["officer"], **of_case,
    )  # fmt: skip
    ToolsGrantLine.objects.create(
        grant=grant, facility=world.atb, what="Gunting", qty=1, value_rp=50_000
    )
    plan = Plan.objects.create(
        code="LP-ATB-26-RU0001", trade="Tenun", tools="ATBM", capital_rp=500_000,
        capital_from="savings", region=regency(), release_on=today, written_on=today,
        signed_on=today, state="waiting", written_by=world.staff["officer"], written_at=now,
        **person,
    )  # fmt: skip
    return Unit(plan, supervision, referral, grant)
