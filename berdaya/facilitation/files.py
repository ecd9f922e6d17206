"""Which kept papers the rows of this room still hold."""

from collections.abc import Iterable

from berdaya.core.scope import system_scope
from berdaya.facilitation.models import CaseStep
from berdaya.institutions.models import Facility


def in_use(names: frozenset[str]) -> Iterable[str]:
    """Papers of steps, of every unit."""
    everywhere = Facility.objects.values_list("pk", flat=True)
    with system_scope("nightly", everywhere, read_only=True):
        return set(CaseStep.objects.filter(document__in=names).values_list("document", flat=True))
