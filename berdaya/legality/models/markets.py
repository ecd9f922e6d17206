"""Where goods may go: dated rows by country, and the exceptions that two people granted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.goods.models import Category, Product
from berdaya.institutions.models import Facility
from berdaya.legality.models.changes import RuleChange
from berdaya.stock.models import Lot

STAFF = settings.AUTH_USER_MODEL


class Reach(models.TextChoices):
    ALL = "all", _lazy("semua barang")
    CUSTODY = "custody", _lazy("yang satu langkahnya dikerjakan dalam tahanan")
    PRISON = "prison", _lazy("yang dikerjakan dalam tahanan atau di dalam lapas")


class Answer(models.TextChoices):
    ALLOWED = "allowed", _lazy("boleh")
    REVIEW = "review", _lazy("perlu telaah")
    BARRED = "barred", _lazy("dilarang")


class Needs(models.TextChoices):
    PLOTS = "plots", _lazy("kebun asal bahan")


class MarketEntry(DatedRow):
    """What a country says to goods of a `reach`, perhaps of one category only.

    `destination`: ISO 3166 alpha-2, `EU`, or `*` for every country without a row of its own.
    `exceptions`: what its law leaves open, and so what an override may name; empty leaves nothing.
    """

    destination = models.CharField(_lazy("negara tujuan"), max_length=2)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_lazy("kelompok barang"),
    )  # fmt: skip
    reach = models.CharField(_lazy("mengenai"), max_length=8, choices=Reach)
    answer = models.CharField(_lazy("jawaban"), max_length=8, choices=Answer)
    needs = models.CharField(_lazy("perlu"), max_length=8, choices=Needs, blank=True)
    conditions = models.CharField(_lazy("syarat"), max_length=300, blank=True)
    exceptions = models.CharField(_lazy("pengecualian"), max_length=300, blank=True)
    legal_basis = models.CharField(_lazy("dasar hukum"), max_length=200)
    source = models.CharField(_lazy("sumber"), max_length=200)
    to_be_confirmed = models.BooleanField(_lazy("perlu konfirmasi"), default=False)
    change = models.ForeignKey(RuleChange, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(RuleChange, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["destination", "category", "reach"]
        verbose_name_plural = "market entries"
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("legality_marketentry_one", "destination", "category", "reach"),
            # Nothing equals an empty category, so rows for all goods have a wall of their own.
            no_overlap(
                "legality_marketentry_all",
                "destination",
                "reach",
                condition=Q(category__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(
                    reach__in=Reach.values, answer__in=Answer.values, needs__in=["", "plots"]
                ),
                name="legality_marketentry_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.destination} {self.reach}: {self.answer}"


class Override(DatedRow):
    """An exception asked for one product (and perhaps one lot) on a named legal basis.

    `code` is the reason it answers, `kind` the kind of permit where there is one, `market` where
    it holds: retail, procurement, export or export:JP. It holds only once another decided so.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="overrides", verbose_name=_lazy("produk")
    )
    lot = models.ForeignKey(
        Lot, models.PROTECT, null=True, blank=True, related_name="overrides",
        verbose_name=_lazy("kode produksi"),
    )  # fmt: skip
    market = models.CharField(_lazy("pasar"), max_length=20)
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, blank=True)
    legal_basis = models.CharField(_lazy("dasar hukum"), max_length=200)
    reason = models.CharField(_lazy("mengapa berlaku di sini"), max_length=400)
    requested_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(fields=["facility", "-requested_at"], name="legality_override_list"),
            models.Index(fields=["product"], name="legality_override_product"),
        ]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_until__isnull=False) & ~Q(legal_basis="") & ~Q(reason=""),
                name="legality_override_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.market}: {self.code}"


class Outcome(models.TextChoices):
    APPROVED = "approved", _lazy("Disetujui")
    DECLINED = "declined", _lazy("Ditolak")


class OverrideDecision(models.Model):
    """Yes or no of a second person; `requested_by` copies the override's, for two people."""

    override = models.OneToOneField(Override, models.PROTECT, related_name="decision")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    requested_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="legality_overridedecision_two_people",
            ),
            models.CheckConstraint(
                condition=Q(outcome="approved") | (Q(outcome="declined") & ~Q(reason="")),
                name="legality_overridedecision_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.override_id}: {self.outcome}"
