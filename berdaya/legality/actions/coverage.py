"""What a permit names: products, and of each perhaps only some variants."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db.models import Prefetch, QuerySet

from berdaya.core.events import publish
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Verdict, require
from berdaya.goods.models import Product, Variant
from berdaya.institutions.rules import may
from berdaya.legality.actions.judging import judge_places
from berdaya.legality.events import PERMITS_CHANGED
from berdaya.legality.models import Permit, PermitProduct, PermitVariant
from berdaya.legality.rules import papers


@dataclass(frozen=True)
class Covered:
    """Products by id, and the product of each variant that is named."""

    products: frozenset[int]
    variants: dict[int, int]

    @classmethod
    def of(cls, products: Iterable[Product], variants: Iterable[Variant]) -> Self:
        """What was ticked."""
        return cls(
            frozenset(one.pk for one in products), {one.pk: one.product_id for one in variants}
        )


def covered_of(permit: Permit) -> dict[Product, list[Variant]]:
    """What it names now: an empty list is the whole product. Two queries."""
    parts = Prefetch("variants", PermitVariant.objects.select_related("variant"))
    rows = permit.coverage.select_related("product").prefetch_related(parts)
    return {row.product: [one.variant for one in row.variants.all()] for row in rows}


def name_products(permit: Permit, names: Covered) -> None:
    """Write what a new permit names."""
    rows = PermitProduct.objects.bulk_create(
        PermitProduct(permit=permit, facility_id=permit.place_id, product_id=pk)
        for pk in sorted(names.products)
    )
    by_product = {row.product_id: row for row in rows}
    PermitVariant.objects.bulk_create(
        PermitVariant(
            coverage=by_product[product_id],
            facility_id=permit.place_id,
            product_id=product_id,
            variant_id=pk,
        )
        for pk, product_id in sorted(names.variants.items())
    )


def change_coverage(
    *, by: Actor, permit: Permit, products: Iterable[Product], variants: Iterable[Variant]
) -> Permit:
    """It names these products and variants from now on; what stays is not touched.

    Refused: permit_kitchen_names_goods, permit_variant_of_other.
    """
    required()
    names = Covered.of(products, variants)
    require(may(by, "permit.edit", permit.place_id) + _may_name(permit, names))
    held = Covered.of(
        [row.product for row in permit.coverage.select_related("product")],
        [row.variant for row in _variants(permit)],
    )
    changed = {pk for pk in names.products & held.products if _part(names, pk) != _part(held, pk)}
    gone = (held.products - names.products) | changed
    _variants(permit).filter(product__in=gone).delete()
    permit.coverage.filter(product__in=gone).delete()
    fresh = (names.products - held.products) | changed
    name_products(permit, Covered(fresh, {v: p for v, p in names.variants.items() if p in fresh}))
    permit.coverage_change = _told(held.products, names.products, changed)
    permit.save(update_fields=["coverage_change"])
    judge_places(by=by, facility_ids=[permit.place_id])
    publish(PERMITS_CHANGED, facility_id=permit.place_id, subject_id=permit.pk)
    return permit


def _told(held: frozenset[int], named: frozenset[int], changed: set[int]) -> str:
    """What became other, for the history: + named now, − no longer, ± other variants."""
    marks = dict.fromkeys(named - held, "+") | dict.fromkeys(held - named, "−")
    marks |= dict.fromkeys(changed, "±")
    rows = Product.objects.filter(pk__in=marks).order_by("name").values_list("pk", "name")
    return ", ".join(f"{marks[pk]} {name}" for pk, name in rows)[:240]


def _variants(permit: Permit) -> "QuerySet[PermitVariant]":
    return PermitVariant.objects.filter(coverage__permit=permit).select_related("variant")


def _part(names: Covered, product_id: int) -> set[int]:
    return {pk for pk, of in names.variants.items() if of == product_id}


def _may_name(permit: Permit, names: Covered) -> Verdict:
    """Holder and number stay as they are, so only what is named is judged."""
    facts = papers.PaperFacts(
        kind=permit.kind.label,
        holder_kind=permit.holder.kind,
        holder="",
        holder_kinds=(permit.holder.kind,),
        scope=permit.scope,
        may_cover_kitchen=True,
        products=names.products,
        variant_products=frozenset(names.variants.values()),
    )
    return papers.may_record(facts)
