"""Fresh keys for everybody: a new master key, a new index key, and every value sealed anew.

Each batch is one transaction of the database between two of the key store. Killed anywhere, the
next run goes on: a key made before the kill is used, a value already sealed under it stays.
"""

import uuid
from collections.abc import Iterator

from django.apps import apps

from berdaya.core.keystore import Key, KeyStore, keystore
from berdaya.core.scope import system_scope
from berdaya.institutions.models import Facility
from berdaya.people import sealed
from berdaya.people.models import SealedIdentity

BATCH = 250


def rotate_keys(size: int = BATCH) -> Iterator[tuple[int, int]]:
    """Rotate, telling after each batch how many of how many people are done.

    Opens its own scopes. Locks the identities of one batch at a time. May run beside officers who
    record identities; of two rotations at once each helps the other.
    """
    store = keystore()
    behind, everybody = store.begin_rotation()
    yield everybody - behind, everybody
    while owners := store.behind(size):
        _renew(store, owners)
        behind -= len(owners)
        yield everybody - max(behind, 0), everybody
    store.finish_rotation()


def _renew(store: KeyStore, owners: list[uuid.UUID]) -> None:
    facilities = Facility.objects.values_list("pk", flat=True)
    with system_scope("keys", facilities):
        rows = list(_locked(owners))
        here = [row.key_owner for row in rows]
        fresh = store.renew(here)
        _reseal(store, rows, fresh)
    store.retire({owner: key.version for owner, key in fresh.items()})
    # No row of theirs is seen: recorded by a transaction still open, or rolled back.
    store.rewrap(set(owners) - set(here))


def _locked(owners: list[uuid.UUID]) -> Iterator[SealedIdentity]:
    found = SealedIdentity.objects.select_for_update().filter(key_owner__in=owners)
    return found.order_by("pk").iterator(chunk_size=50)


def _reseal(store: KeyStore, rows: list[SealedIdentity], fresh: dict[uuid.UUID, Key]) -> None:
    keys = store.keys(fresh)
    numbers = {}
    for row in rows:
        numbers[row.key_owner] = sealed.reseal(row, keys[row.key_owner], fresh[row.key_owner])
    SealedIdentity.objects.bulk_update(rows, sealed.FIELDS, batch_size=50)
    for place in sealed.ALSO_SEALED:
        _reseal_elsewhere(place, {row.pk: row for row in rows}, keys, fresh)
    # Still locked: nobody can have recorded another number meanwhile.
    store.remember_all(numbers)


def _reseal_elsewhere(
    place: sealed.AlsoSealed,
    people: dict[int, SealedIdentity],
    keys: dict[uuid.UUID, dict[int, bytes]],
    fresh: dict[uuid.UUID, Key],
) -> None:
    held = {f"{place.person}__in": list(people), f"{place.column}__isnull": False}
    for row in apps.get_model(place.model).objects.filter(**held).iterator(chunk_size=20):
        who = people[getattr(row, place.person)]
        before = getattr(row, place.column)
        owner = who.key_owner
        again = sealed.reseal_value(who, keys[owner], fresh[owner], place.kind, before)
        setattr(row, place.column, again)
        row.save(update_fields=[place.column])
