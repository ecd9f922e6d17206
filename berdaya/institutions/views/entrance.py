"""The way in after the password: the second factor, an invitation, the shared PC's lock."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.stages import LoginStageController
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from berdaya.core import clock
from berdaya.core.http import takes
from berdaya.core.verdicts import Refused
from berdaya.core.views import errors
from berdaya.institutions import pc_cookie, proving
from berdaya.institutions.actions import attempts, factors, invitations, pcs
from berdaya.institutions.actions.sessions import (
    lock_session,
    prove_session,
    switch_person,
)
from berdaya.institutions.asking import KIND, TYPED
from berdaya.institutions.forms_signin import InvitationForm
from berdaya.institutions.models import PcUser, Proof, Staff, UnitPc
from berdaya.institutions.rules_signin import invitation_wrong, is_over

AT_A_PC = (Proof.PIN, Proof.KEY)


@never_cache
@takes("GET POST")
def factor(request: HttpRequest) -> HttpResponse:
    """After the password: any one of the person's factors."""
    stage = LoginStageController.enter(request, "factor")
    if stage is None:
        return redirect("account_login")
    staff: Staff = stage.login.user
    if request.method == "GET":
        return _factor_page(request, staff)
    kind, typed = request.POST.get(KIND, ""), request.POST.get(TYPED, "")
    taken = proving.kinds_of(proving.ways_of(staff))
    try:
        if not proving.is_proved(request, staff, kind, typed, taken=taken):
            return _factor_page(request, staff, proving.WRONG)
    except attempts.TooMany:
        return errors.too_many(request)
    request.proved_by = kind  # type: ignore[attr-defined]
    return stage.exit()


def _factor_page(request: HttpRequest, staff: Staff, wrong: object = "") -> HttpResponse:
    asked = proving.asked_of(staff, proving.ways_of(staff))
    facts = asked | {"wrong": wrong, "kind_name": KIND, "typed_name": TYPED}
    return render(request, "account/factor.html", facts, status=422 if wrong else 200)


@never_cache
@takes("GET POST")
def invitation(request: HttpRequest) -> HttpResponse:
    """With the code from the paper one chooses a password; then one signs in with it."""
    form = InvitationForm(request.POST or None)
    verdict = None
    if request.method == "POST" and form.is_valid():
        try:
            _accept(request, form.cleaned_data)
            return redirect("account_login")
        except Refused as refusal:
            verdict = refusal.verdict
        except attempts.TooMany:
            return errors.too_many(request)
    facts = {"form": form, "verdict": verdict}
    return render(request, "account/invitation.html", facts, status=422 if form.is_bound else 200)


def _accept(request: HttpRequest, facts: dict[str, Any]) -> None:
    address = request.META.get("REMOTE_ADDR", "")
    attempts.spend_try(kind="address", subject=address)
    attempts.spend_try(kind="invitation", subject=facts["username"])
    found = invitations.invitation_for(username=facts["username"], code=facts["code"])
    if found is None:
        raise Refused(invitation_wrong())
    invitations.accept_invitation(invitation=found, password=facts["password"])
    attempts.give_back_try(kind="address", subject=address)


@takes("POST")
@login_required
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the screen, or give it up for somebody who signs in fully."""
    if "leave" in request.POST:
        request.session.flush()
        return redirect("account_login")
    lock_session(request=request)
    if request.headers.get("X-Requested-With") == "lock":
        return HttpResponse(status=204)
    return _back_to("account_switch", request)


def _back_to(name: str, request: HttpRequest) -> HttpResponse:
    wanted = _inside(request.POST.get("next", ""))
    query = f"?{urlencode({'next': wanted}, safe='/')}" if wanted else ""
    return redirect(reverse(name) + query)


def _inside(url: str) -> str:
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts=None) else ""


@never_cache
@takes("GET POST")
def switch(request: HttpRequest) -> HttpResponse:
    """The lock: on a unit's PC everybody known there today, elsewhere the person alone."""
    pc = pc_cookie.pc_of(request)
    if pc is None:
        return _unlock(request)
    if request.method == "GET":
        return _switch_page(request, pc)
    try:
        return _take_over(request, pc)
    except attempts.TooMany:
        return errors.too_many(request)


def _take_over(request: HttpRequest, pc: UnitPc) -> HttpResponse:
    number, kind = request.POST.get("staff", ""), request.POST.get(KIND, "")
    found = pcs.person_at(pc=pc, staff_id=int(number)) if number.isdecimal() else None
    if found is None or kind not in AT_A_PC:
        return _switch_page(request, pc, _("Pilih orangnya, lalu ketik PIN-nya."))
    row, staff = found
    typed = request.POST.get(TYPED, "")
    if not proving.is_proved(request, staff, kind, typed, taken=AT_A_PC, user=row):
        row.refresh_from_db()
        wrong = proving.PIN_GONE if proving.is_blocked(row) else proving.WRONG
        return _switch_page(request, pc, wrong)
    same = request.user.pk == staff.pk
    switch_person(request=request, staff=staff, proof=kind, pc=pc)
    return redirect((same and _inside(request.POST.get("next", ""))) or "institutions:today")


def _switch_page(request: HttpRequest, pc: UnitPc, wrong: object = "") -> HttpResponse:
    users = list(pcs.enrolled(pc).select_related("staff").order_by("staff__display_name"))
    if not users and not request.user.is_authenticated:
        return redirect("account_login")
    context = {
        "pc": pc,
        "people": [(one, bool(one.pin_hash) and not proving.is_blocked(one)) for one in users],
        "keyed": factors.with_keys([one.staff_id for one in users]),
        "chosen": _chosen(request, users),
        "next": _inside(request.POST.get("next", request.GET.get("next", ""))),
        "wrong": wrong,
        "kind_name": KIND,
        "typed_name": TYPED,
    }
    return render(request, "account/switch.html", context, status=422 if wrong else 200)


def _chosen(request: HttpRequest, users: list[PcUser]) -> int | None:
    """Who was picked, else who is locked here, else the only one."""
    picked = request.POST.get("staff", "")
    if picked.isdecimal():
        return int(picked)
    if request.user.is_authenticated:
        return request.user.pk
    return users[0].staff_id if len(users) == 1 else None


def _unlock(request: HttpRequest) -> HttpResponse:
    """One's own device: the password or any factor opens it again."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    staff: Staff = request.user  # type: ignore[assignment]
    row = request.session.row  # type: ignore[attr-defined]
    if row is None or is_over(row.seen_at, clock.now()):
        request.session.flush()
        return redirect("account_login")
    if not row.proof:
        return redirect("account_factors")
    wrong: object = ""
    ways = proving.ways_of(staff, password=True)
    if request.method == "POST":
        kind, typed = request.POST.get(KIND, ""), request.POST.get(TYPED, "")
        taken = proving.kinds_of(ways)
        try:
            if proving.is_proved(request, staff, kind, typed, taken=taken):
                _open(request, kind)
                wanted = _inside(request.POST.get("next", ""))
                return redirect(wanted or "institutions:today")
        except attempts.TooMany:
            return errors.too_many(request)
        wrong = proving.WRONG
    asked = proving.asked_of(staff, proving.ways_of(staff, password=True) if wrong else ways)
    wanted = _inside(request.POST.get("next", request.GET.get("next", "")))
    facts = asked | {"wrong": wrong, "next": wanted, "kind_name": KIND, "typed_name": TYPED}
    return render(request, "account/locked.html", facts, status=422 if wrong else 200)


def _open(request: HttpRequest, kind: str) -> None:
    """A password opens the lock, but is no fresh proof for approving and paying."""
    before = request.session.row.proved_at  # type: ignore[attr-defined]
    prove_session(request=request, proof=kind)
    if kind == Proof.PASSWORD:
        request.session.note(proved_at=before)  # type: ignore[attr-defined]


@never_cache
@takes("GET")
def switch_key(request: HttpRequest, pk: int) -> HttpResponse:
    """What this PC asks the key of somebody known there today."""
    pc = pc_cookie.pc_of(request)
    found = pcs.person_at(pc=pc, staff_id=pk) if pc else None
    if found is None or not factors.with_keys([pk]):
        raise Http404
    return JsonResponse(factors.key_challenge(found[1]))
