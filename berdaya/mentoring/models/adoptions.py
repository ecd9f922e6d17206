"""A mentor beside a product or a group: proposed by one side, answered by the other."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.goods.models import Product
from berdaya.institutions.models import Facility, Office
from berdaya.workshop.models import Workshop

STAFF = settings.AUTH_USER_MODEL


class Side(models.TextChoices):
    UNIT = "unit", _lazy("UPT")
    MENTOR = "mentor", _lazy("Pendamping")


class AdoptionState(models.TextChoices):
    PROPOSED = "proposed", _lazy("Menunggu jawaban")
    RUNNING = "running", _lazy("Berjalan")
    DECLINED = "declined", _lazy("Tidak diterima")
    ENDED = "ended", _lazy("Berakhir")


ANSWERED = Q(answered_by__isnull=False, answered_at__isnull=False)
UNANSWERED = Q(answered_by__isnull=True, answered_at__isnull=True, began_on__isnull=True)
ENDED = Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")
NOT_ENDED = Q(ended_on__isnull=True, ended_by__isnull=True)
HAS_SUBJECT = ~Q(line_of_work="") & (
    Q(product__isnull=False, workshop__isnull=True)
    | Q(product__isnull=True, workshop__isnull=False)
)


class Adoption(models.Model):
    """One mentor and one product, or all products of a workshop's line of work.

    A mentor's proposal says in words what they would help with; whoever accepts it for the unit
    chooses what is opened. A unit's request names it, and the mentor who takes it is its mentor.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name=_lazy("kantor pendamping")
    )
    code = models.CharField(max_length=32, unique=True)
    side = models.CharField(max_length=6, choices=Side)
    wish = models.CharField(_lazy("yang ingin dikerjakan"), max_length=300)
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+")
    workshop = models.ForeignKey(Workshop, models.PROTECT, null=True, related_name="+")
    # Copied from the product or the workshop: a mentor cannot read a workshop's row.
    line_of_work = models.CharField(max_length=60, blank=True)
    mentor = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=AdoptionState, default=AdoptionState.PROPOSED)
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    answered_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer_reason = models.CharField(max_length=200, blank=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["facility", "state"], name="mentoring_adoption_unit"),
            models.Index(fields=["office", "state"], name="mentoring_adoption_office"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["id", "facility"], name="mentoring_adoption_of_unit"),
            models.UniqueConstraint(
                fields=["product"], condition=Q(state="running"), name="mentoring_adoption_product"
            ),
            models.UniqueConstraint(
                fields=["workshop"], condition=Q(state="running"), name="mentoring_adoption_group"
            ),
            models.CheckConstraint(
                condition=Q(side__in=Side.values, state__in=AdoptionState.values) & ~Q(wish=""),
                name="mentoring_adoption_known",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(answered_by=F("proposed_by")),
                name="mentoring_adoption_two_people",
            ),
            models.CheckConstraint(
                condition=(Q(state="proposed") & UNANSWERED & NOT_ENDED)
                | (Q(state="declined", began_on__isnull=True) & ANSWERED & NOT_ENDED)
                | (
                    Q(state="running", mentor__isnull=False, began_on__isnull=False)
                    & (ANSWERED & NOT_ENDED & HAS_SUBJECT)
                )
                | (
                    Q(state="ended", mentor__isnull=False, began_on__lte=F("ended_on"))
                    & (ANSWERED & ENDED & HAS_SUBJECT)
                ),
                name="mentoring_adoption_state",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_running(self) -> bool:
        """Accepted and not ended: only now are figures shown and lines written."""
        return self.state == AdoptionState.RUNNING

    @property
    def label(self) -> str:
        """What it is about: the product, the group's line of work, else the wish."""
        if self.product:
            return self.product.label
        return self.line_of_work.capitalize() or self.wish

    @property
    def is_group(self) -> bool:
        """Whether it is about all products of a line of work."""
        return self.workshop_id is not None
