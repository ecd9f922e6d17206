"""Is this certificate genuine? Under the neutral address: one page, one form, three files.

The same bytes for everybody, no script, and nothing of where somebody learned.
"""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from berdaya.core import clock
from berdaya.core.codes import format_code, normalise
from berdaya.core.http import own_pages_only, takes
from berdaya.core.names import named
from berdaya.core.rates import is_too_often
from berdaya.core.verdicts import Reason, Refused
from berdaya.institutions.access import public_scope
from berdaya.training import rules_credentials
from berdaya.training.credentials import keys
from berdaya.training.credentials.reading import LONGEST
from berdaya.training.models import Credential
from berdaya.training.queries_certificates import (
    credential_state,
    public_credential,
    verified,
)
from berdaya.web.views.common import for_machines, public_page

LONGEST_CODE = 40
A_MINUTE = 20
JWT = "application/vc+jwt"


@public_page
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a code by hand, or for a file."""
    code = normalise(request.GET.get("kode", "")[:LONGEST_CODE])
    return redirect("neutral:certificate", code=code) if code else _form(request)


@public_page
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """What a code stands for today: valid, expired, revoked, replaced, or unknown."""
    normal = normalise(code[:LONGEST_CODE])
    if normal and normal != code:
        return redirect("neutral:certificate", code=normal)
    found = public_credential(code)
    if found is None:
        return _form(request, status=404, unknown=format_code(code))
    return render(request, "neutral/certificate.html", _facts(found))


@own_pages_only(lambda request: _refused(request, rules_credentials.credential_malformed(), 403))
@takes("POST")
def read(request: HttpRequest) -> HttpResponse:
    """A pasted or uploaded credential: whether its signature is ours, and whether it holds."""
    if is_too_often(request, "credential", A_MINUTE):
        return _form(request, status=429, is_too_often=True)
    try:
        with public_scope():
            found = verified(_given(request), clock.now())
            return render(request, "neutral/certificate.html", _facts(found) | {"is_read": True})
    except Refused as refusal:
        reason = refusal.verdict.first or rules_credentials.credential_malformed()
        return _refused(request, reason, 422)


@public_page
def credential(request: HttpRequest, code: str) -> HttpResponse:
    """The signed credential itself, for a wallet or an offline check."""
    response = HttpResponse(_found(code).jwt, content_type=JWT)
    response["Content-Disposition"] = f'attachment; filename="{code}.jwt"'
    return for_machines(response)


@public_page
def plain(request: HttpRequest, code: str) -> HttpResponse:
    """What the credential says, without its signature."""
    return for_machines(JsonResponse(keys.claims(_found(code).jwt)))


def _found(code: str) -> Credential:
    found = public_credential(code)
    if found is None:
        raise Http404
    return found


def _given(request: HttpRequest) -> str:
    file = request.FILES.get("berkas")
    if file is None:
        return request.POST.get("kredensial", "")
    if file.size is None or file.size > LONGEST:
        raise Refused(rules_credentials.credential_too_long())
    return bytes(file.read()).decode("ascii", "replace")


def _form(request: HttpRequest, status: int = 200, **facts: Any) -> HttpResponse:
    return render(request, "neutral/check.html", {"longest": LONGEST, **facts}, status=status)


def _refused(request: HttpRequest, reason: Reason, status: int) -> HttpResponse:
    return _form(request, status=status, reason=reason)


def _facts(found: Credential) -> dict[str, Any]:
    successor, lang = found.replaced_by, get_language() or "id"
    return {
        "credential": found,
        "code_text": format_code(found.public_code),
        "state": credential_state(found, clock.today()).value,
        "units": [_words_of(unit) for unit in found.units],
        "first_day": clock.format_date(found.valid_from, lang),
        "last_day": clock.format_date(found.valid_until - timedelta(days=1), lang)
        if found.valid_until
        else "",
        "successor": successor.public_code if successor else "",
    }


def _words_of(unit: dict[str, str]) -> str:
    return " ".join(filter(None, (unit["code"], named(unit["name"], unit["name_en"]))))
