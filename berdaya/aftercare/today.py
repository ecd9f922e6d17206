"""On Hari Ini: reports of this month, plans and tools that wait."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from berdaya.aftercare.calc import month_of
from berdaya.aftercare.models import (
    FollowUp,
    GrantState,
    Plan,
    PlanState,
    Supervision,
    ToolsGrant,
)
from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.institutions.rules import places_of
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.people.models import Placement
from berdaya.people.queries import within_caseload

MOST = 20


def register() -> None:
    """Tell Hari Ini."""
    waits("aftercare.reports", reports)
    waits("aftercare.plans", plans)
    waits("aftercare.grants", grants)


def reports(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line a Bapas: clients with a report duty and no contact yet this month."""
    places = places_of(actor, "aftercare.record", facility_ids)
    if not places:
        return
    today = clock.today()
    told = FollowUp.objects.filter(
        supervision=OuterRef("pk"), happened_on__gte=month_of(today), happened_on__lte=today
    )
    here = Placement.objects.on(today).filter(facility__in=places)
    rows = Supervision.objects.on(today).filter(
        ~Exists(told), facility__in=places, has_report_duty=True, valid_from__lt=month_of(today),
        participant__in=here.values("participant"),
    )  # fmt: skip
    grouped = within_caseload(rows, actor, today).order_by().values("facility__name")
    yield Waiting(grouped.annotate(people=Count("pk"), first=Min("valid_from")), _report)


def _report(row: dict[str, Any]) -> Item:
    people = row["people"]
    text = ngettext(
        "%(n)s klien belum lapor bulan ini", "%(n)s klien belum lapor bulan ini", people
    )
    return Item(
        text=text % {"n": people}, url=reverse("aftercare:clients"),
        age_on=month_of(clock.today()), detail=row["facility__name"], state="warn",
        state_text=_("Hubungi"),
    )  # fmt: skip


def plans(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Signed plans for the head, not those they wrote themselves."""
    if places := places_of(actor, "plan.approve", facility_ids):
        rows = Plan.objects.filter(state=PlanState.WAITING, facility__in=places)
        rows = rows.exclude(written_by=actor.user_id).order_by("signed_on")[:MOST]
        yield Waiting(rows.values("code", "trade", "signed_on", "facility__name"), _plan)


def _plan(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Rencana usaha menunggu persetujuan"),
        url=reverse("aftercare:plan", args=[row["code"]]),
        age_on=date.fromisoformat(row["signed_on"]),
        detail=f"{row['facility__name']}: {row['trade']}", state_text=_("Putuskan"),
    )  # fmt: skip


def grants(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Tools for the head to let out, and for the counsellor to hand over."""
    if places := places_of(actor, "aftercare.approve", facility_ids):
        rows = ToolsGrant.objects.filter(state=GrantState.WAITING, facility__in=places)
        rows = rows.exclude(proposed_by=actor.user_id).order_by("proposed_on")[:MOST]
        yield Waiting(rows.values("code", "source", "proposed_on"), _waiting)
    if places := places_of(actor, "aftercare.record", facility_ids):
        rows = ToolsGrant.objects.filter(state=GrantState.APPROVED, facility__in=places)
        rows = within_caseload(rows, actor, clock.today()).order_by("approved_on")[:MOST]
        yield Waiting(rows.values("code", "source", "approved_on"), _approved)


def _waiting(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Bantuan alat menunggu persetujuan"),
        url=reverse("aftercare:grant", args=[row["code"]]),
        age_on=date.fromisoformat(row["proposed_on"]), detail=row["source"],
        state_text=_("Putuskan"),
    )  # fmt: skip


def _approved(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Bantuan alat belum diserahkan"),
        url=reverse("aftercare:grant", args=[row["code"]]),
        age_on=date.fromisoformat(row["approved_on"]), detail=row["source"],
        state="warn", state_text=_("Serahkan"),
    )  # fmt: skip
