"""Who sells under the neutral address: the application, the shop, its owner's way in, its permits.

No column, key or code of this room leads to a person in custody, a unit, a placement or a
certificate: an owner is whoever sent the form (docs/decisions/0032).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.codes import public_code
from berdaya.institutions.models import Region

STAFF = settings.AUTH_USER_MODEL


class Trade(models.TextChoices):
    FOOD = "food", _lazy("Makanan dan minuman")
    COFFEE = "coffee", pgettext_lazy("market", "Kopi dan bumbu")
    CLOTH = "cloth", _lazy("Tenun dan kain")
    PLAITING = "plaiting", pgettext_lazy("market", "Anyaman")
    CRAFT = "craft", pgettext_lazy("market", "Kerajinan")
    OTHER = "other", pgettext_lazy("market", "Lainnya")


# What is eaten or drunk needs a number that says it is safe (P-IRT or MD), unless it is sold fresh.
EATEN = (Trade.FOOD, Trade.COFFEE)


class ApplicationState(models.TextChoices):
    WAITING = "waiting", _lazy("Menunggu pemeriksaan")
    ASKED = "asked", _lazy("Perlu dilengkapi")
    ADMITTED = "admitted", pgettext_lazy("market", "Diterima")
    DECLINED = "declined", pgettext_lazy("market", "Tidak diterima")


class Application(models.Model):
    """What somebody sent to open a shop. `login` is how they will sign in: e-mail or telephone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=15, unique=True, default=public_code)
    request_key = models.UUIDField(unique=True)
    shop_name = models.CharField(_lazy("nama usaha"), max_length=60)
    owner = models.CharField(_lazy("nama pemilik"), max_length=80)
    shows_owner = models.BooleanField(default=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    phone = models.CharField(max_length=20)
    email = models.EmailField(blank=True)
    nib = models.CharField("NIB", max_length=13, blank=True)
    trade = models.CharField(max_length=10, choices=Trade.choices)
    about = models.CharField(max_length=600)
    language = models.CharField(max_length=2, default="id")
    state = models.CharField(
        max_length=10, choices=ApplicationState.choices, default=ApplicationState.WAITING
    )
    question = models.CharField(max_length=400, blank=True)
    answer = models.CharField(max_length=600, blank=True)
    agreed_at = models.DateTimeField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values), name="market_application_state"
            ),
            models.CheckConstraint(
                condition=Q(trade__in=Trade.values), name="market_application_trade"
            ),
            models.CheckConstraint(
                condition=Q(nib="") | Q(nib__regex=r"^\d{13}$"), name="market_application_nib"
            ),
            models.UniqueConstraint(
                fields=["phone"],
                condition=Q(state__in=["waiting", "asked"]),
                name="market_application_one_open",
            ),
        ]

    def __str__(self) -> str:
        return self.shop_name

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in (ApplicationState.WAITING, ApplicationState.ASKED)


class ShopState(models.TextChoices):
    ADMITTED = "admitted", _lazy("Dibuka")
    PAUSED = "paused", _lazy("Dihentikan sementara")
    CLOSED = "closed", pgettext_lazy("market", "Ditutup")


class Shop(models.Model):
    """One business. Shown while it is admitted, does not rest, can be paid and offers something.

    `code` is its address, random like every other; when it was opened is told nowhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=15, unique=True, default=public_code)
    application = models.OneToOneField(Application, models.PROTECT, related_name="shop")
    name = models.CharField(_lazy("nama usaha"), max_length=60)
    owner = models.CharField(_lazy("nama pemilik"), max_length=80)
    shows_owner = models.BooleanField(default=False)
    about = models.CharField(max_length=600)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    trade = models.CharField(max_length=10, choices=Trade.choices)
    phone = models.CharField(max_length=20)
    email = models.EmailField(blank=True)
    pickup = models.CharField(max_length=160, blank=True)
    sends = models.BooleanField(default=False)
    delivery_rp = models.BigIntegerField(default=0)
    qris_payload = models.TextField(blank=True)
    bank = models.CharField(max_length=40, blank=True)
    bank_number = models.CharField(max_length=30, blank=True)
    bank_holder = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=ShopState.choices, default=ShopState.ADMITTED)
    rests = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ShopState.values), name="market_shop_state"
            ),
            models.CheckConstraint(condition=Q(delivery_rp__gte=0), name="market_shop_delivery"),
            models.CheckConstraint(
                condition=Q(bank="", bank_number="", bank_holder="")
                | ~(Q(bank="") | Q(bank_number="") | Q(bank_holder="")),
                name="market_shop_bank_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_payable(self) -> bool:
        """Whether a buyer could pay the seller."""
        return bool(self.qris_payload or self.bank_number)

    @property
    def hands_over(self) -> bool:
        """Whether goods can reach a buyer."""
        return bool(self.sends or self.pickup)


class PermitKind(models.TextChoices):
    """Codes as legality keeps them with the pattern of their numbers."""

    NIB = "nib", "NIB"
    PIRT = "spp_irt", "P-IRT"
    MD = "bpom_md", "BPOM MD"
    HALAL = "halal", "Halal"
    MARK = "merek", pgettext_lazy("market", "Merek terdaftar")


class ShopPermit(models.Model):
    """A number of the business's own, newly issued to it or moved to it by its issuer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="permits")
    kind = models.CharField(max_length=10, choices=PermitKind.choices)
    number = models.CharField(max_length=40)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PermitKind.values), name="market_permit_kind"
            ),
            models.UniqueConstraint(fields=["kind", "number"], name="market_permit_one_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Seller(models.Model):
    """A shop's owner as somebody who signs in there; no account of the desk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shop = models.OneToOneField(Shop, models.PROTECT, related_name="seller")
    login = models.CharField(max_length=254, unique=True)
    password = models.CharField(max_length=128, blank=True)

    def __str__(self) -> str:
        return str(self.shop_id)


class SellerInvitation(models.Model):
    """The way to a first password, or to a new one; an earlier one is void."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="invitations")
    code_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seller"], condition=Q(used_at__isnull=True), name="market_invitation_one"
            )
        ]

    def __str__(self) -> str:
        return str(self.seller_id)


class SellerSession(models.Model):
    """A browser in which a seller is signed in; of its key only the digest is kept."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="sessions")
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.seller_id)


class Verb(models.TextChoices):
    ADMIT = "admit", pgettext_lazy("market", "diterima")
    ASK = "ask", _lazy("diminta melengkapi")
    DECLINE = "decline", pgettext_lazy("market", "tidak diterima")
    PAUSE = "pause", _lazy("dihentikan sementara")
    RESUME = "resume", _lazy("dibuka lagi")
    CLOSE = "close", pgettext_lazy("market", "ditutup")
    INVITE = "invite", _lazy("diundang")


class Decision(models.Model):
    """What an officer decided, when and why: this room's own journal, which nothing changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    verb = models.CharField(max_length=10, choices=Verb.choices)
    note = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=Q(verb__in=Verb.values), name="market_decision_verb"),
            models.CheckConstraint(
                condition=~Q(verb__in=["ask", "decline", "pause", "close"]) | ~Q(note=""),
                name="market_decision_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.verb
