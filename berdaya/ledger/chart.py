"""The chart of accounts that every book opens with; codes are what actions post to."""

from typing import NamedTuple


class Line(NamedTuple):
    """One account of the chart."""

    code: str
    kind: str
    name: str
    name_en: str
    is_by_person: bool = False


CASH, BANK, QRIS = "1100", "1110", "1120"
STALL_CASH = "1105"
STATE_CLAIM = "1300"
BUYERS = "2100"
FEES = "2200"
TAX = "2210"
SHIPPING_HELD = "2220"
PREMI_PENDING = "2300"
PREMI_SAVED, PREMI_SPENDABLE, PREMI_FAMILY = "2310", "2311", "2312"
PREMI_WAITING, PREMI_AT_RELEASE = "2320", "2321"
PREMI_UNASSIGNED = "2330"
STATE_OWED = "2400"
COOPERATIVE = "2500"
CONSIGNORS = "2600"
CAPITAL = "3100"
COSTS_BACK = "3110"
RETURN_RESERVE = "3200"
HISTORY = "3900"
FEE_VARIANCE = "5900"
LOWERING = "5910"
CASH_ROUNDING, CASH_DIFFERENCE = "5920", "5930"
QRIS_MISSING, GOODS_LOST = "5940", "5950"

CHART = (
    Line(CASH, "asset", "Kas", "Cash"),
    Line(STALL_CASH, "asset", "Kas stan", "Cash at the stall"),
    Line(BANK, "asset", "Bank", "Bank"),
    Line(QRIS, "asset", "QRIS dalam perjalanan", "QRIS in transit"),
    Line(STATE_CLAIM, "asset", "Klaim PNBP tersetor", "Claim on deposited PNBP"),
    Line(BUYERS, "liability", "Uang muka dan tagihan pembeli", "Buyers' deposits and debts"),
    Line(FEES, "liability", "Biaya pembayaran terutang", "Payment fees owed"),
    Line(TAX, "liability", "Pajak terutang", "Tax owed"),
    Line(SHIPPING_HELD, "liability", "Ongkir titipan", "Shipping held for couriers"),
    Line(PREMI_PENDING, "liability", "Premi belum final", "Premi pending", True),
    Line(PREMI_SAVED, "liability", "Premi: tabungan", "Premi: saved", True),
    Line(PREMI_SPENDABLE, "liability", "Premi: dapat dipakai", "Premi: spendable", True),
    Line(PREMI_FAMILY, "liability", "Premi: untuk keluarga", "Premi: for family", True),
    Line(PREMI_WAITING, "liability", "Premi menunggu rekening", "Premi awaiting account", True),
    Line(PREMI_AT_RELEASE, "liability", "Premi dibayar saat bebas", "Premi paid at release", True),
    Line(
        PREMI_UNASSIGNED,
        "liability",
        "Bagian pembuat tanpa catatan kerja",
        "Makers' share without work record",
    ),
    Line(STATE_OWED, "liability", "PNBP terutang", "PNBP owed"),
    Line(COOPERATIVE, "liability", "Bagian koperasi", "Cooperative's share"),
    Line(CONSIGNORS, "liability", "Utang titip jual", "Owed to consignors"),
    Line(CAPITAL, "equity", "Modal kerja", "Working capital"),
    Line(COSTS_BACK, "equity", "Pengganti bahan dan kemasan", "Material and packing recovered"),
    Line(RETURN_RESERVE, "equity", "Cadangan retur", "Return reserve"),
    Line(HISTORY, "equity", "Riwayat sebelum mulai pakai", "History before go-live"),
    Line(FEE_VARIANCE, "expense", "Selisih biaya pembayaran", "Payment fee variance"),
    Line(LOWERING, "expense", "Selisih penurunan pembayaran", "Amounts lowered to be findable"),
    Line(CASH_ROUNDING, "expense", "Pembulatan tunai", "Cash rounding"),
    Line(CASH_DIFFERENCE, "expense", "Selisih kas stan", "Cash differences at stalls"),
    Line(QRIS_MISSING, "expense", "QRIS stan yang tidak masuk", "QRIS of stalls that never came"),
    Line(GOODS_LOST, "expense", "Barang titipan yang hilang", "Consigned goods lost"),
)
PREMI_ACCOUNTS = tuple(line.code for line in CHART if line.is_by_person)
POCKET_ACCOUNTS = {
    "saved": PREMI_SAVED,
    "spendable": PREMI_SPENDABLE,
    "family": PREMI_FAMILY,
}
