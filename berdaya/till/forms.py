"""Forms of events, hand-outs and settlements."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility, Office, Party, QrisAccount, Region
from berdaya.look.forms import DayField, QtyField, RupiahField
from berdaya.stock.models import StockLevel
from berdaya.till.actions.handouts import LineInput
from berdaya.till.models import Bearer, HandOutLine, PayMethod, ProductProposal


def _among(form: forms.Form, name: str, rows: "QuerySet[Any]") -> None:
    form.fields[name].queryset = rows  # type: ignore[attr-defined]


class EventForm(forms.Form):
    """A new event."""

    name = forms.CharField(label=_lazy("Nama acara"), max_length=80)
    name_en = forms.CharField(
        label=_lazy("Nama dalam bahasa Inggris"), max_length=80, required=False
    )
    code = forms.CharField(
        label=_lazy("Kode"), max_length=20, help_text=_lazy("Tercetak pada nota, misalnya FST26.")
    )
    venue = forms.CharField(label=_lazy("Tempat"), max_length=120)
    region = forms.ModelChoiceField(Region.objects.none(), label=_lazy("Kabupaten atau kota"))
    begins_on = DayField(label=_lazy("Hari pertama"))
    ends_on = DayField(label=_lazy("Hari terakhir"))
    office = forms.ModelChoiceField(
        Office.objects.none(), label=pgettext_lazy("till", "Penyelenggara")
    )

    def __init__(
        self, *args: Any, offices: "QuerySet[Office]", regions: "QuerySet[Region]", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _among(self, "office", offices)
        _among(self, "region", regions)


class StallForm(forms.Form):
    """A stall: its host is the unit of the party that takes the cash."""

    number = forms.IntegerField(label=_lazy("Nomor stan"), min_value=1, max_value=999)
    label = forms.CharField(label=_lazy("Nama stan"), max_length=60)
    cash_taker = forms.ModelChoiceField(
        Party.objects.none(),
        label=_lazy("Pemegang kas"),
        help_text=_lazy("UPT-nya menjadi tuan rumah; orang-orangnya menjaga stan."),
    )
    qris = forms.ModelChoiceField(
        QrisAccount.objects.none(),
        label=_lazy("QRIS"),
        required=False,
        help_text=_lazy("Milik pemegang kas dan sudah disahkan. Kosong: hanya tunai."),
    )
    difference_limit_rp = RupiahField(
        label=_lazy("Selisih kas yang diperiksa"),
        required=False,
        help_text=_lazy("Di atas ini orang kedua melihatnya saat tutup."),
    )

    def __init__(
        self, *args: Any, parties: "QuerySet[Party]", qris: "QuerySet[QrisAccount]", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _among(self, "cash_taker", parties)
        _among(self, "qris", qris)


class InviteForm(forms.Form):
    """Which units are asked to take part."""

    facilities = forms.ModelMultipleChoiceField(
        Facility.objects.none(), label=_lazy("UPT"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, facilities: "QuerySet[Facility]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _among(self, "facilities", facilities)


class AnswerForm(forms.Form):
    """Coming or not."""

    is_coming = forms.TypedChoiceField(
        label=_lazy("Jawaban"),
        choices=[("ya", _lazy("Ikut")), ("tidak", _lazy("Tidak ikut"))],
        coerce=lambda value: value == "ya",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_lazy("Keterangan"), max_length=200, required=False)


class VariantField(forms.ModelChoiceField):
    """A variant by its whole name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_label)


class ProposalForm(forms.Form):
    """One product that a unit would bring."""

    variant = VariantField(Variant.objects.none(), label=_lazy("Produk"))
    qty = QtyField(label=_lazy("Jumlah"))
    price_rp = RupiahField(label=_lazy("Harga jual"))
    lowest_rp = RupiahField(
        label=_lazy("Harga terendah"),
        help_text=_lazy("Penjaga stan tidak dapat menjual di bawahnya."),
    )

    def __init__(self, *args: Any, variants: "QuerySet[Variant]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _among(self, "variant", variants)


CHOICES = [("", _lazy("nanti")), ("ya", _lazy("pilih")), ("tidak", _lazy("tidak"))]


class DecisionForm(forms.Form):
    """Yes, no or later for each proposal, and why not."""

    def __init__(self, *args: Any, proposals: Iterable[ProductProposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = list(proposals)
        for one in self.proposals:
            name = one.variant.label
            self.fields[f"choice_{one.pk}"] = forms.ChoiceField(
                label=name, choices=CHOICES, required=False
            )
            self.fields[f"reason_{one.pk}"] = forms.CharField(
                label=_lazy("Alasan"), max_length=200, required=False
            )
            self.fields[f"choice_{one.pk}"].widget.attrs["aria-label"] = name
            self.fields[f"reason_{one.pk}"].widget.attrs["aria-label"] = name

    @property
    def rows(self) -> list[tuple[ProductProposal, BoundField, BoundField]]:
        """Each proposal with its two fields."""
        return [(one, self[f"choice_{one.pk}"], self[f"reason_{one.pk}"]) for one in self.proposals]

    @property
    def choices(self) -> list[tuple[ProductProposal, bool, str]]:
        """What was decided now."""
        told = [(one, self.cleaned_data[f"choice_{one.pk}"]) for one in self.proposals]
        return [
            (one, choice == "ya", self.cleaned_data[f"reason_{one.pk}"])
            for one, choice in told
            if choice
        ]


def _quantity(name: str, unit: str, **more: Any) -> QtyField:
    """A number in a table's row, whose head stands for a label."""
    field = QtyField(label=name, unit=unit, **more)
    field.widget.attrs["aria-label"] = f"{name}, {unit}"
    return field


class HandOutForm(forms.Form):
    """How much of which lot goes to the stall, at the prices that were chosen."""

    day = DayField(label=_lazy("Tanggal keluar"))
    carrier = forms.CharField(
        label=_lazy("Pembawa"), max_length=80, help_text=_lazy("Nama petugas atau perusahaan.")
    )
    vehicle = forms.CharField(label=_lazy("Kendaraan"), max_length=40, required=False)
    is_agreed = forms.BooleanField(
        label=_lazy("Kami menyetujui perjanjian titip jual di atas"), required=False
    )

    def __init__(self, *args: Any, levels: Iterable[StockLevel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels = list(levels)
        for one in self.levels:
            name = f"{one.lot.variant.label} · {one.lot.code}"
            unit = one.lot.variant.measure.label
            self.fields[f"lot_{one.pk}"] = _quantity(name, unit, required=False)

    @property
    def rows(self) -> list[tuple[StockLevel, BoundField]]:
        """Each level with its field, for the page's table."""
        return [(one, self[f"lot_{one.pk}"]) for one in self.levels]

    def filled(self) -> list[tuple[StockLevel, Decimal]]:
        """Levels with the quantity that leaves them, of those filled in."""
        typed = [(one, self.cleaned_data[f"lot_{one.pk}"]) for one in self.levels]
        return [(one, qty) for one, qty in typed if qty is not None]

    def lines(self, prices: dict[int, tuple[int, int]]) -> list[LineInput]:
        """What was filled in, priced as proposed (variant id -> price, lowest)."""
        return [LineInput(one.lot, qty, *prices[one.lot.variant_id]) for one, qty in self.filled()]


class LineQtyForm(forms.Form):
    """A quantity for each line of a hand-out."""

    lines_required = False

    def __init__(self, *args: Any, lines: Sequence[HandOutLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            self.fields[f"line_{line.pk}"] = _quantity(
                line.variant.label,
                line.variant.measure.label,
                required=self.lines_required,
                initial=self.first_of(line),
            )

    def first_of(self, line: HandOutLine) -> Decimal | None:
        """What stands in the field first."""
        return None

    @property
    def rows(self) -> list[tuple[HandOutLine, BoundField]]:
        """Each line with its field, for the page's table."""
        return [(line, self[f"line_{line.pk}"]) for line in self.lines]

    @property
    def quantities(self) -> dict[int, Decimal]:
        """Line id -> quantity, of those filled in."""
        typed = ((one.pk, self.cleaned_data[f"line_{one.pk}"]) for one in self.lines)
        return {pk: qty for pk, qty in typed if qty is not None}


class ReceiptForm(LineQtyForm):
    """What was counted at the stall; empty at first, so that somebody counts."""

    lines_required = True
    note = forms.CharField(
        label=_lazy("Penjelasan selisih"),
        max_length=200,
        required=False,
        help_text=_lazy("Perlu bila ada yang kurang."),
    )


class HandBackForm(LineQtyForm):
    """What came back into the store."""

    day = DayField(label=_lazy("Kembali pada"))
    note = forms.CharField(label=_lazy("Keterangan"), max_length=200, required=False)

    def first_of(self, line: HandOutLine) -> Decimal | None:
        return line.left_qty or None


class LineField(forms.ModelChoiceField):
    """A line by its goods and what is left."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.variant.full_label)


class LossForm(forms.Form):
    """What is broken or gone, why, and who bears it."""

    line = LineField(HandOutLine.objects.none(), label=_lazy("Barang"))
    qty = QtyField(label=_lazy("Jumlah"))
    day = DayField(label=_lazy("Tanggal"))
    reason = forms.CharField(label=_lazy("Apa yang terjadi"), max_length=200)
    borne_by = forms.ChoiceField(
        label=_lazy("Ditanggung"),
        choices=Bearer.choices,
        widget=forms.RadioSelect,
        initial=Bearer.OWNER,
        help_text=_lazy(
            "Yang ditanggung pemegang kas dibelinya seharga harga terendah; masuk perhitungan."
        ),
    )

    def __init__(self, *args: Any, lines: "QuerySet[HandOutLine]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _among(self, "line", lines)


class DeclineForm(forms.Form):
    """Why a reckoning goes back."""

    reason = forms.CharField(label=_lazy("Apa yang dihitung ulang"), max_length=200)


class PayForm(forms.Form):
    """How the owner was paid."""

    method = forms.ChoiceField(label=_lazy("Cara bayar"), choices=PayMethod.choices)
    paid_on = DayField(label=_lazy("Dibayar pada"))
    reference = forms.CharField(label=_lazy("Rujukan bank"), max_length=80, required=False)
