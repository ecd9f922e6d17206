"""What a proposal would change, in words, beside what holds today."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.insight.indicators import INDICATORS
from berdaya.institutions.models import Office, Region
from berdaya.programme.models import Commitment, Direction, Measure, Milestone, Proposal
from berdaya.programme.models import ProposalKind as Kind

LABELS: Mapping[str, Any] = {
    "number_text": _lazy("Nomor naskah"),
    "signed_on": _lazy("Ditandatangani"),
    "place": _lazy("Tempat"),
    "valid_from": _lazy("Berlaku mulai"),
    "last_day": _lazy("Berlaku sampai"),
    "clauses": _lazy("Klausul"),
    "source": _lazy("Sumber"),
    "clause_number": _lazy("Klausul"),
    "code": _lazy("Kode"),
    "deliverable": _lazy("Yang dijanjikan"),
    "deliverable_en": _lazy("Yang dijanjikan, dalam bahasa Inggris"),
    "corrections_office": _lazy("Penanggung jawab Pemasyarakatan"),
    "umkm_office": _lazy("Penanggung jawab UMKM"),
    "starts_on": _lazy("Mulai"),
    "due_on": _lazy("Paling lambat"),
    "indicator": _lazy("Indikator"),
    "direction": _lazy("Dibandingkan"),
    "year": _lazy("Tahun"),
    "region": _lazy("Wilayah"),
    "target": _lazy("Target"),
    "basis": _lazy("Dasar"),
    "title": _lazy("Keluaran"),
    "scan_sha256": _lazy("Pindaian naskah (SHA-256)"),
}
DAYS = ("signed_on", "valid_from", "last_day", "starts_on", "due_on")


class Line(NamedTuple):
    """One fact: as it would be, and as it is now (empty for what is new)."""

    label: str
    then: str
    now: str


def told_facts(proposal: Proposal) -> list[Line]:
    """Every fact of a proposal; while it is open, beside what it would take the place of."""
    facts = proposal.facts
    now = _present(proposal) if proposal.is_open else {}
    offices = dict(
        Office.objects.filter(
            code__in=[facts.get("corrections_office", ""), facts.get("umkm_office", "")]
        ).values_list("code", "name")
    )
    lines = []
    for key, label in LABELS.items():
        if key in facts and facts[key] not in ("", None, []):
            then, was = _said(key, facts[key], offices), now.get(key)
            before = "" if was is None else _said(key, was, offices)
            lines.append(Line(str(label), then, "" if before == then else before))
    return lines


def _said(key: str, value: Any, offices: Mapping[str, str]) -> str:
    if key in DAYS:
        return clock.format_date(
            value if isinstance(value, date) else date.fromisoformat(str(value))
        )
    if key == "clauses":
        return " ".join(f"({number}) {words}" for number, words in enumerate(value, start=1))
    if key in ("corrections_office", "umkm_office"):
        return offices.get(str(value), str(value))
    if key == "indicator" and value in INDICATORS:
        return str(INDICATORS[value].title)
    if key == "direction":
        return str(Direction(value).label)
    if key == "region":
        found = Region.objects.filter(pk=value).first()
        return found.name if found else _("Nasional")
    return str(value)


def _present(proposal: Proposal) -> dict[str, Any]:
    """The facts that hold today of what the proposal is about."""
    facts = proposal.facts
    rows = Commitment.objects.filter(agreement=proposal.agreement_id, code=proposal.subject)
    if proposal.kind == Kind.COMMITMENT:
        one = rows.select_related("corrections_office", "umkm_office").first()
        return {} if one is None else {
            "clause_number": one.clause_number, "deliverable": one.deliverable,
            "deliverable_en": one.deliverable_en,
            "corrections_office": one.corrections_office.code,
            "umkm_office": one.umkm_office.code, "starts_on": one.starts_on,
            "due_on": one.due_on,
        }  # fmt: skip
    if proposal.kind == Kind.MEASURE:
        old = Measure.objects.filter(
            commitment__in=rows, indicator=facts["indicator"], year=facts["year"],
            region=facts["region"] or None,
        ).first()  # fmt: skip
        return {} if old is None else {"target": old.target, "direction": old.direction}
    if proposal.kind == Kind.MILESTONE:
        due = Milestone.objects.filter(commitment__in=rows, title=facts["title"]).first()
        return {} if due is None else {"due_on": due.due_on}
    return {}
