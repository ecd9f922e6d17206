"""What we hold about a person, section by section, for the copy they may ask for (article 7).

Rooms above register their sections in `AppConfig.ready`. A section is asked for in the language of
the copy, inside the scope of whoever prints it, and only under a case of the person's own.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from berdaya.core.clock import format_date, format_instant
from berdaya.core.dated import DatedRow
from berdaya.people.models import (
    Consent,
    FitnessCertificate,
    OwnRequest,
    Participant,
    Placement,
    Restriction,
    RightsCase,
    RightsStep,
    Status,
    StatusPeriod,
    StepKind,
    WorkPlacement,
    line_label,
)


@dataclass(frozen=True)
class Section:
    """One table of the copy; without rows the paper says that nothing is held."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    kinds: tuple[str, ...] = ()


Provider = Callable[[Participant, str], Iterable[Section]]
_providers: dict[str, Provider] = {}


def declare_holding(name: str, provider: Provider) -> None:
    """Register what a room holds; given the person and the language (`id` or `en`)."""
    _providers[name] = provider


def sections_of(person: Participant, lang: str) -> list[Section]:
    """Everything held about the person but the sealed identity, lowest room first."""
    providers = sorted(_providers.values(), key=room_height)
    return [section for find in providers for section in find(person, lang)]


def room_height(function: Callable[..., object]) -> int:
    """How high the room stands that a function belongs to; this one and those below come first."""
    return -settings.ROOMS.index(function.__module__.split(".")[1])


def own_sections(person: Participant, lang: str) -> Iterator[Section]:
    """What this room holds: where, as what, on which papers, and who looked."""
    yield from (_placements(person, lang), _statuses(person, lang), _statements(person, lang))
    yield from (_fitness(person, lang), _work(person, lang), _restrictions(person, lang))
    yield from (_cases(person, lang), _openings(person, lang))


def _period(row: DatedRow, lang: str) -> tuple[str, str]:
    last = row.last_day
    return format_date(row.valid_from, lang), format_date(last, lang) if last else "–"


def _placements(person: Participant, lang: str) -> Section:
    rows = Placement.objects.filter(participant=person).select_related("facility")
    return Section(
        _("Penempatan"),
        (_("UPT"), _("Nomor kerja"), _("Berlaku mulai"), _("Sampai dengan")),
        tuple(
            (row.facility.name, row.work_number, *_period(row, lang))
            for row in rows.order_by("valid_from")
        ),
    )


def _statuses(person: Participant, lang: str) -> Section:
    rows = StatusPeriod.objects.filter(participant=person).order_by("valid_from")
    return Section(
        _("Status"),
        (_("Status"), _("Berlaku mulai"), _("Sampai dengan")),
        tuple((str(Status(row.status).label), *_period(row, lang)) for row in rows),
    )


def _statements(person: Participant, lang: str) -> Section:
    consents = Consent.objects.filter(participant=person).select_related("proof")
    requests = OwnRequest.objects.filter(participant=person).order_by("given_on")
    told = [(str(row.get_purpose_display()), row) for row in consents.order_by("given_on")]
    told += [(_("Permintaan sendiri untuk bekerja"), row) for row in requests]  # type: ignore[misc]
    return Section(
        _("Persetujuan dan permintaan"),
        (_("Untuk"), _("Diberikan"), _("Dicabut"), _("Pindaian")),
        tuple(
            (what, format_date(row.given_on, lang),
             format_date(row.withdrawn_on, lang) if row.withdrawn_on else "–",
             _("tersegel") if hasattr(row, "proof") else "–")
            for what, row in told
        ),
    )  # fmt: skip


def _fitness(person: Participant, lang: str) -> Section:
    rows = FitnessCertificate.objects.filter(participant=person).order_by("valid_from")
    return Section(
        _("Keterangan sehat"),
        (_("Hasil"), _("Pembatasan"), _("Berlaku mulai"), _("Sampai dengan")),
        tuple(
            (_("Layak bekerja") if row.is_fit else _("Belum layak bekerja"),
             row.restrictions or "–", *_period(row, lang))
            for row in rows
        ),
    )  # fmt: skip


def _work(person: Participant, lang: str) -> Section:
    rows = WorkPlacement.objects.filter(participant=person).order_by("valid_from")
    return Section(
        _("Penempatan kerja"),
        (_("Bidang"), _("Keputusan"), _("Berlaku mulai"), _("Sampai dengan")),
        tuple(
            (str(line_label(row.line_of_work)).capitalize(), row.decree_no, *_period(row, lang))
            for row in rows
        ),
    )


def _restrictions(person: Participant, lang: str) -> Section:
    rows = Restriction.objects.filter(participant=person).order_by("valid_from")
    return Section(
        _("Pembatasan pemakaian data"),
        (_("Alasan"), _("Berlaku mulai"), _("Sampai dengan")),
        tuple((str(row.get_ground_display()), *_period(row, lang)) for row in rows),
    )


def _cases(person: Participant, lang: str) -> Section:
    rows = RightsCase.objects.filter(participant=person).select_related("answer", "facility")
    return Section(
        _("Permohonan atas data"),
        (_("Nomor"), _("Hak"), _("Jawaban")),
        tuple(
            (row.code, str(row.get_kind_display()),
             str(row.answer.get_outcome_display()) if hasattr(row, "answer") else "–")
            for row in rows.order_by("received_at")
        ),
    )  # fmt: skip


def _openings(person: Participant, lang: str) -> Section:
    """Who looked under a case; openings for other purposes are told by whoever logs them."""
    rows = RightsStep.objects.filter(participant=person, kind=StepKind.OPENED)
    return Section(
        _("Siapa membuka data diri untuk menyusun salinan"),
        (pgettext("people", "Petugas"), _("Kapan")),
        tuple(
            (
                row.done_by.display_name,
                format_instant(row.done_at, row.facility.timezone, lang),
            )
            for row in rows.select_related("done_by", "facility").order_by("done_at")
        ),
    )
