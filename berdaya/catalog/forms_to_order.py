"""How many pieces of a listing may wait to be made."""

from django import forms
from django.utils.translation import gettext_lazy as _lazy


class ToOrderForm(forms.Form):
    """A maximum, and whether orders are taken now."""

    most_open_qty = forms.IntegerField(
        label=_lazy("Paling banyak menunggu dibuat"),
        min_value=1,
        max_value=500,
        help_text=_lazy("Sesudah sebanyak ini dipesan dan belum jadi, toko berhenti menerima."),
    )
    is_open = forms.BooleanField(
        label=_lazy("Menerima pesanan sekarang"), required=False, initial=True
    )
