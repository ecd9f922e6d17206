"""Load regions, holidays, offices and facilities from their published sources."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.institutions.models import (
    Facility,
    FacilityClass,
    Holiday,
    Office,
    Party,
    PartyKind,
    ReferenceSet,
    Region,
    RegionLevel,
)

DATA = Path(__file__).resolve().parent.parent / "data"
REGIONS = {
    "edition": "Kepmendagri 300.2.2-2138/2025",
    "source": "github.com/cahyadsn/wilayah",
    "licence": "MIT, © Cahya DSN",
}
HOLIDAYS = {
    "edition": "SKB tiga menteri 2025, 2026",
    "source": "kemenkopmk.go.id",
    "licence": "official document",
}
CLASS_SOURCE = "press and official pages, 2023–2025"
# Nobody published since when the classes hold; this lies before everything the program records.
CLASS_SINCE = date(2020, 1, 1)
LEVELS = (RegionLevel.PROVINCE, RegionLevel.REGENCY, RegionLevel.DISTRICT)
Line = dict[str, str]


@dataclass(frozen=True)
class Loaded:
    """How many rows were new or renewed; all zero when the same edition is already there."""

    regions: int
    offices: int
    facilities: int
    holidays: int


def load_reference(*, by: Actor, source: Path = DATA) -> Loaded:
    """Bring the reference tables up to the files in `source`; idempotent.

    Regions and holidays are renewed as a whole when their file changed: that is how a holiday is
    added, confirmed or taken back. Offices and facilities that are already
    there stay as they are, because the product lets people correct them. Raises OSError and
    KeyError for missing files and columns.
    """
    required()
    return Loaded(
        regions=_load_regions(source / "regions.csv"),
        offices=_load_offices(source),
        facilities=_load_facilities(source / "facilities-ntt.csv"),
        holidays=_load_holidays(source / "holidays.csv"),
    )


def _lines(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _renewed(name: str, path: Path, facts: Line) -> tuple[ReferenceSet, list[Line]] | None:
    """The list's new edition and lines; None if this very file was loaded before."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if ReferenceSet.objects.filter(name=name, digest=digest).exists():
        return None
    lines = list(_lines(path))
    loaded = {**facts, "digest": digest, "row_count": len(lines), "loaded_at": clock.now()}
    edition, _created = ReferenceSet.objects.update_or_create(name=name, defaults=loaded)
    return edition, lines


def _load_holidays(path: Path) -> int:
    renewed = _renewed("holidays", path, HOLIDAYS)
    if renewed is None:
        return 0
    rows = [_holiday(line) for line in renewed[1]]
    Holiday.objects.exclude(day__in=[row.day for row in rows]).delete()
    Holiday.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["kind", "name", "name_en", "legal_basis", "is_confirmed"],
    )
    return len(rows)


def _holiday(line: Line) -> Holiday:
    return Holiday(
        day=date.fromisoformat(line["day"]),
        kind=line["kind"],
        name=line["name"],
        name_en=line["name_en"],
        legal_basis=line["legal_basis"],
        is_confirmed=line["confirmed"] == "yes",
    )


def _load_regions(path: Path) -> int:
    renewed = _renewed("regions", path, REGIONS)
    if renewed is None:
        return 0
    edition, lines = renewed
    rows = [_region(line, edition) for line in lines]
    Region.objects.bulk_create(
        rows,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "parent", "reference"],
    )
    return len(rows)


def _region(line: Line, edition: ReferenceSet) -> Region:
    code = line["code"]
    above = code.rpartition(".")[0] or None
    level = LEVELS[code.count(".")]
    return Region(code=code, name=line["name"], level=level, parent_id=above, reference=edition)


def _load_offices(source: Path) -> int:
    """From offices.csv, parents first."""
    there = {office.code: office for office in Office.objects.all()}
    missing = [line for line in _lines(source / "offices.csv") if line["code"] not in there]
    for line in missing:
        parent = there.get(line["parent_code"])
        there[line["code"]] = Office.objects.create(
            code=line["code"],
            kind=line["kind"],
            name=line["name"],
            name_en=line["name_en"],
            parent=parent,
            path=f"{parent.path}/{line['code']}" if parent else line["code"],
            region_id=line["region_code"] or None,
        )
    return len(missing)


def _load_facilities(path: Path) -> int:
    """Every facility, its class, and itself as a party: a spending unit (satker)."""
    there = set(Facility.objects.values_list("code", flat=True))
    offices = {office.code: office for office in Office.objects.all()}
    above = next(line["code"] for line in _lines(path) if line["kind"] == "kanwil")
    missing = [
        line for line in _lines(path) if line["kind"] != "kanwil" and line["code"] not in there
    ]
    for line in missing:
        facility = _add_facility(line, offices[above])
        FacilityClass.objects.create(
            facility=facility,
            label=line["class"],
            is_confirmed=line["class_confirmed"] == "yes",
            source=CLASS_SOURCE,
            valid_from=CLASS_SINCE,
        )
        Party.objects.create(
            code=facility.code, kind=PartyKind.SATKER_UPT, name=facility.name, facility=facility
        )
    return len(missing)


def _add_facility(line: Line, office: Office) -> Facility:
    return Facility.objects.create(
        code=line["code"],
        kind=line["kind"],
        name=line["name"],
        town=line["town"],
        region_id=line["regency_code"],
        office=office,
        lat=line["lat"],
        lon=line["lon"],
        timezone=line["timezone"],
        activities_reported=line["activities_reported"],
    )
