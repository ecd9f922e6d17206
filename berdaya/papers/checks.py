"""Promises about official documents that check_books proves."""

from typing import Any

from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check
from berdaya.papers.models import Document

FIRST = 20


def _gaps() -> list[str]:
    """Series whose highest number is not how many there are."""
    rows = (
        Document.objects.values("type__code", "facility__code", "year")
        .annotate(last=Max("number"), count=Count("pk"))
        .order_by("type__code", "facility__code", "year")
    )
    return [_told(row) for row in rows if row["last"] != row["count"]][:FIRST]


def _told(row: dict[str, Any]) -> str:
    series = f"{row['type__code']} {row['facility__code']} {row['year']}"
    return f"{series}: {row['count']} of {row['last']}"


CHECKS = [
    declare_check("papers_gaps", _lazy("Nomor surat urut tanpa ada yang terlewat"), _gaps),
]
