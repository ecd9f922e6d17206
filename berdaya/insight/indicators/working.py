"""The pillar Berdaya, people: who works, who learns, and the ministry's own ways to count it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Min, Sum
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.insight.indicators.base import (
    BY_FAMILY,
    EMPOWERED,
    MEAN,
    PEOPLE,
    PERCENT,
    PERSONS,
    Ground,
    Indicator,
    Part,
    by_month,
)
from berdaya.insight.indicators.legal import PAS
from berdaya.insight.periods import after, first_of
from berdaya.people.models import Placement, Status, StatusPeriod
from berdaya.training.models import Attendance, CertificateDecision
from berdaya.training.models import Mark as LessonMark
from berdaya.training.models.certificates import Outcome
from berdaya.workshop.models import LabourStatus, WorkLog
from berdaya.workshop.published import FAMILIES, Minutes, true_counts


def makers(ground: Ground) -> Iterator[Part]:
    """People present at least once, each in the family in which they worked longest."""
    for month in ground.period:
        rows = [
            Minutes(one.participant_id, one.line_of_work, one.minutes)
            for one in ground.work
            if one.month == month
        ]
        counts = true_counts(rows)
        yield Part(month, sum(counts.values()), people=sum(counts.values()))
        for family, number in counts.items():
            yield Part(month, number, part=family, people=number)


def hours(ground: Ground) -> Iterator[Part]:
    """Hours of everybody at work, and the minutes of each day."""
    rows = WorkLog.objects.filter(facility=ground.facility, day__range=ground.days, mark="present")
    sums = rows.values_list("day").annotate(total=Sum("minutes")).order_by()
    minutes = {day: total or 0 for day, total in sums}
    for month, people in ground.last_days.items():
        length = (after(month) - month).days
        days = tuple(minutes.get(month + timedelta(days=number), 0) for number in range(length))
        told = (Decimal(sum(days)) / 60).quantize(Decimal("0.001"))
        yield Part(month, told, people=len(people), days=days)


def placed_by_month(ground: Ground, statuses: tuple[str, ...] = ()) -> dict[date, int]:
    """People placed here on at least one day of each month; of these statuses where named."""
    rows = Placement.objects.overlapping(ground.period.start, ground.period.until).filter(
        facility=ground.facility
    )
    stays = list(rows.values_list("participant_id", "valid_from", "valid_until"))
    held: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    if statuses:
        periods = StatusPeriod.objects.filter(
            participant__in={one[0] for one in stays}, status__in=statuses
        )
        for person, start, end in periods.values_list("participant", "valid_from", "valid_until"):
            held[person].append((start, end))
    return {
        month: len(
            {
                person
                for person, start, end in stays
                if _touches(month, start, end)
                and (not statuses or any(_touches(month, *one) for one in held[person]))
            }
        )
        for month in ground.period
    }


def _touches(month: date, start: date, end: date | None) -> bool:
    return start < after(month) and (end is None or end > month)


def working_share(ground: Ground) -> Iterator[Part]:
    """Of the people placed here in the month, those who worked."""
    placed = placed_by_month(ground)
    for month, days in ground.last_days.items():
        yield Part(month, len(days), placed[month], people=len(days))


def working_share_official(ground: Ground) -> Iterator[Part]:
    """Convicts at work, of those in the open programme (SAE) that month."""
    open_site, everybody = defaultdict(set), defaultdict(set)
    for one in ground.work:
        everybody[one.month].add(one.participant_id)
        if one.labour_status == LabourStatus.SAE:
            open_site[one.month].add(one.participant_id)
    for month in ground.period:
        mine = everybody[month] & open_site[month]
        yield Part(month, len(mine), len(open_site[month]), people=len(mine))


def trained(ground: Ground) -> Iterator[Part]:
    """Enrolments whose first attended day lies in the month: each counts once for good."""
    rows = (
        Attendance.objects.filter(facility=ground.facility, mark=LessonMark.PRESENT)
        .values_list("enrolment_id", "participant_id")
        .annotate(first=Min("day"))
        .filter(first__range=ground.days)
        .order_by()
    )
    found: dict[date, list[int]] = {month: [] for month in ground.period}
    for _enrolment, person, first in rows:
        found[first_of(first)].append(person)
    for month, people in found.items():
        yield Part(month, len(people), people=len(set(people)))


def _certificates(ground: Ground) -> dict[date, int]:
    start, until = ground.instants
    rows = CertificateDecision.objects.filter(
        facility=ground.facility,
        outcome=Outcome.APPROVED,
        decided_at__gte=start,
        decided_at__lt=until,
    )
    months = ((ground.month_of(at), 1) for at in rows.values_list("decided_at", flat=True))
    return by_month(ground.period, months)


def certified(ground: Ground) -> Iterator[Part]:
    """Certificates approved in the month."""
    for month, number in _certificates(ground).items():
        yield Part(month, number, people=number)


def certified_official(ground: Ground) -> Iterator[Part]:
    """Certificates approved in the month, of the convicts placed here."""
    convicts = placed_by_month(ground, (Status.CONVICT,))
    for month, number in _certificates(ground).items():
        yield Part(month, number, convicts[month], people=number)


LAKIP = _lazy("Rumus laporan kinerja UPT (LAKIP) 2022; perlu konfirmasi")
INDICATORS = (
    Indicator(
        code="makers",
        pillar=EMPOWERED,
        title=_lazy("Orang yang ikut bekerja"),
        definition=_lazy(
            "Orang yang paling sedikit sekali hadir di bengkel dalam bulan itu, masing-masing"
            " sekali, dalam jenis pekerjaan yang paling lama dikerjakannya. Yang pindah UPT dalam"
            " bulan itu dihitung di keduanya. Untuk beberapa bulan: rata-rata sebulan."
        ),
        numerator=_lazy("orang yang hadir bekerja"),
        unit=PERSONS,
        sources=("workshop_worklog",),
        owner=PAS,
        count=makers,
        gather=MEAN,
        told=BY_FAMILY,
        parts=dict(FAMILIES),
        parts_title=_lazy("jenis pekerjaan"),
    ),
    Indicator(
        code="hours",
        pillar=EMPOWERED,
        title=_lazy("Jam kerja"),
        definition=_lazy(
            "Jam kerja semua orang yang hadir di bengkel, menurut hari kerjanya; jam istirahat"
            " tidak ikut karena tidak ditulis pada daftar hadir."
        ),
        numerator=_lazy("jam kerja yang ditulis pada daftar hadir"),
        unit=pgettext_lazy("insight", "jam"),
        sources=("workshop_worklog",),
        owner=PAS,
        count=hours,
    ),
    Indicator(
        code="working_share",
        pillar=EMPOWERED,
        title=_lazy("Bagian penghuni yang bekerja"),
        definition=_lazy(
            "Orang yang bekerja dalam bulan itu dibanding semua orang yang dalam bulan itu paling"
            " sedikit satu hari ditempatkan di UPT ini, menurut catatan program ini."
        ),
        numerator=_lazy("orang yang bekerja"),
        denominator=_lazy("orang yang ditempatkan di UPT"),
        unit=PERCENT,
        sources=("workshop_worklog", "people_placement"),
        owner=PAS,
        count=working_share,
    ),
    Indicator(
        code="working_share_official",
        pillar=EMPOWERED,
        title=_lazy("Narapidana yang bekerja dan produktif (rumus LAKIP)"),
        definition=_lazy(
            "Orang yang bekerja dibanding orang yang ikut program asimilasi. Di sini asimilasi"
            " dibaca dari hadir di luar tembok (SAE) dalam bulan itu."
        ),
        numerator=_lazy("orang SAE yang bekerja"),
        denominator=_lazy("orang yang ikut SAE"),
        unit=PERCENT,
        sources=("workshop_worklog",),
        owner=PAS,
        count=working_share_official,
        official=True,
        beside="working_share",
        differs=_lazy(
            "Rumus ini membagi dengan peserta asimilasi saja, jadi hampir selalu seratus persen dan"
            " tidak berkata apa-apa tentang penghuni yang belum mendapat pekerjaan. Rumus kami"
            " membagi dengan semua penghuni."
        ),
        legal_basis=LAKIP,
        valid_from=date(2022, 1, 1),
    ),
    Indicator(
        code="trained",
        pillar=EMPOWERED,
        title=_lazy("Mulai ikut pelatihan"),
        definition=_lazy(
            "Keikutsertaan pelatihan menurut bulan hari hadir pertamanya. Seorang yang ikut dua"
            " pelatihan dihitung dua kali; yang mendaftar tetapi tidak pernah hadir tidak dihitung."
        ),
        numerator=_lazy("peserta yang pertama kali hadir"),
        unit=PERSONS,
        sources=("training_attendance",),
        owner=PAS,
        count=trained,
        told=PEOPLE,
        told_definition=_lazy(
            "Peserta yang paling sedikit sekali hadir pada sesi pelatihan yang selesai dalam bulan"
            " itu, dibulatkan ke kelipatan lima untuk tiap sesi, lalu dijumlahkan. Sesi dengan"
            " kurang dari lima peserta tidak dihitung."
        ),
    ),
    Indicator(
        code="certified",
        pillar=EMPOWERED,
        title=_lazy("Sertifikat pelatihan"),
        definition=_lazy("Sertifikat pelatihan menurut bulan disetujuinya."),
        numerator=_lazy("sertifikat yang disetujui"),
        unit=_lazy("sertifikat"),
        sources=("training_certificatedecision",),
        owner=PAS,
        count=certified,
        told=PEOPLE,
        told_definition=_lazy(
            "Orang yang sertifikatnya disetujui dalam bulan sertifikat pertama sesinya, dibulatkan"
            " ke kelipatan lima untuk tiap sesi, lalu dijumlahkan. Yang menyusul tidak dihitung."
        ),
    ),
    Indicator(
        code="certified_official",
        pillar=EMPOWERED,
        title=_lazy("Narapidana bersertifikat (rumus LAKIP)"),
        definition=_lazy(
            "Sertifikat yang disetujui dalam bulan itu dibanding narapidana yang dalam bulan itu"
            " ditempatkan di UPT ini."
        ),
        numerator=_lazy("sertifikat yang disetujui"),
        denominator=_lazy("narapidana yang ditempatkan di UPT"),
        unit=PERCENT,
        sources=("training_certificatedecision", "people_placement", "people_statusperiod"),
        owner=PAS,
        count=certified_official,
        official=True,
        beside="certified",
        differs=_lazy(
            "Rumus ini membagi dengan semua narapidana, juga yang tidak ikut pelatihan. Rumus kami"
            " menghitung sertifikatnya saja; perbandingan antar-UPT dibaca per pembuat."
        ),
        legal_basis=LAKIP,
        valid_from=date(2022, 1, 1),
    ),
)
