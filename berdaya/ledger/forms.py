"""Forms of the books."""

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.look.forms import DayField


class MonthForm(forms.Form):
    """A month, by any of its days."""

    month = DayField(label=_lazy("Hari mana pun dalam bulan itu"))
