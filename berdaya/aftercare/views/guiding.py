"""Forms about one client: supervision, follow-up, consent to be contacted, the safe exit."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.aftercare.actions.followups import record_follow_up
from berdaya.aftercare.actions.supervision import (
    begin_supervision,
    change_supervision,
    let_go,
)
from berdaya.aftercare.forms import (
    ContactConsentForm,
    ExitForm,
    FollowUpForm,
    SupervisionForm,
    known,
)
from berdaya.aftercare.models import Supervision
from berdaya.aftercare.queries import Client
from berdaya.aftercare.views.shared import client_or_404, supervised_or_404
from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.ids import uuid7
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, form_page
from berdaya.people.actions.papers import record_consent
from berdaya.people.rules_consent import text_missing

ABILITY = "aftercare.record"


def _back(code: str) -> str:
    return reverse("aftercare:client", args=[code])


@ability_required(ABILITY, "GET POST")
def supervision(request: HttpRequest, code: str) -> HttpResponse:
    """Begin it, or change the one that runs."""
    with reading(request):
        client = client_or_404(request, code)
    place, today = client.placement, clock.today(client.placement.facility.timezone)
    row = client.supervision
    if row is not None and (row.facility_id != place.facility_id or not row.holds_on(today)):
        row = None
    first = _first(client, row)

    def make() -> forms.Form:
        return SupervisionForm(request.POST or None, is_begun=row is not None, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        if row is None:
            begin_supervision(
                by=by, participant=place.participant, facility=place.facility, **facts
            )
        else:
            row.participant, row.facility = place.participant, place.facility
            change_supervision(by=by, supervision=row, **facts)
        return "aftercare:client", [code]

    return form_page(
        request, make=make, do=do, reason="aftercare.supervise", back=_back(code),
        title=_("Ubah bimbingan") if row else _("Mulai bimbingan"), done=_("Tersimpan."),
    )  # fmt: skip


def _first(client: Client, row: Supervision | None) -> dict[str, Any]:
    if row is not None:
        return {
            "last_day": row.last_day, "region": row.region_id,
            "has_report_duty": row.has_report_duty,
        }  # fmt: skip
    region = client.plan.region_id if client.plan else None
    return {"since": client.placement.valid_from, "region": region}


@ability_required(ABILITY, "GET POST")
def new_follow_up(request: HttpRequest, code: str) -> HttpResponse:
    """Two minutes with a client; what the last one said stands there."""
    with reading(request):
        client, row = supervised_or_404(request, code)
    made: list[FollowUpForm] = []
    first = {
        "key": uuid7(), "happened_on": clock.today(row.facility.timezone), **known(client.last)
    }  # fmt: skip

    def make() -> forms.Form:
        made[:] = [FollowUpForm(request.POST or None, initial=first)]
        return made[0]

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        record_follow_up(by=by, supervision=row, key=facts["key"], told=made[0].told())
        return "aftercare:client", [code]

    return form_page(
        request, make=make, do=do, reason="aftercare.follow", back=_back(code),
        title=_("Tindak lanjut"), done=_("Tercatat."), template="aftercare/follow_up.html",
        context={"client": client},
    )  # fmt: skip


@ability_required(ABILITY, "GET POST")
def new_consent(request: HttpRequest, code: str) -> HttpResponse:
    """The client may be contacted after supervision; the text is read out from this page."""
    with reading(request):
        _client, row = supervised_or_404(request, code)
        today = clock.today(row.facility.timezone)
        text = ContactConsentForm.text_on(today)

    def make() -> forms.Form:
        return ContactConsentForm(
            request.POST or None, facility_id=row.facility_id, day=today,
            by=request.actor.user_id,  # type: ignore[attr-defined]
            initial={"given_on": today, "witness_role": "family"},
        )  # fmt: skip

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        if text is None:
            raise Refused(text_missing())
        record_consent(
            by=by, participant=row.participant, facility=row.facility, text=text, **facts
        )
        return "aftercare:client", [code]

    return form_page(
        request, make=make, do=do, reason="aftercare.consent", back=_back(code),
        title=_("Kesediaan dihubungi"), done=_("Tercatat. Dapat dicabut kapan saja."),
        template="aftercare/consent.html", context={"text": text},
    )  # fmt: skip


@ability_required(ABILITY, "GET POST")
def safe_exit(request: HttpRequest, code: str) -> HttpResponse:
    """The client asks to be left alone."""
    with reading(request):
        _client, row = supervised_or_404(request, code)
    today = clock.today(row.facility.timezone)
    note = _(
        "Tidak ada lagi tindak lanjut, rujukan, atau tanda terlambat; alasannya tidak ditanyakan."
        " Kesediaan dihubungi dicabut. Yang tersisa hanya kewajiban hukum: wajib lapor sampai akhir"
        " bimbingan, bila ada, dan catatan yang sudah ditulis."
    )

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        let_go(by=by, supervision=row, **facts)
        return "aftercare:client", [code]

    return form_page(
        request, make=lambda: ExitForm(request.POST or None, initial={"asked_on": today}), do=do,
        reason="aftercare.exit", title=_("Berhenti dihubungi"), back=_back(code),
        done=_("Tercatat. Ia tidak dihubungi lagi."), context={"note": note},
    )  # fmt: skip
