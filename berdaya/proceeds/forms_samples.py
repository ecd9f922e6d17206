"""How many slips an auditor wants drawn, and of which months."""

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.look.forms import DayField
from berdaya.proceeds.rules_opening import MOST_SLIPS


class SampleForm(forms.Form):
    """The period by any day of its first and last month."""

    first_month = DayField(label=_lazy("Hari mana pun dalam bulan pertama"))
    last_month = DayField(label=_lazy("Hari mana pun dalam bulan terakhir"))
    size = forms.IntegerField(
        label=_lazy("Jumlah slip"),
        min_value=1,
        max_value=MOST_SLIPS,
        help_text=_lazy("Sistem mengundi; sekali untuk setiap bulan menurut satu surat tugas."),
    )
