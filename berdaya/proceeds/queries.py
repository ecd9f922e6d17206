"""What is true of sales and premi: rules in force, what is owed, payable, pending, due."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet, Sum

from berdaya.core.memo import remembered
from berdaya.core.money import share_bp
from berdaya.goods.models import Category
from berdaya.institutions.models import Facility, PartyKind
from berdaya.ledger.models import Book
from berdaya.people.models import Placement
from berdaya.proceeds.models import (
    Allocation,
    DepositRule,
    FeeRate,
    PayoutLine,
    PremiShare,
    Sale,
    SellerTax,
    SplitPolicy,
)

# A cooperative goes before a partner, and both before the unit itself.
SELLERS = [PartyKind.COOPERATIVE, PartyKind.PARTNER_BUSINESS, PartyKind.SATKER_UPT]


def selling_books(facility_id: int) -> list[Book]:
    """Books that sell this facility's goods, the usual one first."""
    books = Book.objects.filter(facility_id=facility_id).select_related("party")
    order = {str(kind): place for place, kind in enumerate(SELLERS)}
    return sorted(books, key=lambda book: (order.get(book.party.kind, len(order)), book.pk))


def policies_for(party_id: int, category_ids: Iterable[int], day: date) -> dict[int, SplitPolicy]:
    """The policy per category on a day: the party's own for it or a category above it, then the
    party's, then what holds for everybody. Two queries."""
    rows, parents = _policies_on(party_id, day), _category_parents()
    return {pk: nearest_policy(rows, parents, party_id, pk) for pk in set(category_ids)}


@remembered
def _policies_on(party_id: int, day: date) -> dict[tuple[int | None, int | None], SplitPolicy]:
    rows = SplitPolicy.objects.on(day).filter(Q(party_id=party_id) | Q(party__isnull=True))
    return {(row.party_id, row.category_id): row for row in rows}


@remembered
def _category_parents() -> dict[int, int | None]:
    return dict(Category.objects.values_list("pk", "parent_id"))


def nearest_policy(
    rows: dict[tuple[int | None, int | None], SplitPolicy],
    parents: dict[int, int | None],
    party_id: int,
    category_id: int | None,
) -> SplitPolicy:
    """Of the policies in force by (party, category) the one that holds; `parents` of categories."""
    for party in (party_id, None):
        step = category_id
        while step is not None:
            if (party, step) in rows:
                return rows[party, step]
            step = parents.get(step)
        if (party, None) in rows:
            return rows[party, None]
    raise LookupError("no split policy in force")


def fee_rate(method: str, amount_rp: int, day: date) -> int:
    """Basis points that a payment of this amount costs on a day."""
    rates = FeeRate.objects.on(day).filter(method=method)
    above = rates.filter(Q(above_rp=0) | Q(above_rp__lt=amount_rp)).order_by("-above_rp")
    first = above.first()
    return first.rate_bp if first else 0


def payment_fee(method: str, amount_rp: int, day: date) -> int:
    """Rupiah that a payment costs the seller at the rate in force."""
    return share_bp(amount_rp, fee_rate(method, amount_rp, day)) if method == "qris" else 0


@remembered
def tax_bp(party_id: int, day: date) -> int:
    """The effective PPN inside this party's prices; none for most."""
    row = SellerTax.objects.on(day).filter(party_id=party_id).first()
    return row.rate_bp if row else 0


def deposit_due(party_id: int, received_on: date) -> date:
    """When PNBP received on a day must be deposited, by the rule in force that day.

    Weekends are no working days; public holidays are not known here and shown to the treasurer.
    """
    rules = DepositRule.objects.on(received_on).filter(Q(party_id=party_id) | Q(party__isnull=True))
    rule = rules.order_by(F("party").asc(nulls_last=True)).first()
    if rule is None or rule.kind == "same_day":
        return received_on
    if rule.kind == "next_month":
        first = (received_on.replace(day=1) + timedelta(days=32)).replace(day=1)
        return first.replace(day=max(rule.day_of_month, 1))
    due = received_on + timedelta(days=1)
    while due.weekday() >= 5:
        due += timedelta(days=1)
    return due


def state_owed(book_ids: Iterable[int]) -> dict[int, int]:
    """PNBP not yet deposited, by book."""
    rows = owed_sales().filter(book_id__in=list(book_ids)).values_list("book_id")
    return dict(rows.annotate(owed=Sum(OWED)).order_by("book_id"))


OWED = F("state_rp") - F("state_back_rp") - F("state_deposited_rp")


def owed_sales() -> "QuerySet[Sale]":
    """Sales whose state share is not deposited, oldest first."""
    rows = Sale.objects.filter(state_rp__gt=F("state_back_rp") + F("state_deposited_rp"))
    return rows.order_by("sold_on", "pk")


POCKETS = ("saved", "spendable", "family")


def payable_shares(book_id: int, until: date) -> "QuerySet[PremiShare]":
    """Shares that are final by a day and not yet claimed, with something left."""
    return PremiShare.objects.filter(
        book_id=book_id,
        released_on__isnull=False,
        released_on__lte=until,
        payout_line__isnull=True,
        exit_settlement__isnull=True,
        amount_rp__gt=F("back_saved_rp") + F("back_spendable_rp") + F("back_family_rp"),
    )


@dataclass(frozen=True)
class Pockets:
    """Rupiah in the three pockets."""

    saved: int = 0
    spendable: int = 0
    family: int = 0

    @property
    def total(self) -> int:
        """All three."""
        return self.saved + self.spendable + self.family


def pocket_sums(shares: "QuerySet[PremiShare]", *by: str) -> dict[tuple[int, ...], Pockets]:
    """What is left of shares, by the named columns: one query."""
    sums = {
        f"sum_{name}": Sum(F(f"{name}_rp") - F(f"back_{name}_rp"), default=0) for name in POCKETS
    }
    rows = shares.order_by().values_list(*by).annotate(**sums)
    return {tuple(row[: len(by)]): Pockets(*row[len(by) :]) for row in rows}


def last_channels(participant_ids: Iterable[int]) -> dict[int, str]:
    """How each person was paid last; people never paid are left out."""
    lines = PayoutLine.objects.filter(participant_id__in=list(participant_ids), is_withdrawn=False)
    return dict(lines.order_by("run_id").values_list("participant_id", "channel"))


def work_numbers(facility_id: int, participant_ids: Iterable[int]) -> dict[int, str]:
    """Each person's latest work number here; who was never placed here shows a dash."""
    rows = Placement.objects.filter(
        facility_id=facility_id, participant_id__in=list(participant_ids)
    )
    found = dict(rows.order_by("valid_from").values_list("participant_id", "work_number"))
    return defaultdict(lambda: "—", found)


def sold_of(lot_ids: Iterable[int]) -> dict[int, object]:
    """Quantity sold of each lot less what came back: what cost shares go by."""
    rows = Allocation.objects.filter(lot_id__in=list(lot_ids)).values_list("lot_id")
    return dict(rows.annotate(net=Sum(F("qty") - F("returned_qty"))).order_by("lot_id"))


def floor_for(facility: Facility, day: date) -> int:
    """The monthly floor in force for a facility's usual book (0: none)."""
    books = selling_books(facility.pk)
    rows = SplitPolicy.objects.on(day).filter(category__isnull=True)
    own = rows.filter(party_id=books[0].party_id).first() if books else None
    row = own or rows.filter(party__isnull=True).first()
    return row.floor_rp if row else 0
