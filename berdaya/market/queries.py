"""What is true under the neutral address: which shops and goods are seen, orders, the own book."""

from datetime import date, datetime
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Concat

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Appointment
from berdaya.market import rules
from berdaya.market.calc import Money
from berdaya.market.models import (
    EATEN,
    UNPAID,
    BookRow,
    Order,
    OrderLine,
    OrderState,
    Picture,
    Product,
    Shop,
    ShopPermit,
    ShopState,
)

OFFICER = "umkm_officer"
FOOD_NUMBERS = ("spp_irt", "bpom_md")


def offered(day: date) -> QuerySet[Product]:
    """Products with a photo that their own rules let be seen; `photo` is the first one's name.

    The same as rules.may_be_offered, asked of all at once.
    """
    food = ShopPermit.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=day), shop=OuterRef("shop"), kind__in=FOOD_NUMBERS
    )
    photos = Picture.objects.filter(product=OuterRef("pk")).order_by("position", "id")
    rows = Product.objects.filter(is_shown=True).annotate(photo=Subquery(photos.values("name")[:1]))
    is_lawful = ~Q(trade__in=EATEN) | Q(is_fresh=True) | Exists(food)
    return rows.filter(is_lawful, photo__isnull=False)


def shown_products(shop: Shop, day: date) -> list[Product]:
    """What one shop offers, by name."""
    return list(offered(day).filter(shop=shop).order_by("name", "code"))


def open_shops() -> QuerySet[Shop]:
    """Shops that can be bought from, whatever they offer."""
    is_payable = ~Q(qris_payload="") | ~Q(bank_number="")
    hands_over = Q(sends=True) | ~Q(pickup="")
    rows = Shop.objects.filter(is_payable, hands_over, state=ShopState.ADMITTED, rests=False)
    return rows.select_related("region")


def shown_shops(day: date, trade: str = "", words: str = "") -> QuerySet[Shop]:
    """Shops with something on show, in that day's order: chance from code and day, nothing else.

    `photo` is that of the product which chance put first.
    """
    goods = offered(day).filter(shop=OuterRef("pk"))
    if trade:
        goods = goods.filter(trade=trade)
    photo = goods.annotate(turn=_turn(day)).order_by("turn").values("photo")[:1]
    rows = open_shops().annotate(photo=Subquery(photo), turn=_turn(day))
    if words:
        named = goods.filter(Q(name__icontains=words) | Q(about__icontains=words))
        rows = rows.filter(Q(name__icontains=words) | Exists(named))
    return rows.filter(photo__isnull=False).order_by("turn")


def _turn(day: date) -> Func:
    told = Concat(Value(f"{day.isoformat()}:"), F("code"), output_field=TextField())
    return Func(told, function="md5", output_field=TextField())


def permit_kinds(shop: Shop, day: date) -> list[str]:
    """Kinds of numbers that hold: never the numbers, which may stand elsewhere as well."""
    rows = ShopPermit.objects.filter(Q(valid_until=None) | Q(valid_until__gt=day), shop=shop)
    return [str(row.get_kind_display()) for row in rows.order_by("kind")]


def order_with(code: str) -> Order | None:
    """An order with everything its page shows, by its code."""
    lines = Prefetch("lines", OrderLine.objects.order_by("name", "id"))
    rows = Order.objects.select_related("shop__region", "contact").prefetch_related(lines)
    return rows.filter(code=code).first()


def orders_of(shop: Shop) -> QuerySet[Order]:
    """A shop's orders, the latest first, with their buyers and lines."""
    return Order.objects.filter(shop=shop).select_related("contact").prefetch_related("lines")


def overdue(now: datetime, shop: Shop | None = None) -> list[Order]:
    """Orders whose time to pay is over and that nobody has ended."""
    rows = Order.objects.filter(state__in=UNPAID, pay_until__lte=now)
    if shop is not None:
        rows = rows.filter(shop=shop)
    return list(rows.order_by("pk"))


def counts_of(shop: Shop) -> dict[str, int]:
    """How many orders stand in each state."""
    rows = Order.objects.filter(shop=shop).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def waiting_orders(shop: Shop) -> QuerySet[Order]:
    """Where the seller has something to do, the oldest first."""
    states = (OrderState.PLACED, OrderState.CLAIMED, OrderState.PAID, OrderState.PACKED)
    return orders_of(shop).filter(state__in=states).order_by("placed_at")


def money_of(shop: Shop) -> list[Money]:
    """Every row of a shop's book, for sums."""
    rows = BookRow.objects.filter(shop=shop).values_list(
        "kind", "day", "amount_rp", "reverses__kind"
    )
    return [Money(kind, day, amount, undone or "") for kind, day, amount, undone in rows]


def book_of(shop: Shop, month: date | None = None) -> QuerySet[BookRow]:
    """Rows of the book, the oldest first; of one month where it is given."""
    rows = BookRow.objects.filter(shop=shop).select_related("order", "reversal")
    if month is not None:
        rows = rows.filter(day__year=month.year, day__month=month.month)
    return rows.order_by("day", "recorded_at", "id")


def regions_of(actor: Actor, day: date) -> tuple[str, ...]:
    """Codes of the regions whose businesses an officer looks after; "" is the whole country."""
    held = Appointment.objects.on(day).filter(staff_id=actor.person_id, role=OFFICER)
    codes = held.filter(office__isnull=False).values_list("office__region_id", flat=True)
    return tuple(sorted({code or "" for code in codes}))


def in_reach(regions: tuple[str, ...]) -> Q:
    """Rows whose region is one of these or lies in it."""
    if "" in regions:
        return Q()
    found = Q(pk__in=[])
    for code in regions:
        found |= Q(region=code) | Q(region__code__startswith=f"{code}.")
    return found


def require_in_reach(by: Actor, region_id: str) -> None:
    """Raise Refused where an officer's offices do not reach; the program itself is not asked."""
    required()
    if by.user_id is None:
        return
    regions = regions_of(by, clock.today())
    is_inside = any(
        not code or region_id == code or region_id.startswith(f"{code}.") for code in regions
    )
    if not is_inside:
        raise Refused(rules.out_of_region())


def rows_in_reach(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of these rows those of the officer's regions."""
    return rows.filter(in_reach(regions_of(actor, clock.today())))
