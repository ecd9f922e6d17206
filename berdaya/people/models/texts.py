"""What a person is told before consenting, word by word: versions of texts by purpose."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _lazy


class ConsentPurpose(models.TextChoices):
    WORK = "work", _lazy("Bekerja dan hasilnya dijual")
    PUBLICITY = "publicity", _lazy("Disebut sebagai pembuat")
    DATA = "data", _lazy("Data dibagikan sesudah bebas")
    MESSAGES = "messages", _lazy("Menerima pesan pembeli")
    CONTACT = "contact", _lazy("Dihubungi sesudah bimbingan berakhir")


class TextLanguage(models.TextChoices):
    INDONESIAN = "id", _lazy("Bahasa Indonesia")
    ENGLISH = "en", _lazy("Bahasa Inggris")
    LOCAL = "local", _lazy("Bahasa daerah")


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    """Which version holds when; the day is always named by the asker."""

    def in_force(self, day: date) -> "ConsentTextQuerySet":
        """The newest version of each purpose that had begun by `day`, in all its languages."""
        newer = models.Exists(
            ConsentText.objects.filter(
                purpose=models.OuterRef("purpose"),
                in_force_from__gt=models.OuterRef("in_force_from"),
                in_force_from__lte=day,
            )
        )
        return self.filter(~newer, in_force_from__lte=day)


class ConsentText(models.Model):
    """One version of what is read out, in one language. Never edited: a new one says it better.

    `body` is plain words: a blank line parts paragraphs, a line that begins with `# ` is a heading.
    """

    purpose = models.CharField(_lazy("untuk"), max_length=20, choices=ConsentPurpose)
    version = models.CharField(_lazy("versi naskah"), max_length=20)
    language = models.CharField(_lazy("bahasa naskah"), max_length=8, choices=TextLanguage)
    body = models.TextField(_lazy("naskah"), max_length=8000)
    in_force_from = models.DateField(_lazy("berlaku mulai"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        ordering = ["purpose", "-in_force_from", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "version", "language"], name="people_consenttext_one"
            ),
            models.UniqueConstraint(
                fields=["purpose", "in_force_from", "language"], name="people_consenttext_day"
            ),
            models.CheckConstraint(
                condition=models.Q(purpose__in=ConsentPurpose.values)
                & ~models.Q(body="")
                & ~models.Q(version=""),
                name="people_consenttext_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.version} · {self.get_language_display()}"
