"""The pillar Terlindungi: consent, fitness, safety, premi in time, promises kept."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _lazy

from berdaya.insight.indicators.base import (
    DAYS,
    GOODS,
    PERCENT,
    PROTECTED,
    Ground,
    Indicator,
    Part,
    by_month,
)
from berdaya.insight.indicators.legal import PAS, UMKM
from berdaya.insight.periods import first_of
from berdaya.orders.models import Shipment
from berdaya.people.models import Breach, Consent, ConsentPurpose, FitnessCertificate
from berdaya.proceeds.models import PremiShare
from berdaya.proceeds.models.payouts import PAID_OUT
from berdaya.workshop.models import Incident, Severity


def _holding(ground: Ground, rows: Any, begins: str, ends: str) -> Iterator[Part]:
    """Of those who worked in a month, who had such a row in force on their last day of work."""
    people = {person for days in ground.last_days.values() for person in days}
    held: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for person, start, end in rows.filter(participant__in=people).values_list(
        "participant_id", begins, ends
    ):
        held[person].append((start, end))
    for month, days in ground.last_days.items():
        kept = sum(
            any(start <= day and (end is None or end > day) for start, end in held[person])
            for person, day in days.items()
        )
        yield Part(month, kept, len(days), people=kept)


def consenting(ground: Ground) -> Iterator[Part]:
    """People at work whose consent held on their last day of work in the month."""
    rows = Consent.objects.filter(purpose=ConsentPurpose.WORK)
    return _holding(ground, rows, "given_on", "withdrawn_on")


def fit(ground: Ground) -> Iterator[Part]:
    """People at work who had a certificate of fitness on their last day of work in the month."""
    rows = FitnessCertificate.objects.filter(is_fit=True)
    return _holding(ground, rows, "valid_from", "valid_until")


def incidents(ground: Ground) -> Iterator[Part]:
    """Incidents by severity."""
    rows = Incident.objects.filter(facility=ground.facility, happened_on__range=ground.days)
    counts: dict[date, dict[str, int]] = {month: defaultdict(int) for month in ground.period}
    for day, severity in rows.values_list("happened_on", "severity"):
        counts[first_of(day)][severity] += 1
    for month, found in counts.items():
        yield Part(month, sum(found.values()))
        for severity, number in found.items():
            yield Part(month, number, part=severity)


def payout_wait(ground: Ground) -> Iterator[Part]:
    """Days from the day a share was final to the day it was paid, over the shares paid."""
    lines = PremiShare.objects.filter(facility=ground.facility, released_on__isnull=False)
    at_once = lines.filter(
        payout_line__is_withdrawn=False,
        payout_line__channel__in=PAID_OUT,
        payout_line__paid_on__range=ground.days,
    ).values_list("released_on", "payout_line__paid_on")
    later = lines.filter(payout_line__completion__paid_on__range=ground.days).values_list(
        "released_on", "payout_line__completion__paid_on"
    )
    waited = [(first_of(paid), max((paid - final).days, 0)) for final, paid in [*at_once, *later]]
    shares = by_month(ground.period, ((month, 1) for month, _days in waited))
    for month, days in by_month(ground.period, waited).items():
        yield Part(month, days, shares[month])


def orders_on_time(ground: Ground) -> Iterator[Part]:
    """Made-to-order orders handed over by the day first promised, of those handed over."""
    rows = (
        Shipment.objects.filter(facility=ground.facility, handed_on__range=ground.days)
        .annotate(promised=Max("order__lines__ready_by"))
        .filter(promised__isnull=False)
        .values_list("handed_on", "promised")
    )
    kept = [(first_of(handed), int(handed <= promised)) for handed, promised in rows]
    orders = by_month(ground.period, ((month, 1) for month, _kept in kept))
    for month, number in by_month(ground.period, kept).items():
        yield Part(month, number, orders[month])


def data_failures(ground: Ground) -> Iterator[Part]:
    """Failures to protect data, by the day they were noticed."""
    start, until = ground.instants
    rows = Breach.objects.filter(
        facility=ground.facility, noticed_at__gte=start, noticed_at__lt=until
    )
    months = [(ground.month_of(at), 1) for at in rows.values_list("noticed_at", flat=True)]
    for month, number in by_month(ground.period, months).items():
        yield Part(month, number)


INDICATORS = (
    Indicator(
        code="consenting",
        pillar=PROTECTED,
        title=_lazy("Bekerja dengan kesediaan"),
        definition=_lazy(
            "Bagian orang yang bekerja dalam bulan itu yang surat kesediaan kerjanya berlaku pada"
            " hari kerja terakhirnya di bulan itu."
        ),
        numerator=_lazy("orang yang kesediaannya berlaku"),
        denominator=_lazy("orang yang bekerja"),
        unit=PERCENT,
        sources=("workshop_worklog", "people_consent"),
        owner=PAS,
        count=consenting,
    ),
    Indicator(
        code="fit",
        pillar=PROTECTED,
        title=_lazy("Bekerja dengan surat sehat"),
        definition=_lazy(
            "Bagian orang yang bekerja dalam bulan itu yang surat keterangan layak kerjanya berlaku"
            " pada hari kerja terakhirnya di bulan itu."
        ),
        numerator=_lazy("orang yang surat sehatnya berlaku"),
        denominator=_lazy("orang yang bekerja"),
        unit=PERCENT,
        sources=("workshop_worklog", "people_fitnesscertificate"),
        owner=PAS,
        count=fit,
    ),
    Indicator(
        code="incidents",
        pillar=PROTECTED,
        title=_lazy("Kejadian keselamatan kerja"),
        definition=_lazy("Kejadian di bengkel menurut hari kejadiannya, yang ringan pun dihitung."),
        numerator=_lazy("kejadian yang dicatat"),
        unit=_lazy("kejadian"),
        sources=("workshop_incident",),
        owner=PAS,
        count=incidents,
        parts=dict(Severity.choices),
        parts_title=_lazy("berat ringannya"),
        is_less_better=True,
    ),
    Indicator(
        code="payout_wait",
        pillar=PROTECTED,
        title=_lazy("Hari menunggu premi dibayar"),
        definition=_lazy(
            "Rata-rata hari dari premi menjadi final sampai dibayarkan ke tabungan, uang elektronik"
            " atau Register D, untuk bagian premi yang dibayar dalam bulan itu."
        ),
        numerator=_lazy("jumlah hari menunggu"),
        denominator=_lazy("bagian premi yang dibayar"),
        unit=DAYS,
        sources=("proceeds_premishare", "proceeds_payoutline", "proceeds_payoutcompletion"),
        owner=PAS,
        count=payout_wait,
        is_less_better=True,
    ),
    Indicator(
        code="orders_on_time",
        pillar=PROTECTED,
        title=_lazy("Pesanan siap pada hari yang dijanjikan"),
        definition=_lazy(
            "Bagian pesanan buat dahulu yang diserahkan paling lambat pada hari yang pertama kali"
            " dijanjikan, menurut bulan penyerahannya. Janji yang diundur tetap dihitung lewat."
        ),
        numerator=_lazy("pesanan yang diserahkan tepat waktu"),
        denominator=_lazy("pesanan buat dahulu yang diserahkan"),
        unit=PERCENT,
        sources=("orders_shipment", "orders_orderline"),
        owner=UMKM,
        count=orders_on_time,
        told=GOODS,
    ),
    Indicator(
        code="data_failures",
        pillar=PROTECTED,
        title=_lazy("Kegagalan pelindungan data"),
        definition=_lazy("Kegagalan pelindungan data pribadi menurut hari diketahuinya."),
        numerator=_lazy("kegagalan yang dicatat"),
        unit=_lazy("kejadian"),
        sources=("people_breach",),
        owner=PAS,
        count=data_failures,
        is_less_better=True,
    ),
)
