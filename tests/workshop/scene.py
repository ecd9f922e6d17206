"""A small unit with a weaving workshop, its people and their papers, and an outsider's unit."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from berdaya.core import clock
from berdaya.core.scope import Actor, system_scope
from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.institutions.models import Facility, Office, ReferenceSet, Region, Staff
from berdaya.people.models import (
    Consent,
    FitnessCertificate,
    Participant,
    Placement,
    StatusPeriod,
    WorkPlacement,
)
from berdaya.stock.models import Place
from berdaya.workshop.models import Material, Workshop

ARRIVED = date(2024, 1, 1)
MONDAY = date(2026, 3, 2)
LINE = "tenun"


@dataclass
class Scene:
    """Ids and rows a test arranges with; every row lies in `facility` unless said otherwise."""

    facility: Facility
    outside: Facility
    officer: Actor
    head: Actor
    outsider: Actor
    workshop: Workshop
    variant: Variant
    material: Material
    place: Place
    people: list[Participant] = field(default_factory=list)


def facilities() -> tuple[Facility, Facility]:
    """Two lapas under one office, made without a scope: institutions are open tables."""
    published = ReferenceSet.objects.create(
        name="proof",
        edition="1",
        source="tests",
        licence="none",
        digest="0",
        row_count=1,
        loaded_at=clock.now(),
    )
    region = Region.objects.create(
        code="53", name="Nusa Tenggara Timur", level="province", reference=published
    )
    office = Office.objects.create(
        code="KW-NTT", kind="regional_office", name="Kanwil NTT", path="KW-NTT"
    )
    return facility("LP-ATB", office, region), facility("LP-WGP", office, region)


def facility(code: str, office: Office, region: Region, kind: str = "lapas") -> Facility:
    return Facility.objects.create(
        code=code,
        kind=kind,
        name=f"Unit {code}",
        town="Atambua",
        region=region,
        office=office,
        lat=Decimal("-9.11"),
        lon=Decimal("124.89"),
    )


def build(people: int = 3, with_workshop: bool = True) -> Scene:
    """The whole scene; call it inside a database fixture, outside a scope."""
    with system_scope("tests", [1]):
        here, there = facilities()
        staff = {
            name: Staff.objects.create(username=name, display_name=name.title())
            for name in ("petugas", "kepala", "tetangga")
        }
    with system_scope("tests", [here.pk]):
        workshop = Workshop(
            facility=here, code="TEN", name="Tenun", name_en="Weaving", line_of_work=LINE
        )
        if with_workshop:
            workshop.save()
        scene = Scene(
            facility=here,
            outside=there,
            officer=_actor(staff["petugas"], here, "officer"),
            head=_actor(staff["kepala"], here, "head"),
            outsider=_actor(staff["tetangga"], there, "officer"),
            workshop=workshop,
            variant=variant(here),
            material=Material.objects.create(
                facility=here, name="Benang", measure=Measure.objects.get(code="kg")
            ),
            place=Place.objects.create(facility=here, kind="store", name="Gudang"),
        )
        scene.people = [person(here, n) for n in range(1, people + 1)]
    return scene


def _actor(staff: Staff, where: Facility, role: str) -> Actor:
    return Actor(staff.username, staff.pk, frozenset({where.pk}), {where.pk: frozenset({role})})


def variant(where: Facility, sku: str = "SELENDANG", category: str = "tenun") -> Variant:
    product = Product.objects.create(
        facility=where,
        code=f"{where.code}-{sku}",
        name="Selendang",
        category=Category.objects.get(code=category),
        line_of_work=LINE,
    )
    return Variant.objects.create(
        product=product,
        facility=where,
        sku=sku,
        name="Selendang 60 cm",
        measure=Measure.objects.get(code="pcs"),
        list_price_rp=350_000,
    )


def person(
    where: Facility,
    number: int,
    *,
    status: str = "convict",
    papers: bool = True,
    placed_from: date = ARRIVED,
    placed_until: date | None = None,
) -> Participant:
    """One participant under work number `number`, by default with every paper since ARRIVED."""
    who = Participant.objects.create(
        code=f"{where.code}-P{number}", pseudonym=f"Kenari {number}", facility=where
    )
    Placement.objects.create(
        participant=who,
        facility=where,
        work_number=f"{number:03d}",
        valid_from=placed_from,
        valid_until=placed_until,
    )
    StatusPeriod.objects.create(
        participant=who, facility=where, status=status, valid_from=placed_from
    )
    if papers:
        give_papers(who, where, placed_from)
    return who


def give_papers(who: Participant, where: Facility, since: date) -> None:
    Consent.objects.create(
        participant=who,
        facility=where,
        given_on=since,
        text_version="1",
        witness_role="officer",
    )
    FitnessCertificate.objects.create(
        participant=who, facility=where, valid_from=since, clinician_role="unit_doctor"
    )
    WorkPlacement.objects.create(
        participant=who,
        facility=where,
        valid_from=since,
        line_of_work=LINE,
        decree_no="W.22-TPP-1",
    )
