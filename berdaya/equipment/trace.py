"""Machines, their bookings and the counts of tools, where the thread meets them.

Rooms above tie them to a batch or a sheet; none of them leads on to other people's work.
"""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.core.codes import normalise
from berdaya.core.links import End, day_text, declare_kind, declare_link
from berdaya.core.names import named
from berdaya.equipment.models import Booking, Equipment, ToolCount

MACHINE = ("code", "name", "name_en", "place")


def _machine(code: str, name: str, name_en: str, place: str) -> tuple[str, str, str]:
    label = f"{named(name, name_en)}, {place}"
    return code, label, reverse("equipment:machine", args=[code])


def _booking(
    pk: str, starts: str, zone: str, code: str, name: str, name_en: str
) -> tuple[str, str, str]:
    """Its code is machine and number, as nothing is printed on it."""
    when = clock.format_instant(datetime.fromisoformat(starts), zone, get_language() or "id")
    label = f"{named(name, name_en)}, {when}"
    return f"{code}/{pk}", label, reverse("equipment:booking", args=[pk])


def _count(pk: str, tool_set: str, day: str) -> tuple[str, str, str]:
    label = f"{tool_set}, {day_text(day)}"
    return f"{tool_set}@{day}", label, reverse("equipment:tool_count", args=[pk])


declare_kind(
    "machine", _lazy("Sarana"), 21, Equipment.objects.all, MACHINE, _machine,
    lambda text: Q(code=normalise(text)),
)  # fmt: skip
declare_kind(
    "booking", _lazy("Pemesanan sarana"), 22, Booking.objects.all,
    ("pk", "starts_at", "owner_facility__timezone",
     *(f"equipment__{name}" for name in MACHINE[:3])),
    _booking,
)  # fmt: skip
declare_kind(
    "tool_count", _lazy("Hitungan alat"), 23, ToolCount.objects.all,
    ("pk", "tool_set__name", "day"), _count,
)  # fmt: skip

HANGING_BOOKING = End("booking", "booking", _lazy("sarana dipesan"), is_leaf=True)
declare_link(
    Booking.objects.all, End("booking", "", _lazy("pemesanan")),
    End("machine", "equipment", _lazy("sarana"), is_leaf=True),
)  # fmt: skip
