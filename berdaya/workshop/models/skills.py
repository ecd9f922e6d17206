"""Which skill a workshop, or one product in it, asks for, and who may learn it on the job."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.dated import DatedRow, no_overlap
from berdaya.goods.models import Product
from berdaya.institutions.models import Facility
from berdaya.people.models import Participant
from berdaya.training.models import Skill
from berdaya.workshop.models.workshops import Workshop

STAFF = settings.AUTH_USER_MODEL


class SkillRequirement(DatedRow):
    """A workshop asks for a skill for a while; with a product only for that product's batches."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="skill_requirements")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    product = models.ForeignKey(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_lazy("hanya untuk barang"),
    )
    skill = models.ForeignKey(
        Skill, models.PROTECT, related_name="+", verbose_name=_lazy("keterampilan")
    )
    recorded_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["valid_from", "pk"]
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap(
                "workshop_skillrequirement_all",
                "workshop",
                "skill",
                condition=Q(product__isnull=True),
            ),
            no_overlap("workshop_skillrequirement_one", "workshop", "skill", "product"),
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id}: {self.skill_id}"


class SkillExemption(DatedRow):
    """The head lets somebody learn a skill on the job, under supervision, until a day."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    skill = models.ForeignKey(
        Skill, models.PROTECT, related_name="+", verbose_name=_lazy("keterampilan")
    )
    supervisor = models.CharField(_lazy("pendamping kerja"), max_length=80)
    approved_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            *DatedRow.Meta.constraints,
            no_overlap("workshop_skillexemption_one", "participant", "facility", "skill"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=False) & ~Q(supervisor=""),
                name="workshop_skillexemption_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.skill_id}"
