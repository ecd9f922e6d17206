"""Record sales: goods of lots handed over, their money divided, frozen and booked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection

from berdaya.core import clock, scope
from berdaya.core.ids import uuid7
from berdaya.core.numbers import draw_many
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, Verdict, combine, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.ledger.actions.entries import post_entries
from berdaya.ledger.models import Book
from berdaya.ledger.rules import book_missing
from berdaya.legality.queries.shipping import may_ship
from berdaya.legality.rules.shipping import HOME
from berdaya.legality.selling import ended_on
from berdaya.proceeds import rules
from berdaya.proceeds.actions.drafts import Draft, SaleInput, SaleLineInput, draft_sales
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.actions.sale_rows import Counterfoil, Rows, sale_row
from berdaya.proceeds.models import Allocation, Sale, SaleKind
from berdaya.proceeds.queries import selling_books
from berdaya.stock.actions.movements import Taking, take_from_lots
from berdaya.stock.models import MovementKind, Place

# Kinds by which the unit itself hands goods over.
COUNTER = frozenset({SaleKind.GATE, SaleKind.GALLERY, SaleKind.OUTRIGHT, SaleKind.COURIER})
__all__ = ["SaleInput", "SaleLineInput", "record_sale", "record_sales"]


def record_sale(
    *,
    by: Actor,
    facility: Facility,
    kind: str,
    buyer_kind: str,
    sold_on: date,
    place: Place,
    lines: Sequence[SaleLineInput],
    payments: Sequence[PaymentInput] = (),
    buyer_label: str = "",
    own_receipt_no: str = "",
    source_ref: str = "",
    is_history: bool = False,
    request_key: str | None = None,
    book: Book | None = None,
    days_on_way: int = 0,
    destination: str = HOME,
) -> Sale:
    """Take the goods out of stock, divide their money and book it; see record_sales.

    What is handed to a buyer now (COUNTER) is refused where its permit had ended by that day, with
    permit_lapsed or permit_revoked; the reports of others and the past are written down as they
    were.
    """
    if kind in COUNTER and not is_history:
        require(ended_on({sold_on: [line.variant_id for line in lines]}))
    sale = SaleInput(
        kind, buyer_kind, sold_on, lines, payments, buyer_label, own_receipt_no, source_ref,
        is_history, request_key, days_on_way, destination=destination,
    )  # fmt: skip
    return record_sales(by=by, facility=facility, place=place, sales=[sale], book=book)[0]


def record_sales(
    *,
    by: Actor,
    facility: Facility,
    place: Place,
    sales: Sequence[SaleInput],
    book: Book | None = None,
) -> list[Sale]:
    """Take goods out of stock, divide their money and book it, all or nothing; the sales in order,
    each the one that the same `request_key` (or `source_ref`) made before, if there is one.

    Locks the lots. Statements do not grow with sales, unless lots must be picked. Refused: the
    codes of rules.may_sell and may_buy_at, regime_missing, book_missing, stock_short,
    lot_of_other_variant, discount_too_large, payment_exceeds_due, month_closed, and for what goes
    abroad those of legality.may_ship_to.
    """
    scope.required()
    require(may(by, "sale.record", facility.pk))
    today = clock.today(facility.timezone)
    for sale in sales:
        facts = rules.SaleFacts(facility.kind, sale.sold_on, today, len(sale.lines))
        require(rules.may_sell(facts))
    asked = {uuid7(): sale for sale in sales}
    claimed = _claim_requests({pk: sale.key for pk, sale in asked.items()}, facility.pk)
    fresh = {pk: sale for pk, sale in asked.items() if pk in claimed}
    made = {}
    if fresh:
        made = _record(Counterfoil(by, facility, book or _usual_book(facility), place), fresh)
    return [made.get(pk) or _earlier(sale.key, facility.pk) for pk, sale in asked.items()]


def _record(foil: Counterfoil, fresh: dict[UUID, SaleInput]) -> dict[UUID, Sale]:
    drafts, lots = draft_sales(foil.book, foil.place, list(fresh.values()))
    rows = Rows()
    for pk, draft, number in zip(fresh, drafts, _numbers(foil.facility, drafts), strict=True):
        rows.add(foil.by, sale_row(foil, pk, draft, number), draft)
    require(_may_leave(rows.allocations))
    rows.write()
    takings = [
        Taking(lots[one.lot_id], one.qty, one.sale.sold_on, one.sale.code)
        for one in rows.allocations
    ]
    take_from_lots(by=foil.by, place=foil.place, kind=MovementKind.SOLD, takings=takings)
    post_entries(by=foil.by, specs=rows.entries)
    return {sale.pk: sale for sale in rows.sales}


def _may_leave(allocations: Iterable[Allocation]) -> Verdict:
    """What stands against lots that go abroad: the law of the country, by how each was made."""
    going: dict[tuple[str, date], set[int]] = defaultdict(set)
    for one in allocations:
        if one.sale.destination != HOME:
            going[one.sale.destination, one.sale.sold_on].add(one.lot_id)
    return combine(
        verdict
        for (country, day), lots in going.items()
        for verdict in may_ship(lots, country, day)
    )


def _numbers(facility: Facility, drafts: Sequence[Draft]) -> Iterator[int]:
    """A number a sale, without gaps in its year."""
    years = [draft.sale.sold_on.year for draft in drafts]
    drawn = {
        year: iter(draw_many(f"sale:{facility.code}", year, count))
        for year, count in sorted(Counter(years).items())
    }
    return (next(drawn[year]) for year in years)


def _earlier(key: str, facility_id: int) -> Sale:
    earlier = Sale.objects.get(request__key=_key_name(key, facility_id))
    earlier.is_repeat = True
    return earlier


def claim_request(key: str, facility_id: int) -> bool:
    """Claim a posted form that makes no sale; False if it has arrived before."""
    return bool(_claim([(_key_name(key, facility_id), None)], facility_id))


def _claim_requests(keys: dict[UUID, str], facility_id: int) -> set[UUID]:
    """The sales whose key had not arrived before, or that have none."""
    rows = [(_key_name(key, facility_id), pk) for pk, key in keys.items() if key]
    free = {pk for pk, key in keys.items() if not key}
    return free | (set(_claim(rows, facility_id)) if rows else set())


def _claim(rows: Sequence[tuple[str, UUID | None]], facility_id: int) -> list[Any]:
    """The sales of the keys that were free; of one key that comes twice the first has it."""
    keys, sales = [key for key, _pk in rows], [pk for _key, pk in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO proceeds_salerequest (key, facility_id, sale_id)"
            " SELECT key, %s, sale_id FROM unnest(%s::text[], %s::uuid[]) AS asked (key, sale_id)"
            " ON CONFLICT (key) DO NOTHING RETURNING sale_id",
            [facility_id, keys, sales],
        )
        return [sale_id for (sale_id,) in cursor.fetchall()]


def _key_name(key: str, facility_id: int) -> str:
    """What does not fit stands by its hash: two long keys that begin alike stay two."""
    name = f"{facility_id}:{key}"
    return name if len(name) <= 80 else f"{facility_id}:{sha256(key.encode()).hexdigest()}"


def _usual_book(facility: Facility) -> Book:
    books = selling_books(facility.pk)
    if not books:
        raise Refused(book_missing())
    return books[0]
