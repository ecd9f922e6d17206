"""What waits in mentoring: proposals to answer, steps due, sessions without notes."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.institutions.rules import may_anywhere, places_of
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.mentoring.models import Adoption, AdoptionState, Meeting, NextStep, Side
from berdaya.mentoring.queries import offices_of

SOON = timedelta(days=7)
MOST = 20


def register() -> None:
    """Tell Hari Ini."""
    waits("mentoring.answers", answers)
    waits("mentoring.steps", steps)
    waits("mentoring.notes", notes)


def answers(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """What a mentor proposed, for the head; what a unit asked, for the office's mentors."""
    ids = places_of(actor, "mentoring.accept", facility_ids)
    rows = Adoption.objects.filter(state=AdoptionState.PROPOSED).order_by("proposed_at")
    told = ("code", "wish", "side", "proposed_at", "facility__name")
    if ids:
        yield Waiting(rows.filter(side=Side.MENTOR, facility__in=ids)[:MOST].values(*told), _answer)
    elif may_anywhere(actor, "mentoring.lead"):
        mine = rows.filter(side=Side.UNIT, office__in=offices_of(actor, clock.today()))
        yield Waiting(mine[:MOST].values(*told), _answer)


def _answer(row: dict[str, Any]) -> Item:
    is_offer = row["side"] == Side.MENTOR
    return Item(
        text=_("Tawaran pendampingan menunggu jawaban")
        if is_offer
        else _("UPT meminta pendamping"),
        url=reverse("mentoring:adoption", args=[row["code"]]),
        age_on=date.fromisoformat(row["proposed_at"][:10]),
        detail=f"{row['facility__name']}: {row['wish']}",
        state_text=_("Jawab"),
    )


def _mine(
    actor: Actor, facility_ids: frozenset[int], rows: QuerySet[Any], path: str = "adoption__"
) -> QuerySet[Any] | None:
    """Of the running adoptions those of the units where the actor works, or led by them."""
    ids = places_of(actor, "mentoring.work", facility_ids)
    running = rows.filter(**{f"{path}state": AdoptionState.RUNNING})
    if ids:
        return running.filter(facility__in=ids)
    if may_anywhere(actor, "mentoring.lead"):
        return running.filter(**{f"{path}mentor": actor.user_id})
    return None


def steps(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One's own side's steps that are due within a week, or late."""
    open_ = NextStep.objects.filter(done_on__isnull=True, due_on__lte=clock.today() + SOON)
    rows = _mine(actor, facility_ids, open_)
    if rows is not None:
        is_unit = bool(places_of(actor, "mentoring.work", facility_ids))
        rows = rows.filter(Q(side=Side.UNIT if is_unit else Side.MENTOR)).order_by("due_on")[:MOST]
        yield Waiting(rows.values("text", "due_on", "adoption__code", "facility__name"), _step)


def _step(row: dict[str, Any]) -> Item:
    due = date.fromisoformat(row["due_on"])
    is_late = due < clock.today()
    return Item(
        text=_("Langkah pendampingan: %s") % row["text"],
        url=reverse("mentoring:adoption", args=[row["adoption__code"]]),
        age_on=min(due, clock.today()),
        detail=_("paling lambat %(day)s, %(unit)s")
        % {"day": clock.format_date(due), "unit": row["facility__name"]},
        state="bad" if is_late else "warn",
        state_text=_("Lewat waktu") if is_late else _("Kerjakan"),
    )


def notes(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Sessions that were held and that their mentor has not noted."""
    if may_anywhere(actor, "mentoring.lead"):
        rows = Meeting.objects.filter(
            noted_at__isnull=True,
            day__lt=clock.today(),
            adoption__state=AdoptionState.RUNNING,
            adoption__mentor=actor.user_id,
        ).order_by("day")[:MOST]
        yield Waiting(rows.values("pk", "title", "day", "facility__name"), _note)


def _note(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Sesi belum dicatat: %s") % row["title"],
        url=reverse("mentoring:notes", args=[row["pk"]]),
        age_on=date.fromisoformat(row["day"]),
        detail=row["facility__name"],
        state="warn",
        state_text=_("Catat"),
    )
