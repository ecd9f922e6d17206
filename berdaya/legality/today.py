"""What of the permits waits on Hari Ini, and for whom: renewals at 180, 90, 30 and 7 days.

The officer who edits permits from the first day on, the head too from the thirtieth, the region
what has lapsed. Each line says the next step and leads to where it is done.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.names import named
from berdaya.core.scope import Actor
from berdaya.institutions.rules import places_of
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.legality.queries.permits import answering_ends, lapsed_without_renewal, to_renew
from berdaya.legality.rules.papers import REMIND_DAYS, reminder

MOST = 10
# From so many days before the end on the head is told too.
HEAD_DAYS = 30
SHOWN = ("pk", "kind__name", "kind__name_en", "number", "valid_until", "place__name")


def register() -> None:
    """Put them on Hari Ini."""
    waits("legality.ending", permits_ending)
    waits("legality.head", permits_of_the_head)
    waits("legality.region", permits_of_the_region)


def permits_ending(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each permit that needs somebody now, for those who may edit permits there."""
    ids = places_of(actor, "permit.edit", facility_ids)
    if not ids:
        return
    today = clock.today()
    yield Waiting(lapsed_without_renewal(ids, today)[:MOST].values(*SHOWN), _lapsed)
    yield Waiting(to_renew(ids, today, REMIND_DAYS[0])[:MOST].values(*SHOWN), _ending)
    shown = (*SHOWN, "certificate_until")
    yield Waiting(answering_ends(ids, today)[:MOST].values(*shown), _answering)


def permits_of_the_head(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """What ends within a month, for whoever approves what is shown."""
    ids = places_of(actor, "listing.approve", facility_ids)
    if ids:
        rows = to_renew(ids, clock.today(), HEAD_DAYS)
        yield Waiting(rows[:MOST].values(*SHOWN), _for_the_head)


def permits_of_the_region(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """What has lapsed, for the office above, which may withdraw what is shown."""
    here = places_of(actor, "listing.approve", facility_ids)
    ids = set(places_of(actor, "listing.withdraw", facility_ids)) - set(here)
    if ids:
        rows = lapsed_without_renewal(ids, clock.today())
        yield Waiting(rows[:MOST].values(*SHOWN), _for_the_region)


def _named(permit: dict[str, Any]) -> dict[str, str]:
    name = named(permit["kind__name"], permit["kind__name_en"])
    return {"kind": name, "number": permit["number"]}


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _last(until: str) -> str:
    return clock.format_date(_day(until) - timedelta(days=1), get_language() or "id")


def _lapsed(permit: dict[str, Any]) -> Item:
    return Item(
        text=_("%(kind)s %(number)s sudah habis") % _named(permit),
        url=reverse("legality:renewal", args=[permit["pk"]]),
        age_on=_day(permit["valid_until"]),
        detail=_("Barangnya tidak ditayangkan lagi. Catat perpanjangannya begitu terbit."),
        state="bad",
        state_text=pgettext("legality", "Habis"),
        is_urgent=True,
    )


def _ending(permit: dict[str, Any]) -> Item:
    until = _day(permit["valid_until"])
    step = reminder(clock.today(), until) or REMIND_DAYS[0]
    last = {"last": _last(permit["valid_until"])}
    steps = {
        180: _("Berlaku sampai %(last)s. Siapkan berkas perpanjangannya.") % last,
        90: _("Berlaku sampai %(last)s. Ajukan perpanjangannya sekarang.") % last,
        30: _("Berlaku sampai %(last)s. Tanyakan kabarnya; catat nomornya begitu terbit.") % last,
        7: _("Sesudah %(last)s barangnya turun dari tayangan. Catat perpanjangannya.") % last,
    }
    return Item(
        text=_("%(kind)s %(number)s akan habis") % _named(permit),
        url=reverse("legality:renewal", args=[permit["pk"]]),
        # Old enough to stand where its step came, not below what came today.
        age_on=min(until - timedelta(days=step), clock.today()),
        detail=steps[step],
        state={180: "", 90: "warn", 30: "warn", 7: "bad"}[step],
        state_text=_("Perpanjang"),
        is_urgent=step == REMIND_DAYS[-1],
    )


def _answering(permit: dict[str, Any]) -> Item:
    until = _day(permit["certificate_until"])
    is_over = until <= clock.today()
    words = (
        _("Sertifikat penanggung jawab %(kind)s %(number)s sudah habis")
        if is_over
        else _("Sertifikat penanggung jawab %(kind)s %(number)s akan habis")
    )
    return Item(
        text=words % _named(permit),
        url=reverse("legality:responsible", args=[permit["pk"]]),
        age_on=min(until, clock.today()),
        detail=_("Berlaku sampai %(last)s. Catat sertifikat baru, atau orang lain.")
        % {"last": _last(permit["certificate_until"])},
        state="bad" if is_over else "warn",
        state_text=_("Penanggung jawab"),
    )


def _for_the_head(permit: dict[str, Any]) -> Item:
    step = reminder(clock.today(), _day(permit["valid_until"]))
    return Item(
        text=_("%(kind)s %(number)s akan habis") % _named(permit),
        url=reverse("legality:permit", args=[permit["pk"]]),
        age_on=clock.today(),
        detail=_("Berlaku sampai %(last)s, perpanjangannya belum tercatat. Tanyakan petugas izin.")
        % {"last": _last(permit["valid_until"])},
        state="bad" if step == REMIND_DAYS[-1] else "warn",
        state_text=_("Izin"),
    )


def _for_the_region(permit: dict[str, Any]) -> Item:
    return Item(
        text=_("%(kind)s %(number)s sudah habis") % _named(permit),
        url=reverse("legality:permit", args=[permit["pk"]]),
        age_on=_day(permit["valid_until"]),
        detail=_("%(unit)s: barangnya tidak ditayangkan lagi. Tanyakan perpanjangannya.")
        % {"unit": permit["place__name"]},
        state="bad",
        state_text=pgettext("legality", "Habis"),
    )
