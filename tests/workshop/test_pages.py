"""The workshop's pages: what they show, how many queries they take, what they refuse."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from berdaya.core import clock
from berdaya.core.scope import Actor, system_scope
from berdaya.institutions.models import Appointment, Staff
from berdaya.papers.models import Document
from berdaya.people.models import Consent
from berdaya.workshop.actions import batches, materials, sheets
from berdaya.workshop.models import Batch, MaterialLot, WorkLog, WorkSheet
from tests.papers.pages import F4, page_count, page_size
from tests.workshop import scene as scenes
from tests.workshop.scene import Scene
from tests.world import signed_in

BUDGET = 12


@pytest.fixture
def scene(db: None) -> Scene:
    made = scenes.build(2)
    with system_scope("tests", [made.facility.pk]):
        for name, role, place in (
            ("petugas", "officer", made.facility),
            ("kepala", "head", made.facility),
            ("tetangga", "officer", made.outside),
        ):
            Appointment.objects.create(
                staff=Staff.objects.get(username=name),
                role=role,
                facility=place,
                decree_no="SK-1",
                decree_on=scenes.ARRIVED,
                valid_from=scenes.ARRIVED,
            )
    return made


def browser(name: str = "petugas") -> Client:
    return signed_in(Staff.objects.get(username=name))


def sheet_url(scene: Scene, days_ago: int = 0) -> str:
    day = clock.today() - timedelta(days=days_ago)
    return f"/desk/sheets/{scene.workshop.pk}/{day}/"


def typed(scene: Scene, *hours: str, **more: str) -> dict[str, str]:
    lines = {"baris": str(len(hours))}
    for place, text in enumerate(hours):
        lines |= {f"orang-{place}": str(scene.people[place].pk), f"jam-{place}": text}
    return {**lines, **more}


def fill(scene: Scene, n: int) -> None:
    """n people, sheets, batches and material lots on top of what there is."""
    start = len(scene.people)
    with system_scope("tests", [scene.facility.pk]):
        scene.people += [scenes.person(scene.facility, start + 1 + i) for i in range(n)]
    for i in range(n):
        with system_scope("tests", [scene.facility.pk]) as scope:
            fill_one(scene, scope.actor, start + i)


def fill_one(scene: Scene, by: Actor, number: int) -> None:
    today = clock.today()
    past = today - timedelta(days=400)
    batch = batches.start_batch(
        by=by, workshop=scene.workshop, variant=scene.variant, started_on=past
    )
    sheets.record_sheet(
        by=by,
        workshop=scene.workshop,
        day=today - timedelta(days=2 * number + 1),
        rows=[sheets.SheetRow(p.pk, minutes=60, batch_id=batch.pk) for p in scene.people],
    )
    lot = materials.receive_material(
        by=by,
        facility=scene.facility,
        material=scene.material,
        source="own_garden",
        qty=Decimal(2),
        total_rp=1000,
        received_on=past,
    )
    materials.use_material(by=by, batch=batch, material_lot=lot, qty=Decimal(1), used_on=today)


def asks_rows(sql: str) -> bool:
    """Not the scope's own statements, nor those of the test's transaction."""
    return sql.lstrip("(").startswith(("SELECT", "DECLARE")) and "set_config" not in sql


@pytest.mark.parametrize(
    "path",
    [
        "/desk/sheets/",
        "sheet",
        "/desk/batches/",
        "batch",
        "/desk/batches/new/",
        "uses",
        "closing",
        "/desk/materials/",
        "/desk/materials/new/",
        "/desk/workshops/",
        "/desk/workshops/new/",
    ],
)
def test_page_stays_within_its_queries_however_many_rows(scene: Scene, path: str) -> None:
    client = browser()
    counts = []
    for n in (1, 30):
        fill(scene, n)
        with system_scope("tests", [scene.facility.pk]):
            code = Batch.objects.order_by("pk").last().code
        url = {
            "sheet": sheet_url(scene),
            "batch": f"/desk/batches/{code}/",
            "uses": f"/desk/batches/{code}/materials/",
            "closing": f"/desk/batches/{code}/closing/",
        }.get(path, path)
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == 200
        counts.append([query["sql"] for query in found if asks_rows(query["sql"])])

    assert len(counts[0]) == len(counts[1]), "\n".join(counts[1])
    assert len(counts[1]) <= BUDGET, "\n".join(counts[1])


def test_sheet_shows_numbers_and_pseudonyms_and_files_what_was_typed(scene: Scene) -> None:
    client = browser()

    page = client.get(sheet_url(scene)).content.decode()
    answer = client.post(sheet_url(scene), typed(scene, "5,5", "7"))

    assert "Kenari 1" in page
    assert "0 / 40" in page
    assert answer.status_code == 302
    with system_scope("tests", [scene.facility.pk]):
        assert sorted(WorkLog.objects.values_list("minutes", flat=True)) == [330, 420]
        assert not WorkSheet.objects.get().is_keyed_late


def test_sheet_of_an_earlier_day_is_kept_as_keyed_late(scene: Scene) -> None:
    browser().post(sheet_url(scene, 3), typed(scene, "4", **{"tanda-0": "h"}))

    with system_scope("tests", [scene.facility.pk]):
        sheet = WorkSheet.objects.get()
        assert sheet.is_keyed_late
        assert sheet.day == clock.today() - timedelta(days=3)


def test_sheet_says_why_a_line_is_refused_and_keeps_what_was_typed(scene: Scene) -> None:
    with system_scope("tests", [scene.facility.pk]):
        Consent.objects.filter(participant=scene.people[0]).update(
            withdrawn_on=clock.today() - timedelta(days=1)
        )

    answer = browser().post(sheet_url(scene), typed(scene, "5,5", "6"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "consent_missing" in page
    assert 'value="5,5"' in page
    with system_scope("tests", [scene.facility.pk]):
        assert not WorkLog.objects.exists()
        assert not WorkSheet.objects.exists()


@pytest.mark.parametrize("wrong", ["lima", "25", "-1", "5,5,5"])
def test_sheet_says_what_it_could_not_read(scene: Scene, wrong: str) -> None:
    answer = browser().post(sheet_url(scene), typed(scene, wrong))

    assert answer.status_code == 422
    assert "work_unreadable" in answer.content.decode()


def test_sheet_is_filled_like_the_day_before(scene: Scene) -> None:
    client = browser()
    client.post(sheet_url(scene, 1), typed(scene, "6,5", "4", **{"tanda-1": "S"}))

    page = client.get(sheet_url(scene) + "?isi=sebelumnya").content.decode()

    assert 'value="6,5"' in page
    assert 'value="S"' in page
    with system_scope("tests", [scene.facility.pk]):
        assert WorkSheet.objects.count() == 1


def test_sheet_of_another_unit_is_not_found_and_the_head_only_reads(scene: Scene) -> None:
    assert browser("tetangga").get(sheet_url(scene)).status_code == 404
    assert browser("tetangga").post(sheet_url(scene), typed(scene, "5")).status_code == 404
    head = browser("kepala")

    assert "Simpan daftar hadir" not in head.get(sheet_url(scene)).content.decode()
    assert head.post(sheet_url(scene), typed(scene, "5")).status_code == 422
    with system_scope("tests", [scene.facility.pk]):
        assert not WorkLog.objects.exists()


def test_batch_from_its_start_to_its_printed_record(scene: Scene) -> None:
    client, today = browser(), str(clock.today())
    started = client.post(
        "/desk/batches/new/",
        {
            "workshop": scene.workshop.pk,
            "variant": scene.variant.pk,
            "pay_basis": "hours",
            "started_on": today,
        },
    )
    with system_scope("tests", [scene.facility.pk]):
        batch = Batch.objects.get()
    base = f"/desk/batches/{batch.code}/"
    assert started["Location"] == base
    bought = {
        "new_material": "Benang katun",
        "source": "purchase",
        "reference": "N-12",
        "received_on": today,
        "qty": "2,5",
        "measure": scene.material.measure_id,
        "total_rp": "Rp 100.000,-",
    }
    assert client.post("/desk/materials/new/", bought).status_code == 302
    with system_scope("tests", [scene.facility.pk]):
        lot = MaterialLot.objects.get()
    taken = {"material_lot": lot.pk, "qty": "1", "used_on": today}
    assert client.post(f"{base}materials/", taken).status_code == 302
    assert client.post(f"{base}materials/", {**taken, "qty": "9"}).status_code == 409
    client.post(
        sheet_url(scene),
        typed(scene, "5", "6", **{"batch-0": str(batch.pk), "batch-1": str(batch.pk)}),
    )
    assert client.post(f"{base}record/").status_code == 409
    end = {"closed_on": today, "good_qty": "12", "place": scene.place.pk}
    lossy = client.post(f"{base}closing/", {**end, "input_qty": "20"})
    assert lossy.status_code == 409
    assert "loss_reason_missing" in lossy.content.decode()

    assert client.post(f"{base}closing/", end).status_code == 302

    page = client.get(base).content.decode()
    assert "Rp40.000" in page
    record = client.post(f"{base}record/")
    assert record.content[:4] == b"%PDF"
    assert client.post(f"{base}closing/", end).status_code == 409


@pytest.mark.parametrize(
    ("path", "kind", "numbers"),
    [
        ("sheets/{shop}/{today}/blank/", "DHHK", 1),
        ("sheets/{shop}/{today}/filled/", "DHHK", 1),
        ("sheets/{shop}/{monday}/cards/", "KK", 2),
        ("work-cards/{person}/{monday}/", "KK", 1),
    ],
)
def test_sheet_and_cards_are_numbered_once(
    scene: Scene, path: str, kind: str, numbers: int
) -> None:
    client = browser()
    client.post(sheet_url(scene), typed(scene, "5,5", "7"))
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    person = scene.people[0].code
    url = "/desk/" + path.format(shop=scene.workshop.pk, today=today, monday=monday, person=person)

    first, again = client.post(url), client.post(url, {"paper": "f4"})

    assert first.content[:4] == again.content[:4] == b"%PDF"
    assert page_size(again.content) == F4
    with system_scope("tests", [scene.facility.pk]):
        papers = list(Document.objects.filter(type__code=kind).order_by("number"))
        unit = scene.facility.code
        assert [one.number for one in papers] == list(range(1, numbers + 1))
        assert all(f"/{kind}/{unit}/" in one.number_text for one in papers)
        assert all((one.printed_count, one.is_copy) == (2, True) for one in papers)
    for one in papers:
        assert client.post(f"/desk/documents/{one.pk}/printing/").content[:4] == b"%PDF"
        assert client.get(f"/desk/documents/{one.pk}/").status_code == 200
    assert client.post(url, {"paper": "80mm"}).status_code == 409


@pytest.mark.parametrize("paper", ["f4", "a4"])
def test_blank_sheet_fits_one_page(scene: Scene, paper: str) -> None:
    answer = browser().post(f"{sheet_url(scene)}blank/", {"paper": paper})

    assert page_count(answer.content) == 1


def test_sheet_that_was_not_filed_has_no_number(scene: Scene) -> None:
    answer = browser().post(f"{sheet_url(scene)}filled/")

    assert answer.status_code == 404
    with system_scope("tests", [scene.facility.pk]):
        assert not Document.objects.exists()
