"""A letter of assignment, as the office copies it from the paper."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.forms import day_after
from berdaya.institutions.models import Appointment, Facility, Office, Staff
from berdaya.institutions.roles import AUDITOR
from berdaya.look.forms import DayField

PLACES = _lazy("Pilih satu kantor, atau paling sedikit satu UPT; tidak keduanya.")


class LetterForm(forms.Form):
    """Who looks into what, until when, and why; a whole office or single units."""

    auditor = forms.ModelChoiceField(Staff.objects.none(), label=_lazy("Auditor"), empty_label="–")
    number = forms.CharField(label=_lazy("Nomor surat tugas"), max_length=80)
    issued_on = DayField(label=_lazy("Tanggal surat"))
    purpose = forms.CharField(
        label=_lazy("Tujuan pemeriksaan"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    valid_from = DayField(label=_lazy("Mulai"))
    last_day = DayField(label=_lazy("Hari terakhir"))
    office = forms.ModelChoiceField(
        Office.objects.none(), label=_lazy("Kantor"), required=False, empty_label="–",
        help_text=_lazy("Membuka semua UPT di bawahnya."),
    )  # fmt: skip
    facilities = forms.ModelMultipleChoiceField(
        Facility.objects.none(), label=_lazy("UPT"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    examined_from = DayField(label=_lazy("Pembukuan yang diperiksa, mulai"), required=False)
    examined_last = DayField(label=_lazy("Pembukuan yang diperiksa, sampai"), required=False)

    def __init__(
        self,
        *args: Any,
        facilities: "QuerySet[Facility]",
        offices: "QuerySet[Office]",
        day: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        held = Appointment.objects.current_from(day).filter(role=AUDITOR)
        auditors = Staff.objects.filter(pk__in=held.values("staff")).order_by("display_name")
        fields: Any = self.fields
        fields["auditor"].queryset = auditors
        fields["auditor"].label_from_instance = lambda one: one.display_name
        fields["office"].queryset = offices
        fields["facilities"].queryset = facilities

    def clean(self) -> dict[str, Any]:
        """One kind of place; periods in their order."""
        facts = super().clean() or {}
        if bool(facts.get("office")) == bool(facts.get("facilities")):
            self.add_error("office", PLACES)
        for first, last in (("valid_from", "last_day"), ("examined_from", "examined_last")):
            if facts.get(last) and not (facts.get(first) and facts[first] <= facts[last]):
                self.add_error(last, _lazy("Hari terakhir harus sesudah hari mulai."))
        return facts

    def facts(self) -> dict[str, Any]:
        """As the action wants it: first days without it instead of last days."""
        given = dict(self.cleaned_data)
        given["valid_until"] = day_after(given.pop("last_day"))
        given["examined_until"] = day_after(given.pop("examined_last"))
        return given | {"facilities": list(given["facilities"])}
