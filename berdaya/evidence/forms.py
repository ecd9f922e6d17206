"""What is typed about plots, and the countries that are asked."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Refused
from berdaya.evidence.actions.plots import PlotInput, judge_plot
from berdaya.evidence.geojson import LONGEST, read_pasted
from berdaya.evidence.models import Plot, PlotKind
from berdaya.institutions.models import Region
from berdaya.institutions.models.regions import RegionLevel
from berdaya.legality.queries.shipping import countries
from berdaya.look.forms import DayField, QtyField

COORDINATES = _lazy(
    "Satu baris satu titik: lintang, bujur, enam angka di belakang titik. Sampai 4 ha cukup satu"
    " titik; di atasnya semua sudut keliling kebun, yang pertama diulang di baris terakhir."
)
NO_NAMES = _lazy("Nama atau kode kelompoknya. Jangan menulis nama orang.")
AT_FIELD = {
    "plot_without_area": "hectares",
    "plot_area_differs": "hectares",
    "plot_too_large_for_point": "hectares",
    "plot_outside_region": "region",
    "plot_since_unlikely": "since_year",
    "plot_stated_later": "stated_on",
}
# Where goods of units really go (domain.md 3.1), then the rest by name.
OFTEN = ("JP", "KR", "SG", "MY", "TL", "AU", "DE", "NL", "US")


def _regencies(province: str) -> Any:
    """Regencies of a province, those of the country where none is named."""
    rows = Region.objects.filter(level=RegionLevel.REGENCY).order_by("name")
    return rows.filter(parent=province) if province else rows


class PlotBase(forms.Form):
    """What is the same for all plots of one form or file."""

    kind = forms.ChoiceField(label=_lazy("Milik"), choices=PlotKind.choices)
    group_name = forms.CharField(label=_lazy("Kelompok"), max_length=80, help_text=NO_NAMES)
    region = forms.ModelChoiceField(Region.objects.none(), label=_lazy("Kabupaten atau kota"))
    legal_basis = forms.CharField(
        label=_lazy("Bukti hak atas tanah"),
        max_length=160,
        help_text=_lazy("Jenis dan nomor suratnya, misalnya surat keterangan desa."),
    )
    since_year = forms.IntegerField(
        label=_lazy("Menghasilkan sejak tahun"), min_value=1700, max_value=2200
    )
    stated_on = DayField(
        label=_lazy("Hari pernyataan tanpa pembukaan hutan sesudah 2020"),
        required=False,
        help_text=_lazy("Kosongkan bila kelompoknya belum menyatakannya."),
    )

    def __init__(self, *args: Any, province: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = _regencies(province)  # type: ignore[attr-defined]


class PlotForm(PlotBase):
    """One plot with its coordinates as text."""

    hectares = QtyField(label=_lazy("Luas"), unit="ha")
    coordinates = forms.CharField(
        label=_lazy("Koordinat (WGS84)"),
        help_text=COORDINATES,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "class": "code"}),
    )
    field_order = ("kind", "group_name", "region", "hectares", "coordinates")

    def clean_coordinates(self) -> Any:
        """The shape they describe; what cannot be read is told at the field."""
        try:
            return read_pasted(self.cleaned_data["coordinates"])
        except Refused as refused:
            reasons = refused.verdict.reasons
            raise forms.ValidationError(
                [f"{one.text} {one.next_text}" for one in reasons]
            ) from None

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Every reason at once and at its field, so that what was pasted is not lost."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for reason in judge_plot(self.told, self.today).reasons:
                at = AT_FIELD.get(reason.code, "coordinates")
                self.add_error(at, f"{reason.text} {reason.next_text}")
        return facts

    @property
    def told(self) -> PlotInput:
        """As the action takes it."""
        facts = dict(self.cleaned_data)
        return PlotInput(shape=facts.pop("coordinates"), **facts)


def first_of(plot: Plot) -> dict[str, Any]:
    """What the form of an existing plot begins with."""
    lines = [f"{lat}, {lon}" for lon, lat in plot.drawn.positions]
    names = ("kind", "group_name", "region", "hectares", "legal_basis", "since_year", "stated_on")
    return {**{name: getattr(plot, name) for name in names}, "coordinates": "\n".join(lines)}


class ImportForm(PlotBase):
    """A GeoJSON file of plots of one group; its own properties go before these."""

    file = forms.FileField(label=_lazy("Berkas GeoJSON"), required=False)
    text = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)
    hectares = QtyField(
        label=_lazy("Luas bila tidak tertulis di berkas"),
        unit="ha",
        required=False,
        min_value=Decimal(0),
    )
    field_order = ("file", "kind", "group_name", "region", "hectares")


class PlotsField(forms.ModelMultipleChoiceField):
    """Plots to tick, each with its group and where it lies."""

    def label_from_instance(self, obj: Plot) -> str:
        """Code, group, region and size."""
        size = f"{obj.hectares:.2f}".replace(".", ",")
        return f"{obj.code} · {obj.group_name} · {obj.region.name} · {size} ha"


class MaterialForm(forms.Form):
    """From which plots all of a material lot came."""

    plots = PlotsField(
        Plot.objects.none(),
        label=_lazy("Semua bahan ini dari kebun"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_lazy(
            "Centang hanya bila seluruh bahannya dari kebun ini. Tanpa centang asalnya tidak"
            " diketahui, dan lot yang memakainya tidak dapat dijual ke UE."
        ),
    )

    def __init__(self, *args: Any, plots: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plots"].queryset = plots  # type: ignore[attr-defined]


def _choices() -> list[tuple[str, str]]:
    named = dict(countries())
    often = [(code, named[code]) for code in OFTEN if code in named]
    return [*often, *((code, name) for code, name in named.items() if code not in (*OFTEN, "ID"))]


class DeclarationForm(forms.Form):
    """The country that is asked."""

    country = forms.ChoiceField(label=_lazy("Negara"), choices=_choices)


class PackForm(forms.Form):
    """Countries whose answers go into the pack."""

    countries = forms.MultipleChoiceField(
        label=_lazy("Negara tujuan"),
        choices=_choices,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_lazy("Boleh beberapa; jawaban gerbang untuk masing-masing ikut tertulis."),
    )
