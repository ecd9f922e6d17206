"""The only file that seals and opens identities; actions decide who may, and log it.

`SealedIdentity` rows come in, `Identity` objects go out; keys come from `core/keystore.py`. Nothing
here is cached, logged or written to a file.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from berdaya.core import sealing
from berdaya.core.keystore import Key, KeyStore, keystore
from berdaya.people.models import SealedIdentity

TEXTS = ("name", "register_no", "nik", "born_on", "bank_account", "heirs")
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
    store = keystore()
    key = _key_of(store, row)
    for field, value in values.items():
        setattr(row, field, _seal(row, key, field, value))
    numbers = {kind: normal(kind, str(values[kind])) for kind in FOUND_BY if kind in values}
    if numbers:
        store.remember(row.key_owner, numbers)


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
    return _seal(row, _key_of(keystore(), row), kind, data) or b""


def open_for(participant_id: int, kind: str, sealed: bytes) -> bytes:
    """What `seal_for` sealed. Raises sealing.Unreadable once the person was erased."""
    row = SealedIdentity.objects.only("key_owner").get(pk=participant_id)
    return _plain(row, keystore().keys([row.key_owner]).get(row.key_owner, {}), kind, sealed)


def _key_of(store: KeyStore, row: SealedIdentity) -> Key:
    if row.key_owner in store.keys([row.key_owner]):
        return store.newest(row.key_owner)
    return store.create(row.key_owner)


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
