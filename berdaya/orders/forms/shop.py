"""What a buyer types: who they are, where it goes, how they pay; and what they send back."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Region
from berdaya.legality.queries.shipping import countries
from berdaya.legality.rules.shipping import HOME
from berdaya.look.phones import PhoneField
from berdaya.orders.actions.placing import Buyer
from berdaya.orders.models import OrderLine
from berdaya.orders.queries import shown_name
from berdaya.orders.quotes import Quote

SEND, FETCH = "kirim", "ambil"
MOST_REASON = 200


REGION_CODE = re.compile(r"\d\d(\.\d\d){0,2}", re.ASCII)


class Regions:
    """The three lists of the picker: provinces, and what lies in those that were chosen.

    A choice that does not lie in the one above it is no choice. One statement.
    """

    def __init__(self, province: str, regency: str, district: str) -> None:
        regency = regency if regency.startswith(f"{province}.") else ""
        district = district if regency and district.startswith(f"{regency}.") else ""
        wanted = Q(level="province") | Q(parent__in=[code for code in (province, regency) if code])
        rows = list(Region.objects.filter(wanted).order_by("name"))
        self.provinces = [row for row in rows if row.level == "province"]
        self.regencies = [row for row in rows if row.parent_id == province]
        self.districts = [row for row in rows if regency and row.parent_id == regency]
        self.province = self._known(self.provinces, province)
        self.regency = self._known(self.regencies, regency)
        self.district = self._known(self.districts, district)

    def _known(self, rows: Sequence[Region], code: str) -> str:
        return code if any(row.pk == code for row in rows) else ""

    @classmethod
    def of(cls, data: Any) -> "Regions":
        """As a form or an address carries the three choices."""
        codes = (data.get(name, "") for name in ("province", "regency", "region"))
        return cls(*(code if REGION_CODE.fullmatch(code) else "" for code in codes))


def _choices(rows: Iterable[Region], empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *((row.pk, row.name) for row in rows)]


class DeliveryField(forms.ChoiceField):
    """Sent or fetched; who says nothing has it sent."""

    def clean(self, value: Any) -> Any:
        """SEND or FETCH."""
        return super().clean(value or SEND)


class CheckoutForm(forms.Form):
    """One form for the whole checkout; the address is asked only where something is sent."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_lazy("Nama penerima"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _lazy("Tulis nama penerimanya.")},
    )
    phone = PhoneField(
        label=_lazy("Nomor telepon"),
        max_length=24,
        help_text=_lazy("Untuk kurir dan kabar pesanan, misalnya 0812 3456 7890."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_lazy("Surel"),
        required=False,
        max_length=120,
        help_text=_lazy("Bila diisi, kabar pesanan juga dikirim ke sini."),
        error_messages={
            "invalid": _lazy("Surel ini belum lengkap. Periksa, misalnya nama@contoh.id."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = forms.CharField(
        label=_lazy("Alamat lengkap"),
        required=False,
        max_length=240,
        help_text=_lazy("Jalan dan nomor, RT/RW, desa atau kelurahan, patokan."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    country = forms.ChoiceField(
        label=_lazy("Negara"), required=False, initial=HOME, choices=lazy(countries, list)()
    )
    province = forms.ChoiceField(label=_lazy("Provinsi"), required=False)
    regency = forms.ChoiceField(label=_lazy("Kabupaten atau kota"), required=False)
    region = forms.ChoiceField(label=_lazy("Kecamatan"), required=False)
    postcode = forms.RegexField(
        r"^[1-9][0-9]{4}$",
        label=_lazy("Kode pos"),
        required=False,
        error_messages={"invalid": _lazy("Kode pos terdiri dari lima angka, misalnya 85711.")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "postal-code", "maxlength": 5}
        ),
    )
    gift_note = forms.CharField(
        label=_lazy("Pesan untuk kartu hadiah"),
        required=False,
        max_length=200,
        help_text=_lazy("Ditulis tangan pada kartu di dalam paket."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    method = forms.ChoiceField(
        label=_lazy("Cara bayar"),
        choices=[("qris", _lazy("QRIS")), ("transfer", _lazy("Transfer bank"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _lazy("Pilih cara bayar."),
            "invalid_choice": _lazy("Cara bayar ini tidak diterima untuk pesanan ini."),
        },
    )

    def __init__(self, regions: Regions, quotes: Sequence[Quote], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.regions, self.quotes = regions, quotes
        for name, rows in (
            ("province", regions.provinces),
            ("regency", regions.regencies),
            ("region", regions.districts),
        ):
            self.fields[name].choices = _choices(rows, _lazy("Pilih …"))
            self.fields[name].error_messages["invalid_choice"] = ADDRESS_MISSING[name]
        self.fields["method"].choices = [
            (code, label) for code, label in self.fields["method"].choices if self.offers(code)
        ]
        for quote in quotes:
            self._add_delivery(quote)
        for name, words in ADDRESS_MISSING.items():
            self.fields[name].required = self.is_sent and not self.is_abroad
            self.fields[name].error_messages["required"] = words

    def _add_delivery(self, quote: Quote) -> None:
        """Sent or fetched, once for everything that leaves one place."""
        if quote.parcel.pickup_place_id is None:
            return
        self.fields[delivery_name(quote)] = DeliveryField(
            label=_lazy("Bagaimana barangnya sampai?"),
            choices=[
                (SEND, _lazy("Dikirim")),
                (FETCH, _lazy("Ambil sendiri di %(place)s") % {"place": quote.parcel.pickup_name}),
            ],
            initial=SEND,
            widget=forms.RadioSelect,
        )

    def offers(self, method: str) -> bool:
        """Whether every seller takes this method for its amount."""
        return all(quote.may_pay(method).ok for quote in self.quotes)

    @property
    def is_sent(self) -> bool:
        """Whether any parcel needs an address."""
        return any(not quote.is_pickup for quote in self.quotes)

    @property
    def is_abroad(self) -> bool:
        """Whether it would leave the country; whoever places it says what stands against."""
        return self.data.get("country", HOME) not in ("", HOME)

    def buyer(self) -> Buyer:
        """Who buys, as placing wants to know it."""
        data = self.cleaned_data
        names = ("name", "phone", "email", "address", "postcode", "gift_note")
        country = data["country"] or HOME
        return Buyer(
            region_code=data["region"], country=country, **{name: data[name] for name in names}
        )


ADDRESS_MISSING = {
    "address": _lazy("Tulis alamatnya, atau pilih ambil sendiri."),
    "province": _lazy("Pilih provinsinya."),
    "regency": _lazy("Pilih kabupaten atau kotanya."),
    "region": _lazy("Pilih kecamatannya."),
    "postcode": _lazy("Tulis kode posnya, lima angka."),
}


def delivery_name(quote: Quote) -> str:
    """The field that says how what leaves this place reaches the buyer."""
    return f"antar_{quote.parcel.facility.pk}"


def fetched_places(data: Any) -> list[int]:
    """Facilities whose goods the buyer wants to fetch, as a form or an address carries them."""
    names = (name for name, value in data.items() if value == FETCH and name.startswith("antar_"))
    return [int(name[6:]) for name in names if re.fullmatch(r"[0-9]{1,18}", name[6:])]


class ReturnForm(forms.Form):
    """How many of each line come back, and why."""

    reason = forms.CharField(
        label=_lazy("Apa yang terjadi?"),
        error_messages={"required": _lazy("Ceritakan dengan singkat apa yang terjadi.")},
        max_length=MOST_REASON,
        help_text=_lazy("Misalnya rusak di jalan, salah barang, atau berubah pikiran."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, lines: Sequence[OrderLine], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[f"line_{line.pk}"] = forms.IntegerField(
                label=shown_name(line.version),
                required=False,
                min_value=0,
                max_value=int(line.qty),
                initial=int(line.qty) if len(lines) == 1 else 0,
                error_messages={"max_value": _lazy("Paling banyak %(limit_value)s.")},
            )

    def pieces(self) -> dict[int, int]:
        """Whole pieces by order line."""
        data = self.cleaned_data
        return {int(name[5:]): data[name] or 0 for name in data if name.startswith("line_")}
