"""What is typed about machines, their time and their tools."""

from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core import clock
from berdaya.equipment.calc import Slot, at
from berdaya.equipment.models import (
    ConditionState,
    Equipment,
    MissingOutcome,
    ToolCount,
    ToolSet,
)
from berdaya.institutions.models import Facility, Office, Party, PartyKind
from berdaya.look.forms import DayField, HourField, QtyField, RupiahField

NEW_TOOLS = 12
PRIVATE = (PartyKind.PERSON_STAFF, PartyKind.PERSON_OTHER, PartyKind.RELEASED_MAKER)


class EquipmentForm(forms.ModelForm):
    """One machine as it is described; its code and calendar are not typed."""

    capacity_qty = QtyField(
        label=_lazy("Kemampuan sejam"), required=False, help_text=_lazy("Misalnya 12.")
    )
    opens_at = HourField(label=_lazy("Buka pukul"))
    closes_at = HourField(label=_lazy("Tutup pukul"))

    class Meta:
        model = Equipment
        fields = (
            "name",
            "name_en",
            "kind",
            "place",
            "owner",
            "asset_no",
            "capacity_qty",
            "capacity_unit",
            "people_count",
            "skill",
            "opens_at",
            "closes_at",
            "open_days",
        )
        help_texts = {
            "place": _lazy("Misalnya Ruang tenun; dengan kata yang sama untuk satu ruang."),
            "owner": _lazy("Kosongkan bila milik sendiri."),
            "capacity_unit": _lazy("Misalnya lembar atau kg."),
            "asset_no": _lazy("Bila barang milik negara."),
            "skill": _lazy("Kosongkan bila siapa pun dapat memakainya."),
        }

    def __init__(self, *args: Any, facility: Facility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nobody's private things, and no other unit's: the whole country's would be thousands.
        theirs = Q(facility=facility) | Q(facility=None) & ~Q(kind__in=PRIVATE)
        owners = Party.objects.filter(theirs | Q(pk=self.instance.owner_id)).order_by("name")
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.fields["owner"].empty_label = _lazy("milik sendiri")  # type: ignore[attr-defined]
        self.fields["skill"].empty_label = _lazy("siapa pun")  # type: ignore[attr-defined]

    def clean_place(self) -> str:
        return " ".join(self.cleaned_data["place"].split())

    def clean_capacity_qty(self) -> Decimal | None:
        """Nothing an hour is not known, not none."""
        return self.cleaned_data["capacity_qty"] or None

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        opens, closes = values.get("opens_at"), values.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _lazy("Tutup harus sesudah buka."))
        return values


class NewEquipmentForm(EquipmentForm):
    """A machine that is new on the register, with the state in which it was found."""

    registered_on = DayField(label=_lazy("Tercatat sejak"))
    state = forms.ChoiceField(label=_lazy("Kondisi"), choices=ConditionState.choices)
    reason = forms.CharField(
        label=_lazy("Dari mana tahu kondisinya"),
        max_length=200,
        initial=_lazy("Dilihat waktu dicatat."),
    )


class ConditionForm(forms.Form):
    """In which state it was found."""

    state = forms.ChoiceField(label=_lazy("Kondisi"), choices=ConditionState.choices)
    since_on = DayField(label=_lazy("Sejak"))
    reason = forms.CharField(
        label=_lazy("Apa yang terlihat"),
        max_length=200,
        help_text=_lazy("Rusak berat dan dihapus: tidak dapat dipesan lagi."),
    )


class ShareForm(forms.Form):
    """Who else may book: one facility, or everybody below an office."""

    to_facility = forms.ModelChoiceField(
        Facility.objects.none(), label=_lazy("Untuk UPT"), required=False,
        empty_label=_lazy("pilih satu, atau wilayah di bawah"),
    )  # fmt: skip
    to_office = forms.ModelChoiceField(
        Office.objects.none(), label=_lazy("Untuk semua UPT di bawah"), required=False,
        empty_label=_lazy("tidak untuk satu wilayah"),
    )  # fmt: skip
    valid_from = DayField(label=_lazy("Mulai"))
    is_at_once = forms.BooleanField(
        label=_lazy("Langsung jadi, tanpa menunggu persetujuan"), required=False
    )
    agreement_no = forms.CharField(
        label=_lazy("Nomor kesepakatan"), max_length=80, required=False,
        help_text=_lazy("Wajib bila langsung jadi."),
    )  # fmt: skip

    def __init__(self, *args: Any, equipment: Equipment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Facility.objects.exclude(pk=equipment.facility_id).order_by("name")
        self.fields["to_facility"].queryset = others  # type: ignore[attr-defined]
        offices = Office.objects.filter(facilities__isnull=False).distinct().order_by("name")
        self.fields["to_office"].queryset = offices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        values = super().clean() or {}
        one, all_of = values.pop("to_facility", None), values.pop("to_office", None)
        if (one is None) == (all_of is None):
            self.add_error("to_facility", _lazy("Pilih satu UPT, atau satu wilayah."))
        values["to"] = one or all_of
        return values


class DayForm(forms.Form):
    """A day on which something is over."""

    day = DayField(label=_lazy("Tidak berlaku lagi sejak"))


class SlotForm(forms.Form):
    """From when until when, on the wall clock of where the machine stands."""

    starts_on = DayField(label=_lazy("Hari mulai"))
    starts_at = HourField(label=_lazy("Jam mulai"))
    ends_on = DayField(
        label=_lazy("Hari selesai"), required=False,
        help_text=_lazy("Kosongkan bila selesai pada hari yang sama."),
    )  # fmt: skip
    ends_at = HourField(label=_lazy("Jam selesai"))

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        """The period as one value, `slot`."""
        values = super().clean() or {}
        told = [values.pop(name, None) for name in ("starts_on", "starts_at", "ends_on", "ends_at")]
        first, begins, last, ends = told
        if first and begins is not None and ends is not None:
            values["slot"] = Slot(at(first, begins, self.zone), at(last or first, ends, self.zone))
            if values["slot"].end <= values["slot"].start:
                self.add_error("ends_at", _lazy("Selesai harus sesudah mulai."))
        return values


def slot_initial(equipment: Equipment, day: date) -> dict[str, Any]:
    """A whole open day to begin with."""
    return {"starts_on": day, "starts_at": equipment.opens_at, "ends_at": equipment.closes_at}


class BookingForm(SlotForm):
    """A time for this unit."""

    purpose = forms.CharField(
        label=_lazy("Untuk apa"), max_length=160,
        help_text=_lazy("Misalnya pesanan selendang November. Tanpa nama orang."),
    )  # fmt: skip


class MoveForm(SlotForm):
    """Another time, and why."""

    reason = forms.CharField(label=_lazy("Kenapa dipindah"), max_length=200)


class ReasonForm(forms.Form):
    """Why not."""

    reason = forms.CharField(label=_lazy("Alasan"), max_length=200)


class PlanForm(forms.Form):
    """What is done again and again."""

    what = forms.CharField(
        label=_lazy("Apa yang dirawat"), max_length=120, help_text=_lazy("Misalnya minyaki sisir.")
    )
    every_days = forms.IntegerField(
        label=_lazy("Setiap berapa hari"), min_value=1, max_value=3650, required=False
    )
    every_hours = forms.IntegerField(
        label=_lazy("Setiap berapa jam pakai"), min_value=1, max_value=20000, required=False,
        help_text=_lazy("Isi salah satu atau keduanya; yang lebih dulu tiba berlaku."),
    )  # fmt: skip
    last_done_on = DayField(label=_lazy("Terakhir dirawat"))


class CareForm(SlotForm):
    """Time for work that was foreseen."""

    what = forms.CharField(label=_lazy("Apa yang dikerjakan"), max_length=200)
    plan = forms.ModelChoiceField(
        Equipment.objects.none(), label=_lazy("Menurut rencana"), required=False,
        empty_label=_lazy("di luar rencana"),
    )  # fmt: skip

    def __init__(self, *args: Any, equipment: Equipment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = equipment.plans.filter(is_active=True).order_by("what")
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]


class BreakdownForm(forms.Form):
    """It broke, just now."""

    what = forms.CharField(label=_lazy("Apa yang rusak"), max_length=200)
    state = forms.ChoiceField(
        label=_lazy("Seberapa rusak"),
        choices=[
            (ConditionState.LIGHT.value, ConditionState.LIGHT.label),
            (ConditionState.HEAVY.value, ConditionState.HEAVY.label),
        ],
    )
    back_on = DayField(
        label=_lazy("Diperkirakan baik lagi"),
        help_text=_lazy("Sampai awal hari itu sarana tidak dapat dipesan."),
    )


class FinishForm(forms.Form):
    """The work is done."""

    result = forms.CharField(label=_lazy("Apa yang dikerjakan"), max_length=200)
    state = forms.ChoiceField(label=_lazy("Kondisi sekarang"), choices=ConditionState.choices)
    done_by = forms.CharField(
        label=_lazy("Dikerjakan oleh"), max_length=80,
        help_text=_lazy("Bengkel, toko, atau jabatan; bukan nama warga binaan."),
    )  # fmt: skip
    cost_rp = RupiahField(label=_lazy("Biaya"))


class ToolSetForm(forms.Form):
    """A set and what belongs in it."""

    name = forms.CharField(label=_lazy("Nama papan atau kotak"), max_length=80)
    place = forms.CharField(label=_lazy("Disimpan di"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, NEW_TOOLS + 1):
            said = {"number": number}
            self.fields[f"tool_{number}"] = forms.CharField(
                label=_lazy("Alat %(number)s") % said, max_length=60, required=False
            )
            self.fields[f"qty_{number}"] = forms.IntegerField(
                label=_lazy("Banyaknya alat %(number)s") % said, min_value=1, max_value=999,
                required=False,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Names with how many; a name without a number is asked for it."""
        values = super().clean() or {}
        tools: dict[str, int] = {}
        for number in range(1, NEW_TOOLS + 1):
            name = " ".join((values.pop(f"tool_{number}", "") or "").split())
            qty = values.pop(f"qty_{number}", None)
            if name and not qty:
                self.add_error(f"qty_{number}", _lazy("Tulis banyaknya."))
            elif name:
                tools[name] = tools.get(name, 0) + (qty or 0)
        values["tools"] = tools
        return values


class CountForm(forms.Form):
    """A number for each tool; `counts` is {key: number}."""

    def __init__(self, *args: Any, lines: list[tuple[int, str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [key for key, _name, _most in lines]
        for key, name, most in lines:
            self.fields[f"line_{key}"] = forms.IntegerField(
                label=f"{name} ({most})", min_value=0, max_value=most, initial=most
            )

    @property
    def rows(self) -> list[BoundField]:
        """The fields in the order of the tools."""
        return [self[f"line_{key}"] for key in self.keys]

    @property
    def counts(self) -> dict[int, int]:
        """As the actions want them."""
        return {key: self.cleaned_data[f"line_{key}"] for key in self.keys}


def lines_out(tool_set: ToolSet) -> list[tuple[int, str, int]]:
    """Tools of a set as CountForm takes them."""
    return [(one.pk, one.name, one.qty) for one in tool_set.tools.all()]


def lines_in(count: ToolCount) -> list[tuple[int, str, int]]:
    """What went out, as CountForm takes it."""
    rows = count.lines.select_related("tool").order_by("tool__name")
    return [(one.pk, one.tool.name, one.out_qty) for one in rows]


class MissingForm(forms.Form):
    """How a search ended."""

    outcome = forms.ChoiceField(label=_lazy("Akhirnya"), choices=MissingOutcome.choices)
    found_by = forms.CharField(
        label=_lazy("Siapa yang menemukan atau mencari"), max_length=80,
        help_text=_lazy("Regu atau jabatan, misalnya regu jaga II."),
    )  # fmt: skip
    ended_on = DayField(label=_lazy("Hari"))
    ended_hour = HourField(label=pgettext_lazy("equipment", "Jam"))
    reason = forms.CharField(
        label=_lazy("Di mana, dan bagaimana bisa hilang"), max_length=200,
        help_text=_lazy("Tanpa nama warga binaan."),
    )  # fmt: skip

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        """The moment as one value, `ended_at`."""
        values = super().clean() or {}
        day, hour = values.pop("ended_on", None), values.pop("ended_hour", None)
        if day and hour is not None:
            values["ended_at"] = at(day, hour, self.zone)
        return values


def now_initial(zone: str) -> dict[str, Any]:
    """This minute, as MissingForm asks for it."""
    here = clock.local(clock.now(), zone)
    return {"ended_on": here.date(), "ended_hour": time(here.hour, here.minute)}
