"""Every address of the desk, asked by those who must not: strangers, neighbours, other roles.

Which role may ask for which is proved for every cell in test_matrix.py, without requests.
"""

from itertools import cycle

from django.test import Client

from berdaya.core.scope import system_scope
from berdaya.institutions.actions.staff import appoint
from berdaya.institutions.roles import ROLES
from tests.web.desk import Desk, methods, written
from tests.web.matrix import (
    KNOWN_TO_ALL,
    LED_BACK,
    MATRIX,
    OF_A_MONTH,
    OPEN,
    TYPED,
    WITH_EXAMPLES,
)
from tests.world import SINCE, UNIT_ROLES, World

# Who takes turns in being refused; with their rows of Atambua or without.
OTHERS = (*(name for name, _role in UNIT_ROLES), "auditor", "mentor", "umkm_officer", "nobody")


def test_strangers_are_sent_to_sign_in(desk: Desk) -> None:
    stranger, before = Client(), written(desk.world)

    found = {
        (name, method): getattr(stranger, method)(url)
        for name, url in desk.urls.items()
        for method in ("get", "post")
    }

    open_doors = {
        at: answer.status_code
        for at, answer in found.items()
        if at[0] not in OPEN
        and answer.status_code != 405
        and not (answer.status_code == 302 and answer["Location"].startswith("/masuk/"))
    }
    assert open_doors == {}
    assert written(desk.world) == before


def test_neighbours_of_every_role_find_nothing(desk: Desk) -> None:
    """Somebody who may do everything next door: 404 for what is ours, and not a word of it."""
    world = desk.world
    with system_scope("tests", [one.pk for one in world.facilities.values()]) as scope:
        for role in ROLES.values():
            if "facility" in role.at and role.code not in ("officer", "auditor"):
                appoint(
                    by=scope.actor, staff=world.staff["outsider"], role=role.code,
                    place=world.kpg, decree_no=role.code, decree_on=SINCE, valid_from=SINCE,
                    kind="plh" if role.code == "head" else "definitive",
                )  # fmt: skip
    client, before = world.client("outsider"), written(world)
    held = abilities_of(world, "outsider")

    seen, leaks = {}, []
    for name, url in desk.urls.items():
        for method, ability in asked_for(name):
            answer = getattr(client, method)(url, TYPED if method == "post" else None)
            # 403 only for what no role of a unit may do anywhere, ours or theirs.
            closed = (404, 405) if not ability or ability in held else (403, 404, 405)
            if name in desk.own and answer.status_code not in closed:
                seen[name, method] = answer.status_code
            # A refusal leads to the other language by the address that was asked for.
            words = answer.content.decode("utf-8", "replace").replace(url, "")
            ours = ("Cendana", "Lontar", "LP-ATB-2") if name not in WITH_EXAMPLES else ()
            leaks += [(name, method, word) for word in ours if word in words]

    told = {at: seen[at] for at in seen.keys() - LED_BACK}
    assert {at: told[at] for at in told if at[0] not in KNOWN_TO_ALL | OF_A_MONTH} == {}
    assert leaks == []
    assert written(world) == before


def test_other_roles_are_refused_and_change_nothing(desk: Desk) -> None:
    """403 for each address once a way it is asked, by the next of those who lack its ability."""
    world = desk.world
    held = {who: abilities_of(world, who) for who in OTHERS}
    clients, before = {who: world.client(who) for who in OTHERS}, written(world)
    turns = cycle(OTHERS)

    wrong = {}
    for name, url in desk.urls.items():
        for method, ability in asked_for(name):
            lacking = [who for who in OTHERS if ability and ability not in held[who]]
            if not lacking:
                continue
            who = next(one for one in turns if one in lacking)
            answer = getattr(clients[who], method)(url, TYPED if method == "post" else None)
            # The sheet's page shows the refusal above what was typed.
            is_told = name == "workshop:sheet" and answer.status_code == 422
            is_told |= answer.status_code == 405 and method == "get"
            if answer.status_code != 403 and not is_told:
                wrong[name, method, who] = answer.status_code

    assert wrong == {}
    assert written(world) == before


def asked_for(name: str) -> list[tuple[str, str]]:
    """(method, the ability that its row of the matrix says) of an address."""
    room, _sign, end = name.partition(":")
    read, _sign, write = MATRIX[room][end].partition("/")
    return [("get", read), ("post", write or read)][: len(methods(name))]


def abilities_of(world: World, who: str) -> frozenset[str]:
    roles = world.actor(who).roles.values()
    return frozenset().union(*(ROLES[one].abilities for names in roles for one in names))
