"""About 300 invented participants, placed through the actions that officers use."""

import random
from datetime import date, timedelta

from berdaya.core.demo import DemoContext
from berdaya.core.scope import Actor
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Facility, FacilityKind
from berdaya.people.actions.caseload import assign_clients
from berdaya.people.actions.identity import record_identity
from berdaya.people.actions.participants import (
    change_status,
    end_placement,
    place_participant,
    register_participant,
)
from berdaya.people.demo_portraits import drawn_portrait
from berdaya.people.demo_rights import make_requests
from berdaya.people.models import Caseload, Participant, SealedIdentity, Status
from berdaya.people.queries import counsellors_at
from berdaya.people.roll import here

# Two units under five on purpose: public counts must not show them.
SIZES = {"LPT-WKB": 4, "LP-BAA": 3, "LPKA-KPG": 12, "BP-KPG": 20, "BP-WKB": 9}
USUAL = (13, 19)
ASKING = ("LP-ATB", "LPP-KPG")
NAMED = ("LP-ATB", "LPP-KPG", "BP-KPG")
NAMES = [
    "Cendana",
    "Lontar",
    "Kelor",
    "Gewang",
    "Nunuk",
    "Waru",
    "Pandan",
    "Melati",
    "Anggrek",
    "Teratai",
    "Kenanga",
    "Cempaka",
    "Seroja",
    "Flamboyan",
    "Bidara",
    "Asam",
    "Kemiri",
    "Mengkudu",
    "Nila",
    "Kunyit",
    "Jati",
    "Mahoni",
    "Ketapang",
    "Gaharu",
    "Sonokeling",
    "Bambu",
    "Rotan",
    "Enau",
    "Kelapa",
    "Pinang",
    "Sirih",
    "Jahe",
    "Serai",
    "Pala",
    "Cengkih",
    "Merpati",
    "Kakatua",
    "Nuri",
    "Rangkong",
    "Elang",
    "Camar",
    "Walet",
    "Gelatik",
    "Kepodang",
    "Perkutut",
]

# Where a few people have a drawn portrait to open, and how many.
DRAWN_AT, DRAWN = "LP-ATB", 4


def load(ctx: DemoContext) -> None:
    """Everybody, in one transaction."""
    with demo_scope() as scope:
        made = make_participants(by=scope.actor, today=ctx.today, chance=ctx.chance("people"))
        guided = share_clients(by=scope.actor, today=ctx.today)
        named = sum(name_people(by=scope.actor, code=code, today=ctx.today) for code in NAMED)
    ctx.say(f"identities: {named}")
    ctx.say(f"participants: {made}, clients with a counsellor: {guided}")
    if made:
        asked = sum(make_requests(one) for one in Facility.objects.filter(code__in=ASKING))
        ctx.say(f"requests about data: {asked}")


def name_people(*, by: Actor, code: str, today: date) -> int:
    """Seal an invented name for everybody at a unit, so that there is something to open."""
    unit = Facility.objects.filter(code=code).first()
    placed = list(here([unit.pk], today).order_by("work_number")) if unit else []
    sealed_already = SealedIdentity.objects.filter(
        participant__in=[p.participant_id for p in placed]
    )
    if unit is None or sealed_already.exists():
        return 0
    for number, row in enumerate(placed):
        values: dict[str, str | bytes] = {
            "name": f"Contoh {row.participant.pseudonym}",
            "register_no": f"CONTOH {number + 1}/{today.year}",
        }
        if code == DRAWN_AT and number < DRAWN:
            values["photo"] = drawn_portrait(number)
        record_identity(by=by, participant=row.participant, facility=unit, values=values)
    return len(placed)


def share_clients(*, by: Actor, today: date) -> int:
    """Each Bapas shares its clients between its counsellors; two nobody guides yet."""
    if Caseload.objects.exists():
        return 0
    made, since = 0, today - timedelta(days=7)
    for bapas in Facility.objects.filter(kind=FacilityKind.BAPAS):
        placed = here([bapas.pk], since).order_by("work_number")
        clients = [row.participant for row in placed][:-2]
        counsellors = list(counsellors_at(bapas.pk, since))
        for number, staff in enumerate(counsellors):
            own = clients[number :: len(counsellors)]
            made += len(
                assign_clients(by=by, participants=own, staff=staff, facility=bapas, on=since)
            )
    return made


def make_participants(*, by: Actor, today: date, chance: random.Random) -> int:
    """Everybody, with moves, changes of status and departures; 0 when they are already there.

    Work numbers begin with K, so that a unit's own workbook (A-001 …) finds its numbers free.
    """
    if Participant.objects.exists():
        return 0
    count = 0
    for facility in Facility.objects.order_by("code"):
        size = SIZES.get(facility.code) or chance.randint(*USUAL)
        for number in range(1, size + 1):
            _one(by, facility, number, today, chance)
        count += size
    _move_some(by, today, chance)
    return count


def _one(by: Actor, facility: Facility, number: int, today: date, chance: random.Random) -> None:
    since = today - timedelta(days=chance.randint(380, 900))
    status = _status(facility.kind, number, chance)
    person = register_participant(
        by=by,
        facility=facility,
        pseudonym=f"{NAMES[(number * 7 + sum(map(ord, facility.code))) % len(NAMES)]} {number}",
        work_number=f"K-{100 + number}",
        status=status,
        valid_from=since,
    )
    if status == Status.DETAINEE and chance.random() < 0.5:
        day = today - timedelta(days=chance.randint(60, 300))
        change_status(
            by=by, participant=person, facility=facility, status=Status.CONVICT, valid_from=day
        )


def _status(kind: str, number: int, chance: random.Random) -> str:
    if kind == FacilityKind.LPKA:
        return Status.ANAK
    if kind == FacilityKind.BAPAS:
        return Status.COMMUNITY_SERVICE if number % 5 == 0 else Status.CLIENT
    detained = 0.3 if kind == FacilityKind.RUTAN else 0.12
    return Status.DETAINEE if chance.random() < detained else Status.CONVICT


def _move_some(by: Actor, today: date, chance: random.Random) -> None:
    """Three went to another unit, three home to the Bapas, in the last months."""
    places = {facility.code: facility for facility in Facility.objects.all()}
    moves = (
        ("LP-KPG", "LP-ATB", Status.CONVICT),
        ("RT-MOF", "LP-END", Status.CONVICT),
        ("LP-WGP", "LP-WKB", Status.CONVICT),
        ("LP-KPG", "BP-KPG", Status.CLIENT),
        ("LPP-KPG", "BP-KPG", Status.CLIENT),
        ("LP-WKB", "BP-WKB", Status.CLIENT),
    )
    for number, (origin, goal, status) in enumerate(moves):
        person = Participant.objects.filter(facility=places[origin]).order_by("-pk")[number]
        day = today - timedelta(days=chance.randint(20, 55))
        place_participant(
            by=by,
            participant=person,
            facility=places[goal],
            work_number=f"K-{190 + number}",
            valid_from=day,
            status=status,
        )
    last = Participant.objects.filter(facility=places["LP-END"]).order_by("pk").first()
    if last is not None:
        end_placement(
            by=by,
            participant=last,
            facility=places["LP-END"],
            on=today - timedelta(days=30),
            status=Status.RELEASED,
        )
