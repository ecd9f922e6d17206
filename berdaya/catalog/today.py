"""What of the listings waits on Hari Ini: proposals, photos, what went back, what lapses."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from berdaya.catalog.calc import spoken
from berdaya.catalog.queries import (
    declined_versions,
    lapsing,
    spoiled_versions,
    waiting_photos,
    waiting_versions,
)
from berdaya.catalog.queries_mention import waiting_mentions
from berdaya.core import clock
from berdaya.core.money import format_rp
from berdaya.core.scope import Actor
from berdaya.institutions.rules import places_of
from berdaya.institutions.standing_in import to_decide
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.people.models import Channel

MOST = 20
VERSION = ("listing__slug", "number", "name", "name_en", "price_rp", "facility__name")


def register() -> None:
    """Put them on Hari Ini."""
    waits("catalog.waiting", proposals_to_decide)
    waits("catalog.photos", photos_to_review)
    waits("catalog.spoiled", proposals_without_photo)
    waits("catalog.declined", proposals_sent_back)
    waits("catalog.lapsing", listings_lapsing)
    waits("catalog.mentions", mentions_to_decide)


def proposals_to_decide(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each proposal that waits for this head, or for the region where there is none."""
    ask = (actor, "listing.approve", facility_ids, waiting_versions(facility_ids), "proposed_by")
    for rows, tell in to_decide(*ask, _to_decide):
        yield Waiting(rows.values(*VERSION, "proposed_at")[:MOST], tell)


def _day(instant: str) -> Any:
    return clock.local(datetime.fromisoformat(instant)).date()


def _to_decide(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Usulan tayang: %(name)s") % {"name": spoken(row["name"], row["name_en"])},
        url=reverse("catalog:version", args=[row["listing__slug"], row["number"]]),
        age_on=_day(row["proposed_at"]),
        detail=f"{format_rp(row['price_rp'])} · {row['facility__name']}",
        state="warn",
        state_text=_("Putuskan"),
    )


def photos_to_review(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each photo that waits for this second pair of eyes.

    Whoever decides on the proposal reviews its photos there: they are told once.
    """
    ids = places_of(actor, "photo.review", facility_ids)
    if ids:
        deciding = waiting_versions(places_of(actor, "listing.approve", ids))
        told = deciding.exclude(proposed_by=actor.user_id)
        rows = waiting_photos(ids).exclude(uploaded_by=actor.user_id)
        rows = rows.exclude(on__version__in=told.values("pk"))[:MOST]
        yield Waiting(
            rows.values("pk", "alt", "alt_en", "uploaded_at", "facility__name"), _to_review
        )


def _to_review(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Foto menunggu orang kedua: %(what)s") % {"what": spoken(row["alt"], row["alt_en"])},
        url=reverse("catalog:photo_page", args=[row["pk"]]),
        age_on=_day(row["uploaded_at"]),
        detail=row["facility__name"],
        state="warn",
        state_text=_("Periksa"),
    )


def proposals_without_photo(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each proposal that cannot be approved because a photo was refused or pulled back."""
    ids = places_of(actor, "listing.propose", facility_ids)
    if ids:
        rows = spoiled_versions(ids)[:MOST]
        yield Waiting(rows.values(*VERSION, "proposed_at"), _spoiled)


def _spoiled(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Fotonya ditolak: %(name)s") % {"name": spoken(row["name"], row["name_en"])},
        url=reverse("catalog:version", args=[row["listing__slug"], row["number"]]),
        age_on=_day(row["proposed_at"]),
        detail=_("Ajukan versi baru dengan foto lain."),
        state="bad",
        state_text=_("Perbaiki"),
    )


def proposals_sent_back(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each proposal that its head sent back and nobody has mended yet."""
    ids = places_of(actor, "listing.propose", facility_ids)
    if ids:
        rows = declined_versions(ids)[:MOST]
        yield Waiting(rows.values(*VERSION, "decision__decided_at", "decision__reason"), _sent_back)


def _sent_back(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Usulan dikembalikan: %(name)s") % {"name": spoken(row["name"], row["name_en"])},
        url=reverse("catalog:listing", args=[row["listing__slug"]]),
        age_on=_day(row["decision__decided_at"]),
        detail=row["decision__reason"],
        state="bad",
        state_text=_("Perbaiki"),
    )


def listings_lapsing(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each listing that the law stops within a month, or has stopped."""
    ids = places_of(actor, "listing.propose", facility_ids)
    if ids:
        columns = ("slug", "current__name", "current__name_en", "lawful_until")
        yield Waiting(lapsing(ids, clock.now())[:MOST].values(*columns), _lapsing)


def _lapsing(row: dict[str, Any]) -> Item:
    until = datetime.fromisoformat(row["lawful_until"]) if row["lawful_until"] else None
    is_over = until is None or until <= clock.now()
    name = {"name": spoken(row["current__name"], row["current__name_en"])}
    last = clock.last_day_before(until) if until else clock.today()
    told = clock.format_date(last, get_language() or "id")
    return Item(
        text=(_("%(name)s tidak tayang lagi") if is_over else _("%(name)s segera tidak tayang"))
        % name,
        url=reverse("catalog:listing", args=[row["slug"]]),
        age_on=min(last, clock.today()),
        detail=_("Perpanjang izinnya.") if is_over else told,
        state="bad" if is_over else "warn",
        state_text=_("Izin"),
    )


def mentions_to_decide(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each mention of a maker that waits for this head; nobody stands in for words about people."""
    ids = places_of(actor, "listing.approve", facility_ids)
    if ids:
        rows = waiting_mentions(ids).exclude(proposed_by=actor.user_id)[:MOST]
        columns = ("listing__slug", "label", "label_en", "channel", "proposed_at")
        yield Waiting(rows.values(*columns, "facility__name"), _mention)


def _mention(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Usulan sebutan: %(label)s") % {"label": spoken(row["label"], row["label_en"])},
        url=reverse("catalog:mentions", args=[row["listing__slug"]]),
        age_on=_day(row["proposed_at"]),
        detail=f"{Channel(row['channel']).label} · {row['facility__name']}",
        state="warn",
        state_text=_("Putuskan"),
    )
