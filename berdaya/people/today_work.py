"""What waits about papers for work: fitness, consents, holds, cover for accidents."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.clock import format_date
from berdaya.core.scope import Actor
from berdaya.institutions.rules import may_anywhere, places_of
from berdaya.institutions.today import Item, Waiting
from berdaya.people.models import (
    Consent,
    ConsentPurpose,
    FitnessCertificate,
    SafetyHold,
    WorkInsurance,
    WorkPlacement,
)
from berdaya.people.queries_consent import SOON as SOON_OVER
from berdaya.people.queries_consent import consent_states, without_consent

SOON = timedelta(days=14)


def waiting(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line a facility with certificates of working people that end within two weeks."""
    ids = places_of(actor, "fitness.record", facility_ids)
    if not ids:
        return
    today = clock.today()
    at_work = WorkPlacement.objects.on(today).filter(facility_id__in=ids)
    rows = FitnessCertificate.objects.on(today).filter(
        facility_id__in=ids,
        valid_until__lte=today + SOON,
        participant__in=at_work.values("participant"),
    )
    grouped = rows.order_by().values("facility__name")
    yield Waiting(grouped.annotate(people=Count("pk"), first=Min("valid_until")), _ending)


def _ending(row: dict[str, Any]) -> Item:
    people, first = row["people"], date.fromisoformat(row["first"])
    text = ngettext("%(n)s surat sehat hampir habis", "%(n)s surat sehat hampir habis", people)
    last_day = format_date(first - timedelta(days=1))
    return Item(
        text=text % {"n": people},
        url=reverse("people:fitness_list"),
        age_on=first - SOON,
        detail=_("%(name)s, yang pertama habis %(day)s")
        % {"name": row["facility__name"], "day": last_day},
        state="warn",
        state_text=_("Periksa"),
    )


def consents_missing(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line a facility with people placed in work who have not consented to it."""
    ids = places_of(actor, "consent.record", facility_ids)
    if ids:
        rows = without_consent(ids, clock.today()).order_by().values("facility__name")
        yield Waiting(
            rows.annotate(people=Count("participant", distinct=True), first=Min("valid_from")),
            _missing,
        )


def _missing(row: dict[str, Any]) -> Item:
    people = row["people"]
    text = ngettext("%(n)s orang belum bersedia", "%(n)s orang belum bersedia", people)
    return Item(
        text=text % {"n": people},
        url=reverse("people:consent_missing"),
        age_on=date.fromisoformat(row["first"]),
        detail=_("%(name)s, ditempatkan dalam kerja tanpa surat kesediaan")
        % {"name": row["facility__name"]},
        state="warn",
        state_text=_("Tanyakan"),
    )


def publicity_ending(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line a facility whose consents to be mentioned end within a month."""
    ids = places_of(actor, "publicity.record", facility_ids)
    if ids:
        today = clock.today()
        rows = Consent.objects.on(today).filter(  # type: ignore[attr-defined]
            facility_id__in=ids,
            purpose=ConsentPurpose.PUBLICITY,
            valid_until__lte=today + SOON_OVER,
        )
        grouped = rows.order_by().values("facility__name")
        # Who sees no other page about people finds theirs on the list of those to ask.
        page = "consent_list" if may_anywhere(actor, "people.view") else "publicity_people"
        tell = partial(_publicity, reverse(f"people:{page}"))
        yield Waiting(grouped.annotate(n=Count("pk"), first=Min("valid_until")), tell)


def _publicity(page: str, row: dict[str, Any]) -> Item:
    first = date.fromisoformat(row["first"])
    text = ngettext(
        "%(n)s kesediaan disebut segera berakhir", "%(n)s kesediaan disebut segera berakhir",
        row["n"],
    )  # fmt: skip
    return Item(
        text=text % {"n": row["n"]},
        url=f"{page}?keadaan=soon",
        age_on=first - SOON_OVER,
        detail=_("%(name)s, yang pertama %(day)s; hilang sendiri bila tidak ditanya lagi")
        % {"name": row["facility__name"], "day": _day(first - timedelta(days=1))},
        state="warn",
        state_text=_("Tanyakan"),
    )


def to_ask_again(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line a facility whose consents say an older text than the one in force."""
    ids = places_of(actor, "consent.record", facility_ids)
    if ids:
        today = clock.today()
        rows = Consent.objects.on(today).filter(facility_id__in=ids)  # type: ignore[attr-defined]
        old = consent_states(rows, today).filter(state="old_text", text__isnull=False)
        grouped = old.order_by().values("facility__name")
        yield Waiting(grouped.annotate(n=Count("pk"), first=Min("given_on")), _old_text)


def _old_text(row: dict[str, Any]) -> Item:
    text = ngettext(
        "%(n)s kesediaan dapat ditanya lagi", "%(n)s kesediaan dapat ditanya lagi", row["n"]
    )
    return Item(
        text=text % {"n": row["n"]},
        url=reverse("people:consent_list") + "?keadaan=old_text",
        age_on=date.fromisoformat(row["first"]),
        detail=_("%(name)s, ada naskah baru; yang lama tetap berlaku") % {
            "name": row["facility__name"]
        },
        state_text=_("Lihat"),
    )  # fmt: skip


def people_held(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each person held back from work, for whoever may lift it."""
    ids = places_of(actor, "safety.lift", facility_ids)
    if ids:
        rows = SafetyHold.objects.on(clock.today()).filter(facility_id__in=ids)
        told = ("participant__code", "participant__pseudonym", "valid_from", "reason")
        yield Waiting(rows.order_by("valid_from")[:20].values(*told), _held)


def _held(row: dict[str, Any]) -> Item:
    return Item(
        text=_("%(who)s dihentikan kerjanya") % {"who": row["participant__pseudonym"]},
        url=reverse("people:work", args=[row["participant__code"]]),
        age_on=date.fromisoformat(row["valid_from"]),
        detail=row["reason"],
        state="bad",
        state_text=_("Periksa"),
    )


def not_insured(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line a facility where people work without any cover on record."""
    ids = places_of(actor, "insurance.edit", facility_ids)
    if ids:
        today = clock.today()
        cover = WorkInsurance.objects.on(today).filter(facility=OuterRef("facility"))
        rows = WorkPlacement.objects.on(today).filter(~Exists(cover), facility_id__in=ids)
        grouped = rows.order_by().values("facility__name")
        yield Waiting(grouped.annotate(first=Min("valid_from")), _not_insured)


def _not_insured(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Kecelakaan kerja belum dijamin"),
        url=reverse("people:insurances"),
        age_on=date.fromisoformat(row["first"]),
        detail=_("%(name)s, belum ada nomor kepesertaan yang tercatat") % {
            "name": row["facility__name"]
        },
        state="warn",
        state_text=_("Catat"),
    )  # fmt: skip


def _day(day: date) -> str:
    return format_date(day, get_language() or "id")
