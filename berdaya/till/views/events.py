"""Events: list, make, stalls, invitations and answers, proposals and choices, results."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.goods.models import Variant
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility, Office, Party, QrisAccount, Region
from berdaya.institutions.models.parties import SELLER_KINDS
from berdaya.institutions.pages import Address, form_page, one_unit
from berdaya.institutions.queries import reach_of, under
from berdaya.institutions.rules import may, may_anywhere
from berdaya.till import forms as till_forms
from berdaya.till.actions import events
from berdaya.till.models import Event, Invitation, ProductProposal, Stall
from berdaya.till.queries import evidence_of, gate_verdicts, results_of
from berdaya.till.tables import ANSWER_STATES, EVENT_STATES, EventTable, ResultTable, event_state
from berdaya.till.views.shared import bound, find_event

# A region without its own clock takes the one of the facilities there.
USUAL_ZONE = clock.DEFAULT_ZONE


@ability_required("event.view")
def event_list(request: HttpRequest) -> HttpResponse:
    """Every event; anybody may come and look."""
    can_make = may_anywhere(request.actor, "event.edit")  # type: ignore[attr-defined]
    context = {
        "new_url": reverse("till:new_event") if can_make else "",
        "new_label": _("Buat acara"),
    }
    return EventTable(request, Event.objects.all()).response("look/list_page.html", context)


@ability_required("event.edit", "GET POST")
def new_event(request: HttpRequest) -> HttpResponse:
    """A new event of one's own office or one below."""
    actor: Actor = request.actor  # type: ignore[attr-defined]

    def make() -> forms.Form:
        reach = reach_of(actor, "event.edit", clock.today())
        offices = Office.objects.filter(under(reach, "path")).order_by("path")
        regions = Region.objects.filter(level="regency").order_by("name")
        places = Facility.objects.filter(pk__in=actor.facility_ids)
        near = regions.filter(parent__in=places.values("region__parent"))
        return till_forms.EventForm(
            bound(request), offices=offices, regions=near if near.exists() else regions,
            initial={"office": offices.first()},
        )  # fmt: skip

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        office, region = facts.pop("office"), facts.pop("region")
        there = Facility.objects.filter(region=region).first()
        made = events.create_event(
            by=by, office=office, region=region,
            timezone=there.timezone if there else USUAL_ZONE, what=events.EventInput(**facts),
        )  # fmt: skip
        return "till:event", [made.pk]

    return form_page(
        request, make=make, do=do, reason="event.create", title=_("Acara baru"),
        back=reverse("till:events"), done=_("Acara dibuat. Tambahkan stan dan undang UPT."),
    )  # fmt: skip


@ability_required("event.view")
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: its stalls, who is invited, what is proposed and chosen."""
    row = find_event(pk)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    facility: Facility | None = request.facility  # type: ignore[attr-defined]
    proposals = proposals_of(row)
    verdicts = gate_verdicts([one for one in proposals if not hasattr(one, "decision")], row)
    invitations = list(row.invitations.select_related("facility"))
    mine = [one for one in invitations if facility and one.facility_id == facility.pk]
    can_propose = bool(facility) and may(actor, "event.propose", facility.pk).ok
    organises = events.may_organise(actor, row.office).ok
    context = {
        "facility": facility,
        "event": row,
        "state": EVENT_STATES[event_state(row)],
        "is_ahead": event_state(row) != "over",
        "stalls": list(row.stalls.select_related("facility", "cash_taker", "qris")),
        "invitations": [(one, ANSWER_STATES[one.answer]) for one in invitations],
        "proposals": [(one, verdicts.get(one.variant_id)) for one in proposals],
        "organises": organises,
        "mine": mine[0] if mine and can_propose else None,
        "can_hand_out": bool(facility) and may(actor, "handout.make", facility.pk).ok,
    }
    return render(request, "till/event.html", context)


def proposals_of(row: Event) -> list[ProductProposal]:
    """Proposals in sight, with their decisions."""
    rows = row.proposals.select_related(
        "facility", "variant__product", "variant__measure", "decision"
    )
    return list(rows)


@ability_required("event.edit", "GET POST")
def new_stall(request: HttpRequest, pk: int) -> HttpResponse:
    """Set up a stall."""
    with reading(request):
        row = find_event(pk)

    def make() -> forms.Form:
        hosts = request.actor.facility_ids  # type: ignore[attr-defined]
        parties = Party.objects.filter(
            kind__in=SELLER_KINDS, facility__in=hosts, book__isnull=False
        ).order_by("name")
        qris = QrisAccount.objects.usable(row.begins_on).filter(owner__in=parties)
        first = {"number": row.stalls.count() + 1}
        return till_forms.StallForm(bound(request), parties=parties, qris=qris, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        facts["difference_limit_rp"] = facts["difference_limit_rp"] or 0
        host = facts["cash_taker"].facility
        events.add_stall(by=by, event=row, host=host, what=events.StallInput(**facts))
        return "till:event", [pk]

    return form_page(
        request, make=make, do=do, reason="event.stall", title=_("Stan baru"),
        back=reverse("till:event", args=[pk]), done=_("Stan ditambahkan."),
    )  # fmt: skip


@ability_required("event.edit", "GET POST")
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask units to take part."""
    with reading(request):
        row = find_event(pk)

    def make() -> forms.Form:
        seen = Facility.objects.producing().filter(pk__in=request.actor.facility_ids)  # type: ignore[attr-defined]
        free = seen.exclude(pk__in=row.invitations.values("facility")).order_by("name")
        return till_forms.InviteForm(bound(request), facilities=free)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        events.invite_units(by=by, event=row, facilities=facts["facilities"])
        return "till:event", [pk]

    return form_page(
        request, make=make, do=do, reason="event.invite", title=_("Undang UPT"),
        back=reverse("till:event", args=[pk]), done=_("Diundang. Mereka melihatnya di Hari Ini."),
    )  # fmt: skip


@ability_required("event.propose", "GET POST")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit says whether it comes."""
    facility = one_unit(request)
    with reading(request):
        rows = Invitation.objects.select_related("event")
        row = get_object_or_404(rows, event=pk, facility=facility)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        events.answer_invitation(by=by, invitation=row, **facts)
        return "till:event", [pk]

    return form_page(
        request, make=lambda: till_forms.AnswerForm(bound(request)), do=do,
        reason="event.answer", title=row.event.label, back=reverse("till:event", args=[pk]),
        done=_("Jawaban dikirim kepada penyelenggara."),
    )  # fmt: skip


@ability_required("event.propose", "GET POST")
def new_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit proposes one product."""
    facility = one_unit(request)
    with reading(request):
        row = find_event(pk)

    def make() -> forms.Form:
        known = ProductProposal.objects.filter(event=row).values("variant")
        free = Variant.objects.filter(Q(facility=facility, is_active=True)).exclude(pk__in=known)
        variants = free.select_related("product").order_by("product__name", "sku")
        return till_forms.ProposalForm(bound(request), variants=variants)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        products = [events.ProposalInput(**facts)]
        events.propose_products(by=by, event=row, facility=facility, products=products)
        return "till:event", [pk]

    return form_page(
        request, make=make, do=do, reason="event.propose", title=_("Usulkan produk"),
        back=reverse("till:event", args=[pk]), done=_("Diusulkan. Penyelenggara memutuskannya."),
    )  # fmt: skip


@ability_required("event.edit", "GET POST")
def decisions(request: HttpRequest, pk: int) -> HttpResponse:
    """The organiser chooses; beside each proposal stands what the market asks."""
    with reading(request):
        row = find_event(pk)
        open_ones = [one for one in proposals_of(row) if not hasattr(one, "decision")]
        verdicts = gate_verdicts(open_ones, row)
        form = till_forms.DecisionForm(bound(request), proposals=open_ones)
        is_valid = request.method == "POST" and form.is_valid()
    if is_valid:
        with acting(request.actor, "event.choose") as scope:  # type: ignore[attr-defined]
            events.decide_proposals(by=scope.actor, event=row, choices=form.choices)
        messages.success(request, _("Diputuskan. UPT pengusul melihatnya di halaman acara."))
        return redirect("till:event", pk)
    rows = [(*one, verdicts[one[0].variant_id]) for one in form.rows]
    context = {"event": row, "form": form, "rows": rows, "facility": None}
    with reading(request):
        status = 422 if form.is_bound else 200
        return render(request, "till/decisions.html", context, status=status)


@ability_required("event.view")
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """How an event went, product by product, and what proves each unit's turnover."""
    row = find_event(pk)
    context = {
        "event": row,
        "facility": request.facility,  # type: ignore[attr-defined]
        "owners": evidence_of(row),
        "stall_count": Stall.objects.filter(event=row).count(),
    }
    return ResultTable(request, results_of(row)).response("till/results.html", context)
