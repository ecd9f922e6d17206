"""Make premi payable once its sale is final."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, QuerySet

from berdaya.core import scope
from berdaya.core.locks import lock_rows
from berdaya.core.scope import Actor
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import LegSpec, credit, debit, post_entry
from berdaya.ledger.models import Book
from berdaya.proceeds.models import PremiShare, Sale, SplitPolicy


def release_final(*, by: Actor, today: date, book: Book | None = None) -> int:
    """Move the premi of every sale in scope (of a book) that is final by `today` to payable.

    Locks those sales; a refund that comes at the same moment waits and finds the premi payable.
    Returns how many sales were released.
    """
    scope.required()
    due = Sale.objects.filter(released_on__isnull=True, final_on__lte=today)
    if book is not None:
        due = due.filter(book=book)
    sales = lock_rows(Sale, due.values_list("pk", flat=True))
    ready = [sale for sale in sales if sale.released_on is None]
    for sale in ready:
        release_sale(by, sale, today)
    return len(ready)


def record_arrival(*, by: Actor, sale: Sale, arrived_on: date) -> date:
    """The goods have reached the buyer: what is still pending is final so many days later as its
    policies say; returns the day on which it is final. Of what is payable nothing changes."""
    scope.required()
    used = sale.allocations.values("policy_id")
    days = SplitPolicy.objects.filter(pk__in=used).aggregate(most=Max("final_after_days"))["most"]
    final_on = max(arrived_on + timedelta(days=days or 0), sale.sold_on)
    Sale.objects.filter(pk=sale.pk, released_on__isnull=True).update(final_on=final_on)
    sale.refresh_from_db(fields=["final_on", "released_on"])
    return sale.final_on


def release_sale(by: Actor, sale: Sale, on: date) -> None:
    """Make what is pending of one (locked) sale payable."""
    sale.released_on = on
    sale.save(update_fields=["released_on"])
    release_shares(by, sale, PremiShare.objects.filter(sale=sale), on)


def release_shares(
    by: Actor, sale: Sale, shares: "QuerySet[PremiShare, Any]", on: date
) -> list[PremiShare]:
    """Release pending shares of one (locked) sale and book them into the makers' pockets."""
    pending = list(shares.filter(released_on__isnull=True).order_by("pk"))
    legs = _legs(pending)
    PremiShare.objects.filter(pk__in=[share.pk for share in pending]).update(released_on=on)
    post_entry(
        by=by,
        book=sale.book,
        kind="release",
        booked_on=on,
        reference=sale.code,
        subject=f"sale:{sale.pk}",
        legs=legs,
    )
    return pending


def _legs(shares: list[PremiShare]) -> list[LegSpec]:
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for share in shares:
        for pocket, amount in share.left.items():
            sums[share.participant_id, chart.POCKET_ACCOUNTS[pocket]] += amount
            sums[share.participant_id, chart.PREMI_PENDING] -= amount
    return [
        debit(account, -amount, person) if amount < 0 else credit(account, amount, person)
        for (person, account), amount in sums.items()
    ]
