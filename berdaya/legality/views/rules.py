"""Rules of the country: what holds, what is proposed with its preview, who decides, how far."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, act, form_page
from berdaya.institutions.rules import may_anywhere
from berdaya.legality.actions.changes import decide_change, draft, propose_change
from berdaya.legality.forms_rules import ChangeForm, EntryForm, RequirementForm, WhyForm
from berdaya.legality.models import MarketEntry, Requirement, RuleChange, RuleTable
from berdaya.legality.queries.changes import ended_row, preview_of, row_of
from berdaya.legality.tables import RequirementTable
from berdaya.legality.tables_rules import (
    DECISIONS,
    ChangeTable,
    EditedEntryTable,
    EditedRequirementTable,
    EntryTable,
    change_label,
    outcome_of,
    with_goods,
    words_of,
)


@ability_required("permit.view")
def requirements(request: HttpRequest) -> HttpResponse:
    """What each market requires of each group of goods, today and later."""
    rows = Requirement.objects.current_from(clock.today())
    edits = _edits(request)
    table = EditedRequirementTable if edits else RequirementTable
    return table(request, rows.select_related("category", "permit_kind")).response(
        "legality/requirements.html", {"edits": edits}
    )


@ability_required("permit.view")
def entries(request: HttpRequest) -> HttpResponse:
    """What each country says to goods, today and later."""
    rows = MarketEntry.objects.current_from(clock.today()).select_related("category")
    edits = _edits(request)
    table = EditedEntryTable if edits else EntryTable
    return table(request, rows).response("legality/entries.html", {"edits": edits})


@ability_required("permit.view")
def rule_changes(request: HttpRequest) -> HttpResponse:
    """Every change of the rules with its decision."""
    rows = with_goods(RuleChange.objects.select_related("decision"))
    return ChangeTable(request, rows).response(
        "legality/rule_changes.html", {"edits": _edits(request)}
    )


def _edits(request: HttpRequest) -> bool:
    return may_anywhere(request.actor, "rule.edit")  # type: ignore[attr-defined]


@ability_required("rule.edit", "GET POST")
def new_requirement(request: HttpRequest) -> HttpResponse:
    """Propose a requirement; `?baris=` changes or ends one. `contoh` only shows what would go."""
    rows = Requirement.objects.select_related("category", "permit_kind")
    return _propose(request, RuleTable.REQUIREMENT, RequirementForm, rows)


@ability_required("rule.edit", "GET POST")
def new_entry(request: HttpRequest) -> HttpResponse:
    """The same for a rule of entry."""
    rows = MarketEntry.objects.select_related("category")
    return _propose(request, RuleTable.MARKET_ENTRY, EntryForm, rows)


def _propose(request: HttpRequest, table: RuleTable, form_class: Any, rows: Any) -> HttpResponse:
    asked = request.GET.get("baris", "")
    with reading(request):
        row = get_object_or_404(rows, pk=asked) if asked.isdigit() else None
    first = {**form_class.initial_of(row), "effective_on": clock.today()} if row else {}

    def make() -> ChangeForm:
        form: ChangeForm = form_class(request.POST or None, row=row, initial=first)
        return form

    back = "legality:requirements" if table == RuleTable.REQUIREMENT else "legality:entries"
    words = {
        "title": _("Ubah aturan") if row else _("Tambah aturan"),
        "back": reverse(back),
        "row": row,
    }
    if "contoh" in request.POST:
        return _with_preview(request, table, make, words)

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        change = propose_change(by=by, table=table, **_valid(make()).change())
        return "legality:rule_change", [change.pk]

    return form_page(
        request, make=make, do=do, reason="rule.propose",
        done=_("Diusulkan. Orang kedua memutuskannya."),
        template="legality/rule_form.html", context={"row": row},
        title=words["title"], back=words["back"],
    )  # fmt: skip


def _valid(form: ChangeForm) -> ChangeForm:
    assert form.is_valid()
    return form


def _with_preview(
    request: HttpRequest, table: RuleTable, make: Any, words: dict[str, Any]
) -> HttpResponse:
    """The form as it is, and beside it what the change would do."""
    with reading(request):
        form = make()
        is_valid = form.is_valid()
        told = form.change() if is_valid else {}
        preview = preview_of(draft(table, **told)) if is_valid else None
        context = {"form": form, "preview": preview, "facility": request.facility, **words}  # type: ignore[attr-defined]
        return render(request, "legality/rule_form.html", context, status=200 if is_valid else 422)


def _find(pk: int) -> RuleChange:
    rows = with_goods(RuleChange.objects.select_related("proposed_by", "decision__decided_by"))
    return get_object_or_404(rows.prefetch_related("rounds"), pk=pk)


@ability_required("permit.view")
def rule_change(request: HttpRequest, change_id: int) -> HttpResponse:
    """One change: the row before and after, what it does, its decision, its round of judging."""
    row = _find(change_id)
    state = outcome_of(row)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    decides = state == "waiting" and may_anywhere(actor, "rule.approve")
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "change": row,
        "label": change_label(row),
        "state": DECISIONS[state],
        "sides": [
            (words_of(ended_row(row)), _("Berlaku sekarang") if state == "waiting" else _("Dulu")),
            (words_of(row_of(row)), _("Menjadi")),
        ],
        "preview": preview_of(row) if state == "waiting" else None,
        "rounds": row.rounds.all(),
        "can_decide": decides and actor.user_id != row.proposed_by_id,
        "is_own": decides and actor.user_id == row.proposed_by_id,
    }
    return render(request, "legality/rule_change.html", context)


@ability_required("rule.approve", "POST")
def rule_approval(request: HttpRequest, change_id: int) -> HttpResponse:
    """The second person agrees."""

    def do(by: Actor) -> Address:
        decide_change(by=by, change=_find(change_id), outcome="approved")
        return "legality:rule_change", [change_id]

    return act(request, "rule.approve", do, _("Disetujui. Semua barang sedang dinilai ulang."))


@ability_required("rule.approve", "GET POST")
def rule_refusal(request: HttpRequest, change_id: int) -> HttpResponse:
    """The second person says no, and why."""
    with reading(request):
        row = _find(change_id)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        decide_change(by=by, change=row, outcome="declined", reason=facts["reason"])
        return "legality:rule_change", [change_id]

    return form_page(
        request, make=lambda: WhyForm(request.POST or None), do=do, reason="rule.refuse",
        title=_("Tolak usulan"), back=reverse("legality:rule_change", args=[change_id]),
        done=_("Ditolak, dengan alasannya."),
    )  # fmt: skip
