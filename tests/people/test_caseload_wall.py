"""Without any filter of ours, the database shows and takes only a counsellor's own clients."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, models, transaction
from django.test.utils import isolate_apps

from berdaya.core import clock, limits, reach
from berdaya.core.scope import acting
from berdaya.core.spans import caseload
from berdaya.core.walls import every_wall, wall
from berdaya.institutions.actions.staff import appoint
from berdaya.people.actions.caseload import assign_clients
from berdaya.people.models import (
    Caseload,
    CleanPage,
    Participant,
    Placement,
    StatusPeriod,
)
from tests.core.test_scope import query
from tests.counting import at_most
from tests.world import SINCE, TODAY, World

LIMITED = sorted(line.table for line in every_wall() if limits.caseload(line))
ABOUT = (Placement, StatusPeriod, Caseload, CleanPage)


@pytest.fixture
def both(world: World) -> World:
    """Pinang and Asam are clients of the same Bapas; only Pinang is the counsellor's."""
    with world.everywhere():
        for name in ("pinang", "asam"):
            CleanPage.objects.create(
                participant=world.people[name], facility=world.facilities["BP-KPG"],
                asked_on=TODAY, recorded_at=clock.now(),
            )  # fmt: skip
    return world


def shown(world: World, who: str = "counsellor") -> dict[str, set[int]]:
    with world.acting(who):
        people = {"people": set(Participant.objects.values_list("pk", flat=True))}
        return people | {
            model.__name__: set(model._base_manager.values_list("participant", flat=True))
            for model in ABOUT
        }


def test_counsellor_is_shown_own_clients_only_whatever_is_asked(both: World) -> None:
    own = {both.people["pinang"].pk}

    assert shown(both) == dict.fromkeys(["people", *(one.__name__ for one in ABOUT)], own)
    assert both.people["asam"].pk in shown(both, "bapas_head")["people"]


def test_sql_of_ones_own_shows_no_other_client(both: World) -> None:
    with both.acting("counsellor"):
        rows = query("SELECT id FROM people_participant WHERE id = %s", both.people["asam"].pk)
        joined = query("SELECT p.id FROM people_placement p JOIN people_participant q ON true")

    assert rows == []
    assert len(joined) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE people_statusperiod SET status = status WHERE participant_id = {asam}",
        "UPDATE people_placement SET work_number = 'X' WHERE participant_id = {asam}",
        "UPDATE people_caseload SET staff_id = staff_id WHERE participant_id = {asam}",
    ],
)
def test_rows_of_another_client_cannot_be_changed(both: World, sql: str) -> None:
    with both.acting("counsellor"):
        found = query(sql.format(asam=both.people["asam"].pk) + " RETURNING 1")

    assert found == []


def test_nothing_can_be_written_about_another_client(both: World) -> None:
    bapas, asam = both.facilities["BP-KPG"], both.people["asam"]
    rows = [
        StatusPeriod(participant=asam, facility=bapas, status="client", valid_from=TODAY),
        Caseload(
            participant=asam, facility=bapas, staff=both.staff["counsellor"], valid_from=TODAY,
            recorded_at=clock.now(),
        ),
    ]  # fmt: skip

    for row in rows:
        with (
            both.acting("counsellor"),
            pytest.raises(DatabaseError, match=r"row-level security|placement_missing"),
            transaction.atomic(),
        ):
            row.save(force_insert=True)

    with both.everywhere():
        assert asam.statuses.count() == 1
        assert Caseload.objects.count() == 1


def test_who_holds_an_unlimited_role_there_is_not_limited(both: World) -> None:
    with both.everywhere() as scope:
        appoint(
            by=scope.actor, staff=both.staff["counsellor"], role="clinician",
            place=both.facilities["BP-KPG"], decree_no="SK-K", decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip

    assert {both.people["pinang"].pk, both.people["asam"].pk} <= shown(both)["people"]


def test_role_that_opens_no_rows_does_not_lift_the_limit(both: World) -> None:
    with both.everywhere() as scope:
        appoint(
            by=scope.actor, staff=both.staff["counsellor"], role="unit_administrator",
            place=both.facilities["BP-KPG"], decree_no="SK-A", decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip

    assert shown(both)["people"] == {both.people["pinang"].pk}


def test_limit_follows_the_day(both: World) -> None:
    with both.acting("bapas_head") as scope:
        assign_clients(
            by=scope.actor, participants=[both.people["asam"]], staff=both.staff["counsellor"],
            facility=both.facilities["BP-KPG"], on=clock.today() + timedelta(days=1),
        )  # fmt: skip

    assert both.people["asam"].pk not in shown(both)["people"]


def test_scope_costs_no_statement_more(both: World) -> None:
    actor = both.actor("counsellor")

    with at_most(1), acting(actor, "test"):
        pass


def test_values_are_there_for_plans_that_ask_them_beforehand(both: World) -> None:
    """Parallel workers are given every value before the first row is looked at."""
    with both.acting("bapas_head"):
        told = query(
            "SELECT core_scope_guided(), people_clients(), core_scope_span('days'),"
            " core_scope_span('instants')"
        )

    assert told == [([], [], None, None)]


def test_setting_is_free_where_nobody_is_limited() -> None:
    assert caseload(1, frozenset(), date(2026, 1, 1)) == "free"


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("table", LIMITED)
def test_policy_stands_in_the_database(table: str) -> None:
    rows = query(
        "SELECT polpermissive, polcmd::text, pg_get_expr(polwithcheck, polrelid) FROM pg_policy"
        " WHERE polrelid = %s::regclass AND polname = 'caseload'",
        f'"{table}"',
    )

    [(is_permissive, command, check)] = rows
    assert (is_permissive, command) == (False, "*")
    assert "core_scope_guided()" in check


def test_every_table_that_reaches_a_person_is_limited() -> None:
    walled = {line.table for line in every_wall() if line.facility}

    assert set(LIMITED) == set(reach.protected()) & walled
    assert len(LIMITED) > 40


@isolate_apps("berdaya.people")
def test_table_without_a_rule_for_a_caseload_fails_the_build(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Rumour(models.Model):
        text = models.TextField()

        class Meta:
            app_label = "people"

    line = wall("people_rumour", "S", "facility_id", timeless="a test")
    monkeypatch.setattr(limits, "_models", lambda: {"people_rumour": Rumour})
    monkeypatch.setattr(limits, "_reached", lambda: {"people_rumour": "somehow"})

    assert list(limits.faults(line)) == ["has no rule for a caseload"]


def test_function_of_the_clients_is_named_in_the_settings() -> None:
    assert settings.CLIENTS_FUNCTION == "people_clients()"
