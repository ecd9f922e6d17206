"""What is asked when certificates are proposed, decided, revoked or replaced."""

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.training.models import Ending, Outcome

NO_NAMES = _lazy("Singkat saja, tanpa nama peserta.")


class ProposalForm(forms.Form):
    """Who signs for the provider; the people are those who passed."""

    signer_name = forms.CharField(
        label=_lazy("Penanda tangan dari penyelenggara"),
        max_length=80,
        help_text=_lazy("Nama dan gelarnya, seperti yang akan tercetak di atas kertas."),
    )
    signer_post = forms.CharField(
        label=_lazy("Jabatannya"),
        max_length=80,
        help_text=_lazy("Misalnya: Kepala Balai Latihan Kerja. Bukan jabatan di UPT."),
    )


class DecisionForm(forms.Form):
    """Agree, or refuse with a reason."""

    outcome = forms.ChoiceField(
        label=_lazy("Keputusan"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_lazy("Alasan"),
        max_length=200,
        required=False,
        help_text=_lazy("Wajib bila ditolak. Singkat saja, tanpa nama peserta."),
    )


class WithdrawalForm(forms.Form):
    """Revoke, or replace by a new one with the course's words of today."""

    kind = forms.ChoiceField(
        label=_lazy("Apa yang diminta?"),
        choices=[
            (Ending.REVOKED, _lazy("Cabut: tidak berlaku lagi")),
            (Ending.REPLACED, _lazy("Ganti: terbit yang baru dengan keterangan pelatihan kini")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_lazy("Alasan"), max_length=200, help_text=NO_NAMES)
