"""An order in plain words: what is, what happens next, and when, on the clocks of its buyer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.clock import ZONE_NAMES, format_instant
from berdaya.core.money import format_rp
from berdaya.look.parts import Moment
from berdaya.orders.models import ClaimOutcome, Order, OrderState, PaymentClaim

WIB, WITA = "Asia/Jakarta", "Asia/Makassar"
TONES = {
    OrderState.PLACED: "warn",
    OrderState.CLAIMED: "warn",
    OrderState.PAID: "done",
    OrderState.PACKED: "done",
    OrderState.HANDED_OVER: "done",
    OrderState.COMPLETED: "done",
    OrderState.EXPIRED: "bad",
    OrderState.CANCELLED: "off",
}
# How far along the five steps a state stands.
REACHED = {
    OrderState.PLACED: 2,
    OrderState.CLAIMED: 2,
    OrderState.PAID: 3,
    OrderState.PACKED: 4,
    OrderState.HANDED_OVER: 5,
    OrderState.COMPLETED: 6,
}


@dataclass(frozen=True)
class Told:
    """A state as a chip, a sentence of what is and one of what comes."""

    label: str
    tone: str
    now: str
    next: str


def both_clocks(instant: datetime, zone: str = WITA) -> str:
    """`Rabu, 25 November 2026, 21.30 WITA (20.30 WIB)`; the day twice where it differs."""
    other = WIB if ZONE_NAMES.get(zone) != "WIB" else WITA
    here, there = clock.local(instant, zone), clock.local(instant, other)
    language = get_language() or "id"
    words = format_instant(instant, other, language)
    if here.date() == there.date():
        words = words.rpartition(", ")[2]
    return f"{format_instant(instant, zone, language)} ({words})"


def minutes_left(order: Order, now: datetime) -> str:
    """`29 menit`, `23 jam 5 menit`; empty when the deadline has passed."""
    minutes = int((order.pay_until - now).total_seconds()) // 60
    if minutes < 0:
        return ""
    hours, rest = divmod(minutes, 60)
    told = ngettext("%(n)s menit", "%(n)s menit", rest) % {"n": rest}
    if not hours:
        return told
    return ngettext("%(n)s jam", "%(n)s jam", hours) % {"n": hours} + f" {told}"


def tell(order: Order, now: datetime, *, is_stopped: bool = False) -> Told:
    """What an order's buyer should know at this moment; past its deadline it says so at once.

    `is_stopped`: the law stopped its goods, so that nothing is asked of the buyer meanwhile.
    """
    state = OrderState.EXPIRED if order.is_overdue(now) else OrderState(order.state)
    present, following = _WORDS[state](order)
    if is_stopped and state == OrderState.PLACED:
        following = _("Jangan bayar dulu: surat izin barangnya sedang tidak berlaku.")
    elif is_stopped and state != OrderState.EXPIRED:
        following = _("Barangnya kami tahan sampai surat izinnya berlaku lagi.")
    return Told(str(state.label), TONES[state], present, following)


def _placed(order: Order) -> tuple[str, str]:
    until = both_clocks(order.pay_until, order.facility.timezone)
    pay = {"amount": format_rp(order.due_rp), "until": until}
    following = (
        _(
            "Bayar tepat %(amount)s paling lambat %(until)s. Sampai saat itu barangnya ditahan"
            " untuk Anda."
        )
        % pay
    )
    if order.paid_rp:
        facts = {"paid": format_rp(order.paid_rp), "due": format_rp(order.due_rp)}
        return _("Baru %(paid)s yang masuk; kurang %(due)s.") % facts, following
    if _refused_claim(order):
        return _(
            "Bendahara belum menemukan pembayaran Anda pada rekening penjual. Periksa jumlah dan"
            " tujuannya pada bukti bayar."
        ), following
    return _("Pesanan tercatat dan menunggu pembayaran Anda."), following


def _claimed(order: Order) -> tuple[str, str]:
    claim = open_claim(order)
    following = _("Barangnya tetap ditahan untuk Anda. Tidak perlu membayar lagi.")
    if claim is not None:
        until = both_clocks(claim.decide_by, order.facility.timezone)
        following = (
            _("Bendahara mencocokkannya paling lambat %(until)s.") % {"until": until}
            + f" {following}"
        )
    return _("Anda sudah mengabarkan pembayaran; bendahara sedang mencocokkannya."), following


def _paid(order: Order) -> tuple[str, str]:
    present = _("Pembayaran %(amount)s sudah diterima.") % {"amount": format_rp(order.paid_rp)}
    if order.due_rp < 0:
        more = format_rp(-order.due_rp)
        present += " " + _("Lebih %(amount)s; penjual mengembalikannya.") % {"amount": more}
    ready = ready_by(order)
    if ready is not None:
        day = clock.format_date(ready, get_language() or "id")
        return present, _("Barangnya dibuat untuk Anda, siap paling lambat %(day)s.") % {"day": day}
    if order.is_pickup:
        return present, _("Penjual menyiapkannya. Halaman ini mengabarkan saat siap diambil.")
    return present, _("Barangnya dikemas. %(days)s") % {"days": days_on_the_way(order)}


def _packed(order: Order) -> tuple[str, str]:
    if order.is_pickup:
        facts = {"place": order.pickup_place, "unit": order.facility.name, "code": order.code}
        return _("Barang sudah siap."), _(
            "Ambil di %(place)s, %(unit)s, pada jam kerja. Sebutkan kode %(code)s."
        ) % facts
    return _("Barang sudah dikemas dan menunggu kurir."), days_on_the_way(order)


def _handed_over(order: Order) -> tuple[str, str]:
    shipment = getattr(order, "shipment", None)
    if order.is_pickup or shipment is None:
        return _("Barang sudah diserahkan."), _(
            "Periksa isinya; bila sesuai, tekan Sudah saya terima."
        )
    language = get_language() or "id"
    day = clock.format_date(shipment.handed_on, language)
    present = _("Paket diserahkan kepada kurir %(courier)s pada %(day)s.") % {
        "courier": shipment.courier, "day": day
    }  # fmt: skip
    edges = [
        clock.format_date(shipment.handed_on + timedelta(days=days), language)
        for days in (order.days_from, order.days_until)
    ]
    following = _("Perkiraan sampai antara %(first)s dan %(last)s.") % {
        "first": edges[0], "last": edges[1]
    }  # fmt: skip
    return present, following


def _completed(order: Order) -> tuple[str, str]:
    return _("Pesanan selesai. Terima kasih."), _(
        "Ada yang tidak sesuai? Ajukan retur di bawah ini."
    )


def _expired(order: Order) -> tuple[str, str]:
    present = _("Batas waktu bayar sudah lewat, jadi barangnya tidak ditahan lagi.")
    if order.paid_rp:
        facts = {"amount": format_rp(order.paid_rp), "code": order.code}
        return present, _(
            "%(amount)s sudah masuk dan tercatat. Penjual meneruskan pesanan ini bila barangnya"
            " masih ada, atau mengembalikan uangnya. Sebutkan kode %(code)s bila menghubungi."
        ) % facts
    return present, _(
        "Belum membayar? Pesan lagi dari tokonya. Uangnya sudah terkirim? Jangan kirim dua kali:"
        " hubungi penjual dengan kode %(code)s dan bukti bayar. Uang Anda dicari, lalu pesanan"
        " diteruskan bila barangnya masih ada, atau uangnya dikembalikan."
    ) % {"code": order.code}


def _cancelled(order: Order) -> tuple[str, str]:
    if order.paid_rp:
        amount = format_rp(order.paid_rp)
        return _("Pesanan dibatalkan."), _(
            "%(amount)s yang sudah masuk dikembalikan oleh penjual."
        ) % {"amount": amount}
    if any(step.kind == OrderState.PAID for step in order.steps.all()):
        return _("Pesanan dibatalkan."), _(
            "Uang yang sudah Anda bayar telah dikembalikan seluruhnya. Belum sampai? Hubungi"
            " penjual dengan kode %(code)s."
        ) % {"code": order.code}
    return _("Pesanan dibatalkan."), _(
        "Tidak ada yang perlu dibayar. Uangnya terlanjur terkirim? Hubungi penjual dengan kode"
        " %(code)s; uang Anda dikembalikan."
    ) % {"code": order.code}


_WORDS = {
    OrderState.PLACED: _placed,
    OrderState.CLAIMED: _claimed,
    OrderState.PAID: _paid,
    OrderState.PACKED: _packed,
    OrderState.HANDED_OVER: _handed_over,
    OrderState.COMPLETED: _completed,
    OrderState.EXPIRED: _expired,
    OrderState.CANCELLED: _cancelled,
}


def days_on_the_way(order: Order) -> str:
    """How long a courier needs, once the goods have left."""
    facts = {"first": order.days_from, "last": order.days_until}
    return _("Sesudah diserahkan kepada kurir, perjalanannya %(first)s–%(last)s hari.") % facts


def ready_by(order: Order) -> date | None:
    """When the last of what is made for this order is ready; None where all of it is held."""
    return max((line.due_on for line in order.lines.all() if line.due_on), default=None)


def slipped_to(order: Order) -> date | None:
    """The day to which a promise went, while the buyer may cancel for it."""
    if order.state not in (OrderState.PLACED, OrderState.CLAIMED, OrderState.PAID):
        return None
    lines = [line for line in order.lines.all() if getattr(line, "slipped_at", None)]
    return max((line.due_on for line in lines if line.due_on), default=None)


def open_claim(order: Order) -> PaymentClaim | None:
    """The claim that waits for the treasurer."""
    return next((one for one in order.claims.all() if one.outcome == ClaimOutcome.OPEN), None)


def _refused_claim(order: Order) -> bool:
    return any(one.outcome == ClaimOutcome.NOT_FOUND for one in order.claims.all())


def steps_of(order: Order) -> list[str]:
    """The five things that happen to an order that goes well."""
    last = _("Diambil") if order.is_pickup else _("Dikirim")
    return [
        pgettext("orders", "Dipesan"),
        _("Dibayar"),
        _("Dikemas"),
        last,
        pgettext("orders", "Selesai"),
    ]


def current_step(order: Order, now: datetime) -> int:
    """Which of them is going on, from 1; 0 for an order that ended before."""
    if order.is_overdue(now):
        return 0
    return REACHED.get(OrderState(order.state), 0)


def moments_of(order: Order) -> list[Moment]:
    """What has happened, oldest first; only states, nothing that the desk noted."""
    labels = {str(state): state.label for state in OrderState}
    labels[OrderState.PLACED] = pgettext("orders", "Dipesan")
    zone = order.facility.timezone
    return [
        Moment(
            when=format_instant(step.at, zone, get_language() or "id"),
            what=labels[step.kind],
            tone="bad" if step.kind in (OrderState.EXPIRED, OrderState.CANCELLED) else "done",
        )
        for step in order.steps.all()
        if step.kind in labels
    ]
