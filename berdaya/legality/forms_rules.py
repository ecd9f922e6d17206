"""Forms of rules: a requirement, a rule of entry, an exception, and what a product claims."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _lazy

from berdaya.goods.models import Category, Product
from berdaya.institutions.models.regions import Region, RegionLevel
from berdaya.legality.models import (
    Indication,
    MarketEntry,
    Motif,
    PermitKind,
    Requirement,
)
from berdaya.legality.models.markets import Answer, Needs, Reach
from berdaya.legality.queries.shipping import countries
from berdaya.legality.tables import MARKETS
from berdaya.look.forms import DayField
from berdaya.stock.models import Lot


def _destinations() -> list[tuple[str, str]]:
    wide = [("*", str(_lazy("Semua negara lain"))), ("EU", str(_lazy("Uni Eropa")))]
    return [*wide, *countries()[1:]]


class ChangeForm(forms.Form):
    """What every change of a rule says: from when, why, and whether the old row only ends."""

    effective_on = DayField(label=_lazy("Berlaku mulai"))
    ends_only = forms.BooleanField(
        label=_lazy("Hanya akhiri baris lama, tanpa pengganti"), required=False
    )
    reason = forms.CharField(
        label=_lazy("Mengapa diubah"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_lazy("Dibaca orang kedua yang memutuskan."),
    )

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        if row is None:
            self.fields.pop("ends_only")

    def change(self) -> dict[str, Any]:
        """What the action takes."""
        told = self.cleaned_data
        only = told.get("ends_only", False)
        return {
            "effective_on": told["effective_on"],
            "reason": told["reason"],
            "ends": self.row.pk if self.row else None,
            "values": {} if only else self.values(),
        }

    def values(self) -> dict[str, Any]:
        """The fields of the new row, by the codes of what they name."""
        raise NotImplementedError


class _Named(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class RequirementForm(ChangeForm):
    """One kind that a market asks of a category."""

    field_order = ("category", "market", "permit_kind", "choice", "legal_basis", "source")
    category = _Named(Category.objects.all(), label=_lazy("Kelompok barang"))
    market = forms.ChoiceField(label=_lazy("Pasar"), choices=list(MARKETS.items()))
    permit_kind = _Named(PermitKind.objects.all(), label=_lazy("Yang diperlukan"))
    choice = forms.SlugField(
        label=_lazy("Pilihan bersama"),
        max_length=20,
        required=False,
        help_text=_lazy("Baris dengan pilihan yang sama: salah satu cukup. Misalnya: food."),
    )
    legal_basis = forms.CharField(label=_lazy("Dasar hukum"), max_length=200)
    source = forms.CharField(label=_lazy("Sumber"), max_length=200)
    to_be_confirmed = forms.BooleanField(label=_lazy("Perlu dipastikan"), required=False)

    @staticmethod
    def initial_of(row: Requirement) -> dict[str, Any]:
        """What stands in the form when a row is changed."""
        names = ("category", "market", "permit_kind", "choice", "legal_basis", "source")
        return {name: getattr(row, name) for name in (*names, "to_be_confirmed")}

    def values(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        told["category"] = told["category"].code
        told["permit_kind"] = told["permit_kind"].code
        return {name: told[name] for name in self.initial_names()}

    def initial_names(self) -> tuple[str, ...]:
        """Fields of the row among those of the form."""
        return (
            *("category", "market", "permit_kind", "choice"),
            *("legal_basis", "source", "to_be_confirmed"),
        )


class EntryForm(ChangeForm):
    """What a country says to goods."""

    field_order = ("destination", "category", "reach", "answer", "needs", "conditions")
    destination = forms.ChoiceField(
        label=_lazy("Negara tujuan"), choices=lazy(_destinations, list)()
    )
    category = _Named(
        Category.objects.all(),
        label=_lazy("Kelompok barang"),
        required=False,
        help_text=_lazy("Kosong: semua barang."),
    )
    reach = forms.ChoiceField(label=_lazy("Mengenai"), choices=Reach.choices)
    answer = forms.ChoiceField(label=_lazy("Jawaban"), choices=Answer.choices)
    needs = forms.ChoiceField(
        label=_lazy("Perlu"), required=False, choices=[("", "–"), *Needs.choices]
    )
    conditions = forms.CharField(label=_lazy("Syarat"), max_length=300, required=False)
    exceptions = forms.CharField(
        label=_lazy("Pengecualian"),
        max_length=300,
        required=False,
        help_text=_lazy("Yang dibiarkan terbuka oleh hukumnya. Kosong: tidak ada izin khusus."),
    )
    legal_basis = forms.CharField(label=_lazy("Dasar hukum"), max_length=200)
    source = forms.CharField(label=_lazy("Sumber"), max_length=200)
    to_be_confirmed = forms.BooleanField(label=_lazy("Perlu dipastikan"), required=False)

    NAMES = (
        *("destination", "category", "reach", "answer", "needs", "conditions", "exceptions"),
        *("legal_basis", "source", "to_be_confirmed"),
    )

    @classmethod
    def initial_of(cls, row: MarketEntry) -> dict[str, Any]:
        """What stands in the form when a row is changed."""
        return {name: getattr(row, name) for name in cls.NAMES}

    def values(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        told["category"] = told["category"].code if told["category"] else ""
        return {name: told[name] for name in self.NAMES}


class WhyForm(forms.Form):
    """Why not."""

    reason = forms.CharField(label=_lazy("Alasan"), max_length=200)


# In words, what an exception may lift.
LIFTED = {
    "permit_missing": _lazy("izin belum ada"),
    "permit_lapsed": _lazy("izin habis"),
    "permit_not_yet": _lazy("izin belum berlaku"),
    "permit_wrong_place": _lazy("izin untuk tempat lain"),
    "ig_not_registered": _lazy("indikasi geografis belum terdaftar"),
    "ig_outside_area": _lazy("di luar daerah indikasi geografis"),
    "ig_motif_not_in_book": _lazy("motif di luar buku persyaratan"),
    "market_barred_but": _lazy("dilarang negara tujuan, dengan pengecualian"),
    "market_needs_review": _lazy("negara tujuan perlu telaah"),
    "market_unknown": _lazy("aturan negara tujuan belum tercatat"),
}


def _markets() -> list[tuple[str, str]]:
    home = [(code, str(label)) for code, label in MARKETS.items()]
    return [*home, *((f"export:{code}", name) for code, name in countries()[1:])]


class OverrideForm(forms.Form):
    """An exception: for what, where, on which basis, for how long."""

    product = forms.ModelChoiceField(Product.objects.none(), label=_lazy("Produk"))
    lot = forms.ModelChoiceField(
        Lot.objects.none(),
        label=_lazy("Kode produksi"),
        required=False,
        help_text=_lazy("Kosong: semua lot produk itu."),
    )
    market = forms.ChoiceField(label=_lazy("Pasar"), choices=lazy(_markets, list)())
    code = forms.ChoiceField(label=_lazy("Yang dikecualikan"), choices=list(LIFTED.items()))
    kind = _Named(
        PermitKind.objects.all(),
        to_field_name="code",
        label=_lazy("Jenis izin"),
        required=False,
        help_text=_lazy("Bila yang dikecualikan sebuah izin."),
    )
    legal_basis = forms.CharField(
        label=_lazy("Dasar hukum"),
        max_length=200,
        help_text=_lazy("Peraturan dan pasalnya."),
    )
    reason = forms.CharField(
        label=_lazy("Mengapa berlaku di sini"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    valid_from = DayField(label=_lazy("Berlaku mulai"))
    last_day = DayField(label=_lazy("Berlaku sampai"), help_text=_lazy("Paling lama setahun."))

    def __init__(self, *args: Any, facility_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = Product.objects.filter(  # type: ignore[attr-defined]
            facility=facility_id, is_active=True
        )
        self.fields["lot"].queryset = Lot.objects.filter(  # type: ignore[attr-defined]
            facility=facility_id
        )

    def request(self) -> dict[str, Any]:
        """What the action takes: half-open days."""
        told = dict(self.cleaned_data)
        told["kind"] = told["kind"].code if told["kind"] else ""
        told["valid_until"] = told.pop("last_day") + timedelta(days=1)
        return told


class OriginForm(forms.Form):
    """What a product claims of a place and a motif."""

    indication = forms.ModelChoiceField(
        Indication.objects.all(),
        label=_lazy("Indikasi geografis"),
        required=False,
        help_text=_lazy("Perlu persetujuan MPIG, dibuat di daerahnya, dan motif dari bukunya."),
    )
    motif = forms.ModelChoiceField(
        Motif.objects.all(),
        label=_lazy("Motif"),
        required=False,
        help_text=_lazy("Motif upacara perlu persetujuan masyarakat pemiliknya."),
    )
    material_region = forms.ModelChoiceField(
        Region.objects.filter(level=RegionLevel.REGENCY),
        label=_lazy("Asal bahan"),
        required=False,
        help_text=_lazy("Kabupaten atau kota tempat bahannya tumbuh atau dibuat."),
    )
