"""What the text inside a QRIS says (EMV merchant-presented code): static or not, and whose."""

import re
from dataclasses import dataclass

STATIC = "11"
# Accounts of a merchant stand under these tags, the national merchant id in their field 02.
MERCHANT_TAGS = range(26, 52)
MERCHANT_ID = "02"


@dataclass(frozen=True)
class Payload:
    """A QRIS that was read whole."""

    is_static: bool
    merchant_name: str
    merchant_ids: frozenset[str]


def read(text: str) -> Payload | None:
    """What it says; None for a text that is cut off, mistyped or no QRIS at all."""
    if not re.fullmatch(r"000201.+6304[0-9A-F]{4}", text, re.S) or text[-4:] != checksum(text[:-4]):
        return None
    fields = _fields(text)
    if fields is None:
        return None
    accounts = [_fields(fields[tag]) or {} for tag in map(str, MERCHANT_TAGS) if tag in fields]
    ids = frozenset(one[MERCHANT_ID] for one in accounts if MERCHANT_ID in one)
    return Payload(fields.get("01") == STATIC, fields.get("59", ""), ids)


def _fields(text: str) -> dict[str, str] | None:
    """Tag of two digits, length of two digits, value; None where they do not add up."""
    fields, at = {}, 0
    while at < len(text):
        head = text[at : at + 4]
        if not re.fullmatch(r"\d{4}", head, re.A):
            return None
        end = at + 4 + int(head[2:])
        if end > len(text):
            return None
        fields[head[:2]] = text[at + 4 : end]
        at = end
    return fields


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE of the text, four hexadecimal digits, as its last field carries it."""
    crc = 0xFFFF
    for byte in text.encode():
        crc ^= byte << 8
        for _bit in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"
