"""Split policies: what holds, and a new one from a day on."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.proceeds.actions.policies import set_policy
from berdaya.proceeds.forms import PolicyForm
from berdaya.proceeds.models import SplitPolicy
from berdaya.proceeds.policies import VARIANTS
from berdaya.proceeds.tables import PolicyTable
from berdaya.proceeds.views.shared import Address, books_on_view, can, form_page


@ability_required("books.view")
def policies(request: HttpRequest) -> HttpResponse:
    """Policies of the parties on view and the default."""
    parties = books_on_view(request).order_by().values("party")
    rows = SplitPolicy.objects.filter(Q(party__in=parties) | Q(party__isnull=True))
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "new_url": reverse("proceeds:new_policy") if can(request, "policy.edit") else "",
        "new_label": _("Kebijakan baru"),
    }
    return PolicyTable(request, rows.select_related("party", "category")).response(
        "proceeds/list.html", context
    )


@ability_required("policy.edit", "GET POST")
def new_policy(request: HttpRequest) -> HttpResponse:
    """Begin a policy on a day; sales already made keep theirs."""

    def make() -> forms.Form:
        first = {"valid_from": clock.today()}
        return PolicyForm(request.POST or None, books=books_on_view(request), initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        set_policy(
            by=by, party=facts["book"].party, category=facts["category"],
            valid_from=facts["valid_from"], terms=VARIANTS[facts["variant"]].terms(),
        )  # fmt: skip
        return "proceeds:policies", []

    return form_page(
        request, make=make, do=do, reason="policy.set", title=_("Kebijakan bagi hasil baru"),
        back=reverse("proceeds:policies"), done=_("Berlaku mulai tanggal itu."),
        context={"note": _("Penjualan yang sudah tercatat tidak berubah.")},
    )  # fmt: skip
