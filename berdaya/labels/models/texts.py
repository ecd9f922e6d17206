"""Texts of a variant's label: a version each time they change, none is ever edited."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.names import named
from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility
from berdaya.labels.words import CARE

# What a version says; two versions that say the same are one.
SAID = (
    "ingredients", "ingredients_en", "storage", "storage_en", "origin", "origin_en", "has_pork",
    "composition", "material", "material_en", "size", "care", "care_note", "care_note_en",
)  # fmt: skip


class LabelText(models.Model):
    """One version of what a variant's label says; the newest holds, older ones stay known.

    `ingredients` in descending order of weight; a word between stars is set in bold.
    `composition`: [[fibre, basis points], …]. `care`: codes of labels/words.py.
    """

    variant = models.ForeignKey(Variant, models.PROTECT, related_name="label_texts")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    ingredients = models.TextField(_lazy("komposisi"), max_length=600, blank=True)
    ingredients_en = models.TextField(max_length=600, blank=True)
    storage = models.CharField(_lazy("cara simpan"), max_length=160, blank=True)
    storage_en = models.CharField(max_length=160, blank=True)
    origin = models.CharField(_lazy("asal bahan"), max_length=160, blank=True)
    origin_en = models.CharField(max_length=160, blank=True)
    has_pork = models.BooleanField(_lazy("mengandung babi"), default=False)
    composition = models.JSONField(_lazy("komposisi serat"), default=list, blank=True)
    material = models.CharField(_lazy("bahan"), max_length=160, blank=True)
    material_en = models.CharField(max_length=160, blank=True)
    size = models.CharField(_lazy("ukuran"), max_length=60, blank=True)
    care = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    care_note = models.CharField(_lazy("cara merawat"), max_length=200, blank=True)
    care_note_en = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["variant", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["variant", "version"], name="labels_text_version"),
            models.UniqueConstraint(fields=["id", "facility"], name="labels_text_of_facility"),
            models.UniqueConstraint(fields=["id", "variant"], name="labels_text_of_variant"),
            models.CheckConstraint(condition=Q(version__gte=1), name="labels_text_counts"),
            models.CheckConstraint(
                condition=Q(care__contained_by=list(CARE)), name="labels_text_care"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} v{self.version}"

    @property
    def said(self) -> dict[str, Any]:
        """Everything it says, to be compared and copied."""
        return {name: getattr(self, name) for name in SAID}

    @property
    def whole_bp(self) -> int:
        """The sum of the fibres, in basis points."""
        return sum(share for _fibre, share in self.composition)

    @property
    def first_words(self) -> str:
        """What it begins with, in the active language, to recognise it by."""
        return named(self.ingredients or self.material, self.ingredients_en or self.material_en)
