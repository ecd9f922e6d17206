"""Certificates with names: files that answer a POST and are kept nowhere."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.access import ability_required
from berdaya.look.paper import pdf_response
from berdaya.people.actions.reveals import Opened, open_identities
from berdaya.people.models import RevealPurpose
from berdaya.training import rules_certificates as rules
from berdaya.training.models import Certificate
from berdaya.training.prints_certificates import certificates_pdf
from berdaya.training.views.certificates import find_certificate
from berdaya.training.views.shared import session_of_ours

WITH = ("credential__issuer", "provider")


@ability_required("identity.certificate", "POST")
@never_cache
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """One certificate; opening the name is logged."""
    with acting(request.actor, "identity.certificate") as scope:  # type: ignore[attr-defined]
        row = find_certificate(code)
        opened = open_identities(
            by=scope.actor, facility=row.facility, purpose=RevealPurpose.CERTIFICATE,
            subject=f"certificate:{code}",
        )  # fmt: skip
    return _printed(request, [row], opened, code)


@ability_required("identity.certificate", "POST")
@never_cache
def papers(request: HttpRequest, code: str) -> HttpResponse:
    """All certificates of a session that are in force, one sheet each."""
    with acting(request.actor, "identity.certificate") as scope:  # type: ignore[attr-defined]
        session = session_of_ours(request, code)
        opened = open_identities(
            by=scope.actor, facility=session.facility, purpose=RevealPurpose.CERTIFICATE,
            subject=f"certificates:{code}",
        )  # fmt: skip
        rows = Certificate.objects.filter(session=session, is_live=True, credential__isnull=False)
        listed = list(rows.select_related(*WITH))
    return _printed(request, listed, opened, code)


def _printed(
    request: HttpRequest, rows: Sequence[Certificate], opened: Opened, name: str
) -> HttpResponse:
    # A certificate issued since then was not opened.
    known = [row for row in rows if row.participant_id in opened.people]
    shown = [opened.people[row.participant_id] for row in known]
    if not any(one.identity.name for one in shown):
        why = shown[0].why if shown else "–"
        raise Refused(rules.certificate_name_gone(why=why))
    with reading(request):
        content = certificates_pdf(known, opened)
    return pdf_response(content, name)
