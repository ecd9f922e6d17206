"""What pages of the stall share: the session asked for, and who acts there."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.till.mandates import at_stall
from berdaya.till.models import Stall, StallSale, StallSession

WITH = (
    "stall__event", "stall__qris", "stall__facility", "stall__cash_taker", "facility",
    "book__party", "opened_by",
)  # fmt: skip
NOTA_WITH = (
    "stall__event", "facility", "book__party", "session", "recorded_by", "void", "proved_by",
    "paper__block",
)  # fmt: skip


def find_session(pk: UUID) -> StallSession:
    """A session with what its pages need; 404 outside the scope."""
    return get_object_or_404(StallSession.objects.select_related(*WITH), pk=pk)


def find_nota(pk: UUID) -> StallSale:
    """A nota with what its pages need; 404 outside the scope."""
    return get_object_or_404(StallSale.objects.select_related(*NOTA_WITH), pk=pk)


def seller_at(request: HttpRequest, stall: Stall) -> Actor:
    """Who asks, reaching the owners whose goods lie at the stall; own scope, so not inside one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    with reading(request):
        return at_stall(actor, stall)


def context_of(session: StallSession, **more: Any) -> dict[str, Any]:
    """What every page of a session shows."""
    return {"facility": session.facility, "session": session, "stall": session.stall, **more}
