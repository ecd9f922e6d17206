"""What this room prints: the plan to sign, and the receipt for tools; no name on either."""

from typing import Any

from django.utils.translation import override

from berdaya.aftercare.models import Plan, ToolsGrant
from berdaya.core import clock, money
from berdaya.look.paper import Paper, render_pdf
from berdaya.papers.models import Document
from berdaya.papers.prints import head_of
from berdaya.people.names_page import work_numbers


def _who(document: Document, participant_id: int, pseudonym: str) -> str:
    number = work_numbers(document.facility_id, [participant_id]).get(participant_id, "—")
    return f"{number} · {pseudonym}"


def plan_pdf(document: Document, plan: Plan, paper: Paper) -> bytes:
    """Trade, tools, capital, permits, regency; read together, then signed."""
    who = _who(document, plan.participant_id, plan.participant.pseudonym)
    with override("id"):
        facts: list[tuple[str, str]] = [
            ("Nomor kerja, nama samaran", who),
            ("Usaha", plan.trade),
            ("Alat yang diperlukan", plan.tools),
            ("Modal awal", money.format_rp(plan.capital_rp)),
            ("Modal dari", str(plan.get_capital_from_display())),
            ("Izin yang diperlukan", plan.permits or "–"),
            ("Akan tinggal di", plan.region.name),
            ("Perkiraan bebas", clock.format_date(plan.release_on)),
        ]
        data: dict[str, Any] = {**head_of(document), "facts": facts}
        return render_pdf("aftercare/plan.typ", data, paper)


def receipt_pdf(document: Document, grant: ToolsGrant, paper: Paper) -> bytes:
    """What was given, from where, what it is worth."""
    lines = list(grant.lines.all())
    who = _who(document, grant.participant_id, grant.participant.pseudonym)
    total = sum(one.value_rp for one in lines)
    with override("id"):
        data: dict[str, Any] = {
            **head_of(document),
            "facts": [("Nomor kerja, nama samaran", who), ("Sumber", grant.source)],
            "rows": [
                [str(n), one.what, str(one.qty), money.format_rp(one.value_rp)]
                for n, one in enumerate(lines, start=1)
            ],
            "total": money.format_rp(total),
        }
        return render_pdf("aftercare/receipt.typ", data, paper)
