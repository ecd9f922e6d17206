"""Requests about one's data, failures to protect it, and how long things are kept."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.institutions.models import Facility
from berdaya.look.forms import DayField
from berdaya.people.models import (
    DataKind,
    HandedOver,
    KeepGround,
    NoticeHow,
    NoticeTo,
    ReceivedHow,
    RefusalGround,
    RestrictionGround,
    RightsKind,
    RightsOutcome,
)
from berdaya.people.retention import purposes

NOTHING = ("", "–")
NO_NUMBERS = _lazy("Tanpa nama, NIK, atau nomor register.")


class TimeInput(forms.TimeInput):
    """The browser's own clock, 24 hours."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class MomentForm(forms.Form):
    """A day and a time on the facility's clock; `moment()` is the instant."""

    day = DayField(label=_lazy("Pada hari"))
    at = forms.TimeField(label=_lazy("Pukul"), widget=TimeInput)

    def __init__(self, *args: Any, zone: str = clock.DEFAULT_ZONE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        there = clock.local(clock.now(), zone)
        self.initial.setdefault("day", there.date())
        self.initial.setdefault("at", there.time().replace(second=0, microsecond=0))
        name = clock.ZONE_NAMES.get(zone, "")
        self.fields["at"].label = f"{self.fields['at'].label} {name}".strip()

    def facts(self, name: str) -> dict[str, Any]:
        """What was typed, with day and time as one instant called `name`."""
        given = dict(self.cleaned_data)
        day, at = given.pop("day"), given.pop("at")
        given[name] = instant_of(day, at, self.zone)
        return given


def instant_of(day: Any, at: Any, zone: str) -> datetime:
    """The instant at which the wall clock of `zone` shows this; no zone of ours turns its clock."""
    return clock.start_of(day, zone) + timedelta(hours=at.hour, minutes=at.minute)


class CaseForm(MomentForm):
    """What was asked, when and how it came."""

    kind = forms.ChoiceField(label=_lazy("Hak yang dipakai"), choices=RightsKind.choices)
    how = forms.ChoiceField(label=_lazy("Cara menyampaikan"), choices=ReceivedHow.choices)
    subject = forms.CharField(label=_lazy("Pokok permohonan"), max_length=120, help_text=NO_NUMBERS)

    field_order = ["kind", "how", "day", "at", "subject"]


class AnswerForm(forms.Form):
    """How it is answered; the ground only where not all is granted."""

    outcome = forms.ChoiceField(label=_lazy("Jawaban"), choices=RightsOutcome.choices)
    ground = forms.ChoiceField(
        label=_lazy("Dasar penolakan"),
        choices=[NOTHING, *RefusalGround.choices],
        required=False,
        help_text=_lazy("Hanya bila ditolak seluruhnya atau sebagian."),
    )
    words = forms.CharField(
        label=_lazy("Keterangan"), max_length=300, required=False, help_text=NO_NUMBERS
    )
    handed_over = forms.ChoiceField(label=_lazy("Diserahkan"), choices=HandedOver.choices)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == RightsKind.RESTRICTION:
            self.fields["restriction_ground"] = forms.ChoiceField(
                label=_lazy("Alasan pembatasan"), choices=RestrictionGround.choices,
                initial=RestrictionGround.ASKED,
            )  # fmt: skip


class LastDayForm(forms.Form):
    """The last day of a restriction."""

    last_day = DayField(label=_lazy("Sampai dengan"))


class BreachForm(MomentForm):
    """What happened, as far as it is known; later knowledge is a notice of its own."""

    happened = forms.CharField(
        label=_lazy("Apa yang terjadi, kapan dan bagaimana"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_NUMBERS,
    )
    data_kinds = forms.MultipleChoiceField(
        label=_lazy("Jenis data"), choices=DataKind.choices, widget=forms.CheckboxSelectMultiple
    )
    people_count = forms.IntegerField(
        label=_lazy("Jumlah orang"), min_value=0, max_value=1_000_000,
        help_text=_lazy("Perkiraan pun ditulis; nama mereka dicatat di halaman berikutnya."),
    )  # fmt: skip
    measures = forms.CharField(
        label=_lazy("Penanganan dan pemulihan"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NUMBERS,
    )  # fmt: skip

    def __init__(self, *args: Any, facilities: list[Facility], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choosable = {str(one.pk): one for one in facilities}
        if len(facilities) > 1:
            self.fields["facilities"] = forms.MultipleChoiceField(
                label=_lazy("UPT yang terkena"),
                choices=[(str(one.pk), one.name) for one in facilities],
                widget=forms.SelectMultiple(attrs={"size": 8}),
                help_text=_lazy("Setiap UPT mendapat catatan sendiri dan memberi tahu orangnya."),
            )
        self.order_fields(["facilities", "day", "at", "happened", "data_kinds", "people_count"])

    def breach_facts(self) -> dict[str, Any]:
        """As the action wants it."""
        facts = self.facts("noticed_at")
        chosen = facts.pop("facilities", list(self.choosable))
        return {**facts, "facilities": [self.choosable[one] for one in chosen]}


class NoticeForm(MomentForm):
    """Who was told, by which letter."""

    told = forms.ChoiceField(label=_lazy("Kepada"), choices=NoticeTo.choices)
    how = forms.ChoiceField(label=_lazy("Dengan cara"), choices=NoticeHow.choices)
    document_no = forms.CharField(label=_lazy("Nomor surat"), max_length=80)

    field_order = ["told", "day", "at", "how", "document_no"]


class AffectedForm(forms.Form):
    """One person whose data it was."""

    participant = forms.ChoiceField(label=_lazy("Warga binaan"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participant"].choices = people  # type: ignore[attr-defined]


class LearnedForm(forms.Form):
    """What was changed so that it does not happen again."""

    learned = forms.CharField(
        label=_lazy("Apa yang diubah agar tidak terulang"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_NUMBERS,
    )


class RuleForm(forms.Form):
    """How long one purpose lasts, from a coming day on."""

    purpose = forms.ChoiceField(label=_lazy("Keperluan"))
    valid_from = DayField(label=_lazy("Berlaku mulai"))
    months = forms.IntegerField(
        label=_lazy("Lama simpan (bulan)"), min_value=1, max_value=600, required=False,
        help_text=_lazy("Kosong: sampai terjadi sesuatu, misalnya persetujuan dicabut."),
    )  # fmt: skip
    legal_basis = forms.CharField(label=_lazy("Dasar hukum"), max_length=200)
    is_confirmed = forms.BooleanField(label=_lazy("Sudah dipastikan"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.code, one.label) for one in purposes().values()]
        self.fields["purpose"].choices = known  # type: ignore[attr-defined]


class KeepForm(forms.Form):
    """Why an identity is kept a while longer, and until when."""

    ground = forms.ChoiceField(label=_lazy("Alasan"), choices=KeepGround.choices)
    keep_until = DayField(label=_lazy("Ditahan sampai"))
