"""The nota on paper: rendered at 58 mm, read back as text and by its QR."""

import io
import json

import pytest
import typst
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from berdaya.core.scope import acting
from berdaya.look import paper
from berdaya.papers.prints import render
from berdaya.till.actions.closing import close_session, receive_cash
from berdaya.till.models import StallSale
from berdaya.till.prints_sales import nota_pdf, nota_words
from berdaya.till.views.shared_sales import NOTA_WITH
from tests.till.stall_scene import Fair, open_fair, qris_paid
from tests.world import World

POINTS_A_MM = 72 / 25.4


@pytest.fixture
def fair(world: World) -> Fair:
    with world.everywhere():
        return open_fair(world)


def reread(nota: StallSale) -> StallSale:
    return StallSale.objects.select_related(*NOTA_WITH).get(pk=nota.pk)


def test_a_roll_of_58_mm_carries_everything_a_nota_needs(fair: Fair) -> None:
    nota = fair.sell(fair.open(), 1, 3)

    with fair.world.everywhere():
        page = PdfReader(io.BytesIO(nota_pdf(reread(nota), "58mm"))).pages[0]

    assert round(float(page.mediabox.width) / POINTS_A_MM) == 58
    words = " ".join(page.extract_text().split())
    for told in (
        nota.code, "Koperasi Contoh Atambua", "Selendang 60 cm", "Sabun kelapa 100 g",
        fair.scene.lot.code, fair.other.lot.code, "Lapas Kelas IIA Kupang", "3 × Rp37.250",
        "WITA", "Penjaga stan", "Tunai", "Pembulatan", "Rp211.500",
    ):  # fmt: skip
        assert told in words, told
    assert "Seller Contoh" not in words


def test_its_qr_leads_to_the_origin_of_the_goods(fair: Fair) -> None:
    nota = fair.sell(fair.open(), 1)
    with fair.world.everywhere():
        data = nota_words(reread(nota)) | {"motif": ""}

    picture = typst.compile(
        paper.ROOMS / "till/typst/nota.typ", root=paper.ROOMS, format="png", ppi=203,
        sys_inputs={"data": json.dumps(data, default=str), "paper": "58mm"},
        ignore_system_fonts=True,
    )  # fmt: skip

    # 203 dots an inch is what a thermal printer has.
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert [one.text for one in read] == [
        f"http://localhost:8000/asal/{fair.scene.lot.public_code}"
    ]


def test_a_void_nota_says_so_and_a_qris_nota_its_reference(fair: Fair) -> None:
    nota = fair.sell(fair.open(), 0, 1, payment=qris_paid("7781"))

    with fair.world.everywhere():
        text = PdfReader(io.BytesIO(nota_pdf(reread(nota), "a6"))).pages[0].extract_text()

    assert "7781" in text
    assert "tiga puluh tujuh ribu dua ratus lima puluh rupiah" in " ".join(text.split())


def test_cash_handed_in_has_a_kuitansi(fair: Fair) -> None:
    session = fair.open()
    with acting(fair.actor_of("seller"), "test") as scope:
        close_session(by=scope.actor, session=session, counts={100_000: 2})
    with acting(fair.actor_of("receipts"), "test") as scope:
        handover = receive_cash(by=scope.actor, handover=session.closing.handover)

    with fair.world.everywhere():
        handover.refresh_from_db()
        text = PdfReader(io.BytesIO(render(handover.document))).pages[0].extract_text()

    words = " ".join(text.split())
    assert "Rp200.000" in words
    assert "Penjaga stan 3 Karya Belu" in words
    assert "Receipts Contoh" in words
