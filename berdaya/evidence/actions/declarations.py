"""Asking the gate whether goods may go to a country, kept whatever it says; printing the paper."""

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, override

from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.money import format_qty
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Reason, Refused, require
from berdaya.evidence import gate, rules_export
from berdaya.evidence.models import Declaration
from berdaya.evidence.queries import qty_in_order, require_lots
from berdaya.institutions.rules import may
from berdaya.orders.models import Order
from berdaya.papers.actions.documents import print_subject
from berdaya.stock.models import Lot

EXPORT_DECLARATION = "PE"


def declare_export(
    *, by: Actor, country: str, lot: Lot | None = None, order: Order | None = None
) -> Declaration:
    """Ask the gate for all lots of it and keep question and answer, also a refusal.

    `outcome` says what came of it: allowed, overridden (two people lifted the bar on a named legal
    basis) or refused. Refused instead of kept: evidence_without_lots, declaration_for_home,
    evidence_country_unknown. Draws the code last.
    """
    required()
    about = lot or order
    if about is None:
        raise ValueError("a declaration is about a lot or an order")
    require(may(by, "evidence.print", about.facility_id))
    require(rules_export.may_declare_for(country))
    lots = require_lots(lot=lot, order=order)
    facility = about.facility
    today = clock.today(facility.timezone)
    held = qty_in_order(order) if order else {}
    with override("id"):
        at_home = _content(lots, gate.ask(lots, country, today), held)
    with override("en"):
        answer = gate.ask(lots, country, today)
        content = _content(lots, answer, held)
    content |= {f"{name}_id": at_home[name] for name in ("reasons", "goods")}
    lifted = answer.override
    number = draw(f"declaration:{facility.code}", today.year)
    return Declaration.objects.create(
        code=desk_code(facility.code, today.year, "E", number),
        facility=facility,
        lot=lot,
        order=order,
        country=country,
        declared_on=today,
        outcome=answer.outcome,
        verdict=[reason.code for reason in answer.reasons],
        override_office=gate.office_of(lifted, today) if lifted else "",
        override_basis=lifted.legal_basis if lifted else "",
        content=content,
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )


def _content(lots: list[Lot], answer: gate.Answer, held: dict[int, Decimal]) -> dict[str, Any]:
    """What the paper says, frozen: goods, who made them in a word, conditions, reasons."""
    return {
        "country": answer.name,
        "conditions": list(answer.conditions),
        "reasons": [_said(one) for one in answer.reasons],
        "goods": [
            {
                "lot": lot.code,
                "name": lot.variant.full_label,
                "made_on": lot.made_on.isoformat(),
                "qty": format_qty(held.get(lot.pk, lot.made_qty), get_language() or "id"),
                "measure": lot.variant.measure.label,
                "is_prison_made": lot.is_prison_made,
                "is_made_in_prison": lot.is_made_in_prison,
            }
            for lot in lots
        ],
    }


def _said(reason: Reason) -> dict[str, str]:
    return {"code": reason.code, "text": reason.text, "next_text": reason.next_text}


def print_declaration(*, by: Actor, declaration: Declaration, paper: str = "") -> bytes:
    """The paper as PDF, numbered the first time. Refused `declaration_refused` where the gate said
    no: there is no such paper.
    """
    required()
    require(may(by, "evidence.print", declaration.facility_id))
    if not declaration.may_print:
        raise Refused(rules_export.declaration_refused())
    return print_subject(
        by=by, type=EXPORT_DECLARATION, facility=declaration.facility,
        day=declaration.declared_on, subject_ref=f"declaration:{declaration.code}", paper=paper,
    )  # fmt: skip
