"""A stall's day: open, sell, key in paper, close, hand the cash in."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.ids import uuid7
from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import Refused, Verdict
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page, seen
from berdaya.till.actions.blocks import key_in_paper
from berdaya.till.actions.closing import close_session
from berdaya.till.actions.opening import open_session
from berdaya.till.actions.selling import sell_at_stall
from berdaya.till.forms_sales import CountForm, OpeningForm, PaperForm, SellForm
from berdaya.till.models import QrisCheck, Stall, StallSession
from berdaya.till.queries_sales import paper_gaps, rounding_step, takings_of, tiles_of
from berdaya.till.tables_sales import SessionTable
from berdaya.till.views.shared_sales import context_of, find_session, seller_at


@ability_required("event.view")
def sessions(request: HttpRequest) -> HttpResponse:
    """Every session of the stalls on view, and what can be opened now."""
    rows = StallSession.objects.filter(facility__in=seen(request))
    ready = Stall.objects.filter(
        facility__in=seen(request), hand_outs__received_at__isnull=False,
        event__ends_on__gte=clock.today(),
    ).exclude(sessions__closed_at__isnull=True, sessions__isnull=False)  # fmt: skip
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "ready": ready.select_related("event").distinct() if can(request, "stall.open") else [],
        "running": rows.filter(closed_at__isnull=True).select_related("stall__event"),
        "can_sell": can(request, "stall.sell"),
    }
    listed = rows.select_related("stall__event", "closing")
    return SessionTable(request, listed).response("till/sessions.html", context)


@ability_required("stall.open", "GET POST")
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a stall: float and QRIS."""
    with reading(request):
        rows = Stall.objects.select_related("event", "qris", "facility", "book")
        stall = get_object_or_404(rows, pk=pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        session = open_session(by=by, stall=stall, float_rp=facts["float_rp"], shown=form.shown())
        return "till:selling", [session.pk]

    form = OpeningForm(request.POST or None)
    return form_page(
        request, make=lambda: form, do=do, reason="stall.open",
        title=_("Buka stan %(number)s %(label)s") % {"number": stall.number, "label": stall.label},
        back=reverse("till:sessions"), done=_("Stan dibuka. Selamat berjualan."),
        template="till/opening.html", context={"stall": stall, "facility": stall.facility},
    )  # fmt: skip


@ability_required("event.view")
def session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One day of a stall: what it took, what still has to be done."""
    row = find_session(pk)
    facility = row.facility_id
    closing = getattr(row, "closing", None)
    context = context_of(
        row,
        took=takings_of(row),
        gaps=paper_gaps(row.stall_id, is_over=_is_over(row)),
        closing=closing,
        handover=getattr(closing, "handover", None) if closing else None,
        notas=row.sales.select_related("void", "stall").order_by("-number")[:8],
        can_sell=row.is_open and can(request, "stall.sell", facility),
        can_close=row.is_open and can(request, "stall.close", facility),
        can_receive=can(request, "cash.receive", facility),
        can_block=can(request, "stall.open", facility),
    )
    return render(request, "till/session.html", context)


def _is_over(row: StallSession) -> bool:
    event = row.stall.event
    return clock.today(event.timezone) >= event.ends_on


Make = Callable[[StallSession, Any], SellForm]


def _blank(form_class: type[SellForm], request: HttpRequest, row: StallSession) -> SellForm:
    return form_class(
        request.POST or None, request.FILES or None, tiles=tiles_of(row.stall_id),
        has_qris=row.qris_check != QrisCheck.NONE, initial={"sale_id": uuid7(), "seen": ""},
    )  # fmt: skip


def _counter(
    request: HttpRequest,
    pk: UUID,
    form_class: type[SellForm],
    template: str,
    do: Callable[[Actor, StallSession, Any], UUID],
) -> HttpResponse:
    """The basket: shown, summed up, or sold; a refusal keeps what was chosen."""
    verdict: Verdict | None = None
    with reading(request):
        row = find_session(pk)
        form = _blank(form_class, request, row)
        is_valid = request.method == "POST" and form.is_valid()
    if is_valid and "count" not in request.POST:
        try:
            with acting(seller_at(request, row.stall), "stall.sell") as scope:
                sold = do(scope.actor, row, form)
            return redirect(f"{reverse('till:nota', args=[sold])}?baru=1")
        except Refused as refused:
            verdict = refused.verdict
    with reading(request):
        return _shown(request, row, form, template, verdict)


def _shown(
    request: HttpRequest,
    row: StallSession,
    form: SellForm,
    template: str,
    verdict: Verdict | None,
) -> HttpResponse:
    if verdict is not None:
        form.tiles = tiles_of(row.stall_id)
    step = rounding_step(row.facility_id, clock.today(row.stall.event.timezone))
    is_summed = form.is_bound and form.is_valid()
    context = context_of(
        row,
        form=form,
        verdict=verdict,
        step=step or 1,
        is_rounded=step > 1,
        due_rp=form.due_rp(step) if is_summed else 0,
    )
    wrong = 409 if verdict is not None else 422 if form.is_bound and not form.is_valid() else 200
    return render(request, template, context, status=wrong)


@ability_required("stall.sell", "GET POST")
def selling(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The stall's screen."""

    def do(by: Actor, row: StallSession, form: SellForm) -> UUID:
        return sell_at_stall(
            by=by, session=row, sale_id=form.sale_key, basket=form.basket(), payment=form.payment()
        ).pk

    return _counter(request, pk, SellForm, "till/selling.html", do)


@ability_required("stall.sell", "GET POST")
def paper_selling(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A nota written by hand, keyed in with its photo."""

    def do(by: Actor, row: StallSession, form: PaperForm) -> UUID:
        facts = form.cleaned_data
        paper = key_in_paper(
            by=by, session=row, sale_id=form.sale_key, series=facts["series"],
            number=facts["number"], photo=facts["photo"], basket=form.basket(),
            payment=form.payment(),
        )  # fmt: skip
        assert paper.stall_sale_id is not None
        return paper.stall_sale_id

    return _counter(request, pk, PaperForm, "till/paper_selling.html", do)


@ability_required("stall.close", "GET POST")
def closing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Count the drawer and close; a refusal keeps the count."""
    verdict: Verdict | None = None
    with reading(request):
        row = find_session(pk)
        form = CountForm(request.POST or None)
        is_valid = request.method == "POST" and form.is_valid()
    if is_valid:
        try:
            with acting(request.actor, "stall.close") as scope:  # type: ignore[attr-defined]
                close_session(
                    by=scope.actor, session=row, counts=form.counts(),
                    reason=form.cleaned_data["reason"],
                )  # fmt: skip
            messages.success(request, _("Kas ditutup. Serahkan uangnya kepada bendahara hari ini."))
            return redirect("till:session", pk)
        except Refused as refused:
            verdict = refused.verdict
    with reading(request):
        context = context_of(
            row, form=form, verdict=verdict, took=takings_of(row),
            gaps=paper_gaps(row.stall_id, is_over=_is_over(row)),
            unproven=row.sales.filter(proof="open", void__isnull=True, proof_note=""),
        )  # fmt: skip
        wrong = (
            409 if verdict is not None else 422 if form.is_bound and not form.is_valid() else 200
        )
        return render(request, "till/closing.html", context, status=wrong)
