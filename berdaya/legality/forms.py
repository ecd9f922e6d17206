"""Record a permit; revoke one."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.goods.models import Product
from berdaya.institutions.models import Facility, Party
from berdaya.legality.models import PermitKind, ResponsibleRole
from berdaya.legality.queries.permits import reading_of
from berdaya.look.forms import DayField


class PermitForm(forms.Form):
    """Dates as they stand on the paper: the last day is inclusive here."""

    kind = forms.ModelChoiceField(PermitKind.objects.all(), label=_lazy("Jenis"))
    number = forms.CharField(label=_lazy("Nomor"), max_length=60)
    holder = forms.ModelChoiceField(
        Party.objects.none(),
        label=_lazy("Pemegang"),
        help_text=_lazy("Nama pada sertifikatnya: koperasi, mitra, atau orang; bukan UPT."),
    )
    issued_on = DayField(label=_lazy("Tanggal terbit"))
    last_day = DayField(
        label=_lazy("Berlaku sampai"),
        required=False,
        help_text=_lazy("Hari terakhirnya. Kosong bila tanpa batas."),
    )
    responsible_role = forms.ChoiceField(
        label=_lazy("Penanggung jawab"),
        required=False,
        choices=[("", "–"), *ResponsibleRole.choices],
    )
    products = forms.ModelMultipleChoiceField(
        Product.objects.none(),
        label=_lazy("Produk yang tercantum"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label=_lazy("Catatan"), max_length=200, required=False)

    def __init__(self, *args: Any, facility: Facility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = Party.objects.filter(facility=facility)  # type: ignore
        self.fields["products"].queryset = Product.objects.filter(  # type: ignore[attr-defined]
            facility=facility, is_active=True
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        kind, number, last = found.get("kind"), found.get("number"), found.get("last_day")
        if kind and number:
            for reason in reading_of(kind, number, last).faults:
                self.add_error("number", f"{reason.text} {reason.next_text}")
        issued = found.get("issued_on")
        if last and issued and last < issued:
            self.add_error("last_day", _lazy("Lebih awal daripada tanggal terbitnya."))
        return found

    def facts(self) -> dict[str, Any]:
        """What the action takes: half-open dates."""
        found = dict(self.cleaned_data)
        last = found.pop("last_day")
        found["valid_from"] = found["issued_on"]
        found["valid_until"] = last + timedelta(days=1) if last else None
        return found


class RevokeForm(forms.Form):
    """Since when, and why."""

    revoked_on = DayField(label=_lazy("Dicabut pada"))
    reason = forms.CharField(label=_lazy("Alasan"), max_length=200)
