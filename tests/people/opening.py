"""One person opened, a number searched, and the hours at which tests do so."""

from datetime import UTC, datetime

from berdaya.people.actions.reveals import Opened, open_identities, search_identity
from berdaya.people.assigning import person_subject
from berdaya.people.models import Participant, Reveal, RevealedPerson
from tests.world import World

# A Monday morning in Atambua, and its night.
MORNING = datetime(2026, 11, 23, 1, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 15, tzinfo=UTC)


def open_one(
    world: World, who: str = "cendana", by: str = "officer", reason: str = "serve"
) -> Opened:
    with world.acting(by) as scope:
        return open_identities(
            by=scope.actor, facility=world.atb, purpose="person",
            subject=person_subject(world.people[who].code), reason=reason,
        )  # fmt: skip


def search(world: World, number: str, kind: str = "nik", by: str = "officer") -> list[Participant]:
    with world.acting(by) as scope:
        return search_identity(by=scope.actor, facility=world.atb, kind=kind, number=number)


def logged(world: World) -> int:
    with world.everywhere():
        assert Reveal.objects.count() == 0 or RevealedPerson.objects.exists()
        return Reveal.objects.count()
