"""A row of another unit answers as one that never was: status, words, statements, every role."""

import re
import uuid
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.institutions.actions.staff import add_staff, appoint
from berdaya.institutions.models import Staff
from berdaya.institutions.roles import ROLES
from tests.counting import is_own
from tests.web.desk import Desk, methods, written
from tests.web.matrix import KNOWN_TO_ALL, LED_BACK, MATRIX, OF_A_MONTH, REFUSED, TYPED
from tests.world import HASH, SINCE, World, signed_in

# Keys that name no row: a kind, a day, a place in a list.
NO_ROW = {"kind", "month", "day", "number", "width"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
ELSEWHERE = ("counsellor", "lpka_officer", "mentor", "nobody")
AS = {"lpka_officer": "officer"}


@dataclass(frozen=True)
class Answer:
    """What somebody outside may notice of an address, but for the key they asked with."""

    status: int
    body: str
    place: str
    statements: int


def unknown(key: object) -> object:
    """A key of the same make that no row has."""
    if isinstance(key, int):
        return 987_654_321
    if isinstance(key, uuid.UUID):
        return uuid.UUID(int=7)
    text = str(key)
    if set(text) == {"0"}:
        return "f" * len(text)
    if not re.search(r"\d", text):
        return text[:-1] + ("r" if text.endswith("q") else "q")
    found = re.sub(r"\d+(?=\D*$)", lambda m: "9" * len(m[0]), text)
    # A random key may end in nines itself.
    return found if found != text else re.sub(r"9+(?=\D*$)", lambda m: "8" * len(m[0]), text)


def other(url: str) -> tuple[str, dict[str, str]]:
    """The same address with unknown keys, and which key stands for which."""
    found = resolve(url)
    keys = {name: value for name, value in found.kwargs.items() if name not in NO_ROW}
    swapped = {name: unknown(value) for name, value in keys.items()}
    pairs = {str(swapped[name]): str(keys[name]) for name in keys}
    name = f"{found.namespace}:{found.url_name}"
    extra = found.extra_kwargs or {}
    given = {name: value for name, value in found.kwargs.items() if name not in extra}
    return reverse(name, kwargs=given | swapped), pairs


def ask(client: Client, method: str, url: str, pairs: dict[str, str] | None = None) -> Answer:
    """One request; the keys of `pairs` are written as the keys they stand for."""
    connection.queries_log.clear()  # it keeps 9,000 statements, and there are more addresses
    with CaptureQueriesContext(connection) as captured:
        answer = getattr(client, method)(url, TYPED if method == "post" else None)
    statements = sum(is_own(one["sql"]) for one in captured.captured_queries)
    body, place = answer.content.decode("utf-8", "replace"), answer.get("Location", "")
    for fresh, real in (pairs or {}).items():
        body, place = body.replace(fresh, real), place.replace(fresh, real)
    return Answer(answer.status_code, TOKEN.sub("", body), place, statements)


def of_role(world: World, role: str) -> Staff:
    """Somebody in Kupang who holds that role and no other."""
    with system_scope("tests", [one.pk for one in world.facilities.values()]) as scope:
        staff = add_staff(
            by=scope.actor, username=f"kpg.{role.replace('_', '.')}", display_name="Kupang Contoh",
            password_hash=HASH,
        )  # fmt: skip
        appoint(
            by=scope.actor, staff=staff, role=role, place=world.kpg, decree_no=f"KPG-{role}",
            decree_on=SINCE, valid_from=SINCE, kind="plh" if role == "head" else "definitive",
        )  # fmt: skip
    return staff


def abilities(name: str) -> list[tuple[str, str]]:
    """(method, the ability it asks for) of an address."""
    room, _sign, end = name.partition(":")
    read, _sign, write = MATRIX[room][end].partition("/")
    asked = {"get": read, "post": write or read}
    return [(method, asked[method]) for method in methods(name)]


UNIT = sorted(one.code for one in ROLES.values() if "facility" in one.at and one.code != "auditor")


@pytest.mark.parametrize("who", [*UNIT, *ELSEWHERE])
def test_row_of_another_unit_answers_like_one_that_never_was(
    desk: Desk, world: World, who: str
) -> None:
    is_unit = who not in ELSEWHERE
    client = signed_in(of_role(world, who) if is_unit else world.staff[who])
    role = ROLES.get(AS.get(who, who))
    held = role.abilities if role else frozenset()
    before, differ, wrong, asked = written(world), {}, {}, 0

    for name in sorted(desk.own - KNOWN_TO_ALL):
        # What is adopted here was adopted by this very mentor (tests/mentoring/test_walls.py), and
        # courses and sessions are told to mentors (decision 24; berdaya/training/walls.py).
        # So it is with what they were assigned, and every unit's goods and permits are public
        # (tests/facilitation/test_walls.py).
        rooms = ("mentoring:", "facilitation:")
        told = name.startswith(rooms) or name in ("training:course", "training:session")
        if who == "mentor" and told:
            continue
        url = desk.urls[name]
        unknown_url, pairs = other(url)
        if not pairs:
            continue
        for method, ability in abilities(name):
            # Whoever may not do a thing is refused before any row is sought: by the decorator, the
            # same for every role. One walk without any role asks all of it.
            may = not ability or ability in held
            if (method == "post" and not (is_unit and may)) or not (may or who == "nobody"):
                continue
            asked += 1
            # Pages say what time it is: both are asked in the same minute.
            with clock.travel(clock.now()):
                foreign = ask(client, method, url)
                never = ask(client, method, unknown_url, pairs)
            if foreign != never:
                differ[name, method] = (foreign, never)
            if never.status not in REFUSED and (name, method) not in LED_BACK:
                wrong[name, method] = never.status

    assert differ == {}
    assert wrong == {}
    assert asked > (80 if who in ("nobody", "officer") else 0)
    assert written(world) == before


def test_unknown_keys_are_unknown(desk: Desk) -> None:
    swapped = {name: (desk.urls[name], *other(desk.urls[name])) for name in desk.own - KNOWN_TO_ALL}

    assert {name for name, (_url, _other, pairs) in swapped.items() if not pairs} == OF_A_MONTH
    assert {name for name, (url, unknown_url, _) in swapped.items() if url == unknown_url} == (
        OF_A_MONTH
    )
