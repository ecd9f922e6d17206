"""The only file that seals and opens identities; actions decide who may, and log it.

`SealedIdentity` rows come in, `Identity` objects go out; keys come from `core/keystore.py`. Nothing
here is cached, logged or written to a file.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from berdaya.core import sealing
from berdaya.core.keystore import Key, keystore
from berdaya.people.models import SealedIdentity

TEXTS = ("name", "register_no", "nik", "born_on", "bank_account", "heirs", "phone")
FIELDS = (*TEXTS, "photo")
# What a person can be found by again, exactly: the kind, and how a value is brought to one shape.
FOUND_BY = ("register_no", "nik")
Values = Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """What was opened of one person; empty where nothing was given, asked for, or is left.

    `born_on` is an ISO date, `bank_account` what `account_text` made. Its repr tells nothing, so
    that no log or error page shows a name by accident.
    """

    participant_id: int
    name: str = ""
    register_no: str = ""
    nik: str = ""
    born_on: str = ""
    bank_account: str = ""
    heirs: str = ""
    phone: str = ""
    photo: bytes = b""
    is_readable: bool = True

    def __repr__(self) -> str:
        return f"<Identity of {self.participant_id}>"

    @property
    def account(self) -> dict[str, str]:
        """bank, number, holder; empty without an account."""
        return json.loads(self.bank_account) if self.bank_account else {}


def account_text(bank: str, number: str, holder: str) -> str:
    """A bank account as the one text that is sealed."""
    return json.dumps({"bank": bank, "number": number, "holder": holder}, ensure_ascii=False)


def normal(kind: str, value: str) -> str:
    """One shape of a number, however it was typed: `b.I 12/2025` and `BI 12/2025` are the same."""
    if kind == "nik":
        return re.sub(r"\D", "", value)
    return re.sub(r"[^0-9A-Z/]", "", value.upper())


def open_all(rows: Iterable[SealedIdentity], fields: Iterable[str]) -> dict[int, Identity]:
    """These fields of these people, by participant; whose key is gone is not readable."""
    listed = list(rows)
    keys = keystore().keys(row.key_owner for row in listed)
    wanted = tuple(fields)
    return {row.participant_id: _open(row, keys.get(row.key_owner, {}), wanted) for row in listed}


def close(row: SealedIdentity, values: Values) -> None:
    """Seal these values into the row, making its key if it has none; an empty value clears.

    The key is durable before the caller's transaction ends: a row without its key cannot be.
    """
    close_all([(row, values)])


def close_all(pairs: Iterable[tuple[SealedIdentity, Values]]) -> None:
    """`close` for many people at once."""
    listed, store = list(pairs), keystore()
    keys = store.for_sealing(row.key_owner for row, _values in listed)
    numbers = {}
    for row, values in listed:
        for field, value in values.items():
            setattr(row, field, _seal(row, keys[row.key_owner], field, value))
        found_by = {kind: normal(kind, str(values[kind])) for kind in FOUND_BY if kind in values}
        numbers |= {row.key_owner: found_by} if found_by else {}
    if numbers:
        store.remember_all(numbers)


def find(kind: str, value: str) -> list[int]:
    """Participants in scope who have exactly this register number or NIK.

    The key store proposes, the sealed value decides: a digest left by a step that rolled back
    finds nobody. Raises KeyError for another kind.
    """
    if kind not in FOUND_BY:
        raise KeyError(kind)
    wanted = normal(kind, value)
    owners = keystore().owners_of(kind, wanted) if wanted else []
    rows = SealedIdentity.objects.filter(key_owner__in=owners).defer("photo")
    opened = open_all(rows, [kind]).values() if owners else []
    return [one.participant_id for one in opened if normal(kind, getattr(one, kind)) == wanted]


def reseal(row: SealedIdentity, keys: Mapping[int, bytes], key: Key) -> dict[str, str]:
    """Every value of the row under `key` instead; returns the numbers it is found by.

    A value that stands under `key` already stays. Raises sealing.Unreadable if a key is missing.
    """
    numbers = {}
    for field in FIELDS:
        sealed = getattr(row, field)
        if sealed is None:
            continue
        plain = _plain(row, keys, field, sealed)
        if sealing.version_of(sealed) != key.version:
            setattr(row, field, _seal(row, key, field, plain))
        if field in FOUND_BY:
            numbers[field] = normal(field, plain.decode())
    return numbers


def seal_for(participant_id: int, kind: str, data: bytes) -> bytes:
    """Something else of a person (a thumbprint) under their key, kept wherever the caller keeps it.

    Raises SealedIdentity.DoesNotExist: record their identity first.
    """
    row = SealedIdentity.objects.only("key_owner").get(pk=participant_id)
    return _seal(row, keystore().for_sealing([row.key_owner])[row.key_owner], kind, data) or b""


def open_for(participant_id: int, kind: str, sealed: bytes) -> bytes:
    """What `seal_for` sealed. Raises sealing.Unreadable once the person was erased."""
    row = SealedIdentity.objects.only("key_owner").get(pk=participant_id)
    return _plain(row, keystore().keys([row.key_owner]).get(row.key_owner, {}), kind, sealed)


@dataclass(frozen=True)
class AlsoSealed:
    """A column of another table that `seal_for` filled; a rotation seals it anew as well."""

    model: str
    column: str
    kind: str
    person: str = "participant_id"


ALSO_SEALED: list[AlsoSealed] = []


def also_sealed(model: str, column: str, *, kind: str, person: str = "participant_id") -> None:
    """A room tells where it keeps what `seal_for` gave it; without this a rotation loses it."""
    ALSO_SEALED.append(AlsoSealed(model, column, kind, person))


def reseal_value(
    row: SealedIdentity, keys: Mapping[int, bytes], key: Key, kind: str, value: bytes
) -> bytes:
    """What `seal_for` sealed, under `key` instead."""
    if sealing.version_of(value) == key.version:
        return bytes(value)
    plain = _plain(row, keys, kind, value)
    return sealing.seal(key.secret, plain, about=_about(row, kind), version=key.version)


def _open(row: SealedIdentity, keys: Mapping[int, bytes], fields: tuple[str, ...]) -> Identity:
    if not keys:
        return Identity(row.participant_id, is_readable=False)
    found: dict[str, str | bytes] = {}
    for field in fields:
        if (sealed := getattr(row, field)) is not None:
            plain = _plain(row, keys, field, sealed)
            found[field] = plain if field == "photo" else plain.decode()
    return Identity(row.participant_id, **found)  # type: ignore[arg-type]


def _plain(row: SealedIdentity, keys: Mapping[int, bytes], field: str, sealed: bytes) -> bytes:
    key = keys.get(sealing.version_of(sealed))
    if key is None:
        raise sealing.Unreadable("the key is gone")
    return sealing.open_sealed(key, sealed, about=_about(row, field))


def _seal(row: SealedIdentity, key: Key, field: str, value: str | bytes) -> bytes | None:
    if not value:
        return None
    plain = value if isinstance(value, bytes) else value.encode()
    return sealing.seal(key.secret, plain, about=_about(row, field), version=key.version)


def _about(row: SealedIdentity, field: str) -> str:
    return f"{row.key_owner}:{field}"
