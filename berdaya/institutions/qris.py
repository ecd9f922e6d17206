"""QRIS payloads (EMVCo tags, QR): read, checked, and given an amount and a bill number.

A payload is a row of tag (2 digits), length (2 digits) and value; some values are such rows again.
The last one, tag 63, is a CRC-16/CCITT-FALSE over everything before its own value.
"""

from binascii import crc_hqx
from collections.abc import Iterable
from dataclasses import dataclass

AMOUNT, BILL, CRC = "54", "62", "63"
BILL_NUMBER = "01"
STATIC, DYNAMIC = "11", "12"
MOST_BILL = 25
Tags = tuple[tuple[str, str], ...]


class BadPayload(ValueError):
    """A payload that no wallet would take; the text says why, and quotes nothing of it."""


def crc16(text: str) -> str:
    """CRC-16/CCITT-FALSE as four upper-case hex digits: `123456789` gives 29B1."""
    return f"{crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def read_tags(text: str) -> Tags:
    """The tags of a payload or of a value that holds tags again, in their order; BadPayload."""
    found, at = [], 0
    while at < len(text):
        head = text[at : at + 4]
        if len(head) < 4 or not (head.isascii() and head.isdigit()):
            raise BadPayload("a tag and its length are four digits")
        value = text[at + 4 : at + 4 + int(head[2:])]
        if not value or len(value) < int(head[2:]):
            raise BadPayload("a value is shorter than its length says")
        found.append((head[:2], value))
        at += 4 + len(value)
    if len({tag for tag, _value in found}) < len(found):
        raise BadPayload("a tag appears twice")
    return tuple(found)


def write_tags(tags: Iterable[tuple[str, str]]) -> str:
    """Tags as text; BadPayload for a value that is empty or longer than 99."""
    parts = []
    for tag, value in tags:
        if not 1 <= len(value) <= 99:
            raise BadPayload("a value has 1 to 99 characters")
        parts.append(f"{tag}{len(value):02d}{value}")
    return "".join(parts)


@dataclass(frozen=True)
class Payload:
    """What a payload says: its tags without the CRC, which was right."""

    tags: Tags

    @property
    def is_static(self) -> bool:
        """Without an amount of its own."""
        return self.get("01") == STATIC

    @property
    def nmid(self) -> str:
        """The national merchant id: ID and 13 digits; empty where there is none."""
        return dict(self._inside("51")).get("02", "")

    @property
    def merchant_ids(self) -> frozenset[str]:
        """Every id under which one of its accounts knows the merchant."""
        found = (dict(read_tags(value)).get("02", "") for value in self._accounts())
        return frozenset(filter(None, found))

    @property
    def merchant_name(self) -> str:
        """What a wallet shows before paying, at most 25 characters."""
        return self.get("59")

    @property
    def city(self) -> str:
        """Where the merchant is, at most 15 characters."""
        return self.get("60")

    @property
    def amount_rp(self) -> int | None:
        """Whole rupiah to be paid; None where the payer types them."""
        amount = self.get(AMOUNT)
        return int(amount.partition(".")[0]) if amount else None

    @property
    def bill_number(self) -> str:
        """The order's own code."""
        return dict(self._inside(BILL)).get(BILL_NUMBER, "")

    def get(self, tag: str) -> str:
        """The value of a tag, empty where it is missing."""
        return dict(self.tags).get(tag, "")

    def _accounts(self) -> list[str]:
        return [value for tag, value in self.tags if "26" <= tag <= "51"]

    def _inside(self, tag: str) -> Tags:
        value = self.get(tag)
        return read_tags(value) if value else ()

    def __str__(self) -> str:
        body = write_tags(self.tags) + f"{CRC}04"
        return body + crc16(body)


NEEDED = {"00": "01", "53": "360", "58": "ID"}


def parse(text: str) -> Payload:
    """A payload whose form, country, currency and CRC are right; BadPayload says what is not."""
    text = text.strip()
    if not text.isascii() or len(text) < 8:
        raise BadPayload("not a payload")
    tags = read_tags(text)
    if tags[-1][0] != CRC or text[-8:-4] != f"{CRC}04":
        raise BadPayload("the checksum does not stand last")
    if crc16(text[:-4]) != text[-4:].upper():
        raise BadPayload("the checksum is wrong")
    payload = Payload(tags[:-1])
    _require_whole(payload)
    return payload


def _require_whole(payload: Payload) -> None:
    for tag, value in NEEDED.items():
        if payload.get(tag) != value:
            raise BadPayload(f"tag {tag} is not {value}")
    if payload.get("01") not in (STATIC, DYNAMIC):
        raise BadPayload("neither static nor dynamic")
    for tag in ("52", "59", "60"):
        if not payload.get(tag):
            raise BadPayload(f"tag {tag} is missing")
    if not payload._accounts():
        raise BadPayload("no merchant account")
    for value in (*payload._accounts(), payload.get(BILL)):
        read_tags(value)
    amount = payload.get(AMOUNT)
    if amount and not amount.partition(".")[0].isdigit():
        raise BadPayload("the amount is no number")


def with_amount(static: str, amount_rp: int, bill_number: str) -> str:
    """A static payload made dynamic: amount and bill number put in, tags in order, CRC anew.

    Whole rupiah above 0; a bill number of at most 25 characters. All else stays as registered,
    but a tip (55 to 57), which would change the amount. Raises BadPayload.
    """
    payload = parse(static)
    if not payload.is_static:
        raise BadPayload("not a static payload")
    if amount_rp <= 0:
        raise BadPayload("an amount is above zero")
    if not (bill_number.isascii() and 1 <= len(bill_number) <= MOST_BILL):
        raise BadPayload("a bill number has 1 to 25 characters")
    inside = dict(payload._inside(BILL)) | {BILL_NUMBER: bill_number}
    tags = {tag: value for tag, value in payload.tags if tag not in ("55", "56", "57")}
    tags |= {"01": DYNAMIC, AMOUNT: str(amount_rp), BILL: write_tags(sorted(inside.items()))}
    return str(Payload(tuple(sorted(tags.items()))))
