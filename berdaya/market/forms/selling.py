"""What a seller types: the shop, how to be paid, numbers, goods, photos, rows of the book."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core import clock
from berdaya.legality.models import PermitKind as NumberKind
from berdaya.legality.queries.permits import reading_of
from berdaya.look.forms import DayField, RupiahField
from berdaya.market.forms.entering import text
from berdaya.market.models import Expense, PermitKind, RowKind, Trade


class ShopForm(forms.Form):
    """What a shop says of itself, and how its goods reach a buyer."""

    name = text(_lazy("Nama usaha"), 60)
    about = text(_lazy("Tentang usaha"), 600, rows=4)
    shows_owner = forms.BooleanField(label=_lazy("Tampilkan nama pemilik di toko"), required=False)
    pickup = text(
        _lazy("Tempat pengambilan"),
        160,
        required=False,
        help_text=_lazy("Kosongkan bila barang tidak diambil sendiri."),
    )
    sends = forms.BooleanField(label=_lazy("Barang dikirim"), required=False)
    delivery_rp = RupiahField(
        label=_lazy("Ongkos kirim"), required=False, help_text=_lazy("Sama untuk setiap pesanan.")
    )
    rests = forms.BooleanField(
        label=_lazy("Toko sedang libur"),
        required=False,
        help_text=_lazy("Pembeli tidak melihat toko Anda sampai centang ini dihapus."),
    )

    def clean_delivery_rp(self) -> int:
        """Nothing typed is nothing to pay."""
        return self.cleaned_data["delivery_rp"] or 0


class PayeeForm(forms.Form):
    """One's own QRIS, one's own account, or both."""

    qris_payload = text(
        _lazy("Isi QRIS statis"),
        600,
        rows=3,
        required=False,
        help_text=_lazy(
            "Pindai QRIS toko Anda dengan aplikasi pembaca kode, lalu tempel seluruh isinya:"
            " dimulai dengan 000201."
        ),
    )
    bank = text(_lazy("Bank"), 40, required=False)
    bank_number = forms.RegexField(
        r"^\d{6,30}$",
        label=_lazy("Nomor rekening"),
        required=False,
        error_messages={"invalid": _lazy("Nomor rekening hanya berisi angka.")},
    )
    bank_holder = text(_lazy("Atas nama"), 80, required=False)

    def clean(self) -> dict[str, Any]:
        """An account is whole or not there."""
        told = self.cleaned_data
        parts = [told.get(name) for name in ("bank", "bank_number", "bank_holder")]
        if any(parts) and not all(parts):
            self.add_error("bank", _lazy("Isi bank, nomor, dan nama pemiliknya bersama-sama."))
        return told


class PermitForm(forms.Form):
    """A number of one's own, read as permits are everywhere here."""

    kind = forms.ChoiceField(label=pgettext_lazy("market", "Jenis"), choices=PermitKind.choices)
    number = text(_lazy("Nomor"), 40)
    last_day = DayField(
        label=_lazy("Hari terakhir berlaku"),
        required=False,
        help_text=_lazy("Kosongkan bila tidak berbatas waktu."),
    )

    def clean(self) -> dict[str, Any]:
        """The number in one spelling; P-IRT always ends."""
        told = self.cleaned_data
        if "kind" not in told or "number" not in told:
            return told
        kind = NumberKind.objects.get(code=told["kind"])
        reading = reading_of(kind, told["number"], told.get("last_day"))
        told["number"] = reading.number
        for reason in reading.faults:
            self.add_error("number", f"{reason.text} {reason.next_text}")
        if told["kind"] == PermitKind.PIRT and not told.get("last_day"):
            self.add_error("last_day", _lazy("P-IRT berlaku lima tahun: tulis hari terakhirnya."))
        return told


class ProductForm(forms.Form):
    """A thing to sell."""

    name = text(_lazy("Nama barang"), 80)
    about = text(_lazy("Keterangan"), 600, rows=4, required=False)
    trade = forms.ChoiceField(label=pgettext_lazy("market", "Jenis"), choices=Trade.choices)
    is_fresh = forms.BooleanField(
        label=_lazy("Sajian segar, tahan kurang dari tujuh hari"),
        required=False,
        help_text=_lazy("Makanan seperti ini tidak memerlukan P-IRT."),
    )
    price_rp = RupiahField(label=_lazy("Harga"), min_value=500)
    on_hand = forms.IntegerField(label=_lazy("Jumlah yang ada"), min_value=0, max_value=9999)
    is_shown = forms.BooleanField(label=_lazy("Tampilkan kepada pembeli"), required=False)

    def clean_price_rp(self) -> int:
        """A wallet takes no more in one payment."""
        price: int = self.cleaned_data["price_rp"]
        if price > 10_000_000:
            raise forms.ValidationError(_lazy("Paling banyak Rp10.000.000."))
        return price


class PictureForm(forms.Form):
    """A photo; it is judged by its bytes, not by its name."""

    photo = forms.FileField(
        label=_lazy("Foto barang"),
        help_text=_lazy(
            "Foto baru, barangnya saja: bagian tengahnya yang tampil. Lokasi dan data kamera"
            " dibuang."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


class RowForm(forms.Form):
    """Money that came or went outside this shop."""

    request_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    kind = forms.ChoiceField(
        label=pgettext_lazy("market", "Jenis"),
        choices=[
            (RowKind.EXPENSE, pgettext_lazy("market", "Uang keluar")),
            (RowKind.OTHER, _lazy("Uang masuk dari tempat lain")),
        ],
    )
    purpose = forms.ChoiceField(
        label=_lazy("Untuk apa, bila uang keluar"), choices=Expense.choices, required=False
    )
    day = DayField(label=_lazy("Tanggal"), initial=clock.today)
    amount_rp = RupiahField(label=pgettext_lazy("market", "Jumlah"), min_value=1)
    note = text(_lazy("Catatan"), 120)

    def clean_day(self) -> Any:
        """Money of tomorrow is no money yet."""
        day = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(_lazy("Tanggalnya belum tiba."))
        return day
