"""The purposes for which something is kept; rooms above register theirs in `AppConfig.ready`.

A purpose says from what its time is counted and measures, for one facility and one night, how many
rows are due. What may go without a person's word goes in the measuring itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.core.models import AuditRow
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Reason, declare_reason
from berdaya.institutions.models import Facility
from berdaya.people.calc import months_after
from berdaya.people.holdings import room_height
from berdaya.people.models import (
    Consent,
    FitnessCertificate,
    RetentionProposal,
    RetentionRule,
    RightsStep,
)
from berdaya.people.models.participants import Placement
from berdaya.people.rights import with_identity

kept_append_only = declare_reason(
    "kept_append_only",
    _lazy("Catatan ini tidak dapat dihapus oleh program; nama tidak ada di dalamnya."),
    next_step=_lazy("Pemusnahan diputuskan Direktorat Jenderal menurut jadwal arsip."),
)
kept_waits_notice = declare_reason(
    "kept_waits_notice",
    _lazy("Diusulkan, menunggu orang kedua atau akhir masa pemberitahuan."),
    next_step=_lazy("Kepala UPT memutuskan di halaman masa simpan."),
)
kept_on_word = declare_reason(
    "kept_on_word",
    _lazy("Ditahan oleh kepala UPT sampai tanggal yang dicatat."),
    next_step=_lazy("Tunggu tanggalnya."),
)
kept_paid_lately = declare_reason(
    "kept_paid_lately",
    _lazy("Pembayaran terakhirnya belum selama masa simpan."),
    next_step=_lazy("Tunggu sampai masa itu lewat."),
)
kept_unnamed = declare_reason(
    "kept_unnamed",
    _lazy("Tersimpan di bawah kode; orangnya sudah atau akan dihapus tersendiri."),
    next_step=_lazy("Tidak ada yang perlu dilakukan."),
)


@dataclass(frozen=True)
class Round:
    """One night at one facility for one purpose; `before`: what ended earlier is due, if ever."""

    by: Actor
    facility: Facility
    today: date
    months: int | None

    @property
    def before(self) -> date | None:
        return months_after(self.today, -self.months) if self.months else None


@dataclass(frozen=True)
class Tally:
    """Rows due this night, done with, held back (reason code -> rows), and left kept after it."""

    due: int = 0
    done: int = 0
    held: Mapping[str, int] = field(default_factory=dict)
    left: int = 0


@dataclass(frozen=True)
class Purpose:
    """Why something is kept, from what its time is counted, and what then happens to it."""

    code: str
    label: str | Promise
    counted_from: str | Promise
    afterwards: str | Promise
    measure: Callable[[Round], Tally]


_purposes: dict[str, Purpose] = {}


def declare_purpose(purpose: Purpose) -> None:
    """Register a purpose; a second one of its code replaces it."""
    _purposes[purpose.code] = purpose


def purposes() -> Mapping[str, Purpose]:
    """Every purpose by code, those of the lowest room first."""
    rows = sorted(_purposes.values(), key=lambda one: room_height(one.measure))
    return {one.code: one for one in rows}


def rules_on(day: date) -> dict[str, RetentionRule]:
    """The rule of each purpose that holds on that day."""
    return {rule.purpose: rule for rule in RetentionRule.objects.on(day)}


def kept_for(held: Reason) -> "Callable[[int, int], Tally]":
    """A tally of rows of which the due ones are held back by one and the same reason."""

    def tally(due: int, kept: int) -> Tally:
        return Tally(due=due, held={held.code: due} if due else {}, left=kept)

    return tally


def due_identities(facility_id: int, before: date) -> QuerySet[Any]:
    """Identities of people nowhere placed whose last placement ended by that day, oldest first."""
    held = Placement.objects.filter(participant=OuterRef("participant"))
    last = held.order_by("-valid_from").values("valid_until")[:1]
    rows = with_identity().filter(facility_id=facility_id)
    return rows.annotate(ended_on=Subquery(last)).filter(ended_on__lte=before).order_by("ended_on")


def open_proposals(facility_ids: "frozenset[int] | list[int]") -> QuerySet[RetentionProposal]:
    """Proposals that nobody has decided and whose notice runs."""
    return RetentionProposal.objects.filter(facility_id__in=facility_ids, decision__isnull=True)


def measure_consents(night: Round) -> Tally:
    """Proof of consent: five years after it was taken back; it stands under a code."""
    rows = Consent.objects.filter(facility=night.facility)
    gone = rows.filter(withdrawn_on__lte=night.before) if night.before else rows.none()
    return kept_for(kept_unnamed)(gone.count(), rows.count())


def measure_fitness(night: Round) -> Tally:
    """Certificates of fitness after they ended; they stand under a code."""
    rows = FitnessCertificate.objects.filter(facility=night.facility)
    gone = rows.filter(valid_until__lte=night.before) if night.before else rows.none()
    return kept_for(kept_unnamed)(gone.count(), rows.count())


def measure_openings(night: Round) -> Tally:
    """Who looked: kept as long as somebody may ask."""
    rows = RightsStep.objects.filter(facility=night.facility)
    start = clock.start_of(night.before, night.facility.timezone) if night.before else None
    gone = rows.filter(done_at__lt=start) if start else rows.none()
    return kept_for(kept_append_only)(gone.count(), rows.count())


def measure_audit(night: Round) -> Tally:
    """Audit rows: append-only, chained by day, names masked when they were written."""
    rows = AuditRow.objects.filter(facility_id=night.facility.pk)
    start = clock.start_of(night.before, night.facility.timezone) if night.before else None
    gone = rows.filter(at__lt=start) if start else rows.none()
    return kept_for(kept_append_only)(gone.count(), rows.count())
