"""What a cart comes to: its parcels, how each may be sent and paid, and what that costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from berdaya.catalog.models import Listing
from berdaya.core import clock
from berdaya.core.verdicts import Refused, Verdict
from berdaya.institutions.models import Facility
from berdaya.ledger.models import Book
from berdaya.ledger.rules import book_missing
from berdaya.orders import calc, rules
from berdaya.orders.models import PaymentTerm, ShippingRate
from berdaya.orders.queries import (
    METHODS,
    Payee,
    Payees,
    nearest_rate,
    rates_between,
)
from berdaya.stock.models import Place, PlaceKind


@dataclass(frozen=True)
class Wanted:
    """One line of a cart: whole pieces, at the price that was shown."""

    listing_id: int
    qty: int
    seen_price_rp: int


@dataclass
class Parcel:
    """What one seller sends from one facility."""

    facility: Facility
    book: Book
    lines: list[tuple[Listing, int]] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The business day where it is sent from."""
        return clock.today(self.facility.timezone)

    @property
    def seller(self) -> str:
        """Whose goods these are."""
        return self.lines[0][0].seller.name

    @property
    def goods_rp(self) -> int:
        """The goods at the prices now shown."""
        return sum(listing.price_rp * qty for listing, qty in self.lines)

    @property
    def weight_g(self) -> int:
        """Packed weight of everything, in grams."""
        weights = ((listing.current, qty) for listing, qty in self.lines)
        return sum(version.weight_g * qty for version, qty in weights if version)

    @property
    def pickup_place_id(self) -> int | None:
        """Where a buyer may fetch it; None where there is no place before the gate."""
        return getattr(self.lines[0][0], "pickup_place_id", None)

    @property
    def pickup_name(self) -> str:
        """That place's name."""
        return getattr(self.lines[0][0], "pickup_name", "") or ""


@dataclass(frozen=True)
class Quote:
    """A parcel as it would be sent and paid; `rate` None where no rate to the place is known."""

    parcel: Parcel
    is_pickup: bool
    rate: ShippingRate | None
    payees: Mapping[str, Payee]
    terms: Mapping[str, PaymentTerm]

    @property
    def shipping_rp(self) -> int | None:
        """What sending costs, 0 for a parcel that is fetched, None where nobody knows yet."""
        if self.is_pickup:
            return 0
        if self.rate is None:
            return None
        return calc.shipping_cost(self.parcel.weight_g, self.rate.first_kg_rp, self.rate.next_kg_rp)

    @property
    def total_rp(self) -> int:
        """Goods and what is known of shipping."""
        return self.parcel.goods_rp + (self.shipping_rp or 0)

    def may_send(self) -> Verdict:
        """Whether it can reach the buyer as chosen."""
        if self.is_pickup and self.parcel.pickup_place_id is None:
            return Verdict((rules.pickup_not_offered(seller=self.parcel.seller),))
        if not self.is_pickup and self.rate is None:
            return Verdict((rules.shipping_unknown(),))
        return Verdict()

    def may_pay(self, method: str) -> Verdict:
        """Whether its seller takes this method for this amount."""
        term = self.terms.get(method)
        return rules.may_pay_by(
            rules.MethodFacts(
                seller=self.parcel.seller,
                has_account=method in self.payees and term is not None,
                total_rp=self.total_rp,
                most_rp=term.most_rp if term else None,
            )
        )


def with_pickup(rows: "QuerySet[Listing]") -> "QuerySet[Listing]":
    """Listings with what a parcel is made of: names, book, and the gallery before the gate."""
    galleries = Place.objects.filter(
        facility=OuterRef("facility"), kind=PlaceKind.GALLERY, is_active=True
    ).order_by("pk")
    return rows.select_related(
        "variant__product__category",
        "variant__measure",
        "facility",
        "current",
        "seller__book",
        "to_order",
    ).annotate(
        pickup_place_id=Subquery(galleries.values("pk")[:1]),
        pickup_name=Subquery(galleries.values("name")[:1]),
    )


def parcels_of(lines: Iterable[tuple[Listing, int]]) -> list[Parcel]:
    """Lines by facility and seller, in one order for everybody. Refused: book_missing."""
    found: dict[tuple[int, int], Parcel] = {}
    for listing, qty in lines:
        book: Book | None = getattr(listing.seller, "book", None)
        if book is None:
            raise Refused(book_missing())
        key = (listing.facility_id, book.pk)
        parcel = found.setdefault(key, Parcel(listing.facility, book))
        parcel.lines.append((listing, qty))
    return [found[key] for key in sorted(found)]


def quotes_for(
    parcels: Sequence[Parcel], region_code: str, pickup_facility_ids: Iterable[int]
) -> list[Quote]:
    """Every parcel with its rate to a district, its payees and terms: four queries for all."""
    fetched = set(pickup_facility_ids)
    origins = {parcel.facility.region_id for parcel in parcels}
    rates = list(rates_between(origins, region_code)) if region_code else []
    payees = Payees(parcel.book.party_id for parcel in parcels)
    terms = list(PaymentTerm.objects.all())
    return [
        Quote(
            parcel=parcel,
            is_pickup=parcel.facility.pk in fetched,
            rate=nearest_rate(rates, parcel.facility.region_id, parcel.day),
            payees=_methods(payees, parcel),
            terms={term.method: term for term in terms if term.holds_on(parcel.day)},
        )
        for parcel in parcels
    ]


def _methods(payees: Payees, parcel: Parcel) -> dict[str, Payee]:
    found = {method: payees.of(parcel.book.party_id, method, parcel.day) for method in METHODS}
    return {method: payee for method, payee in found.items() if payee}
