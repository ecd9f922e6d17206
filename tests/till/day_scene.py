"""A day of Atambua's own stall: closed once, open again, a paper nota, cash on its way."""

import io
from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from PIL import Image

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.till.actions.blocks import hand_block, key_in_paper
from berdaya.till.actions.closing import close_session
from berdaya.till.actions.opening import open_session
from berdaya.till.actions.selling import BasketLine, StallPayment
from berdaya.till.models import CashHandover, PaperNota, QrisWriteOff, StallSession
from tests.till.scene import Market


@dataclass
class StallDay:
    """What the stall's pages are about."""

    session: StallSession
    paper: PaperNota
    handover: CashHandover
    write_off: QrisWriteOff


def photo() -> io.BytesIO:
    """A picture of a nota written by hand."""
    out = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, "JPEG")
    out.seek(0)
    return out


def stall_day(by: Actor, market: Market) -> StallDay:
    """In a scope over everything; `by` may do all of it."""
    first = open_session(by=by, stall=market.stall, float_rp=100_000)
    closing = close_session(by=by, session=first, counts={100_000: 1})
    session = open_session(by=by, stall=market.stall, float_rp=0)
    hand_block(by=by, stall=market.stall, series="A", first_no=1, last_no=50)
    line = market.hand_out.lines.get()
    paper = key_in_paper(
        by=by, session=session, sale_id=uuid4(), series="A", number=1, photo=photo(),
        basket=[BasketLine(line.pk, Decimal(1))], payment=StallPayment("cash"),
    )  # fmt: skip
    write_off = QrisWriteOff.objects.create(
        stall_sale_id=paper.stall_sale_id, facility=session.facility, reason="Tidak di mutasi",
        asked_at=clock.now(),
    )  # fmt: skip
    return StallDay(session, paper, closing.handover, write_off)
