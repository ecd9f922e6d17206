"""What the planning asks: how long a piece takes, what to make for stock, and where it stands."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.goods.models import Variant
from berdaya.look.forms import DayField
from berdaya.workshop.actions.work import EARLIER, LATER
from berdaya.workshop.forms import GoodsChoice
from berdaya.workshop.models import StandardTime, WorkOutcome, Workshop


def made_here(workshop: Workshop) -> Any:
    """Goods in use of the workshop's line of work."""
    rows = Variant.objects.filter(
        facility=workshop.facility_id, is_active=True, product__line_of_work=workshop.line_of_work
    )
    return rows.select_related("product").order_by("product__name", "name")


class TimeForm(forms.Form):
    """How long one variant takes."""

    variant = GoodsChoice(Variant.objects.none(), label=_lazy("Barang"))
    minutes_each = forms.IntegerField(
        label=_lazy("Menit kerja tiap buah"),
        min_value=1,
        max_value=60_000,
        help_text=_lazy("Waktu semua orang bersama: dua orang tiga jam adalah 360 menit."),
    )
    setup_minutes = forms.IntegerField(
        label=_lazy("Menit menyiapkan"),
        min_value=0,
        max_value=60_000,
        initial=0,
        help_text=_lazy("Sekali untuk satu pekerjaan, berapa pun jumlahnya."),
    )
    batch_qty = forms.IntegerField(
        label=_lazy("Buah sekali jalan"),
        min_value=1,
        max_value=10_000,
        initial=1,
        help_text=_lazy("Berapa buah jadi dari satu kali memakai sarana bengkel ini."),
    )
    valid_from = DayField(label=_lazy("Berlaku mulai"))

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["variant"].queryset = made_here(workshop)  # type: ignore[attr-defined]


class WorkForm(forms.Form):
    """So many for our own stock."""

    variant = GoodsChoice(
        Variant.objects.none(),
        label=_lazy("Barang"),
        help_text=_lazy("Yang punya waktu baku di bengkel ini."),
    )
    qty = forms.IntegerField(label=_lazy("Berapa"), min_value=1, max_value=100_000)
    wanted_by = DayField(label=_lazy("Diperlukan paling lambat"), required=False)

    def __init__(self, *args: Any, workshop: Workshop, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = StandardTime.objects.on(today).filter(workshop=workshop).values("variant")
        rows = made_here(workshop).filter(pk__in=known)
        self.fields["variant"].queryset = rows  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """One place up or down, or a day; an empty day means as soon as possible."""

    step = forms.ChoiceField(choices=[(EARLIER, ""), (LATER, "")], required=False)
    day = DayField(required=False)
    week = DayField(required=False)


class OutcomeForm(forms.Form):
    """How own stock's work ended."""

    outcome = forms.ChoiceField(choices=[(WorkOutcome.DONE, ""), (WorkOutcome.DROPPED, "")])
    week = DayField(required=False)
