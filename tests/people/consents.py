"""Consents as tests give them: on the text in force, signed long ago, seen by family."""

from datetime import date, timedelta

from berdaya.people.actions.papers import record_consent
from berdaya.people.models import Consent, ConsentText
from tests.world import SINCE, World

UNTIL = date(2027, 6, 1)


def text_of(purpose: str = "work", language: str = "id") -> ConsentText:
    """The first version, which every world has."""
    return ConsentText.objects.get(purpose=purpose, language=language, version="2025-1")


def give(world: World, purpose: str = "work", who: str = "cendana", by: str = "officer",
         **more: object) -> Consent:  # fmt: skip
    """One consent at Atambua."""
    facts = {"given_on": SINCE + timedelta(days=1), "language": "id", "witness_role": "family"}
    with world.acting(by) as scope:
        return record_consent(
            by=scope.actor, participant=world.people[who], facility=world.atb,
            text=text_of(purpose), **(facts | more),
        )  # fmt: skip


def give_publicity(world: World, item: str, channel: str = "shop", **more: object) -> Consent:
    """Consent to be mentioned on this listing until UNTIL."""
    facts = {"item": item, "channel": channel, "valid_until": UNTIL} | more
    return give(world, "publicity", **facts)
