"""Kinds of official documents and how each unit numbers them."""

from django.db import models
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.names import named
from berdaya.institutions.models import Facility


class Paper(models.TextChoices):
    A4 = "a4", "A4"
    F4 = "f4", "F4"
    A5 = "a5", "A5"
    A6 = "a6", "A6"


class DocumentType(models.Model):
    """One kind of official document; `number_pattern` is a format string (papers.calc).

    `signer_roles` lists the roles that sign, in the order in which they stand on the paper;
    `ability` is what one needs to print such a document or open its scan.
    """

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    number_pattern = models.CharField(max_length=120)
    paper = models.CharField(max_length=4, choices=Paper.choices, default=Paper.A4)
    signer_roles = models.JSONField(default=list)
    ability = models.CharField(max_length=30, default="stock.view")

    def __str__(self) -> str:
        return self.label

    @property
    def papers(self) -> list[str]:
        """The papers it may be printed on, the usual one first: a unit has A4 or F4, or both."""
        return list(dict.fromkeys([self.paper, Paper.A4.value, Paper.F4.value]))

    @property
    def label(self) -> str:
        """The name in the active language."""
        return named(self.name, self.name_en)


class UnitNumbering(models.Model):
    """A unit's own number pattern for one kind of document, where it differs from the usual."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    type = models.ForeignKey(DocumentType, models.PROTECT, related_name="numberings")
    number_pattern = models.CharField(_lazy("pola nomor"), max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facility", "type"], name="papers_unitnumbering_one")
        ]

    def __str__(self) -> str:
        return self.number_pattern
