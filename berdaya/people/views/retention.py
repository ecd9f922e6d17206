"""How long what is kept, what the last nights did about it, and identities that wait for a word."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Max, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.core.verdicts import declared_reasons
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, form_page, seen
from berdaya.institutions.rules import may, may_anywhere
from berdaya.people.actions import retention as actions
from berdaya.people.forms_rights import KeepForm, RuleForm
from berdaya.people.models import RetentionCount, RetentionProposal, RetentionRule, RetentionRun
from berdaya.people.retention import Purpose, open_proposals, purposes, rules_on

SHOWN = 100


@dataclass
class Line:
    """One purpose with its rule, the rule to come, and what the last night counted."""

    purpose: Purpose
    rule: RetentionRule | None
    coming: RetentionRule | None
    counted: dict[str, Any]

    @property
    def whys(self) -> list[tuple[str, int]]:
        """Why rows were held back, in words, with how many."""
        known = declared_reasons()
        reasons = self.counted.get("reasons", {})
        return [(known[code].text, n) for code, n in reasons.items() if code in known]


@ability_required("retention.view")
def retention(request: HttpRequest) -> HttpResponse:
    """The schedule, the last night's report, and the proposals that wait."""
    ids = seen(request)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = open_proposals(ids).select_related("participant", "facility").order_by("due_on", "pk")
    waiting = list(rows[:SHOWN])
    last = RetentionRun.objects.filter(facility_id__in=ids).aggregate(day=Max("day"))["day"]
    context = {
        "lines": _lines(ids),
        "last": last,
        "proposals": [(row, may(actor, "identity.erase", row.facility_id).ok) for row in waiting],
        "new_url": reverse("people:new_retention_rule")
        if may_anywhere(actor, "retention.edit")
        else "",
    }
    return render(request, "people/retention.html", context)


def _lines(ids: frozenset[int]) -> list[Line]:
    today = clock.today()
    now, counted = rules_on(today), _counted(ids)
    coming = {rule.purpose: rule for rule in RetentionRule.objects.filter(valid_from__gt=today)}
    return [
        Line(one, now.get(one.code), coming.get(one.code), counted.get(one.code, {}))
        for one in purposes().values()
    ]


def _counted(ids: frozenset[int]) -> dict[str, dict[str, Any]]:
    """The newest night of each facility, summed over the facilities on view."""
    runs = RetentionRun.objects.filter(facility_id__in=ids)
    newest = runs.order_by("facility_id", "-day").distinct("facility_id").values("pk")
    rows = RetentionCount.objects.filter(run__in=newest)
    sums = rows.order_by().values("purpose").annotate(
        due_sum=Sum("due"), done_sum=Sum("done"), held_sum=Sum("held"), left_sum=Sum("left")
    )  # fmt: skip
    found: dict[str, dict[str, Any]] = {row["purpose"]: {**row, "reasons": {}} for row in sums}
    why = rows.filter(~Q(reasons={})).values_list("purpose", "reasons")
    for purpose, reasons in why:
        told = found[purpose]["reasons"]
        for code, n in reasons.items():
            told[code] = told.get(code, 0) + n
    return found


@ability_required("retention.edit", "GET POST")
def new_rule(request: HttpRequest) -> HttpResponse:
    """Another period from a coming day on."""
    first = {
        "purpose": request.GET.get("purpose", ""),
        "valid_from": clock.today() + timedelta(days=1),
    }

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.set_retention_rule(by=by, **facts)
        return "people:retention", []

    return form_page(
        request, make=lambda: RuleForm(request.POST or None, initial=first), do=do,
        reason="retention.rule", title=_("Masa simpan baru"), back=reverse("people:retention"),
        done=_("Berlaku mulai tanggal itu."),
        context={"note": _("Yang sudah dihapus tidak kembali; yang ditahan dihitung ulang.")},
    )  # fmt: skip


def _proposal(pk: int) -> RetentionProposal:
    rows = RetentionProposal.objects.select_related("participant", "facility")
    return get_object_or_404(rows, pk=pk)


@ability_required("identity.erase", "GET POST")
def erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """The second hand: erase now."""
    with reading(request):
        row = _proposal(pk)

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        actions.confirm_erasure(by=by, proposal=row)
        return "people:retention", []

    return form_page(
        request,
        make=lambda: forms.Form(request.POST if request.method == "POST" else None),
        do=do, reason="retention.erase",
        title=_("Hapus data diri: %(name)s") % {"name": row.participant.pseudonym},
        back=reverse("people:retention"), done=_("Data diri dihapus."),
        context={"note": _("Namanya tidak dapat dibaca lagi selamanya. Uang dan kode tetap.")},
    )  # fmt: skip


@ability_required("identity.erase", "GET POST")
def keeping(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold it back until a day, on a ground."""
    with reading(request):
        row = _proposal(pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.keep_identity(by=by, proposal=row, **facts)
        return "people:retention", []

    return form_page(
        request, make=lambda: KeepForm(request.POST or None), do=do, reason="retention.keep",
        title=_("Tahan data diri: %(name)s") % {"name": row.participant.pseudonym},
        back=reverse("people:retention"), done=_("Ditahan."),
    )  # fmt: skip
