"""The door: what is none of the wanted is refused, and what comes in carries nothing with it."""

import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from berdaya.core.uploads import SCAN, WORKBOOK, Kind, accept
from berdaya.core.verdicts import Refused
from tests.catalog import files
from tests.core.uploads.pdf import packed, pdf

PHOTO = Kind(("jpeg", "png", "webp"), 12_000_000, output="webp", widths=(1200, 480))
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HEIC = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64
GIF_JS = b"GIF89a/*" + b"\x00" * 30 + b"*/=1;alert(1);"
ACTIVE = [
    pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
    pdf("/OpenAction << /S /J#61vaScript /J#53 (x) >>"),
    pdf("/OpenAction << /S /Launch /F (cmd.exe) >>"),
    pdf("/Names << /EmbeddedFiles << >> >>"),
    pdf("/AcroForm << /XFA (x) >>"),
    pdf("", "/AA << /O << /S /URI /URI (http:) >> >>"),
    pdf("", "/Annots [<< /Type /Annot /Subtype /FileAttachment >>]"),
    pdf("", "/Annots [<< /A << /S /SubmitForm /F (http://a) >> >>]"),
    packed("<< /S /JavaScript /JS (x) >>"),
]


def take(content: bytes, kind: Kind = SCAN) -> bytes:
    return accept(BytesIO(content), kind).data


def fifty_megapixels() -> bytes:
    out = BytesIO()
    Image.new("L", (10_000, 5_000)).save(out, "PNG")
    return out.getvalue()


def note_bomb() -> bytes:
    """A PNG whose packed note unpacks to 200 MB."""
    note = b"zTXtnote\0\0" + zlib.compress(b"\0" * 200_000_000, 1)
    chunk = (len(note) - 4).to_bytes(4, "big") + note + zlib.crc32(note).to_bytes(4, "big")
    plain = files.png()
    return plain[:33] + chunk + plain[33:]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "upload_empty"),
        (b"%PDF-" + b"0" * SCAN.max_bytes, "upload_too_heavy"),
        *[
            (one, "upload_wrong_type")
            for one in (HTML, SVG, GIF_JS, b"MZ\x90\0", b"PK\3\4", b"a,b")
        ],
        (files.webp(), "upload_wrong_type"),
        (HEIC, "upload_heic"),
        (fifty_megapixels(), "upload_too_many_pixels"),
        (files.bomb(), "upload_too_many_pixels"),
        (note_bomb(), "upload_broken"),
        (files.jpeg()[:4000], "upload_broken"),
        (b"\xff\xd8\xff" + HTML, "upload_broken"),
        (b"\x89PNG\r\n\x1a\n" + SVG, "upload_broken"),
        *[(one, "pdf_active") for one in ACTIVE],
        (pdf(pages=41), "pdf_too_many_pages"),
        (pdf(trailer="/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 >>"), "pdf_locked"),
        (pdf() + HTML, "pdf_broken"),
        (pdf()[:-60], "pdf_broken"),
        (b"%PDF-1.7 %%EOF", "pdf_broken"),
        (b"GIF89a" + pdf(), "upload_wrong_type"),
    ],
)
def test_what_is_no_harmless_scan_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused, match=f"^{code}$") as refusal:
        take(content)

    reason = refusal.value.verdict.first
    assert reason.text
    assert reason.next_text


def test_a_header_that_claims_a_billion_pixels_is_refused_before_decoding() -> None:
    huge = bytearray(files.png())
    huge[16:24] = (60_000).to_bytes(4, "big") * 2
    huge[29:33] = zlib.crc32(bytes(huge[12:29])).to_bytes(4, "big")

    with pytest.raises(Refused, match=r"^upload_too_many_pixels$"):
        take(bytes(huge))


@pytest.mark.parametrize("content", [pdf(), pdf("/OpenAction [3 0 R /Fit]"), pdf(pages=40)])
def test_a_pdf_of_pages_is_kept_byte_for_byte(content: bytes) -> None:
    accepted = accept(BytesIO(content), SCAN)

    assert (accepted.data, accepted.content_type) == (content, "application/pdf")
    assert len(accepted.digest) == 64


@pytest.mark.parametrize("kind", [SCAN, PHOTO])
@pytest.mark.parametrize("content", [files.jpeg(), files.png()])
def test_nothing_that_the_camera_wrote_stays_in_any_size(content: bytes, kind: Kind) -> None:
    accepted = accept(BytesIO(content), kind)

    for data in (accepted.data, *accepted.sizes.values()):
        for mark in (
            files.SECRET,
            b"Exif",
            b"EXIF",
            b"GPS",
            b"XMP",
            b"xmp",
            b"ICC",
            b"iCC",
            b"adobe",
        ):
            assert mark not in data
        image = Image.open(BytesIO(data))
        assert not image.getexif()
        assert not {"icc_profile", "comment", "xmp", "XML:com.adobe.xmp"} & image.info.keys()


def test_a_scan_is_turned_upright_and_stays_what_it_is() -> None:
    accepted = accept(BytesIO(files.jpeg(orientation=6)), SCAN)

    assert accepted.content_type == "image/jpeg"
    assert (accepted.width, accepted.height) == (1200, 1600)


def test_black_on_white_stays_small() -> None:
    out = BytesIO()
    Image.new("1", (2480, 3508), 1).save(out, "PNG")

    data = take(out.getvalue())

    assert Image.open(BytesIO(data)).mode == "1"
    assert len(data) < 20_000


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", pdf(), b"PK\3\4" + b"\0" * 50])
def test_what_hangs_behind_a_picture_is_lost(tail: bytes) -> None:
    data = take(files.jpeg() + tail)

    assert tail not in data


def test_a_workbook_is_told_from_a_page() -> None:
    assert take(b"PK\3\4" + b"\0" * 40, WORKBOOK)
    assert take(b"Nama,Jumlah\nKain,3\n", WORKBOOK)
    with pytest.raises(Refused, match=r"^upload_wrong_type$"):
        take(HTML, WORKBOOK)


@given(st.data())
def test_damage_is_refused_or_survived(data: st.DataObject) -> None:
    """Whatever is done to a file, the door answers; nothing else ever comes out of it."""
    whole = data.draw(st.sampled_from([pdf(pages=3), packed("<< /S /GoTo /D [3 0 R /Fit] >>")]))
    damaged = bytearray(whole)
    for _time in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(5, len(damaged) - 8))
        damaged[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))

    with suppress(Refused):
        assert take(bytes(damaged)) == bytes(damaged)
