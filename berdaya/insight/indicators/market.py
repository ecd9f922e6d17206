"""A kind of goods on its way to market: made, lawful, shown, sold; each step of those before it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.translation import pgettext_lazy

from berdaya.catalog.models import ListingDecision, ListingWithdrawal, Outcome
from berdaya.catalog.queries import MARKET
from berdaya.core import clock
from berdaya.insight.indicators.base import Ground, Part
from berdaya.insight.periods import after
from berdaya.legality.queries.facts import facts_on_days
from berdaya.legality.rules.listing import may_list
from berdaya.proceeds.models import SaleLine
from berdaya.stock.models import Lot

MONTHS = 12  # what was made or sold longer ago is on no way any more
STEPS = {
    "1-made": pgettext_lazy("insight", "Dibuat"),
    "2-lawful": pgettext_lazy("insight", "Lengkap izinnya"),
    "3-shown": pgettext_lazy("insight", "Tayang"),
    "4-sold": pgettext_lazy("insight", "Terjual"),
}
Kinds = dict[tuple[int, int], list[date]]  # (product, variant) -> days


def shown_at_ends(ground: Ground) -> dict[date, set[int]]:
    """Variants whose listing was approved and not withdrawn at the end of each month."""
    until = ground.instants[1]
    approved = ListingDecision.objects.filter(
        facility=ground.facility, outcome=Outcome.APPROVED, decided_at__lt=until
    ).values_list("decided_at", "version__listing__variant_id")
    withdrawn = ListingWithdrawal.objects.filter(
        facility=ground.facility, withdrawn_at__lt=until
    ).values_list("withdrawn_at", "listing__variant_id")
    steps = sorted(
        [(at, variant, True) for at, variant in approved]
        + [(at, variant, False) for at, variant in withdrawn]
    )
    found = {}
    for month in ground.period:
        end = clock.start_of(after(month), ground.facility.timezone)
        live: dict[int, bool] = {}
        for at, variant, is_shown in steps:
            if at < end:
                live[variant] = is_shown
        found[month] = {variant for variant, is_shown in live.items() if is_shown}
    return found


def to_market(ground: Ground) -> Iterator[Part]:
    """Kinds of goods sold, of those made; and how many came as far as each step."""
    first = after(ground.period.start, 1 - MONTHS)
    days = (first, ground.period.last_day)
    lots = Lot.objects.filter(facility=ground.facility, made_on__range=days)
    made = _kinds(lots.values_list("variant__product_id", "variant_id", "made_on").distinct())
    lines = SaleLine.objects.filter(facility=ground.facility, day__range=days)
    sold = _kinds(lines.values_list("variant__product_id", "variant_id", "day").distinct())
    last_days = {month: _last(month) for month in ground.period}
    asked = {day: {variant for _product, variant in _between(made, day)}
             for day in last_days.values()}  # fmt: skip
    facts = facts_on_days(asked, MARKET)
    shown = shown_at_ends(ground)
    for month, day in last_days.items():
        begun = _between(made, day)
        lawful = {pair for pair in begun if may_list(facts[pair[1], day]).ok}
        live = {pair for pair in lawful if pair[1] in shown[month]}
        steps = (begun, lawful, live, live & _between(sold, day))
        counts = [len({product for product, _variant in pairs}) for pairs in steps]
        yield Part(month, counts[-1], counts[0])
        for step, number in zip(STEPS, counts, strict=True):
            yield Part(month, number, counts[0], part=step)


def _kinds(rows: object) -> Kinds:
    found: Kinds = defaultdict(list)
    for product, variant, day in rows:  # type: ignore[attr-defined]
        found[product, variant].append(day)
    return found


def _last(month: date) -> date:
    return date.fromordinal(after(month).toordinal() - 1)


def _between(kinds: Kinds, last: date) -> set[tuple[int, int]]:
    """What has a day within the twelve months up to a month's last day."""
    first = after(last.replace(day=1), 1 - MONTHS)
    return {pair for pair, days in kinds.items() if any(first <= day <= last for day in days)}
