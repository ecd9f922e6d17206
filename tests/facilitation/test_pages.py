"""The pages of help and readiness: what each side finds on them, and what they cost."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from berdaya.facilitation.actions.working import give_up_case, record_step, write_message
from berdaya.facilitation.models import Case, CaseMessage, CaseStep
from tests.counting import at_most
from tests.equipment.scene import house
from tests.facilitation.scene import (
    asked,
    assigned,
    permit,
    running,
    snack,
    steps_of,
    today,
    walk,
)
from tests.world import World

READERS = ["officer", "head", "mentor", "umkm_officer", "regional"]


def addresses(case: Case, product: str) -> list[str]:
    one = f"/desk/facilitation/{case.code}/"
    return [
        "/desk/facilitation/", one, "/desk/facilitation/figures/",
        "/desk/facilitation/figures/?jenis=nib&provinsi=53&semua=1", "/desk/readiness/",
        f"/desk/readiness/{product}/", "/desk/readiness/units/LP-ATB/",
    ]  # fmt: skip


def is_ticked(form: str, pk: int) -> bool:
    return "checked" in form.split(f'name="products" value="{pk}"')[1].split(">")[0]


def talked(world: World, case: Case, times: int = 1) -> None:
    for who in ("officer", "mentor") * times:
        with world.acting(who) as scope:
            write_message(by=scope.actor, case=case, text="Label sudah dibuat", asks=True)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", READERS)
def test_pages_take_at_most_twelve_statements(world: World, who: str, rows: int) -> None:
    chips = snack(world)
    permit(world, "nib", chips)
    case = running(world, chips)
    talked(world, case, rows)
    for number in range(rows - 1):
        running(world, snack(world, f"KUE{number}", f"Kue contoh {number}"))
    client = world.client(who)

    for url in addresses(case, chips.code):
        with at_most(12):
            response = client.get(url)
        assert response.status_code == 200, url
        assert "None" not in response.content.decode(), url


def test_no_page_of_a_mentor_names_a_person(world: World) -> None:
    chips = snack(world)
    case = running(world, chips)
    talked(world, case)
    client = world.client("mentor")
    words = [
        word
        for person in world.people.values()
        for word in (person.code, person.pseudonym, "A-001", "A-002", "A-003")
    ]
    pages = [
        *addresses(case, chips.code), "/desk/", "/desk/umkm/", "/desk/facilitation/?ekspor=csv",
        "/desk/readiness/?ekspor=csv", "/desk/facilitation/figures/?ekspor=csv",
        f"/desk/facilitation/{case.code}/promise/",
        f"/desk/facilitation-steps/{steps_of(world, case)[0].pk}/completion/",
    ]  # fmt: skip

    for url in pages:
        answer = client.get(url)
        page = (
            b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
        ).decode()
        assert answer.status_code == 200, url
        for word in words:
            assert word not in page, (url, word)


def test_from_a_lacking_product_to_a_finished_case(world: World) -> None:
    chips = snack(world)
    permit(world, "nib", chips)
    officer, umkm, mentor = (world.client(who) for who in ("officer", "umkm_officer", "mentor"))
    page = officer.get(f"/desk/readiness/{chips.code}/").content.decode()
    address = f"/desk/facilitation-requests/?kind=pirt&amp;product={chips.code}"
    assert address in page
    form = officer.get(address.replace("&amp;", "&")).content.decode()
    assert is_ticked(form, chips.pk)
    ask = {
        "kind": "pirt", "products": [chips.pk], "office": world.offices["UMKM"].pk,
        "wish": "Izin edar keripik",
    }  # fmt: skip
    assert officer.post("/desk/facilitation-requests/", ask).status_code == 302
    with world.everywhere():
        case = Case.objects.get()
    one = f"/desk/facilitation/{case.code}/"
    assert umkm.post(f"{one}assignment/", {"mentor": world.staff["mentor"].pk}).status_code == 302
    assert one in mentor.get("/desk/").content.decode()
    promised = today() + timedelta(days=40)
    assert mentor.post(f"{one}taking/", {"promised_on": promised}).status_code == 302
    picture = BytesIO()
    Image.new("RGB", (40, 40), "white").save(picture, "PNG")
    for step in steps_of(world, case)[1:]:
        told = {
            "done_on": today(), "paper_no": f"BA {step.position}",
            "document": SimpleUploadedFile("kertas.png", picture.getvalue()),
        }  # fmt: skip
        url = f"/desk/facilitation-steps/{step.pk}/completion/"
        assert mentor.post(url, told).status_code == 302
    text = {"text": "Nomornya sudah terbit, catat izinnya", "asks": "on"}
    assert mentor.post(f"{one}messages/", text).status_code == 302
    assert "menunggu jawaban Anda" in officer.get("/desk/").content.decode()
    shown = officer.get(one).content.decode()
    assert "/desk/permits/new/?kind=" in shown
    last = steps_of(world, case)[-1].pk
    scan = officer.get(f"/desk/facilitation-steps/{last}/document/")
    assert scan["Content-Type"] == "image/png"
    assert officer.post(f"{one}finishing/", {"cost_rp": "0"}).status_code == 409
    permit(world, "spp_irt", chips)
    assert officer.post(f"{one}finishing/", {"cost_rp": "150.000"}).status_code == 302

    with world.everywhere():
        done = Case.objects.get()
        assert (done.state, done.cost_rp, done.permit.kind.code) == ("done", 150_000, "spp_irt")
        assert CaseMessage.objects.get().text == text["text"]


def test_what_is_typed_in_the_address_begins_the_permit(world: World) -> None:
    chips = snack(world)
    case = running(world, chips)

    url = f"/desk/permits/new/?kind={case.permit_kind_id}&products={chips.pk}"
    form = world.client().get(url).content.decode()

    assert f'<option value="{case.permit_kind_id}" selected>' in form
    assert "checked" in form.split(f'name="covered" value="p{chips.pk}"')[1].split(">")[0]


def test_self_declaration_says_every_reason_on_the_page(world: World) -> None:
    chips = snack(world)
    ask = {
        "kind": "halal_self", "products": [chips.pk], "office": world.offices["UMKM"].pk,
        "wish": "Halal", "scale": "medium", "sites": 2, "outlets": 1,
    }  # fmt: skip

    answer = world.client().post("/desk/facilitation-requests/", ask)
    page = answer.content.decode()

    assert answer.status_code == 409
    for code in ("self_declare_nib", "self_declare_size", "self_declare_materials"):
        assert code in page
    for code in ("self_declare_process", "self_declare_sites"):
        assert code in page
    with world.everywhere():
        assert not Case.objects.exists()


def test_self_declaration_asks_for_its_answers(world: World) -> None:
    chips = snack(world)
    ask = {
        "kind": "halal_self", "products": [chips.pk], "office": world.offices["UMKM"].pk,
        "wish": "Halal",
    }  # fmt: skip

    answer = world.client().post("/desk/facilitation-requests/", ask)

    assert answer.status_code == 422
    for name in ("scale", "sites", "outlets"):
        assert f'id="id_{name}_errors"' in answer.content.decode(), name


@pytest.mark.parametrize(("days", "told"), [(2, False), (3, True)])
def test_an_officer_is_told_what_nobody_was_given(world: World, days: int, told: bool) -> None:
    case = asked(world, snack(world))
    with world.everywhere():
        # The day is fixed by a trigger: the row is made anew, as if it had been asked then.
        row = Case.objects.get(pk=case.pk)
        row.pk, row.code, row.asked_on = None, f"{case.code}9", today() - timedelta(days=days)
        row.save(force_insert=True)

    page = world.client("umkm_officer").get("/desk/").content.decode()

    assert (f"/desk/facilitation/{row.code}/" in page) is told
    assert f"/desk/facilitation/{case.code}/" not in page


def test_what_is_late_is_said_to_both_sides(world: World) -> None:
    case = running(world, snack(world))
    with world.everywhere():
        Case.objects.filter(pk=case.pk).update(promised_on=today() - timedelta(days=1))

    for who in ("officer", "mentor"):
        client = world.client(who)
        page = client.get("/desk/").content.decode()
        assert "Fasilitasi P-IRT terlambat" in page, who
        assert "Terlambat" in client.get(f"/desk/facilitation/{case.code}/").content.decode()
    listed = world.client().get("/desk/facilitation/?keadaan=late").content.decode()
    assert case.code in listed


def test_a_unit_is_told_what_only_needs_its_permit(world: World) -> None:
    case = running(world, snack(world))
    walk(world, case)

    page = world.client().get("/desk/").content.decode()

    assert "P-IRT siap diselesaikan" in page
    assert case.code in world.client().get("/desk/facilitation/?keadaan=ready").content.decode()


def test_another_unit_finds_nothing(world: World) -> None:
    chips = snack(world)
    case = running(world, chips)
    client = world.client("outsider")

    for url in (
        f"/desk/facilitation/{case.code}/", f"/desk/readiness/{chips.code}/",
        "/desk/readiness/units/LP-ATB/",
    ):  # fmt: skip
        assert client.get(url).status_code == 404, url
    assert case.code not in client.get("/desk/facilitation/").content.decode()


def test_a_mentor_who_keeps_a_production_house_reads_whose_case_it_is(world: World) -> None:
    running(world, snack(world))
    house(world)

    page = world.client("mentor").get("/desk/facilitation/").content.decode()

    assert world.atb.name in page
    assert (
        world.atb.name
        not in world.client().get("/desk/facilitation/").content.decode().split("<table")[1]
    )


def test_what_is_open_stands_above_what_is_closed(world: World) -> None:
    closed = running(world, snack(world))
    with world.acting() as scope:
        give_up_case(by=scope.actor, case=closed, reason="Tidak dibuat lagi")
    open_one = asked(world, snack(world, "KUE", "Kue contoh"))

    page = world.client("umkm_officer").get("/desk/facilitation/").content.decode()

    assert page.index(open_one.code) < page.index(closed.code)


def test_requests_for_help_stand_on_the_umkm_desk_oldest_first(world: World) -> None:
    old, new = asked(world, snack(world)), assigned(world, asked(world, snack(world, "KUE", "Kue")))

    page = world.client("umkm_officer").get("/desk/umkm/").content.decode()

    assert page.index(f"/desk/facilitation/{old.code}/") < page.index(new.code)


def test_a_step_is_marked_as_not_needed_with_its_reason(world: World) -> None:
    case = running(world, snack(world))
    step = steps_of(world, case)[0]
    client = world.client()

    url = f"/desk/facilitation-steps/{step.pk}/omission/"
    assert client.post(url, {"reason": "NIB mitra dipakai"}).status_code == 302

    assert "NIB mitra dipakai" in client.get(f"/desk/facilitation/{case.code}/").content.decode()
    with world.everywhere():
        assert CaseStep.objects.get(pk=step.pk).is_over
    second = steps_of(world, case)[1]
    with world.acting() as scope:
        assert second.began_on == today()
        record_step(by=scope.actor, step=second, done_on=today())
