"""Hand goods out to a stall and count them in there; two people, one paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_row, lock_rows
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.ledger.models import Book
from berdaya.legality.selling import ended_on
from berdaya.papers.actions.documents import issue_document
from berdaya.papers.models import Document
from berdaya.papers.queries import signer_for
from berdaya.stock.actions.gates import request_gate_pass
from berdaya.stock.models import Lot, Place, PlaceKind
from berdaya.till import agreement, rules
from berdaya.till.actions.events import require_coming
from berdaya.till.models import (
    HandOut,
    HandOutLine,
    HandOutLoss,
    ProductProposal,
    Settlement,
    Stall,
)

PAPER = "BAST"


@dataclass(frozen=True)
class LineInput:
    """A part of one lot, the price on its tag and the lowest at which it may go."""

    lot: Lot
    qty: Decimal
    price_rp: int
    lowest_rp: int


def make_hand_out(
    *,
    by: Actor,
    stall: Stall,
    book: Book,
    from_place: Place,
    lines: Sequence[LineInput],
    day: date,
    carrier: str,
    is_agreed: bool,
    vehicle: str = "",
) -> HandOut:
    """Accept the agreement for the owner of `book` and ask that the goods may leave for the stall.

    Nothing moves before the owner's head approves the gate pass. Refused: not_invited, not_coming,
    agreement_not_accepted, hand_out_empty, not_chosen, stall_prices_wrong, event_over,
    permit_lapsed, permit_revoked, and what a gate pass is refused for.
    """
    required()
    require(may(by, "handout.make", book.facility_id))
    require_coming(stall.event, book.facility_id)
    chosen = _chosen(stall, book.facility_id)
    facts = [
        rules.HandOutFacts(
            one.lot.variant.label, one.qty, one.price_rp, one.lowest_rp,
            one.lot.variant_id in chosen,
        )
        for one in lines
    ]  # fmt: skip
    require(
        rules.may_hand_out(facts, is_agreed=is_agreed, is_coming=True)
        + ended_on({day: [one.lot.variant_id for one in lines]})
    )
    if stall.event.ends_on < day:
        raise Refused(rules.event_over())
    _require_unsettled(stall, book)
    unit = book.facility.code
    code = desk_code(unit, day.year, "ST", draw(f"handout:{unit}", day.year))
    place = stall_place(stall, book.facility_id)
    gate_pass = request_gate_pass(
        by=by, place=from_place, to_place=place, lines={one.lot.pk: one.qty for one in lines},
        destination=f"{stall.event.name}, {stall.label}"[:120], day=day, carrier=carrier,
        vehicle=vehicle, reference=f"handout:{code}",
    )  # fmt: skip
    made = HandOut.objects.create(
        code=code,
        stall=stall,
        host_id=stall.facility_id,
        facility_id=book.facility_id,
        book=book,
        from_place=from_place,
        place=place,
        gate_pass=gate_pass,
        handed_on=day,
        agreement_version=agreement.CURRENT,
        accepted_at=clock.now(),
        accepted_by_id=by.user_id,
    )
    HandOutLine.objects.bulk_create(_line(made, one) for one in lines)
    return made


def _require_unsettled(stall: Stall, book: Book) -> None:
    rows = Settlement.objects.filter(stall=stall, book=book, declined_at__isnull=True)
    for settled in rows:
        raise Refused(rules.settlement_exists(code=settled.code))


def _chosen(stall: Stall, facility_id: int) -> set[int]:
    rows = ProductProposal.objects.filter(
        event=stall.event_id, facility=facility_id, decision__is_chosen=True
    )
    return set(rows.values_list("variant_id", flat=True))


def stall_place(stall: Stall, facility_id: int) -> Place:
    """The owner's own place at this stall: made with its first hand-out there."""
    name = f"{stall.event.code} · {stall.number} {stall.label}"[:80]
    place, _made = Place.objects.get_or_create(
        facility_id=facility_id, name=name, defaults={"kind": PlaceKind.STALL}
    )
    return place


def _line(made: HandOut, one: LineInput) -> HandOutLine:
    return HandOutLine(
        hand_out=made,
        facility_id=made.facility_id,
        host_id=made.host_id,
        variant_id=one.lot.variant_id,
        lot=one.lot,
        qty=one.qty,
        price_rp=one.price_rp,
        lowest_rp=one.lowest_rp,
    )


def receive_hand_out(
    *, by: Actor, hand_out: HandOut, counted: Mapping[int, Decimal], note: str = ""
) -> HandOut:
    """Count the goods in for the stall (line id -> pieces) and draw the BAST; now they may be sold.

    `by` reaches the owner (mandates.at_stall). What is missing is said as a loss, which the owner
    confirms or declines. Locks hand-out and lines. Refused: not_at_the_stall, received_already,
    handout_same_person, count_incomplete, counted_too_many, difference_unexplained.
    """
    required()
    require(may(by, "handout.receive", hand_out.host_id))
    fresh = lock_row(hand_out)
    require(rules.two_people(fresh.accepted_by_id, by.user_id, rules.handout_same_person()))
    if fresh.received_at is not None:
        raise Refused(rules.received_already(code=fresh.code))
    if not fresh.gate_pass.is_approved:
        raise Refused(rules.not_at_the_stall(code=fresh.code))
    _require_unsettled(fresh.stall, fresh.book)
    lines = _count(fresh, counted, note)
    _note_missing(by, fresh, lines, note)
    fresh.received_by_id, fresh.received_at = by.user_id, clock.now()
    fresh.receipt_note = note.strip()
    fresh.document = _paper(by, fresh)
    fresh.save(update_fields=["received_by", "received_at", "receipt_note", "document"])
    return fresh


def _count(fresh: HandOut, counted: Mapping[int, Decimal], note: str) -> list[HandOutLine]:
    pks = HandOutLine.objects.filter(hand_out=fresh).values_list("pk", flat=True)
    lines = lock_rows(HandOutLine, pks)
    facts = [rules.CountFacts(one.variant.label, one.qty, counted.get(one.pk)) for one in lines]
    require(rules.may_receive(facts, note))
    for line in lines:
        line.received_qty = counted[line.pk]
        line.lost_qty = line.qty - counted[line.pk]
    HandOutLine.objects.bulk_update(lines, ["received_qty", "lost_qty"])
    return lines


def _note_missing(by: Actor, fresh: HandOut, lines: Sequence[HandOutLine], note: str) -> None:
    HandOutLoss.objects.bulk_create(
        HandOutLoss(
            line=line,
            facility_id=line.facility_id,
            host_id=line.host_id,
            qty=line.lost_qty,
            day=clock.today(fresh.stall.event.timezone),
            reason=note.strip(),
            borne_by="owner",
            recorded_at=clock.now(),
            recorded_by_id=by.user_id,
        )
        for line in lines
        if line.lost_qty
    )


def _paper(by: Actor, fresh: HandOut) -> Document:
    """The handover record: the owner's officer gives, the stall's seller receives."""
    day = clock.today(fresh.stall.event.timezone)
    giver = signer_for(fresh.facility, "officer", day, fresh.accepted_by_id)
    taker = signer_for(fresh.host, "seller", day, by.user_id)
    return issue_document(
        by=by, type=PAPER, facility=fresh.facility, day=day,
        subject_ref=f"handout:{fresh.code}", signers=[taker, giver],
    )  # fmt: skip
