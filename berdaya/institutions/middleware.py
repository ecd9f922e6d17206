"""Who asks, and for which of their facilities: request.actor, request.facility."""

from collections.abc import Callable
from functools import partial

from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from berdaya.core.http import knows_session
from berdaya.institutions import queries
from berdaya.institutions.models import DemoWorld, Facility

FACILITY_KEY = "facility"
Answer = Callable[[HttpRequest], HttpResponse]


class ActorOfStaff:
    """Sets `request.actor` (None for a stranger), `request.facility` (None: all of them, or none)
    and `request.is_demo`. Public pages ask for none of it and so read no session.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = knows_session(request) and request.user.is_authenticated
        request.actor = queries.actor_of(request.user) if signed_in else None  # type: ignore
        request.facility = chosen_facility(request) if signed_in else None  # type: ignore
        request.is_demo = SimpleLazyObject(partial(_is_demo, request))  # type: ignore
        return self.get_response(request)


def chosen_facility(request: HttpRequest) -> Facility | None:
    """The one chosen in the session, or the only one; None where several are seen at once."""
    seen = request.actor.facility_ids  # type: ignore[attr-defined]
    chosen = request.session.get(FACILITY_KEY)
    pk = chosen if chosen in seen else next(iter(seen)) if len(seen) == 1 else None
    return _with_mark(pk) if pk else None


def _with_mark(pk: int) -> Facility | None:
    """The facility, and in the same query whether this world is invented: every page asks both."""
    marked = Facility.objects.annotate(is_demo=Exists(DemoWorld.objects.all()))
    return marked.filter(pk=pk).first()


def _is_demo(request: HttpRequest) -> bool:
    facility = request.facility  # type: ignore[attr-defined]
    return facility.is_demo if facility else queries.is_demo()
