"""Categories, products and their variants."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.names import named
from berdaya.goods.models.measures import Measure
from berdaya.institutions.models import Facility
from berdaya.look.goods import kind_of


def said_once(product: str, variant: str) -> str:
    """`Selendang` and `60 cm` are `Selendang 60 cm`; `Selendang 60 cm` alone stays itself."""
    is_whole = variant.casefold().startswith(product.casefold())
    return variant if is_whole else f"{product} {variant}".strip()


class Named(models.Model):
    """A name in both languages; where the English one is missing, the other stands in."""

    name = models.CharField(_lazy("nama"), max_length=120)
    name_en = models.CharField(_lazy("nama dalam bahasa Inggris"), max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return named(self.name, self.name_en)


class Category(Named):
    """A group of goods; requirements, policies and drawings hang on it."""

    code = models.CharField(max_length=20, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    drawing = models.CharField(max_length=20)
    is_food = models.BooleanField(default=False)
    is_service = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "categories"
        ordering = ["position", "code"]


class PayBasis(models.TextChoices):
    HOURS = "hours", _lazy("per jam")
    PIECES = "pieces", _lazy("borongan")
    EQUAL = "equal", _lazy("sama rata")


class Product(Named):
    """Something a facility makes or does; what is sold are its variants."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="products")
    code = models.CharField(max_length=32, unique=True)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="products", verbose_name=_lazy("kategori")
    )
    line_of_work = models.CharField(
        _lazy("bidang kerja"), max_length=60, help_text=_lazy("Misalnya: sabun, tenun, mebel.")
    )
    is_active = models.BooleanField(_lazy("masih dibuat"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["id", "facility"], name="goods_product_of_facility")
        ]
        indexes = [models.Index(fields=["facility", "category"], name="goods_product_list")]

    @property
    def drawing(self) -> str:
        """What is drawn for it: what its name begins with, else its category's drawing."""
        return kind_of(self.name, self.category.drawing)


class Variant(Named):
    """What is counted and sold: one size or kind of a product; `facility` copies the product's.

    `content_qty` `content_measure` is what one of it holds (a bottle of 250 ml).
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="variants")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    sku = models.CharField(_lazy("kode barang"), max_length=32)
    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="+", verbose_name=_lazy("satuan")
    )
    content_qty = models.DecimalField(
        _lazy("isi"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    content_measure = models.ForeignKey(
        Measure,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_lazy("satuan isi"),
    )
    list_price_rp = models.BigIntegerField(_lazy("harga daftar (Rp)"))
    pay_basis = models.CharField(
        _lazy("dasar bagi premi"), max_length=8, choices=PayBasis.choices, default=PayBasis.HOURS
    )
    shelf_life_days = models.PositiveIntegerField(
        _lazy("masa simpan (hari)"), null=True, blank=True
    )
    low_stock_qty = models.DecimalField(
        _lazy("ingatkan bila stok di bawah"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    is_active = models.BooleanField(_lazy("masih dijual"), default=True)

    class Meta:
        ordering = ["sku"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "sku"], name="goods_variant_sku"),
            models.UniqueConstraint(fields=["id", "facility"], name="goods_variant_of_facility"),
            models.CheckConstraint(
                condition=Q(list_price_rp__gte=0), name="goods_variant_price_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(pay_basis__in=PayBasis.values), name="goods_variant_pay_basis"
            ),
            models.CheckConstraint(
                condition=Q(content_qty__isnull=True, content_measure__isnull=True)
                | Q(content_qty__gt=0, content_measure__isnull=False),
                name="goods_variant_content_whole",
                violation_error_message=_lazy("Isi perlu angka di atas nol dan satuannya."),
            ),
        ]

    @property
    def full_label(self) -> str:
        """Product and variant in the active language, each word said once."""
        return said_once(self.product.label, self.label)
