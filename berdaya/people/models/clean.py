"""The right to a clean page: no public page refers to this person, ever after."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility
from berdaya.people.models.participants import Participant


class CleanPage(models.Model):
    """At a released person's word; goods and money stay under the code, the mention is gone."""

    participant = models.OneToOneField(Participant, models.PROTECT, related_name="clean_page")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    asked_on = models.DateField(_lazy("diminta pada"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.asked_on)
