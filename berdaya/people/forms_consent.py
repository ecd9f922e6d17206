"""Consents as an officer copies them from the signed paper, texts, holds, insurance."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.uploads import SCAN, accept
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Facility
from berdaya.institutions.queries import staff_with
from berdaya.look.forms import DayField
from berdaya.people.items import items_of
from berdaya.people.models import (
    Channel,
    ConsentLanguage,
    ConsentPurpose,
    ConsentText,
    InsuranceScheme,
    Placement,
    WitnessRole,
)
from berdaya.people.scans import Scan

# Publicity is recorded on the page of the listing that it is for, contact by the counsellor.
INSIDE = (ConsentPurpose.WORK, ConsentPurpose.DATA, ConsentPurpose.MESSAGES)
NO_ONE = ("", _lazy("bukan petugas"))


class SignedForm(forms.Form):
    """What every signed consent has: when, read in which language, who saw it, its scan."""

    given_on = DayField(label=_lazy("Ditandatangani pada"))
    language = forms.ChoiceField(label=_lazy("Dibacakan dalam"), choices=ConsentLanguage.choices)
    read_in = forms.CharField(
        label=_lazy("Nama bahasanya"),
        max_length=40,
        required=False,
        help_text=_lazy("Bila bahasa daerah, misalnya Tetun, Dawan, Sumba."),
    )
    witness_role = forms.ChoiceField(label=_lazy("Saksi"), choices=WitnessRole.choices)
    witness = forms.TypedChoiceField(
        label=_lazy("Petugas yang menjadi saksi"), required=False, coerce=int, empty_value=None
    )
    scan = forms.FileField(
        label=_lazy("Pindaian surat"),
        required=False,
        help_text=_lazy("PDF, JPEG, atau PNG. Disegel; setiap pembukaannya tercatat."),
    )

    def __init__(self, *args: Any, facility: Facility, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = {one.pk: one for one in staff_with("people.view", facility.pk, day)}
        people = [(pk, one.display_name) for pk, one in self.staff.items()]
        self.fields["witness"].choices = [NO_ONE, *people]  # type: ignore[attr-defined]

    def clean_witness(self) -> Any:
        return self.staff.get(self.cleaned_data["witness"])

    def clean_scan(self) -> Scan | None:
        """The file as it may be kept; what is wrong with it is told at the field."""
        file = self.cleaned_data["scan"]
        if not file:
            return None
        try:
            accepted = accept(file, SCAN)
        except Refused as refused:
            raise forms.ValidationError(str(refused.verdict.first.text)) from refused
        return Scan(accepted.data, accepted.content_type)


class ConsentForm(SignedForm):
    """A signed consent to work, to share data, or to receive messages."""

    text = forms.ModelChoiceField(
        label=_lazy("Naskah pada suratnya"), queryset=ConsentText.objects.none(), empty_label=None
    )
    field_order = ("text", "given_on", "language")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, day=day, **kwargs)
        rows = ConsentText.objects.filter(purpose__in=INSIDE, in_force_from__lte=day)
        newest = rows.order_by("-purpose", "-in_force_from", "-language")
        self.fields["text"].queryset = newest  # type: ignore[attr-defined]


class PublicityForm(SignedForm):
    """A signed consent to be mentioned: one item, one channel, until a day."""

    text = forms.ModelChoiceField(
        label=_lazy("Naskah pada suratnya"), queryset=ConsentText.objects.none(), empty_label=None
    )
    item = forms.ChoiceField(label=_lazy("Barang"))
    channel = forms.ChoiceField(label=_lazy("Hanya di"), choices=Channel.choices)
    last_day = DayField(label=_lazy("Sampai dengan"))
    field_order = ("text", "item", "channel", "given_on", "last_day", "language")

    def __init__(self, *args: Any, facility: Facility, day: date, **kwargs: Any) -> None:
        super().__init__(*args, facility=facility, day=day, **kwargs)
        rows = ConsentText.objects.filter(
            purpose=ConsentPurpose.PUBLICITY, in_force_from__lte=day
        ).order_by("-in_force_from", "-language")
        self.fields["text"].queryset = rows  # type: ignore[attr-defined]
        told = [(one.slug, one.label) for one in items_of(facility.pk)]
        self.fields["item"].choices = told  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Papers print the last day; rows keep the first day after it."""
        values = super().clean() or {}
        last = values.pop("last_day", None)
        if last:
            values["valid_until"] = last + timedelta(days=1)
        return values


class TextForm(forms.Form):
    """A new version of a text, in the languages it is read in."""

    purpose = forms.ChoiceField(label=_lazy("Untuk"), choices=ConsentPurpose.choices)
    version = forms.CharField(label=_lazy("Versi"), max_length=20)
    in_force_from = DayField(label=_lazy("Berlaku mulai"))
    body_id = forms.CharField(
        label=_lazy("Naskah Indonesia"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_lazy("Baris kosong memisahkan alinea; baris yang diawali # adalah judul."),
    )
    body_en = forms.CharField(
        label=_lazy("Naskah Inggris"), max_length=8000, widget=forms.Textarea(attrs={"rows": 16})
    )
    body_local = forms.CharField(
        label=_lazy("Naskah bahasa daerah"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def bodies(self) -> dict[str, str]:
        """As the action wants them, by language."""
        given = self.cleaned_data
        return {code: given[f"body_{code}"] for code in ("id", "en", "local")}


class HoldForm(forms.Form):
    """Work stops for now."""

    valid_from = DayField(label=_lazy("Berhenti mulai"))
    reason = forms.CharField(
        label=_lazy("Sebabnya"),
        max_length=160,
        help_text=_lazy("Apa yang terjadi, bukan penyakitnya; misalnya: jatuh dari tangga."),
    )


class LiftForm(forms.Form):
    """Work goes on."""

    works_from = DayField(label=_lazy("Boleh bekerja lagi mulai"))
    note = forms.CharField(
        label=_lazy("Apa yang membuatnya aman lagi"),
        max_length=200,
        help_text=_lazy("Misalnya: pelindung mesin sudah dipasang dan dicoba."),
    )


class InsuranceForm(forms.Form):
    """Cover for accidents at work."""

    scheme = forms.ChoiceField(label=_lazy("Jaminan"), choices=InsuranceScheme.choices)
    policy_no = forms.CharField(
        label=_lazy("Nomor kepesertaan UPT atau polis"),
        max_length=40,
        help_text=_lazy("Bukan NIK siapa pun."),
    )
    person = forms.TypedChoiceField(
        label=_lazy("Untuk"), required=False, coerce=int, empty_value=None
    )
    valid_from = DayField(label=_lazy("Berlaku mulai"))
    last_day = DayField(label=_lazy("Sampai dengan"), required=False)

    def __init__(self, *args: Any, facility: Facility, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Placement.objects.on(day).filter(facility=facility).select_related("participant")
        self.people = {row.participant_id: row.participant for row in rows.order_by("work_number")}
        told = [(row.participant_id, f"{row.work_number} {row.participant}") for row in rows]
        everybody = ("", _lazy("semua yang bekerja di sini"))
        self.fields["person"].choices = [everybody, *told]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """As the action wants it."""
        given = self.cleaned_data
        last = given["last_day"]
        return {
            "scheme": given["scheme"],
            "policy_no": given["policy_no"],
            "valid_from": given["valid_from"],
            "valid_until": last + timedelta(days=1) if last else None,
            "participant": self.people.get(given["person"]),
        }
