"""The demo cast: marked as invented, the same on every run, refused where the world is real."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from berdaya.core.demo import DemoContext
from berdaya.core.scope import system_scope
from berdaya.institutions import demo as institutions
from berdaya.institutions.actions.reference import load_reference
from berdaya.institutions.models import Appointment, Facility, Party, Staff
from berdaya.institutions.queries import actor_of, is_demo
from berdaya.people import demo as people
from berdaya.people.models import Participant, Placement, StatusPeriod

pytestmark = pytest.mark.usefixtures("db")
TODAY = date(2026, 11, 23)


def load() -> None:
    with system_scope("reference", []) as scope:
        load_reference(by=scope.actor)
    context = DemoContext(today=TODAY)
    institutions.load(context)
    people.load(context)


def test_demo_world_holds_what_it_promises() -> None:
    load()

    assert is_demo()
    with institutions.demo_scope():
        assert 270 <= Participant.objects.count() <= 320
        small = [
            code
            for code, pk in Facility.objects.values_list("code", "pk")
            if Placement.objects.on(TODAY).filter(facility_id=pk).count() < 5
        ]
        assert sorted(small) == ["LP-BAA", "LPT-WKB"]
        lpka = Facility.objects.get(code="LPKA-KPG")
        assert {row.status for row in StatusPeriod.objects.filter(facility=lpka)} == {"anak"}
    sellers = {p.code for p in Party.objects.filter(regimes__isnull=False)}
    assert {"LP-WGP", "RT-BJW", "CV-RT-RTG", "KOP-LP-ATB"} <= sellers
    assert all("Contoh" in one.display_name for one in Staff.objects.all())
    assert Appointment.objects.on(TODAY).filter(kind="plh").count() == 1
    officer = Staff.objects.get(username="petugas.atb")
    assert actor_of(officer, TODAY).facility_ids == {Facility.objects.get(code="LP-ATB").pk}


def test_demo_world_loaded_twice_is_the_same() -> None:
    load()
    with institutions.demo_scope():
        before = list(Placement.objects.order_by("pk").values_list("work_number", "valid_from"))

    load()

    with institutions.demo_scope():
        after = list(Placement.objects.order_by("pk").values_list("work_number", "valid_from"))
    assert before == after


def test_demo_logins_are_printed_only_for_the_demo() -> None:
    with pytest.raises(CommandError):
        call_command("demo_logins", stdout=StringIO())
    load()
    out = StringIO()

    call_command("demo_logins", stdout=out)

    assert "petugas.atb" in out.getvalue()
    assert institutions.PASSWORD in out.getvalue()
