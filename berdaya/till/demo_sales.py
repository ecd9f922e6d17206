"""The days of the demo festival at one stall: opened, sold, closed, cash handed in."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from PIL import Image

from berdaya.till.actions.blocks import explain_gaps, hand_block, key_in_paper
from berdaya.till.actions.closing import close_session, receive_cash
from berdaya.till.actions.opening import ShownQris, open_session
from berdaya.till.actions.selling import (
    BasketLine,
    NotaInput,
    StallPayment,
    sell_many_at_stall,
)
from berdaya.till.calc_cash import change_in
from berdaya.till.models import SEEN, CashHandover, HandOutLine, PaperBlock, Stall, StallSession
from berdaya.till.queries import LEFT
from berdaya.till.queries_sales import takings_of

if TYPE_CHECKING:
    from berdaya.till.demo import Festival

NOTAS, FLOAT_RP = 10, 200_000
# One drawer lacks this on the second evening.
MISSING_RP = 5_000
SERIES, FIRST_NO, LAST_NO = "A", 101, 150
WRITTEN = 2


def sell_day(fair: Festival, stall: Stall, number: int) -> None:
    """One day of one stall."""
    is_first = stall == fair.stalls[0]
    with fair.stall_step("stall.open", stall, fair.at(number, 7, 45)) as by:
        session = open_session(by=by, stall=stall, float_rp=FLOAT_RP, shown=_shown(stall))
        if number == 0 and not is_first:
            hand_block(by=by, stall=stall, series=SERIES, first_no=FIRST_NO, last_no=LAST_NO)
    with fair.stall_step("stall.sell", stall, fair.at(number, 17, 30)) as by:
        sell_many_at_stall(by=by, session=session, asked=_notas(fair, session, number))
    if number == 1 and not is_first:
        _key_in(fair, stall, session)
    if number == 2 and not is_first:
        _account_for(fair, stall)
    _close(fair, stall, session, number, MISSING_RP if number == 1 and is_first else 0)


def _shown(stall: Stall) -> ShownQris | None:
    """The sticker at the stall, printed as it is registered."""
    return ShownQris(nmid=stall.qris.nmid, name=stall.qris.merchant_name) if stall.qris else None


def _basket(fair: Festival, stall: Stall) -> list[BasketLine]:
    """One or two different goods that are still there."""
    rows = HandOutLine.objects.filter(hand_out__stall=stall, is_closed=False)
    left = list(rows.annotate(left=LEFT).filter(left__gt=1).order_by("pk"))
    picked = fair.chance.sample(left, min(len(left), 1 + fair.chance.randrange(2)))
    return [BasketLine(one.pk, Decimal(1)) for one in picked]


def _notas(fair: Festival, session: StallSession, number: int) -> list[NotaInput]:
    """A day's notas at their hours; all are written in the same few statements."""
    rows = HandOutLine.objects.filter(hand_out__stall=session.stall_id, is_closed=False)
    left = dict(rows.annotate(left=LEFT).values_list("pk", "left"))
    made = []
    for one in range(NOTAS):
        # One piece of everything stays, to be handed back.
        there = sorted(pk for pk, qty in left.items() if qty > 1)
        picked = fair.chance.sample(there, min(len(there), 1 + fair.chance.randrange(2)))
        if picked:
            basket = [BasketLine(pk, Decimal(1)) for pk in picked]
            at = fair.at(number, 8 + one * 9 // NOTAS, fair.chance.randrange(29))
            made.append(
                NotaInput(_id(session, f"{number}:{one}"), basket, _paid(fair, session), at)
            )
            left |= {pk: left[pk] - 1 for pk in picked}
    return made


def _paid(fair: Festival, session: StallSession) -> StallPayment:
    if session.stall.qris is not None and fair.chance.random() < 0.3:
        digits = f"{fair.chance.randrange(10_000):04d}"
        return StallPayment("qris", reference=digits, seen=fair.chance.choice(SEEN))
    return StallPayment("cash")


def _id(session: StallSession, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"contoh:{session.stall_id}:{name}")


def _key_in(fair: Festival, stall: Stall, session: StallSession) -> None:
    """The power was away: two notas were written by hand and are keyed in at night."""
    for number in range(FIRST_NO, FIRST_NO + WRITTEN):
        at = fair.at(1, 18, number - FIRST_NO)
        with fair.stall_step("stall.sell", stall, at) as by:
            basket = _basket(fair, stall)
            if basket:
                key_in_paper(
                    by=by, session=session, sale_id=_id(session, f"paper:{number}"),
                    series=SERIES, number=number, photo=_photo(), basket=basket,
                    payment=StallPayment("cash"), sold_at=at - timedelta(hours=3),
                )  # fmt: skip


def _photo() -> BytesIO:
    """A blank sheet in the colour of paper stands for the photo of a written nota."""
    sheet = BytesIO()
    Image.new("RGB", (480, 680), "#f2ead8").save(sheet, "JPEG")
    sheet.seek(0)
    return sheet


def _account_for(fair: Festival, stall: Stall) -> None:
    """What of the block nobody wrote on."""
    with fair.stall_step("stall.sell", stall, fair.at(2, 19)) as by:
        block = PaperBlock.objects.get(stall=stall)
        used = set(block.papers.values_list("number", flat=True))
        rest = [number for number in range(FIRST_NO, LAST_NO + 1) if number not in used]
        explain_gaps(by=by, block=block, numbers=rest, state="unused", reason="Listrik menyala")


def _close(
    fair: Festival, stall: Stall, session: StallSession, number: int, missing_rp: int
) -> None:
    with fair.stall_step("stall.close", stall, fair.at(number, 20)) as by:
        counted = takings_of(session).expected_rp - missing_rp
        reason = "Kembalian salah hitung saat ramai" if missing_rp else ""
        close_session(by=by, session=session, counts=dict(change_in(counted)), reason=reason)
        but = (by.user_id,) if by.user_id else ()
    with fair.stall_step("cash.receive", stall, fair.at(number, 21), but) as by:
        handover = CashHandover.objects.get(closing__session=session)
        receive_cash(by=by, handover=handover)
