"""The mark of a database whose people, cooperatives and figures are invented."""

from django.db import models
from django.db.models import Q


class DemoWorld(models.Model):
    """At most one row: there is one exactly when the demo world was loaded."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    ends_on = models.DateField()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="institutions_demoworld_one")]

    def __str__(self) -> str:
        return f"demo until {self.ends_on}"
