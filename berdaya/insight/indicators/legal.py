"""The pillar Legal: goods with the permits their market asks for, and what is offered."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.catalog.queries import MARKET
from berdaya.insight.indicators.base import GOODS, LAST, LEGAL, PERCENT, Ground, Indicator, Part
from berdaya.insight.indicators.market import STEPS, shown_at_ends, to_market
from berdaya.insight.periods import after, first_of
from berdaya.legality.models import Permit, PermitKind
from berdaya.legality.queries.facts import facts_on_days
from berdaya.legality.rules.listing import may_list
from berdaya.stock.models import Lot

PAS, UMKM = _lazy("Ditjen Pemasyarakatan"), _lazy("Kementerian UMKM")
KINDS = ("nib", "pirt", "bpom", "halal", "merek", "ig", "sni")


def lots_lawful(ground: Ground) -> Iterator[Part]:
    """Lots that met what retail asked on the day they were made, of all lots made."""
    lots = Lot.objects.filter(facility=ground.facility, made_on__range=ground.days)
    rows = list(lots.values_list("variant_id", "made_on"))
    asked: dict[date, set[int]] = defaultdict(set)
    for variant, day in rows:
        asked[day].add(variant)
    facts = facts_on_days(asked, MARKET)
    made, lawful = dict.fromkeys(ground.period, 0), dict.fromkeys(ground.period, 0)
    for variant, day in rows:
        made[first_of(day)] += 1
        lawful[first_of(day)] += may_list(facts[variant, day]).ok
    for month in ground.period:
        yield Part(month, lawful[month], made[month])


def permits(ground: Ground) -> Iterator[Part]:
    """Permits of this place in force on the month's last day, by kind."""
    rows = Permit.objects.filter(place=ground.facility, valid_from__lt=ground.period.until)
    told = list(rows.values_list("kind__code", "valid_from", "valid_until", "revoked_on"))
    for month in ground.period:
        last = after(month)  # in force on the last day: over on the first of the next, or later
        kinds: dict[str, int] = defaultdict(int)
        for kind, begins, ends, revoked in told:
            if (
                begins < last
                and (ends is None or ends >= last)
                and not (revoked and revoked < last)
            ):
                kinds[kind] += 1
        yield Part(month, sum(kinds.values()))
        for kind, number in kinds.items():
            yield Part(month, number, part=kind)


def listings(ground: Ground) -> Iterator[Part]:
    """Listings approved and not withdrawn at the end of the month."""
    for month, shown in shown_at_ends(ground).items():
        yield Part(month, len(shown))


def permit_parts() -> dict[str, str]:
    """Kinds of permits as a disaggregation; needs the database."""
    return {kind.code: kind.label for kind in PermitKind.objects.all()}


INDICATORS = (
    Indicator(
        code="lots_lawful",
        pillar=LEGAL,
        title=_lazy("Lot yang lengkap izinnya"),
        definition=_lazy(
            "Bagian lot yang pada hari selesai dibuat memenuhi semua izin yang diminta pasar eceran"
            " untuk jenis barangnya. Lot jenis barang tanpa izin wajib ikut dihitung lengkap."
        ),
        numerator=_lazy("lot yang lengkap izinnya pada hari dibuat"),
        denominator=_lazy("semua lot yang dibuat"),
        unit=PERCENT,
        sources=("stock_lot", "legality_permit", "legality_permitproduct", "legality_requirement"),
        owner=UMKM,
        count=lots_lawful,
        told=GOODS,
    ),
    Indicator(
        code="permits",
        pillar=LEGAL,
        title=_lazy("Izin dan sertifikat yang berlaku"),
        definition=_lazy(
            "Izin dan sertifikat untuk tempat produksi ini yang berlaku pada hari terakhir bulan"
            " itu dan tidak dicabut. Untuk beberapa bulan: keadaan bulan terakhir."
        ),
        numerator=_lazy("izin dan sertifikat yang berlaku"),
        unit=pgettext_lazy("insight", "izin"),
        sources=("legality_permit",),
        owner=UMKM,
        count=permits,
        gather=LAST,
        told=GOODS,
        parts_title=_lazy("jenis izin"),
    ),
    Indicator(
        code="listings",
        pillar=LEGAL,
        title=_lazy("Barang yang tayang"),
        definition=_lazy(
            "Barang yang sudah disetujui tayang dan belum ditarik pada akhir bulan itu. Untuk"
            " beberapa bulan: keadaan bulan terakhir."
        ),
        numerator=_lazy("barang yang disetujui tayang dan tidak ditarik"),
        unit=_lazy("barang"),
        sources=("catalog_listingdecision", "catalog_listingwithdrawal"),
        owner=UMKM,
        count=listings,
        gather=LAST,
        told=GOODS,
    ),
    Indicator(
        code="to_market",
        pillar=LEGAL,
        title=_lazy("Jenis barang yang sampai ke pasar"),
        definition=_lazy(
            "Dari jenis barang yang lotnya dibuat dalam dua belas bulan sampai akhir bulan itu,"
            " yang izinnya lengkap untuk pasar eceran dan sedang tayang pada hari terakhirnya, dan"
            " yang terjual dalam dua belas bulan itu. Yang terjual di stan tanpa tayang tidak ikut."
            " Untuk beberapa bulan: keadaan bulan terakhir."
        ),
        numerator=_lazy("jenis barang yang lengkap izinnya, tayang, dan terjual"),
        denominator=_lazy("jenis barang yang dibuat"),
        unit=PERCENT,
        sources=(
            "stock_lot", "legality_permit", "legality_permitproduct", "legality_requirement",
            "catalog_listingdecision", "catalog_listingwithdrawal", "proceeds_saleline",
        ),
        owner=UMKM,
        count=to_market,
        gather=LAST,
        told=GOODS,
        steps=STEPS,
        tells_steps=True,
    ),
)  # fmt: skip
