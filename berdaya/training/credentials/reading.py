"""Read a credential that somebody shows us, step by step, each refused with a reason of its own.

The header never chooses the algorithm: there is one. Nothing is fetched; keys are those we issued.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from berdaya.core.verdicts import Refused
from berdaya.training import rules_credentials as rules
from berdaya.training.credentials.keys import ALGORITHM, decode, is_signed_by

LONGEST = 20_000
TYPES = {"VerifiableCredential", "OpenBadgeCredential"}


@dataclass(frozen=True)
class KnownKey:
    """A public key of ours and whose it is."""

    issuer_id: str
    public: str


@dataclass(frozen=True)
class Shown:
    """A credential whose signature is ours: its own address and when it holds."""

    url: str
    issuer_id: str
    valid_from: datetime
    valid_until: datetime | None


# From `kid` to the key, or nothing.
Keys = Callable[[str], KnownKey | None]


def read(text: str, keys: Keys) -> Shown:
    """What a compact JWT of ours says of itself; whether it still holds is another question.

    Raises Refused: credential_too_long, credential_malformed, credential_alg_none,
    credential_alg_other, credential_key_unknown, credential_signature_bad, credential_not_ours.
    """
    token = "".join(text.split())
    if len(token) > LONGEST:
        raise Refused(rules.credential_too_long())
    signed, _, signature = token.rpartition(".")
    head, dot, body = signed.partition(".")
    if not dot or "." in body:
        raise Refused(rules.credential_malformed())
    header = _object(head)
    _require_algorithm(header)
    key = _key_of(header, keys)
    if not is_signed_by(key.public, signed, _bytes(signature)):
        raise Refused(rules.credential_signature_bad())
    return _shown(_object(body), key)


def require_time(shown: Shown, now: datetime) -> None:
    """Raises Refused: credential_not_yet, credential_expired."""
    if now < shown.valid_from:
        raise Refused(rules.credential_not_yet())
    if shown.valid_until is not None and shown.valid_until <= now:
        raise Refused(rules.credential_expired())


def _require_algorithm(header: dict[str, Any]) -> None:
    algorithm = header.get("alg")
    if isinstance(algorithm, str) and algorithm.lower() == "none":
        raise Refused(rules.credential_alg_none())
    if algorithm != ALGORITHM or "crit" in header:
        raise Refused(rules.credential_alg_other())


def _key_of(header: dict[str, Any], keys: Keys) -> KnownKey:
    kid = header.get("kid")
    known = keys(kid) if isinstance(kid, str) else None
    if known is None:
        raise Refused(rules.credential_key_unknown())
    return known


def _shown(claims: dict[str, Any], key: KnownKey) -> Shown:
    issuer = claims.get("issuer")
    told = issuer.get("id") if isinstance(issuer, dict) else None
    kinds = claims.get("type")
    is_ours = told == claims.get("iss") == key.issuer_id and claims.get("jti") == claims.get("id")
    if not is_ours or not isinstance(kinds, list) or not set(map(str, kinds)) >= TYPES:
        raise Refused(rules.credential_not_ours())
    until = claims.get("validUntil")
    return Shown(
        str(claims.get("id")),
        key.issuer_id,
        _moment(claims.get("validFrom")),
        None if until is None else _moment(until),
    )


def _object(part: str) -> dict[str, Any]:
    try:
        value = json.loads(_bytes(part))
    except (ValueError, RecursionError):
        raise Refused(rules.credential_malformed()) from None
    if not isinstance(value, dict):
        raise Refused(rules.credential_malformed())
    return value


def _bytes(part: str) -> bytes:
    try:
        return decode(part)
    except ValueError:
        raise Refused(rules.credential_malformed()) from None


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise Refused(rules.credential_not_ours()) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
