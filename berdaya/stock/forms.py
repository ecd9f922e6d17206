"""What is typed when stock moves, is counted, or is to leave."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.money import format_qty
from berdaya.institutions.models import Party
from berdaya.look.forms import DayField, QtyField
from berdaya.stock.models import MovementKind, Place, StockLevel

LOSSES = (
    (MovementKind.LOSS, _lazy("Rusak atau hilang")),
    (MovementKind.HANDED_OUT, _lazy("Contoh atau pemberian")),
)


class PlaceForm(forms.ModelForm):
    """A place of the chosen facility."""

    class Meta:
        model = Place
        fields = ("name", "kind", "party", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outside = Party.objects.exclude(kind="satker_upt").order_by("name")
        self.fields["party"].queryset = outside  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Unique in the unit; said here, because the facility is no field of the form."""
        name = " ".join(self.cleaned_data["name"].split())
        same = Place.objects.filter(facility=self.instance.facility_id, name=name)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_lazy("Nama tempat ini sudah ada di UPT ini."))
        return name


class LevelChoice(forms.ModelChoiceField):
    """A place with how much of the lot is free there."""

    def label_from_instance(self, obj: StockLevel) -> str:
        """`Gudang (12 bebas)`."""
        return f"{obj.place.name} ({format_qty(obj.free_qty)})"


class TransferForm(forms.Form):
    """Part of one lot to another place."""

    level = LevelChoice(StockLevel.objects.none(), label=_lazy("Dari"))
    to_place = forms.ModelChoiceField(Place.objects.none(), label=_lazy("Ke"))
    qty = QtyField(label=_lazy("Jumlah"))
    day = DayField(label=_lazy("Tanggal"))
    note = forms.CharField(label=_lazy("Keterangan"), max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        levels: "QuerySet[StockLevel]",
        places: "QuerySet[Place]",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].queryset = levels  # type: ignore[attr-defined]
        self.fields["to_place"].queryset = places  # type: ignore[attr-defined]


class LossForm(forms.Form):
    """Part of one lot written off or handed out."""

    level = LevelChoice(StockLevel.objects.none(), label=_lazy("Di"))
    kind = forms.ChoiceField(label=_lazy("Apa yang terjadi"), choices=LOSSES)
    qty = QtyField(label=_lazy("Jumlah"))
    day = DayField(label=_lazy("Tanggal"))
    reason = forms.CharField(label=_lazy("Alasan rusak, hilang, atau diberikan"), max_length=200)

    def __init__(self, *args: Any, levels: "QuerySet[StockLevel]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].queryset = levels  # type: ignore[attr-defined]


class LotLines(forms.Form):
    """A quantity for each lot at a place; empty ones are left out."""

    def __init__(self, *args: Any, levels: Iterable[StockLevel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels = list(levels)
        for level in self.levels:
            unit = level.lot.variant.measure.label
            name = f"{level.lot.variant.label} · {level.lot.code}"
            field = QtyField(label=name, required=False, unit=unit)
            # In the page's table the head of the row stands for a label.
            field.widget.attrs["aria-label"] = f"{name}, {unit}"
            self.fields[f"lot_{level.lot_id}"] = field

    @property
    def rows(self) -> list[tuple[StockLevel, BoundField]]:
        """Each level with its field, for the page's table."""
        return [(level, self[f"lot_{level.lot_id}"]) for level in self.levels]

    @property
    def quantities(self) -> dict[int, Decimal]:
        """Lot id -> quantity, of those filled in."""
        typed = ((one.lot_id, self.cleaned_data[f"lot_{one.lot_id}"]) for one in self.levels)
        return {lot_id: qty for lot_id, qty in typed if qty is not None}


class CountForm(LotLines):
    """What was found of each lot at a place."""

    day = DayField(label=_lazy("Tanggal"))
    reason = forms.CharField(
        label=_lazy("Alasan selisih"),
        max_length=200,
        required=False,
        help_text=_lazy("Perlu bila ada yang berbeda dari buku."),
    )


class PassForm(LotLines):
    """What is to leave, where to and by whom."""

    destination = forms.CharField(label=pgettext_lazy("stock", "Tujuan"), max_length=120)
    to_place = forms.ModelChoiceField(
        Place.objects.none(),
        label=_lazy("Dipindahkan ke"),
        required=False,
        help_text=_lazy("Galeri, stan, atau tempat titip jual; kosongkan bila sudah terjual."),
    )
    day = DayField(label=_lazy("Tanggal keluar"))
    carrier = forms.CharField(
        label=_lazy("Pembawa"), max_length=80, help_text=_lazy("Nama petugas atau perusahaan.")
    )
    vehicle = forms.CharField(label=_lazy("Kendaraan"), max_length=40, required=False)

    def __init__(self, *args: Any, places: "QuerySet[Place]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_place"].queryset = places  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        """All but the lots."""
        names = ("destination", "to_place", "day", "carrier", "vehicle")
        return {name: self.cleaned_data[name] for name in names}


class DeclineForm(forms.Form):
    """Why goods may not leave."""

    reason = forms.CharField(label=_lazy("Alasan penolakan"), max_length=200)


class CardForm(forms.Form):
    """Which part of a stock card is shown."""

    tempat = forms.ModelChoiceField(
        Place.objects.none(), label=_lazy("Tempat"), required=False, empty_label=_lazy("Semua")
    )
    dari = DayField(label=_lazy("Dari"))
    sampai = DayField(label=_lazy("Sampai"))

    def __init__(self, *args: Any, places: "QuerySet[Place]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tempat"].queryset = places  # type: ignore[attr-defined]
