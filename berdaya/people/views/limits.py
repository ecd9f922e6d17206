"""Lawful working time: what held when, and a change from a coming day on."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, form_page
from berdaya.institutions.rules import may_anywhere
from berdaya.people.actions.limits import set_work_limits
from berdaya.people.forms_work import LimitsForm
from berdaya.people.models import WorkLimits
from berdaya.people.tables_work import LimitsTable


@ability_required("person.view")
def limits(request: HttpRequest) -> HttpResponse:
    """Every set of limits, newest first; they hold for all units alike."""
    edits = may_anywhere(request.actor, "limits.edit")  # type: ignore[attr-defined]
    context = {
        "new_url": reverse("people:new_limits") if edits else "",
        "new_label": _("Batas baru"),
    }
    return LimitsTable(request, WorkLimits.objects.all()).response("look/list_page.html", context)


@ability_required("limits.edit", "GET POST")
def new_limits(request: HttpRequest) -> HttpResponse:
    """New limits from a coming day on."""
    form = LimitsForm(
        request.POST or None, initial={"valid_from": clock.today() + timedelta(days=1)}
    )

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        set_work_limits(by=by, **form.facts())
        return "people:limits", []

    return form_page(
        request, make=lambda: form, do=do, reason="limits.set", title=_("Batas waktu kerja baru"),
        back=reverse("people:limits"), done=_("Berlaku mulai tanggal itu."),
        context={"note": _("Lembar yang sudah diisi diukur dengan batas pada harinya.")},
    )  # fmt: skip
