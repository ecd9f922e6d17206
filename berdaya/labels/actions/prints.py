"""Print the labels of a lot, and keep what they said."""

import hashlib

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.labels import prints, rules
from berdaya.labels.layouts import LAYOUTS
from berdaya.labels.models import LabelPrint
from berdaya.labels.queries import known_of
from berdaya.labels.words import Audience, Speech
from berdaya.stock.models import Lot


def print_labels(
    *,
    by: Actor,
    lot: Lot,
    layout: str,
    copies: int,
    audience: str = Audience.OWN,
    speech: str = Speech.ID,
    first_cell: int = 1,
) -> tuple[LabelPrint, bytes]:
    """The PDF, and the row that keeps what it says. The lot comes from `queries.goods_lots`.

    Refused: all that rules.may_print says, label_too_small or label_fits_nowhere where the words
    need smaller letters than may be, label_cells_beyond.
    """
    required()
    known = known_of([lot], audience)[lot.pk]
    paper = LAYOUTS[layout]
    require(
        may(by, "label.print", lot.facility_id)
        + rules.may_print(known.facts)
        + rules.may_begin(first_cell, paper.a_sheet)
    )
    sheet = prints.sheet_for(known, paper, audience, speech)
    fitted = prints.fit(sheet, audience)
    if fitted is None:
        raise Refused(prints.why_not(sheet, audience, known.facts.pages))
    assert known.text is not None  # or label_text_missing was said
    pdf = prints.labels_pdf(sheet, fitted, copies, first_cell)
    row = LabelPrint.objects.create(
        lot=lot,
        facility_id=lot.facility_id,
        text=known.text,
        day=clock.today(lot.facility.timezone),
        layout=layout,
        audience=audience,
        speech=speech,
        copies=copies,
        first_cell=first_cell,
        number=sheet.number if fitted.with_bars else "",
        told=sheet.told.as_frozen(),
        digest=hashlib.sha256(pdf).hexdigest(),
        printed_at=clock.now(),
        printed_by_id=by.user_id,
    )
    return row, pdf
