"""Dumps and copies of keys: what was erased stays unreadable, whatever is taken back."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from berdaya.core import backups, clock
from berdaya.core.backups import copy_keys, dump_database, key_copies
from berdaya.core.keystore import keystore
from berdaya.people import sealed
from berdaya.people.actions.identity import erase_identity
from berdaya.people.actions.rotation import rotate_keys
from berdaya.people.models import Erasure, Participant, SealedIdentity
from tests.people.test_identity import PLANTED, record
from tests.world import World, make_world


@pytest.fixture
def real_world(real_db: str) -> World:
    return make_world()


def erase(world: World) -> None:
    with world.acting("head") as scope:
        erase_identity(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb, why="request"
        )


def readable(world: World) -> dict[str, str]:
    with world.everywhere():
        rows = SealedIdentity.objects.select_related("participant")
        opened = sealed.open_all(rows, sealed.FIELDS)
        return {row.participant.pseudonym: opened[row.pk].name for row in rows}


def stored(world: World) -> str:
    with connection.cursor() as cursor, world.everywhere():
        cursor.execute("SELECT row_to_json(i)::text FROM sealed.identity i")
        return " ".join(row[0] for row in cursor.fetchall())


def days_ago(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


def test_old_dump_beside_the_keys_of_eight_days_later_tells_nothing(
    real_world: World, tmp_path: Path
) -> None:
    with clock.travel(days_ago(8)):
        record(real_world)
        record(real_world, "lontar", name="Contoh Jambu", register_no="B.I 2/2025")
        dump = dump_database(tmp_path / "dumps")
        then = copy_keys()
        erase(real_world)
    copy_keys()

    call_command("restore", dump)

    with real_world.everywhere():
        found = [sealed.find(kind, PLANTED[kind]) for kind in sealed.FOUND_BY]
        other = sealed.find("register_no", "B.I 2/2025")
        people = Participant.objects.count()
        erased = list(Erasure.objects.values_list("participant__pseudonym", "why"))
    assert found == [[], []]
    assert other == [real_world.people["lontar"].pk]
    assert readable(real_world) == {"Cendana": "", "Lontar": "Contoh Jambu"}
    assert erased == [("Cendana", "restore")]
    assert people == len(real_world.people)
    # The copy of keys that could have read the dump is gone.
    assert [path for path, _made_at in key_copies() if path == then] == []


def test_dump_alone_without_the_programs_restore_is_unreadable_too(
    real_world: World, tmp_path: Path
) -> None:
    """Even who skips our command and puts the rows back by hand has ciphertext without a key."""
    row = record(real_world)
    kept = SealedIdentity(
        participant=row.participant, facility=row.facility, key_owner=row.key_owner,
        **{field: getattr(row, field) for field in sealed.FIELDS},
    )  # fmt: skip
    erase(real_world)

    opened = sealed.open_all([kept], sealed.FIELDS)[row.pk]

    assert not opened.is_readable
    assert [getattr(opened, field) for field in sealed.TEXTS] == [""] * len(sealed.TEXTS)
    assert keystore().owners_of("nik", sealed.normal("nik", PLANTED["nik"])) == []


def test_copy_of_keys_brings_back_nobody_who_was_erased(real_world: World, tmp_path: Path) -> None:
    owner = record(real_world).key_owner
    record(real_world, "lontar", name="Contoh Jambu")
    copy = copy_keys()
    erase(real_world)

    call_command("restore", copy, keys=True)

    assert keystore().keys([owner]) == {}
    assert readable(real_world) == {"Cendana": "", "Lontar": "Contoh Jambu"}


def test_copy_of_keys_older_than_seven_days_is_refused(real_world: World) -> None:
    record(real_world)
    with clock.travel(days_ago(7) - timedelta(minutes=1)):
        copy = copy_keys()

    with pytest.raises(CommandError, match="older than 7 days"):
        call_command("restore", copy, keys=True)

    assert readable(real_world) == {"Cendana": PLANTED["name"]}


def test_copies_of_both_from_before_a_rotation_open_again(
    real_world: World, tmp_path: Path
) -> None:
    record(real_world)
    dump, copy = dump_database(tmp_path / "dumps"), copy_keys()
    list(rotate_keys())

    with pytest.raises(CommandError, match="1 people cannot be read"):
        call_command("restore", copy, keys=True)
    call_command("restore", dump)

    assert readable(real_world) == {"Cendana": PLANTED["name"]}


def test_dump_beside_the_keys_is_refused(world: World, settings: Any) -> None:
    for folder in (settings.KEYSTORE_DIR, settings.MASTER_KEY_DIR, settings.KEYSTORE_DIR.parent):
        with pytest.raises(backups.BackupRefused, match="choose another folder"):
            dump_database(folder)


def test_broken_dump_is_refused_and_everything_stays(real_world: World, tmp_path: Path) -> None:
    record(real_world)
    dump = dump_database(tmp_path / "dumps")
    whole = dump.read_bytes()
    for broken in (b"not a dump", whole[: len(whole) * 2 // 3]):
        dump.write_bytes(broken)

        with pytest.raises(CommandError):
            call_command("restore", dump)

    assert readable(real_world) == {"Cendana": PLANTED["name"]}


def test_copies_of_keys_are_kept_for_seven_days(world: World) -> None:
    record(world)
    for days in (8, 6):
        with clock.travel(days_ago(days)):
            copy_keys()

    gone = backups.drop_old_keys()

    assert gone == 1
    assert [made_at > days_ago(7) for _path, made_at in key_copies()] == [True]


def test_master_key_goes_when_no_copy_needs_it_any_more(world: World, settings: Any) -> None:
    record(world)
    with clock.travel(days_ago(8)):
        list(rotate_keys())
        assert len(list(settings.MASTER_KEY_DIR.iterdir())) == 2

    backups.drop_old_keys()

    assert len(list(settings.MASTER_KEY_DIR.iterdir())) == 1
    assert readable(world) == {"Cendana": PLANTED["name"]}
