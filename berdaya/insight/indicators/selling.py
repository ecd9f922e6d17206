"""The pillar Berdaya, goods and money: made, sold, paid to makers, deposited, machines in use."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.equipment.calc import together
from berdaya.equipment.models import Equipment
from berdaya.equipment.queries import use_of
from berdaya.insight.indicators.base import (
    BEHIND,
    EMPOWERED,
    GOODS,
    PERCENT,
    RUPIAH,
    Ground,
    Indicator,
    Part,
    by_month,
    sets_by_month,
)
from berdaya.insight.indicators.legal import PAS, UMKM
from berdaya.insight.periods import after, first_of
from berdaya.proceeds.models import (
    Allocation,
    ExitSettlement,
    PayoutCompletion,
    PayoutLine,
    PnbpDeposit,
    PnbpDepositLine,
    PremiShare,
    Refund,
    RefundPart,
    Sale,
    SaleKind,
    SaleLine,
    Slip,
)
from berdaya.proceeds.models.payouts import PAID_OUT
from berdaya.workshop.models import BatchClosing, BatchWeight

# Into what the money of sales goes (proceeds/calc.py), beside the amount itself and what was lost.
DIVISION = {
    "amount": pgettext_lazy("insight", "Penjualan"),
    "loss": pgettext_lazy("insight", "Rugi, ditutup modal"),
    "tax": pgettext_lazy("insight", "Pajak"),
    "fee": pgettext_lazy("insight", "Biaya pembayaran"),
    "material": pgettext_lazy("insight", "Bahan"),
    "packing": pgettext_lazy("insight", "Kemasan"),
    "makers": pgettext_lazy("insight", "Pembuat"),
    "capital": pgettext_lazy("insight", "Modal kerja"),
    "state": pgettext_lazy("insight", "Negara (PNBP)"),
    "cooperative": pgettext_lazy("insight", "Koperasi"),
    "undivided": pgettext_lazy("insight", "Belum dibagi"),
}


def _with_parts(
    ground: Ground, rows: Iterable[tuple[date, str, Decimal | int]], people: dict[date, set[int]]
) -> Iterator[Part]:
    """The whole of each month with how many people stand behind it, and its parts."""
    found: dict[date, dict[str, Decimal | int]] = {month: {} for month in ground.period}
    for day, part, number in rows:
        parts = found[first_of(day)]
        parts[part] = parts.get(part, 0) + number
    for month, parts in found.items():
        yield Part(month, sum(parts.values()), people=len(people.get(month, ())))
        for part, number in parts.items():
            if part:
                yield Part(month, number, part=part)


def made(ground: Ground) -> Iterator[Part]:
    """Good pieces of the batches closed, in the unit in which each variant is sold."""
    closings = BatchClosing.objects.filter(facility=ground.facility, closed_on__range=ground.days)
    rows = closings.values_list("closed_on", "batch__variant__measure__code").annotate(
        total=Sum("good_qty")
    )
    weights = BatchWeight.objects.filter(
        facility=ground.facility, batch__closing__closed_on__range=ground.days
    ).values_list("batch__closing__closed_on", "participant_id")
    behind = sets_by_month((first_of(day), person) for day, person in weights)
    return _with_parts(ground, rows.order_by(), behind)


def _behind_sales(ground: Ground) -> dict[date, set[int]]:
    rows = PremiShare.objects.filter(
        facility=ground.facility, allocation__sale__sold_on__range=ground.days
    ).values_list("allocation__sale__sold_on", "participant_id")
    return sets_by_month((first_of(day), person) for day, person in rows.distinct())


def sold(ground: Ground) -> Iterator[Part]:
    """Sales by the day of hand-over, less what was given back by the day of the refund."""
    sales = Sale.objects.filter(facility=ground.facility, sold_on__range=ground.days)
    rows = list(sales.values_list("sold_on", "kind").annotate(total=Sum("amount_rp")).order_by())
    refunds = Refund.objects.filter(facility=ground.facility, refunded_on__range=ground.days)
    back = refunds.values_list("refunded_on", "sale__kind").annotate(total=Sum("amount_rp"))
    rows += [(day, kind, -total) for day, kind, total in back.order_by()]
    return _with_parts(ground, rows, _behind_sales(ground))


def makers_share(ground: Ground) -> Iterator[Part]:
    """What of the sales is the makers', by the division frozen on each; and every other part.

    Amount + loss = the sum of all parts, as in the allocations and what refunds took of them.
    """
    here, days = ground.facility, ground.days
    sums = {name: Sum(f"{name}_rp") for name in DIVISION}
    sold = Allocation.objects.filter(facility=here, sale__sold_on__range=days).order_by()
    back = RefundPart.objects.filter(facility=here, refund__refunded_on__range=days).order_by()
    taken = (
        (sold.values_list("sale__sold_on").annotate(**sums), 1),
        (back.values_list("refund__refunded_on").annotate(**sums), -1),
    )
    found = {month: dict.fromkeys(DIVISION, 0) for month in ground.period}
    for rows, sign in taken:
        for day, *amounts in rows:
            month = found[first_of(day)]
            for name, amount in zip(DIVISION, amounts, strict=True):
                month[name] += sign * amount
    people = _behind_sales(ground)
    for month, told in found.items():
        whole = told["amount"]
        yield Part(month, told["makers"], whole, people=len(people.get(month, ())))
        for name, amount in told.items():
            if amount:
                yield Part(month, amount, whole, part=name)


def sold_pieces(ground: Ground) -> Iterator[Part]:
    """Pieces handed over by the day of the sale, less what came back by the day of the refund."""
    facility, days = ground.facility, ground.days
    lines = SaleLine.objects.filter(facility=facility, sale__sold_on__range=days)
    back = RefundPart.objects.filter(facility=facility, refund__refunded_on__range=days)
    rows = list(lines.values_list("sale__sold_on").annotate(total=Sum("qty")).order_by())
    rows += [
        (day, -total)
        for day, total in back.values_list("refund__refunded_on")
        .annotate(total=Sum("returned_qty"))
        .order_by()
    ]
    return _with_parts(ground, ((day, "", qty) for day, qty in rows), _behind_sales(ground))


def paid(ground: Ground) -> Iterator[Part]:
    """Premi that reached people: payout lines paid, those that waited, and what was settled at
    leaving."""
    facility, days = ground.facility, ground.days
    lines = PayoutLine.objects.filter(
        facility=facility, is_withdrawn=False, channel__in=PAID_OUT, paid_on__range=days
    ).values_list("paid_on", "participant_id", "amount_rp")
    later = PayoutCompletion.objects.filter(
        facility=facility, paid_on__range=days, exit_settlement__isnull=True
    ).values_list("paid_on", "participant_id", "line__amount_rp")
    left = ExitSettlement.objects.annotate(paid_on=Coalesce("settled_on", "left_on"))
    exits = left.filter(facility=facility, paid_on__range=days).values_list(
        "paid_on", "participant_id", "amount_rp"
    )
    rows = [(first_of(day), person, amount) for day, person, amount in [*lines, *later, *exits]]
    people = sets_by_month((month, person) for month, person, _amount in rows)
    for month, total in by_month(ground.period, ((one[0], one[2]) for one in rows)).items():
        yield Part(month, total, people=len(people[month]))


def premi_per_maker(ground: Ground) -> Iterator[Part]:
    """Premi earned in the month, over those who earned any."""
    rows = (
        PremiShare.objects.filter(facility=ground.facility, earned_on__range=ground.days)
        .values_list("earned_on", "participant_id")
        .annotate(total=Sum("amount_rp"))
        .order_by()
    )
    told = [(first_of(day), person, total) for day, person, total in rows]
    people = sets_by_month((month, person) for month, person, _total in told)
    for month, total in by_month(ground.period, ((one[0], one[2]) for one in told)).items():
        yield Part(month, total, len(people[month]), people=len(people[month]))


def premi_floor_official(ground: Ground) -> Iterator[Part]:
    """Slips of the month that reach the monthly floor in force, of all slips with a floor."""
    rows = Slip.objects.filter(facility=ground.facility, month__range=ground.days, floor_rp__gt=0)
    slips = list(rows.values_list("month", "earned_rp", "floor_rp"))
    reached = [(first_of(month), int(earned >= floor)) for month, earned, floor in slips]
    told = by_month(ground.period, ((month, 1) for month, _yes in reached))
    for month, number in by_month(ground.period, reached).items():
        yield Part(month, number, told[month], people=number)


def deposited(ground: Ground) -> Iterator[Part]:
    """PNBP deposited, by the day of the deposit."""
    facility, days = ground.facility, ground.days
    rows = PnbpDeposit.objects.filter(facility=facility, deposited_on__range=days)
    people = PnbpDepositLine.objects.filter(
        facility=facility, deposit__deposited_on__range=days
    ).values_list("deposit__deposited_on", "sale__allocations__shares__participant_id")
    behind = sets_by_month((first_of(day), person) for day, person in people.distinct() if person)
    amounts = ((first_of(day), rp) for day, rp in rows.values_list("deposited_on", "amount_rp"))
    for month, total in by_month(ground.period, amounts).items():
        yield Part(month, total, people=len(behind[month]))


def equipment_use(ground: Ground) -> Iterator[Part]:
    """Open hours of the machines kept here that were booked and approved."""
    rows = Equipment.objects.filter(facility=ground.facility).select_related("facility")
    machines = list(rows.order_by("pk"))
    first, last = ground.days
    used = use_of(machines, first, last) if machines else {}
    for month in ground.period:
        whole = together(
            use
            for one in machines
            for day, use in used[one.pk].items()
            if month <= day < after(month) and day >= one.registered_on
        )
        yield Part(month, whole.used_minutes, whole.open_minutes)


INDICATORS = (
    Indicator(
        code="made",
        pillar=EMPOWERED,
        title=_lazy("Barang yang dibuat"),
        definition=_lazy(
            "Hasil baik dari batch yang ditutup dalam bulan itu, dalam satuan jual tiap barang"
            " (buah, botol, bungkus); rinciannya menurut satuan."
        ),
        numerator=_lazy("hasil baik"),
        unit=_lazy("satuan"),
        sources=("workshop_batchclosing",),
        owner=UMKM,
        count=made,
        told=BEHIND,
        told_definition=_lazy(
            "Hasil baik dari batch yang ditutup dalam bulan itu, dalam satuan jual."
        ),
        parts_title=_lazy("satuan jual"),
    ),
    Indicator(
        code="sold",
        pillar=EMPOWERED,
        title=_lazy("Penjualan"),
        definition=_lazy(
            "Nilai barang yang diserahkan dalam bulan itu sesudah potongan harga, dikurangi uang"
            " yang dikembalikan dalam bulan itu; ongkos kirim tidak ikut."
        ),
        numerator=_lazy("penjualan dikurangi pengembalian"),
        unit=RUPIAH,
        sources=("proceeds_sale", "proceeds_refund"),
        owner=UMKM,
        count=sold,
        told=BEHIND,
        parts=dict(SaleKind.choices),
        parts_title=_lazy("saluran"),
    ),
    Indicator(
        code="makers_share",
        pillar=EMPOWERED,
        title=_lazy("Bagian pembuat dari penjualan"),
        definition=_lazy(
            "Bagian pembuat dari penjualan bulan itu menurut pembagian yang dibekukan pada tiap"
            " penjualan, dikurangi yang ditarik kembali oleh pengembalian dalam bulan itu. Ini hak,"
            " bukan pembayaran; yang dibayarkan adalah indikator sendiri."
        ),
        numerator=_lazy("bagian pembuat"),
        denominator=_lazy("penjualan dikurangi pengembalian"),
        unit=PERCENT,
        sources=("proceeds_allocation", "proceeds_refundpart"),
        owner=PAS,
        count=makers_share,
        steps=DIVISION,
    ),
    Indicator(
        code="sold_pieces",
        pillar=EMPOWERED,
        title=_lazy("Barang yang terjual"),
        definition=_lazy(
            "Barang yang diserahkan dalam bulan itu dalam satuan jualnya, dikurangi yang kembali"
            " dalam bulan itu."
        ),
        numerator=_lazy("barang terjual dikurangi yang kembali"),
        unit=_lazy("satuan"),
        sources=("proceeds_saleline", "proceeds_refundpart"),
        owner=UMKM,
        count=sold_pieces,
        told=BEHIND,
    ),
    Indicator(
        code="paid",
        pillar=EMPOWERED,
        title=_lazy("Dibayarkan kepada pembuat"),
        definition=_lazy(
            "Premi yang sampai kepada pembuat dalam bulan itu: dibayar ke tabungan, uang elektronik"
            " atau Register D, dan yang diselesaikan saat keluar."
        ),
        numerator=_lazy("premi yang dibayarkan"),
        unit=RUPIAH,
        sources=(
            "proceeds_payoutline",
            "proceeds_payoutcompletion",
            "proceeds_exitsettlement",
        ),
        owner=PAS,
        count=paid,
        told=BEHIND,
    ),
    Indicator(
        code="premi_per_maker",
        pillar=EMPOWERED,
        title=_lazy("Premi per pembuat sebulan"),
        definition=_lazy(
            "Premi dari penjualan dan perbaikan dalam bulan itu, dibagi orang yang mendapat bagian."
            " Yang bekerja tetapi barangnya belum terjual tidak ikut membagi."
        ),
        numerator=_lazy("premi yang diperoleh"),
        denominator=_lazy("orang yang memperoleh premi"),
        unit=RUPIAH,
        sources=("proceeds_premishare",),
        owner=PAS,
        count=premi_per_maker,
    ),
    Indicator(
        code="premi_floor_official",
        pillar=EMPOWERED,
        title=_lazy("Premi mencapai batas bawah"),
        definition=_lazy(
            "Slip bulan itu yang preminya paling sedikit sebesar batas bawah yang berlaku,"
            " dibanding semua slip yang punya batas bawah."
        ),
        numerator=_lazy("slip yang mencapai batas bawah"),
        denominator=_lazy("slip yang punya batas bawah"),
        unit=PERCENT,
        sources=("proceeds_slip",),
        owner=PAS,
        count=premi_floor_official,
        official=True,
        beside="premi_per_maker",
        differs=_lazy(
            "Rumus ini hanya melihat siapa yang sampai ke batas; rumus kami menunjukkan berapa yang"
            " diterima rata-rata. Seorang yang kurang seribu rupiah dihitung tidak sampai."
        ),
        legal_basis=_lazy("Batas bawah premi Rp700.000 sebulan (2025); perlu konfirmasi"),
        valid_from=date(2025, 1, 1),
    ),
    Indicator(
        code="deposited",
        pillar=EMPOWERED,
        title=_lazy("PNBP yang disetor"),
        definition=_lazy("Setoran PNBP yang ber-NTPN menurut hari setornya."),
        numerator=_lazy("setoran ber-NTPN"),
        unit=RUPIAH,
        sources=("proceeds_pnbpdeposit",),
        owner=PAS,
        count=deposited,
        told=BEHIND,
    ),
    Indicator(
        code="equipment_use",
        pillar=EMPOWERED,
        title=_lazy("Pemakaian sarana"),
        definition=_lazy(
            "Jam buka mesin dan alat UPT ini yang dipesan dan disetujui, dibanding semua jam"
            " bukanya; perawatan tidak dihitung sebagai pemakaian."
        ),
        numerator=_lazy("menit yang dipakai"),
        denominator=_lazy("menit jam buka"),
        unit=PERCENT,
        sources=("equipment_booking", "equipment_equipment"),
        owner=UMKM,
        count=equipment_use,
        told=GOODS,
    ),
)
