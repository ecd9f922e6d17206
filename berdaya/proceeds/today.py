"""What of sales and money waits on Hari Ini: lists, PNBP, slips, objections."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.money import format_rp
from berdaya.core.scope import Actor
from berdaya.institutions.queries import WorkingDay
from berdaya.institutions.rules import places_of
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.proceeds.models import (
    Objection,
    PayoutRun,
    PolicyProposal,
    PremiCorrection,
    PremiShare,
    Sale,
)
from berdaya.proceeds.queries import OWED, deposit_due


def register() -> None:
    """Put what waits of money on Hari Ini."""
    waits("proceeds.payouts", lists_that_wait)
    waits("proceeds.deposits", pnbp_owed)
    waits("proceeds.slips", slips_to_make)
    waits("proceeds.objections", objections_due)
    waits("proceeds.corrections", corrections_that_wait)
    waits("proceeds.policies", policies_that_wait)


def lists_that_wait(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Lists to approve or to pay, for those who did not act on them yet."""
    approves = places_of(actor, "payout.approve", facility_ids)
    pays = places_of(actor, "payout.pay", facility_ids)
    if not approves and not pays:
        return
    user = actor.user_id
    to_approve = Q(facility__in=approves, approval__isnull=True)
    to_pay = Q(facility__in=pays, approval__isnull=False) & ~Q(approval__approved_by=user)
    waiting = PayoutRun.objects.filter(
        to_approve | to_pay, payment__isnull=True, returned__isnull=True
    ).exclude(prepared_by=user)
    rows = waiting.order_by("prepared_on", "pk")[:20]
    yield Waiting(
        rows.values("code", "total_rp", "prepared_on", "approval__approved_on"), _list_that_waits
    )


def _list_that_waits(run: dict[str, Any]) -> Item:
    approved_on = run["approval__approved_on"]
    return Item(
        text=_("Daftar pembayaran premi %(code)s") % {"code": run["code"]},
        url=reverse("proceeds:payout", args=[run["code"]]),
        age_on=date.fromisoformat(approved_on or run["prepared_on"]),
        detail=format_rp(run["total_rp"]),
        state="warn",
        state_text=_("Bayar") if approved_on else _("Setujui"),
    )


def pnbp_owed(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line a book that owes PNBP, with its due date."""
    ids = places_of(actor, "deposit.record", facility_ids)
    if not ids:
        return
    owing = Sale.objects.filter(
        facility__in=ids, state_rp__gt=F("state_back_rp") + F("state_deposited_rp")
    )
    rows = owing.order_by().values("book", "book__party", "book__party__name")
    owed = rows.annotate(owed=Sum(OWED), oldest=Min("sold_on")).order_by("oldest")
    yield Waiting(owed[:3], _pnbp_of_a_book)


def _pnbp_of_a_book(row: dict[str, Any]) -> Item:
    due = deposit_due(row["book__party"], date.fromisoformat(row["oldest"]))
    is_late = due.day < clock.today()
    words = {"amount": format_rp(int(row["owed"])), "who": row["book__party__name"]}
    return Item(
        text=_("Setor PNBP %(amount)s, %(who)s") % words,
        url=reverse("proceeds:new_deposit"),
        age_on=due.day,
        detail=_due(due),
        state="bad" if is_late else "warn",
        state_text=_("Terlambat") if is_late else _("Setor"),
    )


def _due(due: WorkingDay) -> str:
    words = {"day": clock.format_date(due.day)}
    if due.is_confirmed:
        return _("Jatuh tempo %(day)s") % words
    return _("Jatuh tempo %(day)s; hari liburnya perlu konfirmasi") % words


def slips_to_make(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Shares of past months that no slip explains yet."""
    ids = places_of(actor, "slip.print", facility_ids)
    if not ids:
        return
    first = clock.today().replace(day=1)
    waiting = PremiShare.objects.filter(
        facility__in=ids, earned_on__lt=first, slip_line__isnull=True
    )
    told = waiting.order_by().values("facility__name")
    yield Waiting(
        told.annotate(people=Count("participant", distinct=True), oldest=Min("earned_on")),
        _slips_of_a_unit,
    )


def _slips_of_a_unit(row: dict[str, Any]) -> Item:
    oldest = date.fromisoformat(row["oldest"])
    return Item(
        text=_("Slip premi untuk %(n)s orang belum dibuat") % {"n": row["people"]},
        url=reverse("proceeds:new_slips"),
        age_on=(oldest.replace(day=1) + timedelta(days=32)).replace(day=1),
        detail=row["facility__name"],
        state="warn",
        state_text=_("Buat"),
    )


def objections_due(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Objections that wait for this very person."""
    if actor.user_id is None:
        return
    mine = Objection.objects.filter(
        facility__in=facility_ids, handler=actor.user_id, answer__isnull=True
    )
    rows = mine.order_by("answer_due_on", "pk")[:20]
    yield Waiting(rows.values("code", "raised_on", "answer_due_on"), _objection_that_waits)


def _objection_that_waits(row: dict[str, Any]) -> Item:
    due = date.fromisoformat(row["answer_due_on"])
    return Item(
        text=_("Keberatan premi %(code)s") % {"code": row["code"]},
        url=reverse("proceeds:objection", args=[row["code"]]),
        age_on=date.fromisoformat(row["raised_on"]),
        detail=_("Dijawab paling lambat %(day)s") % {"day": clock.format_date(due)},
        state="bad" if due < clock.today() else "warn",
        state_text=_("Jawab"),
    )


def corrections_that_wait(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Corrections to decide, for those who did not propose them."""
    ids = places_of(actor, "payout.approve", facility_ids)
    if not ids:
        return
    waiting = PremiCorrection.objects.filter(facility__in=ids, decision__isnull=True)
    rows = waiting.exclude(recorded_by=actor.user_id).order_by("proposed_on", "pk")[:20]
    yield Waiting(rows.values("code", "proposed_on", "batch__code"), _correction_that_waits)


def _correction_that_waits(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Perbaikan premi %(code)s") % {"code": row["code"]},
        url=reverse("proceeds:correction", args=[row["code"]]),
        age_on=date.fromisoformat(row["proposed_on"]),
        detail=row["batch__code"],
        state="warn",
        state_text=_("Putuskan"),
    )


def policies_that_wait(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Proposed policies, for those who did not propose them."""
    ids = places_of(actor, "policy.approve", facility_ids)
    if not ids:
        return
    waiting = PolicyProposal.objects.filter(facility__in=ids, decision__isnull=True)
    rows = waiting.exclude(recorded_by=actor.user_id).order_by("proposed_on", "pk")[:20]
    yield Waiting(rows.values("pk", "proposed_on", "party__name"), _policy_that_waits)


def _policy_that_waits(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Usulan kebijakan bagi hasil"),
        url=reverse("proceeds:policy_proposal", args=[row["pk"]]),
        age_on=date.fromisoformat(row["proposed_on"]),
        detail=row["party__name"],
        state="warn",
        state_text=_("Putuskan"),
    )
