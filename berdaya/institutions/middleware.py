"""Who asks, and for which of their facilities: request.actor, request.facility."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from berdaya.core import clock
from berdaya.core.http import knows_session
from berdaya.institutions import pc_cookie, queries
from berdaya.institutions.actions.sessions import touch_session
from berdaya.institutions.models import DemoWorld, Facility, FacilityKind, StaffSession
from berdaya.institutions.rules_signin import is_locked, is_over

# Open to a session that is locked, or has shown no factor yet: ways to prove oneself, and out.
DOORS = ("/masuk/", "/keluar/")
SET_UP = "/akun/faktor/"
# A session says at most once in so long that somebody is there.
TOUCHED = timedelta(minutes=1)
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


class Doorkeeper:
    """No page of the desk for a session that is locked, left alone, or without a second factor.

    Also the desk's pages are kept by no cache: going back shows nothing once somebody locked.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not knows_session(request):
            return self.get_response(request)
        answer = self._stopped(request) or self.get_response(request)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    def _stopped(self, request: HttpRequest) -> HttpResponse | None:
        path = request.path_info.removeprefix("/en")
        if not request.user.is_authenticated or path.startswith(DOORS):
            return None
        row, now = request.session.row, clock.now()  # type: ignore[attr-defined]
        if row is None or is_over(row.seen_at, now) or _is_elsewhere(request, row):
            return _out(request)
        if not row.proof:
            return None if path.startswith(SET_UP) else _led(request, "account_factors")
        if is_locked(row.locked_at, row.seen_at, row.pc_id is not None, now):
            return locked_page(request)
        if now - row.seen_at >= TOUCHED:
            touch_session(request=request)
        return None


def _is_elsewhere(request: HttpRequest, row: StaffSession) -> bool:
    """Whether a unit PC's session is shown by another device."""
    told = pc_cookie.told(request) if row.pc_id is not None else None
    return row.pc_id is not None and (told is None or told[0] != row.pc_id)


def _out(request: HttpRequest) -> HttpResponse:
    logout(request)
    path = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    return _go(request, path if request.method == "GET" else reverse("account_login"))


def _led(request: HttpRequest, name: str) -> HttpResponse:
    return _go(request, reverse(name))


def _go(request: HttpRequest, url: str) -> HttpResponse:
    """A fragment cannot follow a redirect to a page: the whole page goes there."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def locked_page(request: HttpRequest) -> HttpResponse:
    """Nothing of the page that was asked for; a page to look at opens again after the proof."""
    url = reverse("account_switch")
    if request.method == "GET":
        url += f"?{urlencode({'next': request.get_full_path()})}"
    return _go(request, url)


def chosen_facility(request: HttpRequest) -> Facility | None:
    """The one chosen in the session, or the only one; None where several are seen at once.

    A production house narrows nothing unless it was chosen: whoever keeps one mentors elsewhere.
    """
    seen = request.actor.facility_ids  # type: ignore[attr-defined]
    chosen = request.session.get(FACILITY_KEY)
    if chosen in seen:
        return _with_mark(chosen)
    only = _with_mark(next(iter(seen))) if len(seen) == 1 else None
    return None if only is not None and only.kind == FacilityKind.PRODUCTION_HOUSE else only


def _with_mark(pk: int) -> Facility | None:
    """The facility, and in the same query whether this world is invented: every page asks both."""
    marked = Facility.objects.annotate(is_demo=Exists(DemoWorld.objects.all()))
    return marked.filter(pk=pk).first()


def _is_demo(request: HttpRequest) -> bool:
    facility = request.facility  # type: ignore[attr-defined]
    return facility.is_demo if facility else queries.is_demo()
