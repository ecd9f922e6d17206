"""The head of security watches things and the gate: no person, no money, nothing offered."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from berdaya.catalog.calc import LARGE
from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.equipment.actions.tools import confirm_missing, explain_missing
from berdaya.equipment.models import MissingTool, ToolSet
from berdaya.institutions.four_eyes import FOUR_EYES
from berdaya.institutions.roles import ROLES
from berdaya.institutions.today import Item, waiting
from berdaya.workshop.actions.equipment import use_tool_set
from berdaya.workshop.models import Workshop
from tests.counting import at_most
from tests.equipment.scene import board
from tests.equipment.test_tools import back, file_sheet, held, out
from tests.web.desk import Desk
from tests.web.matrix import MATRIX, WITHOUT_FILE
from tests.world import World

# The file of a photo, which nobody has put there, is left out.
LINK = re.compile(r'<a [^>]*href="(/[^"#?]*)')
SEEN_BY_SECURITY = ROLES["security"].abilities
PLANTS = ("Cendana", "Kelor", "Lontar", "A-001", "A-002")


@pytest.fixture
def tools(world: World) -> ToolSet:
    return board(world)


@pytest.fixture
def shop(world: World, tools: ToolSet) -> Workshop:
    with world.acting() as scope:
        made = Workshop.objects.create(
            facility=world.atb, code="MEB", name="Mebel", line_of_work="mebel"
        )
        use_tool_set(by=scope.actor, workshop=made, tool_set=tools)
        return made


def told(world: World, who: str) -> list[Item]:
    with world.acting(who) as scope:
        return waiting(scope.actor, frozenset({world.atb.pk}))


def search(world: World, missing: MissingTool, who: str = "security") -> None:
    with world.acting(who) as scope:
        explain_missing(
            by=scope.actor, missing=missing, outcome="found", found_by="Regu jaga II",
            ended_at=clock.now(), reason="Terselip di bawah meja ketam",
        )  # fmt: skip


def test_missing_tool_stands_first_with_security_and_the_head(world: World, tools: ToolSet) -> None:
    with clock.travel(clock.now() - timedelta(days=2)):
        (older,) = back(world, out(world, tools), lacking=2)
        search(world, older, "officer")
    assert told(world, "security") == []

    back(world, out(world, tools), lacking=1)

    security, head = told(world, "security"), told(world, "head")
    assert [str(one.text) for one in security] == ["Alat hilang: 1 Gunting"]
    assert [str(one.text) for one in head] == ["Alat hilang: 1 Gunting", "Alat hilang: 2 Gunting"]
    assert head[0].age_on > head[1].age_on


def test_what_security_found_is_confirmed_by_the_head(
    world: World, tools: ToolSet, shop: Workshop
) -> None:
    (missing,) = back(world, out(world, tools), lacking=1)
    search(world, missing)
    assert held(world, shop) == ("tools_missing",)
    assert told(world, "security") == []

    with world.acting("security") as scope, pytest.raises(Refused) as refusal:
        confirm_missing(by=scope.actor, missing=missing)
    with world.acting("head") as scope:
        confirm_missing(by=scope.actor, missing=missing)

    assert refusal.value.verdict.codes == ("ability_missing",)
    file_sheet(world, shop)
    with world.acting():
        assert MissingTool.objects.get().explained_by == world.staff["security"]


def test_security_of_nowhere_else_searches(world: World, tools: ToolSet) -> None:
    (missing,) = back(world, out(world, tools), lacking=1)

    for who in ("seller", "humas", "outsider"):
        with pytest.raises(Refused):
            search(world, missing, who)

    with world.acting():
        assert MissingTool.objects.get().state == "open"


def test_page_of_a_missing_tool_names_the_sheets_it_holds(
    world: World, tools: ToolSet, shop: Workshop
) -> None:
    (missing,) = back(world, out(world, tools), lacking=1)
    client, url = world.client("security"), reverse("equipment:missing_tool", args=[missing.pk])

    with at_most(12):
        page = client.get(url).text
    said = client.post(
        reverse("equipment:explanation", args=[missing.pk]),
        {"outcome": "not_found", "found_by": "Regu jaga II", "reason": "Dicari di semua kamar",
         **now_typed()},
    )  # fmt: skip

    assert "Yang ditahan: Mebel." in page
    assert said.status_code == 302
    with world.acting():
        assert MissingTool.objects.get().outcome == "not_found"


def now_typed() -> dict[str, str]:
    here = clock.local(clock.now())
    return {"ended_on": here.date().isoformat(), "ended_hour": f"{here:%H:%M}"}


def allowed(world_desk: Desk) -> dict[str, str]:
    """The addresses that the matrix opens to security, reading."""
    return {
        name: url
        for name, url in world_desk.urls.items()
        if name not in WITHOUT_FILE
        and MATRIX[name.partition(":")[0]][name.partition(":")[2]].partition("/")[0]
        in SEEN_BY_SECURITY
    }


def test_pages_of_security_name_nobody_and_lead_nowhere_forbidden(desk: Desk) -> None:
    client = desk.world.client("security")
    client.raise_request_exception = False
    pages = {name: client.get(url) for name, url in allowed(desk).items()}
    pages["institutions:today"] = client.get("/desk/")

    shown = {name: page for name, page in pages.items() if page.status_code == 200}
    links = {
        (name, link) for name, page in shown.items() for link in LINK.findall(page.text)
        if link.startswith("/desk/") and not link.endswith(f"/{LARGE}/")
    }  # fmt: skip
    found = {link: client.get(link).status_code for link in {link for _name, link in links}}

    assert {"equipment:missing_tool", "stock:gate_pass", "workshop:incident", "training:piece",
            "catalog:photo_page", "institutions:today"} <= shown.keys()  # fmt: skip
    assert [(name, link) for name, link in links if found[link] in (403, 404)] == []
    assert [
        (name, word) for name, page in shown.items() for word in PLANTS if word in page.text
    ] == []
    assert [name for name, page in shown.items() if re.search(r"\bRp\s?\d", page.text)] == []


def test_security_has_nothing_of_money_names_or_listings() -> None:
    words = {one.partition(".")[0] for one in SEEN_BY_SECURITY}

    assert words == {"tools", "gate", "safety", "photo", "piece"}
    assert "tools.search" in FOUR_EYES["missing_tool"].abilities
