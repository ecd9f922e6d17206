"""Auditors by letter of assignment: bounded in place and time, recorded by others."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from berdaya.core.scope import system_scope
from berdaya.core.verdicts import Refused
from berdaya.institutions.actions.letters import end_letter, record_letter
from berdaya.institutions.models import AssignmentLetter, Facility
from berdaya.institutions.queries import actor_of, reach_of
from berdaya.institutions.rules import may
from tests.counting import at_most
from tests.world import SINCE, TODAY, World

UNTIL = date(2027, 1, 1)


def write(world: World, by: str = "regional", **more: object) -> AssignmentLetter:
    facts: dict[str, object] = {
        "auditor": world.staff["auditor"], "number": "ST-9", "issued_on": SINCE,
        "purpose": "Pemeriksaan stok", "valid_from": TODAY, "valid_until": UNTIL,
        "facilities": [Facility.objects.select_related("office").get(pk=world.atb.pk)],
    }  # fmt: skip
    with world.acting(by) as scope:
        return record_letter(by=scope.actor, **(facts | more))  # type: ignore[arg-type]


def end_all(world: World) -> None:
    with world.everywhere() as scope:
        for letter in AssignmentLetter.objects.all():
            end_letter(by=scope.actor, letter=letter, on=TODAY)


def test_auditor_without_a_letter_opens_nothing(world: World) -> None:
    end_all(world)

    actor = world.actor("auditor")

    assert actor.facility_ids == frozenset()
    assert not actor.roles
    assert may(actor, "books.view", world.atb.pk).codes == ("not_appointed",)


def test_letter_opens_the_facilities_it_names_and_no_other(world: World) -> None:
    end_all(world)
    write(world)

    actor = world.actor("auditor")

    assert actor.facility_ids == {world.atb.pk}
    assert may(actor, "books.view", world.atb.pk).ok
    assert not may(actor, "books.view", world.kpg.pk).ok
    reach = reach_of(actor, "staff.view", TODAY)
    assert (reach.facility_ids, reach.paths) == ({world.atb.pk}, ())


def test_letter_opens_nothing_beyond_its_days(world: World) -> None:
    end_all(world)
    write(world, valid_until=TODAY + timedelta(days=2))

    days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=2)]

    seen = [actor_of(world.staff["auditor"], day).facility_ids for day in days[1:]]
    assert seen == [{world.atb.pk}, frozenset()]


def test_letter_opens_nothing_where_the_decree_does_not_reach(world: World) -> None:
    end_all(world)
    other = world.offices["UMKM"]
    with system_scope("tests", []) as scope:
        record_letter(
            by=scope.actor, auditor=world.staff["auditor"], number="ST-U", issued_on=SINCE,
            purpose="x", valid_from=SINCE, valid_until=UNTIL, office=other,
        )  # fmt: skip

    assert world.actor("auditor").facility_ids == frozenset()


def test_actor_of_an_auditor_takes_three_queries(world: World) -> None:
    with at_most(3):
        world.actor("auditor")


@pytest.mark.parametrize(
    ("by", "more", "code"),
    [
        ("head", {}, "ability_missing"),
        ("auditor", {}, "ability_missing"),
        ("regional", {"facilities": []}, "letter_places_missing"),
        ("regional", {"auditor": "regional"}, "letter_self"),
        ("regional", {"auditor": "officer"}, "letter_no_auditor"),
        ("regional", {"number": "ST-1"}, "letter_exists"),
        ("regional", {"office": "UMKM"}, "place_out_of_reach"),
    ],
)
def test_letter_is_refused(world: World, by: str, more: dict[str, object], code: str) -> None:
    if isinstance(who := more.get("auditor"), str):
        more = more | {"auditor": world.staff[who]}
    if isinstance(where := more.get("office"), str):
        more = more | {"office": world.offices[where]}
    before = AssignmentLetter.objects.count()

    with pytest.raises(Refused) as refused:
        write(world, by, **more)

    assert code in refused.value.verdict.codes
    assert AssignmentLetter.objects.count() == before


def test_database_refuses_a_letter_without_an_end(world: World) -> None:
    with world.everywhere(), pytest.raises(IntegrityError) as error, transaction.atomic():
        AssignmentLetter.objects.update(valid_until=None)

    assert "institutions_letter_ends" in str(error.value)


def test_pages_record_show_and_end_a_letter(world: World) -> None:
    regional = world.client("regional")
    facts = {
        "auditor": world.staff["auditor"].pk, "number": "ST-7", "issued_on": "2026-11-01",
        "purpose": "Pemeriksaan kas", "valid_from": "2026-11-01", "last_day": "2026-12-31",
        "facilities": [world.atb.pk],
    }  # fmt: skip

    made = regional.post("/desk/letters/new/", facts)
    found = AssignmentLetter.objects.get(number="ST-7")
    both = regional.post("/desk/letters/new/", facts | {"office": world.offices["NTT-KWL"].pk})
    ended = regional.post(f"/desk/letters/{found.pk}/ending/", {"last_day": "2026-11-30"})

    assert made["Location"] == f"/desk/letters/{found.pk}/"
    assert [one.facility for one in found.places.all()] == [world.atb]
    assert both.status_code == 422
    assert ended.status_code == 302
    found.refresh_from_db()
    assert found.last_day == date(2026, 11, 30)
    page = world.client("auditor").get("/desk/akun/").text
    assert "ST-7" in page
    assert "Pemeriksaan kas" in page


def test_list_of_letters_shows_only_places_in_reach(world: World) -> None:
    write(world)
    own, other = world.client("head"), world.client("outside_head")

    with at_most(12):
        seen = own.get("/desk/letters/").text
    hidden = other.get("/desk/letters/").text

    assert "ST-9" in seen
    assert "ST-9" not in hidden
    # The letter over the whole region is about both.
    assert "ST-1" in hidden


def test_today_tells_an_auditor_about_the_letter(world: World) -> None:
    client = world.client("auditor")

    with_letter = client.get("/desk/").text
    end_all(world)
    without = client.get("/desk/").text

    assert "Surat tugas ST-1 berlaku" in with_letter
    assert "letter_missing" in without


def test_today_says_which_period_is_shown(world: World) -> None:
    with world.everywhere():
        AssignmentLetter.objects.update(
            examined_from=date(2026, 1, 1), examined_until=date(2026, 7, 1)
        )

    page = world.client("auditor").get("/desk/").text

    assert "pembukuan 1 Januari 2026 – 30 Juni 2026" in page
