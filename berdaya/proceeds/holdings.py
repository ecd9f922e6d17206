"""What sales and payouts hold about a person, what stands open, how long slips are kept."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext

from berdaya.core.clock import format_date
from berdaya.core.money import format_rp
from berdaya.core.verdicts import Reason, declare_reason
from berdaya.people.holdings import Section, declare_holding
from berdaya.people.models import Participant
from berdaya.people.retention import Purpose, Round, Tally, declare_purpose, kept_unnamed
from berdaya.people.ties import declare_standing
from berdaya.proceeds.models import ExitSettlement, Objection, PayoutLine, PremiShare, Slip

erasure_objection_open = declare_reason(
    "erasure_objection_open",
    _lazy("Keberatan premi orang ini belum dijawab."),
    next_step=_lazy("Jawab dulu keberatannya."),
)


def register() -> None:
    """Tell the copy, the erasing and the nightly round."""
    declare_holding("proceeds", premi_of)
    declare_standing("proceeds", objecting)
    declare_purpose(
        Purpose(
            "slips",
            _lazy("Slip premi dan daftar pembayaran"),
            _lazy("bulan slip"),
            _lazy("Tersimpan di bawah kode tanpa nama."),
            measure_slips,
        )
    )


def objecting(ids: list[int], day: date) -> Mapping[int, list[Reason]]:
    """Whose objection nobody has answered."""
    rows = Objection.objects.filter(participant_id__in=ids, answer__isnull=True).order_by()
    people = rows.values_list("participant_id", flat=True).distinct()
    return {person: [erasure_objection_open()] for person in people}


def measure_slips(night: Round) -> Tally:
    """Slips older than the law asks; no name is on their rows."""
    rows = Slip.objects.filter(facility=night.facility)
    old = rows.filter(month__lt=night.before).count() if night.before else 0
    return Tally(due=old, held={kept_unnamed.code: old} if old else {}, left=rows.count())


def premi_of(person: Participant, lang: str) -> Iterator[Section]:
    """Shares by year, slips, payouts and settlements on leaving, as far as this scope sees."""
    yield from (_shares(person), _slips(person), _payouts(person, lang), _exits(person, lang))


def _shares(person: Participant) -> Section:
    rows = PremiShare.objects.filter(participant=person)
    years = rows.annotate(year=ExtractYear("earned_on")).values_list("year").order_by("year")
    told = years.annotate(how_many=Count("pk"), total=Sum("amount_rp"))
    return Section(
        _("Bagian dari penjualan tiap tahun"),
        (_("Tahun"), _("Bagian"), pgettext("proceeds", "Jumlah")),
        tuple((str(year), str(count), format_rp(total)) for year, count, total in told),
        kinds=("left", "right", "right"),
    )


def _slips(person: Participant) -> Section:
    rows = Slip.objects.filter(participant=person).order_by("month")
    return Section(
        _("Slip premi"),
        (_("Kode"), _("Bulan"), pgettext("proceeds", "Jumlah")),
        tuple((row.code, f"{row.month:%m-%Y}", format_rp(row.earned_rp)) for row in rows),
        kinds=("left", "left", "right"),
    )


def _payouts(person: Participant, lang: str) -> Section:
    rows = PayoutLine.objects.filter(participant=person, is_withdrawn=False)
    return Section(
        _("Pembayaran premi"),
        (_("Daftar"), _("Cara"), _("Dibayar"), pgettext("proceeds", "Jumlah")),
        tuple(
            (row.run.code, str(row.get_channel_display()),
             format_date(row.paid_on, lang) if row.paid_on else "–", format_rp(row.amount_rp))
            for row in rows.select_related("run").order_by("run__prepared_on", "pk")
        ),
        kinds=("left", "left", "left", "right"),
    )  # fmt: skip


def _exits(person: Participant, lang: str) -> Section:
    rows = ExitSettlement.objects.filter(participant=person).order_by("left_on")
    return Section(
        _("Penyelesaian saat keluar"),
        (
            _("Nomor"), pgettext("proceeds", "Keluar"), _("Diterima oleh"),
            pgettext("proceeds", "Jumlah"),
        ),
        tuple(
            (row.code, format_date(row.left_on, lang), str(row.get_receiver_display()),
             format_rp(row.amount_rp))
            for row in rows
        ),
        kinds=("left", "left", "left", "right"),
    )  # fmt: skip
