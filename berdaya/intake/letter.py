"""The dry run as a note a colleague would write: what goes in, what is doubtful, what stays out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.money import format_qty, format_rp
from berdaya.intake.findings import CHOICES, Finding, Notebook
from berdaya.intake.plan import BatchPlan, Plan
from berdaya.people.rules import hours

TITLES: dict[str, str | Promise] = {
    "doubt": _lazy("Perlu keputusan Anda"),
    "refused": _lazy("Tidak akan dibukukan"),
    "note": _lazy("Yang perlu diketahui"),
}


@dataclass(frozen=True)
class Figure:
    """One line of what will be booked."""

    label: str
    count: int
    detail: str = ""


def figures(plan: Plan) -> list[Figure]:
    """What the booking will add, each with how much it is."""
    work = plan.fresh(plan.work)
    days = {(row.work_number, row.day, row.line) for row in work}
    minutes = sum(row.minutes for row in work)
    sales = plan.fresh(plan.sales)
    amount = sum(sale.amount_rp for sale in sales)
    spent = sum(row.total_rp for row in plan.fresh(plan.materials))
    return [
        Figure(_("Warga binaan"), len(plan.fresh(plan.people))),
        Figure(_("Produk"), len(plan.fresh(plan.products))),
        Figure(_("Penerimaan bahan"), len(plan.fresh(plan.materials)), format_rp(spent)),
        Figure(_("Batch"), len(plan.fresh(plan.batches))),
        Figure(_("Hari kerja orang"), len(days), _("%(hours)s jam") % {"hours": hours(minutes)}),
        Figure(_("Nota penjualan"), len(sales), format_rp(amount)),
    ]


@dataclass(frozen=True)
class BatchLine:
    """A batch with the hours that will go to it, shown before they are booked."""

    batch: BatchPlan
    hours: str
    pieces: str
    people: int


def batch_lines(plan: Plan) -> list[BatchLine]:
    """New batches by time."""
    found = []
    for batch in sorted(plan.fresh(plan.batches), key=lambda b: (b.starts_on, b.code)):
        rows = [row for row in plan.work if row.batch_code == batch.code]
        pieces = sum(row.pieces for row in rows)
        found.append(
            BatchLine(
                batch,
                hours(sum(row.minutes for row in rows)),
                format_qty(pieces) if pieces else "–",
                len({row.work_number for row in rows}),
            )
        )
    return found


def letter(plan: Plan) -> str:
    """The whole note as plain text, in the active language."""
    return "\n".join(_lines(plan))


def _lines(plan: Plan) -> Iterator[str]:
    if not plan.fresh_count:
        yield _("Tidak ada yang baru: semua baris buku ini sudah masuk.")
    else:
        yield _("Yang akan dibukukan")
        for figure in figures(plan):
            yield f"  {figure.count:>5}  {figure.label}" + (
                f" ({figure.detail})" if figure.detail else ""
            )
        yield ""
        yield from _batches(plan)
    notebook = Notebook(plan.chosen)
    for level, title in TITLES.items():
        found = plan.by_level(level)
        if found:
            yield f"{title} ({len(found)})"
            for finding in found:
                yield from _finding(finding, notebook)
            yield ""


def _batches(plan: Plan) -> Iterator[str]:
    lines = batch_lines(plan)
    if not lines:
        return
    yield _("Jam dan potong tiap batch")
    for line in lines:
        batch = line.batch
        said = {"hours": line.hours, "pieces": line.pieces, "people": line.people}
        about = _("%(hours)s jam, %(pieces)s potong, %(people)s orang") % said
        history = " · " + _("riwayat") if batch.is_history else ""
        yield f"  {batch.code:<10} {_span(batch.starts_on, batch.ends_on)}  {about}{history}"
    yield ""


def _span(first: date, last: date) -> str:
    return f"{first:%d/%m/%y}–{last:%d/%m/%y}"


def _finding(finding: Finding, notebook: Notebook) -> Iterator[str]:
    yield f"  {finding.at}  {finding.text}"
    if finding.kind.choices:
        chosen = notebook.choice(finding)
        yield f"      [{finding.key}] {CHOICES[chosen]}" + _others(finding, chosen)


def _others(finding: Finding, chosen: str) -> str:
    others = [code for code in finding.kind.choices if code != chosen]
    return f"  ({chosen}; {', '.join(others)})" if others else f"  ({chosen})"
