"""The demo's stall at work: opened, some sixty notas, closed, cash handed in; in bulk."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.till.actions.blocks import explain_gaps, hand_block
from berdaya.till.actions.closing import close_session, receive_cash
from berdaya.till.actions.opening import ShownQris, open_session
from berdaya.till.actions.selling import (
    BasketLine,
    NotaInput,
    StallPayment,
    sell_many_at_stall,
)
from berdaya.till.calc_cash import change_in, counted_rp, likely_tenders, rounded_cash
from berdaya.till.models import HandOutLine, PaperState, QrisProof, Stall, StallSession
from berdaya.till.queries_sales import lines_at, takings_of

FLOAT_RP = 500_000
OPENS, CLOSES = time(9), time(18)
PAPERS = 25
REASONS = ("Beli tiga", "Pelanggan tetap", "Sedikit cacat di tepi")


def sell_festival(
    *, by: Actor, stall: Stall, days: Sequence[date], notas: int = 60, leave_open: bool = False
) -> None:
    """`notas` over the days, the later ones busier; `leave_open`: the last day still sells.

    `by` must reach the owners (a program's own actor does). Goods must have been counted in.
    """
    rng = Random(f"{stall.event.code}-{stall.number}")
    with clock.travel(_at(stall, days[0], OPENS)):
        block = hand_block(by=by, stall=stall, series="A", first_no=1, last_no=PAPERS)
    weights = list(range(1, len(days) + 1))
    for day, weight in zip(days, weights, strict=True):
        count = max(1, notas * weight // sum(weights))
        is_last = day == days[-1]
        if is_last and not leave_open:
            with clock.travel(_at(stall, day, CLOSES)):
                numbers = range(block.first_no, block.last_no + 1)
                explain_gaps(
                    by=by, block=block, numbers=numbers, state=PaperState.UNUSED,
                    reason="Listrik dan jaringan tidak pernah mati",
                )  # fmt: skip
        _sell_day(by, stall, day, count, rng, stays_open=is_last and leave_open)


def _at(stall: Stall, day: date, hour: time) -> datetime:
    """That hour on the stall's clock, but never one that has not come."""
    instant = datetime.combine(day, hour, tzinfo=ZoneInfo(stall.event.timezone))
    return min(instant, clock.now())


def _sell_day(
    by: Actor, stall: Stall, day: date, count: int, rng: Random, *, stays_open: bool
) -> None:
    begins, ends = _at(stall, day, OPENS), _at(stall, day, CLOSES)
    with clock.travel(begins):
        session = open_session(by=by, stall=stall, float_rp=FLOAT_RP, shown=_shown(stall))
    with clock.travel(ends):
        asked = _notas(stall, count, rng, begins, ends)
        sell_many_at_stall(by=by, session=session, asked=asked)
        if not stays_open:
            _close(by, session, rng)


def _shown(stall: Stall) -> ShownQris | None:
    if stall.qris is None:
        return None
    return ShownQris(nmid=stall.qris.nmid, name=stall.qris.merchant_name)


def _notas(
    stall: Stall, count: int, rng: Random, begins: datetime, ends: datetime
) -> list[NotaInput]:
    left = {line.pk: int(line.left_qty) for line in lines_at(stall.pk)}
    lines = {line.pk: line for line in lines_at(stall.pk)}
    step, made = (ends - begins) / (count + 1), []
    for number in range(1, count + 1):
        chosen = [pk for pk in lines if left[pk]]
        if not chosen:
            break
        basket = []
        for pk in rng.sample(chosen, min(len(chosen), rng.choice((1, 1, 1, 2, 2, 3)))):
            line = _line(lines[pk], min(left[pk], rng.choice((1, 1, 1, 2))), rng)
            left[pk] -= int(line.qty)
            basket.append(line)
        sale_id = UUID(int=rng.getrandbits(128), version=4)
        paid = _payment(stall, _worth(basket, lines), rng)
        made.append(NotaInput(sale_id, basket, paid, begins + number * step))
    return made


def _line(line: HandOutLine, qty: int, rng: Random) -> BasketLine:
    """Now and then somebody bargains."""
    if line.lowest_rp == line.price_rp or rng.random() > 0.12:
        return BasketLine(line.pk, Decimal(qty))
    price = max(line.lowest_rp, line.price_rp * 95 // 100 // 1_000 * 1_000)
    return BasketLine(line.pk, Decimal(qty), min(price, line.price_rp), rng.choice(REASONS))


def _worth(basket: Sequence[BasketLine], lines: dict[int, HandOutLine]) -> int:
    prices = {pk: line.price_rp for pk, line in lines.items()}
    return sum(
        int(one.qty) * (one.unit_price_rp or prices[one.line_id]) for one in basket
    )


def _payment(stall: Stall, worth_rp: int, rng: Random) -> StallPayment:
    if stall.qris is not None and rng.random() < 0.4:
        seen = rng.choice((QrisProof.APP, QrisProof.NOTICE, QrisProof.SOUNDBOX))
        return StallPayment("qris", reference=f"{rng.randrange(10_000):04d}", seen=seen)
    due = rounded_cash(worth_rp, stall.rounding_rp or 1)
    return StallPayment("cash", tendered_rp=rng.choice(likely_tenders(due)))


def _close(by: Actor, session: StallSession, rng: Random) -> None:
    """Some days the drawer lacks a coin, and the closing says so."""
    expected = takings_of(session).expected_rp
    counts = dict(change_in(expected - rng.choice((0, 0, 500))))
    reason = "" if counted_rp(counts) == expected else "Kembalian terlalu banyak"
    closing = close_session(by=by, session=session, counts=counts, reason=reason)
    receive_cash(by=by, handover=closing.handover)
