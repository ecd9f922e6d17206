"""The hand-out list of slips: names by cover code, on paper that is destroyed after use."""

from collections.abc import Sequence

from berdaya.institutions.models import Facility
from berdaya.institutions.queries import is_demo
from berdaya.look.paper import render_pdf
from berdaya.papers.queries import letterhead
from berdaya.people.actions.reveals import Opened
from berdaya.proceeds.models import Slip
from berdaya.proceeds.queries import work_numbers


def handout_pdf(facility: Facility, slips: Sequence[Slip], opened: Opened, paper: str) -> bytes:
    """To whom each folded slip goes, by cover code; no amount stands on it."""
    numbers = work_numbers(facility.pk, opened.people)
    rows = sorted(
        [numbers[slip.participant_id], opened.people[slip.participant_id].words, slip.cover_code]
        for slip in slips
        # A slip made since then was not opened.
        if slip.participant_id in opened.people
    )
    data = {
        "title": "Daftar Pembagian Slip",
        "number": opened.reveal.code,
        "facility": letterhead(facility),
        "seed": facility.code,
        "is_sample": is_demo(),
        "facts": [["Bulan", opened.reveal.label]],
        "heads": ["No.", "Nomor kerja", "Nama", "Kode sampul", "Paraf"],
        "rows": [[str(n), *row, ""] for n, row in enumerate(rows, start=1)],
    }
    return render_pdf("people/names.typ", data, "f4" if paper == "f4" else "a4")
