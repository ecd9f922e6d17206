"""What is typed about agreements, commitments and joint reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.insight.indicators import INDICATORS
from berdaya.insight.periods import Period
from berdaya.institutions.models import Office, Region
from berdaya.look.forms import DayField
from berdaya.programme.models import (
    Agreement,
    AgreementKind,
    Direction,
    QuarterOutcome,
)

NOBODY = _lazy("Sebut kantor, jangan menyebut orang.")


def lines_of(text: str) -> list[str]:
    """What was typed a line each, without empty ones."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


class VersionForm(forms.Form):
    """The signed words: number, dates, clauses and the scan."""

    number_text = forms.CharField(
        label=_lazy("Nomor naskah"), max_length=80, required=False,
        help_text=_lazy("Kosongkan bila belum diketahui."),
    )  # fmt: skip
    signed_on = DayField(label=_lazy("Ditandatangani"))
    place = forms.CharField(label=_lazy("Tempat"), max_length=80)
    valid_from = DayField(label=_lazy("Berlaku mulai"))
    last_day = DayField(label=_lazy("Berlaku sampai"))
    clauses = forms.CharField(
        label=_lazy("Klausul"), widget=forms.Textarea, max_length=8000,
        help_text=_lazy("Satu klausul satu baris; urutannya menjadi nomornya."),
    )  # fmt: skip
    source = forms.CharField(
        label=_lazy("Sumber"), max_length=200, help_text=_lazy("Naskah asli, atau berita mana.")
    )
    scan = forms.FileField(
        label=_lazy("Pindaian naskah"), required=False,
        help_text=_lazy("PDF, JPG, atau PNG; paling besar 10 MB."),
    )  # fmt: skip

    def clean_clauses(self) -> list[str]:
        """One a line, none longer than a clause may be."""
        found = lines_of(self.cleaned_data["clauses"])
        if any(len(one) > 1000 for one in found):
            raise forms.ValidationError(_lazy("Satu klausul paling panjang 1.000 huruf."))
        return found


class AgreementForm(VersionForm):
    """A new agreement with its first version."""

    code = forms.SlugField(
        label=_lazy("Kode"), max_length=30, help_text=_lazy("Misalnya mou-ntt-2025.")
    )
    kind = forms.ChoiceField(label=_lazy("Jenis"), choices=AgreementKind.choices)
    title = forms.CharField(label=_lazy("Judul"), max_length=200)
    title_en = forms.CharField(
        label=_lazy("Judul dalam bahasa Inggris"), max_length=200, required=False
    )
    parent = forms.ModelChoiceField(
        Agreement.objects.filter(kind=AgreementKind.MOU), label=_lazy("Nota Kesepahaman induk"),
        required=False, to_field_name="code", help_text=_lazy("Hanya untuk PKS."),
    )  # fmt: skip
    corrections_office = forms.ModelChoiceField(
        Office.objects.none(), label=_lazy("Kantor pihak Pemasyarakatan"), to_field_name="code"
    )
    umkm_office = forms.ModelChoiceField(
        Office.objects.none(), label=_lazy("Kantor pihak UMKM"), to_field_name="code"
    )
    region = forms.ModelChoiceField(
        Region.objects.filter(level="province").order_by("name"), label=_lazy("Wilayah"),
        required=False, help_text=_lazy("Kosongkan untuk seluruh Indonesia."),
    )  # fmt: skip
    field_order = ("code", "kind", "title", "title_en", "parent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("corrections_office", "umkm_office"):
            self.fields[name].queryset = Office.objects.order_by("path")  # type: ignore[attr-defined]


class CommitmentForm(forms.Form):
    """A deliverable with its offices and dates."""

    clause_number = forms.TypedChoiceField(label=_lazy("Klausul"), coerce=int)
    code = forms.SlugField(
        label=_lazy("Kode"), max_length=20, help_text=_lazy("Misalnya 1a untuk klausul 1.")
    )
    deliverable = forms.CharField(
        label=_lazy("Yang dijanjikan"), max_length=300, widget=forms.Textarea
    )
    deliverable_en = forms.CharField(
        label=_lazy("Yang dijanjikan, dalam bahasa Inggris"), max_length=300, required=False
    )
    corrections_office = forms.ModelChoiceField(
        Office.objects.none(), label=_lazy("Penanggung jawab Pemasyarakatan"),
        to_field_name="code",
    )  # fmt: skip
    umkm_office = forms.ModelChoiceField(
        Office.objects.none(), label=_lazy("Penanggung jawab UMKM"), to_field_name="code"
    )
    starts_on = DayField(label=_lazy("Mulai"))
    due_on = DayField(label=_lazy("Paling lambat"))

    def __init__(self, *args: Any, clauses: Any, is_change: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause_number"].choices = [  # type: ignore[attr-defined]
            (one.number, f"{one.number}. {one.words[:80]}") for one in clauses
        ]
        self.fields["code"].disabled = is_change
        for name in ("corrections_office", "umkm_office"):
            self.fields[name].queryset = Office.objects.order_by("path")  # type: ignore[attr-defined]


class MeasureForm(forms.Form):
    """A target of an indicator that both sides may read."""

    indicator = forms.ChoiceField(label=_lazy("Indikator"))
    direction = forms.ChoiceField(label=_lazy("Dibandingkan"), choices=Direction.choices)
    year = forms.IntegerField(label=_lazy("Tahun"), min_value=2025, max_value=2100)
    region = forms.ModelChoiceField(
        Region.objects.filter(level="province").order_by("name"), label=_lazy("Wilayah"),
        required=False, help_text=_lazy("Kosongkan untuk seluruh Indonesia."),
    )  # fmt: skip
    target = forms.DecimalField(
        label=_lazy("Target"), min_value=0, max_digits=17, decimal_places=1,
        help_text=_lazy("Dalam satuan indikatornya; persen ditulis 80."),
    )  # fmt: skip
    basis = forms.CharField(
        label=_lazy("Dasar"), max_length=200, help_text=_lazy("Nomor surat atau kesepakatan.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(code, one.title) for code, one in INDICATORS.items() if one.is_told]
        self.fields["indicator"].choices = told  # type: ignore[attr-defined]


class MilestoneForm(forms.Form):
    """A document that is due."""

    title = forms.CharField(
        label=_lazy("Keluaran"), max_length=200, help_text=_lazy("Dokumen yang diserahkan.")
    )
    due_on = DayField(label=_lazy("Paling lambat"))


class AcceptanceForm(forms.Form):
    """The document, where none is there yet, and a word beside it."""

    document = forms.FileField(
        label=_lazy("Dokumen"), required=False,
        help_text=_lazy("PDF, JPG, atau PNG; paling besar 10 MB."),
    )  # fmt: skip
    note = forms.CharField(label=_lazy("Catatan"), max_length=300, required=False, help_text=NOBODY)

    def __init__(self, *args: Any, has_document: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_document:
            del self.fields["document"]
        else:
            self.fields["document"].required = True


class ProposalAnswerForm(forms.Form):
    """Agreed, or refused with the reason."""

    outcome = forms.ChoiceField(
        label=_lazy("Jawaban"),
        choices=[("agreed", _lazy("Sepakat")), ("refused", _lazy("Tidak sepakat"))],
    )
    comment = forms.CharField(
        label=_lazy("Catatan"), max_length=500, required=False, widget=forms.Textarea,
        help_text=_lazy("Wajib bila tidak sepakat. Jangan menyebut orang."),
    )  # fmt: skip


class QuarterAnswerForm(forms.Form):
    """Agreed for one's side, or returned with what to put right."""

    outcome = forms.ChoiceField(
        label=_lazy("Jawaban"),
        choices=[
            (QuarterOutcome.AGREED, pgettext_lazy("programme", "Setujui untuk pihak saya")),
            (QuarterOutcome.RETURNED, _lazy("Kembalikan untuk diperbaiki")),
        ],
    )
    comment = forms.CharField(
        label=_lazy("Catatan"), max_length=500, required=False, widget=forms.Textarea,
        help_text=_lazy("Wajib bila dikembalikan. Jangan menyebut orang."),
    )  # fmt: skip


class QuarterForm(forms.Form):
    """Which quarter to draw up."""

    quarter = forms.ChoiceField(label=_lazy("Triwulan"))

    def __init__(self, *args: Any, quarters: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.code, one.code.replace("-Q", " · TW ")) for one in quarters]
        self.fields["quarter"].choices = choices  # type: ignore[attr-defined]
