"""What the workshop prints: the sheet (blank and filled), work cards, the record of production."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import override

from berdaya.core import clock
from berdaya.core.money import format_qty, format_rp
from berdaya.institutions.queries import is_demo
from berdaya.look.paper import Paper, render_pdf
from berdaya.papers.models import Document
from berdaya.papers.prints import head_of
from berdaya.papers.queries import letterhead
from berdaya.people.actions.reveals import Opened
from berdaya.people.models import Placement
from berdaya.people.rules import hours
from berdaya.workshop import sheet_page
from berdaya.workshop.models import Batch, Mark, MaterialUse, WorkLog, Workshop
from berdaya.workshop.rules import percent

BATCH_RECORD = "BAHP"
DAY_NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
# A blank sheet has so many lines, at least two of them free: it fits one page.
BLANK_SHEET, FREE_LINES = {"f4": 22, "a4": 18}, 2


def sheet_pdf(
    document: Document, workshop: Workshop, day: date, paper: Paper, *, is_blank: bool
) -> bytes:
    """The sheet of a day: with its lines, or with empty boxes to fill by pen."""
    page = sheet_page.load(workshop, day)
    with override("id"):
        data = {
            **head_of(document),
            "workshop": workshop.name,
            "day": _day_words(day),
            "is_blank": is_blank,
            "late": _late(page) if not is_blank else "",
            "rows": _sheet_rows(page, BLANK_SHEET[paper] if is_blank else 0),
            "total": _sheet_total(page) if not is_blank else None,
            "batches": [f"{one.code}: {one.variant.full_label}" for one in page.batches],
        }
        return render_pdf("workshop/sheet.typ", data, paper)


def roll_pdf(
    workshop: Workshop, day: date, opened: Opened, numbers: Mapping[int, str], paper: str
) -> bytes:
    """Names by work number, no hours and no money; headed by the number of its opening."""
    people = sorted((numbers.get(pk, "—"), pk) for pk in opened.people)
    rows = [
        [str(n), number, opened.people[pk].words, opened.people[pk].participant.pseudonym, ""]
        for n, (number, pk) in enumerate(people, start=1)
    ]
    with override("id"):
        data = {
            "title": "Daftar Nama Bengkel",
            "number": opened.reveal.code,
            "facility": letterhead(workshop.facility),
            "seed": workshop.facility.code,
            "is_sample": is_demo(),
            "facts": [["Bengkel", workshop.name], ["Hari", _day_words(day)]],
            "heads": ["No.", "Nomor kerja", "Nama", "Nama samaran", "Paraf"],
            "rows": rows,
        }
        return render_pdf("people/names.typ", data, "f4" if paper == "f4" else "a4")


def _day_words(day: date) -> str:
    return f"{DAY_NAMES[day.weekday()]}, {clock.format_date(day)}"


def _late(page: sheet_page.SheetPage) -> str:
    if page.sheet is None or not page.sheet.is_keyed_late:
        return ""
    keyed = clock.local(page.sheet.recorded_at, page.workshop.facility.timezone).date()
    return f"Dimasukkan kemudian, pada {clock.format_date(keyed)}."


def _sheet_rows(page: sheet_page.SheetPage, blank_lines: int) -> list[list[str]]:
    is_blank = bool(blank_lines)
    codes = {one.pk: one.code for one in page.batches}
    rows = []
    for line in page.lines:
        one, place = line.filled, line.place
        typed = [one.mark, one.hours, one.pieces, codes.get(one.batch_id or 0, "")]
        if is_blank or not one.is_blank:
            filled = [""] * 4 if is_blank else typed
            rows.append([place.work_number, place.participant.pseudonym, *filled, ""])
    if is_blank:
        rows += [[""] * 7 for _ in range(max(FREE_LINES, blank_lines - len(rows)))]
    return [[str(number), *row] for number, row in enumerate(rows, start=1)]


def _sheet_total(page: sheet_page.SheetPage) -> list[str]:
    lines, _unread = sheet_page.to_rows(
        line.filled for line in page.lines if not line.filled.is_blank
    )
    present = sum(1 for row in lines if row.mark == Mark.PRESENT)
    pieces = sum((row.pieces for row in lines), start=0)
    minutes = sum(row.minutes for row in lines)
    return ["", "Jumlah", "", f"{present} H", hours(minutes), format_qty(pieces), "", ""]


def cards_pdf(documents: Sequence[Document], paper: Paper) -> bytes:
    """Work cards of one facility and week, one page each; no name, no amount."""
    monday = date.fromisoformat(documents[0].subject_ref.split(":")[2])
    days = [monday + timedelta(days=n) for n in range(7)]
    places = _placed(documents)
    logs = _logs_of([place.participant_id for place in places.values()], days)
    with override("id"):
        data = {
            **head_of(documents[0]),
            "is_copy": False,  # each card says it for itself
            "footer": documents[0].facility.code,
            "week": f"{clock.format_date(monday)} sampai {clock.format_date(days[-1])}",
            "cards": [
                _card(document, places[document.subject_ref.split(":")[1]], logs, days)
                for document in documents
            ],
        }
        return render_pdf("workshop/cards.typ", data, paper)


def _placed(documents: Sequence[Document]) -> dict[str, Placement]:
    """The latest placement at the documents' facility, by the person's code."""
    codes = [document.subject_ref.split(":")[1] for document in documents]
    rows = Placement.objects.filter(
        facility_id=documents[0].facility_id, participant__code__in=codes
    )
    found = rows.select_related("participant").order_by("valid_from")
    return {place.participant.code: place for place in found}


def _card(
    document: Document, place: Placement, logs: dict[int, list[WorkLog]], days: list[date]
) -> dict[str, Any]:
    mine = logs[place.participant_id]
    return {
        "number": document.number_text,
        "is_copy": document.is_copy,
        "work_number": place.work_number,
        "pseudonym": place.participant.pseudonym,
        "rows": _card_rows(mine, days),
        "total": _card_total(mine),
    }


def _logs_of(ids: list[int], days: list[date]) -> dict[int, list[WorkLog]]:
    rows = WorkLog.objects.filter(participant_id__in=ids, day__range=(days[0], days[-1]))
    found: dict[int, list[WorkLog]] = defaultdict(list)
    for log in rows.select_related("sheet__workshop", "batch").order_by("day", "pk"):
        found[log.participant_id].append(log)
    return found


def _card_rows(logs: list[WorkLog], days: list[date]) -> list[list[str]]:
    rows = []
    for day in days:
        name = f"{DAY_NAMES[day.weekday()]}, {day:%d-%m}"
        worked = [log for log in logs if log.day == day]
        rows += [_card_row(name, log) for log in worked] or [[name, "–", "", "", "", ""]]
    return rows


def _card_row(name: str, log: WorkLog) -> list[str]:
    return [
        name,
        str(Mark(log.mark).label),
        hours(log.minutes) if log.minutes else "",
        format_qty(log.pieces) if log.pieces else "",
        log.sheet.workshop.name,
        log.batch.code if log.batch else "",
    ]


def _card_total(logs: list[WorkLog]) -> list[str]:
    pieces = sum((log.pieces for log in logs), start=0)
    return ["Jumlah", "", hours(sum(log.minutes for log in logs)), format_qty(pieces), "", ""]


def batch_record_pdf(document: Document, batch: Batch, paper: Paper) -> bytes:
    """BA Hasil Produksi of a closed batch, as the numbered `document` says."""
    closing = batch.closing
    unit = batch.variant.measure.name
    with override("id"):
        data = {
            **head_of(document),
            "facts": _record_facts(batch, unit),
            "materials": [_record_use(use) for use in _uses_of(batch)],
            "costs": [
                ("Bahan (dipotong sebelum bagi hasil)", closing.material_total_rp),
                ("Kemasan (dipotong sebelum bagi hasil)", closing.packing_total_rp),
                ("Bahan bantuan (dinilai, tidak dipotong)", closing.donated_total_rp),
            ],
            "weights": _record_weights(batch),
            "weight_head": {"hours": "Jam", "pieces": "Potong", "equal": "Bagian"}[batch.pay_basis],
        }
        return render_pdf("workshop/batch_record.typ", data, paper)


def _record_facts(batch: Batch, unit: str) -> list[tuple[str, str]]:
    closing = batch.closing
    days = sorted({batch.started_on, closing.closed_on})
    loss = "–" if closing.yield_loss_bp is None else f"{percent(closing.yield_loss_bp)}%"
    reason = f" ({closing.loss_reason})" if closing.loss_reason else ""
    return [
        ("Batch", batch.code),
        ("Bengkel", batch.workshop.name),
        ("Barang atau jasa", batch.variant.full_label),
        ("Dikerjakan", " sampai ".join(clock.format_date(day) for day in days)),
        ("Masukan", f"{format_qty(closing.input_qty)} {unit}" if closing.input_qty else "–"),
        ("Hasil baik", f"{format_qty(closing.good_qty)} {unit}"),
        ("Hasil ditolak", f"{format_qty(closing.rejected_qty)} {unit}"),
        ("Susut", loss + reason),
        ("Menjadi lot", closing.lot.code if closing.lot else "–"),
        ("Dasar bagi premi", str(batch.get_pay_basis_display())),
    ]


def _uses_of(batch: Batch) -> list[MaterialUse]:
    rows = MaterialUse.objects.filter(batch=batch).order_by("used_on", "pk")
    return list(rows.select_related("material_lot__material__measure"))


def _record_use(use: MaterialUse) -> list[str]:
    lot = use.material_lot
    return [
        f"{use.used_on:%d-%m-%Y}",
        lot.material.name,
        f"{lot.get_source_display()} {lot.reference}".strip(),
        f"{format_qty(use.qty)} {lot.material.measure.name}",
        format_rp(use.cost_rp),
    ]


def _record_weights(batch: Batch) -> list[list[str]]:
    """Work numbers with their weight as people count it; shares of money stand on no open paper."""
    weights = dict(batch.weights.values_list("participant_id", "weight"))
    rows = Placement.objects.filter(facility_id=batch.facility_id, participant_id__in=weights)
    places = {place.participant_id: place for place in rows.order_by("valid_from")}

    def told(weight: int) -> str:
        if batch.pay_basis == "hours":
            return hours(weight)
        return f"{weight / 1000:g}".replace(".", ",") if batch.pay_basis == "pieces" else "1"

    listed = sorted((places[pk].work_number, told(weight)) for pk, weight in weights.items())
    return [[number, value] for number, value in listed]
