"""The upload of a signed scan, and a unit's own number pattern."""

from django import forms
from django.utils.translation import gettext_lazy as _lazy


class ScanForm(forms.Form):
    """One file; what it really is, the action looks at."""

    scan = forms.FileField(
        label=_lazy("Pindaian bertanda tangan"),
        help_text=_lazy("PDF, JPG, atau PNG, paling besar 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class PatternForm(forms.Form):
    """How the unit writes the number of one kind; empty is the usual way."""

    pattern = forms.CharField(
        label=_lazy("Pola nomor"),
        max_length=120,
        required=False,
        help_text=_lazy(
            "Kata dalam kurung kurawal diisi sendiri: {number:03d} nomor urut tiga angka, {code}"
            " jenis, {unit} kode UPT, {month} bulan, {roman_month} bulan Romawi, {year} tahun."
        ),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
