"""Forms of sales and money."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.ids import uuid7
from berdaya.core.money import format_qty, format_rp
from berdaya.goods.models import Variant
from berdaya.ledger.models import Book
from berdaya.legality.queries.shipping import countries
from berdaya.legality.rules.shipping import HOME
from berdaya.look.forms import DayField, QtyField, RupiahField
from berdaya.people.models import Participant
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.actions.sales import SaleLineInput
from berdaya.proceeds.calc import line_amount
from berdaya.proceeds.models import BuyerKind, Channel, Obligation, PaymentMethod, SaleKind
from berdaya.proceeds.models.exits import ExitKind, ExitMethod, PendingTreatment, Receiver
from berdaya.proceeds.models.obligations import Source
from berdaya.proceeds.models.slips import Outcome
from berdaya.stock.models import Place

UNPAID = "unpaid"
METHODS = [*PaymentMethod.choices, (UNPAID, _lazy("Belum dibayar"))]
# A consignment is settled on its own page; a sale form knows the others.
KINDS = [choice for choice in SaleKind.choices if choice[0] != SaleKind.CONSIGNMENT]


class VariantField(forms.ModelChoiceField):
    """A variant with its list price."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_label} · {format_rp(obj.list_price_rp)}"


class BookField(forms.ModelChoiceField):
    """A book by the name of its party."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.party.name)


class SaleForm(forms.Form):
    """Catat penjualan: who, what kind, when, and how it was paid."""

    request_key = forms.CharField(widget=forms.HiddenInput, initial=lambda: str(uuid7()))
    sold_on = DayField(label=_lazy("Tanggal"))
    place = forms.ModelChoiceField(Place.objects.none(), label=_lazy("Diambil dari"))
    kind = forms.ChoiceField(label=_lazy("Jenis"), choices=KINDS)
    buyer_kind = forms.ChoiceField(label=_lazy("Pembeli"), choices=BuyerKind.choices)
    buyer_label = forms.CharField(label=_lazy("Keterangan pembeli"), max_length=80, required=False)
    destination = forms.ChoiceField(
        label=_lazy("Dikirim ke"),
        choices=lazy(countries, list)(),
        initial=HOME,
        required=False,
        help_text=_lazy("Ke luar negeri: aturan negaranya diperiksa lebih dulu."),
    )
    own_receipt_no = forms.CharField(
        label=_lazy("Nomor nota sendiri"), max_length=40, required=False
    )
    book = BookField(Book.objects.none(), label=_lazy("Penjual"))
    method = forms.ChoiceField(label=_lazy("Pembayaran"), choices=METHODS)
    paid_rp = RupiahField(
        label=_lazy("Dibayar"), required=False, help_text=_lazy("Kosongkan bila lunas.")
    )
    reference = forms.CharField(label=_lazy("Rujukan bayar"), max_length=80, required=False)

    def __init__(
        self, *args: Any, places: "QuerySet[Place]", books: Sequence[Book], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "place", places)
        _choices(self, "book", Book.objects.filter(pk__in=[book.pk for book in books]))
        self.fields["book"].queryset = self.fields["book"].queryset.select_related("party")  # type: ignore[attr-defined]

    def payments(self, amount_rp: int) -> list[PaymentInput]:
        """The payment, whole where no amount was typed; none where it is still owed."""
        facts = self.cleaned_data
        paid = amount_rp if facts["paid_rp"] is None else facts["paid_rp"]
        if facts["method"] == UNPAID or not paid:
            return []
        return [PaymentInput(facts["method"], paid, facts["reference"])]


def _choices(form: forms.Form, name: str, rows: "QuerySet[Any]") -> None:
    form.fields[name].queryset = rows  # type: ignore[attr-defined]
    if len(rows) == 1 or name == "book":
        form.fields[name].initial = next(iter(rows), None)


class SaleLineForm(forms.Form):
    """One row: what, how many, at which price (empty: the list price)."""

    variant = VariantField(Variant.objects.none(), label=_lazy("Barang"), required=False)
    qty = QtyField(
        label=pgettext_lazy("proceeds", "Jumlah"), required=False, min_value=Decimal("0.001")
    )
    unit_price_rp = RupiahField(label=_lazy("Harga satuan"), required=False)
    discount_rp = RupiahField(label=_lazy("Potongan"), required=False)

    def __init__(self, *args: Any, variants: "QuerySet[Variant]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["variant"]
        field.queryset = variants  # type: ignore[attr-defined]
        field.choices = variants_as_choices(field, variants)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("variant") and not facts.get("qty") and "qty" not in self.errors:
            self.add_error("qty", _lazy("Isi jumlahnya."))
        if facts.get("qty") and not facts.get("variant") and "variant" not in self.errors:
            self.add_error("variant", _lazy("Pilih barangnya."))
        return facts

    def line(self) -> SaleLineInput | None:
        """What the row says, None for an empty one."""
        facts = self.cleaned_data
        if not facts.get("variant"):
            return None
        variant, price = facts["variant"], facts["unit_price_rp"]
        return SaleLineInput(
            variant.pk,
            facts["qty"],
            variant.list_price_rp if price is None else price,
            facts["discount_rp"] or 0,
        )


def variants_as_choices(field: Any, variants: "QuerySet[Variant]") -> list[tuple[Any, str]]:
    """One list for all rows: the variants are read once, not once a row."""
    return [("", "—"), *((row.pk, field.label_from_instance(row)) for row in variants)]


class PaymentForm(forms.Form):
    """A later payment."""

    method = forms.ChoiceField(label=_lazy("Cara bayar"), choices=PaymentMethod.choices)
    amount_rp = RupiahField(label=pgettext_lazy("proceeds", "Jumlah"), min_value=1)
    paid_on = DayField(label=_lazy("Dibayar pada"))
    reference = forms.CharField(label=_lazy("Rujukan bayar"), max_length=80, required=False)


class RefundForm(forms.Form):
    """What goes back: all that is left, or amounts by line."""

    refunded_on = DayField(label=_lazy("Tanggal"))
    method = forms.ChoiceField(label=_lazy("Dikembalikan dengan"), choices=PaymentMethod.choices)
    reason = forms.CharField(label=_lazy("Alasan"), max_length=200)

    def __init__(self, *args: Any, lines: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for number, line in enumerate(lines):
            name = line.variant.full_label
            self.fields[f"amount_{number}"] = RupiahField(
                label=_lazy("%(what)s: uang kembali") % {"what": name},
                required=False,
                help_text=_lazy("Dari %(amount)s.") % {"amount": format_rp(line.amount_rp)},
            )
            self.fields[f"qty_{number}"] = QtyField(
                label=_lazy("%(what)s: barang kembali, layak jual") % {"what": name},
                required=False,
                help_text=_lazy("Dari %(qty)s.") % {"qty": format_qty(line.qty)},
            )


class PrepareForm(forms.Form):
    """A new payout list."""

    book = BookField(Book.objects.none(), label=_lazy("Buku"))
    until = DayField(label=_lazy("Premi sampai"))

    def __init__(self, *args: Any, books: "QuerySet[Book]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "book", books)


class PayForm(forms.Form):
    """How every person of a list was paid."""

    paid_on = DayField(label=_lazy("Dibayar pada"))
    channel = forms.ChoiceField(
        label=_lazy("Cara untuk semua"),
        choices=Channel.choices,
        required=False,
        initial=Channel.BANK,
        help_text=_lazy("Yang lain dipilih di barisnya."),
    )
    reference = forms.CharField(
        label=_lazy("Nomor transfer untuk semua"),
        max_length=80,
        required=False,
        help_text=_lazy("Untuk baris tanpa nomor sendiri."),
    )

    def __init__(self, *args: Any, lines: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[f"channel_{line.pk}"] = forms.ChoiceField(
                label=_lazy("Cara"),
                choices=[("", _lazy("seperti di atas")), *Channel.choices],
                required=False,
                initial="" if line.channel == Channel.AWAITING_ACCOUNT else line.channel,
            )
            self.fields[f"reference_{line.pk}"] = forms.CharField(
                label=_lazy("Rujukan"), max_length=80, required=False, initial=line.reference
            )
        self.rows = [
            (line, self[f"channel_{line.pk}"], self[f"reference_{line.pk}"]) for line in lines
        ]

    def channels(self) -> dict[int, tuple[str, str]]:
        """Line id -> (channel, reference)."""
        facts = self.cleaned_data
        return {
            line.pk: (
                facts[f"channel_{line.pk}"] or facts["channel"] or line.channel,
                facts[f"reference_{line.pk}"],
            )
            for line, _channel, _reference in self.rows
        }


class ReasonForm(forms.Form):
    """Why something is sent back."""

    reason = forms.CharField(label=_lazy("Alasan"), max_length=200)


class CompletionForm(forms.Form):
    """A line that waited is paid."""

    channel = forms.ChoiceField(
        label=_lazy("Cara"),
        choices=[
            choice for choice in Channel.choices if choice[0] in ("bank", "e_money", "register_d")
        ],
    )
    reference = forms.CharField(label=_lazy("Rujukan"), max_length=80)
    paid_on = DayField(label=_lazy("Dibayar pada"))


class DepositForm(forms.Form):
    """A deposit as the state receipt shows it."""

    book = BookField(Book.objects.none(), label=_lazy("Buku"))
    amount_rp = RupiahField(label=pgettext_lazy("proceeds", "Jumlah"), min_value=1)
    deposited_on = DayField(label=_lazy("Disetor pada"))
    billing_code = forms.CharField(label=_lazy("Kode billing"), max_length=20)
    account_code = forms.CharField(label=_lazy("Kode akun"), max_length=10)
    ntpn = forms.CharField(label="NTPN", max_length=20)

    def __init__(self, *args: Any, books: "QuerySet[Book]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "book", books)


class ObligationForm(forms.Form):
    """One payment of what a book owes, or QRIS money that reached the bank."""

    book = BookField(Book.objects.none(), label=_lazy("Buku"))
    obligation = forms.ChoiceField(label=_lazy("Kewajiban"), choices=Obligation.choices)
    source = forms.ChoiceField(label=_lazy("Lewat"), choices=Source.choices)
    amount_rp = RupiahField(label=pgettext_lazy("proceeds", "Jumlah"), min_value=1)
    settled_on = DayField(label=_lazy("Tanggal"))
    reference = forms.CharField(
        label=_lazy("Rujukan"),
        max_length=80,
        help_text=_lazy("Rujukan yang sama tidak dibukukan dua kali."),
    )

    def __init__(self, *args: Any, books: "QuerySet[Book]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "book", books)


class MonthForm(forms.Form):
    """A month, by any of its days."""

    month = DayField(label=_lazy("Hari mana pun dalam bulan itu"))


class ObjectionForm(forms.Form):
    """What a maker says is wrong."""

    text = forms.CharField(
        label=_lazy("Isi keberatan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    raised_on = DayField(label=_lazy("Diajukan pada"))


class AnswerForm(forms.Form):
    """The answer to an objection."""

    outcome = forms.ChoiceField(label=_lazy("Hasil"), choices=Outcome.choices)
    text = forms.CharField(
        label=_lazy("Jawaban"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    correction_rp = RupiahField(
        label=_lazy("Kekurangan yang dibayar"),
        required=False,
        help_text=_lazy("Dari modal kerja; masuk daftar pembayaran berikutnya."),
    )
    answered_on = DayField(label=_lazy("Dijawab pada"))


class CorrectionForm(forms.Form):
    """Whose forgotten work of which closed batch is to be paid."""

    forgotten = forms.ChoiceField(
        label=_lazy("Kerja yang terlupa"),
        help_text=_lazy("Dari daftar hadir yang diperbaiki sesudah batch ditutup."),
    )
    proposed_on = DayField(label=_lazy("Diusulkan pada"))

    def __init__(self, *args: Any, found: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forgotten"].choices = found  # type: ignore[attr-defined]


class PersonField(forms.ModelChoiceField):
    """A person by work number and pseudonym."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{getattr(obj, 'work_number', '') or '—'} · {obj.pseudonym}"


class ExitForm(forms.Form):
    """A leaving person's settlement."""

    participant = PersonField(Participant.objects.none(), label=_lazy("Warga binaan"))
    left_on = DayField(label=_lazy("Keluar pada"))
    settled_on = DayField(
        label=_lazy("Diselesaikan pada"),
        required=False,
        help_text=_lazy("Kosongkan bila pada hari keluar itu juga."),
    )
    exit_kind = forms.ChoiceField(label=_lazy("Sebab"), choices=ExitKind.choices)
    method = forms.ChoiceField(label=_lazy("Cara"), choices=ExitMethod.choices)
    reference = forms.CharField(label=_lazy("Rujukan"), max_length=80)
    pending_treatment = forms.ChoiceField(
        label=_lazy("Premi belum final"), choices=PendingTreatment.choices
    )
    receiver = forms.ChoiceField(
        label=_lazy("Diterima oleh"),
        choices=[one for one in Receiver.choices if one[0] != Receiver.ON_PAPER],
        help_text=_lazy("Tanpa nama: namanya ditulis tangan pada berita acara yang dicetak."),
    )
    receiver_letter = forms.CharField(
        label=_lazy("Nomor surat kuasa atau keterangan waris"),
        max_length=60,
        required=False,
        help_text=_lazy("Bila bukan orangnya sendiri. Nomornya saja, tanpa nama."),
    )

    def __init__(self, *args: Any, people: "QuerySet[Participant]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participant"].queryset = people  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """Goods to a consignee."""

    from_place = forms.ModelChoiceField(Place.objects.none(), label=_lazy("Diambil dari"))
    place = forms.ModelChoiceField(Place.objects.none(), label=_lazy("Dititipkan di"))
    handed_on = DayField(label=_lazy("Diserahkan pada"))
    buyer_kind = forms.ChoiceField(label=_lazy("Penjual titipan"), choices=BuyerKind.choices)
    note = forms.CharField(label=_lazy("Keterangan"), max_length=200, required=False)

    def __init__(self, *args: Any, places: "QuerySet[Place]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "from_place", places.exclude(kind="consignee"))
        _choices(self, "place", places.filter(kind="consignee"))


class SettleForm(forms.Form):
    """What a consignee sold and gives back."""

    request_key = forms.CharField(widget=forms.HiddenInput, initial=lambda: str(uuid7()))
    settled_on = DayField(label=_lazy("Tanggal"))
    method = forms.ChoiceField(label=_lazy("Pembayaran"), choices=METHODS)
    own_receipt_no = forms.CharField(
        label=_lazy("Nomor nota sendiri"), max_length=40, required=False
    )

    def __init__(self, *args: Any, lines: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[f"sold_{line.pk}"] = QtyField(label=_lazy("Terjual"), required=False)
            self.fields[f"back_{line.pk}"] = QtyField(label=_lazy("Kembali"), required=False)
        self.rows = [(line, self[f"sold_{line.pk}"], self[f"back_{line.pk}"]) for line in lines]

    def quantities(self, name: str) -> dict[int, Decimal]:
        """Line id -> quantity, empty ones left out; `name` is sold or back."""
        asked = {line.pk: self.cleaned_data[f"{name}_{line.pk}"] for line, *_rest in self.rows}
        return {pk: qty for pk, qty in asked.items() if qty}

    def amount_rp(self) -> int:
        """What the sold goods cost at the agreed prices."""
        sold = self.quantities("sold")
        rows = {line.pk: line for line, *_rest in self.rows}
        return sum(line_amount(qty, rows[pk].unit_price_rp, 0) for pk, qty in sold.items())
