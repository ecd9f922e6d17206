"""What was made: batches with good, rejected and unfinished pieces, and their time."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from berdaya.intake.calc import Closing, Window, batch_windows
from berdaya.intake.examine.common import Said, is_repeat, product_named
from berdaya.intake.findings import Notebook
from berdaya.intake.plan import BatchPlan, KnownProduct, Plan, Source, World, digest
from berdaya.intake.records import Book, OutputRow
from berdaya.intake.values import name_key
from berdaya.intake.words import OUTPUT

UNCHECKED = {"", "-", "–", "?", "belum"}


def examine_output(book: Book, world: World, notebook: Notebook, plan: Plan) -> None:
    """Every batch once, with its window: see calc.batch_windows."""
    rows: list[tuple[OutputRow, KnownProduct, Decimal, Decimal]] = []
    seen: set[str] = set()
    for row in book.outputs:
        code = row.code.upper()
        if code in seen:
            notebook.note("row_twice", row.at, what=row.code)
            continue
        seen.add(code)
        product = product_named(row.product, row.columns["product"], plan, world, notebook)
        if product is None or row.day is None or row.qty is None:
            continue
        qualities = _qualities(row, notebook)
        if qualities is None or not _same_measure(row, product, notebook):
            continue
        rows.append((row, product, *qualities))
    windows = {window.code: window for window in _windows(book, world, rows)}
    for row, product, good, rejected in rows:
        batch = _planned(row, product, good, rejected, windows[row.code], world)
        is_repeat(world, notebook, batch.source, row.code)
        if batch.starts_on > windows[row.code].starts_on and world.go_live_on:
            day = Said(world.go_live_on)
            notebook.note("batch_cut_at_go_live", row.at, batch=row.code, day=day)
        plan.batches.append(batch)


def _qualities(row: OutputRow, notebook: Notebook) -> tuple[Decimal, Decimal] | None:
    """(good, rejected), by the choices for an unclear count; None: not to be booked."""
    at = row.columns.get("quality", row.at)
    qty = row.qty or Decimal(0)
    said = {"batch": row.code, "qty": Said(qty)}
    if row.quality in UNCHECKED and (
        notebook.note("quality_unchecked", at, batch=row.code, text=row.quality) == "skip"
    ):
        return None
    good = qty
    if row.rejected_qty:
        choice = notebook.note("rejected_in_count", at, rejected=Said(row.rejected_qty), **said)
        good -= row.rejected_qty if choice == "inside" else 0
    if row.rework_qty:
        choice = notebook.note("rework_in_count", at, rework=Said(row.rework_qty), **said)
        good -= row.rework_qty if choice == "inside" else 0
    return good, row.rejected_qty


def _same_measure(row: OutputRow, product: KnownProduct, notebook: Notebook) -> bool:
    if row.measure in ("", product.measure):
        return True
    at = row.columns.get("measure", row.at)
    choice = notebook.note("measure_differs", at, measure=row.measure, listed=product.measure)
    return choice == "as_written"


def _windows(
    book: Book, world: World, rows: list[tuple[OutputRow, KnownProduct, Decimal, Decimal]]
) -> list[Window]:
    known = {batch.code for batch in world.batches}
    # The workshop may have a shorter name for the line than this book.
    lines = {name_key(product.name): product.line for _row, product, *_rest in rows}
    closings = [
        Closing(row.code, name_key(product.line), name_key(product.name), row.day or date.min)
        for row, product, _good, _rejected in rows
    ] + [
        Closing(
            batch.code,
            name_key(lines.get(name_key(batch.product), batch.line)),
            name_key(batch.product),
            batch.ends_on,
        )
        for batch in world.batches
        if batch.code not in {row.code for row, *_rest in rows}
    ]
    materials: dict[str, list[date]] = defaultdict(list)
    for material in book.materials:
        if material.day:
            materials[name_key(material.product)].append(material.day)
    first: dict[str, date] = {}
    for mark in book.marks:
        line = name_key(mark.line)
        first[line] = min(mark.day, first.get(line, mark.day))
    found = batch_windows(closings, {k: sorted(v) for k, v in materials.items()}, first)
    kept = {batch.code: batch for batch in world.batches}
    return [
        Window(w.code, w.line, kept[w.code].starts_on, kept[w.code].ends_on)
        if w.code in known
        else w
        for w in found
    ]


def _planned(
    row: OutputRow,
    product: KnownProduct,
    good: Decimal,
    rejected: Decimal,
    window: Window,
    world: World,
) -> BatchPlan:
    ends = window.ends_on
    history = world.is_history(ends)
    starts = window.starts_on
    if not history and world.go_live_on:
        starts = max(starts, world.go_live_on)
    content = (name_key(row.product), row.day, row.qty, row.quality)
    return BatchPlan(
        source=Source(OUTPUT, row.code.upper(), digest(*content), row.at),
        code=row.code,
        product=product.name,
        line=product.line,
        pay_basis=product.pay_basis,
        starts_on=starts,
        ends_on=ends,
        good_qty=good,
        rejected_qty=rejected,
        measure=product.measure,
        is_history=history,
        note=row.quality,
    )
