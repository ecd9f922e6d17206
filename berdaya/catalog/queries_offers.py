"""What is offered of goods that share their facts: for the preview of a change of rules."""

from django.db.models import Q
from django.urls import reverse

from berdaya.catalog.models import Listing
from berdaya.core import clock
from berdaya.legality.events import Offers

FIRST = 20


def offers(group_ids: list[int], is_shown: bool) -> Offers:
    """Listings of these groups that are shown now, or those approved that are not.

    Two statements; `first` are the first FIRST by name with the desk's page of each.
    """
    now = clock.now()
    rows = Listing.objects.filter(variant__judged__group__in=group_ids)
    if is_shown:
        rows = rows.shown(now)
    else:
        unlawful = Q(lawful_from__isnull=True) | Q(lawful_from__gt=now) | Q(lawful_until__lte=now)
        rows = rows.filter(unlawful, current__isnull=False, withdrawn_at__isnull=True)
    told = rows.select_related("current", "facility").order_by("current__name", "pk")[:FIRST]
    first = tuple(
        (f"{row.current.name} · {row.facility.name}", reverse("catalog:listing", args=[row.pk]))
        for row in told
        if row.current
    )
    return Offers(rows.count(), first)
