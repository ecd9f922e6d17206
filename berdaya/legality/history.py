"""Who changed what of a permit, as people read it: the audit's rows in words."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.core.models import AuditRow
from berdaya.institutions.models import Staff
from berdaya.legality.models import Competence, Permit, ResponsibleRole
from berdaya.look.parts import Moment, Text

MOST = 50
# What is told of a change, in this order; the rest is the program's own.
TOLD: dict[str, Text] = {
    "revoked_on": _lazy("dicabut pada"),
    "revoked_reason": _lazy("alasan"),
    "coverage_change": _lazy("produk yang tercantum"),
    "scan_sha256": _lazy("pindaian"),
    "responsible_role": _lazy("penanggung jawab"),
    "responsible_post": _lazy("jabatannya"),
    "competence": _lazy("sertifikatnya"),
    "certificate_no": _lazy("nomor sertifikatnya"),
    "certificate_until": _lazy("sertifikatnya tidak berlaku lagi sejak"),
    "number": _lazy("nomor"),
    "valid_from": _lazy("berlaku mulai"),
    "valid_until": _lazy("tidak berlaku lagi sejak"),
    "note": _lazy("catatan"),
}
CHOICES = {"responsible_role": ResponsibleRole, "competence": Competence}
DAYS = frozenset({"revoked_on", "certificate_until", "valid_from", "valid_until"})


def history_of(permit: Permit) -> list[Moment]:
    """Every change of the permit, newest first; one statement.

    Rows of a unit that the reader does not see are not shown to them: the audit keeps its walls.
    """
    # `staff:17` is member 17; the program and its owner have no number.
    actor = Concat(Value("staff:"), Cast("pk", TextField()), output_field=TextField())
    who = Staff.objects.annotate(as_actor=actor).filter(as_actor=OuterRef("actor"))
    kept = AuditRow.objects.filter(table=Permit._meta.db_table, row_pk=str(permit.pk))
    rows = kept.annotate(who=Subquery(who.values("display_name")[:1])).order_by("-id")[:MOST]
    told = [_moment(row, permit.place.timezone) for row in rows]
    return [one for one in told if one is not None]


def _moment(row: Any, zone: str) -> Moment | None:
    when = clock.format_instant(row.at, zone, get_language() or "id")
    who = row.who or ""
    if row.operation == "I":
        return Moment(when=when, what=_("Izin dicatat"), who=who, tone="done")
    lines = _changed(row.before or {}, row.after or {})
    if not lines:
        return None
    is_end = bool((row.after or {}).get("revoked_on")) and not (row.before or {}).get("revoked_on")
    what = _("Izin dicabut") if is_end else _("Diubah")
    return Moment(
        when=when, what=what, who=who, note="; ".join(lines), tone="bad" if is_end else ""
    )


def _changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    found = []
    for name, label in TOLD.items():
        was, now_is = before.get(name), after.get(name)
        if was == now_is:
            continue
        if name == "scan_sha256":
            found.append(str(_("pindaian diganti") if was else _("pindaian disimpan")))
        elif name == "coverage_change" or not was:
            found.append(f"{label}: {_said(name, now_is)}")
        else:
            found.append(f"{label}: {_said(name, was)} → {_said(name, now_is)}")
    return found


def _said(name: str, value: Any) -> str:
    if not value:
        return "–"
    if name in DAYS:
        return clock.format_date(date.fromisoformat(value), get_language() or "id")
    choices = CHOICES.get(name)
    return str(choices(value).label) if choices else str(value)
