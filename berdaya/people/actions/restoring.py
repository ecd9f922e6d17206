"""What a database from an old dump needs before it is used: the erased are erased again."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from berdaya.core import clock
from berdaya.core.keystore import keystore
from berdaya.core.scope import system_scope
from berdaya.core.sealing import Unreadable
from berdaya.institutions.models import Facility
from berdaya.people import sealed
from berdaya.people.actions.identity import blank
from berdaya.people.models import Erasure, SealedIdentity


@dataclass(frozen=True)
class Settled:
    """How many people were erased again, can be found, or have values without a key."""

    erased: int
    found: int
    unreadable: int


def settle_after_restore() -> Settled:
    """Erase again whoever was erased since, let the others be found by their numbers.

    Opens its own scope. The key store knows the destroyed by id only, so that no dump can bring
    one of them back.
    """
    with system_scope("keys", Facility.objects.values_list("pk", flat=True)):
        gone = keystore().destroyed() | set(Erasure.objects.values_list("key_owner", flat=True))
        keystore().destroy(gone)
        erased = [_erase_again(row) for row in SealedIdentity.objects.filter(key_owner__in=gone)]
        counts = [(len(rows), _remember(rows)) for rows in _parts()]
    everybody, found = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
    return Settled(len(erased), found, everybody - found)


def _erase_again(row: SealedIdentity) -> Erasure:
    again, _new = Erasure.objects.get_or_create(
        key_owner=row.key_owner,
        defaults={
            "participant_id": row.participant_id,
            "facility_id": row.facility_id,
            "why": "restore",
            "erased_at": clock.now(),
        },
    )
    blank(row)
    return again


def _parts(size: int = 500) -> Iterator[list[SealedIdentity]]:
    rows = SealedIdentity.objects.order_by("pk").defer("photo").filter(name__isnull=False)
    part: list[SealedIdentity] = []
    for row in rows.iterator(chunk_size=size):
        part.append(row)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def _remember(rows: list[SealedIdentity]) -> int:
    opened = _opened(rows)
    numbers = {
        row.key_owner: {
            kind: sealed.normal(kind, getattr(opened[row.pk], kind)) for kind in sealed.FOUND_BY
        }
        for row in rows
        if row.pk in opened
    }
    keystore().remember_all(numbers)
    return len(numbers)


def _opened(rows: list[SealedIdentity]) -> dict[int, sealed.Identity]:
    """Those that can be read: a row and its key may come from copies of different days."""
    readable: dict[int, sealed.Identity] = {}
    for row in rows:
        with suppress(Unreadable):
            one = sealed.open_all([row], sealed.FOUND_BY)[row.pk]
            readable |= {row.pk: one} if one.is_readable else {}
    return readable
