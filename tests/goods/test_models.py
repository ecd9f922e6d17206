"""Reference data of goods, and what the database keeps of products and variants."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.look.goods import KINDS
from tests.stock.shelves import make_variant
from tests.world import World


def test_every_category_has_a_drawing_and_both_names(db: None) -> None:
    rows = list(Category.objects.all())

    assert {row.drawing for row in rows} <= KINDS.keys()
    assert all(row.name and row.name_en for row in rows)
    assert {"coffee", "tenun", "anyaman", "service"} <= {row.code for row in rows}


def test_measures_cover_the_units_books(db: None) -> None:
    codes = set(Measure.objects.values_list("code", flat=True))

    assert {"pcs", "set", "botol", "bungkus", "lembar", "pasang", "jasa"} <= codes
    assert {"m", "m2", "kg", "g", "L", "ml"} <= codes


def test_same_sku_twice_in_a_unit_is_refused_but_not_in_two(world: World) -> None:
    with world.everywhere():
        make_variant(world.atb, "A")
        make_variant(world.kpg, "A")
        with pytest.raises(IntegrityError), transaction.atomic():
            variant = Variant.objects.get(facility=world.atb)
            variant.pk = None
            variant.save(force_insert=True)


def test_variant_stays_in_its_products_facility(world: World) -> None:
    with world.everywhere():
        variant = make_variant(world.atb)
        with pytest.raises(IntegrityError, match="product_facility"), transaction.atomic():
            Variant.objects.filter(pk=variant.pk).update(facility=world.kpg)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_outsider_reads_products_and_cannot_change_them(world: World) -> None:
    with world.acting():
        make_variant(world.atb)

    with world.acting("outsider"):
        assert Product.objects.count() == 1
        assert Product.objects.update(name="dicuri") == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            make_variant(world.atb, "B")
