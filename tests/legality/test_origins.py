"""Protected names and motifs: what may be claimed, by place, material, motif and paper."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from berdaya.legality.rules.listing import ListingFacts, PermitFact, may_list
from berdaya.legality.rules.origins import OriginFact, names_used

DAY = date(2026, 11, 23)
SIKKA = OriginFact(
    name="Tenun Ikat Sikka", area="Sikka", registered_on=date(2017, 4, 26), is_inside=True,
    is_listed=True, motif="Motif (Sikka)",
)  # fmt: skip
MPIG = PermitFact("ig", "IG", "1", date(2020, 1, 1), None, None, 1, True)
CONSENT = replace(MPIG, kind="motif_consent")
NAMES = ("Tenun Ikat Sikka", "Kopi Arabika Flores Bajawa", "Songke Manggarai")


def codes(origin: OriginFact, *permits: PermitFact, day: date = DAY) -> tuple[str, ...]:
    return may_list(
        ListingFacts(
            product="Selendang", facility_id=1, facility_kind="lapas", market="retail", day=day,
            requirements=(), permits=permits, has_lot=True, origin=origin,
        )
    ).codes  # fmt: skip


@pytest.mark.parametrize(
    ("origin", "permits", "said"),
    [
        (SIKKA, (MPIG,), ()),
        (OriginFact(), (), ()),
        (SIKKA, (), ("permit_missing",)),
        (replace(SIKKA, is_inside=False), (MPIG,), ("ig_outside_area",)),
        (replace(SIKKA, is_listed=False), (MPIG,), ("ig_motif_not_in_book",)),
        (replace(SIKKA, registered_on=None), (MPIG,), ("ig_not_registered",)),
        (replace(SIKKA, registered_on=DAY + timedelta(days=1)), (MPIG,), ("ig_not_registered",)),
        (replace(SIKKA, ended_on=DAY), (MPIG,), ("ig_not_registered",)),
        (replace(SIKKA, is_ceremonial=True), (MPIG,), ("permit_missing",)),
        (replace(SIKKA, is_ceremonial=True), (MPIG, CONSENT), ()),
        (OriginFact(motif="Upacara", is_ceremonial=True), (), ("permit_missing",)),
        (OriginFact(motif="Upacara", is_ceremonial=True), (CONSENT,), ()),
        (SIKKA, (replace(MPIG, valid_until=DAY),), ("permit_lapsed",)),
        (SIKKA, (replace(MPIG, place_id=2),), ("permit_wrong_place",)),
    ],
)
def test_a_claim_needs_registration_place_motif_and_paper(
    origin: OriginFact, permits: tuple[PermitFact, ...], said: tuple[str, ...]
) -> None:
    assert codes(origin, *permits) == said


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("Selendang Tenun Ikat Sikka 60 cm", ["Tenun Ikat Sikka"]),
        ("tenun ikat SIKKA", ["Tenun Ikat Sikka"]),
        ("Selendang Sikka", []),
        ("Tenun ikat motif Belu", []),
        ("Kopi Flores Bajawa arabika sangrai", ["Kopi Arabika Flores Bajawa"]),
        ("Songke asli Manggarai", ["Songke Manggarai"]),
        ("", []),
    ],
)
def test_a_name_uses_an_indication_by_all_its_words(text: str, used: list[str]) -> None:
    assert names_used(text, NAMES) == used
