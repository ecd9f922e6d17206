"""Forget who bought: 30 days after delivery a buyer's name, address and phone are gone."""

from datetime import date

from django.db import transaction

from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.orders.models import OrderContact
from berdaya.orders.queries import unmasked_by

NOBODY: dict[str, str | None] = {
    "name": "",
    "phone": "",
    "email": "",
    "address": "",
    "postcode": "",
    "gift_note": "",
    "region_id": None,
}


def mask_contacts(*, by: Actor, today: date) -> int:
    """Blank the contacts whose time is over, in scope; running twice masks nothing more.

    An order that ended unsold keeps its contact while the buyer's money is still to be given back.
    """
    scope.required()
    with transaction.atomic():
        due = list(unmasked_by(today).values_list("pk", flat=True).distinct())
        rows = OrderContact.objects.filter(pk__in=due, masked_at__isnull=True)
        return rows.update(masked_at=clock.now(), **NOBODY)
