"""Every row of the requirement matrix, as it was read from the law, and its counter-case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from berdaya.core.scope import system_scope
from berdaya.goods.models import Category
from berdaya.legality.models import PermitKind, Requirement
from berdaya.legality.queries.facts import RequirementFact, asked_by_category
from berdaya.legality.rules.listing import (
    ListingFacts,
    OverrideFact,
    PermitFact,
    StandingFact,
    judge,
    may_list,
)

DAY = date(2026, 11, 23)
HALAL = date(2026, 10, 18)
FOODS = ("coffee", "snack", "drink", "oil")
CRAFTS = ("tenun", "anyaman", "handicraft", "furniture")
# Read from domain.md 2.1, 2.4, 2.5, 2.7 and 3.2: category, market, kind, since.
EXPECTED = {
    *((food, market, kind, date(2021, 2, 2)) for food in FOODS
      for market in ("retail", "procurement") for kind in ("spp_irt", "bpom_md")),
    *((food, market, "halal", HALAL) for food in FOODS for market in ("retail", "procurement")),
    *((code, "procurement", "nib", date(2021, 2, 2))
      for code in (*FOODS, *CRAFTS, "soap", "metal", "service")),
    *((code, "export", "nib", date(2021, 2, 2)) for code in (*FOODS, *CRAFTS)),
    ("coffee", "export", "bpom_md", date(2021, 2, 2)),
    ("soap", "retail", "pkrt", date(2021, 2, 2)),
    ("fertiliser", "retail", "fertiliser", date(2021, 2, 2)),
    ("instant_coffee", "retail", "sni", date(2000, 1, 1)),
    ("instant_coffee", "procurement", "sni", date(2000, 1, 1)),
}  # fmt: skip
ROWS = sorted(EXPECTED)


def permit(kind: str, **changed: object) -> PermitFact:
    whole = PermitFact(
        kind=kind, label=kind, number="1", valid_from=date(2000, 1, 1), valid_until=None,
        revoked_on=None, place_id=1, is_bound_to_place=True,
    )  # fmt: skip
    return replace(whole, **changed)  # type: ignore[arg-type]


def facts(
    needs: tuple[RequirementFact, ...], *permits: PermitFact, day: date = DAY
) -> ListingFacts:
    return ListingFacts(
        product="Barang", facility_id=1, facility_kind="lapas", market="retail", day=day,
        requirements=needs, permits=permits, has_lot=True,
    )  # fmt: skip


@pytest.fixture
def asked(db: None) -> dict[tuple[str, str, date], tuple[RequirementFact, ...]]:
    """What each category is asked in each market, before, on and after the day of every row."""
    days = {day + timedelta(days=by) for *_row, day in ROWS for by in (-1, 0)} | {DAY}
    with system_scope("tests", []):
        codes = dict(Category.objects.values_list("pk", "code"))
        return {
            (codes[pk], market, day): needs
            for day in days
            for market in ("retail", "procurement", "export")
            for pk, needs in asked_by_category(market, day).items()
        }


def test_the_matrix_is_what_was_read(db: None) -> None:
    with system_scope("tests", []):
        rows = Requirement.objects.select_related("category", "permit_kind")
        found = {
            (row.category.code, row.market, row.permit_kind.code, row.valid_from) for row in rows
        }
        bare = [row for row in rows if not row.source or not row.legal_basis]

    assert found == EXPECTED
    assert bare == []


def _beside(needs: tuple[RequirementFact, ...], kind: str) -> list[RequirementFact]:
    """What else is asked: nothing of the same kind, nor of its choice, which would do instead."""
    choice = next((one.choice for one in needs if one.kind == kind), "")
    return [one for one in needs if one.kind != kind and not (choice and one.choice == choice)]


@pytest.mark.parametrize(("category", "market", "kind", "since"), ROWS)
def test_each_row_asks_from_its_day_on_and_a_permit_answers_it(
    asked: dict[tuple[str, str, date], tuple[RequirementFact, ...]],
    category: str, market: str, kind: str, since: date,
) -> None:  # fmt: skip
    needs = asked[category, market, since]
    others = [permit(one.kind) for one in _beside(needs, kind)]
    before = asked[category, market, since - timedelta(days=1)]

    without, held = facts(needs, *others, day=since), facts(needs, *others, permit(kind), day=since)
    ended = facts(needs, *others, permit(kind, valid_until=since), day=since)

    assert may_list(held).ok
    assert may_list(without).codes == ("permit_missing",)
    assert may_list(ended).codes == ("permit_lapsed",)
    assert kind not in {one.kind for one in before}


@pytest.mark.parametrize("category", FOODS)
def test_food_is_judged_by_the_halal_row_of_its_day(
    asked: dict[tuple[str, str, date], tuple[RequirementFact, ...]], category: str
) -> None:
    eve = HALAL - timedelta(days=1)
    home = permit("spp_irt")

    assert may_list(facts(asked[category, "retail", eve], home, day=eve)).ok
    bound = facts(asked[category, "retail", HALAL], home, day=HALAL)
    assert may_list(bound).codes == ("permit_missing",)
    assert may_list(replace(bound, permits=(home, permit("halal")))).ok
    for status, allowed in (("not_halal", True), ("exempt", True), ("in_process", False)):
        said = (StandingFact(status, eve, None),)
        assert may_list(replace(bound, standings=said)).ok is allowed, status
    over = (StandingFact("not_halal", eve, HALAL),)
    assert may_list(replace(bound, standings=over)).codes == ("permit_missing",)


def test_goods_without_a_row_are_asked_nothing(
    asked: dict[tuple[str, str, date], tuple[RequirementFact, ...]],
) -> None:
    assert asked["tenun", "retail", DAY] == ()
    assert asked["vegetable", "retail", DAY] == ()
    assert may_list(facts(())).ok


NEED = (RequirementFact("halal", "Halal"),)


@pytest.mark.parametrize(
    ("override", "lifted"),
    [
        (OverrideFact("permit_missing", "halal", DAY, DAY + timedelta(days=9), "retail"), True),
        (OverrideFact("permit_missing", "", DAY, DAY + timedelta(days=9), "retail"), True),
        (OverrideFact("permit_missing", "nib", DAY, DAY + timedelta(days=9), "retail"), False),
        (OverrideFact("permit_lapsed", "halal", DAY, DAY + timedelta(days=9), "retail"), False),
        (OverrideFact("permit_missing", "halal", DAY, DAY + timedelta(days=9), "export"), False),
        (OverrideFact("permit_missing", "halal", date(2026, 1, 1), DAY, "retail"), False),
        (OverrideFact("permit_missing", "halal", date(2027, 1, 1), date.max, "retail"), False),
    ],
)  # fmt: skip
def test_an_exception_lifts_its_own_reason_in_its_own_time(
    override: OverrideFact, lifted: bool
) -> None:
    judged = judge(replace(facts(NEED), overrides=(override,)))

    assert (judged[0].said == "override") is lifted
    assert may_list(replace(facts(NEED), overrides=(override,))).ok is lifted


@pytest.mark.parametrize("code", ["facility_lpka", "lot_missing", "permit_revoked"])
def test_no_exception_lifts_what_law_leaves_no_door_to(code: str) -> None:
    over = (OverrideFact(code, "", DAY, DAY + timedelta(days=9), "retail"),)
    barred = {
        "facility_lpka": replace(facts(()), facility_kind="lpka"),
        "lot_missing": replace(facts(()), has_lot=False),
        "permit_revoked": facts(NEED, permit("halal", revoked_on=DAY)),
    }[code]

    assert may_list(replace(barred, overrides=over)).codes == (code,)


def test_a_rule_is_written_by_a_decision_of_two_people_alone(db: None) -> None:
    with system_scope("tests", []):
        row = Requirement.objects.earliest("pk")
        with pytest.raises(IntegrityError), transaction.atomic():
            Requirement.objects.create(
                category=row.category, market="export", valid_from=DAY, legal_basis="x",
                permit_kind=PermitKind.objects.get(code="sni"),
            )  # fmt: skip
        for change in ({"valid_until": DAY}, {"legal_basis": "x"}, {"valid_from": DAY}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Requirement.objects.filter(pk=row.pk).update(**change)
