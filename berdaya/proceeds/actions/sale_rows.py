"""What a sale is written as: its rows, and the entries of its money."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from berdaya.core import clock
from berdaya.core.bulk import insert_rows
from berdaya.core.codes import desk_code
from berdaya.core.scope import Actor
from berdaya.institutions.models import Facility
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import EntrySpec, LegSpec, credit, debit
from berdaya.ledger.models import Book
from berdaya.proceeds import calc
from berdaya.proceeds.actions.drafts import Draft, payment_fee_of
from berdaya.proceeds.actions.payments import PaymentInput, payment_entry, payment_row
from berdaya.proceeds.models import Allocation, Payment, PremiShare, Sale, SaleLine, ShareKind
from berdaya.stock.models import Place


@dataclass(frozen=True)
class Counterfoil:
    """What all sales of one recording have in common."""

    by: Actor
    facility: Facility
    book: Book
    place: Place


@dataclass
class Rows:
    """All rows of some sales, in the order in which they are written."""

    sales: list[Sale] = field(default_factory=list)
    lines: list[SaleLine] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    pots: list[calc.Part] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    entries: list[EntrySpec] = field(default_factory=list)

    def add(self, by: Actor, sale: Sale, draft: Draft) -> None:
        """Everything that one sale is written as."""
        self.sales.append(sale)
        for line in draft.calculation.lines:
            row = _line_row(sale, line)
            self.lines.append(row)
            for part in line.parts:
                self.allocations.append(_allocation_row(sale, row, line.policy.id, part))
                self.pots.append(part)
        self.entries.append(_sale_entry(sale, draft.calculation))
        for payment in draft.sale.payments:
            paid = payment_row(by, sale, payment, fee_rp=_fee_of(sale, payment), is_at_sale=True)
            self.payments.append(paid)
            # Money and fee of a deposit were posted when it came.
            if not paid.is_deposit:
                self.entries.append(payment_entry(sale, paid, is_at_sale=True))

    def write(self) -> None:
        """Insert the rows; goods and money are moved by others."""
        Sale.objects.bulk_create(self.sales)
        SaleLine.objects.bulk_create(self.lines)
        Allocation.objects.bulk_create(self.allocations)
        insert_rows(PremiShare, self._shares())
        Payment.objects.bulk_create(self.payments)

    def _shares(self) -> list[dict[str, object]]:
        """Each maker's part of each pot; `pots` stand beside their allocations."""
        return [
            _share_row(allocation, pot, maker)
            for allocation, pot in zip(self.allocations, self.pots, strict=True)
            for maker in pot.makers
        ]


def _fee_of(sale: Sale, payment: PaymentInput) -> int:
    """What the payment costs; a gross seller's split bears no fee, so none hangs on a deposit."""
    if payment.is_deposit and sale.regime != calc.AGREEMENT:
        return 0
    return payment_fee_of(payment, sale.sold_on)


def sale_row(foil: Counterfoil, pk: UUID, draft: Draft, number: int) -> Sale:
    """The sale itself, under its number of the year."""
    sold, year = draft.sale, draft.sale.sold_on.year
    return Sale(
        id=pk,
        code=desk_code(foil.facility.code, year, "J", number),
        facility=foil.facility,
        book=foil.book,
        place=foil.place,
        kind=sold.kind,
        buyer_kind=sold.buyer_kind,
        buyer_label=sold.buyer_label,
        sold_on=sold.sold_on,
        destination=sold.destination,
        final_on=draft.final_on,
        released_on=sold.sold_on if draft.final_on == sold.sold_on else None,
        receipt_no=f"{number:04d}/{foil.facility.code}/{year}",
        own_receipt_no=sold.own_receipt_no,
        regime=draft.calculation.regime,
        amount_rp=draft.calculation.amount_rp,
        paid_rp=sum(payment.amount_rp for payment in sold.payments),
        state_rp=draft.calculation.total("state_rp"),
        calculation=draft.calculation.as_json(),
        is_history=sold.is_history,
        source_ref=sold.source_ref,
        recorded_at=clock.now(),
        recorded_by_id=foil.by.user_id,
    )


def _line_row(sale: Sale, line: calc.Line) -> SaleLine:
    return SaleLine(
        sale=sale,
        facility_id=sale.facility_id,
        day=sale.sold_on,
        variant_id=line.variant_id,
        qty=line.qty,
        unit_price_rp=line.unit_price_rp,
        discount_rp=line.discount_rp,
        amount_rp=line.amount_rp,
    )


MONEY = (
    "amount_rp",
    "tax_rp",
    "fee_rp",
    "material_rp",
    "packing_rp",
    "donated_rp",
    "base_rp",
    "loss_rp",
    "makers_rp",
    "capital_rp",
    "state_rp",
    "cooperative_rp",
    "undivided_rp",
)


# A share as it begins: nothing went back, nobody claimed it.
UNTOUCHED = {
    "kind": ShareKind.SHARE.value,
    "back_saved_rp": 0,
    "back_spendable_rp": 0,
    "back_family_rp": 0,
    "reserve_rp": 0,
    "reason": "",
}


def _allocation_row(sale: Sale, line: SaleLine, policy_id: int, part: calc.Part) -> Allocation:
    return Allocation(
        line=line,
        sale=sale,
        facility_id=sale.facility_id,
        lot_id=part.lot_id,
        policy_id=policy_id,
        qty=part.qty,
        **{name: getattr(part, name) for name in MONEY},
    )


def _share_row(
    allocation: Allocation, part: calc.Part, maker: calc.MakerShare
) -> dict[str, object]:
    sale = allocation.sale
    return {
        **UNTOUCHED,
        "allocation_id": allocation.pk,
        "sale_id": sale.pk,
        "participant_id": maker.participant_id,
        "facility_id": sale.facility_id,
        "book_id": sale.book_id,
        "earned_on": sale.sold_on,
        "weight": maker.weight,
        "total_weight": part.total_weight,
        "amount_rp": maker.amount_rp,
        "saved_rp": maker.saved_rp,
        "spendable_rp": maker.spendable_rp,
        "family_rp": maker.family_rp,
        "released_on": sale.released_on,
    }


def _sale_entry(sale: Sale, calculation: calc.Calculation) -> EntrySpec:
    shared = sum(maker.amount_rp for part in calculation.parts for maker in part.makers)
    costs = calculation.total("material_rp") + calculation.total("packing_rp")
    capital = calculation.total("capital_rp") - calculation.total("loss_rp")
    return EntrySpec(
        book=sale.book,
        kind="sale",
        booked_on=sale.sold_on,
        reference=sale.code,
        subject=f"sale:{sale.pk}",
        legs=[
            debit(chart.BUYERS, sale.amount_rp),
            credit(chart.TAX, calculation.total("tax_rp")),
            credit(chart.FEES, calculation.total("fee_rp")),
            credit(chart.COSTS_BACK, costs),
            credit(chart.CAPITAL, capital),
            credit(chart.STATE_OWED, calculation.total("state_rp")),
            credit(chart.COOPERATIVE, calculation.total("cooperative_rp")),
            credit(chart.HISTORY, calculation.total("undivided_rp")),
            credit(chart.PREMI_UNASSIGNED, calculation.total("makers_rp") - shared),
            *_premi_legs(calculation, is_final=sale.released_on is not None),
        ],
    )


def _premi_legs(calculation: calc.Calculation, *, is_final: bool) -> list[LegSpec]:
    """One leg a person and account; straight to the pockets where the sale is final at once."""
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for part in calculation.parts:
        for maker in part.makers:
            if not is_final:
                sums[maker.participant_id, chart.PREMI_PENDING] += maker.amount_rp
                continue
            for pocket, account in chart.POCKET_ACCOUNTS.items():
                sums[maker.participant_id, account] += getattr(maker, f"{pocket}_rp")
    return [credit(account, amount, person) for (person, account), amount in sums.items()]
