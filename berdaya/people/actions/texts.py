"""Bring a new version of a text of consent in force."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Max

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may_somewhere
from berdaya.people.models import ConsentText
from berdaya.people.rules_consent import may_publish_text, text_version_taken


def publish_text(
    *, by: Actor, purpose: str, version: str, in_force_from: date, bodies: Mapping[str, str]
) -> list[ConsentText]:
    """A new version in each language of `bodies`, read out from that day on.

    Consents given on an older text stay valid for what it said. Refused: no ability, text_in_past,
    text_version_taken.
    """
    required()
    require(may_somewhere(by, "text.edit"))
    before = ConsentText.objects.filter(purpose=purpose)
    last = before.aggregate(last=Max("in_force_from"))["last"]
    require(may_publish_text(in_force_from, last, clock.today()))
    if before.filter(version=version).exists():
        raise Refused(text_version_taken(version=version))
    told = {"recorded_by_id": by.user_id, "recorded_at": clock.now()}
    return ConsentText.objects.bulk_create(
        ConsentText(
            purpose=purpose, version=version, language=language, body=body.strip(),
            in_force_from=in_force_from, **told,
        )
        for language, body in sorted(bodies.items())
        if body.strip()
    )  # fmt: skip
