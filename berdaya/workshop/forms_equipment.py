"""What a workshop says it needs, and from when a batch takes it."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.equipment.calc import at
from berdaya.equipment.models import EquipmentKind, ToolSet
from berdaya.goods.models import Variant
from berdaya.look.forms import DayField, HourField
from berdaya.workshop.forms import GoodsChoice
from berdaya.workshop.models import Workshop


class NeedForm(forms.Form):
    """So many of a kind, for so many open hours."""

    kind = forms.ChoiceField(label=_lazy("Sarana"), choices=EquipmentKind.choices)
    qty = forms.IntegerField(label=_lazy("Berapa"), min_value=1, max_value=20, initial=1)
    hours = forms.IntegerField(
        label=_lazy("Berapa jam buka"),
        min_value=1,
        max_value=500,
        help_text=_lazy("Untuk satu batch, menurut jam buka sarananya."),
    )
    variant = GoodsChoice(
        Variant.objects.none(),
        label=_lazy("Hanya untuk"),
        required=False,
        empty_label=_lazy("semua barang bengkel ini"),
    )
    valid_from = DayField(label=_lazy("Berlaku mulai"))

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = Variant.objects.filter(facility=workshop.facility_id, is_active=True)
        made = made.select_related("product").order_by("product__name", "name")
        self.fields["variant"].queryset = made  # type: ignore[attr-defined]


class ToolsForm(forms.Form):
    """A set whose count holds the workshop's day."""

    tool_set = forms.ModelChoiceField(ToolSet.objects.none(), label=_lazy("Papan alat"))

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = ToolSet.objects.filter(facility=workshop.facility_id, is_active=True)
        rows = rows.exclude(workshops__workshop=workshop).order_by("name")
        self.fields["tool_set"].queryset = rows  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The first day on which it no longer holds."""

    day = DayField(label=_lazy("Tidak berlaku lagi sejak"))


class FromForm(forms.Form):
    """From which moment on a batch takes what it needs."""

    day = DayField(label=_lazy("Mulai hari"))
    hour = HourField(label=_lazy("Jam"), initial=time(8))

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        """One moment, `starts_at`."""
        values = super().clean() or {}
        day, hour = values.pop("day", None), values.pop("hour", None)
        if day and hour is not None:
            values["starts_at"] = at(day, hour, self.zone)
        return values
