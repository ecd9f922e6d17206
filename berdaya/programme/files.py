"""Which kept files the rows of this room still hold."""

from collections.abc import Iterable

from berdaya.core.scope import system_scope
from berdaya.programme.models import Acceptance, AgreementVersion, Proposal


def in_use(names: frozenset[str]) -> Iterable[str]:
    """Scans of versions, those of proposals whatever came of them, and deliverables."""
    with system_scope("nightly", []):
        held = set(AgreementVersion.objects.filter(scan__in=names).values_list("scan", flat=True))
        held |= set(
            Proposal.objects.filter(facts__scan__in=names).values_list("facts__scan", flat=True)
        )
        held |= set(
            Acceptance.objects.filter(document__in=names).values_list("document", flat=True)
        )
    return held
