"""Every address of the desk, asked the wrong way by somebody who may do everything there."""

from django.test import Client

from berdaya.core.scope import system_scope
from berdaya.institutions.actions.staff import appoint
from berdaya.institutions.roles import ROLES
from tests.web.desk import Desk, methods, written
from tests.world import SINCE, World


def client_of_all_roles(world: World) -> Client:
    """The officer of Atambua, who also holds every other role of a unit."""
    with system_scope("tests", [world.atb.pk]) as scope:
        for role in ROLES.values():
            if "facility" in role.at and role.code != "officer":
                appoint(
                    by=scope.actor, staff=world.staff["officer"], role=role.code,
                    place=world.atb, decree_no=role.code, decree_on=SINCE, valid_from=SINCE,
                    kind="plh" if role.code == "head" else "definitive",
                )  # fmt: skip
    return world.client("officer")


def test_what_is_only_looked_at_takes_no_post(desk: Desk) -> None:
    client, before = client_of_all_roles(desk.world), written(desk.world)
    looked_at = {name: url for name, url in desk.urls.items() if methods(name) == ("get",)}

    answers = {name: client.post(url) for name, url in looked_at.items()}

    assert {name: a.status_code for name, a in answers.items() if a.status_code != 405} == {}
    assert {a["Allow"] for a in answers.values()} == {"GET, HEAD"}
    assert written(desk.world) == before


def test_what_is_only_posted_to_says_so_when_opened(desk: Desk) -> None:
    client, before = client_of_all_roles(desk.world), written(desk.world)

    answers = {name: client.get(f"/en{url}") for name, url in desk.urls.items()}

    assert {name: a.status_code for name, a in answers.items() if a.status_code >= 500} == {}
    closed = [answer for answer in answers.values() if answer.status_code == 405]
    assert closed
    assert all(a["Allow"] == "POST" and "not the way" in a.text for a in closed)
    assert written(desk.world) == before
