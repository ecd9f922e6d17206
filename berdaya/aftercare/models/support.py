"""Help to a client: referrals to others, and tools given against a receipt."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.aftercare.models.supervision import Supervision
from berdaya.institutions.models import Facility
from berdaya.people.models import Participant

STAFF = settings.AUTH_USER_MODEL


class ReferralTo(models.TextChoices):
    KUR = "kur", _lazy("KUR (bank penyalur)")
    BLK = "blk", _lazy("BLK")
    COOPERATIVE = "cooperative", _lazy("Koperasi")
    HOUSE = "house", _lazy("Rumah BUMN")
    OFFICE = "office", _lazy("Dinas")
    POKMAS = "pokmas", _lazy("Pokmas Lipas")


class ReferralState(models.TextChoices):
    MADE = "made", _lazy("Dikirim")
    ACCEPTED = "accepted", _lazy("Diterima")
    REFUSED = "refused", _lazy("Ditolak")
    DONE = "done", _lazy("Selesai")
    STOPPED = "stopped", _lazy("Tidak dilanjutkan")


ENDS_WITH_REASON = ("refused", "stopped")


class Referral(models.Model):
    """A client sent to somebody who can help; each step has its day, a refusal its reason."""

    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="referrals")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    to = models.CharField(_lazy("ke"), max_length=12, choices=ReferralTo)
    whom = models.CharField(
        _lazy("kantornya"), max_length=80, help_text=_lazy("Kantor atau cabang, bukan orang.")
    )
    state = models.CharField(max_length=8, choices=ReferralState, default=ReferralState.MADE)
    made_on = models.DateField(_lazy("dikirim pada"))
    answered_on = models.DateField(_lazy("dijawab pada"), null=True)
    ended_on = models.DateField(_lazy("selesai pada"), null=True)
    reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    made_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_on", "-pk"]
        indexes = [models.Index(fields=["facility", "state"], name="aftercare_referral_list")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(whom="")
                & Q(to__in=ReferralTo.values)
                & (Q(answered_on__isnull=True) | Q(answered_on__gte=F("made_on")))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("made_on")))
                & (
                    Q(state="made", answered_on__isnull=True, ended_on__isnull=True)
                    | Q(state="accepted", answered_on__isnull=False, ended_on__isnull=True)
                    | Q(state="done", answered_on__isnull=False, ended_on__isnull=False)
                    | (Q(state__in=ENDS_WITH_REASON, ended_on__isnull=False) & ~Q(reason=""))
                ),
                name="aftercare_referral_state",
            )
        ]

    def __str__(self) -> str:
        return f"{self.to} {self.made_on}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes an answer or the help."""
        return self.state in (ReferralState.MADE, ReferralState.ACCEPTED)


class GrantState(models.TextChoices):
    WAITING = "waiting", _lazy("Menunggu kepala")
    APPROVED = "approved", _lazy("Disetujui, belum diserahkan")
    RECEIVED = "received", _lazy("Diterima")


class ToolsGrant(models.Model):
    """Tools for a client: proposed by the counsellor, approved by the head, handed over against a
    numbered receipt that the client signs.
    """

    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="grants")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    code = models.CharField(max_length=32, unique=True)
    source = models.CharField(
        _lazy("sumber"), max_length=120, help_text=_lazy("Anggaran, dinas, atau pemberi hibah.")
    )
    state = models.CharField(max_length=8, choices=GrantState, default=GrantState.WAITING)
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField(null=True)
    received_on = models.DateField(_lazy("diterima pada"), null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["facility", "state"], name="aftercare_grant_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(approved_by=F("proposed_by")),
                name="aftercare_grant_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(source="")
                & (
                    Q(state="waiting", approved_on__isnull=True, received_on__isnull=True)
                    | Q(state="approved", approved_on__isnull=False, received_on__isnull=True)
                    | Q(state="received", received_on__gte=F("approved_on"))
                ),
                name="aftercare_grant_state",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ToolsGrantLine(models.Model):
    """One tool of a grant."""

    grant = models.ForeignKey(ToolsGrant, models.PROTECT, related_name="lines")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    what = models.CharField(_lazy("alat"), max_length=80)
    qty = models.PositiveSmallIntegerField(_lazy("jumlah"))
    value_rp = models.BigIntegerField(_lazy("nilai (Rp)"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="") & Q(qty__gte=1, value_rp__gte=0), name="aftercare_tool_known"
            )
        ]

    def __str__(self) -> str:
        return self.what
