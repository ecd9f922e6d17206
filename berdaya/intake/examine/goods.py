"""The price list: products, prices, how work on them is paid, and their papers."""

import re

from berdaya.intake.examine.common import has_measure
from berdaya.intake.findings import Notebook
from berdaya.intake.plan import Plan, ProductPlan, Source, World, digest
from berdaya.intake.records import Book, ProductRow
from berdaya.intake.values import name_key
from berdaya.intake.words import PRODUCTS

PIRT = re.compile(r"P-?IRT\s*(?:No\.?\s*)?(\d{13})-?(\d{2})", re.IGNORECASE)


def examine_products(book: Book, world: World, notebook: Notebook, plan: Plan) -> None:
    """Every product once; a permit that runs out or is still on its way is told."""
    seen: dict[str, ProductRow] = {}
    for row in book.products:
        key = name_key(row.name)
        if key in seen:
            notebook.note("row_twice", row.at, what=row.name)
            continue
        seen[key] = row
        if row.price_rp is None or not has_measure(row.measure, row.columns, notebook):
            continue
        plan.products.append(_planned(row, key))
        _papers(row, world, notebook)


def _planned(row: ProductRow, key: str) -> ProductPlan:
    # The price is no part of the fingerprint: a new price list is no reason to ask.
    source = Source(PRODUCTS, key, digest(key, row.measure), row.at)
    return ProductPlan(
        source,
        row.name,
        row.line,
        row.measure,
        row.price_rp or 0,
        row.pay_basis or "hours",
        row.permits,
    )


def _papers(row: ProductRow, world: World, notebook: Notebook) -> None:
    at = row.columns.get("permits", row.at)
    if not row.permits:
        notebook.note("paper_missing", at, product=row.name)
    year = world.go_live_on.year if world.go_live_on else None
    for paper in row.permits:
        found = PIRT.search(paper)
        if found and year and 2000 + int(found[2]) <= year:
            notebook.note(
                "permit_runs_out", at, product=row.name, number=found[0], year=2000 + int(found[2])
            )
        elif not found and "proses" in paper.lower():
            notebook.note("permit_pending", at, product=row.name, text=paper)
