"""What of the permits waits on Hari Ini: those that lapse soon, those that just did."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.institutions.rules import may
from berdaya.institutions.today import Item, waits
from berdaya.legality.queries import ending_soon, just_lapsed


def register() -> None:
    """Put both on Hari Ini."""
    waits("legality.ending", permits_ending)


def permits_ending(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Item]:
    """Each permit that needs somebody now, for those who may edit permits there."""
    ids = [pk for pk in facility_ids if may(actor, "permit.edit", pk)]
    if not ids:
        return
    today = clock.today()
    for permit in just_lapsed(ids, today)[:10]:
        yield Item(
            text=_("%(kind)s %(number)s sudah habis")
            % {"kind": permit.kind.label, "number": permit.number},
            url=reverse("legality:permit", args=[permit.pk]),
            age_on=permit.valid_until or today,
            detail=_("Barangnya tidak ditayangkan lagi."),
            state="bad",
            state_text=_("Habis"),
        )
    for permit in ending_soon(ids, today)[:10]:
        yield Item(
            text=_("%(kind)s %(number)s akan habis")
            % {"kind": permit.kind.label, "number": permit.number},
            url=reverse("legality:permit", args=[permit.pk]),
            age_on=today,
            detail=clock.format_date(permit.last_day) if permit.last_day else "",
            state="warn",
            state_text=_("Perpanjang"),
        )
