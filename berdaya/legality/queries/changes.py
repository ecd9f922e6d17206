"""Rows of the rules as a change names them, and what it would do before anybody decides."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, QuerySet

from berdaya.goods.models import Category
from berdaya.legality.calc import facts_of
from berdaya.legality.events import Offers, offers_of
from berdaya.legality.models import (
    FactGroup,
    MarketEntry,
    PermitKind,
    Requirement,
    RuleChange,
    RuleTable,
)
from berdaya.legality.queries.facts import RequirementFact, asked_by_category
from berdaya.legality.queries.shipping import entry_fact
from berdaya.legality.rules.listing import may_list
from berdaya.legality.rules.shipping import EntryFact, ShipFacts, groups_of, may_ship_to
from berdaya.stock.models import Lot

MODELS: dict[str, Any] = {
    RuleTable.REQUIREMENT: Requirement,
    RuleTable.MARKET_ENTRY: MarketEntry,
}
# What makes two rows the same question, to which one answer holds at a time.
SAME = {
    RuleTable.REQUIREMENT: ("category", "market", "permit_kind"),
    RuleTable.MARKET_ENTRY: ("destination", "category", "reach"),
}


def row_of(change: RuleChange) -> Any:
    """The unsaved row that a change would write; None where it only ends one.

    KeyError for a category or kind that is not there.
    """
    if not change.values:
        return None
    values = dict(change.values)
    code = values.pop("category", "")
    values["category"] = Category.objects.get(code=code) if code else None
    if "permit_kind" in values:
        values["permit_kind"] = PermitKind.objects.get(code=values["permit_kind"])
    return MODELS[change.table](valid_from=change.effective_on, **values)


def ended_row(change: RuleChange) -> Any:
    """The row that a change ends; None where it only adds one."""
    if change.ends is None:
        return None
    rows = MODELS[change.table].objects.select_related("category")
    return rows.filter(pk=change.ends).first()


def beside(change: RuleChange, row: Any) -> QuerySet[Any]:
    """Rows that would hold on the same question beside the new one, the ended one left out."""
    same = {name: getattr(row, name) for name in SAME[RuleTable(change.table)]}
    if same["category"] is None:
        same.pop("category")
        same["category__isnull"] = True
    rows = MODELS[change.table].objects.current_from(change.effective_on).filter(**same)
    return rows.exclude(pk=change.ends)


@dataclass(frozen=True)
class Preview:
    """What a change does on its first day. `going` and `coming`: variants, and the offers of them;
    `lots`: how many lots in stock are answered otherwise, by country for the rule of entry."""

    going: int = 0
    coming: int = 0
    offers_going: Offers = field(default_factory=Offers)
    offers_coming: Offers = field(default_factory=Offers)
    lots: int = 0
    answers: tuple[tuple[str, str, int], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What the proposal keeps: counts, never which."""
        return {
            "going": self.going,
            "coming": self.coming,
            "listings_going": self.offers_going.count,
            "listings_coming": self.offers_coming.count,
            "lots": self.lots,
        }


def preview_of(change: RuleChange) -> Preview:
    """What would go and come; nothing is written. Judges each group of equal facts twice."""
    if change.table == RuleTable.REQUIREMENT:
        return _of_requirement(change)
    return _of_entry(change)


def _of_requirement(change: RuleChange) -> Preview:
    row, old = row_of(change), ended_row(change)
    market = (row or old).market
    touched = _below({one.category_id for one in (row, old) if one})
    before = asked_by_category(market, change.effective_on)
    after = {
        pk: _changed(needs, row, old) if pk in touched else needs for pk, needs in before.items()
    }
    going, coming = [], []
    for group in _groups_of(touched):
        facts = facts_of(group.facts, market, change.effective_on, ())
        category = group.category
        was = may_list(replace(facts, requirements=before[category])).ok
        will = may_list(replace(facts, requirements=after[category])).ok
        if was != will:
            (going if was else coming).append(group)
    is_shown = market == "retail"
    return Preview(
        going=sum(one.variants for one in going),
        coming=sum(one.variants for one in coming),
        offers_going=offers_of([one.pk for one in going]) if is_shown else Offers(),
        offers_coming=offers_of([one.pk for one in coming], False) if is_shown else Offers(),
    )


@dataclass(frozen=True)
class _Group:
    pk: int
    facts: dict[str, Any]
    category: int
    variants: int


def _groups_of(categories: set[int]) -> list[_Group]:
    """Groups of these categories that any variant belongs to."""
    rows = FactGroup.objects.filter(category__in=categories)
    told = rows.annotate(variants=Count("judgements")).filter(variants__gt=0)
    return [
        _Group(pk, json.loads(facts), category, count)
        for pk, facts, category, count in told.values_list("pk", "facts", "category", "variants")
    ]


def _below(roots: set[int]) -> set[int]:
    """These categories and all under them."""
    parents = dict(Category.objects.values_list("pk", "parent_id"))
    found = set(roots)
    while more := {pk for pk, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _changed(
    needs: Iterable[RequirementFact], row: Requirement | None, old: Requirement | None
) -> tuple[RequirementFact, ...]:
    """What is asked once the old row is gone and the new one holds."""
    left = list(needs)
    if old is not None:
        gone = RequirementFact(old.permit_kind.code, old.permit_kind.label, old.choice)
        left = [one for one in left if (one.kind, one.choice) != (gone.kind, gone.choice)]
    if row is not None:
        left.append(RequirementFact(row.permit_kind.code, row.permit_kind.label, row.choice))
    return tuple(left)


def _of_entry(change: RuleChange) -> Preview:
    """Lots in stock by how they were made and of what, asked before and after."""
    row, old = row_of(change), ended_row(change)
    destination = (row or old).destination
    asked = "XX" if destination == "*" else "DE" if destination == "EU" else destination
    held = MarketEntry.objects.on(change.effective_on).filter(destination__in=groups_of(asked))
    before = list(held)
    after = [one for one in before if old is None or one.pk != old.pk]
    after += [row] if row else []
    lots = Lot.objects.filter(levels__on_hand__gt=0).order_by()
    groups = lots.values_list(
        "variant__product__category", "variant__product__category__parent", "is_prison_made",
        "is_made_in_prison",
    ).annotate(count=Count("pk", distinct=True))  # fmt: skip
    changed, answers = 0, []
    for *told, count in groups:
        made = _Made(*told)
        was, will = _answer(before, made, asked, change), _answer(after, made, asked, change)
        if was != will:
            changed += count
            answers.append((was, will, count))
    return Preview(lots=changed, answers=tuple(answers))


@dataclass(frozen=True)
class _Made:
    """How some lots were made, and of what."""

    category: int
    parent: int | None
    in_custody: bool
    in_prison: bool


def _answer(rows: list[MarketEntry], made: _Made, asked: str, change: RuleChange) -> str:
    """The codes of what stands against lots made so; empty: they may go."""
    facts: list[EntryFact] = [
        entry_fact(one) for one in rows if one.category_id in (None, made.category, made.parent)
    ]
    verdict = may_ship_to(
        ShipFacts(
            destination=asked, country=asked, day=change.effective_on, facility_kind="",
            is_custody_made=made.in_custody, is_made_in_prison=made.in_prison, entries=tuple(facts),
        )
    )  # fmt: skip
    return ", ".join(verdict.codes)
