"""A counsellor who stands in sees the client on the named days, and on no other."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Staff
from berdaya.institutions.queries import actor_of
from berdaya.people.actions.caseload import cancel_covers, cover_clients
from berdaya.people.actions.reveals import open_identities
from berdaya.people.models import CaseCover, Participant, RevealPurpose
from berdaya.people.queries import caseload_of
from tests.counting import at_most
from tests.people.test_caseload import second
from tests.world import World

__all__ = ["second"]
ONE = timedelta(days=1)


def cover(
    world: World, *days: date, by: str = "bapas_head", who: str = "second"
) -> list[CaseCover]:
    with world.acting(by) as scope:
        return cover_clients(
            by=scope.actor, participants=[world.people["pinang"]], staff=world.staff[who],
            facility=world.facilities["BP-KPG"], days=days,
        )  # fmt: skip


def shown(world: World, who: str) -> set[str]:
    """Whom the database shows, whatever is asked; the actor's day is today."""

    with acting(actor_of(world.staff[who], clock.today()), "test", read_only=True):
        return set(Participant.objects.values_list("pseudonym", flat=True))


def test_stand_in_is_shown_the_client_on_that_day_only(world: World, second: Staff) -> None:
    today = clock.today()
    assert shown(world, "second") == set()

    cover(world, today + ONE)
    before = shown(world, "second")
    cover(world, today)

    assert before == set()
    assert shown(world, "second") == {"Pinang"}
    assert shown(world, "counsellor") == {"Pinang"}
    with world.everywhere():
        assert caseload_of(second.pk, today).get().pseudonym == "Pinang"
        assert not caseload_of(second.pk, today + 2 * ONE).exists()
        CaseCover.objects.filter(day=today).delete()
    assert shown(world, "second") == set()


def test_stand_in_opens_the_page_and_the_names_on_that_day(world: World, second: Staff) -> None:
    page = f"/desk/wbp/{world.people['pinang'].code}/"
    closed = world.client("second").get(page).status_code

    cover(world, clock.today())

    assert closed == 404
    assert world.client("second").get(page).status_code == 200
    with world.acting("second") as scope:
        opened = open_identities(
            by=scope.actor, facility=world.facilities["BP-KPG"], purpose=RevealPurpose.CASELOAD,
            subject="caseload",
        )  # fmt: skip
        assert list(opened.people) == [world.people["pinang"].pk]


@pytest.mark.parametrize(
    ("by", "who", "shift", "code"),
    [
        ("counsellor", "second", 0, "ability_missing"),
        ("bapas_head", "counsellor", 0, "cover_own"),
        ("bapas_head", "officer", 0, "case_not_counsellor"),
        ("bapas_head", "second", -1, "cover_past"),
        ("bapas_head", "second", None, "cover_no_day"),
    ],
)
def test_naming_a_stand_in_is_refused(
    world: World, second: Staff, by: str, who: str, shift: int | None, code: str
) -> None:
    days = [] if shift is None else [clock.today() + shift * ONE]

    with pytest.raises(Refused) as refused:
        cover(world, *days, by=by, who=who)

    assert code in refused.value.verdict.codes
    with world.everywhere():
        assert not CaseCover.objects.exists()


def test_a_day_has_one_stand_in(world: World, second: Staff) -> None:
    cover(world, clock.today())

    with pytest.raises(Refused) as refused:
        cover(world, clock.today(), clock.today() + ONE)

    assert refused.value.verdict.codes == ("cover_taken",)
    with world.everywhere():
        assert CaseCover.objects.count() == 1


def test_a_stand_in_cannot_cover_themselves_in(world: World, second: Staff) -> None:
    """Row security: a counsellor writes covers of own clients only."""

    row = CaseCover(
        participant=world.people["pinang"], staff=second, facility=world.facilities["BP-KPG"],
        day=clock.today(), recorded_at=clock.now(),
    )  # fmt: skip

    with (
        world.acting("second"),
        pytest.raises(DatabaseError, match=r"row-level security|placement_missing"),
        transaction.atomic(),
    ):
        row.save(force_insert=True)


def test_head_names_and_cancels_on_pages(world: World, second: Staff) -> None:
    head, day = world.client("bapas_head"), clock.today()
    form = {
        "staff": second.pk, "first": day.isoformat(), "last": (day + 13 * ONE).isoformat(),
        "weekdays": [day.weekday()], "participants": [world.people["pinang"].pk],
    }  # fmt: skip

    posted = head.post("/desk/caseloads/stand-ins/", form)
    with at_most(12):
        page = head.get("/desk/caseloads/").text
    with world.everywhere():
        days = sorted(CaseCover.objects.values_list("day", flat=True))
        one = CaseCover.objects.get(day=day)
    gone = head.post(f"/desk/caseloads/stand-ins/{one.pk}/ending/")

    assert posted["Location"] == gone["Location"] == "/desk/caseloads/"
    assert days == [day, day + 7 * ONE]
    assert page.count("Kedua Contoh") >= 2
    with world.everywhere():
        assert CaseCover.objects.get().day == day + 7 * ONE


def test_yesterday_is_not_cancelled(world: World, second: Staff) -> None:
    with pytest.raises(Refused) as refused, world.acting("bapas_head") as scope:
        cancel_covers(
            by=scope.actor, facility=world.facilities["BP-KPG"], staff_id=second.pk,
            day=clock.today() - ONE,
        )  # fmt: skip

    assert refused.value.verdict.codes == ("cover_past",)
