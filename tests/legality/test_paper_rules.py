"""May this paper be kept, renewed, told of: every reason, by facts alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from berdaya.institutions.models import PartyKind
from berdaya.legality.rules.listing import ListingFacts, PermitFact, RequirementFact, may_list
from berdaya.legality.rules.papers import (
    REMIND_DAYS,
    PaperFacts,
    RenewalFacts,
    may_answer,
    may_record,
    may_renew,
    reminder,
)
from berdaya.legality.rules.standings import StandingFacts, may_stand

DAY = date(2026, 11, 23)
MAKERS = ("cooperative", "foundation", "partner_business", "person_staff", "released_maker")
PIRT = PaperFacts("SPP-IRT", "cooperative", "koperasi", MAKERS, products=frozenset({1}))
HALAL = replace(PIRT, kind="Halal", holder_kinds=(*MAKERS, "satker_upt"), may_cover_kitchen=True)


@pytest.mark.parametrize("kind", PartyKind.values)
def test_a_pirt_is_held_by_people_and_businesses_and_never_by_a_unit(kind: str) -> None:
    found = may_record(replace(PIRT, holder_kind=kind)).codes

    if kind in MAKERS:
        assert found == ()
    elif kind == "satker_upt":
        assert found == ("permit_holder_is_unit",)
    else:
        assert found == ("permit_holder_unfit",)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (replace(HALAL, scope="kitchen", products=frozenset()), ()),
        (replace(HALAL, scope="kitchen"), ("permit_kitchen_names_goods",)),
        (
            replace(PIRT, scope="kitchen", products=frozenset()),
            ("permit_not_for_kitchen",),
        ),
        (replace(PIRT, variant_products=frozenset({1})), ()),
        (replace(PIRT, variant_products=frozenset({2})), ("permit_variant_of_other",)),
        (replace(PIRT, kbli=1), ("permit_kbli_not_named",)),
        (replace(PIRT, kbli=1, names_kbli=True), ()),
        (
            replace(PIRT, holder_kind="satker_upt", scope="kitchen", kbli=2),
            (
                "permit_holder_is_unit", "permit_not_for_kitchen", "permit_kitchen_names_goods",
                "permit_kbli_not_named",
            ),
        ),
    ],
)  # fmt: skip
def test_a_paper_is_refused_for_all_that_it_cannot_be(
    facts: PaperFacts, found: tuple[str, ...]
) -> None:
    assert may_record(facts).codes == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (RenewalFacts(DAY, False, "", DAY + timedelta(days=1)), ()),
        (RenewalFacts(DAY, False, "", DAY), ("permit_renewal_early",)),
        (RenewalFacts(DAY, True, "", DAY + timedelta(days=1)), ("permit_renewal_of_revoked",)),
        (RenewalFacts(DAY, False, "X", DAY + timedelta(days=1)), ("permit_renewed_already",)),
    ],
)
def test_a_permit_is_renewed_once_and_later(facts: RenewalFacts, found: tuple[str, ...]) -> None:
    assert may_renew(facts).codes == found


@pytest.mark.parametrize(
    ("who", "is_whole"),
    [
        (("", "", "", "", False), True),
        (("partner", "", "", "", False), True),
        (("partner", "bendahara", "pkp", "PKP-1", True), True),
        (("", "bendahara", "", "", False), False),
        (("partner", "", "pkp", "", False), False),
        (("partner", "", "", "PKP-1", False), False),
        (("partner", "", "", "", True), False),
    ],
)
def test_a_responsible_person_is_told_whole(
    who: tuple[str, str, str, str, bool], is_whole: bool
) -> None:
    assert may_answer(*who).ok is is_whole


@pytest.mark.parametrize(
    ("left", "step"),
    [(181, None), (180, 180), (91, 180), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (1, 7),
     (0, 0), (-9, 0)],
)  # fmt: skip
def test_the_end_is_told_in_four_steps(left: int, step: int | None) -> None:
    assert reminder(DAY, DAY + timedelta(days=left)) == step
    assert REMIND_DAYS == (180, 90, 30, 7)


def test_what_has_no_end_is_never_told_of() -> None:
    assert reminder(DAY, None) is None


PERMIT = PermitFact("halal", "Halal", "ID1", date(2024, 1, 1), None, None, 1, True)
FACTS = ListingFacts(
    "VCO", 1, "lapas", "retail", DAY, (RequirementFact("halal", "Halal"),), (PERMIT,), True
)


@pytest.mark.parametrize(
    ("permits", "found"),
    [
        ((PERMIT,), ()),
        ((replace(PERMIT, is_for_kitchen=True),), ("permit_wrong_scope",)),
        ((replace(PERMIT, names_variant=False),), ("permit_wrong_variant",)),
        ((replace(PERMIT, is_for_kitchen=True), PERMIT), ()),
        ((replace(PERMIT, names_variant=False), PERMIT), ()),
        # What lapsed for the kitchen says first that it lapsed: it covers nothing either way.
        ((replace(PERMIT, is_for_kitchen=True, valid_until=DAY),), ("permit_wrong_scope",)),
    ],
)
def test_the_gate_honours_scope_and_variants(
    permits: tuple[PermitFact, ...], found: tuple[str, ...]
) -> None:
    assert may_list(replace(FACTS, permits=permits)).codes == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (StandingFacts(DAY, DAY, "SIHALAL 1"), ()),
        (StandingFacts(DAY, DAY, "  "), ("standing_basis_missing",)),
        (StandingFacts(DAY + timedelta(days=1), DAY, "x"), ("standing_in_future",)),
        (StandingFacts(DAY, DAY, "x", since=DAY), ("standing_backwards",)),
        (StandingFacts(DAY, DAY, "x", certificate="ID1"), ("standing_certified",)),
    ],
)
def test_a_standing_is_honest(facts: StandingFacts, found: tuple[str, ...]) -> None:
    assert may_stand(facts).codes == found
