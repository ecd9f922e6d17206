"""Rotation of keys: nothing is lost wherever it is stopped, and nothing stays under the old."""

from collections.abc import Callable
from typing import Any

import pytest

from berdaya.core.keystore import KeyStore, keystore
from berdaya.core.masters import MasterMissing
from berdaya.core.sealing import version_of
from berdaya.people import sealed
from berdaya.people.actions.rotation import rotate_keys
from berdaya.people.models import SealedIdentity
from tests.people.test_identity import PLANTED, record
from tests.world import World

STEPS = ("begin_rotation", "renew", "remember_all", "retire", "rewrap", "finish_rotation")


class Killed(BaseException):
    """As good as kill -9: nobody catches it."""


def dying_after(step: str, when: str) -> Callable[..., Any]:
    """A step of the key store in whose place the program dies, before or after the work."""
    real = getattr(KeyStore, step)

    def run(self: KeyStore, *args: Any) -> Any:
        if when == "after":
            real(self, *args)
        raise Killed

    return run


def everybody(world: World) -> dict[str, sealed.Identity]:
    with world.everywhere():
        rows = SealedIdentity.objects.select_related("participant")
        opened = sealed.open_all(rows, sealed.FIELDS)
        return {row.participant.pseudonym: opened[row.pk] for row in rows}


def seal_three(world: World) -> dict[str, sealed.Identity]:
    for who, number in (
        ("cendana", "B.I 91827/2025"),
        ("lontar", "B.I 2/2025"),
        ("kelor", "A.I 3"),
    ):
        record(world, who, **{**PLANTED, "register_no": number})
    return everybody(world)


def masters(world: World) -> set[str]:
    with keystore()._reading() as store:
        return {row[0] for row in store.execute("SELECT DISTINCT master FROM owner_key")}


def test_rotation_seals_every_value_under_a_fresh_key(world: World) -> None:
    before, old = seal_three(world), masters(world)

    told = list(rotate_keys(size=2))

    assert told == [(0, 3), (2, 3), (3, 3)]
    assert everybody(world) == before
    assert masters(world).isdisjoint(old)
    with world.everywhere():
        assert {version_of(row.name) for row in SealedIdentity.objects.all()} == {2}
        assert sealed.find("register_no", "b.i 2/2025") == [world.people["lontar"].pk]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_rotation_killed_at_any_step_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    before, old = seal_three(world), masters(world)
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(KeyStore, step, dying_after(step, when))
        list(rotate_keys(size=2))
    in_between = everybody(world)
    with world.everywhere():
        found = sealed.find("register_no", "B.I 2/2025")

    list(rotate_keys(size=2))

    assert in_between == before
    assert found == [world.people["lontar"].pk]
    assert everybody(world) == before
    assert masters(world).isdisjoint(old)
    with world.everywhere():
        assert sealed.find("register_no", "B.I 2/2025") == [world.people["lontar"].pk]


def test_key_of_a_row_that_is_not_there_yet_is_kept(world: World) -> None:
    seal_three(world)
    store = keystore()
    owner = SealedIdentity(participant=world.people["waru"], facility=world.kpg).key_owner
    key = store.create(owner)

    list(rotate_keys())

    assert store.keys([owner]) == {owner: {key.version: key.secret}}


def test_number_recorded_while_keys_rotate_is_found(world: World) -> None:
    seal_three(world)
    walk = rotate_keys(size=2)
    next(walk)
    next(walk)

    record(world, "cendana", register_no="B.I 44/2026")
    record(world, "kelor", register_no="B.I 45/2026")
    list(walk)

    with world.everywhere():
        found = [sealed.find("register_no", number) for number in ("B.I 44/2026", "B.I 45/2026")]
    assert found == [[world.people["cendana"].pk], [world.people["kelor"].pk]]


def test_without_its_master_key_the_store_opens_nothing(world: World, settings: Any) -> None:
    seal_three(world)
    for file in settings.MASTER_KEY_DIR.glob("*.key"):
        file.unlink()

    with pytest.raises(MasterMissing):
        everybody(world)


def test_files_of_keys_are_closed_to_others(world: World, settings: Any) -> None:
    seal_three(world)

    modes = {
        oct(path.stat().st_mode & 0o777)
        for folder in (settings.KEYSTORE_DIR, settings.MASTER_KEY_DIR)
        for path in (folder, *folder.iterdir())
    }

    assert modes == {"0o700", "0o600"}
