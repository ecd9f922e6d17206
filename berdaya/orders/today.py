"""What of the orders waits on Hari Ini: claims, money, goods to pack and hand over, returns."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.money import format_rp
from berdaya.core.scope import Actor
from berdaya.institutions.rules import places_of
from berdaya.institutions.standing_in import to_decide
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.orders.models import (
    GoodsReturn,
    HeldOutcome,
    Hold,
    MakingHold,
    Order,
    OrderLine,
    OrderState,
    PaymentClaim,
)
from berdaya.orders.queries import (
    REST,
    odd_orders,
    oddity,
    stopped_lines,
    stopped_orders,
    waiting_money,
    with_last_day,
)

MOST = 20
# So long before the promised day a made-to-order line begins to ask for its lot.
SOON = timedelta(days=3)


def register() -> None:
    """Put them on Hari Ini."""
    waits("orders.claims", claims)
    waits("orders.money", money)
    waits("orders.odd", odd_money)
    waits("orders.stopped", stopped)
    waits("orders.work", to_fulfil)
    waits("orders.made", made_to_order)
    waits("orders.slipped", slipped)
    waits("orders.returns", returns_asked)


def _day(text: str) -> date:
    return clock.local(datetime.fromisoformat(text)).date()


def _order_url(code: str) -> str:
    return reverse("orders:order", args=[code])


def claims(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Claims to decide, each by the time that was promised to its buyer."""
    ids = places_of(actor, "order.match", facility_ids)
    if ids:
        rows = PaymentClaim.objects.filter(facility__in=ids, outcome="open")
        found = rows.order_by("decide_by").values(
            "order__code", "order__payable_rp", "claimed_at", "decide_by", "facility__timezone"
        )
        yield Waiting(found[:MOST], _claim)


def _claim(row: dict[str, Any]) -> Item:
    by = datetime.fromisoformat(row["decide_by"])
    words = clock.format_instant(by, row["facility__timezone"], get_language() or "id")
    return Item(
        text=_("Klaim bayar %(code)s: %(amount)s")
        % {"code": row["order__code"], "amount": format_rp(row["order__payable_rp"])},
        url=_order_url(row["order__code"]),
        age_on=_day(row["claimed_at"]),
        detail=_("Dijanjikan dijawab sebelum %(time)s") % {"time": words},
        state="bad" if by <= clock.now() else "warn",
        state_text=_("Cocokkan"),
    )


def money(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Money that belongs to no order yet."""
    ids = places_of(actor, "order.match", facility_ids)
    if ids:
        found = waiting_money(ids).values("pk", "amount_rp", "received_on", "reference")
        yield Waiting(found[:MOST], _money)


def _money(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Uang masuk %(amount)s belum ada pesanannya")
        % {"amount": format_rp(row["amount_rp"])},
        url=reverse("orders:money_in", args=[row["pk"]]),
        age_on=date.fromisoformat(row["received_on"]),
        detail=_("Rujukan %(reference)s. Cari pesanannya, atau kembalikan.")
        % {"reference": row["reference"]},
        state="warn",
        state_text=_("Cocokkan"),
    )


def odd_money(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Orders whose money is late, too much or too little."""
    ids = places_of(actor, "order.match", facility_ids)
    if ids:
        rows = with_last_day(odd_orders(ids), clock.today())
        found = rows.values(
            "code", "state", "paid_rp", "payable_rp", "placed_at", "pay_until", "first_on",
            "rest_days", "facility__timezone",
        )  # fmt: skip
        yield Waiting(found[:MOST], _odd)


def _odd(row: dict[str, Any]) -> Item:
    kind = oddity(row["state"], row["paid_rp"], row["payable_rp"])
    over = format_rp(abs(row["paid_rp"] - row["payable_rp"]))
    words = {
        "late": (_("Uang terlambat"), _("Hidupkan lagi bila stoknya ada, atau kembalikan.")),
        "cancelled": (_("Uang pesanan batal"), _("Kembalikan kepada pembeli.")),
        "little": (
            _("Uang kurang %(amount)s") % {"amount": over},
            _waited_for(row),
        ),
        "much": (_("Uang lebih %(amount)s") % {"amount": over}, _("Kembalikan kelebihannya.")),
    }[kind]
    return Item(
        text=f"{words[0]}: {row['code']}",
        url=_order_url(row["code"]),
        age_on=_day(row["placed_at"]),
        detail=words[1],
        state="bad" if kind in ("late", "cancelled") else "warn",
        state_text=_("Uang"),
    )


def _waited_for(row: dict[str, Any]) -> str:
    """Until when the rest is waited for, and the last day on which that can still be put off."""
    language = get_language() or "id"
    until = clock.format_instant(
        datetime.fromisoformat(row["pay_until"]), row["facility__timezone"], language
    )
    first = date.fromisoformat(row["first_on"]) if row["first_on"] else _day(row["placed_at"])
    last = first + timedelta(days=row["rest_days"] or REST.days)
    told = _("Ditunggu sampai %(until)s, paling lama %(last)s. Ingatkan pembeli, atau kembalikan.")
    return told % {"until": until, "last": clock.format_date(last, language)}


def stopped(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Orders whose goods the law stopped after they were promised, the oldest first."""
    ids = places_of(actor, "order.fulfil", facility_ids)
    if ids:
        rows = stopped_orders(ids, clock.now())
        yield Waiting(rows.values("code", "paid_rp", "placed_at")[:MOST], _stopped)


def _stopped(row: dict[str, Any]) -> Item:
    is_paid = row["paid_rp"] > 0
    return Item(
        text=_("Pesanan %(code)s tertahan: izin barangnya tidak berlaku") % row,
        url=_order_url(row["code"]),
        age_on=_day(row["placed_at"]),
        detail=_("Perpanjang izinnya, atau batalkan dan kembalikan uangnya.")
        if is_paid
        else _("Perpanjang izinnya, atau batalkan. Pembelinya diminta menunggu."),
        state="bad",
        state_text=_("Izin"),
    )


def to_fulfil(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Orders to pack, and packed ones to hand over."""
    ids = places_of(actor, "order.fulfil", facility_ids)
    if ids:
        rows = Order.objects.filter(
            ~Exists(stopped_lines(clock.now()).filter(order=OuterRef("pk"))),
            facility__in=ids,
            state__in=[OrderState.PAID, OrderState.PACKED],
        )
        found = rows.order_by("placed_at").values("code", "state", "is_pickup", "placed_at")
        yield Waiting(found[:MOST], _to_fulfil)


def _to_fulfil(row: dict[str, Any]) -> Item:
    is_packed = row["state"] == OrderState.PACKED
    if is_packed:
        told = _("Menunggu pembelinya datang.") if row["is_pickup"] else _("Serahkan ke kurir.")
    else:
        told = _("Sudah lunas. Ambil barangnya dan kemas.")
    return Item(
        text=_("Serahkan %(code)s") % row if is_packed else _("Kemas %(code)s") % row,
        url=_order_url(row["code"]) if is_packed else reverse("orders:packing", args=[row["code"]]),
        age_on=_day(row["placed_at"]),
        detail=told,
        state="" if is_packed else "warn",
        state_text=_("Pesanan"),
    )


def made_to_order(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Lines that were made to order and are due, without a lot."""
    ids = places_of(actor, "order.fulfil", facility_ids)
    if ids:
        held = Hold.objects.filter(line=OuterRef("pk"), outcome=HeldOutcome.OPEN)
        rows = OrderLine.objects.filter(
            ~Exists(held),
            facility__in=ids,
            order__state=OrderState.PAID,
            ready_by__lte=clock.today() + SOON,
        )
        found = rows.order_by("ready_by").annotate(code=F("order__code"), what=F("version__name"))
        yield Waiting(found.values("code", "what", "ready_by")[:MOST], _made)


def _made(row: dict[str, Any]) -> Item:
    due, today = date.fromisoformat(row["ready_by"]), clock.today()
    return Item(
        text=_("%(what)s untuk %(code)s") % row,
        url=reverse("orders:packing", args=[row["code"]]),
        age_on=min(due, today),
        detail=_("Dijanjikan siap %(day)s. Pilih lotnya begitu jadi.")
        % {"day": clock.format_date(due, get_language() or "id")},
        state="bad" if due < today else "warn",
        state_text=pgettext("orders", "Dibuat"),
    )


def slipped(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Paid orders whose buyer was told a later day, the longest told first."""
    ids = places_of(actor, "order.fulfil", facility_ids)
    if ids:
        rows = MakingHold.objects.filter(
            facility__in=ids, outcome="open", slipped_at__isnull=False,
            line__order__state=OrderState.PAID,
        )  # fmt: skip
        found = rows.order_by("slipped_at").annotate(
            code=F("line__order__code"), what=F("line__version__name"), shop=F("work__workshop")
        )
        told = ("code", "what", "shop", "slipped_at", "promised_on", "told_on")
        yield Waiting(found.values(*told)[:MOST], _slipped)


def _slipped(row: dict[str, Any]) -> Item:
    first, now = (
        clock.format_date(date.fromisoformat(row[name]), get_language() or "id")
        for name in ("promised_on", "told_on")
    )
    return Item(
        text=_("Janji %(code)s mundur: %(what)s") % row,
        url=reverse("workshop:board", args=[row["shop"]]),
        age_on=_day(row["slipped_at"]),
        detail=_("Dari %(first)s menjadi %(now)s. Pembelinya sudah diberi tahu.")
        % {"first": first, "now": now},
        state="bad",
        state_text=_("Mundur"),
    )


def returns_asked(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Returns to decide, by the region only where nobody else could."""
    rows = GoodsReturn.objects.filter(outcome="").order_by("asked_at")
    for found, tell in to_decide(actor, "sale.refund", facility_ids, rows, "asked_by", _return):
        yield Waiting(found.values("code", "order__code", "asked_at")[:MOST], tell)


def _return(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Retur %(code)s") % row,
        url=reverse("orders:return", args=[row["code"]]),
        age_on=_day(row["asked_at"]),
        detail=_("Pesanan %(code)s") % {"code": row["order__code"]},
        state="warn",
        state_text=_("Putuskan"),
    )
