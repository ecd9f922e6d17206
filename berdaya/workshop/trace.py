"""The workshop's part of the thread: lot and batch, sheet and maker, material and its paper."""

from datetime import date
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.codes import normalise
from berdaya.core.links import DOWN, End, code_and_day, day_text, declare_kind, declare_link
from berdaya.core.names import named
from berdaya.equipment.models import ToolCount
from berdaya.equipment.trace import HANGING_BOOKING
from berdaya.people.models import Consent, ConsentPurpose, Participant, Placement
from berdaya.stock.trace import LOT, VARIANT, variant_text
from berdaya.workshop.models import (
    Batch,
    BatchBooking,
    BatchClosing,
    BatchWeight,
    MaterialLot,
    MaterialSource,
    MaterialUse,
    WorkLog,
    WorkSheet,
)

WORKSHOP = ("workshop__name", "workshop__name_en")
# Of a sheet, as the counts of its day bring it.
SHEET = {
    "key": "pk",
    "shop": "workshop_id",
    "day": "day",
    "name": "workshop__name",
    "name_en": "workshop__name_en",
}


def _batch(code: str, workshop: str, workshop_en: str, *names: str) -> tuple[str, str, str]:
    label = f"{variant_text(*names)}, {named(workshop, workshop_en)}"
    return code, label, reverse("workshop:batch", args=[code])


def _material(code: str, name: str, source: str, reference: str) -> tuple[str, str, str]:
    label = f"{name}, {MaterialSource(source).label} {reference}".strip()
    return code, label, reverse("workshop:materials") + f"?cari={code}"


def _sheet(workshop: str, day: str, name: str, name_en: str) -> tuple[str, str, str]:
    """Its code is workshop and day, as no number is printed on it."""
    url = reverse("workshop:sheet", args=[workshop, day])
    return f"{workshop}@{day}", f"{named(name, name_en)}, {day_text(day)}", url


def _maker(code: str, pseudonym: str) -> tuple[str, str, str]:
    """By pseudonym, never by name."""
    return code, pseudonym, reverse("people:work", args=[code])


def _consent(code: str, given_on: str) -> tuple[str, str, str]:
    return f"{code}/{given_on}", day_text(given_on), reverse("people:work", args=[code])


def _placement(code: str, number: str, facility: str, since: str) -> tuple[str, str, str]:
    label = f"{number}, {facility}, {day_text(since)}"
    return f"{code}/{since}", label, reverse("people:work", args=[code])


def _meant_sheet(text: str) -> Q | None:
    """`<workshop id>@<day>`, as the links give it."""
    workshop, _sign, day = text.strip().partition("@")
    try:
        return Q(workshop_id=int(workshop), day=date.fromisoformat(day))
    except ValueError:
        return None


def _to_work() -> Any:
    """Consents to work; the others lead to no goods."""
    return Consent.objects.filter(purpose=ConsentPurpose.WORK)


def _counted() -> Any:
    """Counts of tools with the sheet whose day they hold, once for each workshop that uses them."""
    told = {
        f"sheet_{name}": F(f"tool_set__workshops__workshop__sheets__{path}")
        for name, path in SHEET.items()
    }
    return ToolCount.objects.annotate(**told).filter(sheet_day=F("day"))


declare_kind(
    "consent", _lazy("Persetujuan"), 5, _to_work,
    ("participant__code", "given_on"), _consent,
    lambda text: code_and_day(text, "participant__code", "given_on"),
)  # fmt: skip
declare_kind(
    "placement", _lazy("Penempatan"), 6, Placement.objects.all,
    ("participant__code", "work_number", "facility__name", "valid_from"), _placement,
    lambda text: code_and_day(text, "participant__code", "valid_from"),
)  # fmt: skip
declare_kind(
    "maker", _lazy("Pembuat"), 10, Participant.objects.all, ("code", "pseudonym"), _maker,
    lambda text: Q(code=text.strip()),
)  # fmt: skip
declare_kind(
    "material", _lazy("Bahan"), 15, MaterialLot.objects.all,
    ("code", "material__name", "source", "reference"), _material,
    lambda text: Q(code=normalise(text)),
)  # fmt: skip
declare_kind(
    "sheet", pgettext_lazy("workshop", "Daftar hadir"), 20, WorkSheet.objects.all,
    ("workshop_id", "day", *WORKSHOP), _sheet, _meant_sheet,
)  # fmt: skip
declare_kind(
    "batch", _lazy("Batch"), 30, Batch.objects.all, ("code", *WORKSHOP, *VARIANT), _batch,
    lambda text: Q(code=normalise(text)),
)  # fmt: skip

BATCH = End("batch", "batch", _lazy("batch"))
MAKER = End("maker", "participant", pgettext_lazy("workshop", "pembuat"))
declare_link(BatchClosing.objects.all, BATCH, LOT)
declare_link(
    MaterialUse.objects.all, End("material", "material_lot", _lazy("bahan")), BATCH, "cost_rp"
)
declare_link(WorkLog.objects.all, End("sheet", "sheet", _lazy("daftar hadir")), BATCH)
declare_link(BatchWeight.objects.all, MAKER, BATCH)
# Who stands on a sheet hangs on it; the way back leads over the batches they have a weight in.
declare_link(
    WorkLog.objects.all, End("sheet", "sheet"),
    End("maker", "participant", pgettext_lazy("workshop", "hadir"), is_leaf=True),
    ways=frozenset({DOWN}),
)  # fmt: skip
declare_link(_to_work, MAKER, End("consent", "", _lazy("bersedia sejak"), is_leaf=True))
declare_link(Placement.objects.all, MAKER, End("placement", "", _lazy("ditempatkan"), is_leaf=True))
# What a batch had to work with hangs on it, and so do the tools of a day on its sheet.
declare_link(BatchBooking.objects.all, BATCH, HANGING_BOOKING)
declare_link(
    BatchBooking.objects.all, BATCH,
    End("machine", "booking__equipment", _lazy("dikerjakan dengan"), is_leaf=True),
)  # fmt: skip
declare_link(
    _counted,
    End(
        "sheet",
        "",
        _lazy("daftar hadir"),
        key="sheet_key",
        columns=tuple(f"sheet_{name}" for name in SHEET if name != "key"),
    ),
    End("tool_count", "", _lazy("alat hari itu"), is_leaf=True),
)
