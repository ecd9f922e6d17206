"""The handover record on leaving (BA serah terima saat keluar), with a name only when opened."""

from typing import Any

from django.urls import reverse
from django.utils.translation import override

from berdaya.core import clock
from berdaya.core.money import format_rp, in_words
from berdaya.look.paper import Paper, render_pdf
from berdaya.papers.models import Document
from berdaya.papers.prints import declare_print, head_of
from berdaya.people.actions.reveals import Opened
from berdaya.people.purposes import OpenReason
from berdaya.proceeds.models import ExitSettlement
from berdaya.proceeds.models.exits import Receiver
from berdaya.proceeds.queries import POCKETS, work_numbers

RECORD = "BAK"
# Whose names stand sealed with the leaver's own, as their family.
KIN = (Receiver.FAMILY, Receiver.HEIR)


def register() -> None:
    """Tell the register of documents how it is printed."""
    declare_print(RECORD, exit_pdf, page_of_exit)


def page_of_exit(document: Document) -> str:
    """The settlement that the record is about."""
    return reverse("proceeds:exit", args=[document.subject_ref.removeprefix("exit:")])


def reason_of(row: ExitSettlement) -> OpenReason:
    """Why names are opened for this record: the leaver's alone, or their family's too."""
    return OpenReason.KIN_RECORD if row.receiver in KIN else OpenReason.OWN_RECORD


def exit_pdf(document: Document, paper: Paper, opened: Opened | None = None) -> bytes:
    """The record; what was not opened leaves a line for the pen."""
    rows = ExitSettlement.objects.select_related("participant", "facility")
    row = rows.get(code=document.subject_ref.removeprefix("exit:"))
    with override("id"):
        told = _named(row, opened) if opened else {"named": [], "receiver_name": ""}
        facts = _facts(row, told.pop("named"))
        pending = str(row.get_pending_treatment_display())
        receiver = str(row.get_receiver_display())
    data = head_of(document) | _sums(row) | told | {
        "facts": facts,
        "words": in_words(row.amount_rp),
        "pending": f"Premi yang belum final: {pending}"
        + (f" (sekarang {format_rp(row.pending_rp)})." if row.pending_rp else "."),
        "receiver": receiver,
        "receiver_letter": row.receiver_letter,
    }  # fmt: skip
    return render_pdf("proceeds/exit.typ", data, paper)


def _named(row: ExitSettlement, opened: Opened) -> dict[str, Any]:
    """Rows for the head of the paper, and who receives as far as it is sealed."""
    identity = opened.people[row.participant_id].identity
    receiver = identity.name if row.receiver == Receiver.SELF else identity.heirs
    named = [["Nama", identity.name]] if identity.name else []
    return {
        "named": [*named, ["Pembukaan data diri", opened.reveal.code]],
        "receiver_name": receiver,
    }


def _facts(row: ExitSettlement, named: list[list[str]]) -> list[list[str]]:
    number = work_numbers(row.facility_id, [row.participant_id])[row.participant_id]
    return [
        *named,
        ["Nomor kerja", number],
        ["Nama samaran", row.participant.pseudonym],
        ["Keluar pada", clock.format_date(row.left_on)],
        *([["Diselesaikan pada", clock.format_date(row.paid_on)]] if row.settled_on else []),
        ["Sebab", str(row.get_exit_kind_display())],
        ["Dibayar dengan", str(row.get_method_display())],
        ["Rujukan", row.reference],
    ]


def _sums(row: ExitSettlement) -> dict[str, Any]:
    lines = list(row.lines.select_related("book__party").order_by("pk"))
    columns = [f"{name}_rp" for name in (*POCKETS, "waiting", "amount")]
    return {
        "rows": [
            [line.book.party.name, *(format_rp(getattr(line, name)) for name in columns)]
            for line in lines
        ],
        "total": [
            "Jumlah",
            *(format_rp(sum(getattr(line, name) for line in lines)) for name in columns),
        ],
    }
