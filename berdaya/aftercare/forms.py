"""What is typed after release: plan, supervision, follow-up, consent, referral, tools."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.aftercare.actions.followups import Told
from berdaya.aftercare.actions.support import Tool
from berdaya.aftercare.models import (
    FollowUp,
    Help,
    IncomeBand,
    Manner,
    Obstacle,
    Plan,
    ReferralState,
    ReferralTo,
    Release,
    Trade,
)
from berdaya.aftercare.queries import regencies
from berdaya.institutions.models import Region
from berdaya.institutions.queries import staff_with
from berdaya.look.forms import DayField, RupiahField
from berdaya.people.models import ConsentLanguage, ConsentText, WitnessRole

TOOL_ROWS = 4
NO_ONE = ("", _lazy("bukan petugas"))


class RegencyField(forms.ModelChoiceField):
    """A regency or city; nobody's village is asked for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Region.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class PlanForm(forms.ModelForm):
    """A trade after release; about the trade, never about the past."""

    region = RegencyField(label=_lazy("Akan tinggal di"))
    capital_rp = RupiahField(label=_lazy("Modal awal"))
    release_on = DayField(label=_lazy("Perkiraan bebas"))

    class Meta:
        model = Plan
        fields = (
            *("trade", "tools", "capital_rp", "capital_from", "permits", "region"),
            "release_on",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regencies()  # type: ignore[attr-defined]


class SignForm(forms.Form):
    """When the person signed the print."""

    signed_on = DayField(label=_lazy("Ditandatangani orangnya pada"))


class ReasonForm(forms.Form):
    """Why it goes back."""

    reason = forms.CharField(label=_lazy("Alasan"), max_length=200)


class SupervisionForm(forms.Form):
    """From when to when, as which release, in which regency."""

    release = forms.ChoiceField(label=_lazy("Bentuk"), choices=Release.choices)
    since = DayField(label=_lazy("Bebas pada"))
    last_day = DayField(label=_lazy("Akhir bimbingan"))
    region = RegencyField(label=_lazy("Kabupaten atau kota"))
    has_report_duty = forms.BooleanField(
        label=_lazy("Wajib lapor tiap bulan"), required=False, initial=True
    )

    def __init__(self, *args: Any, is_begun: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regencies()  # type: ignore[attr-defined]
        if is_begun:
            del self.fields["release"], self.fields["since"]


class FollowUpForm(forms.Form):
    """Two minutes: what is known already stands there; choices only, no words about anybody."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    happened_on = DayField(label=_lazy("Tanggal"))
    manner = forms.ChoiceField(label=_lazy("Cara bertemu"), choices=Manner.choices)
    trade = forms.ChoiceField(label=_lazy("Masih berusaha?"), choices=Trade.choices)
    income_band = forms.ChoiceField(label=_lazy("Hasil sebulan"), choices=IncomeBand.choices)
    has_nib = forms.BooleanField(label=_lazy("Sudah punya NIB"), required=False)
    obstacles = forms.MultipleChoiceField(
        label=_lazy("Hambatan"), choices=Obstacle.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    help_needed = forms.MultipleChoiceField(
        label=_lazy("Bantuan yang diperlukan"), choices=Help.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    next_on = DayField(label=_lazy("Bertemu lagi"), required=False)

    def told(self) -> Told:
        """As the action takes it."""
        facts = dict(self.cleaned_data)
        del facts["key"]
        facts["obstacles"] = tuple(facts["obstacles"])
        facts["help_needed"] = tuple(facts["help_needed"])
        return Told(**facts)


def known(last: FollowUp | None) -> dict[str, Any]:
    """What the last time said, so that nobody is asked for it again."""
    if last is None:
        return {}
    return {
        "manner": last.manner, "trade": last.trade, "income_band": last.income_band,
        "has_nib": last.has_nib, "obstacles": last.obstacles, "help_needed": last.help_needed,
    }  # fmt: skip


class ContactConsentForm(forms.Form):
    """A client said, on paper or before a witness, that they may be contacted afterwards."""

    given_on = DayField(label=_lazy("Dinyatakan pada"))
    language = forms.ChoiceField(label=_lazy("Dibacakan dalam"), choices=ConsentLanguage.choices)
    witness_role = forms.ChoiceField(label=_lazy("Saksi"), choices=WitnessRole.choices)
    witness = forms.TypedChoiceField(
        label=_lazy("Petugas yang menjadi saksi"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, facility_id: int, day: date, by: int | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        able = staff_with("person.view", facility_id, day)
        self.staff = {one.pk: one for one in able if one.pk != by}
        people = [(pk, one.display_name) for pk, one in self.staff.items()]
        self.fields["witness"].choices = [NO_ONE, *people]  # type: ignore[attr-defined]

    def clean_witness(self) -> Any:
        return self.staff.get(self.cleaned_data["witness"])

    @staticmethod
    def text_on(day: date) -> ConsentText | None:
        """What is read out on that day."""
        rows = ConsentText.objects.in_force(day).filter(purpose="contact", language="id")
        return rows.first()


class ExitForm(forms.Form):
    """When the client asked to be left alone; nobody asks why."""

    asked_on = DayField(label=_lazy("Diminta pada"))


class ReferralForm(forms.Form):
    """To whom."""

    to = forms.ChoiceField(label=_lazy("Ke"), choices=ReferralTo.choices)
    whom = forms.CharField(
        label=_lazy("Kantornya"), max_length=80, help_text=_lazy("Kantor atau cabang, bukan orang.")
    )
    made_on = DayField(label=_lazy("Dikirim pada"))


class StepForm(forms.Form):
    """What came of it."""

    state = forms.ChoiceField(label=_lazy("Hasil rujukan"))
    on = DayField(label=_lazy("Tanggal"))
    reason = forms.CharField(
        label=_lazy("Alasan"), max_length=200, required=False,
        help_text=_lazy("Wajib bila ditolak atau dihentikan."),
    )  # fmt: skip

    def __init__(self, *args: Any, steps: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, label) for code, label in ReferralState.choices if code in steps]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    """Where the tools come from, and up to TOOL_ROWS of them."""

    source = forms.CharField(
        label=_lazy("Sumber"), max_length=120,
        help_text=_lazy("Anggaran, dinas, atau pemberi hibah."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, TOOL_ROWS + 1):
            told = {"n": n}
            self.fields[f"what_{n}"] = forms.CharField(
                label=_lazy("Alat %(n)s") % told, max_length=80, required=n == 1
            )
            self.fields[f"qty_{n}"] = forms.IntegerField(
                label=_lazy("Jumlah %(n)s") % told, min_value=1, max_value=999, required=False
            )
            self.fields[f"value_{n}"] = RupiahField(
                label=_lazy("Nilai %(n)s") % told, required=False
            )

    @property
    def tools(self) -> list[Tool]:
        """The lines that were written."""
        told = self.cleaned_data
        return [
            Tool(told[f"what_{n}"], told[f"qty_{n}"] or 1, told[f"value_{n}"] or 0)
            for n in range(1, TOOL_ROWS + 1)
            if told.get(f"what_{n}")
        ]


class HandoverForm(forms.Form):
    """When the client signed the receipt."""

    received_on = DayField(label=_lazy("Diterima pada"))
