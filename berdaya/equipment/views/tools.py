"""Tools: sets, the count of a day out and in, and what is missing."""

from typing import Any

from django.contrib import messages
from django.db.models import Case, Exists, Max, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import require
from berdaya.equipment.actions import tools as actions
from berdaya.equipment.forms import (
    CountForm,
    MissingForm,
    ToolSetForm,
    lines_in,
    lines_out,
    now_initial,
)
from berdaya.equipment.held import held_by
from berdaya.equipment.models import MissingTool, Tool, ToolCount, ToolSet
from berdaya.equipment.tables import (
    COUNT_STATES,
    MISSING_STATES,
    MissingTable,
    ToolCountTable,
    ToolSetTable,
)
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, act, can, form_page, one_unit, seen
from berdaya.institutions.rules import may


@ability_required("tools.view")
def tool_sets(request: HttpRequest) -> HttpResponse:
    """Every set of the facilities on view."""
    rows = ToolSet.objects.filter(facility__in=seen(request), is_active=True)
    tools = Tool.objects.filter(tool_set=OuterRef("pk")).order_by().values("tool_set")
    rows = rows.select_related("facility").annotate(
        tool_qty=Subquery(tools.annotate(n=Sum("qty")).values("n")), last_day=Max("counts__day")
    )
    context = {
        "tab": "tools",
        "new_url": reverse("equipment:new_tool_set") if can(request, "tools.count") else "",
        "new_label": _("Papan baru"),
    }
    return ToolSetTable(request, rows).response("equipment/list.html", context)


@ability_required("tools.count", "GET POST")
def new_tool_set(request: HttpRequest) -> HttpResponse:
    """A set of the chosen facility and what belongs in it."""
    facility = one_unit(request)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        made = actions.add_tool_set(by=by, facility=facility, **facts)
        return "equipment:tool_set", [made.pk]

    return form_page(
        request, make=lambda: ToolSetForm(request.POST or None), do=do, reason="tools.set",
        title=_("Papan alat baru"), back=reverse("equipment:tool_sets"), done=_("Tercatat."),
    )  # fmt: skip


def _set_or_404(pk: int) -> ToolSet:
    return get_object_or_404(ToolSet.objects.select_related("facility"), pk=pk)


@ability_required("tools.view")
def tool_set(request: HttpRequest, pk: int) -> HttpResponse:
    """One set: what belongs in it, the latest counts."""
    one = _set_or_404(pk)
    today = clock.today(one.facility.timezone)
    latest = list(_counts(ToolCount.objects.filter(tool_set=one))[:10])
    context = {
        "facility": one.facility,
        "one": one,
        "tools": one.tools.all(),
        "counts": [(row, COUNT_STATES[row.state]) for row in latest],
        "can_count": can(request, "tools.count", one.facility_id)
        and not any(row.day == today for row in latest),
    }
    return render(request, "equipment/tool_set.html", context)


@ability_required("tools.count", "GET POST")
def counting(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a set out, today."""
    with reading(request):
        one = _set_or_404(pk)
    day = clock.today(one.facility.timezone)
    found: dict[str, CountForm] = {}

    def make() -> CountForm:
        found["form"] = CountForm(request.POST or None, lines=lines_out(one))
        return found["form"]

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        made = actions.count_out(by=by, tool_set=one, day=day, counts=found["form"].counts)
        return "equipment:tool_count", [made.pk]

    return form_page(
        request, make=make, do=do, reason="tools.out",
        title=_("Hitung keluar: %(name)s") % {"name": one.name},
        back=reverse("equipment:tool_set", args=[pk]), done=_("Alat di luar. Sore dihitung lagi."),
        context={"note": _("Dalam kurung: yang seharusnya ada.")},
    )  # fmt: skip


def _counts(rows: QuerySet[ToolCount]) -> QuerySet[ToolCount]:
    """With `state`: out, short or back."""
    short = MissingTool.objects.filter(line__count=OuterRef("pk"))
    return rows.annotate(
        state=Case(
            When(in_at__isnull=True, then=Value("out")),
            When(Exists(short), then=Value("short")),
            default=Value("back"),
        )
    )


@ability_required("tools.view")
def tool_counts(request: HttpRequest) -> HttpResponse:
    """Every count of the facilities on view."""
    rows = _counts(ToolCount.objects.filter(facility__in=seen(request)))
    table = ToolCountTable(request, rows.select_related("tool_set"))
    return table.response("equipment/list.html", {"tab": "counts"})


@ability_required("tools.view", "GET POST")
def tool_count(request: HttpRequest, pk: int) -> HttpResponse:
    """One count; POST takes the tools back in, by whoever may count."""
    with reading(request):
        rows = _counts(ToolCount.objects.select_related("tool_set__facility", "out_by", "in_by"))
        row = get_object_or_404(rows, pk=pk)
        form = CountForm(request.POST or None, lines=lines_in(row)) if not row.in_at else None
        is_valid = form is not None and form.is_valid()
    if request.method == "POST":
        require(may(request.actor, "tools.count", row.facility_id))  # type: ignore[attr-defined]
        if is_valid or form is None:
            return _take_in(request, row, form)
    with reading(request):
        return _count_page(request, row, form)


def _take_in(request: HttpRequest, row: ToolCount, form: CountForm | None) -> HttpResponse:
    with acting(request.actor, "tools.in") as scope:  # type: ignore[attr-defined]
        short = actions.count_in(by=scope.actor, count=row, counts=form.counts if form else {})
    if short:
        messages.warning(
            request, _("Kurang. Pengamanan dan Kepala UPT diberi tahu; cari sekarang.")
        )
    else:
        messages.success(request, _("Lengkap."))
    return redirect("equipment:tool_count", row.pk)


def _count_page(request: HttpRequest, row: ToolCount, form: CountForm | None) -> HttpResponse:
    lines = row.lines.select_related("tool", "missing").order_by("tool__name")
    context = {
        "facility": row.tool_set.facility,
        "row": row,
        "state": COUNT_STATES[row.state],  # type: ignore[attr-defined]
        "lines": [(line, _missing_of(line)) for line in lines] if row.in_at else [],
        "form": form if can(request, "tools.count", row.facility_id) else None,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "equipment/tool_count.html", context, status=status)


def _missing_of(line: Any) -> Any:
    found = getattr(line, "missing", None)
    return (found, MISSING_STATES[found.state]) if found else None


@ability_required("tools.view")
def missing_tools(request: HttpRequest) -> HttpResponse:
    """What did not come back at the facilities on view."""
    rows = MissingTool.objects.filter(facility__in=seen(request))
    rows = rows.select_related("line__tool", "line__count__tool_set")
    return MissingTable(request, rows).response("equipment/list.html", {"tab": "missing"})


def _missing(request: HttpRequest, pk: int) -> MissingTool:
    with reading(request):
        rows = MissingTool.objects.select_related(
            "facility", "line__tool", "line__count__tool_set", "reported_by", "explained_by",
            "confirmed_by",
        )  # fmt: skip
        return get_object_or_404(rows, pk=pk)


@ability_required("tools.view")
def missing_tool(request: HttpRequest, pk: int) -> HttpResponse:
    """One missing tool: since when, who searched, who ended the search."""
    row = _missing(request, pk)
    actor = request.actor  # type: ignore[attr-defined]
    signs = may(actor, "tools.resolve", row.facility_id).ok
    context = {
        "facility": row.facility,
        "row": row,
        "state": MISSING_STATES[row.state],
        "held": held_by(row.line.count) if row.state != "closed" else [],
        "can_explain": row.state != "closed" and may(actor, "tools.search", row.facility_id).ok,
        "can_confirm": row.state == "explained" and signs and row.explained_by_id != actor.user_id,
    }
    return render(request, "equipment/missing_tool.html", context)


@ability_required("tools.search", "GET POST")
def explanation(request: HttpRequest, pk: int) -> HttpResponse:
    """How the search ended."""
    row = _missing(request, pk)
    zone = row.facility.timezone

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.explain_missing(by=by, missing=row, **facts)
        return "equipment:missing_tool", [pk]

    return form_page(
        request,
        make=lambda: MissingForm(request.POST or None, initial=now_initial(zone), zone=zone),
        do=do, reason="tools.explain",
        title=_("Akhir pencarian: %(tool)s") % {"tool": row.line.tool.name},
        back=reverse("equipment:missing_tool", args=[pk]),
        done=_("Tercatat. Orang kedua mengesahkannya."),
    )  # fmt: skip


@ability_required("tools.resolve", "POST")
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person ends the matter."""
    row = _missing(request, pk)

    def do(by: Actor) -> Address:
        actions.confirm_missing(by=by, missing=row)
        return "equipment:missing_tool", [pk]

    return act(request, "tools.resolve", do, _("Disahkan. Daftar hadir hari itu boleh disimpan."))
