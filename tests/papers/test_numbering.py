"""A unit's own number patterns: what may stand in them, who may change them, the list."""

import pytest

from berdaya.core.verdicts import Refused
from berdaya.papers.actions.documents import issue_document
from berdaya.papers.actions.numbering import set_number_pattern
from berdaya.papers.models import DocumentType, UnitNumbering
from berdaya.papers.rules import may_be_pattern
from tests.counting import at_most
from tests.world import TODAY, World

OWN = "W.22.PAS.5-{number:03d}.{month:02d}/{year}"


@pytest.mark.parametrize(
    ("pattern", "codes"),
    [
        (OWN, ()),
        ("{number}/{year}", ()),
        ("{nomor}/{year}", ("pattern_unreadable",)),
        ("{number.real}/{year}", ("pattern_unreadable",)),
        ("{number:999999d}/{year}", ("pattern_unreadable",)),
        ("{number!r}/{year}", ("pattern_unreadable",)),
        ("{number}/{year", ("pattern_unreadable",)),
        ("{number}/{code}", ("pattern_repeats",)),
        ("SURAT", ("pattern_repeats",)),
    ],
)
def test_pattern_is_judged(pattern: str, codes: tuple[str, ...]) -> None:
    assert may_be_pattern(pattern).codes == codes


def test_unit_sets_its_own_and_goes_back_to_the_usual(world: World) -> None:
    head, url = world.client("head"), "/desk/numberings/SIKB/"

    head.post(url, {"pattern": OWN})
    with world.acting() as scope:
        own = issue_document(
            by=scope.actor, type="SIKB", facility=world.atb, day=TODAY, subject_ref="gate:1"
        )
    head.post(url, {"pattern": ""})
    with world.acting() as scope:
        usual = issue_document(
            by=scope.actor, type="SIKB", facility=world.atb, day=TODAY, subject_ref="gate:2"
        )

    assert own.number_text == "W.22.PAS.5-001.11/2026"
    assert usual.number_text == "002/SIKB/LP-ATB/XI/2026"


@pytest.mark.parametrize("who", ["officer", "outside_head"])
def test_others_change_no_pattern(world: World, who: str) -> None:
    kind = DocumentType.objects.get(code="SIKB")

    with pytest.raises(Refused), world.acting(who) as scope:
        set_number_pattern(by=scope.actor, facility=world.atb, type=kind, pattern=OWN)

    with world.everywhere():
        assert not UnitNumbering.objects.exists()


def test_offices_see_every_units_pattern_and_neighbours_none(world: World) -> None:
    world.client("head").post("/desk/numberings/SIKB/", {"pattern": OWN})

    clients = {who: world.client(who) for who in ("head", "regional", "outsider")}
    pages = {}
    for who, client in clients.items():
        with at_most(12):
            pages[who] = client.get("/desk/numberings/").text

    assert "W.22.PAS.5-001." in pages["head"]
    assert f"LP-ATB: {OWN}" in pages["regional"]
    assert "W.22.PAS.5" not in pages["outsider"]
    for asked in ("?cari=izin", "?pola=own", "?urut=-unit", "?ekspor=csv"):
        assert world.client("regional").get(f"/desk/numberings/{asked}").status_code == 200
