"""Whoever subtracts any public table from any other learns no count of people under five."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest

from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.insight.actions import figures
from berdaya.insight.models import ToldFigure
from berdaya.insight.periods import after, first_of
from berdaya.institutions.models import Facility
from berdaya.people.rounded import about
from berdaya.training.models import Attendance, CertificateDecision
from berdaya.workshop.models import PublishedCount
from tests.catalog.shelf import fill_shelf
from tests.web import collecting
from tests.web.attacking import Solver, band, combinations, small_differences
from tests.web.small_world import LATE, MONTHS, SESSIONS, WORK, SmallWorld, build, tell_all
from tests.world import World

SUMS = ("made", "sold_pieces", "sold", "paid", "deposited")
FAMILIES = ("textile", "food", "craft", "other")


@pytest.fixture
def small(world: World) -> SmallWorld:
    made = build(world)
    with world.everywhere():
        # The front page says how many work once something is on show.
        fill_shelf(world, 3, world.atb)
    return made


def untold(small: SmallWorld) -> dict[str, int]:
    """The same tables as they would stand with suppression off: the test's own copy."""
    found: Counter[str] = Counter()
    for unit in WORK:
        for month in MONTHS:
            people = sum(small.people(unit, month).values())
            for key in (unit, small.region_of(unit, month), "nation"):
                found[f"makers {key} {month:%Y-%m}"] += people
    for unit, month, people, _certified in small.sessions.values():
        for key in (unit, small.region_of(unit, month), "nation"):
            found[f"trained {key} {month:%Y-%m}"] += people
    return dict(found)


def test_no_pair_of_published_numbers_of_people_differs_by_less_than_five(
    small: SmallWorld,
) -> None:
    tell_all(small)
    before = collecting.of_people(small)
    tell_all(small, is_late=True)
    after_it = collecting.of_people(small)
    later = {f"later {name}": one for name, one in after_it.items()}

    assert small_differences({**before, **later}) == []
    # Nor does the month that came out late tell a small number by its coming.
    moved = {name: after_it[name] - before.get(name, 0) for name in after_it}
    assert {one for one in moved.values() if 0 < abs(one) < 5} == set()
    assert any(moved.values())
    assert sum(small.people(LATE, MONTHS[1]).values()) == 8
    kinds = {name.split()[0] for name in before}
    assert {"/", "/unit/LP-ATB/", "/data-terbuka/", "csv", "json", "chart", "mentor"} <= kinds
    assert len(before) > 500
    # The late month came out, and it is seen.
    assert Counter(later.values()) != Counter(before.values())
    assert small_differences(untold(small))


def test_no_page_that_links_lead_to_says_a_small_number_of_people(small: SmallWorld) -> None:
    tell_all(small)

    found = collecting.crawled()

    assert small_differences(found) == []
    pages = {name.rpartition(" ")[0] for name in found}
    assert {"/", "/en/", "/unit/LP-ATB/", "/data-terbuka/", "/en/data-terbuka/"} <= pages
    assert "/wilayah/53/" in pages


def cells() -> list[tuple[str, date, str]]:
    return [(unit, month, family) for unit in WORK for month in MONTHS for family in FAMILIES]


def attacked(small: SmallWorld, *, is_total_true: bool = False) -> Solver:
    """All that can be pressed out of what was told. The attacker knows the rules: whether a number
    of learners is the sum of what was told of sessions, or a rounded true total; that a certificate
    is of somebody who was there; and takes who stands behind a sum for workers of its month."""
    solver = Solver()
    with system_scope("public", [one.pk for one in small.world.facilities.values()],
                      read_only=True):  # fmt: skip
        told = {
            (row.facility.code, row.month, row.family): row.about_people
            for row in PublishedCount.objects.select_related("facility")
        }
        sums = {
            (row.facility.code, row.month, row.indicator): int(row.numerator)
            for row in ToldFigure.objects.filter(part="").select_related("facility")
        }
    for unit, month, family in cells():
        solver.told(f"{unit} {month} {family}", told.get((unit, month, family), 0))
    for unit in WORK:
        for month in MONTHS:
            mine = [f"{unit} {month} {family}" for family in FAMILIES]
            if any((unit, month, code) in sums for code in SUMS):
                # Which families a unit works in, its shop window shows.
                seen = [one for one in mine if one.rpartition(" ")[2] in small.people(unit, month)]
                for one in set(mine) - set(seen):
                    solver.unknown(one, 0, 0)
                solver.total(seen, 5, 10_000)
    mentor = collecting.sessions(small.world.client("mentor"))
    for code in small.sessions:
        solver.told(code, int(mentor[f"session {code}"]))
        solver.unknown(f"certified {code}")
        solver.at_most(f"certified {code}", code)
    if is_total_true:
        for unit in WORK:
            for month in MONTHS:
                here = [code for code, one in small.sessions.items() if one[:2] == (unit, month)]
                if here:
                    solver.total(here, *band(sums[unit, month, "trained"]))
                    certified = [f"certified {code}" for code in here]
                    solver.total(certified, *band(sums[unit, month, "certified"]))
    else:
        for code, (unit, month, _people, _certified) in small.sessions.items():
            if sums[unit, month, "certified"] == 0:
                solver.told(f"certified {code}", 0)
    return solver


def small_truths(small: SmallWorld) -> dict[str, int]:
    """Every true count under five that must stay open, by the name of its unknown."""
    found = {
        f"{unit} {month} {family}": small.people(unit, month).get(family, 0)
        for unit, month, family in cells()
        if 0 < small.people(unit, month).get(family, 0) < 5
    }
    return found | {code: one[2] for code, one in small.sessions.items() if one[2] < 5}


def test_a_solver_with_every_table_pins_no_small_count(small: SmallWorld) -> None:
    tell_all(small)
    tell_all(small, is_late=True)

    possible = attacked(small).solve()

    truths = small_truths(small)
    assert len(truths) > 15
    assert all(possible[name][0] <= true <= possible[name][1] for name, true in truths.items())
    # At least 1, 2, 3 and 4 remain; of learners, and wherever no sum was told, nobody as well.
    assert {possible[name][1] for name in truths} == {4}
    assert max(possible[name][0] for name in truths) <= 1
    assert {possible[code] for code in small.sessions if code in truths} == {(0, 4)}


def of_truth(facility: Facility, months: list[date]) -> dict[str, dict[date, int]]:
    """How learners were told before: rounded true totals of a facility."""
    rows = Attendance.objects.filter(facility=facility, mark="present")
    trained = Counter(first_of(day) for day in rows.values_list("day", flat=True))
    decided = CertificateDecision.objects.filter(facility=facility, outcome="approved")
    certified: Counter[date] = Counter(
        _month(at, facility) for at in decided.values_list("decided_at", flat=True)
    )
    return {
        "trained": {month: about(trained[month]) for month in months},
        "certified": {month: about(certified[month]) for month in months},
    }


def _month(at: datetime, facility: Facility) -> date:
    return first_of(clock.local(at, facility.timezone).date())


def test_the_solver_pins_two_sessions_of_four_where_their_total_is_true(
    small: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: without it the test above would prove nothing of the solver."""
    monkeypatch.setattr(figures, "told_learners", of_truth)
    tell_all(small)
    tell_all(small, is_late=True)

    possible = attacked(small, is_total_true=True).solve()

    fours = [code for code, one in small.sessions.items() if one[2] == 4]
    assert len(fours) == 2
    assert {possible[code] for code in fours} == {(4, 4)}


def recovered(small: SmallWorld, code: str) -> dict[tuple[str, date], int]:
    """Withheld sums that are some published number, or one less one or two others, of the month or
    of all months."""
    numbers = collecting.of_money(small, code)
    found = {}
    for (unit, month), total in small.withheld(code).items():
        here = [one for name, one in numbers.items() if f"{month:%Y-%m}" in name]
        ever = [one for name, one in numbers.items() if "Σ" in name or " 2026 " in name]
        if total in combinations(here) | combinations(ever):
            found[unit, month] = total
    return found


@pytest.mark.parametrize("code", SUMS)
def test_no_withheld_sum_can_be_had_from_what_is_left(small: SmallWorld, code: str) -> None:
    tell_all(small)
    tell_all(small, is_late=True)

    assert recovered(small, code) == {}
    # A regency with one unit of three is among them.
    assert ("RT-ALR", MONTHS[0]) in small.withheld(code)
    csv = collecting.files(next(one for one, of in NAMES.items() if of == code))
    name = next(one for one, of in NAMES.items() if of == code)
    assert csv[f"csv {name} {MONTHS[0]:%Y-%m} 53.05"] == 0
    assert csv[f"csv {name} {MONTHS[0]:%Y-%m} 53.04"] > 0


NAMES = {
    "barang-dibuat": "made", "barang-terjual": "sold_pieces", "penjualan": "sold",
    "dibayarkan-kepada-pembuat": "paid", "setoran-negara": "deposited",
}  # fmt: skip


@pytest.mark.parametrize("code", ["paid", "sold"])
def test_withheld_sums_are_found_where_a_total_is_true(
    small: SmallWorld, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the country's total with what was withheld in it, less what every regency says."""
    tell_all(small)
    tell_all(small, is_late=True)
    honest: Callable[..., dict[str, int]] = collecting.of_money

    def with_true_totals(one: SmallWorld, name: str) -> dict[str, int]:
        numbers = honest(one, name)
        for month in MONTHS:
            told = numbers[f"csv {slug(name)} Σ {month:%Y-%m}"]
            hidden = sum(n for (_u, m), n in one.withheld(name).items() if m == month)
            numbers[f"nation {month:%Y-%m}"] = told + hidden
        return numbers

    monkeypatch.setattr(collecting, "of_money", with_true_totals)

    single = {month for month in MONTHS
              if sum(m == month for _u, m in small.withheld(code)) == 1}  # fmt: skip
    assert single
    assert {month for _unit, month in recovered(small, code)} >= single


def slug(code: str) -> str:
    return next(name for name, of in NAMES.items() if of == code)


@pytest.mark.parametrize("code", ["paid", "deposited"])
def test_withheld_sums_are_found_where_nothing_is_withheld(
    small: SmallWorld, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: tell a sum whoever stands behind it."""
    monkeypatch.setattr(figures, "may_tell", lambda people: True)
    tell_all(small)
    tell_all(small, is_late=True)

    assert recovered(small, code) == small.withheld(code)


def test_a_region_keeps_the_months_of_a_unit_that_moved(small: SmallWorld) -> None:
    tell_all(small)
    tell_all(small, is_late=True)

    numbers = collecting.files("penjualan")

    moved = {month: small.money["LP-KPG", month, "sold"][0] for month in MONTHS}
    assert numbers["csv penjualan 2026-06 53.71"] == 0
    assert numbers["csv penjualan 2026-07 53.71"] == moved[MONTHS[1]]
    here = small.money["LP-ATB", MONTHS[0], "sold"][0]
    assert numbers["csv penjualan 2026-06 53.04"] == here + moved[MONTHS[0]]


def test_learners_are_told_by_session_and_certificates_once(small: SmallWorld) -> None:
    tell_all(small)

    with small.world.everywhere():
        rows = ToldFigure.objects.filter(facility=small.world.atb, part="")
        told = {
            (row.indicator, row.month): row.numerator
            for row in rows.filter(indicator__in=("trained", "certified"))
        }

    # June: two of four. July: twelve and three, eight of them certified. August: nine, four.
    assert [told["trained", month] for month in MONTHS] == [0, 10, 10]
    assert [told["certified", month] for month in MONTHS] == [0, 10, 0]
    assert all(number == Decimal(int(number)) for number in told.values())
    assert sum(people for *_rest, people, _certified in SESSIONS) == 32
    assert after(MONTHS[-1]) not in {month for _code, month in told}
