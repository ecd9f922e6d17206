"""Invented permits in every state, what products say of halal, and one unit's papers in detail."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from berdaya.core.demo import DemoContext
from berdaya.core.scope import Actor
from berdaya.goods.models import Product
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Party, PartyKind
from berdaya.legality.actions.permits import (
    Answerable,
    record_permit,
    renew_permit,
    revoke_permit,
)
from berdaya.legality.demo_papers import load_papers
from berdaya.legality.demo_rules import load_rules
from berdaya.legality.models import Kbli, Permit, PermitKind

HOLDERS = (PartyKind.COOPERATIVE, PartyKind.PARTNER_BUSINESS, PartyKind.SATKER_UPT)
NOTE = "Data contoh"
SIKKA = "53.07"
# The food type that a P-IRT of a category names; other food is flour-based.
FOOD_TYPES = {"coffee": "10", "oil": "07", "drink": "13"}
# What a business number names, by category of its goods, in the edition in force.
FIELDS = {
    "coffee": "10761", "tenun": "13122", "anyaman": "16292", "handicraft": "16293",
    "furniture": "31011", "snack": "10794", "drink": "10797",
}  # fmt: skip
COURSE = timedelta(days=3 * 365)
# In turn, over the food products: days from today to the first day without the permit.
WINDOWS = (900, 420, 45, 1200, -20, 700, 80, -200, 1500, 365)


@dataclass(frozen=True)
class _Maker:
    """What every permit of this run needs."""

    by: Actor
    today: date
    chance: random.Random
    kinds: dict[str, PermitKind]

    def number(self, digits: int) -> str:
        return "".join(str(self.chance.randint(0, 9)) for _ in range(digits))


def load(ctx: DemoContext) -> None:
    """Once; a world that has permits keeps them."""
    with demo_scope() as scope:
        if Permit.objects.exists():
            return
        kinds = {kind.code: kind for kind in PermitKind.objects.all()}
        maker = _Maker(scope.actor, ctx.today, ctx.chance("legality"), kinds)
        holders = _holders()
        _business_numbers(maker, holders)
        _product_permits(maker, holders)
        load_papers(maker.by, maker.today, holders)
        ctx.say(f"permits: {Permit.objects.count()}")
    load_rules(ctx.today)


def _holders() -> dict[int, Party]:
    """Who holds the permits of each facility: cooperative or partner before the unit."""
    rows = Party.objects.filter(kind__in=HOLDERS, facility__isnull=False)
    order = {kind: place for place, kind in enumerate(HOLDERS)}
    found: dict[int, Party] = {}
    for party in sorted(rows, key=lambda party: (-order[PartyKind(party.kind)], party.pk)):
        if party.facility_id:
            found[party.facility_id] = party
    return found


def _business_numbers(maker: _Maker, holders: dict[int, Party]) -> None:
    for facility_id, holder in sorted(holders.items()):
        products = Product.objects.filter(facility_id=facility_id)
        since = maker.today - timedelta(days=maker.chance.randint(400, 1500))
        if holder.facility is not None and products.exists():
            kbli = _fields(products)
            _record(maker, "nib", maker.number(13), holder, since, None, list(products), kbli)


def _fields(products: "QuerySet[Product]") -> list[Kbli]:
    categories = set(products.values_list("category__code", flat=True))
    codes = {FIELDS[code] for code in categories if code in FIELDS}
    return list(Kbli.objects.filter(year=2025, code__in=codes))


def _product_permits(maker: _Maker, holders: dict[int, Party]) -> None:
    food = Product.objects.filter(category__is_food=True).select_related("facility", "category")
    for place, product in enumerate(food.order_by("code")):
        holder = holders.get(product.facility_id)
        if holder is None:
            continue
        if holder.kind != PartyKind.SATKER_UPT:
            _home_food(maker, place, product, holder)
        if place % 3 != 2:
            since = maker.today - timedelta(days=maker.chance.randint(60, 900))
            number = f"ID53{maker.number(15)}"
            _record(maker, "halal", number, holder, since, None, [product])
    _marks(maker, holders)


def _home_food(maker: _Maker, place: int, product: Product, holder: Party) -> None:
    ends = maker.today + timedelta(days=WINDOWS[place % len(WINDOWS)])
    since = ends - timedelta(days=5 * 365)
    number = _pirt(maker, place, product, ends)
    permit = _record(maker, "spp_irt", number, holder, since, ends, [product])
    if place % 10 == 9:
        revoke_permit(
            by=maker.by,
            permit=permit,
            revoked_on=maker.today - timedelta(days=30),
            reason="Tempat produksi pindah",
        )
    if place % 10 == 7:  # the renewal of one that lapsed, from next month on
        begins = maker.today + timedelta(days=20)
        until = begins + timedelta(days=5 * 365)
        number = _pirt(maker, place, product, until)
        _renew(maker, permit, number, begins, until)


def _renew(maker: _Maker, permit: Permit, number: str, begins: date, until: date) -> Permit:
    return renew_permit(
        by=maker.by, permit=permit, number=number, issued_on=begins, valid_from=begins,
        valid_until=until, note=NOTE, is_demo=True,
    )  # fmt: skip


def _pirt(maker: _Maker, place: int, product: Product, ends: date) -> str:
    """In plastic, of the product's type, from the regency where it is made."""
    food = FOOD_TYPES.get(product.category.code, "06")
    regency = product.facility.region_id.replace(".", "")
    return f"P-IRT 2{food}{regency}01{maker.number(4)}-{(ends - timedelta(days=1)).year % 100:02d}"


def _marks(maker: _Maker, holders: dict[int, Party]) -> None:
    """Two trade marks and a geographical indication for woven cloth."""
    cloth = list(Product.objects.filter(category__code="tenun").order_by("code")[:3])
    numbers: list[tuple[str, Callable[[], str]]] = [
        ("merek", lambda: f"IDM{maker.number(9)}"),
        ("merek", lambda: f"IDM{maker.number(9)}"),
        ("ig", lambda: "ID G 000 000 056"),
    ]
    # The indication of Sikka holds only for what is woven there.
    sikka = Product.objects.filter(category__code="tenun", facility__region_id=SIKKA).first()
    for product, (kind, number) in zip([*cloth[:2], sikka], numbers, strict=False):
        if product is None:
            continue
        holder = holders.get(product.facility_id)
        if holder is not None:
            since = maker.today - timedelta(days=maker.chance.randint(200, 800))
            until = since + timedelta(days=3650) if kind == "merek" else None
            _record(maker, kind, number(), holder, since, until, [product])


def _record(
    maker: _Maker,
    kind: str,
    number: str,
    holder: Party,
    since: date,
    until: date | None,
    products: list[Product],
    kbli: Iterable[Kbli] = (),
) -> Permit:
    assert holder.facility is not None
    role = "partner" if holder.kind == PartyKind.PARTNER_BUSINESS else "cooperative_officer"
    return record_permit(
        by=maker.by,
        kind=maker.kinds[kind],
        number=number,
        holder=holder,
        place=holder.facility,
        issued_on=since,
        valid_from=since,
        valid_until=until,
        products=products,
        responsible=_responsible(maker, kind, role, since),
        kbli=kbli,
        note=NOTE,
        is_demo=True,
    )


def _responsible(maker: _Maker, kind: str, role: str, since: date) -> Answerable:
    """Food names who passed the course; some of these certificates end, as they do."""
    if kind != "spp_irt":
        return Answerable(role)
    number = f"PKP-53-{maker.number(6)}"
    ends = max(since + COURSE, maker.today + timedelta(days=maker.chance.randint(200, 900)))
    return Answerable(role, "penanggung jawab produksi", "pkp", number, ends)
