"""Hand goods over for sale by others, and settle what was sold and what came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F

from berdaya.core import clock, scope
from berdaya.core.codes import desk_code
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.ledger.models import Book
from berdaya.ledger.rules import book_missing
from berdaya.proceeds import rules
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.actions.sales import SaleLineInput, claim_request, record_sale
from berdaya.proceeds.models import Consignment, ConsignmentLine, Sale
from berdaya.proceeds.queries import selling_books
from berdaya.stock.actions.movements import move_between
from berdaya.stock.models import Place, PlaceKind
from berdaya.stock.queries import first_expiring


@dataclass(frozen=True)
class ConsignmentInput:
    """How many of a variant are handed over, at which agreed price each."""

    variant_id: int
    qty: Decimal
    unit_price_rp: int


def hand_over(
    *,
    by: Actor,
    facility: Facility,
    from_place: Place,
    place: Place,
    handed_on: date,
    lines: Sequence[ConsignmentInput],
    buyer_kind: str = "shop",
    note: str = "",
    book: Book | None = None,
) -> Consignment:
    """Move goods to a consignee's place; they are ours until settled.

    Refused: consignment_place_wrong, consignment_two_prices, sale_empty, book_missing, stock_short.
    """
    scope.required()
    require(may(by, "sale.record", facility.pk))
    facts = rules.SaleFacts(facility.kind, handed_on, clock.today(facility.timezone), len(lines))
    require(rules.may_sell(facts))
    if place.kind != PlaceKind.CONSIGNEE:
        raise Refused(rules.consignment_place_wrong())
    books = [book] if book else selling_books(facility.pk)
    if not books:
        raise Refused(book_missing())
    number = draw(f"consignment:{facility.code}", handed_on.year)
    consignment = Consignment.objects.create(
        code=desk_code(facility.code, handed_on.year, "T", number),
        facility=facility,
        book=books[0],
        from_place=from_place,
        place=place,
        buyer_kind=buyer_kind,
        handed_on=handed_on,
        note=note,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
    for line in lines:
        _move(by, consignment, line)
    return consignment


def _move(by: Actor, consignment: Consignment, line: ConsignmentInput) -> None:
    place, day = consignment.from_place, consignment.handed_on
    for lot, qty in first_expiring(line.variant_id, place.pk, line.qty, day):
        move_between(
            by=by,
            lot=lot,
            from_place=place,
            to_place=consignment.place,
            qty=qty,
            day=day,
            reference=consignment.code,
        )
        row, is_new = ConsignmentLine.objects.get_or_create(
            consignment=consignment,
            lot=lot,
            defaults={
                "facility_id": consignment.facility_id,
                "qty": qty,
                "unit_price_rp": line.unit_price_rp,
            },
        )
        if not is_new:
            if row.unit_price_rp != line.unit_price_rp:
                raise Refused(rules.consignment_two_prices(lot=lot.code))
            row.qty += qty
            row.save(update_fields=["qty"])


def settle_consignment(
    *,
    by: Actor,
    consignment: Consignment,
    settled_on: date,
    sold: Mapping[int, Decimal],
    returned: Mapping[int, Decimal] | None = None,
    payments: Sequence[PaymentInput] = (),
    own_receipt_no: str = "",
    request_key: str | None = None,
) -> Sale | None:
    """Turn what the consignee sold into a sale and take the rest back; None if nothing was sold.

    `sold`, `returned`: consignment line id -> quantity. Each claim is one conditional UPDATE.
    Refused: consignment_not_left, day_in_future, day_too_early, and what record_sale may be.
    """
    scope.required()
    today = clock.today(consignment.facility.timezone)
    handed = (rules.HANDED_OVER, consignment.handed_on)
    require(rules.may_be_dated(settled_on, today, handed))
    rows = {row.pk: row for row in consignment.lines.select_related("lot")}
    sale = _sell(by, consignment, rows, settled_on, sold, payments, own_receipt_no, request_key)
    if sale is not None and sale.is_repeat:
        return sale
    # What only gives goods back makes no sale that would remember the form.
    key = f"back:{request_key}" if request_key and sale is None else ""
    if key and not claim_request(key, consignment.facility_id):
        return None
    for pk, qty in sold.items():
        _claim(rows[pk], "sold_qty", qty)
    for pk, qty in (returned or {}).items():
        _claim(rows[pk], "returned_qty", qty)
    for pk, qty in (returned or {}).items():
        if qty > 0:
            move_between(
                by=by,
                lot=rows[pk].lot,
                from_place=consignment.place,
                to_place=consignment.from_place,
                qty=qty,
                day=settled_on,
                reference=consignment.code,
            )
    return sale


def _claim(row: ConsignmentLine, column: str, qty: Decimal) -> None:
    fits = ConsignmentLine.objects.filter(
        pk=row.pk, qty__gte=F("sold_qty") + F("returned_qty") + qty
    )
    if qty < 0 or not fits.update(**{column: F(column) + qty}):
        raise Refused(rules.consignment_not_left(lot=row.lot.code))


def _sell(
    by: Actor,
    consignment: Consignment,
    rows: dict[int, ConsignmentLine],
    day: date,
    sold: Mapping[int, Decimal],
    payments: Sequence[PaymentInput],
    own_receipt_no: str,
    request_key: str | None,
) -> Sale | None:
    lines = [
        SaleLineInput(rows[pk].lot.variant_id, qty, rows[pk].unit_price_rp, 0, rows[pk].lot_id)
        for pk, qty in sold.items()
        if qty > 0
    ]
    if not lines:
        return None
    return record_sale(
        by=by,
        facility=consignment.facility,
        kind="consignment",
        buyer_kind=consignment.buyer_kind,
        buyer_label=consignment.place.name,
        sold_on=day,
        place=consignment.place,
        lines=lines,
        payments=payments,
        own_receipt_no=own_receipt_no,
        request_key=request_key,
        book=consignment.book,
    )
