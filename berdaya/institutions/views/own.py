"""My way in: apps, keys, recovery codes, the PIN of this PC, and where I am signed in."""

import json
from collections.abc import Callable
from typing import Any

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from allauth.mfa.webauthn.internal.auth import begin_registration
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import Refused
from berdaya.institutions import pc_cookie, proving
from berdaya.institutions.access import own_account
from berdaya.institutions.actions import factors, pcs
from berdaya.institutions.actions.sessions import end_session, end_sessions, prove_session
from berdaya.institutions.asking import KIND, TYPED
from berdaya.institutions.forms_signin import KeyForm, PinForm, TotpForm
from berdaya.institutions.models import Proof, Staff, StaffSession
from berdaya.institutions.own_facts import card_state, session_name
from berdaya.institutions.rules_signin import pin_not_here


@own_account("GET POST")
def my_factors(request: HttpRequest) -> HttpResponse:
    """What I prove myself with. Posted to only to show a factor: then on to the desk."""
    if request.method == "POST":
        return redirect("institutions:today")
    staff: Staff = request.user  # type: ignore[assignment]
    row: StaffSession = request.session.row  # type: ignore[attr-defined]
    waits = not row.proof and factors.has_factor(staff)
    context: dict[str, Any] = {
        "factors": list(Authenticator.objects.filter(user_id=staff.pk).order_by("created_at")),
        "card": card_state(staff),
        "is_first": not row.proof,
        "pc": row.pc,
    }
    if waits:
        context |= proving.asked_of(staff, proving.ways_of(staff))
        context |= {"kind_name": KIND, "typed_name": TYPED}
    return render(request, "account/factors.html", context)


@own_account()
def presence(request: HttpRequest) -> HttpResponse:
    """Somebody is typing: the doorkeeper has noted it, or answered with the lock."""
    return HttpResponse(status=204)


def _form_page(
    request: HttpRequest, form: forms.Form, do: Callable[[Actor], str], reason: str,
    template: str, context: Callable[[], dict[str, Any]],
) -> HttpResponse:  # fmt: skip
    """A form about one's way in: one scope, one action; a refusal stands above the form again."""
    verdict = None
    if form.is_bound and form.is_valid():
        try:
            with acting(request.actor, reason) as scope:  # type: ignore[attr-defined]
                proof = do(scope.actor)
            return _changed(request, proof)
        except Refused as refusal:
            verdict = refusal.verdict
    facts = context() | {"form": form, "verdict": verdict}
    with reading(request):
        return render(request, template, facts, status=422 if form.is_bound else 200)


def _changed(request: HttpRequest, proof: str) -> HttpResponse:
    """Something of the way in changed: other sessions are over; a first factor opens the desk."""
    row: StaffSession = request.session.row  # type: ignore[attr-defined]
    with acting(request.actor, "session.end") as scope:  # type: ignore[attr-defined]
        end_sessions(by=scope.actor, staff=request.user, but=row)  # type: ignore[arg-type]
    if proof:
        prove_session(request=request, proof=proof)
    messages.success(request, _("Tersimpan. Sesi Anda di tempat lain sudah diakhiri."))
    return redirect("institutions:account")


@own_account("GET POST")
def new_totp(request: HttpRequest) -> HttpResponse:
    """An app that shows codes, for those who have a phone outside."""
    secret, staff = get_totp_secret(), request.user
    form = TotpForm(request.POST or None)

    def do(by: Actor) -> str:
        factors.add_totp(by=by, staff=staff, secret=secret, code=form.cleaned_data["code"])  # type: ignore[arg-type]
        clear_totp_secret(request)
        return Proof.TOTP

    def context() -> dict[str, Any]:
        url = get_adapter().build_totp_url(staff, secret)
        drawn = segno.make(url, error="m").svg_data_uri(scale=5, border=2)
        groups = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
        return {"drawn": drawn, "secret": groups}

    return _form_page(request, form, do, "factor.totp", "account/totp.html", context)


@own_account("GET POST")
def new_key(request: HttpRequest) -> HttpResponse:
    """A passkey or hardware key; the browser talks to it."""
    staff: Staff = request.user  # type: ignore[assignment]
    form = KeyForm(request.POST or None, initial={"name": _("Kunci saya")})

    def do(by: Actor) -> str:
        factors.add_key(by=by, staff=staff, **form.cleaned_data)
        return Proof.KEY

    def context() -> dict[str, Any]:
        return {"key_options": json.dumps(begin_registration(staff, False))}

    return _form_page(request, form, do, "factor.key", "account/key.html", context)


@own_account("POST")
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a factor away; 404 for one that is not mine."""
    staff: Staff = request.user  # type: ignore[assignment]
    get_object_or_404(Authenticator, pk=pk, user_id=staff.pk)
    with acting(request.actor, "factor.remove") as scope:  # type: ignore[attr-defined]
        factors.remove_factor(by=scope.actor, staff=staff, pk=pk)
    return _changed(request, "")


@own_account("POST")
def recovery(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown this once."""
    staff: Staff = request.user  # type: ignore[assignment]
    if not factors.has_factor(staff):
        raise Http404
    with acting(request.actor, "factor.recovery") as scope:  # type: ignore[attr-defined]
        codes = factors.renew_recovery_codes(by=scope.actor, staff=staff)
    return render(request, "account/recovery.html", {"codes": codes})


@own_account("GET POST")
def pin(request: HttpRequest) -> HttpResponse:
    """My PIN on this very PC."""
    pc = pc_cookie.pc_of(request)
    if pc is None or request.session.row.pc_id != pc.pk:  # type: ignore[attr-defined]
        raise Refused(pin_not_here())
    form = PinForm(request.POST or None)
    verdict = None
    if form.is_bound and form.is_valid():
        try:
            with acting(request.actor, "pin.set") as scope:  # type: ignore[attr-defined]
                pcs.set_pin(by=scope.actor, pc=pc, pin=form.cleaned_data["pin"])
            messages.success(request, _("PIN tersimpan, hanya untuk komputer ini."))
            return redirect("institutions:account")
        except Refused as refusal:
            verdict = refusal.verdict
    facts = {"form": form, "verdict": verdict, "pc": pc}
    with reading(request):
        return render(request, "account/pin.html", facts, status=422 if form.is_bound else 200)


@own_account("POST")
def session_ending(request: HttpRequest) -> HttpResponse:
    """End one of my sessions, or all but this one."""
    staff: Staff = request.user  # type: ignore[assignment]
    here: StaffSession = request.session.row  # type: ignore[attr-defined]
    name = request.POST.get("session", "")
    rows = [one for one in StaffSession.objects.filter(staff=staff) if one.pk != here.pk]
    chosen = [one for one in rows if constant_time_compare(session_name(one), name)]
    if name and not chosen:
        raise Http404
    with acting(request.actor, "session.end") as scope:  # type: ignore[attr-defined]
        for one in chosen:
            end_session(by=scope.actor, row=one)
        if not name:
            end_sessions(by=scope.actor, staff=staff, but=here)
    messages.success(request, _("Diakhiri. Siapa pun di sana harus masuk lagi."))
    return redirect("institutions:account")
