"""Forms of the desk: money, packing, hand-over, returns, rates."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.codes import normalise
from berdaya.core.money import format_qty, format_rp
from berdaya.ledger.models import Book
from berdaya.look.forms import DayField, QtyField, RupiahField
from berdaya.orders.actions.settling import DAMAGED, KEPT, TO_STOCK, Settled
from berdaya.orders.models import Order
from berdaya.orders.queries import Payee, payees_of
from berdaya.proceeds.models import PaymentMethod

CONDITIONS = (
    (TO_STOCK, _lazy("Kembali, layak dijual lagi")),
    (DAMAGED, _lazy("Kembali, rusak: dihapus dari stok")),
    (KEPT, _lazy("Tetap di pembeli")),
)
HOURS = ((4, _lazy("4 jam")), (24, _lazy("1 hari")), (48, _lazy("2 hari")), (72, _lazy("3 hari")))


class PayeeField(forms.TypedChoiceField):
    """A registered account of a book's party; its value is (book, payee)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_lazy("Masuk ke"), **kwargs)

    def offer(self, books: Iterable[Book]) -> None:
        """Offer the accounts of these books."""
        found = payees_of(books)
        self.known = {f"{book.pk}|{payee.key}": (book, payee) for book, payee, _name in found}
        self.choices = [
            (f"{book.pk}|{payee.key}", f"{book.party.name} · {name}") for book, payee, name in found
        ]

    def clean(self, value: Any) -> tuple[Book, Payee]:
        """The account chosen."""
        return self.known[super().clean(value)]


class MoneyForm(forms.Form):
    """One payment that came."""

    payee = PayeeField()
    amount_rp = RupiahField(label=pgettext_lazy("orders", "Jumlah"), min_value=1)
    received_on = DayField(label=_lazy("Diterima pada"))
    reference = forms.CharField(
        label=_lazy("Rujukan"),
        max_length=80,
        help_text=_lazy("Nomor transaksi persis seperti di rekening koran atau riwayat QRIS."),
    )

    def __init__(self, *args: Any, books: Iterable[Book], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payee"].offer(books)  # type: ignore[attr-defined]


class StatementForm(forms.Form):
    """A pasted statement, one payment a line."""

    payee = PayeeField()
    text = forms.CharField(
        label=_lazy("Baris rekening koran"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        max_length=40_000,
        help_text=_lazy("Satu pembayaran satu baris: tanggal; jumlah; rujukan."),
    )

    def __init__(self, *args: Any, books: Iterable[Book], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payee"].offer(books)  # type: ignore[attr-defined]


class MatchForm(forms.Form):
    """For which order money is."""

    order_code = forms.CharField(label=_lazy("Kode pesanan"), max_length=32)

    def clean_order_code(self) -> Order:
        """The order of that code, of those in scope."""
        code = normalise(self.cleaned_data["order_code"])
        order = Order.objects.select_related("facility").filter(code=code).first()
        if order is None:
            raise forms.ValidationError(_lazy("Tidak ada pesanan dengan kode itu."))
        return order


class BackForm(forms.Form):
    """Money that was sent back."""

    amount_rp = RupiahField(label=pgettext_lazy("orders", "Jumlah"), min_value=1)
    method = forms.ChoiceField(label=_lazy("Dikembalikan dengan"), choices=PaymentMethod.choices)
    returned_on = DayField(label=_lazy("Dikembalikan pada"))
    reference = forms.CharField(label=_lazy("Rujukan"), max_length=80)
    reason = forms.CharField(label=_lazy("Alasan"), max_length=200)


class DeadlineForm(forms.Form):
    """How long the goods are still kept for the rest of the money."""

    hours = forms.TypedChoiceField(
        label=_lazy("Tunggu sisanya"), choices=HOURS, coerce=int, initial=24
    )


class ReasonForm(forms.Form):
    """A reason, which the buyer reads too."""

    reason = forms.CharField(
        label=_lazy("Alasan"), max_length=200, help_text=_lazy("Pembeli ikut membacanya.")
    )


class NoteForm(forms.Form):
    """A reason for the desk's own papers."""

    reason = forms.CharField(label=_lazy("Alasan"), max_length=200)


class GateForm(forms.Form):
    """Who carries the goods out, and when."""

    day = DayField(label=_lazy("Tanggal keluar"))
    carrier = forms.CharField(
        label=_lazy("Pembawa"), max_length=80, help_text=_lazy("Petugas yang membawa keluar.")
    )
    vehicle = forms.CharField(label=_lazy("Kendaraan"), max_length=40, required=False)


class HandForm(forms.Form):
    """When it was handed over, and to which courier; a pick-up has none."""

    handed_on = DayField(label=_lazy("Diserahkan pada"))
    courier = forms.CharField(label=_lazy("Kurir"), max_length=40)
    tracking_no = forms.CharField(
        label=_lazy("Nomor resi"),
        max_length=40,
        required=False,
        help_text=_lazy("Boleh diisi nanti."),
    )

    def __init__(self, *args: Any, is_pickup: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_pickup:
            del self.fields["courier"], self.fields["tracking_no"]


class TrackingForm(forms.Form):
    """The courier's number."""

    courier = forms.CharField(label=_lazy("Kurir"), max_length=40)
    tracking_no = forms.CharField(label=_lazy("Nomor resi"), max_length=40)


class DeliveryForm(forms.Form):
    """When it arrived."""

    delivered_on = DayField(label=_lazy("Sampai pada"))


class SwapForm(forms.Form):
    """Another lot for part of a line."""

    line = forms.IntegerField(widget=forms.HiddenInput)
    hold = forms.IntegerField(widget=forms.HiddenInput, required=False)
    level = forms.IntegerField(label=_lazy("Lot pengganti"))
    qty = QtyField(label=pgettext_lazy("orders", "Jumlah"), min_value=Decimal("0.001"))
    reason = forms.CharField(label=_lazy("Alasan"), max_length=200, required=False)


class ReturnForm(forms.Form):
    """What a buyer wants to send back."""

    def __init__(self, *args: Any, lines: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self.fields[f"qty_{line.pk}"] = QtyField(
                label=line.version.name,
                required=False,
                help_text=_lazy("Dari %(qty)s.") % {"qty": format_qty(line.qty)},
            )
        self.fields["reason"] = forms.CharField(label=_lazy("Alasan"), max_length=200)

    def wanted(self) -> dict[int, Decimal]:
        """Quantity by order line."""
        asked = {line.pk: self.cleaned_data[f"qty_{line.pk}"] for line in self.lines}
        return {pk: qty for pk, qty in asked.items() if qty}


class AcceptForm(forms.Form):
    """What is given back for each line, and where its goods are."""

    refunded_on = DayField(label=_lazy("Dikembalikan pada"))
    method = forms.ChoiceField(label=_lazy("Dikembalikan dengan"), choices=PaymentMethod.choices)
    answer = forms.CharField(label=_lazy("Catatan untuk pembeli"), max_length=200, required=False)

    def __init__(
        self, *args: Any, lines: Sequence[Any], left_rp: int, shipping_rp: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            most = min(int(line.qty * line.line.unit_price_rp), left_rp)
            left_rp, words = left_rp - most, {"what": line.line.version.name}
            self.fields[f"amount_{line.line_id}"] = RupiahField(
                label=_lazy("%(what)s: uang kembali") % words,
                initial=most,
                help_text=_lazy("Paling banyak %(amount)s.") % {"amount": format_rp(most)},
            )
            self.fields[f"condition_{line.line_id}"] = forms.ChoiceField(
                label=_lazy("%(what)s: barangnya") % words, choices=CONDITIONS
            )
        if shipping_rp:
            self.fields["shipping_reference"] = forms.CharField(
                label=_lazy("Rujukan pengembalian ongkir"),
                max_length=80,
                required=False,
                help_text=_lazy(
                    "Isi hanya bila ongkir ikut dikembalikan, paling banyak %(amount)s;"
                    " ditanggung modal kerja."
                )
                % {"amount": format_rp(shipping_rp)},
            )

    def settled(self) -> dict[int, Settled]:
        """What is done about each line, by order line."""
        facts = self.cleaned_data
        return {
            line.line_id: Settled(
                facts[f"amount_{line.line_id}"], facts[f"condition_{line.line_id}"]
            )
            for line in self.lines
        }


class RateForm(forms.Form):
    """A rate from this unit's own place to a destination, from a day on."""

    destination = forms.RegexField(
        r"^(\d{2}(\.\d{2}(\.\d{2})?)?)?$",
        label=_lazy("Kode wilayah tujuan"),
        required=False,
        help_text=_lazy("Kode Kemendagri, misalnya 53.71; kosong berarti ke mana saja."),
    )
    zone = forms.CharField(label=_lazy("Nama zona"), max_length=60)
    zone_en = forms.CharField(label=_lazy("Nama zona dalam bahasa Inggris"), max_length=60)
    first_kg_rp = RupiahField(label=_lazy("Kilogram pertama"))
    next_kg_rp = RupiahField(label=_lazy("Setiap kilogram berikutnya"))
    days_from = forms.IntegerField(label=_lazy("Paling cepat (hari)"), min_value=0, max_value=60)
    days_until = forms.IntegerField(label=_lazy("Paling lama (hari)"), min_value=0, max_value=60)
    valid_from = DayField(label=_lazy("Berlaku mulai"))
    legal_basis = forms.CharField(label=_lazy("Dasar"), max_length=200)

    def clean(self) -> dict[str, Any]:
        """The longest time is not shorter than the shortest."""
        facts = super().clean() or {}
        first, last = facts.get("days_from"), facts.get("days_until")
        if first is not None and last is not None and last < first:
            self.add_error("days_until", _lazy("Lebih pendek daripada yang paling cepat."))
        return facts


class TermForm(forms.Form):
    """How a method is paid from a day on."""

    method = forms.ChoiceField(
        label=_lazy("Cara bayar"), choices=(("qris", "QRIS"), ("transfer", _lazy("Transfer")))
    )
    minutes_to_pay = forms.IntegerField(
        label=_lazy("Batas bayar (menit)"), min_value=5, max_value=20_160
    )
    most_rp = RupiahField(
        label=_lazy("Paling banyak"), required=False, help_text=_lazy("Kosong: tanpa batas.")
    )
    answer_hours = forms.IntegerField(
        label=_lazy("Klaim dijawab dalam (jam kerja)"), min_value=1, max_value=70
    )
    rest_days = forms.IntegerField(
        label=_lazy("Sisa pembayaran ditunggu (hari)"),
        min_value=1,
        max_value=30,
        initial=7,
        help_text=_lazy("Dihitung sejak uang pertama masuk."),
    )
    most_unpaid = forms.IntegerField(
        label=_lazy("Pesanan belum dibayar paling banyak"),
        min_value=1,
        max_value=50,
        initial=3,
        help_text=_lazy("Untuk satu nomor telepon, dan untuk satu peramban."),
    )
    valid_from = DayField(label=_lazy("Berlaku mulai"))
    legal_basis = forms.CharField(label=_lazy("Dasar"), max_length=200)
