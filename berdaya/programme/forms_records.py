"""What is typed about risks and meetings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.look.forms import DayField
from berdaya.programme.forms import NOBODY, lines_of
from berdaya.programme.models import Agreement, RiskLevel, RiskState


class WeighForm(forms.Form):
    """How heavy a risk is, and what is done about it."""

    likelihood = forms.TypedChoiceField(
        label=_lazy("Kemungkinan"), choices=RiskLevel.choices, coerce=int
    )
    impact = forms.TypedChoiceField(label=_lazy("Dampak"), choices=RiskLevel.choices, coerce=int)
    response = forms.CharField(
        label=_lazy("Tindakan"), max_length=300, widget=forms.Textarea, help_text=NOBODY
    )
    state = forms.ChoiceField(label=_lazy("Keadaan"), choices=RiskState.choices)


class RiskForm(WeighForm):
    """A new risk, of one commitment or of the whole agreement."""

    words = forms.CharField(
        label=_lazy("Risiko"), max_length=300, widget=forms.Textarea, help_text=NOBODY
    )
    commitment = forms.ModelChoiceField(
        None, label=_lazy("Komitmen"), required=False, to_field_name="code",
        help_text=_lazy("Kosongkan bila menyangkut seluruh kesepakatan."),
    )  # fmt: skip
    owner_office = forms.ModelChoiceField(
        None, label=_lazy("Penanggung jawab"), to_field_name="code"
    )
    field_order = ("words", "commitment", "likelihood", "impact", "owner_office", "response")

    def __init__(self, *args: Any, agreement: Agreement, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["state"]
        self.fields["commitment"].queryset = agreement.commitments.all()  # type: ignore[attr-defined]
        self.fields["owner_office"].queryset = offices  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    """Minutes in short, decisions a line each, and up to three actions."""

    ACTIONS = (1, 2, 3)

    held_on = DayField(label=_lazy("Hari"))
    place = forms.CharField(label=_lazy("Tempat"), max_length=120)
    offices = forms.ModelMultipleChoiceField(
        None, label=_lazy("Kantor yang hadir"), to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    summary = forms.CharField(
        label=_lazy("Notulen singkat"), max_length=1000, widget=forms.Textarea, help_text=NOBODY
    )
    decisions = forms.CharField(
        label=_lazy("Keputusan"), max_length=4000, required=False, widget=forms.Textarea,
        help_text=_lazy("Satu keputusan satu baris."),
    )  # fmt: skip

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offices"].queryset = offices  # type: ignore[attr-defined]
        self.fields["held_on"].initial = clock.today()
        for number in self.ACTIONS:
            told = {"n": number}
            self.fields[f"words_{number}"] = forms.CharField(
                label=_lazy("Tindak lanjut %(n)s") % told, max_length=300, required=False
            )
            self.fields[f"office_{number}"] = forms.ModelChoiceField(
                offices, label=_lazy("Penanggung jawab tindak lanjut %(n)s") % told,
                required=False, to_field_name="code",
            )  # fmt: skip
            self.fields[f"due_{number}"] = DayField(
                label=_lazy("Batas tindak lanjut %(n)s") % told, required=False
            )

    def clean_decisions(self) -> list[str]:
        """One a line."""
        found = lines_of(self.cleaned_data["decisions"])
        if any(len(one) > 500 for one in found):
            raise forms.ValidationError(_lazy("Satu keputusan paling panjang 500 huruf."))
        return found

    def clean(self) -> dict[str, Any]:
        """An action says what, who and until when, or nothing at all."""
        facts = super().clean() or self.cleaned_data
        tasks = []
        for number in self.ACTIONS:
            names = [f"{one}_{number}" for one in ("words", "office", "due")]
            told = [facts.get(name) for name in names]
            if any(told) and not all(told):
                empty = names[[bool(one) for one in told].index(False)]
                self.add_error(empty, _lazy("Isi tindakan, kantor, dan batasnya bersama-sama."))
            elif all(told):
                tasks.append(told)
        return {**facts, "tasks": tasks}
