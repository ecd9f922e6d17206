"""The paper: a name only on it, a code that leads to the page, nothing of the place."""

import io
import re
from pathlib import Path

import pypdf
import pytest
import typst
import zxingcpp
from PIL import Image

from berdaya.people.models import Reveal, RevealedPerson
from berdaya.training.models import Certificate
from tests.people.names import NAMES, plant, told
from tests.training.certificate_scene import end, issued
from tests.training.test_verify_page import WORDS
from tests.world import World

pytestmark = pytest.mark.usefixtures("db")


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return "\n".join(one.extract_text() for one in pages)


def printed(world: World, row: Certificate, by: str = "officer") -> bytes:
    answer = world.client(by).post(f"/desk/certificates/{row.code}/paper/")
    assert answer.status_code == 200, answer.content.decode()[:300]
    assert answer["Cache-Control"] == "no-store, private"
    return answer.content


def read_code(pdf: bytes, folder: Path) -> str:
    """Draw the PDF on a page of its own and let a reader look for codes."""
    (folder / "a.pdf").write_bytes(pdf)
    source = folder / "a.typ"
    source.write_text(
        '#set page(width: 297mm, height: 210mm, margin: 0mm)\n#image("a.pdf", width: 297mm)'
    )
    drawn = typst.compile(source, format="png", ppi=200)
    picture = Image.open(io.BytesIO(drawn if isinstance(drawn, bytes) else drawn[0]))
    return zxingcpp.read_barcodes(picture)[0].text


def test_paper_has_name_and_code_and_keeps_quiet(world: World) -> None:
    plant(world, "cendana")
    (row,) = issued(world, "cendana")
    assert row.credential is not None

    pdf = printed(world, row)
    text = text_of(pdf)

    assert NAMES["cendana"] in text
    assert row.credential.number in text
    assert "Balai Latihan Contoh".upper() in text.upper()
    assert not WORDS.findall(text)
    meta = pypdf.PdfReader(io.BytesIO(pdf)).metadata
    assert not WORDS.findall(str(meta))
    width, height = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox[2:]
    assert round(width) == 842
    assert round(height) == 595


def test_code_on_paper_leads_to_the_page(world: World, tmp_path: Path) -> None:
    plant(world, "cendana")
    (row,) = issued(world, "cendana")
    assert row.credential is not None

    address = read_code(printed(world, row), tmp_path)

    assert address.endswith(f"/sertifikat/{row.credential.public_code}")


def test_opening_is_logged_and_no_name_is_kept(world: World) -> None:
    plant(world, "cendana", "lontar")
    rows = issued(world)
    path = f"/desk/session-certificates/{rows[0].session.code}/papers/"

    pdf = world.client().post(path).content

    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 2
    assert {"cendana", "lontar"} <= told(text_of(pdf))
    with world.everywhere():
        reveal = Reveal.objects.get()
        assert (reveal.purpose, reveal.count) == ("certify", 2)
        assert {tuple(one.fields) for one in RevealedPerson.objects.all()} == {("name",)}
        kept = str(list(Certificate.objects.values())) + "".join(
            str(row.credential.jwt) for row in rows if row.credential
        )
    assert not told(kept)


def test_desk_pages_show_no_name(world: World) -> None:
    plant(world, "cendana")
    (row,) = issued(world, "cendana")
    client = world.client()

    for path in (
        "/desk/certificates/", f"/desk/certificates/{row.code}/",
        f"/desk/session-certificates/{row.session.code}/",
    ):  # fmt: skip
        html = client.get(path).content.decode()
        assert re.search(world.people["cendana"].pseudonym, html)
        assert not told(html)


def test_revoked_certificate_is_not_printed(world: World) -> None:
    plant(world, "cendana")
    (row,) = issued(world, "cendana")
    end(world, row)

    answer = world.client().post(f"/desk/certificates/{row.code}/paper/")

    assert answer.status_code == 409
    assert "certificate_not_issued" in answer.content.decode()
    with world.everywhere():
        assert not Reveal.objects.exists()


def test_without_a_name_there_is_no_paper(world: World) -> None:
    (row,) = issued(world, "cendana")

    answer = world.client().post(f"/desk/certificates/{row.code}/paper/")

    assert answer.status_code == 409
    assert "certificate_name_gone" in answer.content.decode()


@pytest.mark.parametrize("who", ["head", "humas", "outsider", "auditor", "mentor"])
def test_others_open_no_name_for_a_paper(world: World, who: str) -> None:
    plant(world, "cendana")
    (row,) = issued(world, "cendana")

    answer = world.client(who).post(f"/desk/certificates/{row.code}/paper/")

    assert answer.status_code in {403, 404}
    with world.everywhere():
        assert not Reveal.objects.exists()
