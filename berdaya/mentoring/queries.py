"""What is true of mentoring: which offices mentor, an adopted product's figures, an exercise."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import QuerySet

from berdaya.catalog.estimates import Ask
from berdaya.core import clock
from berdaya.core.memo import remembering
from berdaya.core.scope import Actor
from berdaya.goods.models import Product, Variant
from berdaya.institutions.models import Appointment, Facility, Office
from berdaya.mentoring.calc import Exercise, Figures, Outcome, least_price, outcome_of
from berdaya.mentoring.models import Adoption
from berdaya.proceeds.calc import LotPart
from berdaya.proceeds.estimates import divide_piece

MENTOR = "mentor"
MONTHS = 12
NOT_MENTORED = ("lpka", "bapas")


def mentoring_offices(day: date) -> "QuerySet[Office]":
    """Offices at which somebody is appointed as a mentor that day."""
    held = Appointment.objects.on(day).filter(role=MENTOR, office__isnull=False)
    return Office.objects.filter(pk__in=held.values("office")).order_by("name")


def offices_of(actor: Actor, day: date) -> "QuerySet[Office]":
    """Those at which the actor is a mentor."""
    held = Appointment.objects.on(day).filter(staff=actor.user_id, role=MENTOR)
    return Office.objects.filter(pk__in=held.values("office")).order_by("name")


def mentored_units() -> "QuerySet[Facility]":
    """Units in which something is made for sale: never an LPKA, no Bapas."""
    return Facility.objects.exclude(kind__in=NOT_MENTORED).order_by("name")


def variants_of(adoption: Adoption) -> dict[int, Variant]:
    """What is adopted, by key: the product's variants, or those of the group's line of work."""
    products = Product.objects.filter(facility=adoption.facility_id)
    if adoption.is_group:
        products = products.filter(line_of_work=adoption.line_of_work)
    else:
        products = products.filter(pk__in=[adoption.product_id])
    rows = Variant.objects.filter(product__in=products, is_active=True)
    return {row.pk: row for row in rows.select_related("product__category").order_by("sku")}


def since_of(today: date) -> date:
    """The first day of the month a year ago: figures are of whole months and the present one."""
    return today.replace(year=today.year - 1, day=1)


def figures_of(adoption: Adoption, since: date) -> list[Figures]:
    """Sums of what was made and sold since that day, by variant: through the two doors of
    walls.py, for unit and mentor alike. Nothing where it does not run."""
    sold: dict[int, list[tuple[date, Decimal, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mentoring_sales(%s, %s)", [adoption.pk, since])
        for variant, *month in cursor.fetchall():
            sold[variant].append(tuple(month))
        cursor.execute("SELECT * FROM mentoring_figures(%s, %s)", [adoption.pk, since])
        rows = cursor.fetchall()
    return [
        replace(
            Figures(*row),
            sold_qty=sum((qty for _month, qty, _rp in sold[row[0]]), Decimal(0)),
            sold_rp=sum(rp for _month, _qty, rp in sold[row[0]]),
            months=tuple(sold[row[0]]),
        )
        for row in rows
    ]


def outcome_at(figures: Figures, variant: Variant, price_rp: int, day: date) -> Outcome | None:
    """What a price of this variant becomes, divided as a real sale; None without a regime."""
    if figures.seller_id is None:
        return None
    ask = Ask(figures.seller_id, variant.product.category_id, variant.pk, price_rp, day)
    part = LotPart(0, Decimal(1), figures.piece_material_rp, figures.piece_packing_rp)
    told = divide_piece(ask, part, is_made=bool(figures.made_qty))
    return outcome_of(told, figures.piece_minutes) if told else None


def exercise_of(
    figures: Figures, variant: Variant, price_rp: int, wanted_rp: int, day: date
) -> Exercise | None:
    """An exercise with today's numbers; None where nobody said how the seller's money goes."""

    def makers_at(price: int) -> int:
        told = outcome_at(figures, variant, price, day)
        return told.makers_rp if told else 0

    with remembering():
        now = outcome_at(figures, variant, figures.price_rp, day)
        proposed = outcome_at(figures, variant, price_rp, day)
        least = least_price(wanted_rp, figures.piece_minutes, makers_at) if now else None
    if now is None or proposed is None:
        return None
    return Exercise(figures, since_of(day), now, proposed, least)


def today_of(adoption: Adoption) -> date:
    """Today at the unit."""
    return clock.today(adoption.facility.timezone)
