"""Make an event, set up its stalls, invite units, choose from what they propose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import ALLOWED, Refused, Verdict, require
from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility, Office, Party, QrisAccount, Region
from berdaya.institutions.queries import reach_of
from berdaya.institutions.rules import may, may_somewhere
from berdaya.ledger.models import Book
from berdaya.legality.rules.listing import may_list
from berdaya.people.rules import facility_lpka
from berdaya.till import rules
from berdaya.till.models import (
    Answer,
    Event,
    HandOut,
    Invitation,
    ProductProposal,
    ProposalDecision,
    Stall,
)
from berdaya.till.queries import gate_facts


@dataclass(frozen=True)
class EventInput:
    """What an event is: both days are days of selling."""

    code: str
    name: str
    venue: str
    begins_on: date
    ends_on: date
    name_en: str = ""


def create_event(
    *, by: Actor, office: Office, region: Region, timezone: str, what: EventInput
) -> Event:
    """Refused: event_elsewhere (an office the actor does not act for), event_days_wrong,
    event_code_taken."""
    required()
    require(may_organise(by, office))
    if what.ends_on < what.begins_on:
        raise Refused(rules.event_days_wrong())
    code = what.code.strip().upper()
    try:
        with transaction.atomic():
            return Event.objects.create(
                code=code,
                name=what.name.strip(),
                name_en=what.name_en.strip(),
                venue=what.venue.strip(),
                region=region,
                office=office,
                timezone=timezone,
                begins_on=what.begins_on,
                ends_on=what.ends_on,
                recorded_at=clock.now(),
                recorded_by_id=by.user_id,
            )
    except IntegrityError:
        raise Refused(rules.event_code_taken(code=code)) from None


def may_organise(by: Actor, office: Office) -> Verdict:
    """The organiser acts for this office or one above it; the program itself may everywhere."""
    if by.user_id is None:
        return ALLOWED
    found = may_somewhere(by, "event.edit")
    if found.ok and not reach_of(by, "event.edit", clock.today()).covers(office):
        return Verdict((rules.event_elsewhere(),))
    return found


@dataclass(frozen=True)
class StallInput:
    """A stall: who takes its cash, by which QRIS, which difference counts."""

    number: int
    label: str
    cash_taker: Party
    qris: QrisAccount | None = None
    difference_limit_rp: int = 0


def add_stall(*, by: Actor, event: Event, host: Facility, what: StallInput) -> Stall:
    """Set up one stall. Refused: event_elsewhere, event_over, facility_lpka, cash_taker_unfit,
    stall_qris_unfit, stall_number_taken."""
    required()
    require(may_organise(by, event.office) + rules.may_host(host, what.cash_taker))
    _require_ahead(event)
    book = Book.objects.filter(party=what.cash_taker, facility=host).first()
    if book is None:
        raise Refused(rules.cash_taker_unfit())
    if what.qris is not None and not _fits(what.qris, what.cash_taker, event):
        raise Refused(rules.stall_qris_unfit())
    try:
        with transaction.atomic():
            return Stall.objects.create(
                event=event,
                facility=host,
                number=what.number,
                label=what.label.strip(),
                cash_taker=what.cash_taker,
                book=book,
                qris=what.qris,
                difference_limit_rp=what.difference_limit_rp,
                recorded_at=clock.now(),
                recorded_by_id=by.user_id,
            )
    except IntegrityError:
        raise Refused(rules.stall_number_taken()) from None


def _fits(qris: QrisAccount, cash_taker: Party, event: Event) -> bool:
    usable = QrisAccount.objects.usable(event.begins_on).filter(pk=qris.pk, owner=cash_taker)
    return usable.exists() and qris.holds_on(event.ends_on)


def _require_ahead(event: Event) -> None:
    if event.ends_on < clock.today(event.timezone):
        raise Refused(rules.event_over())


def invite_units(*, by: Actor, event: Event, facilities: Iterable[Facility]) -> list[Invitation]:
    """Ask units to take part, all or none. Refused: event_elsewhere, event_over, facility_lpka,
    invited_already."""
    required()
    require(may_organise(by, event.office))
    _require_ahead(event)
    asked = list(facilities)
    if any(not one.is_producing for one in asked):
        raise Refused(facility_lpka())
    known = Invitation.objects.filter(event=event, facility__in=asked).select_related("facility")
    for row in known:
        raise Refused(rules.invited_already(unit=row.facility.name))
    return Invitation.objects.bulk_create(
        Invitation(event=event, facility=one, invited_at=clock.now(), invited_by_id=by.user_id)
        for one in asked
    )


def answer_invitation(
    *, by: Actor, invitation: Invitation, is_coming: bool, note: str = ""
) -> Invitation:
    """Say yes or no, and again until goods are on the way. Locks the invitation.

    Refused: event_over, goods_on_the_way.
    """
    required()
    require(may(by, "event.propose", invitation.facility_id))
    fresh = lock_row(invitation)
    _require_ahead(fresh.event)
    if HandOut.objects.filter(stall__event=fresh.event, facility=fresh.facility_id).exists():
        raise Refused(rules.goods_on_the_way())
    fresh.answer = Answer.COMING if is_coming else Answer.NOT_COMING
    fresh.note = note.strip()
    fresh.answered_at, fresh.answered_by_id = clock.now(), by.user_id
    fresh.save(update_fields=["answer", "note", "answered_at", "answered_by"])
    return fresh


@dataclass(frozen=True)
class ProposalInput:
    """How many of a variant a unit would bring, the price on the tag and the lowest one."""

    variant: Variant
    qty: Decimal
    price_rp: int
    lowest_rp: int


def propose_products(
    *, by: Actor, event: Event, facility: Facility, products: Sequence[ProposalInput]
) -> list[ProductProposal]:
    """What a unit would bring, all or nothing. Refused: not_coming, event_over,
    stall_prices_wrong, proposed_already."""
    required()
    require(may(by, "event.propose", facility.pk))
    _require_ahead(event)
    require_coming(event, facility.pk)
    if any(not 0 < one.lowest_rp <= one.price_rp or one.qty <= 0 for one in products):
        raise Refused(rules.stall_prices_wrong())
    rows = [
        ProductProposal(
            event=event,
            facility=facility,
            variant=one.variant,
            qty=one.qty,
            price_rp=one.price_rp,
            lowest_rp=one.lowest_rp,
            proposed_at=clock.now(),
            proposed_by_id=by.user_id,
        )
        for one in products
    ]
    try:
        with transaction.atomic():
            return ProductProposal.objects.bulk_create(rows)
    except IntegrityError:
        raise Refused(rules.proposed_already()) from None


def require_coming(event: Event, facility_id: int) -> None:
    """Refused: not_invited, not_coming."""
    row = Invitation.objects.filter(event=event, facility=facility_id).first()
    if row is None:
        raise Refused(rules.not_invited())
    if row.answer != Answer.COMING:
        raise Refused(rules.not_coming())


def decide_proposals(
    *, by: Actor, event: Event, choices: Sequence[tuple[ProductProposal, bool, str]]
) -> list[ProposalDecision]:
    """Choose or leave proposals of one event: (proposal, chosen, reason). What is chosen must be
    lawful on every day of the event; all or nothing.

    Refused: event_elsewhere, decision_reason_missing, proposal_decided, and what the market's
    rules find (permit_missing, permit_lapsed, facility_lpka ...).
    """
    required()
    require(may_organise(by, event.office))
    if any(not chosen and not reason.strip() for _row, chosen, reason in choices):
        raise Refused(rules.decision_reason_missing())
    picked = {row.variant_id for row, chosen, _reason in choices if chosen}
    for facts in gate_facts(picked, event) if picked else ():
        require(may_list(facts))
    rows = [
        ProposalDecision(
            proposal=row,
            facility_id=row.facility_id,
            is_chosen=chosen,
            reason=reason.strip(),
            decided_at=clock.now(),
            decided_by_id=by.user_id,
        )
        for row, chosen, reason in choices
    ]
    try:
        with transaction.atomic():
            return ProposalDecision.objects.bulk_create(rows)
    except IntegrityError:
        raise Refused(rules.proposal_decided()) from None
