"""What is typed about reports, targets and seats."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.insight.indicators import INDICATORS
from berdaya.insight.models import Outcome
from berdaya.institutions.models import Facility, Office, OfficeKind, Region
from berdaya.look.forms import DayField

COMMENT = _lazy("Angka mana dan apa yang perlu diperiksa. Jangan menyebut orang.")


class SendForm(forms.Form):
    """A word of the head's beside the numbers."""

    note = forms.CharField(
        label=_lazy("Catatan kepala UPT"), max_length=500, required=False, widget=forms.Textarea,
        help_text=_lazy("Boleh kosong. Jangan menyebut orang."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """Accepted, or returned with what to put right."""

    outcome = forms.ChoiceField(label=_lazy("Jawaban"), choices=Outcome.choices)
    comment = forms.CharField(
        label=_lazy("Catatan"), max_length=500, required=False, widget=forms.Textarea,
        help_text=COMMENT,
    )  # fmt: skip


class TargetForm(forms.Form):
    """A target of one indicator for a year, the country or a region."""

    indicator = forms.ChoiceField(label=_lazy("Indikator"))
    year = forms.IntegerField(label=_lazy("Tahun"), min_value=2025, max_value=2100)
    region = forms.ModelChoiceField(
        Region.objects.none(), label=_lazy("Wilayah"), required=False,
        help_text=_lazy("Kosongkan untuk target nasional."),
    )  # fmt: skip
    value = forms.DecimalField(
        label=_lazy("Target"), min_value=0, max_digits=17, decimal_places=1,
        help_text=_lazy("Dalam satuan indikatornya; persen ditulis 80."),
    )  # fmt: skip
    basis = forms.CharField(
        label=_lazy("Dasar"), max_length=200, help_text=_lazy("Nomor surat atau kesepakatan.")
    )
    valid_from = DayField(label=_lazy("Berlaku mulai"))

    def __init__(self, *args: Any, regions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, one.title) for code, one in INDICATORS.items()]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined]
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]
        self.fields["year"].initial = clock.today().year


class SeatForm(forms.Form):
    """Where a unit belongs from a day on, and for how many it has room."""

    facility = forms.ModelChoiceField(Facility.objects.none(), label=_lazy("UPT"))
    region = forms.ModelChoiceField(
        Region.objects.filter(level="regency").order_by("name"),
        label=_lazy("Kabupaten atau kota"),
    )
    office = forms.ModelChoiceField(
        Office.objects.filter(kind=OfficeKind.REGIONAL_OFFICE).order_by("name"),
        label=_lazy("Kantor wilayah"),
    )
    places = forms.IntegerField(label=_lazy("Kapasitas (orang)"), min_value=1, required=False)
    source = forms.CharField(label=_lazy("Dasar"), max_length=200)
    valid_from = DayField(label=_lazy("Berlaku mulai"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = units  # type: ignore[attr-defined]
