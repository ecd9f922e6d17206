"""Goods that come back from a stall into the owner's store."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_row, lock_rows
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.papers.actions.documents import issue_document
from berdaya.papers.models import Document
from berdaya.papers.queries import signer_for
from berdaya.stock.actions.movements import move_between
from berdaya.till import rules
from berdaya.till.actions.handouts import PAPER
from berdaya.till.actions.lines import claim
from berdaya.till.models import HandBack, HandBackLine, HandOut, HandOutLine


def take_back(
    *, by: Actor, hand_out: HandOut, lines: Mapping[int, Decimal], day: date, note: str = ""
) -> HandBack:
    """Take goods (line id -> quantity) back into the store they came from, with a paper.

    The owner's officer counts them there: what comes back is no longer owed. Locks hand-out and
    lines. Refused: hand_out_empty, not_received, more_than_left, stall_day_wrong, stock_short.
    """
    required()
    require(may(by, "handout.make", hand_out.facility_id))
    asked = {pk: qty for pk, qty in lines.items() if qty}
    if not asked or any(qty < 0 for qty in asked.values()):
        raise Refused(rules.hand_out_empty())
    fresh = lock_row(hand_out)
    if fresh.received_at is None:
        raise Refused(rules.not_received(code=fresh.code))
    require(rules.may_be_on(day, clock.today(fresh.facility.timezone), fresh.handed_on))
    rows = _claimed(fresh, asked)
    unit = fresh.facility.code
    code = desk_code(unit, day.year, "SK", draw(f"handback:{unit}", day.year))
    for row in rows:
        move_between(
            by=by, lot=row.lot, from_place=fresh.place, to_place=fresh.from_place,
            qty=asked[row.pk], day=day, reference=f"handback:{code}",
        )  # fmt: skip
    made = HandBack.objects.create(
        code=code,
        hand_out=fresh,
        facility_id=fresh.facility_id,
        host_id=fresh.host_id,
        day=day,
        note=note.strip(),
        document=_paper(by, fresh, code, day),
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
    HandBackLine.objects.bulk_create(
        HandBackLine(
            hand_back=made,
            facility_id=made.facility_id,
            host_id=made.host_id,
            line=row,
            qty=asked[row.pk],
        )
        for row in rows
    )
    return made


def _claimed(hand_out: HandOut, asked: Mapping[int, Decimal]) -> list[HandOutLine]:
    mine = HandOutLine.objects.filter(hand_out=hand_out, pk__in=asked)
    rows = lock_rows(HandOutLine, mine.values_list("pk", flat=True))
    if len(rows) != len(asked):
        raise Refused(rules.hand_out_empty())
    refused = claim("returned_qty", asked)
    if refused is not None:
        row = next(one for one in rows if one.pk == refused)
        raise Refused(rules.more_than_left(what=row.variant.label))
    return rows


def _paper(by: Actor, hand_out: HandOut, code: str, day: date) -> Document:
    giver = signer_for(hand_out.host, "seller", day, hand_out.received_by_id)
    taker = signer_for(hand_out.facility, "officer", day, by.user_id)
    return issue_document(
        by=by, type=PAPER, facility=hand_out.facility, day=day,
        subject_ref=f"handback:{code}", signers=[giver, taker],
    )  # fmt: skip
