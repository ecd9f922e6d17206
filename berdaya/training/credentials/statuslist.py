"""Bitstring Status List (W3C, v1.0): one bit a credential, set when it is revoked or replaced."""

import gzip
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from berdaya.training.credentials.document import CONTEXT_VC, claims_of, instant
from berdaya.training.credentials.keys import encode

# The least that the standard allows, so that one bit hides among many.
BITS = 131_072
# Odd, so that it meets every place of the list once: who is next to whom tells nothing.
STRIDE = 40_503
PURPOSE = "revocation"
# A copy that somebody kept says nothing any more after so long.
KEPT_FOR = timedelta(days=2)


def place_of(number: int) -> tuple[int, int]:
    """In which list (from 1) and at which bit an issuer's n-th credential (from 1) stands."""
    before, rest = divmod(number - 1, BITS)
    return before + 1, rest * STRIDE % BITS


def encoded(places: Iterable[int]) -> str:
    """`encodedList`: multibase base64url of the gzipped bits, the first bit the highest.

    ValueError for a place outside the list.
    """
    bits = bytearray(BITS // 8)
    for place in places:
        if not 0 <= place < BITS:
            raise ValueError(f"{place} is not in the list")
        bits[place // 8] |= 0x80 >> place % 8
    return "u" + encode(gzip.compress(bytes(bits), 9, mtime=0))


def entry(list_url: str, place: int) -> dict[str, str]:
    """`credentialStatus` of a credential."""
    return {
        "id": f"{list_url}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": PURPOSE,
        "statusListIndex": str(place),
        "statusListCredential": list_url,
    }


def list_claims(
    list_url: str, issuer_id: str, places: Iterable[int], since: datetime
) -> dict[str, Any]:
    """The list as a credential of its own, good from `since` for KEPT_FOR; to be signed."""
    document = {
        "@context": [CONTEXT_VC],
        "id": list_url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_id,
        "validFrom": instant(since),
        "validUntil": instant(since + KEPT_FOR),
        "credentialSubject": {
            "id": f"{list_url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": encoded(places),
        },
    }
    return claims_of(document, issuer_id, since, since + KEPT_FOR)
