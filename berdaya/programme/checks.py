"""Promises that check_books proves about joint reports."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check
from berdaya.insight.calc import digest_of
from berdaya.programme.models import QuarterVersion


def altered() -> list[str]:
    """Versions whose snapshot is no longer what was hashed."""
    rows = QuarterVersion.objects.values_list("pk", "snapshot", "digest").order_by("pk")
    return [str(pk) for pk, snapshot, digest in rows if digest_of(snapshot) != digest][:20]


CHECKS = [
    declare_check(
        "programme_snapshots",
        _lazy("Setiap laporan triwulan bersama masih sama dengan yang dibekukan"),
        altered,
    ),
]
