"""What a permit names: products, perhaps only some of their variants, and fields of business."""

from django.db import models

from berdaya.goods.models import Product, Variant
from berdaya.institutions.models import Facility
from berdaya.legality.models.kbli import Kbli
from berdaya.legality.models.permits import Permit


class PermitProduct(models.Model):
    """A product that a permit names; `facility` copies the permit's place.

    A foreign key over (permit, facility) keeps the copy true, whoever writes it.
    """

    permit = models.ForeignKey(Permit, models.PROTECT, related_name="coverage")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, related_name="coverage")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["permit", "product"], name="legality_permitproduct_one")
        ]

    def __str__(self) -> str:
        return f"{self.permit_id}: {self.product_id}"


class PermitVariant(models.Model):
    """A variant that a permit names of a product; a product without any is covered whole.

    Foreign keys over (coverage, product, facility) and (variant, product) keep it within the
    product and the place, whoever writes it.
    """

    coverage = models.ForeignKey(PermitProduct, models.PROTECT, related_name="variants")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="coverage")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coverage", "variant"], name="legality_permitvariant_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.coverage_id}: {self.variant_id}"


class PermitKbli(models.Model):
    """A field of business that a permit names; `facility` copies the permit's place."""

    permit = models.ForeignKey(Permit, models.PROTECT, related_name="fields_of_business")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    kbli = models.ForeignKey(Kbli, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["permit", "kbli"], name="legality_permitkbli_one")
        ]

    def __str__(self) -> str:
        return f"{self.permit_id}: {self.kbli_id}"
