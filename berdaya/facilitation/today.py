"""What waits in facilitation: answers, tasks to take, what is late, what nobody was given."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.facilitation.models import Case, CaseState, CaseStep, Kind, Side
from berdaya.facilitation.queries.cases import OVER, late
from berdaya.facilitation.rules import unassigned_since
from berdaya.institutions.rules import may_anywhere, places_of
from berdaya.institutions.today import Item, Waiting, waits

MOST = 20
TOLD = ("code", "kind", "asked_on", "awaits_since", "promised_on", "facility__name")


def register() -> None:
    """Tell Hari Ini."""
    waits("facilitation.unassigned", unassigned)
    waits("facilitation.assigned", assigned)
    waits("facilitation.answers", answers)
    waits("facilitation.late", late_cases)
    waits("facilitation.ready", ready)


def _mine(actor: Actor, facility_ids: frozenset[int]) -> "tuple[QuerySet[Case], Side] | None":
    """Cases of the units where the actor works on them, or those assigned to them."""
    if ids := places_of(actor, "facilitation.work", facility_ids):
        return Case.objects.filter(facility__in=ids), Side.UNIT
    if may_anywhere(actor, "facilitation.lead"):
        return Case.objects.filter(mentor=actor.user_id), Side.MENTOR
    return None


def unassigned(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """For the UMKM officer: asked more than two days ago, and still without a mentor."""
    if may_anywhere(actor, "facilitation.assign"):
        since = unassigned_since(clock.today())
        rows = Case.objects.filter(state=CaseState.ASKED, asked_on__lte=since)
        yield Waiting(rows.order_by("asked_on", "pk")[:MOST].values(*TOLD), _unassigned)


def _item(row: dict[str, Any], text: str, since: str | None, state: str, word: str) -> Item:
    return Item(
        text=text % {"kind": Kind(row["kind"]).label},
        url=reverse("facilitation:case", args=[row["code"]]),
        age_on=date.fromisoformat(since or row["asked_on"]),
        detail=row["facility__name"],
        state=state,
        state_text=word,
    )


def _unassigned(row: dict[str, Any]) -> Item:
    text = _("Permintaan %(kind)s belum mendapat pendamping")
    return _item(row, text, row["asked_on"], "warn", _("Tugaskan"))


def assigned(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """For the mentor: given to them, and not yet taken."""
    if may_anywhere(actor, "facilitation.lead"):
        rows = Case.objects.filter(state=CaseState.ASSIGNED, mentor=actor.user_id)
        yield Waiting(rows.order_by("asked_on")[:MOST].values(*TOLD), _assigned)


def _assigned(row: dict[str, Any]) -> Item:
    text = _("Anda ditugaskan mendampingi %(kind)s")
    return _item(row, text, row["asked_on"], "warn", pgettext("facilitation", "Terima"))


def answers(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """The other side asked something and waits."""
    if found := _mine(actor, facility_ids):
        rows, side = found
        waiting = rows.filter(awaits=side).order_by("awaits_since", "pk")
        yield Waiting(waiting[:MOST].values(*TOLD), _answer)


def _answer(row: dict[str, Any]) -> Item:
    text = _("Pesan tentang %(kind)s menunggu jawaban Anda")
    return _item(row, text, row["awaits_since"], "warn", pgettext("facilitation", "Jawab"))


def late_cases(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Past a promised day, of the whole or of a step."""
    if found := _mine(actor, facility_ids):
        rows = late(found[0], clock.today()).order_by("promised_on", "pk")
        yield Waiting(rows[:MOST].values(*TOLD), _late)


def _late(row: dict[str, Any]) -> Item:
    text = _("Fasilitasi %(kind)s terlambat")
    since = min(row["promised_on"], clock.today().isoformat())
    return _item(row, text, since, "bad", pgettext("facilitation", "Terlambat"))


def ready(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """For the unit: every step is over; the permit is recorded and the case finished."""
    found = _mine(actor, facility_ids)
    if found and found[1] is Side.UNIT:
        open_ = CaseStep.objects.filter(~OVER).values("case")
        rows = found[0].filter(state=CaseState.RUNNING).exclude(pk__in=open_)
        yield Waiting(rows.order_by("promised_on")[:MOST].values(*TOLD), _ready)


def _ready(row: dict[str, Any]) -> Item:
    text = _("%(kind)s siap diselesaikan: catat izinnya")
    return _item(row, text, row["asked_on"], "warn", pgettext("facilitation", "Selesaikan"))
