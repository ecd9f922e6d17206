"""May a label be printed: every refusal, each beside the case that is let through."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from berdaya.labels import rules
from berdaya.labels.rules import LabelFacts, Pages, TextFacts, may_print
from berdaya.legality.rules.listing import ListingFacts, PermitFact, RequirementFact, StandingFact
from berdaya.legality.rules.origins import OriginFact

DAY = date(2026, 11, 23)
MADE = date(2026, 11, 2)
HALAL_FROM = date(2026, 10, 18)
PLACE = 7
PIRT = PermitFact(
    "spp_irt", "P-IRT", "P-IRT 2105304010012-29", date(2025, 1, 1), date(2030, 1, 1), None, PLACE,
    True,
)  # fmt: skip
CERTIFICATE = PermitFact(
    "halal", "Halal", "ID53110000662051022", date(2025, 1, 1), None, None, PLACE, True
)
APPROVED = PermitFact("ig", "Persetujuan MPIG", "MPIG-1", date(2025, 1, 1), None, None, PLACE, True)
FOOD = (RequirementFact("spp_irt", "P-IRT", "food"), RequirementFact("bpom_md", "BPOM MD", "food"))
HALAL = RequirementFact("halal", "Sertifikat halal")
COFFEE = TextFacts(ingredients="Biji kopi arabika 100%")
SHAWL = TextFacts(shares_bp=(6000, 4000), size="40 × 180 cm", care=("wash_hand",))
BASKET = TextFacts(material="Lontar", size="30 cm", care_note="Lap")
PAGES = Pages("/text", "/variant", "/permit", "/halal", "/origin", "/lot", "/number")


def listing(day: date, *, is_food: bool = True, **more: Any) -> ListingFacts:
    needs = (*FOOD, HALAL) if day >= HALAL_FROM else FOOD
    held = (PIRT, CERTIFICATE) if is_food else ()
    facts = {
        "permits": held, "product": "Kopi", "facility_id": PLACE, "facility_kind": "lapas",
        "market": "retail",
        "day": day, "requirements": needs if is_food else (), "has_lot": True,
    }  # fmt: skip
    return ListingFacts(**facts | more)


def food(day: date = DAY, made_on: date = MADE, permits: Any = None, **more: Any) -> LabelFacts:
    """Coffee that lacks nothing, but for what `more` says."""
    held = {} if permits is None else {"permits": permits}
    facts = {
        "kind": "food", "product": "Kopi", "facility_kind": "lapas", "made_on": made_on,
        "best_before": made_on + timedelta(days=270), "net": "200 g", "text": COFFEE,
        "today": listing(day, **held), "when_made": listing(made_on, **held),
        "halal": "certified", "holder_kind": "cooperative", "pages": PAGES,
    }  # fmt: skip
    return LabelFacts(**facts | more)


def other(kind: str, text: TextFacts | None) -> LabelFacts:
    """Cloth, craft or produce: no permit is asked for."""
    free = {"today": listing(DAY, is_food=False), "when_made": listing(MADE, is_food=False)}
    return food(kind=kind, text=text, net="", best_before=None, halal="unknown", **free)


def lapsed(until: date) -> tuple[PermitFact, ...]:
    return (replace(PIRT, valid_until=until), CERTIFICATE)


def begun(on: date) -> tuple[PermitFact, ...]:
    return (replace(PIRT, valid_from=on), CERTIFICATE)


def claimed(permits: Any = None, **more: Any) -> LabelFacts:
    """A shawl that carries a protected name with its keepers' approval, but for what is said."""
    said = {"name": "Tenun Ikat Contoh", "area": "Contoh", "registered_on": date(2020, 1, 1)}
    held = (APPROVED,) if permits is None else permits
    facts = {"is_food": False, "origin": OriginFact(**said | more), "permits": held}
    free = {"today": listing(DAY, **facts), "when_made": listing(MADE, **facts)}
    return food(kind="textile", text=SHAWL, net="", best_before=None, halal="unknown", **free)


WHOLE = [
    claimed(),
    food(), other("textile", SHAWL), other("goods", BASKET),
    replace(other("fresh", TextFacts()), net="1 kg"),
    food(best_before=DAY + timedelta(days=1)),
    food(permits=lapsed(DAY + timedelta(days=1))),
    food(permits=begun(MADE)),
    food(text=replace(COFFEE, ingredients="Gula, gelatin", origin="Gelatin sapi")),
    food(audience="outside", gtin="8990000000013"),
    food(text=replace(COFFEE, ingredients="Daging babi", has_pork=True), halal="not_halal"),
]  # fmt: skip


@pytest.mark.parametrize("facts", WHOLE)
def test_a_label_that_lacks_nothing_may_be_printed(facts: LabelFacts) -> None:
    assert may_print(facts).codes == ()


@pytest.mark.parametrize(
    ("facts", "code", "page"),
    [
        (food(text=None), "label_text_missing", "/text"),
        (food(text=TextFacts()), "label_ingredients_missing", "/text"),
        (food(text=replace(COFFEE, ingredients="Gula, gelatin")), "label_origin_missing", "/text"),
        (food(net=""), "label_net_missing", "/variant"),
        (replace(other("fresh", TextFacts()), net=""), "label_net_missing", "/variant"),
        (food(best_before=None), "label_best_before_missing", "/variant"),
        (food(best_before=DAY), "label_lot_over", "/lot"),
        (food(permits=(CERTIFICATE,)), "permit_missing", "/permit"),
        (food(permits=lapsed(DAY)), "permit_lapsed", "/permit"),
        (food(permits=begun(DAY + timedelta(days=1))), "permit_not_yet", "/permit"),
        (food(permits=begun(MADE + timedelta(days=1))), "label_made_without_permit", "/permit"),
        (food(permits=(replace(PIRT, place_id=8), CERTIFICATE)), "permit_wrong_place", "/permit"),
        (food(permits=(replace(PIRT, revoked_on=DAY), CERTIFICATE)), "permit_revoked", "/permit"),
        (food(holder_kind="released_maker"), "label_holder_is_maker", "/permit"),
        (food(permits=(PIRT,), halal="unknown"), "label_halal_unsettled", "/halal"),
        (food(text=TextFacts(ingredients="Daging babi")), "label_pork_contradicted", "/halal"),
        (food(text=replace(COFFEE, has_pork=True)), "label_pork_contradicted", "/halal"),
        (food(permits=(PIRT, replace(CERTIFICATE, revoked_on=DAY)), halal="unknown"),
         "permit_revoked", "/halal"),
        (claimed(is_inside=False), "ig_outside_area", "/origin"),
        (claimed(registered_on=None), "ig_not_registered", "/origin"),
        (claimed(permits=()), "permit_missing", "/origin"),
        (replace(claimed(), unclaimed=("Tenun Ikat Lain",)), "ig_name_unclaimed", "/origin"),
        (food(audience="outside"), "label_gtin_missing", "/number"),
        (other("textile", replace(SHAWL, shares_bp=())), "label_composition_missing", "/text"),
        (other("textile", replace(SHAWL, shares_bp=(6000,))), "label_composition_not_whole",
         "/text"),
        (other("textile", replace(SHAWL, shares_bp=(6000, 4001))), "label_composition_not_whole",
         "/text"),
        (other("textile", replace(SHAWL, care=())), "label_care_missing", "/text"),
        (other("textile", replace(SHAWL, size="")), "label_size_missing", "/text"),
        (other("goods", replace(BASKET, material="")), "label_material_missing", "/text"),
        (other("goods", replace(BASKET, size="")), "label_size_missing", "/text"),
        (other("goods", replace(BASKET, care_note="")), "label_care_missing", "/text"),
    ],
)  # fmt: skip
def test_each_thing_that_is_missing_is_said_with_its_page(
    facts: LabelFacts, code: str, page: str
) -> None:
    (reason,) = may_print(facts).reasons

    assert (reason.code, reason.next_url) == (code, page)
    assert reason.text
    assert reason.next_text


def test_several_things_are_said_together() -> None:
    facts = food(net="", text=None, permits=(CERTIFICATE,))

    assert set(may_print(facts).codes) == {
        "label_text_missing", "label_net_missing", "permit_missing"
    }  # fmt: skip


def test_nothing_of_a_place_of_children_gets_a_label() -> None:
    assert may_print(food(facility_kind="lpka")).codes == ("facility_lpka",)


@pytest.mark.parametrize(
    ("day", "state", "codes"),
    [
        (date(2026, 10, 17), "unknown", ()),
        (date(2026, 10, 17), "in_process", ()),
        (HALAL_FROM, "unknown", ("label_halal_unsettled",)),
        (HALAL_FROM, "in_process", ("label_halal_unsettled",)),
        (HALAL_FROM, "exempt", ()),
        (HALAL_FROM, "not_halal", ()),
        (HALAL_FROM, "certified", ()),
    ],
)
def test_from_18_october_food_has_a_certificate_or_says_that_it_is_not(
    day: date, state: str, codes: tuple[str, ...]
) -> None:
    said = (StandingFact(state, date(2025, 1, 1), None),) if state in (
        "in_process", "exempt", "not_halal") else ()  # fmt: skip
    permits = (PIRT, CERTIFICATE) if state == "certified" else (PIRT,)
    made = date(2026, 10, 1)
    facts = food(
        day, made, halal=state, today=listing(day, permits=permits, standings=said),
        when_made=listing(made, permits=permits, standings=said),
    )  # fmt: skip

    assert may_print(facts).codes == codes


def test_pork_that_is_declared_exempt_is_still_refused() -> None:
    facts = food(text=replace(COFFEE, ingredients="Daging babi"), halal="exempt")

    assert may_print(facts).codes == ("label_pork_contradicted",)


@pytest.mark.parametrize(
    ("number", "code"),
    [("8990000000013", ""), ("8990000000014", "gtin_malformed"), ("899000000001", "gtin_malformed"),
     ("2000000000015", "gtin_restricted"), ("0400000000015", "gtin_restricted")],
)  # fmt: skip
def test_a_gtin_is_whole_and_of_gs1(number: str, code: str) -> None:
    assert rules.may_be_gtin(number).codes == ((code,) if code else ())


@pytest.mark.parametrize(("cell", "ok"), [(1, True), (24, True), (25, False), (0, False)])
def test_a_sheet_is_begun_at_one_of_its_own_labels(cell: int, ok: bool) -> None:
    assert rules.may_begin(cell, 24).ok is ok
