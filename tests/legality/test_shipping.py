"""Every row of the market-entry table, as it was read from the law, and its counter-case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from berdaya.core.scope import system_scope
from berdaya.goods.models import Category
from berdaya.legality.models import MarketEntry
from berdaya.legality.queries.shipping import country_name, entry_fact
from berdaya.legality.rules.listing import OverrideFact
from berdaya.legality.rules.shipping import EntryFact, ShipFacts, conditions_of, may_ship_to

DAY = date(2026, 11, 23)
EUDR = date(2026, 12, 30)
FORCED = date(2027, 12, 14)
AGO = date(2000, 1, 1)
# Read from domain.md 3.1 and 3.2: destination, category, reach, answer, since, until, a door left.
EXPECTED = {
    ("US", "", "custody", "barred", AGO, None, False),
    ("CA", "", "custody", "barred", AGO, None, True),
    ("NZ", "", "prison", "barred", date(2019, 9, 30), None, True),
    ("GB", "", "prison", "barred", AGO, None, True),
    ("AU", "", "custody", "review", AGO, None, False),
    ("EU", "", "custody", "review", AGO, FORCED, False),
    ("EU", "", "custody", "review", FORCED, None, False),
    ("EU", "coffee", "all", "allowed", EUDR, None, False),
    *((one, "", "all", "allowed", AGO, None, False) for one in ("JP", "KR", "SG", "MY", "TL")),
    ("*", "", "custody", "review", AGO, None, False),
    ("*", "", "all", "allowed", AGO, None, False),
}
CODES = {"barred": "market_barred", "review": "market_needs_review"}


@pytest.fixture(scope="module")
def table(
    django_db_setup: None, django_db_blocker: object
) -> list[tuple[date, date | None, str, EntryFact]]:
    """Every row: its window, its category, and the row as the rules see it."""
    with django_db_blocker.unblock(), system_scope("tests", []):  # type: ignore[attr-defined]
        codes = {None: "", **dict(Category.objects.values_list("pk", "code"))}
        return [
            (row.valid_from, row.valid_until, codes[row.category_id], entry_fact(row))
            for row in MarketEntry.objects.all()
        ]


def made(
    table: list[tuple[date, date | None, str, EntryFact]], destination: str, day: date = DAY,
    category: str = "tenun", custody: bool = True, prison: bool = True, **changed: object,
) -> ShipFacts:  # fmt: skip
    held = [
        fact for first, until, asked, fact in table
        if first <= day and (until is None or day < until) and asked in ("", category)
    ]  # fmt: skip
    whole = ShipFacts(
        destination=destination, country=destination, day=day, facility_kind="lapas",
        is_custody_made=custody, is_made_in_prison=prison, entries=tuple(held),
    )  # fmt: skip
    return replace(whole, **changed)  # type: ignore[arg-type]


def test_the_table_is_what_was_read(table: list[tuple[date, date | None, str, EntryFact]]) -> None:
    found = {
        (fact.destination, category, fact.reach, fact.answer, first, until, bool(fact.exceptions))
        for first, until, category, fact in table
    }

    assert found == EXPECTED
    assert all(fact.basis for *_row, fact in table)


@pytest.mark.parametrize("row", sorted(EXPECTED, key=str))
def test_each_row_answers_and_its_counter_case_does_not(
    table: list[tuple[date, date | None, str, EntryFact]], row: tuple
) -> None:
    destination, category, reach, answer, since, _until, has_door = row
    asked = {"*": "BR", "EU": "DE"}.get(destination, destination)
    day = max(since, DAY)
    goods = category or "tenun"
    code = CODES.get(answer, "") + ("_but" if has_door else "")

    # What nobody in custody touched, made outside: the row of all goods alone speaks.
    free = made(table, asked, day, goods, custody=False, prison=False, has_plots=True)
    assert may_ship_to(free).ok
    if reach == "all":
        speaking = may_ship_to(made(table, asked, day, goods, custody=False, prison=False))
        assert speaking.codes == (("plots_missing",) if category else ())
    else:
        inside = may_ship_to(made(table, asked, day, goods, custody=True, has_plots=True))
        assert inside.codes == (code,)
    in_prison = made(table, asked, day, goods, custody=False, prison=True, has_plots=True)
    assert may_ship_to(in_prison).ok is (reach != "prison")


@pytest.mark.parametrize(
    ("destination", "day", "category", "codes"),
    [
        ("NZ", date(2019, 9, 29), "tenun", ("market_needs_review",)),
        ("NZ", date(2019, 9, 30), "tenun", ("market_barred_but",)),
        ("DE", EUDR - timedelta(days=1), "coffee", ("market_needs_review",)),
        ("DE", EUDR, "coffee", ("market_needs_review", "plots_missing")),
        ("FR", EUDR, "tenun", ("market_needs_review",)),
        ("JP", DAY, "coffee", ()),
        ("ID", DAY, "coffee", ()),
    ],
)
def test_another_day_or_other_goods_are_answered_otherwise(
    table: list[tuple[date, date | None, str, EntryFact]], destination: str, day: date,
    category: str, codes: tuple[str, ...],
) -> None:  # fmt: skip
    assert sorted(may_ship_to(made(table, destination, day, category)).codes) == sorted(codes)


def test_the_basis_of_the_union_changes_with_its_regulation(
    table: list[tuple[date, date | None, str, EntryFact]],
) -> None:
    before, after = made(table, "NL", FORCED - timedelta(days=1)), made(table, "NL", FORCED)

    assert not any("2024/3015" in one.basis for one in before.entries if one.reach == "custody")
    assert any("2024/3015" in one.basis for one in after.entries if one.reach == "custody")


@pytest.mark.parametrize(
    ("destination", "code", "lifted"),
    [
        ("US", "market_barred", False),
        ("GB", "market_barred_but", True),
        ("AU", "market_needs_review", True),
        ("GB", "market_needs_review", False),
    ],
)
def test_an_exception_opens_only_a_door_that_the_law_left(
    table: list[tuple[date, date | None, str, EntryFact]], destination: str, code: str, lifted: bool
) -> None:
    over = OverrideFact(code, "", DAY, DAY + timedelta(days=30), f"export:{destination}")
    there = made(table, destination, overrides=(over,))
    elsewhere = replace(over, market="export:XX")

    assert may_ship_to(there).ok is lifted
    assert not may_ship_to(replace(there, overrides=(elsewhere,))).ok
    assert not may_ship_to(replace(there, day=DAY + timedelta(days=30))).ok


def test_goods_of_children_go_nowhere_and_what_must_go_with_goods_is_told(
    table: list[tuple[date, date | None, str, EntryFact]],
) -> None:
    assert may_ship_to(made(table, "ID", facility_kind="lpka")).codes == ("facility_lpka",)
    assert conditions_of(made(table, "JP")) == (
        "Pernyataan asal, kesukarelaan, dan upah disertakan.",
    )
    assert may_ship_to(made([], "JP")).codes == ("market_unknown",)


def test_countries_have_names_in_both_languages() -> None:
    assert country_name("JP") == "Jepang"
    assert country_name("DE") == "Jerman"
