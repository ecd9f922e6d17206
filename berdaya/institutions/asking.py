"""Asked again before approving and paying: the one place where it cannot be gone round.

The page that asks keeps what was posted and posts it again with the proof; until then nothing has
been done, so nothing is done twice.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.views import errors
from berdaya.institutions import proving
from berdaya.institutions.actions.attempts import TooMany
from berdaya.institutions.actions.factors import has_factor
from berdaya.institutions.actions.sessions import prove_session
from berdaya.institutions.models import PcUser, StaffSession
from berdaya.institutions.rules_signin import is_fresh

KIND, TYPED = "proof_kind", "proof_typed"
OWN = (KIND, TYPED, "csrfmiddlewaretoken")


def ask_again(request: HttpRequest) -> HttpResponse | None:
    """None where the last proof is fresh, or was just given; else the page that asks for one."""
    row: StaffSession | None = request.session.row  # type: ignore[attr-defined]
    if row is not None and row.proof and is_fresh(row.proved_at, clock.now()):
        return None
    user = proving.known_here(request.user, row.pc if row else None)  # type: ignore[arg-type]
    if KIND not in request.POST:
        return _page(request, user, "")
    try:
        return _judge(request, user)
    except TooMany:
        return errors.too_many(request)


def ask_before_changing(request: HttpRequest) -> HttpResponse | None:
    """As `ask_again`, but who has no factor at all may set up the first one."""
    if not request.session.row.proof and not has_factor(request.user):  # type: ignore
        return None
    return ask_again(request)


def _judge(request: HttpRequest, user: PcUser | None) -> HttpResponse | None:
    kind, typed = request.POST[KIND], request.POST.get(TYPED, "")
    staff = request.user
    taken = proving.kinds_of(proving.ways_of(staff, user=user))  # type: ignore[arg-type]
    if not proving.is_proved(request, staff, kind, typed, taken=taken, user=user):  # type: ignore
        if user is not None:
            user.refresh_from_db()
        blocked = user is not None and kind == "pin" and proving.is_blocked(user)
        return _page(request, user, proving.PIN_GONE if blocked else proving.WRONG)
    prove_session(request=request, proof=kind)
    return None


def _page(request: HttpRequest, user: PcUser | None, wrong: object) -> HttpResponse:
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OWN
        for value in values
    ]
    with reading(request):
        ways = proving.ways_of(request.user, user=user)  # type: ignore[arg-type]
        asked = proving.asked_of(request.user, ways)  # type: ignore[arg-type]
        context = asked | {"kept": kept, "wrong": wrong, "kind_name": KIND, "typed_name": TYPED}
        status = 422 if wrong else 403
        return render(request, "institutions/ask_again.html", context, status=status)
