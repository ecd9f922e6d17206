"""BAST and kuitansi: numbered once, A4 and F4, signed by those who answer for it."""

import re
from decimal import Decimal

import pytest

from berdaya.papers.models import Document
from berdaya.proceeds.actions.consignments import ConsignmentInput, hand_over
from berdaya.proceeds.models import Sale
from berdaya.stock.models import Place
from tests.papers.pages import A4, A5, F4, page_size
from tests.proceeds.scene import SOLD, Scene, build
from tests.world import World


@pytest.fixture
def scene(world: World) -> Scene:
    with world.everywhere():
        return build(world)


@pytest.fixture
def sale(world: World, scene: Scene) -> Sale:
    with world.everywhere():
        return scene.sell(2, buyer_kind="agency", buyer_label="Dinas Contoh")


def paper_of(world: World, kind: str) -> Document:
    with world.everywhere():
        return Document.objects.select_related("type").get(type__code=kind)


def test_handover_of_a_sale_is_numbered_once(world: World, sale: Sale) -> None:
    client, url = world.client(), f"/desk/sales/{sale.code}/handover/"

    first, again = client.post(url), client.post(url, {"paper": "f4"})

    assert (page_size(first.content), page_size(again.content)) == (A4, F4)
    paper = paper_of(world, "BAST")
    assert paper.number_text == "001/BAST/LP-ATB/III/2026"
    assert (paper.subject_ref, paper.printed_count) == (f"sale:{sale.code}", 2)
    assert [one["role"] for one in paper.signers] == ["officer", "head"]


def test_handover_of_a_consignment(world: World, scene: Scene) -> None:
    with world.everywhere():
        shelf = Place.objects.create(facility=scene.facility, name="Dekranasda", kind="consignee")
        made = hand_over(
            by=scene.by, facility=scene.facility, book=scene.book, from_place=scene.place,
            place=shelf, buyer_kind="shop", handed_on=SOLD,
            lines=[ConsignmentInput(scene.variant.pk, Decimal(3), 90_000)],
        )  # fmt: skip

    answer = world.client().post(f"/desk/consignments/{made.code}/handover/")

    assert answer.content[:4] == b"%PDF"
    assert paper_of(world, "BAST").subject_ref == f"consignment:{made.code}"


def test_kuitansi_is_signed_by_who_received_the_money(world: World, sale: Sale) -> None:
    with world.everywhere():
        payment = sale.payments.get()
    client, url = world.client(), f"/desk/payments/{payment.pk}/acknowledgement/"

    first, again = client.post(url), client.post(url, {"paper": "a4"})

    assert (page_size(first.content), page_size(again.content)) == (A5, A4)
    paper = paper_of(world, "KW")
    assert re.fullmatch(r"001/KW/LP-ATB/III/2026", paper.number_text)
    assert [one["name"] for one in paper.signers] == ["Cooperative Contoh"]
    assert client.post(f"/desk/documents/{paper.pk}/printing/").content[:4] == b"%PDF"


def test_outsider_finds_neither_and_draws_no_number(world: World, sale: Sale) -> None:
    with world.everywhere():
        payment = sale.payments.get()
    outsider = world.client("outsider")

    answers = [
        outsider.post(f"/desk/sales/{sale.code}/handover/"),
        outsider.post(f"/desk/payments/{payment.pk}/acknowledgement/"),
    ]

    assert [one.status_code for one in answers] == [404, 404]
    with world.everywhere():
        assert not Document.objects.exists()
