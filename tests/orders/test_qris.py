"""QRIS payloads: the published vectors, round trips, and what is no payload."""

import io

import pytest
import qriskit
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from berdaya.institutions import qris
from tests.orders.scene import STATIC_QRIS

DYNAMIC_QRIS = (
    "00020101021226660016ID.CO.CONTOH.WWW01189360001400000000180213CTH00000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI520459995303360540575000"
    "5802ID5913KARYA WBP NTT6006KUPANG61058511162250112FST26-0001230705POS016304EDB6"
)
BILLS = st.text("ABCDEFGHIJ0123456789-", min_size=1, max_size=25)
AMOUNTS = st.integers(1, 10**12)
VALUES = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=99)


def with_crc(body: str) -> str:
    return body + "6304" + qris.crc16(body + "6304")


def test_checksum_of_the_standard_check_word() -> None:
    assert qris.crc16("123456789") == "29B1"


def test_the_static_vector_is_read() -> None:
    payload = qris.parse(STATIC_QRIS)

    assert payload.is_static
    assert payload.nmid == "ID1020000000001"
    assert (payload.merchant_name, payload.city) == ("KARYA WBP NTT", "KUPANG")
    assert payload.amount_rp is None


def test_the_dynamic_vector_comes_out() -> None:
    assert qris.with_amount(STATIC_QRIS, 75_000, "FST26-000123") == DYNAMIC_QRIS


def test_a_tip_is_left_out() -> None:
    asked = with_crc(STATIC_QRIS[:-8].replace("5802ID", "5502015802ID"))

    assert qris.with_amount(asked, 75_000, "FST26-000123") == DYNAMIC_QRIS


@given(AMOUNTS, BILLS)
def test_amount_and_bill_are_read_back_by_us_and_by_qriskit(amount: int, bill: str) -> None:
    text = qris.with_amount(STATIC_QRIS, amount, bill)
    ours, theirs = qris.parse(text), qriskit.parse(text)

    assert (ours.amount_rp, ours.bill_number, ours.is_static) == (amount, bill, False)
    assert str(ours) == text
    assert int(theirs.amount) == amount
    assert theirs.additional_data.bill_number == bill
    assert ours.get("62").endswith("0705POS01")


@given(st.dictionaries(st.from_regex(r"\A[0-9]{2}\Z"), VALUES, max_size=6))
def test_tags_survive_writing_and_reading(tags: dict[str, str]) -> None:
    assert dict(qris.read_tags(qris.write_tags(tags.items()))) == tags


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not a payload"),
        (STATIC_QRIS[:-1] + "0", "checksum is wrong"),
        (STATIC_QRIS[:-8], "does not stand last"),
        (STATIC_QRIS[:-10], "shorter"),
        (STATIC_QRIS.replace("KUPANG", "KUPÀNG"), "not a payload"),
        (with_crc(STATIC_QRIS[:-8].replace("5303360", "5303840")), "tag 53"),
        (with_crc(STATIC_QRIS[:-8].replace("5802ID", "")), "tag 58"),
        (with_crc(STATIC_QRIS[:-8].replace("010211", "010213")), "neither"),
        (with_crc(STATIC_QRIS[:-8] + "5802ID"), "twice"),
        (with_crc(STATIC_QRIS[:-8].replace("6006KUPANG", "6000")), "shorter"),
        ("hello world, this is text", "four digits"),
    ],
)
def test_what_is_no_payload_says_why(text: str, why: str) -> None:
    with pytest.raises(qris.BadPayload, match=why):
        qris.parse(text)


@pytest.mark.parametrize(("amount", "bill"), [(0, "A"), (-1, "A"), (1, ""), (1, "A" * 26)])
def test_no_amount_and_no_bill_is_refused(amount: int, bill: str) -> None:
    with pytest.raises(qris.BadPayload):
        qris.with_amount(STATIC_QRIS, amount, bill)


def test_a_dynamic_payload_gets_no_second_amount() -> None:
    with pytest.raises(qris.BadPayload, match="not a static"):
        qris.with_amount(DYNAMIC_QRIS, 1, "A")


def test_the_drawn_code_is_read_back_from_its_pixels() -> None:
    text, drawn = qris.with_amount(STATIC_QRIS, 384_417, "LP-ATB-26-PS0001"), io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=6, border=4)

    found = zxingcpp.read_barcode(Image.open(drawn))

    assert found is not None
    assert found.text == text
