"""Materials: where from, what they cost, whether that cost is deducted, and for which batch."""

import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from berdaya.intake import words
from berdaya.intake.examine.common import Said, has_measure, is_repeat, product_named, rp
from berdaya.intake.findings import Notebook
from berdaya.intake.plan import BatchPlan, MaterialPlan, Plan, Source, World, digest
from berdaya.intake.records import Book, MaterialRow
from berdaya.intake.values import name_key

RECEIPT = re.compile(
    r"nota\s*(?:no\.?\s*)?([\w/\-]+)|(BAST\s*[\w/\-]+)|mitra\s+(.+)", re.IGNORECASE
)


def examine_materials(book: Book, world: World, notebook: Notebook, plan: Plan) -> None:
    """Every line once; an empty amount is computed, an unclear source is asked."""
    seen: Counter[str] = Counter()
    amounts: list[int] = []
    for row in book.materials:
        if row.day is None or row.qty is None or row.qty <= 0:
            continue
        if not has_measure(row.measure, row.columns, notebook):
            continue
        amount = _amount(row, notebook)
        if amount is None:
            continue
        amounts.append(amount)
        key = f"{row.day:%Y-%m-%d}|{name_key(row.name)}|{name_key(row.product)}"
        seen[key] += 1
        content = digest(row.qty, row.measure, amount, row.source_text)
        source = Source(words.MATERIALS, f"{key}|{seen[key]}", content, row.at)
        is_repeat(world, notebook, source, row.name)
        plan.materials.append(_planned(row, amount, source, world, notebook, plan))
    _check_total(book, amounts, notebook)
    _tell_bare_batches(notebook, plan)


def _amount(row: MaterialRow, notebook: Notebook) -> int | None:
    """Rupiah of the line; None: not to be booked."""
    product = None
    if row.unit_cost_rp is not None and row.qty is not None:
        exact = Decimal(row.unit_cost_rp) * row.qty
        product = int(exact.to_integral_value(ROUND_HALF_UP))
    said = {"qty": Said(row.qty or Decimal(0)), "price": rp(row.unit_cost_rp or 0)}
    at = row.columns.get("total_rp", row.at)
    if row.total_rp is None and product is not None:
        notebook.note("amount_missing", at, amount=rp(product), **said)
        return product
    if row.total_rp is not None and product is not None and row.total_rp != product:
        stated = rp(row.total_rp)
        choice = notebook.note("amount_differs", at, stated=stated, amount=rp(product), **said)
        return None if choice == "skip" else row.total_rp
    return row.total_rp if row.total_rp is not None else 0


def _planned(
    row: MaterialRow,
    amount: int,
    source: Source,
    world: World,
    notebook: Notebook,
    plan: Plan,
) -> MaterialPlan:
    deductible = _is_deductible(row, amount, notebook)
    batch = _batch_of(row, world, notebook, plan)
    if batch is None and row.product:
        product = row.product
        notebook.note("material_without_batch", row.at, what=row.name, product=product)
    found = RECEIPT.search(row.source_text)
    reference = next((part for part in found.groups() if part), "") if found else ""
    return MaterialPlan(
        source=source,
        day=row.day,  # type: ignore[arg-type]
        name=row.name,
        qty=row.qty,  # type: ignore[arg-type]
        measure=row.measure,
        total_rp=amount,
        kind=row.source or "purchase",
        is_deductible=deductible,
        reference=reference,
        batch_code=batch.code if batch else "",
    )


def _is_deductible(row: MaterialRow, amount: int, notebook: Notebook) -> bool:
    said = {"what": row.name}
    if row.source == "donation":
        if not amount:
            notebook.note("donation_without_value", row.at, **said)
        return False
    if row.source == "own_garden":
        if not amount:
            notebook.note("garden_without_value", row.at, **said)
            return False
        return notebook.note("garden_priced", row.at, amount=rp(amount), **said) == "deducted"
    if row.source == "partner":
        source = row.source_text
        choice = notebook.note("partner_material", row.at, source=source, amount=rp(amount), **said)
        return choice == "deducted"
    if row.source == "purchase":
        if not RECEIPT.search(row.source_text):
            notebook.note("purchase_without_receipt", row.columns.get("source", row.at), **said)
        return True
    column = row.columns.get("source", row.at)
    return notebook.note("source_unknown", column, text=row.source_text) == "deducted"


def _batch_of(row: MaterialRow, world: World, notebook: Notebook, plan: Plan) -> BatchPlan | None:
    """The first batch of the product that is finished on or after the day."""
    if not row.product:
        return None
    at = row.columns.get("product", row.at)
    product = product_named(row.product, at, plan, world, notebook)
    if product is None or row.day is None:
        return None
    later = [
        batch
        for batch in plan.batches
        if batch.product == product.name and batch.starts_on <= row.day <= batch.ends_on
    ]
    return min(later, key=lambda batch: batch.ends_on, default=None)


def _check_total(book: Book, amounts: list[int], notebook: Notebook) -> None:
    for total in book.totals:
        if total.kind != words.MATERIALS:
            continue
        rows = [row for row in book.materials if row.at.sheet == total.at.sheet]
        written = sum(row.total_rp or 0 for row in rows)
        whole = sum(amounts)
        stated = rp(int(total.stated))
        if written != total.stated:
            notebook.note("total_differs", total.at, stated=stated, summed=rp(written))
        elif whole != written:
            notebook.note("total_leaves_out", total.at, stated=stated, summed=rp(whole))


def _tell_bare_batches(notebook: Notebook, plan: Plan) -> None:
    fed = {row.batch_code for row in plan.materials}
    for batch in plan.fresh(plan.batches):
        if batch.code not in fed:
            notebook.note("batch_without_material", batch.source.at, batch=batch.code)
