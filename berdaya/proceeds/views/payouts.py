"""Payout lists: prepare, approve, send back, pay, complete, print."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.institutions.access import ability_required
from berdaya.look.paper import pdf_response
from berdaya.papers.actions.documents import print_subject
from berdaya.proceeds.actions import payouts as actions
from berdaya.proceeds.forms import CompletionForm, PayForm, PrepareForm, ReasonForm
from berdaya.proceeds.models import PayoutLine, PayoutRun
from berdaya.proceeds.queries import work_numbers
from berdaya.proceeds.tables import RUN_STATES, PayoutTable
from berdaya.proceeds.views.shared import Address, act, books_on_view, can, form_page, seen

STATES = ("approval", "payment", "returned")


@ability_required("books.view")
def payouts(request: HttpRequest) -> HttpResponse:
    """Every list of the facilities on view."""
    rows = PayoutRun.objects.filter(facility__in=seen(request)).select_related(*STATES)
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "new_url": reverse("proceeds:new_payout") if can(request, "payout.prepare") else "",
        "new_label": _("Siapkan daftar"),
    }
    return PayoutTable(request, rows).response("proceeds/list.html", context)


@ability_required("payout.prepare", "GET POST")
def new_payout(request: HttpRequest) -> HttpResponse:
    """Prepare a list of everything payable."""

    def make() -> forms.Form:
        books = books_on_view(request)
        return PrepareForm(request.POST or None, books=books, initial={"until": clock.today()})

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        return "proceeds:payout", [actions.prepare_payout(by=by, **facts).code]

    return form_page(
        request, make=make, do=do, reason="payout.prepare", title=_("Siapkan daftar pembayaran"),
        back=reverse("proceeds:payouts"),
        done=_("Disiapkan. Kepala UPT melihatnya di Hari Ini."),
    )  # fmt: skip


def find_run(code: str) -> PayoutRun:
    """A list with what its page needs; 404 outside the scope."""
    rows = PayoutRun.objects.select_related(
        "facility", "book__party", "prepared_by", "approval__approved_by", "payment__paid_by",
        "returned",
    )  # fmt: skip
    return get_object_or_404(rows, code=code)


def lines_of(run: PayoutRun) -> list[Any]:
    """The lines with work numbers, in their order."""
    lines = list(run.lines.select_related("participant", "completion").order_by("pk"))
    numbers = work_numbers(run.facility_id, [line.participant_id for line in lines])
    for line in lines:
        line.work_number = numbers[line.participant_id]
        line.is_waiting = (
            line.paid_on is not None
            and line.channel in ("awaiting_account", "at_release")
            and not hasattr(line, "completion")
        )
    return sorted(lines, key=lambda line: (line.work_number, line.pk))


@ability_required("books.view")
def payout(request: HttpRequest, code: str) -> HttpResponse:
    """One list: who prepared, approved and paid it, and every person on it."""
    run = find_run(code)
    user = request.actor.user_id  # type: ignore[attr-defined]
    taken = {run.prepared_by_id, getattr(getattr(run, "approval", None), "approved_by_id", None)}
    free = user not in taken
    context = {
        "facility": run.facility,
        "run": run,
        "state": RUN_STATES[run.state],
        "lines": lines_of(run),
        "can_approve": run.state == "prepared"
        and free
        and can(request, "payout.approve", run.facility_id),
        "can_return": run.state in ("prepared", "approved")
        and can(request, "payout.approve", run.facility_id),
        "can_pay": run.state == "approved" and free and can(request, "payout.pay", run.facility_id),
        "can_complete": run.state == "paid"
        and free
        and can(request, "payout.pay", run.facility_id),
        "can_print": run.state in ("approved", "paid"),
        "can_open": run.state in ("approved", "paid")
        and can(request, "identity.payout", run.facility_id),
        "form": ReasonForm(),
    }
    return render(request, "proceeds/payout.html", context)


@ability_required("payout.approve", "POST")
def approval(request: HttpRequest, code: str) -> HttpResponse:
    """The second person agrees."""

    def do(by: Actor) -> Address:
        actions.approve_payout(by=by, run=find_run(code))
        return "proceeds:payout", [code]

    return act(request, "payout.approve", do, _("Disetujui. Bendahara dapat membayar."))


@ability_required("payout.approve", "GET POST")
def returning(request: HttpRequest, code: str) -> HttpResponse:
    """Send a list back."""
    with reading(request):
        run = find_run(code)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.return_payout(by=by, run=run, reason=facts["reason"])
        return "proceeds:payout", [code]

    return form_page(
        request, make=lambda: ReasonForm(request.POST or None), do=do, reason="payout.return",
        title=_("Kembalikan daftar"), back=reverse("proceeds:payout", args=[code]),
        done=_("Dikembalikan. Preminya dapat masuk daftar baru."),
    )  # fmt: skip


@ability_required("payout.pay", "GET POST")
def payment(request: HttpRequest, code: str) -> HttpResponse:
    """The third person says how each person was paid."""
    with reading(request):
        run = find_run(code)
        lines = [line for line in lines_of(run) if not line.is_withdrawn]

    def make() -> forms.Form:
        first = {"paid_on": clock.today(run.facility.timezone)}
        return PayForm(request.POST or None, lines=lines, initial=first)

    form = make()

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.pay_payout(
            by=by, run=run, paid_on=facts["paid_on"], reference=facts["reference"],
            channels=form.channels(),  # type: ignore[attr-defined]
        )  # fmt: skip
        return "proceeds:payout", [code]

    return form_page(
        request, make=lambda: form, do=do, reason="payout.pay", title=_("Tandai dibayar"),
        back=reverse("proceeds:payout", args=[code]), done=_("Dibayar dan dibukukan."),
        template="proceeds/pay.html", context={"run": run, "facility": run.facility},
    )  # fmt: skip


@ability_required("payout.pay", "GET POST")
def completion(request: HttpRequest, pk: int) -> HttpResponse:
    """Pay a line that waited for an account."""
    with reading(request):
        rows = PayoutLine.objects.select_related("run__book__facility", "participant")
        line = get_object_or_404(rows, pk=pk)
    code = line.run.code

    def make() -> forms.Form:
        first = {"paid_on": clock.today(line.run.book.facility.timezone)}
        return CompletionForm(request.POST or None, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.complete_line(by=by, line=line, **facts)
        return "proceeds:payout", [code]

    return form_page(
        request, make=make, do=do, reason="payout.complete", title=_("Bayar yang menunggu"),
        back=reverse("proceeds:payout", args=[code]), done=_("Dibayar dan dibukukan."),
    )  # fmt: skip


@ability_required("books.view", "POST")
def printing(request: HttpRequest, code: str) -> HttpResponse:
    """Print the list as a numbered paper; from the second print on it says SALINAN."""
    with acting(request.actor, "payout.print") as scope:  # type: ignore[attr-defined]
        run = find_run(code)
        content = print_subject(
            by=scope.actor, type="DPP", facility=run.facility, day=run.prepared_on,
            subject_ref=f"payout:{run.code}", paper=request.POST.get("paper", ""),
        )  # fmt: skip
    return pdf_response(content, run.code)
