"""Which clients go to which counsellor, from which day on."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility, Staff
from berdaya.look.forms import DayField
from berdaya.people import roll
from berdaya.people.models import Participant
from berdaya.people.queries import counsellors_at, with_counsellor


class ClientChoice(forms.ModelMultipleChoiceField):
    """Clients under pseudonym and work number, with whoever guides them now."""

    def label_from_instance(self, obj: Any) -> str:
        parts = [self.words.get(obj.pk, ""), obj.pseudonym, self.guided.get(obj.pk, "")]
        return " · ".join(part for part in parts if part)

    words: dict[int, str]
    guided: dict[int, str]


class AssignmentForm(forms.Form):
    """Without `leaving` the clients whom nobody guides are ticked, else all of that person's."""

    staff = forms.ModelChoiceField(Staff.objects.none(), label=_lazy("Pembimbing"))
    on = DayField(label=_lazy("Mulai"))
    participants = ClientChoice(
        Participant.objects.none(), label=_lazy("Klien"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, facility: Facility, day: date, leaving: int | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = list(with_counsellor(roll.here([facility.pk], day), day).order_by("work_number"))
        people: Any = self.fields["participants"]
        people.words = {row.participant_id: row.work_number for row in rows}
        people.guided = {row.participant_id: row.counsellor for row in rows if row.counsellor}
        people.queryset = Participant.objects.filter(pk__in=list(people.words)).order_by("pk")
        people.initial = [row.participant_id for row in rows if row.counsellor_id == leaving]
        staff: Any = self.fields["staff"]
        staff.queryset = counsellors_at(facility.pk, day).exclude(pk=leaving)
        staff.label_from_instance = lambda one: one.display_name
        self.fields["on"].initial = day
