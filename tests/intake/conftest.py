"""A facility that is about to bring in its own workbook, with an officer, a seller and a book."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

import berdaya.intake
from berdaya.core.scope import Scope, acting, system_scope
from berdaya.institutions.actions.parties import set_revenue_regime
from berdaya.institutions.actions.staff import add_staff, appoint
from berdaya.institutions.models import Facility, Party, RegimeKind, Staff
from berdaya.institutions.queries import actor_of
from berdaya.ledger.actions.books import open_book
from berdaya.stock.models import Place
from tests.world import HASH, SINCE, World, world  # noqa: F401

SAMPLE = Path(berdaya.intake.__file__).parent / "data" / "contoh-buku-kerja.xlsx"
GO_LIVE = date(2026, 10, 1)


@pytest.fixture(scope="session")
def sample() -> bytes:
    """A unit's workbook: invented data, real habits and mistakes."""
    return SAMPLE.read_bytes()


@dataclass
class Unit:
    """Where the workbook goes in: nobody is registered here yet."""

    world: World
    facility: Facility
    officer: Staff

    def importing(self) -> AbstractContextManager[Scope]:
        """The scope of the command and of the background job."""
        return system_scope("import", [self.facility.pk])

    def acting(self) -> AbstractContextManager[Scope]:
        """The scope of the unit's officer."""
        return acting(actor_of(self.officer), "test")


@pytest.fixture
def unit(world: World) -> Unit:  # noqa: F811
    facility = Facility.objects.get(pk=world.atb.pk)
    facility.pk, facility.code, facility.name = None, "LP-SOE", "Lapas Contoh SoE"
    facility.go_live_on = GO_LIVE
    facility._state.adding = True
    with system_scope("tests", []):
        facility.save(force_insert=True)
    with system_scope("tests", [facility.pk]) as scope:
        cooperative = Party.objects.create(
            code="KOP-LP-SOE", kind="cooperative", name="Koperasi Contoh SoE", facility=facility
        )
        set_revenue_regime(
            by=scope.actor,
            party=cooperative,
            kind=RegimeKind.AGREEMENT_SHARE,
            valid_from=SINCE,
            agreement_no="PKS/SOE",
            agreement_on=SINCE,
        )
        open_book(by=scope.actor, party=cooperative, facility=facility, opened_on=SINCE)
        Place.objects.create(facility=facility, kind="store", name="Gudang")
        officer = add_staff(
            by=scope.actor, username="soe", display_name="Petugas Contoh", password_hash=HASH
        )
        appoint(
            by=scope.actor,
            staff=officer,
            role="officer",
            place=facility,
            decree_no="SK-soe",
            decree_on=SINCE,
            valid_from=SINCE,
        )
    return Unit(world, facility, officer)
