"""Certificates at the desk: the list, one of them, those of a session; proposing and deciding."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.codes import format_code
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page, seen
from berdaya.training import addresses
from berdaya.training import queries_certificates as queries
from berdaya.training.actions import certificates as actions
from berdaya.training.actions import withdrawals
from berdaya.training.forms_certificates import DecisionForm, ProposalForm, WithdrawalForm
from berdaya.training.models import Certificate, Withdrawal
from berdaya.training.tables_certificates import STATES, CertificateTable, state_of
from berdaya.training.views.shared import session_of_ours

ONE = (
    "facility", "participant", "provider", "proposed_by", "session", "credential__issuer",
    "credential__replaced_by__certificate", "decision__decided_by",
)  # fmt: skip


@ability_required("training.view")
def certificates(request: HttpRequest) -> HttpResponse:
    """Every certificate of the facilities on view."""
    rows = queries.certificates().filter(facility__in=seen(request))
    context = {"facility": request.facility}  # type: ignore[attr-defined]
    return CertificateTable(request, rows).response("look/list_page.html", context)


def find_certificate(code: str) -> Certificate:
    """A certificate with what its page needs; 404 outside the scope."""
    return get_object_or_404(Certificate.objects.select_related(*ONE), code=code)


@ability_required("training.view")
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """One certificate: what it says, who asked and agreed, what came after."""
    row = find_certificate(code)
    asked = list(row.withdrawals.select_related("proposed_by", "decision__decided_by"))
    user = request.actor.user_id  # type: ignore[attr-defined]
    waiting = next((one for one in asked if one.is_open), None)
    is_issued = row.is_live and row.credential is not None
    decides = can(request, "certificate.approve", row.facility_id)
    context = {
        "facility": row.facility,
        "row": row,
        "state": STATES[state_of(row)],
        "withdrawals": asked,
        "waiting": waiting,
        "public_url": addresses.certificate_url(row.credential.public_code)
        if row.credential
        else "",
        "public_code": format_code(row.credential.public_code) if row.credential else "",
        "can_decide": row.is_live
        and row.credential is None
        and decides
        and user != row.proposed_by_id,
        "can_print": is_issued and can(request, "identity.certificate", row.facility_id),
        "can_withdraw": is_issued
        and waiting is None
        and can(request, "certificate.revoke", row.facility_id),
        "can_decide_withdrawal": waiting is not None and decides and user != waiting.proposed_by_id,
    }
    return render(request, "training/certificate.html", context)


@ability_required("training.view")
def of_session(request: HttpRequest, code: str) -> HttpResponse:
    """The certificates of a session, and who passed without one."""
    session = session_of_ours(request, code)
    rows = list(queries.certificates().filter(session=session).order_by("pk"))
    user = request.actor.user_id  # type: ignore[attr-defined]
    waiting = [one for one in rows if one.is_live and one.credential is None]
    context = {
        "facility": session.facility,
        "session": session,
        "lines": [(one, STATES[state_of(one)]) for one in rows],
        "without": queries.without_certificate(session),
        "waiting": waiting,
        "can_propose": can(request, "certificate.propose", session.facility_id),
        "can_decide": any(one.proposed_by_id != user for one in waiting)
        and can(request, "certificate.approve", session.facility_id),
        "can_print": bool(queries.issued(rows))
        and can(request, "identity.certificate", session.facility_id),
    }
    return render(request, "training/session_certificates.html", context)


@ability_required("certificate.propose", "GET POST")
def proposal(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the certificates of everybody in a session who passed and has none."""
    with reading(request):
        session = session_of_ours(request, code)
        passed = queries.without_certificate(session)
        last = Certificate.objects.filter(provider=session.course.provider_id).first()
    first = {"signer_name": last.signer_name, "signer_post": last.signer_post} if last else {}

    def make() -> forms.Form:
        return ProposalForm(request.POST or None, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.propose_certificates(by=by, facility=session.facility, assessments=passed, **facts)
        return "training:session_certificates", [code]

    note = _("%(count)s peserta kompeten belum bersertifikat: %(who)s.") % {
        "count": len(passed),
        "who": ", ".join(one.participant.pseudonym for one in passed) or "–",
    }
    return form_page(
        request, make=make, do=do, reason="certificate.propose", title=_("Usulkan sertifikat"),
        back=reverse("training:session_certificates", args=[code]),
        done=_("Diusulkan. Kepala UPT melihatnya di Hari Ini."),
        context={"note": note, "facility": session.facility},
    )  # fmt: skip


@ability_required("certificate.approve", "GET POST")
def session_decision(request: HttpRequest, code: str) -> HttpResponse:
    """Decide about everything of a session that waits."""
    with reading(request):
        session = session_of_ours(request, code)
        rows = list(queries.waiting_of(session).select_related("participant").order_by("pk"))
    back = ("training:session_certificates", [code])
    who = ", ".join(row.participant.pseudonym for row in rows) or "–"
    note = _("%(count)s sertifikat “%(title)s” dari %(provider)s: %(who)s.") % {
        "count": len(rows), "title": session.course.label,
        "provider": session.course.provider.name, "who": who,
    }  # fmt: skip
    return _decision(request, rows, back, note)


@ability_required("certificate.approve", "GET POST")
def decision(request: HttpRequest, code: str) -> HttpResponse:
    """Decide about one certificate."""
    with reading(request):
        row = find_certificate(code)
    note = _("“%(title)s” dari %(provider)s untuk %(who)s.") % {
        "title": row.label, "provider": row.provider.name, "who": row.participant.pseudonym,
    }  # fmt: skip
    return _decision(request, [row], ("training:certificate", [code]), note)


def _decision(
    request: HttpRequest, rows: list[Certificate], back: Address, note: str
) -> HttpResponse:
    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.decide_certificates(by=by, certificates=rows, **facts)
        return back

    return form_page(
        request, make=lambda: DecisionForm(request.POST or None), do=do,
        reason="certificate.approve", title=_("Putuskan sertifikat"),
        back=reverse(back[0], args=back[1]), done=_("Keputusan tercatat."), context={"note": note},
    )  # fmt: skip


@ability_required("certificate.revoke", "GET POST")
def withdrawal(request: HttpRequest, code: str) -> HttpResponse:
    """Ask that a certificate be revoked or replaced."""
    with reading(request):
        row = find_certificate(code)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        withdrawals.propose_withdrawal(by=by, certificate=row, **facts)
        return "training:certificate", [code]

    return form_page(
        request, make=lambda: WithdrawalForm(request.POST or None), do=do,
        reason="certificate.revoke", title=_("Cabut atau ganti sertifikat"),
        back=reverse("training:certificate", args=[code]),
        done=_("Diminta. Sertifikatnya tetap berlaku sampai orang kedua setuju."),
        context={"note": f"{row.label}, {row.participant.pseudonym}", "facility": row.facility},
    )  # fmt: skip


@ability_required("certificate.approve", "GET POST")
def withdrawal_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide whether a certificate ends."""
    with reading(request):
        rows = Withdrawal.objects.select_related("certificate__participant", "facility")
        asked = get_object_or_404(rows, pk=pk)
    code = asked.certificate.code

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        withdrawals.decide_withdrawal(by=by, withdrawal=asked, **facts)
        return "training:certificate", [code]

    note = _("%(kind)s: %(code)s. Alasan: %(reason)s") % {
        "kind": asked.get_kind_display(), "code": code, "reason": asked.reason,
    }  # fmt: skip
    return form_page(
        request, make=lambda: DecisionForm(request.POST or None), do=do,
        reason="certificate.approve", title=_("Putuskan pencabutan atau penggantian"),
        back=reverse("training:certificate", args=[code]), done=_("Keputusan tercatat."),
        context={"note": note, "facility": asked.facility},
    )  # fmt: skip
