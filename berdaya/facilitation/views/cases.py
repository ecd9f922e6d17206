"""Cases: the list, one of them, asking, assigning, taking, promising, ending."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.facilitation.actions.asking import ask_for_help
from berdaya.facilitation.actions.helping import (
    assign_case,
    hand_back,
    promise,
    take_case,
    usual_promise,
)
from berdaya.facilitation.actions.working import finish_case, give_up_case, write_message
from berdaya.facilitation.forms import (
    AskForm,
    AssignForm,
    FinishForm,
    MessageForm,
    PromiseForm,
    ReasonForm,
    TakeForm,
    chosen,
    goods_of,
)
from berdaya.facilitation.models import Case, CaseMessage, CaseProduct, CaseStep
from berdaya.facilitation.queries.cases import helping_offices, mentors_of, with_turn
from berdaya.facilitation.rules import is_late, stage_of
from berdaya.facilitation.tables import LATE, STAGES, CaseTable
from berdaya.facilitation.views.shared import case_or_404, part_of, readable
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page, one_unit
from berdaya.institutions.rules import may
from berdaya.look.parts import Moment

SHOWN = 200


@ability_required("facilitation.view")
def cases(request: HttpRequest) -> HttpResponse:
    """Cases of the units on view, or of the UMKM office."""
    rows = readable(request, with_turn(Case.objects.select_related("facility")))
    if request.facility:  # type: ignore[attr-defined]
        rows = rows.filter(facility=request.facility)  # type: ignore[attr-defined]
    context = {"can_ask": can(request, "facilitation.ask")}
    return CaseTable(request, rows.distinct()).response("facilitation/cases.html", context)


@ability_required("facilitation.view")
def case(request: HttpRequest, code: str) -> HttpResponse:
    """One case: products, steps with their papers, the conversation, what is promised."""
    row = case_or_404(request, code)
    steps = list(CaseStep.objects.filter(case=row))
    turn = next((one for one in steps if not one.is_over), None)
    part = part_of(request, row)
    lines = CaseProduct.objects.filter(case=row).select_related("product")
    goods = sorted((line.product for line in lines), key=lambda one: one.label)
    state = stage_of(row.state, turn.acting if turn else None)
    promised = (row.promised_on, turn.promised_on if turn else None)
    context: dict[str, Any] = {
        **part,
        "state": STAGES[state],
        "late": LATE if is_late(row.state, promised, part["day_here"]) else None,
        "stage": state,
        "steps": steps,
        "turn": turn,
        "goods": goods,
        "moments": _conversation(row),
        "message_form": MessageForm(),
        "permit_url": _permit_url(request, row, goods) if state != "done" else "",
    }
    return render(request, "facilitation/case.html", context)


def _conversation(row: Case) -> list[Moment]:
    """What was written, in order."""
    found = CaseMessage.objects.filter(case=row).select_related("written_by").order_by("pk")
    return [_moment(row, one) for one in found[:SHOWN]]


def _moment(row: Case, one: CaseMessage) -> Moment:
    who = one.written_by.display_name if one.written_by else ""
    is_open = one.asks and row.awaits and row.awaits != one.side
    return Moment(
        clock.format_instant(one.written_at, row.facility.timezone),
        one.text,
        who=f"{one.get_side_display()}, {who}" if who else one.get_side_display(),
        tone="next" if is_open else "",
    )


def _permit_url(request: HttpRequest, row: Case, goods: list[Any]) -> str:
    """Where the unit records the permit that was sought, with its kind and products filled in."""
    actor = request.actor  # type: ignore[attr-defined]
    if row.permit_kind is None or not row.is_open or not may(actor, "permit.edit", row.facility_id):
        return ""
    query = "&".join(
        [f"kind={row.permit_kind_id}", *(f"products={one.pk}" for one in goods)]
    )  # fmt: skip
    return f"{reverse('legality:new_permit')}?{query}"


@ability_required("facilitation.ask", "GET POST")
def new_case(request: HttpRequest) -> HttpResponse:
    """The chosen unit asks; `kind` and `product` in the address begin the form."""
    facility = one_unit(request)
    form: list[AskForm] = []

    def make() -> AskForm:
        goods = goods_of(request.GET.getlist("product"), facility)
        first = {"kind": request.GET.get("kind", "pirt"), "products": goods}
        offices = helping_offices(clock.today(facility.timezone))
        form[:] = [AskForm(request.POST or None, facility=facility, offices=offices, initial=first)]
        if request.method == "POST" and form[0].is_valid():
            form[0].cleaned_data["products"] = list(form[0].cleaned_data["products"])
        return form[0]

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        made = ask_for_help(by=by, facility=facility, **chosen(form[0]))
        return "facilitation:case", [made.code]

    return form_page(
        request, make=make, do=do, reason="facilitation.ask", title=_("Minta bantuan"),
        back=reverse("facilitation:cases"), template="facilitation/ask.html",
        done=_("Terkirim. Petugas UMKM menugaskan seorang pendamping."),
    )  # fmt: skip


def _page(
    request: HttpRequest,
    code: str,
    make: Callable[[Case], Any],
    do: Callable[[Actor, Case, dict[str, Any]], object],
    reason: str,
    title: str,
    done: str,
) -> HttpResponse:
    """A form about one case, which leads back to it."""
    with reading(request):
        row = case_or_404(request, code)

    def act(by: Actor, facts: dict[str, Any]) -> Address:
        do(by, row, facts)
        return "facilitation:case", [code]

    return form_page(
        request, make=lambda: make(row), do=act, reason=reason, title=title, done=done,
        back=reverse("facilitation:case", args=[code]),
    )  # fmt: skip


@ability_required("facilitation.assign", "GET POST")
def assignment(request: HttpRequest, code: str) -> HttpResponse:
    """The UMKM officer chooses a mentor of the office."""

    def make(row: Case) -> AssignForm:
        mentors = mentors_of(row.office, clock.today(row.facility.timezone))
        return AssignForm(request.POST or None, mentors=mentors, initial={"mentor": row.mentor_id})

    return _page(
        request, code, make, lambda by, row, facts: assign_case(by=by, case=row, **facts),
        "facilitation.assign", _("Menugaskan pendamping"),
        _("Ditugaskan. Pendampingnya menerima dan menjanjikan waktunya."),
    )  # fmt: skip


@ability_required("facilitation.lead", "GET POST")
def taking(request: HttpRequest, code: str) -> HttpResponse:
    """The mentor takes the case and promises a day."""

    def make(row: Case) -> TakeForm:
        return TakeForm(request.POST or None, initial={"promised_on": usual_promise(row)})

    return _page(
        request, code, make, lambda by, row, facts: take_case(by=by, case=row, **facts),
        "facilitation.take", _("Menerima tugas"), _("Diterima. Langkah pertamanya mulai hari ini."),
    )  # fmt: skip


@ability_required("facilitation.lead", "GET POST")
def handing_back(request: HttpRequest, code: str) -> HttpResponse:
    """The mentor cannot take it, and why."""
    return _page(
        request, code, lambda row: ReasonForm(request.POST or None),
        lambda by, row, facts: hand_back(by=by, case=row, **facts),
        "facilitation.hand_back", _("Mengembalikan tugas"),
        _("Dikembalikan. Petugas UMKM menugaskan pendamping lain."),
    )  # fmt: skip


@ability_required("facilitation.lead", "GET POST")
def promising(request: HttpRequest, code: str) -> HttpResponse:
    """Another day is promised, and the unit reads why."""

    def make(row: Case) -> PromiseForm:
        turn = CaseStep.objects.filter(case=row, done_on__isnull=True, needless_reason="").first()
        first = {"promised_on": row.promised_on, "step_on": turn.promised_on if turn else None}
        return PromiseForm(request.POST or None, initial=first)

    return _page(
        request, code, make, lambda by, row, facts: promise(by=by, case=row, **facts),
        "facilitation.promise", _("Mengubah janji waktu"),
        _("Tersimpan. Alasannya terbaca di percakapan."),
    )  # fmt: skip


@ability_required("facilitation.work", "GET POST")
def messages(request: HttpRequest, code: str) -> HttpResponse:
    """Write to the other side."""
    return _page(
        request, code, lambda row: MessageForm(request.POST or None),
        lambda by, row, facts: write_message(by=by, case=row, **facts),
        "facilitation.write", _("Tulis pesan"), pgettext("facilitation", "Terkirim."),
    )  # fmt: skip


@ability_required("facilitation.work", "GET POST")
def finishing(request: HttpRequest, code: str) -> HttpResponse:
    """It is done; what it cost helps those who come after."""
    return _page(
        request, code, lambda row: FinishForm(request.POST or None),
        lambda by, row, facts: finish_case(by=by, case=row, **facts),
        "facilitation.finish", _("Menyelesaikan permintaan"),
        _("Selesai. Lamanya ikut dihitung untuk perkiraan berikutnya."),
    )  # fmt: skip


@ability_required("facilitation.work", "GET POST")
def giving_up(request: HttpRequest, code: str) -> HttpResponse:
    """It goes no further, and why."""
    return _page(
        request, code, lambda row: ReasonForm(request.POST or None),
        lambda by, row, facts: give_up_case(by=by, case=row, **facts),
        "facilitation.give_up", _("Menghentikan permintaan"),
        _("Dihentikan. Catatannya tetap dapat dibaca."),
    )  # fmt: skip
