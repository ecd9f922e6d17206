"""The trigger that other rooms put on their tables: rows only for who was placed there that day."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from berdaya.core.scope import system_scope
from tests import databases
from tests.world import SINCE, TODAY, World, make_world

BEFORE = SINCE - timedelta(days=1)


@pytest.fixture
def scene(real_db: str) -> World:
    """The cast in a database of its own, with a small table under guard."""
    with databases.owner_connection(real_db) as owner:
        owner.execute(
            "CREATE TABLE proof_log (facility_id bigint NOT NULL, person bigint, on_day date)"
        )
        owner.execute("GRANT SELECT, INSERT ON proof_log TO PUBLIC")
        owner.execute(
            "CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON proof_log FOR EACH ROW"
            " EXECUTE FUNCTION people_check_placement('person', 'on_day')"
        )
    return make_world()


def log(world: World, person: str | None, facility: str, day: date) -> None:
    places = [one.pk for one in world.facilities.values()]
    pk = world.people[person].pk if person else None
    with system_scope("tests", places), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO proof_log VALUES (%s, %s, %s)", [world.facilities[facility].pk, pk, day]
        )


def test_row_for_a_placed_person_enters(scene: World) -> None:
    log(scene, "cendana", "LP-ATB", SINCE)
    log(scene, "cendana", "LP-ATB", TODAY)
    log(scene, None, "LP-ATB", TODAY)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM proof_log")
        assert cursor.fetchone() == (3,)


@pytest.mark.parametrize(
    ("person", "facility", "day"),
    [("cendana", "LP-KPG", TODAY), ("cendana", "LP-ATB", BEFORE), ("waru", "LP-ATB", TODAY)],
)
def test_row_for_somebody_placed_elsewhere_is_refused(
    scene: World, person: str, facility: str, day: date
) -> None:
    with pytest.raises(DatabaseError, match="placement_missing") as error, transaction.atomic():
        log(scene, person, facility, day)

    assert error.value.__cause__.sqlstate == "BD002"  # type: ignore[union-attr]
