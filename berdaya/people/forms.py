"""What an officer types about a person: never a name, a number of an identity or a birth date."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.look.forms import DayField
from berdaya.people.models import Status
from berdaya.people.rules_placement import may_be_called, may_hold_status


def statuses_at(kind: str) -> list[tuple[str, Any]]:
    """The statuses that can begin at this kind of facility, without release."""
    return [
        (status.value, status.label)
        for status in Status
        if status != Status.RELEASED and may_hold_status(kind, status)
    ]


class RegisterForm(forms.Form):
    """A new person at the officer's facility."""

    pseudonym = forms.CharField(
        label=_lazy("Nama samaran"),
        max_length=40,
        help_text=_lazy("Bukan nama sebenarnya. Misalnya nama tumbuhan: Cendana, Lontar."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    work_number = forms.CharField(
        label=_lazy("Nomor kerja"),
        max_length=16,
        help_text=_lazy("Seperti pada kartu kerja, misalnya A-014."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    status = forms.ChoiceField(label=_lazy("Status"))
    valid_from = DayField(label=_lazy("Di UPT ini sejak"))

    def __init__(self, *args: Any, facility: Facility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = statuses_at(facility.kind)  # type: ignore[attr-defined]

    def clean_pseudonym(self) -> str:
        """Refuse numbers before anything is sent on."""
        words = " ".join(self.cleaned_data["pseudonym"].split())
        verdict = may_be_called(words)
        if verdict.first is not None:
            raise forms.ValidationError(verdict.first.text, code=verdict.first.code)
        return words


class PlacementForm(forms.Form):
    """Another work number, or another facility of those in scope."""

    facility = forms.ModelChoiceField(Facility.objects.none(), label=_lazy("UPT"))
    work_number = forms.CharField(
        label=_lazy("Nomor kerja"),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    valid_from = DayField(label=_lazy("Berlaku mulai"))

    def __init__(self, *args: Any, facility_ids: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Facility.objects.filter(pk__in=facility_ids).order_by("name")
        self.fields["facility"].queryset = choices  # type: ignore[attr-defined]


class StatusForm(forms.Form):
    """Another status from a day on."""

    status = forms.ChoiceField(label=_lazy("Status baru"))
    valid_from = DayField(label=_lazy("Berlaku mulai"))

    def __init__(self, *args: Any, facility: Facility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = statuses_at(facility.kind)  # type: ignore[attr-defined]


class LeavingForm(forms.Form):
    """The last day here."""

    last_day = DayField(label=_lazy("Hari terakhir di UPT ini"))
    released = forms.BooleanField(
        label=_lazy("Bebas (bukan pindah)"),
        required=False,
        help_text=_lazy("Hak premi diselesaikan lewat serah terima saat keluar."),
    )
