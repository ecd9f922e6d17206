"""Opening a shop: apply, follow the application, take up an invitation, sign in and out."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from berdaya.core.http import takes, visitor_address
from berdaya.core.rates import is_too_often
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.core.views import errors
from berdaya.institutions.actions.attempts import TooMany, forget_tries, spend_try
from berdaya.market import rules
from berdaya.market.access import COOKIE, hand_key, market_scope, market_view, take_key
from berdaya.market.actions.applying import answer_question, send_application
from berdaya.market.actions.entering import (
    accept_invitation,
    begin_session,
    end_session,
    seller_with,
)
from berdaya.market.forms.entering import AnswerForm, ApplicationForm, InvitationForm, LoginForm
from berdaya.market.models import Application, ApplicationState, Seller
from berdaya.market.views.shared import Address, form_page, own_form, private

A_MINUTE = 6


@own_form
@takes("GET POST")
def apply(request: HttpRequest) -> HttpResponse:
    """The form by which anybody applies to sell here."""
    if request.method == "POST" and is_too_often(request, "market-application", A_MINUTE):
        return errors.too_many(request)

    def do(by: Actor, form: forms.Form) -> Address:
        assert isinstance(form, ApplicationForm)
        facts = form.facts() | {"language": get_language() or "id"}
        key = form.cleaned_data["request_key"]
        row = send_application(by=by, request_key=key, facts=facts)
        return "usaha:application", [row.code]

    return form_page(
        request,
        make=lambda: ApplicationForm(request.POST or None),
        do=do,
        title=_("Buka toko di sini"),
        template="market/own/apply.html",
    )


@own_form
@takes("GET POST")
def application(request: HttpRequest, code: str) -> HttpResponse:
    """How the application stands, and an answer where something was asked."""
    with market_view():
        row = get_object_or_404(Application, code=code)

    def do(by: Actor, form: forms.Form) -> Address:
        answer_question(by=by, application=row, answer=form.cleaned_data["answer"])
        return "usaha:application", [code]

    is_asked = row.state == ApplicationState.ASKED
    if request.method == "POST" and not is_asked:
        with market_view():
            return errors.refused(request, Refused(rules.application_decided()).verdict)
    return form_page(
        request,
        make=lambda: AnswerForm(request.POST or None),
        do=do,
        title=row.shop_name,
        done=_("Terkirim. Dinas memeriksanya lagi."),
        template="market/own/application.html",
        application=row,
        is_asked=is_asked,
    )


@own_form
@takes("GET POST")
def invitation(request: HttpRequest) -> HttpResponse:
    """The code from the mail, and a password of one's own."""
    form = InvitationForm(request.POST or None)
    facts: dict[str, Any] = {"form": form, "title": _("Pakai undangan Anda")}
    if not form.is_valid():
        return _form(request, facts, 422 if form.is_bound else 200)
    told = form.cleaned_data
    if (spent := _spend(request, told["login"])) is not None:
        return spent
    try:
        with market_scope() as by:
            seller = accept_invitation(
                by=by, login=told["login"], code=told["code"], password=told["password"]
            )
            return _let_in(request, by, seller)
    except Refused as refused:
        return _form(request, facts | {"verdict": refused.verdict}, 409)


@own_form
@takes("GET POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """A seller's own way in; it opens nothing of the desk, and no desk account opens it."""
    form = LoginForm(request.POST or None)
    facts: dict[str, Any] = {"form": form, "title": _("Masuk ke toko Anda"), "is_sign_in": True}
    if not form.is_valid():
        return _form(request, facts, 422 if form.is_bound else 200)
    told = form.cleaned_data
    if (spent := _spend(request, told["login"])) is not None:
        return spent
    try:
        with market_scope() as by:
            return _let_in(request, by, seller_with(login=told["login"], password=told["password"]))
    except Refused as refused:
        return _form(request, facts | {"verdict": refused.verdict}, 409)


def _form(request: HttpRequest, facts: dict[str, Any], status: int) -> HttpResponse:
    return render(request, "market/own/enter.html", facts, status=status)


def _spend(request: HttpRequest, login: str) -> HttpResponse | None:
    """Count a try before it is judged; the page that says so where none is left."""
    try:
        spend_try(kind="seller", subject=login)
        spend_try(kind="address", subject=visitor_address(request))
    except TooMany:
        return errors.too_many(request)
    return None


def _let_in(request: HttpRequest, by: Actor, seller: Seller) -> HttpResponse:
    response = redirect("usaha:home")
    begin_session(by=by, seller=seller, key=hand_key(response))
    forget_tries(kind="seller", subject=seller.login)
    return response


@own_form
@takes("POST")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out; the key is worth nothing any more."""
    response = redirect("usaha:sign_in")
    if key := request.COOKIES.get(COOKIE):
        with market_scope() as by:
            end_session(by=by, key=key)
    take_key(response)
    return response


@private
@takes("GET")
def start(request: HttpRequest) -> HttpResponse:
    """What selling here means, for whoever thinks of it."""
    return render(request, "market/own/start.html")
