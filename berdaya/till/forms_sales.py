"""Forms of the stall: opening, the basket with its payment, paper, closing."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.money import format_rp
from berdaya.look.forms import DayField, QtyField, RupiahField
from berdaya.till.actions.opening import ShownQris
from berdaya.till.actions.selling import BasketLine, StallPayment
from berdaya.till.calc_cash import DENOMINATIONS, STEPS, rounded_cash
from berdaya.till.models import GAPS, SEEN, PaperState, QrisProof, StallMethod
from berdaya.till.queries_sales import Tile

# An id that a device makes for a sale: time-ordered or random, never one of our own series.
WHOLE = Decimal(1)


class OpeningForm(forms.Form):
    """Open a stall: the float, and what hangs there as QRIS."""

    float_rp = RupiahField(
        label=_lazy("Uang kembalian awal"), help_text=_lazy("Dihitung di laci, boleh nol.")
    )
    way = forms.ChoiceField(
        label=_lazy("QRIS yang terpajang"),
        widget=forms.RadioSelect,
        choices=[
            ("payload", _lazy("Pindai, lalu tempel isinya")),
            ("typed", _lazy("Baca NMID dan nama dari stiker")),
            ("none", _lazy("Hari ini tanpa QRIS")),
        ],
    )
    payload = forms.CharField(
        label=_lazy("Isi QRIS"),
        required=False,
        max_length=600,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_lazy("Teks panjang yang muncul bila QRIS dipindai, diawali 0002."),
    )
    nmid = forms.CharField(
        label="NMID",
        required=False,
        max_length=20,
        help_text=_lazy("Di bawah gambar QRIS, diawali ID."),
    )
    merchant_name = forms.CharField(label=_lazy("Nama pada QRIS"), required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        """What the chosen way needs."""
        facts = dict(self.cleaned_data)
        needed = {"payload": ["payload"], "typed": ["nmid", "merchant_name"]}
        for name in needed.get(facts.get("way", ""), []):
            if not facts.get(name):
                self.add_error(name, gettext("Perlu diisi."))
        return facts

    def shown(self) -> ShownQris | None:
        """What is held against the registered account; None: no QRIS today."""
        facts = self.cleaned_data
        if facts["way"] == "none":
            return None
        if facts["way"] == "payload":
            return ShownQris(payload=facts["payload"])
        return ShownQris(nmid=facts["nmid"], name=facts["merchant_name"])


class SellForm(forms.Form):
    """The basket and how it is paid; a field a tile, so that it works as a plain form too."""

    sale_id = forms.UUIDField(widget=forms.HiddenInput)
    method = forms.ChoiceField(
        label=_lazy("Cara bayar"),
        choices=StallMethod.choices,
        initial="cash",
        widget=forms.RadioSelect,
    )
    tendered_rp = RupiahField(
        label=_lazy("Uang yang diterima"),
        required=False,
        help_text=_lazy("Kosong berarti uang pas."),
    )
    seen = forms.ChoiceField(
        label=_lazy("Di mana uangnya terlihat masuk?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            *((one.value, one.label) for one in QrisProof if one in SEEN),
            ("", _lazy("belum terlihat di mana pun")),
        ],
    )
    reference = forms.CharField(
        label=_lazy("Empat angka akhir rujukan"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, tiles: list[Tile], has_qris: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tiles = tiles
        if not has_qris:
            self.fields["method"].choices = [("cash", StallMethod.CASH.label)]  # type: ignore[attr-defined]
        for tile in tiles:
            self.fields[f"qty-{tile.line_id}"] = QtyField(
                label=gettext("Jumlah %(what)s") % {"what": tile.what}, required=False
            )
            self.fields[f"price-{tile.line_id}"] = RupiahField(
                label=gettext("Harga %(what)s") % {"what": tile.what},
                required=False,
                help_text=gettext("Paling murah %(price)s") % {"price": format_rp(tile.lowest_rp)},
            )
            self.fields[f"reason-{tile.line_id}"] = forms.CharField(
                label=gettext("Alasan"), required=False, max_length=120
            )

    @cached_property
    def rows(self) -> list[tuple[Tile, Any, Any, Any]]:
        """Each tile with its three fields."""
        return [
            (one, *(self[f"{name}-{one.line_id}"] for name in ("qty", "price", "reason")))
            for one in self.tiles
        ]

    def basket(self) -> list[BasketLine]:
        """The lines with something in them."""
        facts = self.cleaned_data
        return [
            BasketLine(pk, facts[f"qty-{pk}"], facts[f"price-{pk}"], facts[f"reason-{pk}"])
            for pk in (tile.line_id for tile in self.tiles)
            if facts.get(f"qty-{pk}")
        ]

    def due_rp(self, step_rp: int) -> int:
        """What the buyer has to pay, as far as the form says."""
        prices = {tile.line_id: tile.price_rp for tile in self.tiles}
        amount = sum(
            int(one.qty * (prices[one.line_id] if one.unit_price_rp is None else one.unit_price_rp))
            for one in self.basket()
        )
        is_cash = self.cleaned_data.get("method") == "cash"
        return rounded_cash(amount, step_rp) if is_cash and step_rp and amount else amount

    def payment(self) -> StallPayment:
        """How it is paid."""
        facts = self.cleaned_data
        return StallPayment(
            facts["method"], facts["tendered_rp"], facts["reference"], seen=facts["seen"]
        )

    @property
    def sale_key(self) -> UUID:
        """The id under which this sale counts once."""
        key: UUID = self.cleaned_data["sale_id"]
        return key


class PaperForm(SellForm):
    """A nota that was written by hand: its number, when, and a photo of it."""

    series = forms.CharField(label=_lazy("Seri"), max_length=8)
    number = forms.IntegerField(
        label=_lazy("Nomor"), min_value=1, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    photo = forms.FileField(
        label=_lazy("Foto nota"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,.pdf"}),
    )


class CountForm(forms.Form):
    """How many of each note and coin lie in the drawer, and why it is not what it should be."""

    reason = forms.CharField(
        label=_lazy("Alasan selisih"),
        required=False,
        max_length=200,
        help_text=_lazy("Hanya bila uang tidak sama dengan yang seharusnya."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in DENOMINATIONS:
            self.fields[f"n{one}"] = forms.IntegerField(
                label=format_rp(one),
                required=False,
                min_value=0,
                max_value=100_000,
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "autocomplete": "off", "data-worth": one}
                ),
            )

    @property
    def rows(self) -> list[Any]:
        """The fields of notes and coins."""
        return [self[f"n{one}"] for one in DENOMINATIONS]

    def counts(self) -> dict[int, int]:
        """How many by value."""
        return {one: self.cleaned_data[f"n{one}"] or 0 for one in DENOMINATIONS}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_lazy("Alasan"), max_length=200)


class NoteForm(forms.Form):
    """What is known of a QRIS payment that nobody saw come."""

    note = forms.CharField(label=_lazy("Catatan"), max_length=200)


class MatchForm(forms.Form):
    """Where the treasurer found the money."""

    note = forms.CharField(
        label=_lazy("Baris mutasi"),
        required=False,
        max_length=200,
        help_text=_lazy("Tanggal dan rujukan pada mutasi merchant, bila ada."),
    )


class WriteOffForm(forms.Form):
    """Why the treasurer gives the money up."""

    reason = forms.CharField(
        label=_lazy("Alasan"),
        max_length=200,
        help_text=_lazy("Sebut mutasi yang sudah diperiksa, sampai tanggal berapa."),
    )


class WriteOffDecisionForm(forms.Form):
    """Whether the unit's book bears it, and why not."""

    is_granted = forms.TypedChoiceField(
        label=_lazy("Keputusan"),
        choices=[("ya", _lazy("Hapus, ditanggung buku ini")), ("tidak", _lazy("Cari lagi"))],
        coerce=lambda value: value == "ya",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_lazy("Catatan"),
        max_length=200,
        required=False,
        help_text=_lazy("Perlu bila harus dicari lagi."),
    )


class RoundingForm(forms.Form):
    """To what cash is rounded at a unit's stalls, from a day on."""

    step_rp = forms.TypedChoiceField(
        label=_lazy("Tunai dibulatkan ke"),
        choices=[(0, _lazy("tidak dibulatkan")), *((one, format_rp(one)) for one in STEPS)],
        coerce=int,
        help_text=_lazy("Setengahnya untuk pembeli; selisihnya ke akun pembulatan."),
    )
    valid_from = DayField(label=_lazy("Berlaku mulai"))
    legal_basis = forms.CharField(label=_lazy("Dasar"), max_length=200)


class BlockForm(forms.Form):
    """A block of numbered papers, as its cover says."""

    series = forms.CharField(label=_lazy("Seri"), max_length=8, help_text=_lazy("Misalnya A."))
    first_no = forms.IntegerField(label=_lazy("Nomor pertama"), min_value=1)
    last_no = forms.IntegerField(label=_lazy("Nomor terakhir"), min_value=1)


class GapForm(forms.Form):
    """What became of papers on which nothing was sold."""

    first_no = forms.IntegerField(label=_lazy("Dari nomor"), min_value=1)
    last_no = forms.IntegerField(
        label=_lazy("Sampai nomor"),
        min_value=1,
        required=False,
        help_text=_lazy("Kosong bila hanya satu."),
    )
    state = forms.ChoiceField(
        label=_lazy("Keadaan"),
        choices=[(one.value, one.label) for one in PaperState if one in GAPS],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_lazy("Alasan"), max_length=200)

    def numbers(self) -> range:
        """From the first to the last, at most a block."""
        first = self.cleaned_data["first_no"]
        last = self.cleaned_data["last_no"] or first
        return range(first, min(last, first + 199) + 1)
