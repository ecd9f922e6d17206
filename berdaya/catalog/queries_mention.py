"""What is true of mentions: what the public reads, what waits, which labels are retired."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import JSONObject, Lower

from berdaya.catalog.calc import spoken
from berdaya.catalog.models import Listing, MakerMention, ShownMention, VersionPhoto
from berdaya.people.items import Item
from berdaya.people.models import CleanPage, Consent, ConsentPurpose, line_label


def makers_of(now: datetime) -> ArraySubquery:
    """Labels and channels of the mentions of a listing (the outer row) that are shown now."""
    rows = ShownMention.objects.shown(now).filter(listing=OuterRef("pk")).order_by("pk")
    return ArraySubquery(
        rows.values(told=JSONObject(label="label", label_en="label_en", channel="channel"))
    )


def labels_in(told: Iterable[dict[str, str]], channel: str) -> tuple[str, ...]:
    """The labels of one channel in the active language, each once."""
    mine = (one for one in told if one["channel"] == channel)
    return tuple(dict.fromkeys(spoken(one["label"], one["label_en"]) for one in mine))


def public_photos(now: datetime) -> "QuerySet[VersionPhoto]":
    """Photos on versions, without those of a mention that is over: a picture goes with it."""
    over = Q(ended_at__isnull=False) | Q(shown_until__lte=now) | Q(shown_from__gt=now)
    gone = ShownMention.objects.filter(over, photo=OuterRef("photo"))
    return VersionPhoto.objects.filter(~Exists(gone))


def mention_states(rows: Any, now: datetime) -> Any:
    """Brings `state`: waiting, declined, shown, ended (taken back), over (its days have passed)."""
    return rows.annotate(
        state=Case(
            When(decision__isnull=True, consent__withdrawn_on__isnull=False, then=Value("ended")),
            When(decision__isnull=True, then=Value("waiting")),
            When(decision__outcome="declined", then=Value("declined")),
            When(decision__shown__ended_at__isnull=False, then=Value("ended")),
            When(decision__shown__shown_until__lte=now, then=Value("over")),
            default=Value("shown"),
        )
    )


def waiting_mentions(facility_ids: Iterable[int]) -> "QuerySet[MakerMention]":
    """Mentions that nobody has decided and whose consent still stands; oldest first."""
    rows = MakerMention.objects.filter(facility__in=list(facility_ids), decision__isnull=True)
    return rows.filter(consent__withdrawn_on__isnull=True).order_by("proposed_at", "pk")


def is_retired(facility_id: int, *labels: str) -> bool:
    """Whether somebody with a clean page was known by one of these labels here.

    The usual label of a group is everybody's and is never retired.
    """
    asked = {label.strip().lower() for label in labels if label.strip()}
    cleaned = CleanPage.objects.values("participant")
    rows = MakerMention.objects.filter(facility=facility_id, participant__in=cleaned)
    rows = rows.select_related("listing__variant__product", "listing__facility")
    known = rows.annotate(low=Lower("label"), low_en=Lower("label_en"))
    hits = known.filter(Q(low__in=asked) | Q(low_en__in=asked))
    return any(row.label != default_label(row.listing) for row in hits)


def default_label(listing: Listing) -> str:
    """The usual label: the group of a line of work, and where it is."""
    line = line_label(listing.variant.product.line_of_work)
    return f"Kelompok {line}, {listing.facility.name}"[:60]


def offered_items(facility_id: int) -> list[Item]:
    """What this unit offers and has not pulled back, by name; one query."""
    rows = Listing.objects.filter(
        facility=facility_id, current__isnull=False, withdrawn_at__isnull=True
    )
    told = rows.values_list("slug", "current__name", "current__name_en")
    return sorted(
        (Item(slug, spoken(name, name_en)) for slug, name, name_en in told),
        key=lambda one: one.label,
    )


def publicity_of(listing: Listing) -> "QuerySet[Consent]":
    """Consents to be mentioned on this listing, with the person; the newest first."""
    rows = Consent.objects.filter(purpose=ConsentPurpose.PUBLICITY, item=listing.slug)
    return rows.select_related("participant").order_by(F("given_on").desc(), "pk")
