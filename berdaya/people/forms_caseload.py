"""Which clients go to which counsellor, from which day on."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.institutions.models import Facility, Staff
from berdaya.look.forms import DayField
from berdaya.people import roll
from berdaya.people.models import Participant
from berdaya.people.queries import counsellors_at, with_counsellor

WEEKDAYS = (
    *((0, _lazy("Senin")), (1, _lazy("Selasa")), (2, _lazy("Rabu")), (3, _lazy("Kamis"))),
    *((4, _lazy("Jumat")), (5, _lazy("Sabtu")), (6, pgettext_lazy("weekday", "Minggu"))),
)


class ClientChoice(forms.ModelMultipleChoiceField):
    """Clients under pseudonym and work number, with whoever guides them now."""

    def label_from_instance(self, obj: Any) -> str:
        parts = [self.words.get(obj.pk, ""), obj.pseudonym, self.guided.get(obj.pk, "")]
        return " · ".join(part for part in parts if part)

    words: dict[int, str]
    guided: dict[int, str]


class ClientsForm(forms.Form):
    """Clients of a Bapas and one of its counsellors; those of `leaving` are ticked."""

    staff = forms.ModelChoiceField(Staff.objects.none(), label=_lazy("Pembimbing"))
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


class AssignmentForm(ClientsForm):
    """Without `leaving` the clients whom nobody guides are ticked, else all of that person's."""

    on = DayField(label=_lazy("Mulai"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, day=day, **kwargs)
        self.fields["on"].initial = day

    field_order = ("staff", "on", "participants")


class CoverForm(ClientsForm):
    """Who stands in for which clients, on which days between two dates."""

    first = DayField(label=_lazy("Dari tanggal"))
    last = DayField(label=_lazy("Sampai dengan"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_lazy("Hanya hari"),
        coerce=int,
        required=False,
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_lazy("Tanpa centang berarti setiap hari."),
    )

    field_order = ("staff", "first", "last", "weekdays", "participants")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, day=day, **kwargs)
        self.fields["staff"].label = _lazy("Pengganti")
        self.fields["first"].initial = self.fields["last"].initial = day

    def days(self) -> list[date]:
        """The days that were named; none where the dates stand the wrong way round."""
        told = self.cleaned_data
        span = (told["last"] - told["first"]).days + 1
        # One more than may be covered, so that too many are refused and not cut off.
        found = (told["first"] + timedelta(days=n) for n in range(min(span, 400)))
        return [day for day in found if not told["weekdays"] or day.weekday() in told["weekdays"]]
