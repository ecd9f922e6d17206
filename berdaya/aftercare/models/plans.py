"""The plan before release (*rencana usaha*): made with the person, signed on paper, approved."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility, Region
from berdaya.people.models import Participant

STAFF = settings.AUTH_USER_MODEL


class Capital(models.TextChoices):
    """Where the money to begin with comes from."""

    SAVINGS = "savings", _lazy("Tabungan premi")
    FAMILY = "family", _lazy("Keluarga")
    KUR = "kur", _lazy("Kredit usaha (KUR)")
    GRANT = "grant", _lazy("Bantuan alat atau hibah")
    NONE = "none", _lazy("Belum ada modal")


class PlanState(models.TextChoices):
    DRAFT = "draft", _lazy("Belum ditandatangani")
    WAITING = "waiting", _lazy("Menunggu kepala")
    APPROVED = "approved", _lazy("Disetujui")
    RETURNED = "returned", _lazy("Dikembalikan")


OPEN = ("draft", "waiting")
UNDECIDED = Q(decided_by__isnull=True, decided_at__isnull=True)
DECIDED = Q(decided_by__isnull=False, decided_at__isnull=False)


class Plan(models.Model):
    """One version of it. `facility` is the unit that wrote it with the person.

    Written, printed and signed by the person, then it waits for the head. A returned plan is
    written anew as another row; one is a draft or waits at a time. It opens to a
    Bapas once the person's placement there has begun (walls.py).
    """

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="plans")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    code = models.CharField(max_length=32, unique=True)
    trade = models.CharField(_lazy("usaha"), max_length=80)
    tools = models.CharField(_lazy("alat yang diperlukan"), max_length=300)
    capital_rp = models.BigIntegerField(_lazy("modal awal (Rp)"))
    capital_from = models.CharField(_lazy("modal dari"), max_length=8, choices=Capital)
    permits = models.CharField(_lazy("izin yang diperlukan"), max_length=200, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", verbose_name=_lazy("akan tinggal di")
    )
    release_on = models.DateField(_lazy("perkiraan bebas"))
    written_on = models.DateField()
    signed_on = models.DateField(_lazy("ditandatangani orangnya pada"), null=True)
    state = models.CharField(max_length=8, choices=PlanState, default=PlanState.DRAFT)
    written_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["facility", "state"], name="aftercare_plan_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(state__in=OPEN), name="aftercare_plan_waits"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(written_by__isnull=True)
                | ~Q(decided_by=F("written_by")),
                name="aftercare_plan_two_people",
            ),
            models.CheckConstraint(
                condition=Q(capital_rp__gte=0, capital_from__in=Capital.values)
                & ~Q(trade="")
                & (
                    (Q(state="draft", signed_on__isnull=True) & UNDECIDED)
                    | (Q(state="waiting", signed_on__isnull=False) & UNDECIDED)
                    | (Q(state="approved", signed_on__isnull=False) & DECIDED)
                    | (Q(state="returned", signed_on__isnull=False) & DECIDED & ~Q(reason=""))
                ),
                name="aftercare_plan_state",
            ),
        ]

    def __str__(self) -> str:
        return self.code
