"""Why one person is opened, which number is looked for, what came of looking into it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.people.purposes import FIELD_LABELS, reasons_of
from berdaya.people.sealed import FOUND_BY


class OpeningForm(forms.Form):
    """A reason from the list; no free text, in which a name might be written."""

    reason = forms.ChoiceField(
        label=_lazy("Untuk apa data dirinya dibuka?"),
        widget=forms.RadioSelect,
        help_text=_lazy("Hanya isian yang perlu untuk itu yang dibuka, dan kepala UPT melihatnya."),
    )

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reasons_of(purpose)  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    """A whole number; what was typed is not kept and not shown again."""

    kind = forms.ChoiceField(
        label=_lazy("Jenis nomor"), choices=[(kind, FIELD_LABELS[kind]) for kind in FOUND_BY]
    )
    number = forms.CharField(
        label=_lazy("Nomor"),
        max_length=40,
        help_text=_lazy("Lengkap, seperti pada suratnya. Paling banyak 20 pencarian sejam."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class ReviewForm(forms.Form):
    """What came of it."""

    note = forms.CharField(
        label=_lazy("Apa hasil pemeriksaannya?"),
        max_length=300,
        help_text=_lazy("Misalnya: dimintai keterangan, opname data. Tanpa nama warga binaan."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    whole_day = forms.BooleanField(
        label=_lazy("Berlaku juga untuk pembukaan lain orang ini pada hari yang sama"),
        required=False,
    )
