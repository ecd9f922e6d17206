"""Biscuits on offer whose P-IRT ends soon, and the instants around the midnight of its place."""

import json
from datetime import date, datetime, timedelta

from django.db import connection
from procrastinate.contrib.django import app

from berdaya.catalog.actions.windows import refresh_windows
from berdaya.catalog.models import Listing
from berdaya.core import clock
from berdaya.goods.models import Category
from berdaya.legality.actions.permits import record_permit, renew_permit
from berdaya.legality.models import Permit, PermitKind
from tests.orders.scene import Shop, open_shop
from tests.world import SINCE, World

SOON = 10


def ends() -> date:
    """The first day without the permit."""
    return clock.today() + timedelta(days=SOON)


def number(until: date, serial: int = 12) -> str:
    """A P-IRT of flour-based food that ends on the day before."""
    return f"P-IRT 20653040100{serial}-{(until - timedelta(days=1)).year % 100:02d}"


def midnight(world: World) -> datetime:
    """When the day without the permit begins in Atambua (WITA)."""
    return clock.start_of(ends(), world.atb.timezone)


def open_biscuits(world: World) -> Shop:
    """Inside a scope over everything: shown now, lawful until that midnight."""
    shop = open_shop(world)
    product = shop.scene.variant.product
    product.category = Category.objects.get(code="snack")
    product.save()
    for code, until in (("spp_irt", ends()), ("halal", None)):
        kind = PermitKind.objects.get(code=code)
        record_permit(
            by=shop.scene.by, kind=kind, number=number(until) if until else kind.number_example,
            holder=world.parties["coop_atb"], place=world.atb, issued_on=SINCE, valid_from=SINCE,
            valid_until=until, products=[product],
        )  # fmt: skip
    listing = Listing.objects.select_related("current", "facility").get()
    refresh_windows(by=shop.scene.by, listings=[listing])
    shop.listing.refresh_from_db()
    return shop


def renew(world: World, begins: date) -> Permit:
    """The officer records the P-IRT that follows."""
    until = begins + timedelta(days=5 * 365)
    with world.acting() as scope:
        return renew_permit(
            by=scope.actor, permit=Permit.objects.get(kind__code="spp_irt"),
            number=number(until, 13), issued_on=begins, valid_from=begins, valid_until=until,
        )  # fmt: skip


def run_jobs(name: str) -> int:
    """Run what waits under this name, as the worker would; returns how many ran."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name LIKE %s RETURNING task_name, args",
            [f"%{name}%"],
        )
        rows = cursor.fetchall()
    for task_name, args in rows:
        app.tasks[task_name].func(**(json.loads(args) if isinstance(args, str) else args))
    return len(rows)
