"""What is asked on the page that explains who may do what."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility, Staff
from berdaya.institutions.roles import ABILITIES


class PermissionForm(forms.Form):
    """An ability in plain words, where, and for whom; `staff` only for who may see staff."""

    ability = forms.ChoiceField(label=_lazy("Apa yang ingin dilakukan"))
    unit = forms.ModelChoiceField(
        Facility.objects.none(), label=_lazy("Di UPT"), required=False,
        empty_label=_lazy("di mana saja"),
    )  # fmt: skip
    staff = forms.ModelChoiceField(
        Staff.objects.none(), label=_lazy("Siapa"), required=False, empty_label=_lazy("saya")
    )

    def __init__(
        self,
        *args: Any,
        facilities: "QuerySet[Facility]",
        staff: "QuerySet[Staff]",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        words = sorted((str(label), code) for code, label in ABILITIES.items())
        fields["ability"].choices = [("", "–"), *((code, label) for label, code in words)]
        fields["unit"].queryset = facilities
        fields["staff"].queryset = staff.order_by("display_name")
        fields["staff"].label_from_instance = lambda one: one.display_name
