"""What of events waits on Hari Ini: answer, choose, receive, bring home, reckon, approve, pay."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Min, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from berdaya.core import clock
from berdaya.core.names import named
from berdaya.core.scope import Actor
from berdaya.institutions.rules import places_of
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.stock.models import GatePass
from berdaya.till.models import HandOut, HandOutLoss, Invitation, ProductProposal, Settlement
from berdaya.till.queries import still_out

MOST = 20
EVENT = ("event__name", "event__name_en")


def register() -> None:
    """Put them all on Hari Ini."""
    waits("till.invitations", invitations_to_answer)
    waits("till.proposals", proposals_to_decide)
    waits("till.hand_outs", goods_to_receive)
    waits("till.losses", losses_to_decide)
    waits("till.out", goods_still_out)
    waits("till.settlements", settlements_to_approve)
    waits("till.payments", settlements_to_pay)


def _day(told: str) -> date:
    return clock.local(datetime.fromisoformat(told)).date()


def invitations_to_answer(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each invitation without an answer."""
    ids = places_of(actor, "event.propose", facility_ids)
    if ids:
        rows = Invitation.objects.filter(
            facility__in=ids, answer="", event__ends_on__gte=clock.today()
        )
        told = rows.order_by("invited_at")[:MOST]
        yield Waiting(told.values("event", "invited_at", "facility__name", *EVENT), _invited)


def _invited(row: dict[str, Any]) -> Item:
    name = named(row["event__name"], row["event__name_en"])
    return Item(
        text=_("Undangan: %(name)s") % {"name": name},
        url=reverse("till:event", args=[row["event"]]),
        age_on=_day(row["invited_at"]),
        detail=row["facility__name"],
        state="warn",
        state_text=_("Jawab"),
    )


def proposals_to_decide(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line an event with proposals that nobody decided."""
    ids = places_of(actor, "event.edit", facility_ids)
    if ids:
        rows = ProductProposal.objects.filter(
            facility__in=ids, decision__isnull=True, event__ends_on__gte=clock.today()
        ).order_by()
        told = rows.values("event", *EVENT).annotate(n=Count("pk"), first=Min("proposed_at"))
        yield Waiting(told, _proposed)


def _proposed(row: dict[str, Any]) -> Item:
    name = named(row["event__name"], row["event__name_en"])
    return Item(
        text=_("%(n)s usulan produk untuk %(name)s") % {"n": row["n"], "name": name},
        url=reverse("till:decisions", args=[row["event"]]),
        age_on=_day(row["first"]),
        detail="",
        state="warn",
        state_text=_("Pilih"),
    )


def goods_to_receive(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each hand-out on its way to a stall of the actor's."""
    ids = places_of(actor, "handout.receive", facility_ids)
    if ids:
        declined = GatePass.objects.filter(declined_at__isnull=False)
        rows = HandOut.objects.filter(host__in=ids, received_at__isnull=True)
        rows = rows.exclude(gate_pass__in=declined).exclude(accepted_by=actor.user_id)
        told = rows.order_by("accepted_at")[:MOST]
        yield Waiting(
            told.values("id", "code", "accepted_at", "facility__name", "stall__label"), _to_receive
        )


def _to_receive(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Barang %(owner)s untuk stan %(stall)s")
        % {"owner": row["facility__name"], "stall": row["stall__label"]},
        url=reverse("till:hand_out", args=[row["id"]]),
        age_on=_day(row["accepted_at"]),
        detail=row["code"],
        state="warn",
        state_text=pgettext("till", "Hitung"),
    )


def losses_to_decide(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each loss at a stall that the owner has not looked at."""
    ids = places_of(actor, "handout.make", facility_ids)
    if ids:
        rows = HandOutLoss.objects.filter(facility__in=ids, decided_at__isnull=True)
        told = rows.exclude(recorded_by=actor.user_id).order_by("recorded_at")[:MOST]
        yield Waiting(told.values("line__hand_out", "recorded_at", "reason"), _lost)


def _lost(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Barang rusak atau hilang di stan"),
        url=reverse("till:hand_out", args=[row["line__hand_out"]]),
        age_on=_day(row["recorded_at"]),
        detail=row["reason"],
        state="bad",
        state_text=_("Pastikan"),
    )


def goods_still_out(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line a hand-out of which something lies at a stall after its event."""
    ids = places_of(actor, "handout.make", facility_ids)
    if ids:
        rows = still_out().filter(
            facility__in=ids, hand_out__stall__event__ends_on__lt=clock.today()
        )
        told = rows.order_by().values(
            "hand_out", "hand_out__code", day=F("hand_out__stall__event__ends_on")
        )
        yield Waiting(told.annotate(n=Sum("left"))[:MOST], _still_out)


def _still_out(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Barang %(code)s masih di stan") % {"code": row["hand_out__code"]},
        url=reverse("till:hand_out", args=[row["hand_out"]]),
        age_on=date.fromisoformat(row["day"]),
        detail=_("Acaranya selesai: ambil kembali sisanya."),
        state="warn",
        state_text=_("Kembalikan"),
    )


def settlements_to_approve(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each reckoning that waits for this head."""
    ids = places_of(actor, "settlement.approve", facility_ids)
    if ids:
        rows = Settlement.objects.filter(
            host__in=ids, approved_at__isnull=True, declined_at__isnull=True
        ).exclude(prepared_by=actor.user_id)
        told = rows.order_by("prepared_at")[:MOST]
        yield Waiting(told.values("pk", "code", "prepared_at", "facility__name"), _to_approve)


def _to_approve(row: dict[str, Any]) -> Item:
    return _reckoned(row, row["prepared_at"], _("Setujui"))


def settlements_to_pay(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Each approved reckoning whose owner waits for the money."""
    ids = places_of(actor, "settlement.pay", facility_ids)
    if ids:
        rows = Settlement.objects.filter(
            host__in=ids, approved_at__isnull=False, paid_at__isnull=True, gross_rp__gt=0
        )
        told = rows.order_by("approved_at")[:MOST]
        yield Waiting(told.values("pk", "code", "approved_at", "facility__name"), _to_pay)


def _to_pay(row: dict[str, Any]) -> Item:
    return _reckoned(row, row["approved_at"], _("Bayar"))


def _reckoned(row: dict[str, Any], since: str, step: str) -> Item:
    return Item(
        text=_("Perhitungan titip jual %(owner)s") % {"owner": row["facility__name"]},
        url=reverse("till:settlement", args=[row["pk"]]),
        age_on=_day(since),
        detail=row["code"],
        state="warn",
        state_text=step,
    )
