"""Gate passes: asked by one, decided by another; the approval draws the number."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_row
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.institutions.standing_in import require_decision
from berdaya.papers.actions.documents import issue_document
from berdaya.papers.models import Document
from berdaya.stock import rules
from berdaya.stock.actions.movements import move_between
from berdaya.stock.models import GatePass, GatePassLine, Lot, Place

GATE_PASS, DELIVERY_NOTE = "SIKB", "SJ"


def request_gate_pass(
    *,
    by: Actor,
    place: Place,
    lines: Mapping[int, Decimal],
    destination: str,
    day: date,
    carrier: str,
    vehicle: str = "",
    to_place: Place | None = None,
    reference: str = "",
) -> GatePass:
    """Ask that parts of lots (lot id -> quantity) may leave; nothing moves yet.

    Refused: pass_empty, qty_not_positive, same_place, place_elsewhere.
    """
    required()
    require(may(by, "stock.edit", place.facility_id))
    lots = _lots_of(place, lines)
    if to_place is not None:
        _require_other_place(place, to_place)
    number = draw(f"gate:{place.facility.code}", day.year)
    gate_pass = GatePass.objects.create(
        code=desk_code(place.facility.code, day.year, "G", number),
        facility_id=place.facility_id,
        place=place,
        to_place=to_place,
        destination=destination.strip(),
        day=day,
        carrier=carrier.strip(),
        vehicle=vehicle.strip(),
        reference=reference,
        requested_by_id=by.user_id,
        requested_at=clock.now(),
    )
    GatePassLine.objects.bulk_create(
        GatePassLine(gate_pass=gate_pass, facility_id=place.facility_id, lot=lot, qty=lines[lot.pk])
        for lot in lots
    )
    return gate_pass


def approve_gate_pass(*, by: Actor, gate_pass: GatePass) -> GatePass:
    """Let the goods leave: moves them to `to_place` if there is one, draws the number last.

    Locks the pass. Refused: unit_can_decide, pass_decided, pass_own, stock_short.
    """
    fresh = _decide(by, gate_pass)
    for line in fresh.lines.select_related("lot").order_by("lot_id"):
        if fresh.to_place is not None:
            move_between(
                by=by, lot=line.lot, from_place=fresh.place, to_place=fresh.to_place,
                qty=line.qty, day=min(fresh.day, clock.today(fresh.facility.timezone)),
                reference=f"gate:{fresh.code}",
            )  # fmt: skip
    fresh.approved_by_id, fresh.approved_at = by.user_id, clock.now()
    fresh.document = issue_document(
        by=by,
        type=GATE_PASS,
        facility=fresh.facility,
        day=fresh.day,
        subject_ref=f"gate:{fresh.code}",
    )
    fresh.save(update_fields=["approved_by", "approved_at", "document"])
    return fresh


def decline_gate_pass(*, by: Actor, gate_pass: GatePass, reason: str) -> GatePass:
    """Say no, with a reason; nothing moves and no number is used. Locks the pass.

    Refused: pass_decided, pass_own, stock_reason_missing.
    """
    fresh = _decide(by, gate_pass)
    if not reason.strip():
        raise Refused(rules.reason_missing())
    fresh.declined_by_id, fresh.declined_at = by.user_id, clock.now()
    fresh.decline_reason = reason.strip()
    fresh.save(update_fields=["declined_by", "declined_at", "decline_reason"])
    return fresh


def drop_passes(*, by: Actor, facility: Facility, reference: str, reason: str) -> int:
    """Nobody needs these goods outside any more; returns how many passes changed.

    Passes not yet decided are declined; approved ones are withdrawn: they keep their number and
    let nothing out. A pass that moved its goods to another place stays, for they are there.
    """
    required()
    passes = GatePass.objects.filter(facility=facility, reference=reference)
    who, at, why = by.user_id, clock.now(), reason.strip()[:200]
    waiting = passes.filter(approved_at__isnull=True, declined_at__isnull=True)
    declined = waiting.update(declined_by=who, declined_at=at, decline_reason=why)
    approved = passes.filter(
        approved_at__isnull=False, withdrawn_at__isnull=True, to_place__isnull=True
    )
    return declined + approved.update(withdrawn_by=who, withdrawn_at=at, withdraw_reason=why)


def issue_delivery_note(*, by: Actor, gate_pass: GatePass) -> Document:
    """The delivery note that travels with goods allowed to leave; asked again it is the same.

    Refused: pass_not_approved.
    """
    required()
    require(may(by, "stock.edit", gate_pass.facility_id))
    if not gate_pass.is_approved:
        raise Refused(rules.pass_not_approved())
    return issue_document(
        by=by,
        type=DELIVERY_NOTE,
        facility=gate_pass.facility,
        day=gate_pass.day,
        subject_ref=f"gate:{gate_pass.code}",
    )


def _decide(by: Actor, gate_pass: GatePass) -> GatePass:
    required()
    require_decision(
        by=by, ability="gate.approve", facility_id=gate_pass.facility_id,
        done_by=[gate_pass.requested_by_id],
    )  # fmt: skip
    fresh = lock_row(gate_pass)
    facts = rules.PassFacts(fresh.code, fresh.is_decided, fresh.requested_by_id, by.user_id)
    require(rules.may_decide(facts))
    return fresh


def _lots_of(place: Place, lines: Mapping[int, Decimal]) -> list[Lot]:
    if not lines:
        raise Refused(rules.pass_empty())
    if any(qty <= 0 for qty in lines.values()):
        raise Refused(rules.qty_not_positive())
    lots = list(Lot.objects.filter(pk__in=lines, facility=place.facility_id).order_by("pk"))
    if len(lots) != len(lines):
        raise Refused(rules.place_elsewhere())
    return lots


def _require_other_place(place: Place, to_place: Place) -> None:
    if place.pk == to_place.pk:
        raise Refused(rules.same_place())
    if place.facility_id != to_place.facility_id:
        raise Refused(rules.place_elsewhere())
