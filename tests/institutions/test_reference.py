"""The published lists go in once, and corrections made by people stay."""

from pathlib import Path

import pytest

from berdaya.core.scope import system_scope
from berdaya.institutions.actions.reference import DATA, load_reference
from berdaya.institutions.models import Facility, Holiday, Office, Party, ReferenceSet, Region

EXTRA = "2026-12-09,national,Pilkada,Regional elections,Keppres contoh,yes"

pytestmark = pytest.mark.usefixtures("db")


def load() -> tuple[int, int, int]:
    with system_scope("reference", []) as scope:
        loaded = load_reference(by=scope.actor)
    return loaded.regions, loaded.offices, loaded.facilities


def test_reference_holds_all_regions_offices_and_facilities() -> None:
    counts = load()

    assert counts == (7837, 5, 20)
    levels = {
        level: Region.objects.filter(level=level).count() for level in ("province", "regency")
    }
    assert levels == {"province": 38, "regency": 514}
    assert ReferenceSet.objects.get(name="regions").edition == "Kepmendagri 300.2.2-2138/2025"
    assert Office.objects.get(code="NTT-KWL").path == "IMIPAS/IMIPAS-PAS/NTT-KWL"
    assert Facility.objects.get(code="LP-ATB").region.name == "Kabupaten Belu"
    assert Party.objects.filter(kind="satker_upt").count() == 20
    assert not Facility.objects.get(code="RT-SOE").classes.get().is_confirmed


def test_holidays_follow_their_file(tmp_path: Path) -> None:
    load()
    assert Holiday.objects.filter(day__year=2026, kind="national").count() == 17
    assert not Holiday.objects.filter(is_confirmed=True).exists()
    for file in DATA.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    lines = (DATA / "holidays.csv").read_text().splitlines()
    kept = [line.replace(",no", ",yes") for line in lines if not line.startswith("2026-12-24")]
    (tmp_path / "holidays.csv").write_text("\n".join([*kept, EXTRA]))

    with system_scope("reference", []) as scope:
        loaded = load_reference(by=scope.actor, source=tmp_path)

    assert (loaded.regions, loaded.holidays) == (0, 53)
    assert Holiday.objects.filter(is_confirmed=True).count() == 53
    assert not Holiday.objects.filter(day="2026-12-24").exists()
    assert Holiday.objects.get(day="2026-12-09").label == "Pilkada"


def test_reference_loaded_again_changes_nothing() -> None:
    load()
    with system_scope("tests", []):
        Facility.objects.filter(code="LP-ATB").update(town="Atambua Kota")

    counts = load()

    assert counts == (0, 0, 0)
    assert Facility.objects.get(code="LP-ATB").town == "Atambua Kota"
