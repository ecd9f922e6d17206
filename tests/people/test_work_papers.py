"""Recording consent, fitness, requests and placements in work: actions, walls, pages."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.core.verdicts import Refused
from berdaya.people.actions import papers
from berdaya.people.models import Consent, FitnessCertificate, OwnRequest, WorkPlacement
from berdaya.people.queries import work_facts
from tests.people.consents import text_of
from tests.world import SINCE, World

DAY = date(2026, 3, 2)


def consent(world: World, by: str = "officer", day: date = DAY, who: str = "cendana") -> Consent:
    with world.acting(by) as scope:
        return papers.record_consent(
            by=scope.actor,
            participant=world.people[who],
            facility=world.atb,
            given_on=day,
            text_version="1",
            language="id",
            witness_role="family",
        )


def fitness(world: World, start: date, days: int = 100, **more: object) -> FitnessCertificate:
    with world.acting() as scope:
        return papers.record_fitness(
            by=scope.actor,
            participant=world.people["cendana"],
            facility=world.atb,
            valid_from=start,
            valid_until=start + timedelta(days=days),
            clinician_role="unit_doctor",
            **more,
        )


def facts(world: World, day: date):
    with world.everywhere():
        person = world.people["cendana"].pk
        return work_facts(world.atb.pk, [person], day)[person]


def test_consent_holds_from_its_day_until_it_is_withdrawn(world: World) -> None:
    given = consent(world)
    with world.acting() as scope:
        papers.withdraw_consent(
            by=scope.actor, consent=given, withdrawn_on=DAY + timedelta(days=10)
        )

    held = [facts(world, DAY + timedelta(days=n)).has_consent for n in (-1, 0, 9, 10)]
    assert held == [False, True, True, False]
    assert consent(world, day=DAY + timedelta(days=20))


def test_second_open_consent_and_wrong_days_are_refused(world: World) -> None:
    given = consent(world)

    with pytest.raises(Refused, match="paper_overlaps"):
        consent(world, day=DAY + timedelta(days=1))
    with pytest.raises(Refused, match="paper_on_wrong_day"):
        consent(world, day=clock.today() + timedelta(days=1), who="lontar")
    with pytest.raises(Refused, match="paper_on_wrong_day"), world.acting() as scope:
        papers.withdraw_consent(by=scope.actor, consent=given, withdrawn_on=DAY - timedelta(days=1))
    with world.everywhere():
        assert Consent.objects.count() == 1


def test_new_fitness_ends_the_one_before(world: World) -> None:
    fitness(world, DAY)
    fitness(world, DAY + timedelta(days=30), is_fit=False)

    assert facts(world, DAY + timedelta(days=29)).is_fit is True
    assert facts(world, DAY + timedelta(days=30)).is_fit is False
    assert facts(world, DAY + timedelta(days=130)).is_fit is None
    with pytest.raises(Refused, match="paper_overlaps"):
        fitness(world, DAY + timedelta(days=30))


def test_only_the_head_places_in_work_and_only_at_the_own_unit(world: World) -> None:
    def place(by: str) -> WorkPlacement:
        with world.acting(by) as scope:
            return papers.place_in_work(
                by=scope.actor,
                participant=world.people["cendana"],
                facility=world.atb,
                line_of_work="tenun",
                decree_no="TPP-1",
                valid_from=DAY,
            )

    for by, code in (("officer", "ability_missing"), ("outside_head", "facility_out_of_scope")):
        with pytest.raises(Refused, match=code):
            place(by)
    row = place("head")
    with world.acting("head") as scope:
        papers.end_work(by=scope.actor, placement=row, ends_on=DAY + timedelta(days=5))

    assert facts(world, DAY + timedelta(days=4)).has_work_placement
    assert not facts(world, DAY + timedelta(days=5)).has_work_placement


def test_paper_for_someone_placed_elsewhere_is_refused_by_the_database(world: World) -> None:
    with (
        pytest.raises(DatabaseError, match="placement_missing"),
        world.everywhere(),
        transaction.atomic(),
    ):
        OwnRequest.objects.create(
            participant=world.people["waru"], facility=world.atb, given_on=DAY
        )


def test_outsider_sees_no_papers(world: World) -> None:
    consent(world)

    with world.acting("outsider"):
        assert not Consent.objects.exists()
    assert world.client("outsider").get(_url(world)).status_code == 404


def _url(world: World, tail: str = "") -> str:
    return f"/desk/wbp/{world.people['cendana'].code}/kerja/{tail}"


def test_page_tells_what_is_missing_and_each_form_records_it(world: World) -> None:
    officer, head = world.client(), world.client("head")
    page = officer.get(_url(world)).content.decode()
    for code in ("consent_missing", "fitness_missing", "work_placement_missing"):
        assert code in page

    day = str(SINCE + timedelta(days=1))
    posts = (
        (officer, "consents/", {"given_on": day, "language": "id", "witness_role": "family",
                                "text": str(text_of().pk)}),
        (officer, "fitness/", {"valid_from": day, "last_day": "2099-01-01", "is_fit": "1",
                               "clinician_role": "unit_doctor"}),
        (head, "placements/", {"line_of_work": " Tenun ", "decided_by_kind": "TPP",
                               "decree_no": "TPP-1", "valid_from": day}),
    )  # fmt: skip
    for client, tail, values in posts:
        assert client.get(_url(world, tail)).status_code == 200
        assert client.post(_url(world, tail), {**values, next(iter(values)): ""}).status_code == 422
        assert client.post(_url(world, tail), values).status_code == 302

    assert "notice-success" in officer.get(_url(world)).content.decode()
    with world.everywhere():
        row = WorkPlacement.objects.get()
        given = Consent.objects.get()
    assert row.line_of_work == "tenun"
    assert (
        officer.post(
            _url(world, f"consents/{given.pk}/ending/"), {"withdrawn_on": str(clock.today())}
        ).status_code
        == 302
    )
    assert "consent_missing" in officer.get(_url(world)).content.decode()
    assert officer.get("/desk/sehat/").status_code == 200


def test_fitness_that_ends_soon_waits_on_today(world: World) -> None:
    today = clock.today()
    fitness(world, today - timedelta(days=90))
    with system_scope("tests", [world.atb.pk]):
        WorkPlacement.objects.create(
            participant=world.people["cendana"],
            facility=world.atb,
            line_of_work="tenun",
            decree_no="1",
            valid_from=today - timedelta(days=90),
        )

    assert "surat sehat hampir habis" in world.client().get("/desk/").content.decode()
