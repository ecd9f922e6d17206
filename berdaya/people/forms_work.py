"""The papers that let a person work, as an officer copies them from the signed sheet."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.look.forms import DayField
from berdaya.people.models import (
    ClinicianRole,
    DecidedBy,
    LineOfWork,
)


class RequestForm(forms.Form):
    """A detainee's own request to work."""

    requested_on = DayField(label=_lazy("Diminta pada"))


class WithdrawalForm(forms.Form):
    """Consent or request taken back; no reason is asked."""

    withdrawn_on = DayField(
        label=pgettext_lazy("people", "Dicabut pada"),
        help_text=_lazy("Berlaku mulai hari itu. Alasan tidak ditanyakan."),
    )


class FitnessForm(forms.Form):
    """What the clinician found."""

    valid_from = DayField(label=_lazy("Berlaku mulai"))
    last_day = DayField(label=_lazy("Sampai dengan"))
    clinician_role = forms.ChoiceField(label=_lazy("Diperiksa oleh"), choices=ClinicianRole.choices)
    is_fit = forms.TypedChoiceField(
        label=_lazy("Hasil"),
        choices=((1, _lazy("Layak bekerja")), (0, _lazy("Belum layak bekerja"))),
        coerce=lambda value: value == "1",
    )
    restrictions = forms.CharField(
        label=_lazy("Pembatasan"),
        max_length=200,
        required=False,
        help_text=_lazy("Apa yang dihindari, misalnya mengangkat beban berat; bukan penyakitnya."),
    )

    def clean(self) -> dict[str, Any]:
        """Papers print the last day; rows keep the first day after it."""
        values = super().clean() or {}
        last = values.pop("last_day", None)
        if last and values.get("valid_from") and last < values["valid_from"]:
            self.add_error("last_day", _lazy("Tanggal akhir harus sesudah tanggal mulai."))
        elif last:
            values["valid_until"] = last + timedelta(days=1)
        return values


class WorkPlacementForm(forms.Form):
    """A decision to place somebody in a line of work."""

    line_of_work = forms.CharField(
        label=_lazy("Bidang kerja"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "bidang", "autocomplete": "off"}),
    )
    decided_by_kind = forms.ChoiceField(label=_lazy("Diputuskan oleh"), choices=DecidedBy.choices)
    decree_no = forms.CharField(label=_lazy("Nomor keputusan"), max_length=80)
    valid_from = DayField(label=_lazy("Berlaku mulai"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [value for value, _label in LineOfWork.choices]

    def clean_line_of_work(self) -> str:
        return " ".join(self.cleaned_data["line_of_work"].lower().split())


class EndForm(forms.Form):
    """The last day of a placement in work."""

    last_day = DayField(label=_lazy("Hari kerja terakhir"))


class LimitsForm(forms.Form):
    """Lawful working time in hours, from a coming day on."""

    valid_from = DayField(label=_lazy("Berlaku mulai"))
    day_hours_of_five = forms.DecimalField(
        label=_lazy("Jam sehari, lima hari sepekan"), min_value=1, max_value=12, decimal_places=1
    )
    day_hours_of_six = forms.DecimalField(
        label=_lazy("Jam sehari, enam hari sepekan"), min_value=1, max_value=12, decimal_places=1
    )
    week_hours = forms.DecimalField(
        label=_lazy("Jam sepekan"), min_value=1, max_value=72, decimal_places=1
    )
    days_in_a_row = forms.IntegerField(label=_lazy("Hari berturut-turut"), min_value=1, max_value=6)
    legal_basis = forms.CharField(label=_lazy("Dasar hukum"), max_length=200)

    def clean(self) -> dict[str, Any]:
        """A day of six is never longer than a day of five."""
        facts = super().clean() or {}
        five, six = facts.get("day_hours_of_five"), facts.get("day_hours_of_six")
        if five and six and six > five:
            self.add_error("day_hours_of_six", _lazy("Tidak lebih dari hari kerja lima hari."))
        return facts

    def facts(self) -> dict[str, Any]:
        """As the action wants it: minutes."""
        given = self.cleaned_data
        return {
            "valid_from": given["valid_from"],
            "day_minutes_of_five": round(given["day_hours_of_five"] * 60),
            "day_minutes_of_six": round(given["day_hours_of_six"] * 60),
            "week_minutes": round(given["week_hours"] * 60),
            "days_in_a_row": given["days_in_a_row"],
            "legal_basis": given["legal_basis"],
        }
