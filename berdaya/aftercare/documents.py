"""How the papers room numbers, prints and finds the plan and the receipt for tools."""

from django.urls import reverse

from berdaya.aftercare import prints, rules
from berdaya.aftercare.models import GrantState, Plan, ToolsGrant
from berdaya.core.verdicts import Refused
from berdaya.look.paper import Paper
from berdaya.papers.models import Document

PLAN, RECEIPT = "RUSB", "TTA"


def plan_subject(plan: Plan) -> str:
    """What the paper is about."""
    return f"plan:{plan.code}"


def grant_subject(grant: ToolsGrant) -> str:
    """What the receipt is about."""
    return f"grant:{grant.code}"


def require_printable(grant: ToolsGrant) -> None:
    """Nobody signs for tools that the head has not let out. Refused: grant_step."""
    if grant.state == GrantState.WAITING:
        raise Refused(rules.grant_step())


def _code(document: Document) -> str:
    return document.subject_ref.partition(":")[2]


def print_plan(document: Document, paper: Paper) -> bytes:
    """The plan, with a line for the person's signature."""
    row = Plan.objects.select_related("participant", "region").get(code=_code(document))
    return prints.plan_pdf(document, row, paper)


def page_of_plan(document: Document) -> str:
    """The plan on the screen."""
    return reverse("aftercare:plan", args=[_code(document)])


def print_receipt(document: Document, paper: Paper) -> bytes:
    """The receipt, with a line for whoever receives."""
    row = ToolsGrant.objects.select_related("participant").get(code=_code(document))
    return prints.receipt_pdf(document, row, paper)


def page_of_receipt(document: Document) -> str:
    """The grant on the screen."""
    return reverse("aftercare:grant", args=[_code(document)])
