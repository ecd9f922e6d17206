"""The upload of a signed scan."""

from django import forms
from django.utils.translation import gettext_lazy as _lazy


class ScanForm(forms.Form):
    """One file; what it really is, the action looks at."""

    scan = forms.FileField(
        label=_lazy("Pindaian bertanda tangan"),
        help_text=_lazy("PDF, JPG, atau PNG, paling besar 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
