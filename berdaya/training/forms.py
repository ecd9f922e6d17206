"""What is typed about courses, sessions, enrolments, assessments and proofs."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.institutions.models import Facility, Party
from berdaya.institutions.photo_checks import CHECKS
from berdaya.look.forms import DayField, QtyField, RupiahField
from berdaya.people.models import Participant, Placement
from berdaya.training.calc import days_between
from berdaya.training.models import CompetenceUnit, Course, Criterion, Funding, Level, Session

WEEKDAYS = [
    (0, _lazy("Senin")),
    (1, _lazy("Selasa")),
    (2, _lazy("Rabu")),
    (3, _lazy("Kamis")),
    (4, _lazy("Jumat")),
    (5, _lazy("Sabtu")),
    (6, pgettext_lazy("training", "Minggu")),
]
PROVIDERS = ("agency", "dekranasda", "foundation", "partner_business", "cooperative", "satker_upt")
MOST_PLACES = 200


class UnitChoice(forms.ModelMultipleChoiceField):
    """Competence units, each with its skill."""

    def label_from_instance(self, obj: CompetenceUnit) -> str:
        """`C.131202.001.01 Menyiapkan benang · Tenun ikat dasar`."""
        return f"{obj.code} {obj.label} · {obj.skill.label}"


class CourseForm(forms.ModelForm):
    """A course with its units; the action saves it."""

    cost_rp = RupiahField(label=_lazy("Biaya (Rp)"), required=False)
    units = UnitChoice(
        CompetenceUnit.objects.select_related("skill").order_by("skill__name", "code"),
        label=_lazy("Unit kompetensi yang diajarkan dan dinilai"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_lazy("Kode SKKNI masih perlu konfirmasi dengan standar yang terbit."),
    )

    class Meta:
        model = Course
        fields = (
            *("title", "title_en", "provider", "skill", "units", "hours", "valid_months"),
            *("cost_rp", "funding", "is_active"),
        )

    def __init__(self, *args: Any, facility: Facility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Party.objects.filter(kind__in=PROVIDERS).exclude(kind="satker_upt")
        own = Party.objects.filter(kind="satker_upt", facility=facility)
        self.fields["provider"].queryset = (mine | own).order_by("name")  # type: ignore
        if self.instance.pk:
            self.fields["units"].initial = list(self.instance.units.all())

    def clean_cost_rp(self) -> int:
        """Nothing typed is no cost."""
        return self.cleaned_data["cost_rp"] or 0


class SessionForm(forms.Form):
    """When, for how many, by whom."""

    first_day = DayField(label=_lazy("Hari pertama"))
    last_day = DayField(label=_lazy("Hari terakhir"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_lazy("Pada hari"),
        choices=WEEKDAYS,
        coerce=int,
        initial=[0, 1, 2, 3, 4],
        widget=forms.CheckboxSelectMultiple,
    )
    hours = QtyField(label=_lazy("Jam sehari"), unit=str(_lazy("jam")), min_value=0)
    places = forms.IntegerField(
        label=pgettext_lazy("training", "Tempat"), min_value=1, max_value=MOST_PLACES
    )
    instructor = forms.CharField(
        label=_lazy("Pengajar"),
        max_length=80,
        help_text=_lazy("Jabatan dan lembaganya, misalnya instruktur BLK Kupang."),
    )
    cost_rp = RupiahField(label=_lazy("Biaya (Rp)"), required=False)
    funding = forms.ChoiceField(label=_lazy("Sumber dana"), choices=Funding.choices)

    def clean(self) -> dict[str, Any]:
        """The days between, said here when there is none."""
        facts = super().clean() or {}
        first, last = facts.get("first_day"), facts.get("last_day")
        if first and last and facts.get("weekdays"):
            facts["days"] = days_between(first, last, facts["weekdays"]) if last >= first else []
            if not facts["days"]:
                self.add_error("last_day", _lazy("Di antara kedua tanggal itu tidak ada harinya."))
        hours = facts.get("hours")
        if hours is not None and not 0 < hours <= 12:
            self.add_error("hours", _lazy("Tulis jam sehari, paling banyak 12."))
        return facts

    def facts(self) -> dict[str, Any]:
        """As the action takes them."""
        told = self.cleaned_data
        return {
            "days": told["days"],
            "minutes": int(told["hours"] * 60),
            "cost_rp": told["cost_rp"] or 0,
            **{name: told[name] for name in ("places", "instructor", "funding")},
        }


class SessionChangeForm(forms.ModelForm):
    """What may change once people are enrolled."""

    places = forms.IntegerField(
        label=pgettext_lazy("training", "Tempat"), min_value=1, max_value=MOST_PLACES
    )
    cost_rp = RupiahField(label=_lazy("Biaya (Rp)"), required=False)

    class Meta:
        model = Session
        fields = ("places", "instructor", "cost_rp", "funding")

    def clean_cost_rp(self) -> int:
        """Nothing typed is no cost."""
        return self.cleaned_data["cost_rp"] or 0


class EnrolForm(forms.Form):
    """Who takes part; a detainee only when they asked for it."""

    is_own_request = forms.BooleanField(
        label=_lazy("Atas permintaan sendiri"),
        required=False,
        help_text=_lazy("Wajib bagi tahanan. Ikut atau tidak, tidak memengaruhi apa pun."),
    )

    def __init__(self, *args: Any, places: Iterable[Placement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = sorted(places, key=lambda row: row.work_number)
        self.people = {row.participant_id: row.participant for row in rows}
        self.fields["people"] = forms.TypedMultipleChoiceField(
            label=_lazy("Nomor kerja"),
            choices=[
                (row.participant_id, f"{row.work_number} · {row.participant.pseudonym}")
                for row in rows
            ],
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
        )
        self.order_fields(["people", "is_own_request"])

    @property
    def chosen(self) -> list[Participant]:
        """The people ticked, by work number."""
        wanted = set(self.cleaned_data["people"])
        return [person for pk, person in self.people.items() if pk in wanted]


class WithdrawForm(forms.Form):
    """Why, if they want to say."""

    reason = forms.CharField(
        label=_lazy("Alasan"),
        max_length=120,
        required=False,
        help_text=_lazy("Boleh kosong; tidak seorang pun wajib memberi alasan."),
    )


class AssessmentForm(forms.Form):
    """A level for each criterion, and who judged."""

    assessed_on = DayField(label=_lazy("Dinilai pada"))
    assessor = forms.CharField(
        label=_lazy("Penilai"),
        max_length=80,
        help_text=_lazy("Jabatan dan lembaganya, misalnya asesor LSP Tekstil."),
    )
    note = forms.CharField(label=_lazy("Catatan"), max_length=200, required=False)

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        for one in self.criteria:
            self.fields[f"kriteria_{one.pk}"] = forms.TypedChoiceField(
                label=one.label,
                choices=Level.choices,
                coerce=int,
                widget=forms.RadioSelect(attrs={"class": "levels"}),
            )

    @property
    def rubric(self) -> list[tuple[Any, list[BoundField]]]:
        """Each unit with the fields of its criteria."""
        found: dict[int, tuple[Any, list[BoundField]]] = {}
        for one in self.criteria:
            _unit, fields = found.setdefault(one.unit_id, (one.unit, []))
            fields.append(self[f"kriteria_{one.pk}"])
        return list(found.values())

    @property
    def head(self) -> list[BoundField]:
        """The fields that are no criteria."""
        return [self["assessed_on"], self["assessor"]]

    @property
    def levels(self) -> dict[int, int]:
        """Criterion -> level."""
        return {one.pk: self.cleaned_data[f"kriteria_{one.pk}"] for one in self.criteria}


class ProofForm(forms.Form):
    """For whom."""

    funder = forms.CharField(
        label=_lazy("Untuk"),
        max_length=120,
        help_text=_lazy("Pemberi dana, misalnya Dinas Koperasi dan UKM Provinsi NTT."),
    )


class PieceForm(forms.Form):
    """A photo of the piece: hands and work, no face."""

    file = forms.FileField(
        label=_lazy("Foto karya"),
        help_text=_lazy("Karyanya saja: tanpa wajah, seragam, tembok, atau nama."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


class PieceCheckForm(forms.Form):
    """What a second person saw is not on it; or why it must go."""

    seen = forms.MultipleChoiceField(
        label=_lazy("Anda sudah memastikan"),
        choices=list(CHECKS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(
        label=_lazy("Atau tolak, karena"),
        max_length=200,
        required=False,
        help_text=_lazy("Tulis apa yang terlihat; fotonya lalu dibuang."),
    )
