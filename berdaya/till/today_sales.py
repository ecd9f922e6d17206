"""What of stalls waits on Hari Ini: left open, cash not handed in, unproven QRIS, gaps in paper."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from berdaya.core import clock
from berdaya.core.money import format_rp
from berdaya.core.scope import Actor
from berdaya.institutions.rules import places_of
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.till.models import (
    CashHandover,
    PaperBlock,
    QrisProof,
    QrisWriteOff,
    StallSale,
    StallSession,
)

MOST = 20


def register() -> None:
    """Put what waits at stalls on Hari Ini."""
    waits("till.sessions", sessions_open)
    waits("till.cash", cash_not_received)
    waits("till.qris", qris_unproven)
    waits("till.write_offs", write_offs_to_decide)
    waits("till.papers", papers_missing)


def _day(instant: str) -> date:
    return clock.local(datetime.fromisoformat(instant)).date()


def sessions_open(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Stalls that are open: to go on selling, or left open since another day."""
    ids = places_of(actor, "stall.sell", facility_ids)
    if ids:
        rows = StallSession.objects.filter(facility__in=ids, closed_at__isnull=True)
        named = rows.annotate(label=F("stall__label"), number=F("stall__number"))
        yield Waiting(named.order_by("day").values("id", "label", "number", "day")[:MOST], _open)


def _open(row: dict[str, Any]) -> Item:
    day, page = date.fromisoformat(row["day"]), "till:session"
    is_late = day < clock.today()
    return Item(
        text=_("Stan %(number)s %(label)s") % row,
        url=reverse(page if is_late else "till:selling", args=[row["id"]]),
        age_on=day,
        detail=_("Kasnya belum ditutup sejak kemarin atau sebelumnya.")
        if is_late
        else _("Buka hari ini; lanjutkan berjualan."),
        state="bad" if is_late else "",
        state_text=_("Tutup kas") if is_late else _("Buka"),
    )


def cash_not_received(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Counted cash that no treasurer has received, for those who can and did not hand it in."""
    ids = places_of(actor, "cash.receive", facility_ids)
    if ids:
        rows = CashHandover.objects.filter(facility__in=ids, received_at__isnull=True)
        mine = rows.exclude(handed_by=actor.user_id).annotate(
            label=F("closing__session__stall__label")
        )
        shown = mine.order_by("handed_at").values("id", "label", "amount_rp", "handed_at")
        yield Waiting(shown[:MOST], _cash)


def _cash(row: dict[str, Any]) -> Item:
    day = _day(row["handed_at"])
    is_late = day < clock.today()
    return Item(
        text=_("Setoran kas stan %(label)s") % row,
        url=reverse("till:cash_receiving", args=[row["id"]]),
        age_on=day,
        detail=format_rp(int(row["amount_rp"])),
        state="bad" if is_late else "warn",
        state_text=_("Belum diterima") if is_late else pgettext("till", "Terima"),
    )


def qris_unproven(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Notas whose QRIS nobody saw come, oldest first."""
    ids = places_of(actor, "cash.receive", facility_ids)
    if ids:
        rows = StallSale.objects.filter(facility__in=ids, proof=QrisProof.OPEN, void__isnull=True)
        shown = rows.order_by("sold_at").values("id", "code", "amount_rp", "qris_reference", "day")
        yield Waiting(shown[:MOST], _unproven)


def _unproven(row: dict[str, Any]) -> Item:
    words = {"amount": format_rp(int(row["amount_rp"])), "reference": row["qris_reference"]}
    return Item(
        text=_("QRIS nota %(code)s belum terbukti") % row,
        url=reverse("till:nota", args=[row["id"]]),
        age_on=date.fromisoformat(row["day"]),
        detail=_("%(amount)s, rujukan …%(reference)s") % words,
        state="bad",
        state_text=_("Cocokkan"),
    )


def write_offs_to_decide(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """QRIS that a treasurer asks to give up, for those who neither asked nor sold."""
    ids = places_of(actor, "settlement.approve", facility_ids)
    if ids:
        rows = QrisWriteOff.objects.filter(
            facility__in=ids, decided_at__isnull=True, stall_sale__proof=QrisProof.OPEN
        )
        theirs = Q(asked_by=actor.user_id) | Q(sold_by=actor.user_id)
        others = rows.exclude(theirs).annotate(
            code=F("stall_sale__code"), amount_rp=F("stall_sale__amount_rp")
        )
        shown = others.order_by("asked_at").values("id", "code", "amount_rp", "reason", "asked_at")
        yield Waiting(shown[:MOST], _give_up)


def _give_up(row: dict[str, Any]) -> Item:
    return Item(
        text=_("QRIS nota %(code)s diminta dihapus") % row,
        url=reverse("till:write_off_decision", args=[row["id"]]),
        age_on=_day(row["asked_at"]),
        detail=f"{format_rp(int(row['amount_rp']))} · {row['reason']}",
        state="warn",
        state_text=_("Putuskan"),
    )


def papers_missing(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Blocks with fewer papers told than were written, or than they hold once the event is over."""
    ids = places_of(actor, "stall.sell", facility_ids)
    if not ids:
        return
    rows = PaperBlock.objects.filter(facility__in=ids).annotate(
        told=Count("papers"), last=Max("papers__number"), ends_on=F("stall__event__ends_on")
    )
    size = F("last_no") - F("first_no") + 1
    written = rows.filter(last__gte=F("first_no") + F("told"))
    over = rows.filter(ends_on__lt=clock.today(), told__lt=size)
    for found in (written, over):
        shown = found.order_by("pk").values("id", "series", "first_no", "last_no", "ends_on")
        yield Waiting(shown[:MOST], _papers)


def _papers(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Blok nota %(series)s %(first_no)s–%(last_no)s") % row,
        url=reverse("till:block", args=[row["id"]]),
        age_on=min(date.fromisoformat(row["ends_on"]), clock.today()),
        detail=_("Ada nomor yang belum dijelaskan."),
        state="warn",
        state_text=_("Jelaskan"),
    )
