"""Upload a workbook, and say from which day the program is the unit's book."""

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.look.forms import DayField


class UploadForm(forms.Form):
    """One file; for a unit without a first day also that day."""

    file = forms.FileField(
        label=_lazy("Buku kerja"),
        help_text=_lazy("Excel (.xlsx) atau CSV, paling besar 10 MB. Berkasnya tidak disimpan."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    go_live_on = DayField(
        label=_lazy("UPT memakai Berdaya sejak"),
        help_text=_lazy("Yang terjadi sebelum tanggal ini adalah riwayat dan tidak membawa premi."),
    )

    seals = forms.BooleanField(
        label=_lazy("Segel juga nama, nomor register, dan NIK"),
        required=False,
        help_text=_lazy(
            "Dari lembar daftar WBP ke data diri yang tersegel; tidak terlihat di buku."
        ),
    )

    def __init__(
        self, *args: object, needs_go_live: bool, may_seal: bool, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not may_seal:
            del self.fields["seals"]
        if not needs_go_live:
            del self.fields["go_live_on"]
