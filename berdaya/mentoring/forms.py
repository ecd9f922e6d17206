"""What is typed about mentoring: proposals, answers, sessions, prices, findings."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.goods.models import Product, Variant
from berdaya.institutions.models import Facility, Office
from berdaya.look.forms import DayField, RupiahField
from berdaya.mentoring.actions.meetings import Step
from berdaya.mentoring.models import Meeting, Side
from berdaya.mentoring.models.meetings import MOST_PEOPLE
from berdaya.workshop.models import Workshop

STEP_ROWS = 3
WISH = _lazy("Barangnya saja: mutu, kemasan, harga, izin. Jangan menyebut orang.")


class ProposalForm(forms.Form):
    """A mentor's offer: where, for which office, what for."""

    facility = forms.ModelChoiceField(Facility.objects.none(), label=_lazy("UPT"))
    office = forms.ModelChoiceField(Office.objects.none(), label=_lazy("Kantor"))
    wish = forms.CharField(
        label=_lazy("Yang ingin dikerjakan"), max_length=300, help_text=WISH, widget=forms.Textarea
    )

    def __init__(self, *args: Any, units: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = units  # type: ignore[attr-defined]
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.fields["office"].initial = offices.first()


class SubjectForm(forms.Form):
    """One product, or all of a workshop's line of work, of one unit."""

    subject = forms.ChoiceField(label=_lazy("Yang didampingi"))

    def __init__(self, *args: Any, facility: Facility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: dict[str, Product | Workshop] = {}
        products = Product.objects.filter(facility=facility, is_active=True)
        workshops = Workshop.objects.filter(facility=facility, is_active=True)
        field = self.fields["subject"]
        field.choices = [  # type: ignore[attr-defined]
            (_lazy("Satu produk"), self._keyed("product", products.order_by("name"))),
            (_lazy("Semua produk satu bengkel"), self._keyed("workshop", workshops)),
        ]

    def _keyed(self, kind: str, rows: Iterable[Any]) -> list[tuple[str, str]]:
        found = {f"{kind}-{row.pk}": row for row in rows}
        self.rows |= found
        words = "{0.label} · {0.line_of_work}" if kind == "workshop" else "{0.label}"
        return [(key, words.format(row)) for key, row in found.items()]

    @property
    def chosen(self) -> dict[str, Any]:
        """As the actions take it."""
        key = self.cleaned_data["subject"]
        return {key.partition("-")[0]: self.rows[key]}


class RequestForm(SubjectForm):
    """A unit asks an office for a mentor."""

    office = forms.ModelChoiceField(Office.objects.none(), label=_lazy("Kantor pendamping"))
    wish = forms.CharField(
        label=_lazy("Yang ingin dikerjakan"), max_length=300, help_text=WISH, widget=forms.Textarea
    )

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class AcceptForm(SubjectForm):
    """What the unit opens to the mentor, and since when they work together."""

    began_on = DayField(label=_lazy("Mulai"), help_text=_lazy("Hari ini atau sebelumnya."))


class ReasonForm(forms.Form):
    """Why not, or why no longer."""

    reason = forms.CharField(label=_lazy("Alasan"), max_length=200)


class MeetingForm(forms.ModelForm):
    """A session with its goal and the fields of the report."""

    day = DayField(label=_lazy("Hari"))

    class Meta:
        model = Meeting
        fields = (
            *("day", "title", "activity", "topic", "goal", "location", "provider", "funding"),
            "sector_kbli",
        )


class NotesForm(forms.Form):
    """What was done, how many were there, and up to STEP_ROWS next steps."""

    done = forms.CharField(
        label=_lazy("Yang dikerjakan"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_lazy("Barang dan caranya saja. Jangan menyebut orang."),
    )
    people = forms.IntegerField(
        label=_lazy("Banyaknya peserta"),
        min_value=0,
        max_value=MOST_PEOPLE,
        help_text=_lazy("Disimpan dibulatkan ke lima; di bawah lima tidak disimpan."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, STEP_ROWS + 1):
            self.fields[f"text_{number}"] = forms.CharField(
                label=_lazy("Langkah berikutnya %(n)s") % {"n": number},
                max_length=200,
                required=False,
            )
            self.fields[f"side_{number}"] = forms.ChoiceField(
                label=_lazy("Dikerjakan oleh"), choices=Side.choices, required=False
            )
            self.fields[f"due_{number}"] = DayField(label=_lazy("Paling lambat"), required=False)

    def clean(self) -> dict[str, Any]:
        """A step has its day."""
        facts = super().clean() or {}
        for number in range(1, STEP_ROWS + 1):
            if facts.get(f"text_{number}") and not facts.get(f"due_{number}"):
                self.add_error(f"due_{number}", _lazy("Tulis sampai kapan."))
        return facts

    @property
    def steps(self) -> list[Step]:
        """The steps that were written."""
        told = self.cleaned_data
        return [
            Step(told[f"side_{n}"] or Side.UNIT, told[f"text_{n}"], told[f"due_{n}"])
            for n in range(1, STEP_ROWS + 1)
            if told[f"text_{n}"]
        ]


class PriceForm(forms.Form):
    """Which variant, at what price, for which premi an hour."""

    variant = forms.TypedChoiceField(label=_lazy("Barang"), coerce=int)
    price_rp = RupiahField(label=_lazy("Harga usulan"), min_value=1)
    wanted_hourly_rp = RupiahField(
        label=_lazy("Premi per jam yang diinginkan"),
        help_text=_lazy("Seluruh pembuat bersama, untuk satu jam kerja."),
    )
    note = forms.CharField(label=_lazy("Catatan"), max_length=300, required=False)

    def __init__(self, *args: Any, variants: Iterable[Variant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["variant"]
        field.choices = [(row.pk, row.full_label) for row in variants]  # type: ignore[attr-defined]


class FindingForm(forms.Form):
    """What is wrong with the product and what would help."""

    before = forms.CharField(
        label=_lazy("Temuan"), max_length=300, help_text=_lazy("Barangnya saja, bukan orangnya.")
    )
    remedy = forms.CharField(label=_lazy("Perbaikan yang disarankan"), max_length=300)


class MendForm(forms.Form):
    """How it came out."""

    after = forms.CharField(label=_lazy("Hasil perbaikan"), max_length=300)
