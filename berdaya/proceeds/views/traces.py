"""The thread on the desk: what hangs on a code, one step at a time."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from berdaya.core.proofs import find_node, links_of


@login_required
def traces(request: HttpRequest) -> HttpResponse:
    """Ask for a code."""
    code = request.GET.get("code", "").strip()
    return redirect("proceeds:trace", code) if code else _page(request, "")


@login_required
def trace(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that hangs on one code directly; each of them leads on."""
    return _page(request, code)


def _page(request: HttpRequest, code: str) -> HttpResponse:
    found = find_node(code) if code else []
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "code": code,
        "found": [(node, links_of(node)) for node in found[:3]],
    }
    status = 404 if code and not found else 200
    return render(request, "proceeds/trace.html", context, status=status)
