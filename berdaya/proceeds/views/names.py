"""Names for those who pay and who hand out slips: files that answer a POST and are kept nowhere."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.goods.rules import one_facility
from berdaya.institutions.access import ability_required
from berdaya.look.exports import WRITERS
from berdaya.look.paper import pdf_response
from berdaya.people.actions.reveals import Opened, Shown, open_identities
from berdaya.people.models import RevealPurpose
from berdaya.proceeds.models import Slip
from berdaya.proceeds.prints_names import handout_pdf
from berdaya.proceeds.views.payouts import find_run, lines_of

HEADS = ("No.", "Nomor kerja", "Nama", "Bank", "Nomor rekening", "Atas nama", "Jumlah", "Cara",
         "Keterangan")  # fmt: skip
KINDS = ("number", "text", "text", "text", "text", "text", "amount", "text", "text")


@ability_required("identity.payout", "POST")
@never_cache
def payout_file(request: HttpRequest, code: str) -> HttpResponse:
    """Who is paid how much on which account, as a spreadsheet for the bank."""
    with acting(request.actor, "identity.payout") as scope:  # type: ignore[attr-defined]
        run = find_run(code)
        opened = open_identities(
            by=scope.actor, facility=run.facility, purpose=RevealPurpose.PAYOUT,
            subject=f"payout:{run.code}",
        )  # fmt: skip
        lines = [line for line in lines_of(run) if not line.is_withdrawn]
    write = WRITERS.get(request.POST.get("format", ""), WRITERS["xlsx"])
    rows = (_row(n, line, opened) for n, line in enumerate(lines, start=1))
    return write(f"{opened.reveal.code} {run.code}", HEADS, KINDS, rows)


def _row(number: int, line: Any, opened: Opened) -> list[Any]:
    shown = opened.people[line.participant_id]
    account = shown.identity.account
    return [
        number, line.work_number, shown.identity.name, account.get("bank"),
        account.get("number"), account.get("holder"), line.amount_rp,
        str(line.get_channel_display()), _note(shown),
    ]  # fmt: skip


def _note(shown: Shown) -> str:
    """What is missing, under the code, so that the line can still be found."""
    if shown.identity.name:
        return "" if shown.identity.account else f"rekening belum dicatat, {shown.participant.code}"
    return f"{shown.why}, {shown.participant.code}"


@ability_required("identity.slips", "POST")
@never_cache
def handout(request: HttpRequest, month: str) -> HttpResponse:
    """To whom each closed slip of the month goes: cover code, work number, name; no amounts."""
    facility = one_facility(request.facility)  # type: ignore[attr-defined]
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise Http404 from None
    with acting(request.actor, "identity.slips") as scope:  # type: ignore[attr-defined]
        opened = open_identities(
            by=scope.actor, facility=facility, purpose=RevealPurpose.SLIPS,
            subject=f"slips:{first:%Y-%m}",
        )  # fmt: skip
    with reading(request):
        slips = Slip.objects.filter(facility=facility, month=first).defer("content")
        content = handout_pdf(facility, list(slips), opened, request.POST.get("paper", ""))
    return pdf_response(content, opened.reveal.code)
