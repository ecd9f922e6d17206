"""What an officer types in the workshop, besides the sheet itself."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.equipment.calc import at
from berdaya.goods.models import Measure, PayBasis, Variant
from berdaya.institutions.models import Facility
from berdaya.look.forms import DayField, HourField, QtyField, RupiahField
from berdaya.people.models import LineOfWork
from berdaya.stock.models import Place
from berdaya.workshop.models import (
    Batch,
    Material,
    MaterialLot,
    MaterialSource,
    QualityResult,
    Workshop,
)


class WorkshopForm(forms.ModelForm):
    """A workshop: a single row without money, so the form saves it."""

    line_of_work = forms.CharField(
        label=_lazy("Bidang kerja"),
        max_length=60,
        help_text=_lazy("Sama dengan bidang pada penempatan kerja, misalnya tenun."),
        widget=forms.TextInput(attrs={"list": "bidang", "autocomplete": "off"}),
    )
    custom_loss = QtyField(
        label=_lazy("Susut yang biasa"),
        unit="%",
        help_text=_lazy("Susut di atas ini meminta alasan saat batch ditutup."),
    )

    class Meta:
        model = Workshop
        fields = (
            "name",
            "name_en",
            "code",
            "line_of_work",
            "pay_basis",
            "is_open_site",
            "is_active",
        )

    def __init__(self, *args: Any, facility: Facility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facility = facility
        self.lines = [value for value, _label in LineOfWork.choices]
        self.fields["custom_loss"].initial = self.instance.custom_loss_bp / 100

    def clean_line_of_work(self) -> str:
        return " ".join(self.cleaned_data["line_of_work"].lower().split())

    def clean_code(self) -> str:
        """Unique within the unit."""
        code = self.cleaned_data["code"].upper().strip()
        same = Workshop.objects.filter(facility=self.facility, code=code)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_lazy("Kode ini sudah dipakai bengkel lain."))
        return code

    def save(self, commit: bool = True) -> Workshop:
        """Keep the loss in basis points and the row with its facility."""
        self.instance.facility = self.facility
        self.instance.custom_loss_bp = int(self.cleaned_data["custom_loss"] * 100)
        return super().save(commit)


class ReceiptForm(forms.Form):
    """A receipt of material; a new material may be named on the spot."""

    material = forms.ModelChoiceField(
        Material.objects.none(),
        label=_lazy("Bahan"),
        required=False,
        empty_label=_lazy("Bahan baru …"),
    )
    new_material = forms.CharField(
        label=_lazy("Nama bahan baru"),
        max_length=80,
        required=False,
        help_text=_lazy("Hanya bila belum ada di daftar."),
    )
    is_packing = forms.BooleanField(label=_lazy("Bahan baru ini kemasan"), required=False)
    source = forms.ChoiceField(
        label=pgettext_lazy("workshop", "Asal"), choices=MaterialSource.choices
    )
    reference = forms.CharField(
        label=_lazy("Nomor nota atau BAST"),
        max_length=80,
        required=False,
        help_text=_lazy("Pembelian: nomor nota. Bantuan: nomor BAST."),
    )
    supplier = forms.CharField(label=_lazy("Dari"), max_length=120, required=False)
    received_on = DayField(label=_lazy("Diterima pada"))
    qty = QtyField(label=_lazy("Banyaknya"))
    measure = forms.ModelChoiceField(Measure.objects.all(), label=_lazy("Satuan"))
    total_rp = RupiahField(
        label=_lazy("Nilai seluruhnya"),
        help_text=_lazy("Bantuan juga dinilai, tetapi tidak dipotong dari hasil penjualan."),
    )

    def __init__(self, *args: Any, facility: Facility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facility = facility
        rows = Material.objects.filter(facility=facility).order_by("name")
        self.fields["material"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Exactly one of both: from the list, or a new name."""
        values = super().clean() or {}
        values["new_material"] = " ".join(values.get("new_material", "").split())
        if not values.get("material") and not values["new_material"]:
            self.add_error("material", _lazy("Pilih bahannya, atau tulis nama bahan baru."))
        return values


class GoodsChoice(forms.ModelChoiceField):
    """Variants under the name of their product too."""

    def label_from_instance(self, obj: Variant) -> str:
        return obj.full_label


class StartForm(forms.Form):
    """A new batch, or a new job of a service."""

    workshop = forms.ModelChoiceField(Workshop.objects.none(), label=_lazy("Bengkel"))
    variant = GoodsChoice(Variant.objects.none(), label=_lazy("Barang atau jasa"))
    pay_basis = forms.ChoiceField(
        label=_lazy("Dasar bagi premi"),
        choices=PayBasis.choices,
        help_text=_lazy("Satu dasar untuk seluruh batch; tidak berubah sesudah dimulai."),
    )
    started_on = DayField(label=pgettext_lazy("workshop", "Mulai"))
    planned_qty = QtyField(label=_lazy("Rencana hasil"), required=False)
    note = forms.CharField(label=_lazy("Catatan"), max_length=200, required=False)
    equipment_on = DayField(
        label=_lazy("Pesan sarana mulai"),
        required=False,
        help_text=_lazy("Semua yang diperlukan bengkelnya, atau tidak sama sekali."),
    )
    equipment_at = HourField(label=_lazy("Jam"), required=False)

    def __init__(
        self, *args: Any, facility: Facility, needs_equipment: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone = facility.timezone
        if not needs_equipment:
            del self.fields["equipment_on"], self.fields["equipment_at"]
        shops = Workshop.objects.filter(facility=facility, is_active=True).order_by("name")
        made = Variant.objects.filter(facility=facility, is_active=True).select_related("product")
        self.fields["workshop"].queryset = shops  # type: ignore[attr-defined]
        self.fields["variant"].queryset = made.order_by("product__name", "name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Day and hour as one moment, `equipment_from`; None books nothing."""
        values = super().clean() or {}
        day, hour = values.pop("equipment_on", None), values.pop("equipment_at", None)
        values["equipment_from"] = at(day, hour or time(8), self.zone) if day else None
        return values


class LotChoice(forms.ModelChoiceField):
    """Material lots with what is left of them."""

    def label_from_instance(self, obj: MaterialLot) -> str:
        left = f"{obj.remaining_qty.normalize():f}".replace(".", ",")
        return f"{obj.material.name} · {obj.code} · {left} {obj.material.measure.label}"


class UseForm(forms.Form):
    """Material taken for a batch."""

    material_lot = LotChoice(MaterialLot.objects.none(), label=_lazy("Bahan"))
    qty = QtyField(label=_lazy("Banyaknya (dalam satuan bahannya)"))
    used_on = DayField(label=_lazy("Dipakai pada"))

    def __init__(self, *args: Any, batch: Batch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = MaterialLot.objects.filter(facility_id=batch.facility_id, remaining_qty__gt=0)
        self.fields["material_lot"].queryset = rows.select_related(  # type: ignore[attr-defined]
            "material__measure"
        ).order_by("material__name", "received_on", "pk")


class QualityForm(forms.Form):
    """What a look at the goods found."""

    result = forms.ChoiceField(label=_lazy("Hasil pemeriksaan"), choices=QualityResult.choices)
    good_qty = QtyField(label=_lazy("Baik"))
    rejected_qty = QtyField(label=pgettext_lazy("workshop", "Ditolak"), required=False)
    checked_on = DayField(label=_lazy("Diperiksa pada"))
    note = forms.CharField(label=_lazy("Catatan"), max_length=200, required=False)


class ClosingForm(forms.Form):
    """The end of a batch."""

    closed_on = DayField(label=_lazy("Ditutup pada"))
    good_qty = QtyField(label=_lazy("Hasil baik"))
    rejected_qty = QtyField(label=_lazy("Hasil ditolak"), required=False)
    input_qty = QtyField(
        label=_lazy("Masukan"),
        required=False,
        help_text=_lazy("Berapa yang seharusnya jadi dari bahannya; dari sini dihitung susut."),
    )
    loss_reason = forms.CharField(
        label=_lazy("Sebab susut"),
        max_length=200,
        required=False,
        help_text=_lazy("Wajib bila susut melebihi kebiasaan bengkel."),
    )
    place = forms.ModelChoiceField(Place.objects.none(), label=_lazy("Disimpan di"))
    note = forms.CharField(label=_lazy("Catatan mutu"), max_length=200, required=False)

    def __init__(self, *args: Any, batch: Batch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Place.objects.filter(
            facility_id=batch.facility_id, is_active=True, kind__in=("store", "workshop", "gallery")
        )
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        if len(places) == 1:
            self.fields["place"].initial = places[0]
        for name in ("good_qty", "rejected_qty", "input_qty"):
            self.fields[name].widget.after = batch.variant.measure.label
