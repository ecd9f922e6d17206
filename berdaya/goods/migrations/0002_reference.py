"""Measures and categories, and the key that keeps a variant's facility its product's."""

from decimal import Decimal

from django.db import migrations

# code, name, name_en, dimension, factor to the dimension's base
MEASURES = [
    ("pcs", "buah", "piece", "piece", "1"),
    ("lusin", "lusin", "dozen", "piece", "12"),
    ("kodi", "kodi", "score (20)", "piece", "20"),
    ("pasang", "pasang", "pair", "pair", "1"),
    ("set", "set", "set", "set", "1"),
    ("botol", "botol", "bottle", "bottle", "1"),
    ("bungkus", "bungkus", "pack", "pack", "1"),
    ("lembar", "lembar", "sheet", "sheet", "1"),
    ("ikat", "ikat", "bundle", "bundle", "1"),
    ("jasa", "jasa", "job", "job", "1"),
    ("m", "meter", "metre", "length", "1"),
    ("cm", "sentimeter", "centimetre", "length", "0.01"),
    ("m2", "meter persegi", "square metre", "area", "1"),
    ("g", "gram", "gram", "mass", "1"),
    ("kg", "kilogram", "kilogram", "mass", "1000"),
    ("ml", "mililiter", "millilitre", "volume", "1"),
    ("L", "liter", "litre", "volume", "1000"),
]

# code, name, name_en, parent, drawing of the look, is_food, is_service
CATEGORIES = [
    ("coffee", "Kopi", "Coffee", None, "coffee", True, False),
    ("tenun", "Tenun", "Handwoven cloth", None, "cloth", False, False),
    ("anyaman", "Anyaman", "Plaited goods", None, "basket", False, False),
    ("handicraft", "Kerajinan", "Handicraft", None, "wood", False, False),
    ("snack", "Makanan ringan", "Snacks", None, "snack", True, False),
    ("drink", "Minuman", "Drinks", None, "jar", True, False),
    ("soap_oil", "Sabun dan minyak", "Soap and oil", None, "soap", False, False),
    ("soap", "Sabun", "Soap", "soap_oil", "soap", False, False),
    ("oil", "Minyak kelapa", "Coconut oil", "soap_oil", "bottle", True, False),
    ("furniture", "Mebel", "Furniture", None, "chair", False, False),
    ("metal", "Kerja logam", "Metal work", None, "chair", False, False),
    ("vegetable", "Sayur dan hasil kebun", "Vegetables and garden produce", None, "plant", True, False),
    ("fertiliser", "Pupuk", "Fertiliser", None, "bottle", False, False),
    ("service", "Jasa", "Services", None, "service", False, True),
]


def load(apps, schema_editor):
    Measure = apps.get_model("goods", "Measure")
    Category = apps.get_model("goods", "Category")
    db = schema_editor.connection.alias
    for code, name, name_en, dimension, factor in MEASURES:
        Measure.objects.using(db).create(
            code=code, name=name, name_en=name_en, dimension=dimension, factor_to_base=Decimal(factor)
        )
    made = {}
    for place, (code, name, name_en, parent, drawing, is_food, is_service) in enumerate(CATEGORIES):
        made[code] = Category.objects.using(db).create(
            code=code, name=name, name_en=name_en, parent=made.get(parent), drawing=drawing,
            is_food=is_food, is_service=is_service, position=place,
        )


KEY = """
ALTER TABLE goods_variant ADD CONSTRAINT goods_variant_product_facility
  FOREIGN KEY (product_id, facility_id) REFERENCES goods_product (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("goods", "0001_initial")]
    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunSQL(
            KEY, "ALTER TABLE goods_variant DROP CONSTRAINT goods_variant_product_facility"
        ),
    ]
