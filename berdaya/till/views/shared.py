"""What desk pages of events share: finding rows, and acting with a stall's reach."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.institutions.pages import Address
from berdaya.till.mandates import at_stall
from berdaya.till.models import Event, HandOut, Stall

# Only what the stall's host may read too: lots, places and papers are the owner's.
HAND_OUT = ("stall__event", "stall__facility", "stall__cash_taker", "facility", "host",
            "accepted_by", "received_by")  # fmt: skip


def find_event(pk: int) -> Event:
    """An event with its office; 404."""
    return get_object_or_404(Event.objects.select_related("office", "region"), pk=pk)


def find_hand_out(pk: UUID) -> HandOut:
    """A hand-out in sight of its owner or host; 404."""
    return get_object_or_404(HandOut.objects.select_related(*HAND_OUT), pk=pk)


def host_actor(request: HttpRequest, stall: Stall) -> Actor:
    """Who asks, reaching the owners at the stall; call it outside a scope that writes."""
    with reading(request):
        return at_stall(request.actor, stall)  # type: ignore[attr-defined]


def act_at(
    request: HttpRequest, stall: Stall, reason: str, do: Callable[[Actor], Address], done: str
) -> HttpResponse:
    """A button at a stall: one scope with the owners in reach, one action."""
    with acting(host_actor(request, stall), reason) as scope:
        name, args = do(scope.actor)
    messages.success(request, done)
    return redirect(name, *args)


def bound(request: HttpRequest) -> Any:
    """What was posted, or nothing."""
    return request.POST if request.method == "POST" else None
