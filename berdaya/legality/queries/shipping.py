"""What decides whether goods of a lot may go to a country."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from babel import Locale
from django.utils.translation import get_language

from berdaya.core.verdicts import Verdict
from berdaya.legality.models import MarketEntry
from berdaya.legality.models.markets import Needs
from berdaya.legality.plots import known_plots
from berdaya.legality.queries.facts import granted
from berdaya.legality.rules.listing import OverrideFact
from berdaya.legality.rules.shipping import HOME, EntryFact, ShipFacts, groups_of, may_ship_to
from berdaya.stock.models import Lot


def ship_facts(
    lots: Iterable[Lot], destination: str, day: date, plots: Mapping[int, bool] | None = None
) -> dict[int, ShipFacts]:
    """By lot; two queries for any number, none for home. `variant.product.category` and `facility`
    of the lots must be loaded.

    `plots`: by lot whether all its plots are known; asked of whoever keeps plots where a row needs
    them and they are not given.
    """
    rows = list(lots)
    entries = _entries(destination, day)
    if plots is None and any(entry.needs == Needs.PLOTS for entry in entries):
        plots = known_plots(rows)
    overrides = _overrides(rows, destination) if destination != HOME else {}
    return {
        lot.pk: ShipFacts(
            destination=destination,
            country=country_name(destination),
            day=day,
            facility_kind=lot.facility.kind,
            is_custody_made=lot.is_prison_made,
            is_made_in_prison=lot.is_made_in_prison,
            entries=tuple(_fitting(entries, lot)),
            has_plots=(plots or {}).get(lot.pk),
            overrides=tuple(overrides.get(lot.pk, ())),
        )
        for lot in rows
    }


def may_ship(lot_ids: Iterable[int], destination: str, day: date) -> list[Verdict]:
    """A verdict for each lot; three queries for any number."""
    rows = Lot.objects.filter(pk__in=set(lot_ids)).order_by("pk")
    lots = rows.select_related("variant__product__category", "facility")
    return [may_ship_to(facts) for facts in ship_facts(lots, destination, day).values()]


def _entries(destination: str, day: date) -> list[MarketEntry]:
    if destination == HOME:
        return []
    rows = MarketEntry.objects.on(day).filter(destination__in=groups_of(destination))
    return list(rows.order_by("destination", "reach", "pk"))


def _fitting(entries: Iterable[MarketEntry], lot: Lot) -> Iterable[EntryFact]:
    """Rows for all goods, for the lot's category and for the group above it."""
    category = lot.variant.product.category
    mine = {None, category.pk, category.parent_id}
    return (entry_fact(row) for row in entries if row.category_id in mine)


def entry_fact(row: MarketEntry) -> EntryFact:
    """A row of the table as the rules see it."""
    return EntryFact(
        destination=row.destination,
        reach=row.reach,
        answer=row.answer,
        basis=row.legal_basis,
        conditions=row.conditions,
        exceptions=row.exceptions,
        needs=row.needs,
        is_unsure=row.to_be_confirmed,
    )


def _overrides(lots: list[Lot], destination: str) -> dict[int, list[OverrideFact]]:
    """Exceptions of each lot and of all lots of its product."""
    products = {lot.variant.product_id for lot in lots}
    found: dict[int, list[OverrideFact]] = defaultdict(list)
    rows = granted().filter(product__in=products, market__in=["export", f"export:{destination}"])
    for row in rows:
        until = row.valid_until or date.max
        fact = OverrideFact(row.code, row.kind, row.valid_from, until, row.market)
        for lot in lots:
            if row.lot_id in (None, lot.pk) and row.product_id == lot.variant.product_id:
                found[lot.pk].append(fact)
    return found


def country_name(code: str) -> str:
    """A country in the reader's language; the code where there is no such country."""
    if code == "*":
        code = "001"
    return str(Locale.parse(get_language() or "id").territories.get(code, code))


def countries() -> list[tuple[str, str]]:
    """ISO 3166 codes and names in the reader's language, home first, then by name."""
    named = Locale.parse(get_language() or "id").territories
    rows = [(code, str(name)) for code, name in named.items() if len(code) == 2 and code.isalpha()]
    left_out = {HOME, "EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    others = sorted((row for row in rows if row[0] not in left_out), key=lambda row: row[1])
    return [(HOME, str(named[HOME])), *others]
