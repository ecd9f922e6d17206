"""Opened identities as a page shows them: one row a person, the fields of the purpose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language

from berdaya.core.clock import format_date
from berdaya.people.actions.reveals import Opened, Shown
from berdaya.people.models import Participant, Placement
from berdaya.people.portraits import inline
from berdaya.people.purposes import FIELD_LABELS, PURPOSES

# Names leave the screen by themselves after so long.
MINUTES_SHOWN = 10


@dataclass(frozen=True, repr=False)
class NameRow:
    """One person; without a name `why` says why. `photo` is the address that holds it whole."""

    number: str
    participant: Participant
    cells: list[tuple[str | Promise, str]]
    why: str
    photo: str = ""


def work_numbers(facility_id: int, people: Iterable[int]) -> dict[int, str]:
    """Each person's latest work number at a facility: one query."""
    rows = Placement.objects.filter(facility_id=facility_id, participant_id__in=list(people))
    return dict(rows.order_by("valid_from").values_list("participant_id", "work_number"))


def name_rows(opened: Opened, numbers: Mapping[int, str], fields: Iterable[str]) -> list[NameRow]:
    """By work number; asks no database."""
    wanted = tuple(fields)
    rows = [
        NameRow(
            numbers.get(pk, "—"),
            one.participant,
            [(FIELD_LABELS[name], _cell(one, name)) for name in wanted if name != "photo"],
            "" if one.identity.name else one.why,
            inline(one.identity.photo),
        )
        for pk, one in opened.people.items()
    ]
    return sorted(rows, key=lambda row: (row.number, row.participant.pk))


def names_context(
    opened: Opened, numbers: Mapping[int, str], title: str, back: str
) -> dict[str, Any]:
    """What `people/names.html` shows of one act; it asks the database nothing more."""
    reveal = opened.reveal
    fields = PURPOSES[reveal.purpose].fields_for(reveal.reason)
    return {
        "facility": reveal.facility,
        "reveal": reveal,
        "title": title,
        "back": back,
        "rows": name_rows(opened, numbers, fields),
        "shows_photo": "photo" in fields,
        "minutes": MINUTES_SHOWN,
    }


def _cell(one: Shown, field: str) -> str:
    value = str(getattr(one.identity, field))
    if field == "born_on" and value:
        return format_date(date.fromisoformat(value), get_language() or "id")
    if field == "bank_account" and value:
        return " ".join(one.identity.account[key] for key in ("bank", "number", "holder"))
    return value
