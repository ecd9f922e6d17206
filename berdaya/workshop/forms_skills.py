"""Which skill a workshop asks for, and who may learn it on the job."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.goods.models import Product
from berdaya.look.forms import DayField
from berdaya.people.models import Placement
from berdaya.training.models import Skill
from berdaya.workshop.models import Workshop


class RequirementForm(forms.Form):
    """A skill, for all work or for one product, from a day on."""

    skill = forms.ModelChoiceField(Skill.objects.all(), label=_lazy("Keterampilan"))
    product = forms.ModelChoiceField(
        Product.objects.none(),
        label=_lazy("Hanya untuk barang"),
        required=False,
        empty_label=_lazy("Semua pekerjaan bengkel ini"),
    )
    valid_from = DayField(
        label=pgettext_lazy("workshop", "Mulai"),
        help_text=_lazy("Daftar hadir sebelum hari itu tidak berubah."),
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Product.objects.filter(facility=workshop.facility_id, is_active=True)
        mine = rows.filter(line_of_work=workshop.line_of_work)
        self.fields["product"].queryset = mine  # type: ignore[attr-defined]


class EndRequirementForm(forms.Form):
    """From when it is no longer asked for."""

    ends_on = DayField(label=_lazy("Tidak diminta lagi sejak"))


class ExemptionForm(forms.Form):
    """Somebody, under supervision, until a day."""

    person = forms.ChoiceField(label=_lazy("Nomor kerja"))
    skill = forms.ModelChoiceField(Skill.objects.none(), label=_lazy("Keterampilan"))
    supervisor = forms.CharField(
        label=_lazy("Pendamping kerja"),
        max_length=80,
        help_text=_lazy("Siapa yang selalu di dekatnya; jabatannya saja."),
    )
    valid_from = DayField(label=pgettext_lazy("workshop", "Mulai"))
    last_day = DayField(label=_lazy("Sampai dengan"), help_text=_lazy("Paling lama tiga bulan."))

    def __init__(
        self, *args: Any, places: list[Placement], skills: list[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(row.participant_id): row.participant for row in places}
        person: Any = self.fields["person"]
        person.choices = [
            (row.participant_id, f"{row.work_number} · {row.participant.pseudonym}")
            for row in places
        ]
        self.fields["skill"].queryset = Skill.objects.filter(pk__in=skills)  # type: ignore
