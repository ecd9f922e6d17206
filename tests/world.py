"""The tests' fixed cast: Atambua's people, and an outsider in Kupang whose data could leak."""

import pickle
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client

from berdaya.core import clock
from berdaya.core.scope import Actor, Scope, acting, system_scope
from berdaya.institutions.actions.cards import issue_card
from berdaya.institutions.actions.letters import record_letter
from berdaya.institutions.actions.parties import set_revenue_regime
from berdaya.institutions.actions.staff import add_staff, appoint
from berdaya.institutions.models import (
    CODES_ON_A_CARD,
    AssignmentLetter,
    Facility,
    Office,
    Party,
    ReferenceSet,
    RegimeKind,
    Region,
    Staff,
)
from berdaya.institutions.queries import actor_of
from berdaya.people.actions.caseload import assign_clients
from berdaya.people.actions.participants import register_participant
from berdaya.people.models import Participant

TODAY = date(2026, 11, 23)
SINCE = date(2025, 1, 6)
PASSWORD = "lontar-di-sabana-7"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# One hash for the whole run; the tests sign in, they do not measure hashing.
HASH = make_password(PASSWORD)

FACILITIES = (
    ("LP-ATB", "lapas", "Lapas Kelas IIB Atambua", "Atambua"),
    ("LP-KPG", "lapas", "Lapas Kelas IIA Kupang", "Kupang"),
    ("LPKA-KPG", "lpka", "LPKA Kelas I Kupang", "Kupang"),
    ("BP-KPG", "bapas", "Bapas Kelas II Kupang", "Kupang"),
)
UNIT_ROLES = (
    ("officer", "officer"),
    ("head", "head"),
    ("receipts", "receipts_treasurer"),
    ("payments", "payments_treasurer"),
    ("cooperative", "cooperative_officer"),
    ("seller", "seller"),
    ("humas", "humas"),
    ("security", "security"),
    ("clinician", "clinician"),
    ("unit_administrator", "unit_administrator"),
)
PEOPLE = (
    ("cendana", "LP-ATB", "A-001", "convict"),
    ("lontar", "LP-ATB", "A-002", "convict"),
    ("kelor", "LP-ATB", "A-003", "detainee"),
    ("waru", "LP-KPG", "A-001", "convict"),
    ("tunas", "LPKA-KPG", "T-001", "anak"),
    ("pinang", "BP-KPG", "P-001", "client"),
    ("asam", "BP-KPG", "P-002", "community_service"),
)


def codes_of(login: str) -> list[str]:
    """What stands on the cards that tests hand out."""
    start = sum(map(ord, login)) * 1_000
    return [f"{start + number:08d}" for number in range(1, CODES_ON_A_CARD + 1)]


@dataclass
class World:
    """Everybody by name; `outsider` is the officer of LP-KPG, pinang the counsellor's client."""

    offices: dict[str, Office] = field(default_factory=dict)
    facilities: dict[str, Facility] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)
    people: dict[str, Participant] = field(default_factory=dict)

    @property
    def atb(self) -> Facility:
        """Where most tests happen."""
        return self.facilities["LP-ATB"]

    @property
    def kpg(self) -> Facility:
        """The outsider's."""
        return self.facilities["LP-KPG"]

    def actor(self, name: str) -> Actor:
        """The actor behind a member of the cast, on TODAY."""
        return actor_of(self.staff[name], TODAY)

    def acting(self, name: str = "officer", reason: str = "test") -> AbstractContextManager[Scope]:
        """A writing scope of a member of the cast."""
        return acting(self.actor(name), reason)

    def everywhere(self) -> AbstractContextManager[Scope]:
        """A scope over all facilities, to arrange and to look."""
        return system_scope("tests", [one.pk for one in self.facilities.values()])

    def give_card(self, name: str = "officer") -> list[str]:
        """Hand a one-time card to a member of the cast; its codes."""
        with self.everywhere() as scope:
            staff = self.staff[name]
            return issue_card(by=scope.actor, staff=staff, printed=codes_of(staff.username))[1]

    def client(self, name: str = "officer") -> Client:
        """A browser in which that member of the cast is signed in."""
        return signed_in(self.staff[name])


def signed_in(staff: Staff) -> Client:
    """A browser in which somebody is signed in, with password and second factor, this moment."""
    client, now = Client(), clock.now()
    client.force_login(staff, backend=BACKEND)
    client.session.note(staff_id=staff.pk, proof="totp", started_at=now, seen_at=now, proved_at=now)
    return client


def make_world() -> World:
    """Build the cast inside the test's transaction."""
    world = World()
    _make_places(world)
    with world.everywhere() as scope:
        _make_parties(world, scope.actor)
        _make_staff(world, scope.actor)
        _make_people(world, scope.actor)
    return world


def _make_places(world: World) -> None:
    with system_scope("tests", []):
        edition = ReferenceSet.objects.create(name="regions", row_count=2, loaded_at=clock.now())
        ntt = Region.objects.create(code="53", name="NTT", level="province", reference=edition)
        belu = Region.objects.create(
            code="53.04", name="Belu", level="regency", parent=ntt, reference=edition
        )
        above = None
        for code, kind in (
            ("IMIPAS", "ministry"),
            ("IMIPAS-PAS", "directorate_general"),
            ("NTT-KWL", "regional_office"),
        ):
            path = f"{above.path}/{code}" if above else code
            above = Office.objects.create(code=code, kind=kind, name=code, parent=above, path=path)
            world.offices[code] = above
        world.offices["UMKM"] = Office.objects.create(
            code="UMKM", kind="ministry", name="Kementerian UMKM", path="UMKM"
        )
        for code, kind, name, town in FACILITIES:
            world.facilities[code] = Facility.objects.create(
                code=code,
                kind=kind,
                name=name,
                town=town,
                region=belu,
                office=world.offices["NTT-KWL"],
                lat="-9.11",
                lon="124.89",
            )


def _make_parties(world: World, by: Actor) -> None:
    for town, facility in (("atb", world.atb), ("kpg", world.kpg)):
        cooperative = Party.objects.create(
            code=f"KOP-{facility.code}",
            kind="cooperative",
            name=f"Koperasi Contoh {facility.town}",
            facility=facility,
        )
        set_revenue_regime(
            by=by,
            party=cooperative,
            kind=RegimeKind.AGREEMENT_SHARE,
            valid_from=SINCE,
            agreement_no=f"PKS/{facility.code}",
            agreement_on=SINCE,
        )
        world.parties[f"coop_{town}"] = cooperative
        world.parties[f"satker_{town}"] = Party.objects.create(
            code=facility.code, kind="satker_upt", name=facility.name, facility=facility
        )


def _make_staff(world: World, by: Actor) -> None:
    places = [
        *((name, role, world.atb) for name, role in UNIT_ROLES),
        ("outsider", "officer", world.kpg),
        ("outside_head", "head", world.kpg),
        ("lpka_officer", "officer", world.facilities["LPKA-KPG"]),
        ("counsellor", "counsellor", world.facilities["BP-KPG"]),
        ("bapas_head", "head", world.facilities["BP-KPG"]),
        ("regional", "regional", world.offices["NTT-KWL"]),
        ("national", "national", world.offices["IMIPAS-PAS"]),
        ("auditor", "auditor", world.offices["NTT-KWL"]),
        ("mentor", "mentor", world.offices["UMKM"]),
        ("umkm_officer", "umkm_officer", world.offices["UMKM"]),
        ("administrator", "administrator", world.offices["IMIPAS"]),
    ]
    for name, role, place in places:
        staff = join_cast(world, by, name)
        appoint(
            by=by,
            staff=staff,
            role=role,
            place=place,
            decree_no=f"SK-{name}",
            decree_on=SINCE,
            valid_from=SINCE,
        )
    join_cast(world, by, "nobody")
    give_letter(world, by)


def give_letter(world: World, by: Actor) -> AssignmentLetter:
    """The auditor's letter of assignment: the whole regional office, two years."""
    return record_letter(
        by=by,
        auditor=world.staff["auditor"],
        number="ST-1",
        issued_on=SINCE,
        purpose="Pemeriksaan premi",
        valid_from=SINCE,
        valid_until=date(2027, 1, 1),
        office=world.offices["NTT-KWL"],
    )


def join_cast(world: World, by: Actor, name: str) -> Staff:
    """Another member of the cast, not yet appointed anywhere."""
    login = name.replace("_", "-")
    title = f"{name.replace('_', ' ').title()} Contoh"
    staff = add_staff(by=by, username=login, display_name=title, password_hash=HASH)
    world.staff[name] = staff
    return staff


def _make_people(world: World, by: Actor) -> None:
    for name, facility, work_number, status in PEOPLE:
        world.people[name] = register_participant(
            by=by,
            facility=world.facilities[facility],
            pseudonym=name.title(),
            work_number=work_number,
            status=status,
            valid_from=SINCE,
        )
    assign_clients(
        by=by,
        participants=[world.people["pinang"]],
        staff=world.staff["counsellor"],
        facility=world.facilities["BP-KPG"],
        on=SINCE,
    )


@dataclass(frozen=True)
class Stage:
    """A database in which a scene is committed, and the scene itself to make copies of."""

    database: str
    kept: bytes

    @classmethod
    def built(cls, database: str, make: Callable[[], object]) -> "Stage":
        """Make the scene in the database that the connection points to."""
        with transaction.atomic():
            return cls(database, pickle.dumps(make()))


@pytest.fixture
def staged(ground: Stage, db: None) -> Any:
    """The scene for this test alone; what the test does to it goes with its transaction."""
    return pickle.loads(ground.kept)


@pytest.fixture
def world(staged: Any) -> World:
    """The cast, of whatever scene this test stands in."""
    return staged if isinstance(staged, World) else staged.world
