"""Paper blocks: the list, handing one out, what became of its numbers, photos."""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.core.uploads.serving import private_file
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page, seen
from berdaya.till.actions.blocks import explain_gaps, hand_block
from berdaya.till.forms_sales import BlockForm, GapForm
from berdaya.till.models import PaperBlock, PaperNota, Stall
from berdaya.till.queries_sales import untold
from berdaya.till.tables_sales import BlockTable


@ability_required("event.view")
def blocks(request: HttpRequest) -> HttpResponse:
    """Every block of the stalls on view."""
    rows = PaperBlock.objects.filter(facility__in=seen(request))
    context = {"facility": request.facility}  # type: ignore[attr-defined]
    listed = rows.select_related("stall")
    return BlockTable(request, listed, reckoned={"told": Count("papers")}).response(
        "till/list.html", context
    )


@ability_required("stall.open", "GET POST")
def new_block(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a block to a stall."""
    with reading(request):
        stall = get_object_or_404(Stall.objects.select_related("facility"), pk=pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        return "till:block", [hand_block(by=by, stall=stall, **facts).pk]

    return form_page(
        request, make=lambda: BlockForm(request.POST or None), do=do, reason="block.hand",
        title=_("Serahkan blok nota kepada stan %(number)s") % {"number": stall.number},
        back=reverse("till:sessions"), done=_("Blok diserahkan."),
        context={"facility": stall.facility},
    )  # fmt: skip


@ability_required("event.view")
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """One block, number by number."""
    row = get_object_or_404(PaperBlock.objects.select_related("stall__event", "facility"), pk=pk)
    papers = list(row.papers.select_related("stall_sale").order_by("number"))
    event = row.stall.event
    is_over = clock.today(event.timezone) >= event.ends_on
    told = {paper.number for paper in papers}
    context = {
        "facility": row.facility,
        "paper_block": row,
        "papers": papers,
        "missing": untold(row, told, is_over=is_over),
        "unwritten": row.size - len(told),
        "can_explain": can(request, "stall.sell", row.facility_id),
    }
    return render(request, "till/block.html", context)


@ability_required("stall.sell", "GET POST")
def block_gaps(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of papers on which nothing was sold."""
    with reading(request):
        row = get_object_or_404(PaperBlock.objects.select_related("facility"), pk=pk)
        told = set(row.papers.values_list("number", flat=True))
    first = next(iter(untold(row, told, is_over=True)), row.first_no)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        explain_gaps(
            by=by, block=row, numbers=form.numbers(), state=facts["state"], reason=facts["reason"]
        )
        return "till:block", [pk]

    form = GapForm(request.POST or None, initial={"first_no": first})
    return form_page(
        request, make=lambda: form, do=do, reason="block.explain",
        title=_("Jelaskan nomor blok %(block)s") % {"block": row},
        back=reverse("till:block", args=[pk]), done=_("Tercatat."),
        context={"facility": row.facility},
    )  # fmt: skip


@ability_required("event.view")
def paper_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo of a nota written by hand."""
    row = get_object_or_404(PaperNota.objects.select_related("block"), pk=pk)
    if not row.photo:
        raise Http404
    return private_file(row.photo, title=f"nota-{row.block.series}-{row.number}")
