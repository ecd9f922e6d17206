"""The published lists go in once, and corrections made by people stay."""

import pytest

from berdaya.core.scope import system_scope
from berdaya.institutions.actions.reference import load_reference
from berdaya.institutions.models import Facility, Office, Party, ReferenceSet, Region

pytestmark = pytest.mark.django_db


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
    assert ReferenceSet.objects.get().edition == "Kepmendagri 300.2.2-2138/2025"
    assert Office.objects.get(code="NTT-KWL").path == "IMIPAS/IMIPAS-PAS/NTT-KWL"
    assert Facility.objects.get(code="LP-ATB").region.name == "Kabupaten Belu"
    assert Party.objects.filter(kind="satker_upt").count() == 20
    assert not Facility.objects.get(code="RT-SOE").classes.get().is_confirmed


def test_reference_loaded_again_changes_nothing() -> None:
    load()
    with system_scope("tests", []):
        Facility.objects.filter(code="LP-ATB").update(town="Atambua Kota")

    counts = load()

    assert counts == (0, 0, 0)
    assert Facility.objects.get(code="LP-ATB").town == "Atambua Kota"
