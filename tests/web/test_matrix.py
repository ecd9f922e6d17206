"""The whole matrix: every role, every address of the desk, every way to ask, through the rules."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from berdaya.core.scope import Actor
from berdaya.institutions.roles import ABILITIES, ROLES
from berdaya.institutions.rules import AT_OFFICE, may, may_somewhere
from tests.web.desk import Desk, desk_names, every_view, methods
from tests.web.matrix import (
    ELSEWHERE,
    LED_BACK,
    MATRIX,
    OF_A_COUNSELLOR,
    TYPED,
    WITHOUT_FILE,
)
from tests.web.permissions import IN_STEAD, PERMISSIONS
from tests.world import UNIT_ROLES, World
from tools import permissions

HERE = 7
ROWS = [
    (f"{room}:{end}", ability) for room, names in MATRIX.items() for end, ability in names.items()
]


def actor_with(role: str) -> Actor:
    """Somebody who holds this one role where it can be held, and no other."""
    place = HERE if "facility" in ROLES[role].at else AT_OFFICE
    seen = {HERE} if place == HERE or ROLES[role].opens_facilities else set()
    roles = {pk: frozenset({role}) for pk in {place, *seen}}
    return Actor("staff:1", 1, frozenset(seen), roles)


def test_every_address_stands_in_the_matrix() -> None:
    told = {name for name, _ability in ROWS}

    assert told == set(desk_names())


def test_every_other_address_stands_in_a_list_by_audience() -> None:
    lists = list(ELSEWHERE.values())
    told = set().union(*lists)

    assert told == set(every_view()) - set(desk_names())
    assert len(told) == sum(len(one) for one in lists)


def test_every_view_asks_for_the_ability_of_its_row() -> None:
    views = {name: view for name, (_path, view) in every_view().items()}

    asked = {name: getattr(views[name], "ability", "") for name, _ability in ROWS}

    assert asked == {name: row.partition("/")[0] for name, row in ROWS}
    assert {
        name for one in ELSEWHERE.values() for name in one if hasattr(views[name], "ability")
    } == set()


def test_every_view_takes_the_methods_with_which_it_is_walked() -> None:
    views = {name: view for name, (_path, view) in every_view().items()}
    taken = {name: getattr(views[name], "methods", None) for name, _ability in ROWS}

    wrong = {
        name: (takes, methods(name))
        for name, takes in taken.items()
        if takes is not None and ("POST" in takes) != ("post" in methods(name))
    }

    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_every_cell_of_a_role_through_the_rules(role: str) -> None:
    actor = actor_with(role)
    views = {name: view for name, (_path, view) in every_view().items()}

    wrong, cells = [], 0
    for name, row in ROWS:
        read, _sign, write = row.partition("/")
        for method, ability in (("get", read), ("post", write or read)):
            cells += 1
            is_held = not ability or role in PERMISSIONS[ability].split()
            door = getattr(views[name], "ability", "")
            opens = not door or may_somewhere(actor, door).ok
            if (opens and (not ability or may_anywhere_here(actor, ability))) != is_held:
                wrong.append((name, method))

    assert wrong == []
    assert cells == 2 * len(desk_names())


def may_anywhere_here(actor: Actor, ability: str) -> bool:
    """As the action asks: at the facility, or at an office for those who open none."""
    return may_somewhere(actor, ability).ok and (
        not actor.facility_ids or may(actor, ability, HERE).ok
    )


def test_roles_have_the_abilities_stated_here_and_no_other() -> None:
    held = {
        ability: {role.code for role in ROLES.values() if ability in role.abilities}
        for ability in ABILITIES
    }

    assert held == {ability: set(roles.split()) for ability, roles in PERMISSIONS.items()}


def test_roles_stand_in_for_the_abilities_stated_here_and_no_other() -> None:
    told = {
        ability: {role.code for role in ROLES.values() if ability in role.in_stead}
        for ability in ABILITIES
    }

    assert {ability: roles for ability, roles in told.items() if roles} == {
        ability: set(roles.split()) for ability, roles in IN_STEAD.items()
    }
    assert all(not role.in_stead & role.abilities for role in ROLES.values())


def test_the_page_of_permissions_says_what_the_code_does() -> None:
    assert permissions.PAGE.read_text() == permissions.render()


CAST = {
    **{role: who for who, role in reversed(UNIT_ROLES)},
    **{
        role: role
        for role in (
            *("regional", "national", "auditor", "administrator", "mentor", "counsellor"),
            "umkm_officer",
        )
    },
}


def who_may(ability: str) -> str:
    """Somebody of Atambua, else of an office, in a role that has the ability."""
    return CAST[next(role for role in CAST if not ability or role in PERMISSIONS[ability].split())]


def ask(client: Client, method: str, url: str) -> Any:
    """The answer, and nothing of it stays."""
    with transaction.atomic():
        answer = getattr(client, method)(url, TYPED if method == "post" else None)
        transaction.set_rollback(True)
    return answer


def test_every_address_answers_somebody_who_is_allowed(desk: Desk) -> None:
    """200, 302 or a form again; 405 where it is only posted to; 409 for the state of things."""
    clients: dict[str, Client] = {}

    wrong = {}
    for name in desk.urls.keys() - WITHOUT_FILE - OF_A_COUNSELLOR:
        room, _sign, end = name.partition(":")
        url, (read, _sign, write) = desk.urls[name], MATRIX[room][end].partition("/")
        for method, ability in [("get", read), ("post", write or read)][: len(methods(name))]:
            who = who_may(ability)
            client = clients.setdefault(who, desk.world.client(who))
            client.raise_request_exception = False
            answer = ask(client, method, url)
            if not answers(answer.status_code, method) and (name, method) not in LED_BACK:
                wrong[name, method, who] = answer.status_code

    assert wrong == {}


def answers(status: int, method: str) -> bool:
    """Whether this is an answer for somebody who is allowed; 403 and 404 never are."""
    return status in (200, 302, 409, 422) or (status == 405 and method == "get")


def test_addresses_without_a_key_answer_a_stranger(world: World) -> None:
    """What needs no row is open as its audience says: nobody is refused for being nobody."""
    stranger = Client()
    plain = {
        name: path
        for name, (path, _view) in every_view().items()
        if "<" not in path and any(name in names for names in ELSEWHERE.values())
    }

    found = {name: stranger.get(f"/{path}").status_code for name, path in plain.items()}

    assert {
        name: status for name, status in found.items() if status not in (200, 302, 303, 405)
    } == {}
