"""An incident, a stop of a workshop, and the checklist as it was walked through."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.look.forms import DayField
from berdaya.people.models import Placement
from berdaya.workshop.actions.safety import Answer, Hurt
from berdaya.workshop.models import Care, IncidentKind, Severity, Workshop
from berdaya.workshop.safety import POINTS

MOST_HURT = 3


class HurtFields:
    """One person on the form: who, whether they stop working, and how they were cared for."""

    def __init__(self, form: forms.Form, place: int) -> None:
        names = ("person", "hold", "care")
        self.person, self.hold, self.care = (form[f"{name}_{place}"] for name in names)

    @property
    def is_more(self) -> bool:
        """Whether something other than the first choice of care was said."""
        return bool(self.care.errors) or self.care.value() not in (None, "", Care.NONE)

    @property
    def is_used(self) -> bool:
        """Whether anything was said about this person."""
        fields = (self.person, self.hold)
        return self.is_more or any(one.value() or one.errors for one in fields)


class IncidentForm(forms.Form):
    """What happened, to whom, and what was done; people under work number and pseudonym."""

    happened_on = DayField(label=_lazy("Hari kejadian"))
    happened_at = forms.TimeField(
        label=_lazy("Jam"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    workshop = forms.TypedChoiceField(
        label=_lazy("Bengkel"), required=False, coerce=int, empty_value=None
    )
    kind = forms.ChoiceField(label=_lazy("Jenis"), choices=IncidentKind.choices)
    severity = forms.ChoiceField(label=_lazy("Berat ringannya"), choices=Severity.choices)
    what_happened = forms.CharField(
        label=_lazy("Apa yang terjadi"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_lazy("Kejadiannya, tanpa nama dan tanpa penyakit."),
    )
    what_was_done = forms.CharField(
        label=_lazy("Apa yang dilakukan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    stop_reason = forms.CharField(
        label=_lazy("Hentikan bengkelnya karena"),
        max_length=160,
        required=False,
        help_text=_lazy("Kosongkan bila bengkel aman dipakai."),
    )

    def __init__(self, *args: Any, facility: Facility, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workshops = {one.pk: one for one in _shops(facility)}
        shops = [(pk, one.label) for pk, one in self.workshops.items()]
        self.fields["workshop"].choices = [("", _lazy("di luar bengkel")), *shops]  # type: ignore[attr-defined]
        here = Placement.objects.on(day).filter(facility=facility).select_related("participant")
        self.people = {row.participant_id: row for row in here.order_by("work_number")}
        told = [(pk, f"{row.work_number} {row.participant}") for pk, row in self.people.items()]
        for place in range(1, MOST_HURT + 1):
            self._add_person(place, [("", _lazy("tidak ada")), *told])

    def _add_person(self, place: int, people: list[Any]) -> None:
        number = {"number": place}
        self.fields[f"person_{place}"] = forms.TypedChoiceField(
            label=_lazy("Orang %(number)s") % number, choices=people, required=False, coerce=int,
            empty_value=None,
        )  # fmt: skip
        self.fields[f"care_{place}"] = forms.ChoiceField(
            label=_lazy("Perawatan orang %(number)s") % number, choices=Care.choices, required=False
        )
        self.fields[f"hold_{place}"] = forms.CharField(
            label=_lazy("Hentikan kerja orang %(number)s karena") % number, max_length=160,
            required=False,
        )  # fmt: skip

    def people_fields(self) -> list[HurtFields]:
        """The fields of each person together, and what of them must not stay folded."""
        return [HurtFields(self, place) for place in range(1, MOST_HURT + 1)]

    def facts(self) -> dict[str, Any]:
        """As the action wants it."""
        given = self.cleaned_data
        names = ("happened_on", "happened_at", "kind", "severity", "what_happened", "what_was_done",
                 "stop_reason")  # fmt: skip
        found = {name: given[name] for name in names}
        shop = given["workshop"]
        return {
            **found,
            "workshop": self.workshops.get(shop) if shop else None,
            "people": list(self._hurt()),
        }

    def _hurt(self) -> Iterable[Hurt]:
        for place in range(1, MOST_HURT + 1):
            row = self.people.get(self.cleaned_data[f"person_{place}"])
            if row is not None:
                care = self.cleaned_data[f"care_{place}"] or Care.NONE
                yield Hurt(row.participant, care, self.cleaned_data[f"hold_{place}"])


def _shops(facility: Facility) -> Iterable[Workshop]:
    return Workshop.objects.filter(facility=facility, is_active=True).order_by("name")


class StopForm(forms.Form):
    """A workshop is not used for now."""

    valid_from = DayField(label=_lazy("Berhenti mulai"))
    reason = forms.CharField(
        label=_lazy("Sebabnya"),
        max_length=160,
        help_text=_lazy("Misalnya: pelindung gergaji rusak."),
    )


class LiftForm(forms.Form):
    """The workshop is used again."""

    works_from = DayField(label=_lazy("Boleh dipakai lagi mulai"))
    note = forms.CharField(label=_lazy("Apa yang membuatnya aman lagi"), max_length=200)


class ChecklistForm(forms.Form):
    """Every point answered yes or no, a note where it is no."""

    checked_on = DayField(label=_lazy("Diperiksa pada"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = (("1", _lazy("Ya")), ("0", _lazy("Tidak")))
        for point, words in POINTS.items():
            self.fields[f"point_{point}"] = forms.TypedChoiceField(
                label=words, choices=answers, widget=forms.RadioSelect,
                coerce=lambda value: value == "1",
            )  # fmt: skip
            self.fields[f"note_{point}"] = forms.CharField(
                label=_lazy("Catatan bila tidak"), max_length=160, required=False
            )

    def answers(self) -> dict[str, Answer]:
        """As the action wants them."""
        given = self.cleaned_data
        return {point: Answer(given[f"point_{point}"], given[f"note_{point}"]) for point in POINTS}
