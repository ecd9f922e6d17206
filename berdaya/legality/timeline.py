"""The permits of a place over the years, drawn as bars and read as a table."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.legality.models import Permit
from berdaya.legality.rules.permits import state_on
from berdaya.legality.tables import STATES
from berdaya.look.charts import Span, Spans


def timeline_of(rows: Iterable[Permit], today: date) -> Spans:
    """A bar a permit, a renewal below what it renews; `rows` have their kind loaded."""
    permits = in_chains(rows)
    heads = (_("Izin"), _("Berlaku mulai"), _("Berlaku sampai"), _("Keadaan"))
    return Spans(
        key="izin",
        title=_("Masa berlaku izin dan sertifikat"),
        spans=tuple(_span(row, today) for row in permits),
        today=today,
        heads=heads,
        links={str(row.pk): reverse("legality:permit", args=[row.pk]) for row in permits},
    )


def in_chains(rows: Iterable[Permit]) -> list[Permit]:
    """By kind, then each permit followed by its renewals; the earliest first."""
    known = {row.pk: row for row in rows}

    def root(row: Permit) -> Permit:
        while row.predecessor_id in known:
            row = known[row.predecessor_id]
        return row

    def place(row: Permit) -> tuple[int, date, int, date, int]:
        first = root(row)
        return row.kind.position, first.valid_from, first.pk, row.valid_from, row.pk

    return sorted(known.values(), key=place)


def _span(row: Permit, today: date) -> Span:
    state = STATES[state_on(today, row.valid_from, row.valid_until, row.revoked_on)]
    # A revoked permit ended on that day, whatever its paper says.
    until = min((day for day in (row.valid_until, row.revoked_on) if day), default=None)
    lang = get_language() or "id"
    first = clock.format_date(row.valid_from, lang)
    last = clock.format_date(row.last_day, lang) if row.last_day else _("tanpa batas")
    return Span(
        code=str(row.pk),
        label=name_of(row),
        first=row.valid_from,
        until=until if until is None or until > row.valid_from else row.valid_from,
        says=f"{first} – {last}, {state.label}",
        note=str(state.label),
        tone=state.tone,
    )


def name_of(row: Permit) -> str:
    """Its number with its kind, said once: a P-IRT begins with its own name."""
    return row.number if row.kind.code == "spp_irt" else f"{row.kind.label} {row.number}"
