"""Say how a product stands to halal."""

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.legality.models import HalalStatus
from berdaya.look.forms import DayField

ENDED = "ended"


class StandingForm(forms.Form):
    """The state, what it rests on, and since when; a certificate is recorded as a permit."""

    status = forms.ChoiceField(
        label=_lazy("Keadaannya"),
        choices=[*HalalStatus.choices, (ENDED, _lazy("Tidak dinyatakan lagi"))],
        help_text=_lazy("Sertifikat halal dicatat sebagai izin, bukan di sini."),
    )
    basis = forms.CharField(
        label=_lazy("Dasarnya"), max_length=200, required=False,
        help_text=_lazy("Nomor pengajuan, daftar pengecualian, atau bahannya: babi, alkohol."),
    )  # fmt: skip
    valid_from = DayField(label=_lazy("Sejak"))
