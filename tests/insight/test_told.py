"""What the public and the UMKM side are told, and what nobody can reckon from it."""

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.insight.actions.figures import tell
from berdaya.insight.indicators import INDICATORS
from berdaya.insight.models import Figure, ToldFigure
from berdaya.insight.periods import Period
from berdaya.insight.queries import values
from berdaya.workshop.models import PublishedCount
from tests.world import World

MONTHS = [date(2026, month, 1) for month in (6, 7, 8)]
PERIOD = Period(MONTHS[0], date(2026, 9, 1))
PEOPLE = ("makers", "trained", "certified")
# True counts by unit: small and large ones side by side.
TRUE = {
    "LP-ATB": {"textile": 18, "food": 3, "craft": 4, "other": 0, "trained": 4, "certified": 7},
    "LP-KPG": {"textile": 9, "food": 11, "craft": 1, "other": 6, "trained": 12, "certified": 2},
}


def figures(world: World, behind: int = 9) -> None:
    """Figures of two units and three months, as a night would have reckoned them."""
    with world.everywhere() as scope:
        for code, true in TRUE.items():
            unit = world.facilities[code]
            for month in MONTHS:
                for family in ("textile", "food", "craft", "other"):
                    told = 0 if true[family] < 5 else (true[family] + 2) // 5 * 5
                    PublishedCount.objects.create(
                        facility=unit, month=month, family=family, about_people=told,
                        recorded_at=clock.now(),
                    )  # fmt: skip
                facts: dict[str, Any] = {
                    "facility": unit, "month": month, "version": 1, "reckoned_at": clock.now(),
                }  # fmt: skip
                makers = sum(list(true.values())[:4])
                for name, number, people in (
                    ("makers", makers, makers),
                    ("trained", true["trained"], true["trained"]),
                    ("certified", true["certified"], true["certified"]),
                    ("sold", 1_234_567, behind), ("paid", 456_789, 4), ("made", 55, behind),
                    ("consenting", 17, 17), ("permits", 3, None), ("incidents", 1, None),
                ):  # fmt: skip
                    Figure.objects.create(
                        indicator=name, numerator=Decimal(number), people=people, **facts
                    )
            tell(by=scope.actor, facility=unit, months=MONTHS)


def every_table() -> dict[str, dict[str, Decimal]]:
    """Every table of people that is published, over every cut and month."""
    found = {}
    for code in PEOPLE:
        for by in ("facility", "regency", "province", "nation", "month", "part"):
            for period in (*(Period.month(one) for one in MONTHS), PERIOD):
                rows = values(None, code, period, by)
                found[f"{code} {by} {period.code}"] = {one.key: one.numerator for one in rows}
    return found


def test_no_pair_of_published_tables_subtracts_to_a_count_under_five(world: World) -> None:
    figures(world)
    with system_scope("public", [], read_only=True):
        tables = every_table()
    numbers = {(name, key): told for name, rows in tables.items() for key, told in rows.items()}
    sums = {**numbers, **{(name, "Σ"): sum(rows.values()) for name, rows in tables.items()}}

    small = [
        (one, other)
        for one, other in itertools.combinations(sums, 2)
        if 0 < abs(sums[one] - sums[other]) < 5
    ]
    assert numbers
    assert small == []
    assert not any(0 < told < 5 for told in sums.values())


def test_two_worlds_that_differ_in_small_counts_are_told_alike(world: World) -> None:
    def told() -> list[Any]:
        with system_scope("public", [], read_only=True):
            rows = ToldFigure.objects.order_by("facility", "month", "indicator", "part")
            return list(rows.values_list("facility", "month", "indicator", "part", "numerator"))

    with transaction.atomic():
        figures(world)
        before = told()
        transaction.set_rollback(True)
    small = TRUE["LP-ATB"]
    TRUE["LP-ATB"] = {**small, "food": 0, "craft": 1, "trained": 1}
    figures(world)
    TRUE["LP-ATB"] = small

    assert told() == before


def test_sums_of_too_few_people_are_not_told(world: World) -> None:
    figures(world, behind=4)
    with system_scope("public", [], read_only=True):
        names = set(ToldFigure.objects.values_list("indicator", flat=True))

    assert names == {"makers", "trained", "certified", "permits"}


def test_what_is_for_offices_is_never_told(world: World) -> None:
    figures(world)
    with system_scope("public", [], read_only=True):
        names = set(ToldFigure.objects.values_list("indicator", flat=True))

    assert names == {"makers", "trained", "certified", "permits", "sold", "made"}
    assert all(INDICATORS[one].is_told for one in names)
    assert all(not one.is_told for one in INDICATORS.values() if one.official)


def test_a_month_is_told_once(world: World) -> None:
    figures(world)
    with world.everywhere() as scope:
        Figure.objects.filter(indicator="permits").update(numerator=8)
        again = tell(by=scope.actor, facility=world.atb, months=MONTHS)
        told = set(ToldFigure.objects.filter(indicator="permits").values_list("numerator"))

    assert again == 0
    assert told == {(Decimal(3),)}


def test_the_database_refuses_an_exact_number_of_people(world: World) -> None:
    with world.everywhere(), pytest.raises(IntegrityError, match="rounded"), transaction.atomic():
        ToldFigure.objects.create(
            facility=world.atb, month=MONTHS[0], indicator="trained", version=1, numerator=7,
            told_at=clock.now(),
        )  # fmt: skip


def test_nothing_is_told_of_an_lpka(world: World) -> None:
    child = world.facilities["LPKA-KPG"]
    with world.everywhere() as scope:
        assert tell(by=scope.actor, facility=child, months=MONTHS) == 0
        with pytest.raises(DatabaseError, match="facility_lpka"), transaction.atomic():
            ToldFigure.objects.create(
                facility=child, month=MONTHS[0], indicator="made", version=1, numerator=5,
                told_at=clock.now(),
            )  # fmt: skip


def test_screen_and_files_agree_for_each_audience(world: World) -> None:
    figures(world)
    for who, untuk in (("regional", ""), ("regional", "umum"), ("mentor", "")):
        client = world.client(who)
        asked = f"masa=2026-07&untuk={untuk}"
        page = client.get(f"/desk/indicators/?{asked}").content.decode()
        lines = b"".join(client.get(f"/desk/indicators/?{asked}&ekspor=csv")).decode("utf-8-sig")
        true, rounded = "52 orang", "45 orang"

        is_office = who == "regional" and not untuk
        assert (true in page) is is_office, (who, untuk)
        assert (rounded in page) is not is_office
        assert (";52;" in lines) is is_office
        assert (";45;" in lines) is not is_office
        assert ("jumlah sebenarnya" in lines) is is_office
        assert "Untuk siapa" in lines.splitlines()[0]
        assert ("Bekerja dengan kesediaan" in page) is is_office
