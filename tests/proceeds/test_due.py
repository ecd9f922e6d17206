"""When PNBP must be deposited: never on a weekend or holiday, and it says when that is not sure."""

from datetime import date

import pytest

from berdaya.core.scope import system_scope
from berdaya.institutions.models import Holiday
from berdaya.institutions.queries import WorkingDay, working_day_from
from berdaya.proceeds.models import DepositRule
from berdaya.proceeds.queries import deposit_due
from tests.world import World

# Idulfitri 2026: from Wednesday 18 to Tuesday 24 March nobody works.
EID = [date(2026, 3, day) for day in (18, 19, 20, 21, 22, 23, 24)]


def decree(*days: date, is_confirmed: bool = True) -> None:
    Holiday.objects.bulk_create(
        Holiday(
            day=day, kind="national", name="Libur", name_en="Holiday", legal_basis="SKB",
            is_confirmed=is_confirmed,
        )
        for day in days
    )  # fmt: skip


@pytest.fixture(autouse=True)
def new_years(db: None) -> None:
    with system_scope("tests", []):
        decree(date(2025, 1, 1), date(2026, 1, 1))


DAYS = [
    (date(2026, 3, 16), date(2026, 3, 16)),
    (date(2026, 3, 14), date(2026, 3, 16)),
    (date(2026, 3, 18), date(2026, 3, 25)),
    (date(2026, 3, 21), date(2026, 3, 25)),
]


@pytest.mark.parametrize(("day", "works"), DAYS)
def test_working_day_is_neither_weekend_nor_holiday(day: date, works: date) -> None:
    with system_scope("tests", []):
        decree(*EID)

        found = working_day_from(day)

    assert found == WorkingDay(works)


def test_unconfirmed_holiday_makes_the_day_unsure() -> None:
    with system_scope("tests", []):
        decree(*EID[:-1])
        decree(EID[-1], is_confirmed=False)

        passed, before = working_day_from(EID[0]), working_day_from(date(2026, 3, 17))

    assert passed == WorkingDay(date(2026, 3, 25), is_confirmed=False)
    assert before == WorkingDay(date(2026, 3, 17))


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2027, 1, 4)])
def test_year_without_a_list_is_unsure(day: date) -> None:
    with system_scope("tests", []):
        decree(date(2026, 12, 31))

        found = working_day_from(day)

    assert found.day.year == 2027
    assert not found.is_confirmed


RULES = [
    ("same_day", 0, date(2026, 3, 19)),
    ("next_working_day", 0, date(2026, 3, 25)),
    ("next_month", 5, date(2026, 4, 6)),
]


@pytest.mark.parametrize(("kind", "day_of_month", "due"), RULES)
def test_deposit_is_due_on_a_working_day(
    world: World, kind: str, day_of_month: int, due: date
) -> None:
    party = world.parties["coop_atb"]
    with world.everywhere():
        decree(*EID, date(2026, 4, 3))
        DepositRule.objects.create(
            party=party, valid_from=date(2026, 1, 1), kind=kind, day_of_month=day_of_month,
            legal_basis="contoh",
        )  # fmt: skip

        found = deposit_due(party.pk, date(2026, 3, 19))

    assert found == WorkingDay(due)
