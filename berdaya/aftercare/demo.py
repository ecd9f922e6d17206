"""A caseload of thirty at the Bapas in Kupang, in every state; all invented, all pseudonyms."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from berdaya.aftercare.actions.followups import Told, record_follow_up
from berdaya.aftercare.actions.plans import PlanInput, decide_plan, sign_plan, write_plan
from berdaya.aftercare.actions.supervision import begin_supervision, let_go
from berdaya.aftercare.actions.support import (
    Tool,
    approve_grant,
    propose_grant,
    receive_grant,
    refer,
    step_referral,
)
from berdaya.aftercare.models import (
    GrantState,
    Help,
    Obstacle,
    Plan,
    PlanState,
    Supervision,
    ToolsGrant,
)
from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.ids import uuid7
from berdaya.core.locks import in_any_order
from berdaya.core.scope import Actor, acting
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Facility, Region, Staff
from berdaya.institutions.queries import actor_of, staff_with
from berdaya.people.actions.caseload import assign_clients, cover_clients
from berdaya.people.actions.identity import record_identity
from berdaya.people.actions.papers import record_consent
from berdaya.people.actions.participants import register_participant
from berdaya.people.calc import months_after
from berdaya.people.demo import NAMES
from berdaya.people.models import ConsentText, Participant, Placement
from berdaya.people.queries import caseload_of, counsellors_at

BAPAS, UNIT = "BP-KPG", "LPP-KPG"
CASELOAD = 30
TRADES = ("Tenun ikat", "Anyaman lontar", "Kopi giling", "Roti dan kue", "Kerajinan kayu",
          "Jahit", "Las ringan", "Sayur hidroponik")  # fmt: skip
TOWNS = ("53.71", "53.01", "53.02", "53.03", "53.04")
# Months since release, months of supervision, what kind of case; every one a third of the time.
KINDS = (
    *((2, 12, "late"), (3, 18, "done"), (4, 18, "due"), (7, 18, "done"), (9, 24, "late")),
    *((13, 24, "due"), (5, 12, "left"), (14, 9, "ended"), (13, 8, "opted"), (1, 6, "new")),
)


@dataclass(frozen=True)
class _Place:
    by: Actor
    today: date
    bapas: Facility
    staff: Staff
    towns: list[Region]
    chance: random.Random


def load(ctx: DemoContext) -> None:
    """Once; a world that has supervisions keeps them."""
    with in_any_order(), demo_scope() as scope:
        if Supervision.objects.exists():
            return
        place = _place(ctx, scope.actor)
        clients = _caseload(place)
        for number, person in enumerate(clients):
            _case(place, person, number)
        _plans(place)
        _stand_in(place, clients)
        heads = [
            actor_of(staff_with("plan.approve", unit.pk, ctx.today)[0], ctx.today)
            for unit in Facility.objects.filter(code__in=(UNIT, BAPAS))
        ]
    for head in heads:
        with acting(head, "demo") as scope:
            _decide(scope.actor)
    with demo_scope() as scope:
        for grant in ToolsGrant.objects.filter(state=GrantState.APPROVED)[:2]:
            receive_grant(by=scope.actor, grant=grant, received_on=ctx.today)
    ctx.say(f"clients after release: {len(clients)}")


def _place(ctx: DemoContext, by: Actor) -> _Place:
    bapas = Facility.objects.get(code=BAPAS)
    return _Place(
        by, ctx.today, bapas, counsellors_at(bapas.pk, ctx.today).order_by("username")[0],
        list(Region.objects.filter(code__in=TOWNS).order_by("code")), ctx.chance("aftercare"),
    )  # fmt: skip


def _decide(by: Actor) -> None:
    """A head approves: two plans that wait, and all tools but the last."""
    plans = Plan.objects.filter(state=PlanState.WAITING, facility__in=by.facility_ids)
    for plan in plans.order_by("pk")[:2]:
        decide_plan(by=by, plan=plan, approve=True)
    grants = ToolsGrant.objects.filter(state=GrantState.WAITING, facility__in=by.facility_ids)
    for grant in list(grants.order_by("pk"))[:-1]:
        approve_grant(by=by, grant=grant)


def _at(place: _Place, day: date) -> datetime:
    """Nine in the morning there, but never ahead of now."""
    zone = ZoneInfo(place.bapas.timezone)
    return min(datetime.combine(day, time(9), tzinfo=zone), clock.now())


def _caseload(place: _Place) -> list[Participant]:
    """The counsellor's clients, filled up to thirty; each with an invented name and telephone."""
    own = caseload_of(place.staff.pk, place.today)
    have = [one for one in own.order_by("code") if _is_client(one, place.today)]
    since = months_after(place.today, -15)
    made = []
    for number in range(CASELOAD - own.count()):
        made.append(
            register_participant(
                by=place.by, facility=place.bapas,
                pseudonym=f"{NAMES[number * 2 + 1]} {number + 60}",
                work_number=f"K-{300 + number}", status="client", valid_from=since,
            )
        )  # fmt: skip
    assign_clients(
        by=place.by, participants=made, staff=place.staff, facility=place.bapas,
        on=place.today - timedelta(days=7),
    )  # fmt: skip
    for number, one in enumerate(made):
        name = {"name": f"Contoh {one.pseudonym}", "phone": f"0812-0000-{number:04d}"}
        record_identity(by=place.by, participant=one, facility=place.bapas, values=name)
    return [*have, *made]


def _is_client(person: Participant, day: date) -> bool:
    return person.statuses.on(day).filter(status="client").exists()


def _case(place: _Place, person: Participant, number: int) -> None:
    months, length, kind = KINDS[number % len(KINDS)]
    here = Placement.objects.on(place.today).get(participant=person, facility=place.bapas)
    since = max(months_after(place.today, -months), here.valid_from)
    ended = min(months_after(since, length), place.today) if kind in ("ended", "opted") else None
    last_day = (ended or months_after(since, length)) - timedelta(days=1)
    if last_day <= since:
        return
    with clock.travel(_at(place, since)):
        row = begin_supervision(
            by=place.by, participant=person, facility=place.bapas,
            release=("pb", "cb", "cmb")[number % 3],
            since=since, last_day=last_day, region=place.towns[number % len(place.towns)],
        )  # fmt: skip
    _contacts(place, row, kind, last_day)
    if kind == "opted":
        text = ConsentText.objects.get(purpose="contact", language="id")
        with clock.travel(_at(place, last_day)):
            record_consent(
                by=place.by, participant=person, facility=place.bapas, given_on=last_day,
                text=text, language="id", witness_role="family",
            )  # fmt: skip
    elif kind == "left":
        let_go(by=place.by, supervision=row, asked_on=place.today - timedelta(days=9))
    elif kind in ("done", "due"):
        _help(place, row, number)


def _contacts(place: _Place, row: Supervision, kind: str, last_day: date) -> None:
    """One a month; `late` stopped two months ago, `due` has nothing this month yet."""
    stop = {"late": -2, "due": -1, "left": -1}.get(kind, 0)
    until = min(months_after(place.today, stop), last_day, place.today)
    if kind == "due":
        until = min(until, place.today.replace(day=1) - timedelta(days=1))
    # The first two months and the last four: enough to see, and quick to make.
    days = [day for n in range(1, 25) if (day := months_after(row.valid_from, n)) <= until]
    for day in [*days[:2], *days[2:][-4:]]:
        with clock.travel(_at(place, day)):
            record_follow_up(by=place.by, supervision=row, key=uuid7(), told=_told(place, day))


def _told(place: _Place, day: date) -> Told:
    chance = place.chance
    return Told(
        happened_on=day,
        manner=chance.choice(("phone", "visit", "post")),
        trade=chance.choice(("yes", "yes", "other", "no")),
        income_band=chance.choice(("none", "low", "low", "middle", "untold")),
        has_nib=chance.random() < 0.3,
        obstacles=tuple(chance.sample(Obstacle.values, chance.randint(0, 2))),
        help_needed=tuple(chance.sample(Help.values, chance.randint(0, 1))),
    )


def _help(place: _Place, row: Supervision, number: int) -> None:
    made_on = max(row.valid_from, place.today - timedelta(days=40))
    sent = refer(
        by=place.by, supervision=row, made_on=made_on,
        to=("kur", "blk", "cooperative", "house")[number % 4],
        whom=("Bank Contoh Kupang", "BLK Contoh Kupang", "Koperasi Contoh Makmur",
              "Rumah BUMN Contoh Kupang")[number % 4],
    )  # fmt: skip
    for step in (("accepted", "done"), ("accepted",), ("refused",), ())[number % 4]:
        reason = "Berkas belum lengkap" if step == "refused" else ""
        step_referral(by=place.by, referral=sent, state=step, on=place.today, reason=reason)
    if number % 5 == 1:
        propose_grant(
            by=place.by, supervision=row, source="Hibah Contoh 2026",
            tools=[Tool("Mesin jahit", 1, 2_400_000), Tool("Gunting kain", 2, 90_000)],
        )  # fmt: skip


def _plans(place: _Place) -> None:
    """At one unit: some signed for the head to decide, some still drafts."""
    unit = Facility.objects.get(code=UNIT)
    placed = Placement.objects.on(place.today).filter(facility=unit)
    for number, row in enumerate(placed.select_related("participant").order_by("work_number")[:6]):
        made = write_plan(
            by=place.by, participant=row.participant, facility=unit,
            plan=PlanInput(
                trade=TRADES[number], tools="Alat kerja sesuai usahanya", permits="NIB",
                capital_rp=(number + 1) * 500_000, capital_from="savings",
                region=place.towns[number % len(place.towns)],
                release_on=months_after(place.today, number + 1),
            ),
        )  # fmt: skip
        if number < 4:
            sign_plan(by=place.by, plan=made, signed_on=place.today)


def _stand_in(place: _Place, clients: list[Participant]) -> None:
    """The other counsellor keeps the Pos Bapas with five clients tomorrow and in a week."""
    others = counsellors_at(place.bapas.pk, place.today).exclude(pk=place.staff.pk)
    if other := others.first():
        days = [max(place.today, clock.today()) + timedelta(days=n) for n in (1, 8)]
        cover_clients(
            by=place.by, participants=clients[:5], staff=other, facility=place.bapas, days=days
        )
