"""A unit asks for help with its products; an UMKM office gives it a mentor; it ends either way."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.facilitation.models.routes import Kind, Route
from berdaya.goods.models import Product
from berdaya.institutions.models import Facility, Office
from berdaya.legality.models import Permit, PermitKind
from berdaya.mentoring.models import Side

STAFF = settings.AUTH_USER_MODEL
__all__ = ["Case", "CaseProduct", "CaseState", "Side"]


class CaseState(models.TextChoices):
    ASKED = "asked", _lazy("Menunggu pendamping")
    ASSIGNED = "assigned", _lazy("Ditugaskan")
    RUNNING = "running", pgettext_lazy("facilitation", "Berjalan")
    DONE = "done", pgettext_lazy("facilitation", "Selesai")
    GIVEN_UP = "given_up", pgettext_lazy("facilitation", "Dihentikan")


NOBODY = Q(mentor__isnull=True, assigned_on__isnull=True, began_on__isnull=True)
GIVEN = Q(mentor__isnull=False, assigned_on__isnull=False)
OPEN = Q(closed_on__isnull=True, closed_by__isnull=True, close_reason="", permit__isnull=True)
SHUT = Q(closed_on__isnull=False)
BEGUN = Q(began_on__isnull=False, promised_on__isnull=False)


class Case(models.Model):
    """One kind of help for one or more products of a unit, at one UMKM office.

    What it waits for is its first open step (rules.stage_of). `told` are the answers given when
    halal by self-declaration was asked. `awaits`: whose answer the conversation waits for.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name=_lazy("kantor UMKM")
    )
    code = models.CharField(max_length=32, unique=True)
    kind = models.CharField(_lazy("jenis bantuan"), max_length=14, choices=Kind)
    route = models.ForeignKey(Route, models.PROTECT, related_name="+")
    # Copied from the route: the database asks for it when the case is done.
    permit_kind = models.ForeignKey(PermitKind, models.PROTECT, null=True, related_name="+")
    wish = models.CharField(_lazy("yang diminta"), max_length=300)
    told = models.JSONField(default=dict)
    products: models.ManyToManyField = models.ManyToManyField(
        Product, through="CaseProduct", related_name="+"
    )
    state = models.CharField(max_length=8, choices=CaseState, default=CaseState.ASKED)
    asked_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    asked_on = models.DateField(_lazy("diminta"))
    recorded_at = models.DateTimeField()
    mentor = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    assigned_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    assigned_on = models.DateField(null=True)
    began_on = models.DateField(null=True)
    promised_on = models.DateField(_lazy("dijanjikan selesai"), null=True)
    awaits = models.CharField(max_length=6, choices=Side, blank=True)
    awaits_since = models.DateField(null=True)
    permit = models.ForeignKey(Permit, models.PROTECT, null=True, related_name="+")
    cost_rp = models.BigIntegerField(null=True)
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    close_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["facility", "state"], name="facilitation_case_unit"),
            models.Index(fields=["office", "state", "asked_on"], name="facilitation_case_office"),
            models.Index(fields=["mentor", "state"], name="facilitation_case_mentor"),
            models.Index(
                fields=["kind", "closed_on"], condition=Q(state="done"),
                name="facilitation_case_finished",
            ),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["id", "facility"], name="facilitation_case_of_unit"),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values, state__in=CaseState.values)
                & Q(awaits__in=["", *Side.values])
                & ~Q(wish=""),
                name="facilitation_case_known",
            ),
            models.CheckConstraint(
                condition=Q(awaits="") ^ Q(awaits_since__isnull=False),
                name="facilitation_case_awaits",
            ),
            models.CheckConstraint(
                condition=(Q(state="asked") & NOBODY & OPEN)
                | (Q(state="assigned") & GIVEN & OPEN)
                | (Q(state="running") & GIVEN & BEGUN & OPEN)
                | (Q(state="done") & GIVEN & BEGUN & SHUT & Q(close_reason=""))
                | (Q(state="given_up", permit__isnull=True) & SHUT & ~Q(close_reason="")),
                name="facilitation_case_state",
            ),
            # A permit was sought: it is done with it, or it was given up.
            models.CheckConstraint(
                condition=~Q(state="done") | Q(permit_kind__isnull=True) | Q(permit__isnull=False),
                name="facilitation_case_permit",
            ),
            models.CheckConstraint(
                condition=(Q(assigned_on__isnull=True) | Q(assigned_on__gte=F("asked_on")))
                & (Q(began_on__isnull=True) | Q(began_on__gte=F("asked_on")))
                & (Q(closed_on__isnull=True) | Q(closed_on__gte=F("asked_on"))),
                name="facilitation_case_days",
            ),
            models.CheckConstraint(
                condition=Q(cost_rp__isnull=True) | Q(cost_rp__gte=0, state="done"),
                name="facilitation_case_cost",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Neither done nor given up."""
        return self.state not in (CaseState.DONE, CaseState.GIVEN_UP)

    @property
    def label(self) -> str:
        """What kind of help it is."""
        return str(Kind(self.kind).label)


class CaseProduct(models.Model):
    """A product that a case is about. While it is open, a product has one case of each kind."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="lines")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "product"], name="facilitation_caseproduct_one"
            ),
            models.UniqueConstraint(
                fields=["product", "kind"], condition=Q(is_open=True),
                name="facilitation_caseproduct_open",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id}: {self.product_id}"
