"""The sales book: who bought what, how it was paid, and whether the goods can have been there."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from berdaya.intake import words
from berdaya.intake.calc import Shelf, take_in_turn
from berdaya.intake.examine.common import Said, is_repeat, product_named, rp
from berdaya.intake.extract import gaps
from berdaya.intake.findings import Notebook
from berdaya.intake.plan import (
    KnownProduct,
    PaymentPlan,
    Plan,
    RefundPlan,
    SalePlan,
    Source,
    World,
    digest,
)
from berdaya.intake.records import Book, CellRef, SaleRow
from berdaya.intake.values import name_key, read_day, read_number, read_rp

# PP 42/2024 art. 160: micro and small food and drink are bound from this day.
HALAL_DUTY_FROM = date(2026, 10, 18)

BUYERS = (
    ("staff", r"pegawai|petugas|staf|sipir|karyawan"),
    ("cooperative", r"koperasi|primkop\w*"),
    ("dekranasda", r"dekranasda"),
    ("agency", r"dinas|kantor|kementerian|badan|kanwil|pemda|sekolah|rsud|puskesmas"),
    ("shop", r"toko|warung|kios|hotel|restoran|rumah makan|cv|pt|ud|galeri|mitra"),
)
METHODS = (
    ("cash", r"tunai|cash|kontan"),
    ("transfer", r"transfer|trf|tf|bank|rekening"),
    ("qris", r"qris|qr"),
)
_DOWN = re.compile(r"\b(?:dp|uang muka|panjar)\b\s*(.+)", re.IGNORECASE)
_PAID_UP = re.compile(r"\blunas\b\s*(.*)", re.IGNORECASE)
_RETURN = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:\w+\s+)?retur\b\s*(?:tgl\.?\s*)?(.*)", re.IGNORECASE)
FOOD = re.compile(
    r"minum|minyak (?:kelapa|goreng|makan)|keripik|kopi|kue|roti|teh|gula|madu|sambal|abon|tempe"
    r"|tahu|kerupuk|selai|sirup|kacang|jagung|se ?i",
    re.IGNORECASE,
)


def examine_sales(book: Book, world: World, notebook: Notebook, plan: Plan) -> None:
    """Every nota once, with buyer, payments and return; then whether the goods were there."""
    planned: list[SalePlan] = []
    earlier: dict[str, list[SaleRow]] = defaultdict(list)
    times: Counter[str] = Counter()
    doubled = 0
    for row in book.sales:
        if _is_double(row, earlier[row.receipt_no], notebook):
            doubled += row.total_rp or 0
            continue
        earlier[row.receipt_no].append(row)
        product = product_named(row.product, _at(row, "product"), plan, world, notebook)
        sale = product and _planned(row, product, times, world, notebook)
        if sale:
            is_repeat(world, notebook, sale.source, row.receipt_no)
            planned.append(sale)
            _tell(row, sale, product, notebook, plan)
    plan.sales = _with_goods(planned, world, notebook, plan)
    _check_numbers(book, notebook)
    _check_total(book, doubled, notebook)
    _tell_history(world, notebook, plan)


def _at(row: SaleRow, field: str) -> CellRef:
    return row.columns.get(field, row.at)


def _is_double(row: SaleRow, before: list[SaleRow], notebook: Notebook) -> bool:
    """Whether this line is left out because its nota stands here already."""
    if not row.receipt_no or not before:
        return False
    content = (row.day, name_key(row.product), row.qty, row.price_rp)
    same = [b for b in before if (b.day, name_key(b.product), b.qty, b.price_rp) == content]
    if same:
        other = same[0].at.cell
        choice = notebook.note("receipt_twice", row.at, number=row.receipt_no, other=other)
        return choice == "skip"
    strange = [b for b in before if (b.day, b.buyer) != (row.day, row.buyer)]
    if strange:
        other = strange[0].at.cell
        choice = notebook.note("receipt_reused", row.at, number=row.receipt_no, other=other)
        return choice == "skip"
    return False


def _planned(
    row: SaleRow,
    product: KnownProduct,
    times: Counter[str],
    world: World,
    notebook: Notebook,
) -> SalePlan | None:
    if row.day is None or row.qty is None or row.price_rp is None or row.qty <= 0:
        return None
    discount = _discount(row, notebook)
    if discount is None:
        return None
    history = world.is_history(row.day)
    buyer = _first(BUYERS, row.buyer) or "public"
    if buyer == "staff" and row.price_rp < product.price_rp:
        said = {"price": rp(row.price_rp), "listed": rp(product.price_rp)}
        notebook.note("staff_below_list", _at(row, "price_rp"), number=row.receipt_no, **said)
        return None
    if buyer == "cooperative" and not history:
        choice = notebook.note("cooperative_buys", _at(row, "buyer"), number=row.receipt_no)
        if choice == "skip":
            return None
    payments = _payments(row, discount, notebook)
    if payments is None:
        return None
    key = f"{row.receipt_no}|{name_key(row.product)}"
    times[key] += 1
    content = digest(row.day, row.qty, row.price_rp, row.total_rp, row.payment, row.note)
    return SalePlan(
        source=Source(words.SALES, f"{key}|{times[key]}", content, row.at),
        receipt_no=row.receipt_no,
        day=row.day,
        kind=_kind(row),
        buyer_kind=buyer,
        # A private buyer's name is nobody's business here.
        buyer=row.buyer if buyer in ("shop", "dekranasda", "agency", "cooperative") else "",
        product=product.name,
        qty=row.qty,
        price_rp=row.price_rp,
        discount_rp=discount,
        payments=payments,
        refund=_refund(row, notebook),
        is_history=history,
    )


def _discount(row: SaleRow, notebook: Notebook) -> int | None:
    """Rupiah below quantity × price, if chosen to be booked so; None: not to be booked."""
    whole = int((row.qty or Decimal(0)) * (row.price_rp or 0))
    if row.total_rp in (None, whole):
        return 0
    said = {"stated": rp(row.total_rp or 0), "amount": rp(whole)}
    at = _at(row, "total_rp")
    choice = notebook.note("amount_of_sale_differs", at, number=row.receipt_no, **said)
    below = whole - (row.total_rp or 0)
    return below if choice == "as_written" and below > 0 else None


def _first(known: tuple[tuple[str, str], ...], text: str) -> str:
    key = name_key(text)
    return next((name for name, words_ in known if re.search(rf"\b(?:{words_})\b", key)), "")


def _kind(row: SaleRow) -> str:
    key = name_key(f"{row.note} {row.payment}")
    if re.search(r"\b(titip jual|titip|konsinyasi)\b", key):
        return "consignment"
    return "outright" if "beli putus" in key else "gate"


def _payments(row: SaleRow, discount: int, notebook: Notebook) -> tuple[PaymentPlan, ...] | None:
    """What was paid when; empty for unpaid; None: not to be booked."""
    day = row.day or date.min
    amount = int((row.qty or Decimal(0)) * (row.price_rp or 0)) - discount
    at = _at(row, "payment")
    down = _DOWN.search(row.payment)
    if down:
        return _in_parts(row, down[1], amount, notebook)
    method = _first(METHODS, row.payment)
    if method:
        return (PaymentPlan(method, amount, day),)
    if re.search(r"belum|bon|utang|hutang|kredit|tempo", row.payment.lower()) or not row.payment:
        choice = notebook.note("unpaid", at, number=row.receipt_no, amount=rp(amount))
    else:
        choice = notebook.note("payment_unknown", at, number=row.receipt_no, text=row.payment)
    return None if choice == "skip" else ()


def _in_parts(row: SaleRow, down: str, amount: int, notebook: Notebook) -> tuple[PaymentPlan, ...]:
    first = min(read_rp(down) or 0, amount)
    day = row.day or date.min
    paid_up = _PAID_UP.search(row.note)
    until = read_day(paid_up[1].strip(), day.year).day if paid_up else None
    parts = [PaymentPlan("cash", first, day)] if first else []
    if until and amount > first:
        parts.append(PaymentPlan("cash", amount - first, until))
    notebook.note(
        "paid_in_parts",
        _at(row, "payment"),
        number=row.receipt_no,
        first=rp(first),
        rest=rp(amount - first),
        day=Said(until) if until else "–",
    )
    return tuple(parts)


def _refund(row: SaleRow, notebook: Notebook) -> RefundPlan | None:
    found = _RETURN.search(row.note)
    if not found or row.day is None:
        return None
    qty = read_number(found[1]) or Decimal(0)
    day = read_day(found[2].strip(), row.day.year).day or row.day
    at = _at(row, "note")
    said = {"qty": Said(qty), "day": Said(day)}
    choice = notebook.note("returned", at, number=row.receipt_no, **said)
    return RefundPlan(qty, day) if choice == "refund" and 0 < qty <= (row.qty or 0) else None


def _tell(
    row: SaleRow, sale: SalePlan, product: KnownProduct | None, notebook: Notebook, plan: Plan
) -> None:
    said = {"number": row.receipt_no}
    if product and product.price_rp != sale.price_rp:
        price, listed = rp(sale.price_rp), rp(product.price_rp)
        notebook.note("price_off_list", _at(row, "price_rp"), price=price, listed=listed, **said)
    elif sale.buyer_kind == "staff":
        notebook.note("staff_buyer", _at(row, "buyer"), **said)
    if sale.kind == "consignment":
        notebook.note("consigned", _at(row, "note"), buyer=row.buyer, **said)
    elif sale.kind == "outright":
        notebook.note("sold_outright", _at(row, "note"), buyer=row.buyer, **said)
    if FOOD.search(sale.product) and sale.day >= HALAL_DUTY_FROM and not _is_halal(sale, plan):
        day = Said(sale.day)
        notebook.note("sold_without_halal", _at(row, "product"), product=sale.product, day=day)


def _is_halal(sale: SalePlan, plan: Plan) -> bool:
    papers = [paper for row in plan.products if row.name == sale.product for paper in row.permits]
    return any(re.search(r"\bID\d{14,17}\b", paper) for paper in papers)


@dataclass
class _Shop:
    """The shelves of one product while its sales are told in turn."""

    shelves: list[Shelf]
    history: set[str]


def _with_goods(
    planned: list[SalePlan], world: World, notebook: Notebook, plan: Plan
) -> list[SalePlan]:
    shops = _shops(world, plan)
    kept = []
    for sale in planned:
        if plan.is_done(sale.source):
            kept.append(sale)
            continue
        shop = shops.setdefault(sale.product, _Shop([], set()))
        placed = _placed(sale, shop, notebook)
        if placed is not None:
            kept.append(placed)
    return kept


def _shops(world: World, plan: Plan) -> dict[str, _Shop]:
    shops: dict[str, _Shop] = {}
    known = {batch.code for batch in world.batches}
    rows = [(b.product, b.code, b.ends_on, b.left_qty) for b in world.batches]
    rows += [
        (b.product, b.code, b.ends_on, b.good_qty) for b in plan.batches if b.code not in known
    ]
    for product, code, ends_on, there in rows:
        shop = shops.setdefault(product, _Shop([], set()))
        shop.shelves.append(Shelf(code, ends_on, there))
        if world.is_history(ends_on):
            shop.history.add(code)
    return shops


def _placed(sale: SalePlan, shop: _Shop, notebook: Notebook) -> SalePlan | None:
    """The sale with what must come from older stock; None: not to be booked."""
    taken = take_in_turn(shop.shelves, sale.day, sale.qty)
    short = sale.qty - sum(taken.values(), Decimal(0))
    old = sorted(code for code in taken if code in shop.history)
    if old and not sale.is_history:
        notebook.note(
            "old_stock_sale", sale.source.at, number=sale.receipt_no, batch=", ".join(old)
        )
    if not short:
        return replace(sale, from_batches=tuple(taken.items()))
    later = sorted((s for s in shop.shelves if s.since > sale.day), key=lambda s: s.since)
    if later:
        choice = notebook.note(
            "sold_before_made",
            sale.source.at,
            number=sale.receipt_no,
            product=sale.product,
            day=Said(sale.day),
            made=Said(later[0].since),
        )
    else:
        made = Said(sale.qty - short)
        said = {"number": sale.receipt_no, "qty": Said(sale.qty), "made": made}
        choice = notebook.note("sold_more_than_made", sale.source.at, **said)
    if choice == "skip":
        return None
    if choice == "first_lot":
        early = take_in_turn(shop.shelves, sale.day, short, early=True)
        left = short - sum(early.values(), Decimal(0))
        return replace(sale, from_batches=tuple((taken | early).items()), from_opening=left)
    return replace(sale, from_batches=tuple(taken.items()), from_opening=short)


def _check_numbers(book: Book, notebook: Notebook) -> None:
    numbers = {int(row.receipt_no): row for row in book.sales if row.receipt_no.isdigit()}
    missing = gaps(list(numbers))
    if missing:
        after = min(number for number in numbers if number > missing[0])
        at = numbers[after].at
        notebook.note("receipt_gap", at, numbers=", ".join(map(str, missing)))


def _check_total(book: Book, doubled: int, notebook: Notebook) -> None:
    for total in book.totals:
        if total.kind != words.SALES:
            continue
        rows = [row for row in book.sales if row.at.sheet == total.at.sheet]
        written = sum(row.total_rp or 0 for row in rows)
        stated = rp(int(total.stated))
        if written != total.stated:
            notebook.note("total_differs", total.at, stated=stated, summed=rp(written))
        elif doubled:
            summed = rp(written - doubled)
            notebook.note("total_counts_double", total.at, stated=stated, summed=summed)


def _tell_history(world: World, notebook: Notebook, plan: Plan) -> None:
    old = [sale for sale in plan.fresh(plan.sales) if sale.is_history]
    if old and world.go_live_on:
        day = Said(world.go_live_on)
        notebook.note("history_sale", old[0].source.at, count=len(old), day=day)
