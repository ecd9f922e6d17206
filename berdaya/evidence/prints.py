"""On paper, in English: the pack's reading copy, and the export declaration."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from berdaya.core import clock
from berdaya.evidence import wording
from berdaya.evidence.models import Declaration, Outcome
from berdaya.look.paper import Paper, render_pdf
from berdaya.papers.models import Document
from berdaya.papers.prints import declare_print, head_of

EXPORT_DECLARATION = "PE"


def register() -> None:
    """Tell the register of documents how the declaration is printed."""
    declare_print(EXPORT_DECLARATION, declaration_pdf, page_of)


def _declaration_of(document: Document) -> Declaration:
    rows = Declaration.objects.select_related("lot", "order", "facility")
    return rows.get(code=document.subject_ref.removeprefix("declaration:"))


def page_of(document: Document) -> str:
    """The declaration on the screen."""
    return reverse("evidence:declaration", args=[_declaration_of(document).code])


def declaration_pdf(document: Document, paper: Paper) -> bytes:
    """The export statement with its goods; how they were made is said on every one."""
    found = _declaration_of(document)
    told = found.content
    with override("en"):
        data = head_of(document) | {
            "lang": "en",
            "title": "Export statement and packing declaration (Pernyataan Ekspor)",
            "footer": f"{document.number_text} · {found.code}",
            "facts": [
                ["Destination", f"{told['country']} ({found.country})"],
                ["Goods of", f"{found.subject_code} (kode produksi / pesanan)"],
                ["Asked on", clock.format_date(found.declared_on)],
                ["Answer", wording.OUTCOMES[found.outcome]],
            ],
            "rows": [_goods_row(one) for one in told["goods"]],
            "made": [wording.made_of(one) for one in told["goods"]],
            "conditions": told["conditions"],
            "lifted": _lifted(found),
            "origin": f"{settings.PUBLIC_BASE_URL.rstrip('/')}/",
        }
    return render_pdf("evidence/declaration.typ", data, paper)


def _goods_row(one: dict[str, Any]) -> list[str]:
    made_on = clock.format_date(date.fromisoformat(one["made_on"]))
    return [one["lot"], one["name"], f"{one['qty']} {one['measure']}", made_on]


def _lifted(found: Declaration) -> list[str]:
    """What stands against it by law, and who lifted it on which basis."""
    if found.outcome != Outcome.OVERRIDDEN:
        return []
    against = " ".join(one["text"] for one in found.content["reasons"])
    return [against, found.override_office, found.override_basis]


def pack_pdf(content: dict[str, Any], digest: str) -> bytes:
    """The reading copy of a pack; it prints the SHA-256 of evidence.json, nothing of now."""
    subject = content["subject"]
    data = {
        "lang": "en",
        "title": f"Evidence pack {subject['code']}",
        "seed": subject["code"],
        "footer": f"{subject['code']} · as of {content['as_of']} · sha256 {digest[:16]}…",
        "digest": digest,
        "facility": {"name": content["place"]["name"], "address": _address(content["place"])},
        "facts": [
            ["About", f"{wording.SUBJECTS[subject['kind']]} {subject['code']}"],
            ["As of", content["as_of"]],
            ["SHA-256 of evidence.json", digest],
        ],
        "lots": [wording.lot_told(one) for one in content["lots"]],
        "destinations": [wording.destination_told(one) for one in content["destinations"]],
        "plots": [wording.plot_row(one) for one in content["plots"]],
    }
    return render_pdf("evidence/pack.typ", data, "a4")


def _address(place: dict[str, Any]) -> str:
    return ", ".join(part for part in (place["town"], place["region"], "Indonesia") if part)
