"""What a buyer types: how many of what, who orders, how it is paid and handed over."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.money import format_rp
from berdaya.look.phones import PhoneField
from berdaya.market.actions.ordering import Buyer
from berdaya.market.calc import Wanted
from berdaya.market.forms.entering import text
from berdaya.market.models import Method, Product, Shop

SEND, FETCH = "kirim", "ambil"


class OrderForm(forms.Form):
    """One form for the whole order; `qty-<code>` and the price that was seen for each product."""

    request_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    name = text(_lazy("Nama Anda"), 80)
    phone = PhoneField(
        label=_lazy("Nomor telepon"),
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_lazy("Surel"), required=False, help_text=_lazy("Untuk kabar pesanan.")
    )
    way = forms.ChoiceField(label=_lazy("Barang"), widget=forms.RadioSelect)
    address = text(
        _lazy("Alamat kirim"),
        300,
        rows=3,
        required=False,
        help_text=_lazy("Hanya bila dikirim."),
    )
    method = forms.ChoiceField(label=_lazy("Cara bayar"), widget=forms.RadioSelect)
    note = text(_lazy("Pesan untuk penjual"), 200, required=False)

    def __init__(self, shop: Shop, products: Sequence[Product], data: Any = None) -> None:
        super().__init__(data)
        self.products = products
        self.fields["way"].choices = list(_ways(shop))
        self.fields["method"].choices = list(_methods(shop))
        for name in ("way", "method"):
            self.fields[name].initial = self.fields[name].choices[0][0]
        for product in products:
            self.fields[f"qty-{product.code}"] = forms.IntegerField(
                min_value=0,
                max_value=999,
                required=False,
                label=product.name,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
            self.fields[f"price-{product.code}"] = forms.IntegerField(
                required=False, widget=forms.HiddenInput
            )

    def clean(self) -> dict[str, Any]:
        """Whoever has it sent says where to."""
        told = self.cleaned_data
        if told.get("way") == SEND and not told.get("address"):
            self.add_error("address", _lazy("Tulis alamat kirimnya."))
        return told

    def wanted(self) -> list[Wanted]:
        """What is ordered, at the prices that the page showed."""
        return [
            Wanted(one.code, qty, self.cleaned_data.get(f"price-{one.code}") or one.price_rp)
            for one in self.products
            if (qty := self.cleaned_data.get(f"qty-{one.code}") or 0)
        ]

    def buyer(self) -> Buyer:
        """Who orders; an address only where something is sent."""
        told = self.cleaned_data
        address = told["address"] if told["way"] == SEND else ""
        return Buyer(told["name"], told["phone"], told["email"], address, told["note"])

    def lines(self) -> list[tuple[Product, Any, Any]]:
        """Each product with its two fields, for the template."""
        return [(one, self[f"qty-{one.code}"], self[f"price-{one.code}"]) for one in self.products]

    def personal(self) -> list[Any]:
        """The fields about the buyer, in their order."""
        names = ("name", "phone", "email", "way", "address", "method", "note")
        return [self[name] for name in names]


def _ways(shop: Shop) -> Iterable[tuple[str, Any]]:
    if shop.pickup:
        yield FETCH, _("Saya ambil di %(place)s") % {"place": shop.pickup}
    if shop.sends:
        yield SEND, _("Dikirim, ongkos %(fee)s") % {"fee": format_rp(shop.delivery_rp)}


def _methods(shop: Shop) -> Iterable[tuple[str, Any]]:
    if shop.qris_payload:
        yield Method.QRIS, Method.QRIS.label
    if shop.bank_number:
        yield Method.TRANSFER, Method.TRANSFER.label
