"""What is asked on the page that explains who may do what."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility, Staff
from berdaya.institutions.roles import ABILITIES


class PermissionForm(forms.Form):
    """An ability in plain words, where, and for whom; without `staff` only for oneself."""

    ability = forms.ChoiceField(label=_lazy("Apa yang ingin dilakukan"))
    unit = forms.ChoiceField(label=_lazy("Di UPT"), required=False)
    staff = forms.ChoiceField(label=_lazy("Siapa"), required=False)

    def __init__(
        self, *args: Any, facilities: Iterable[Facility], staff: Iterable[Staff], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        words = sorted((str(label), code) for code, label in ABILITIES.items())
        fields["ability"].choices = [("", "–"), *((code, label) for label, code in words)]
        units = [(str(one.pk), one.name) for one in facilities]
        fields["unit"].choices = [("", _lazy("di mana saja")), *units]
        people = [(str(one.pk), one.display_name) for one in staff]
        fields["staff"].choices = [("", _lazy("saya")), *people]
        if not people:
            del fields["staff"]
