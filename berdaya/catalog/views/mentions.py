"""Mentions of makers: who consented on a listing, what was proposed, the head's decision."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.catalog.actions.clean_pages import make_clean_page
from berdaya.catalog.actions.mentions import approve_mention, decline_mention, propose_mention
from berdaya.catalog.forms_mention import CleanPageForm, MentionForm, NothingForm
from berdaya.catalog.models import MakerMention
from berdaya.catalog.queries_mention import default_label, mention_states, publicity_of
from berdaya.catalog.tables_mention import MENTION_STATES, MentionTable
from berdaya.catalog.views.shared import find_listing
from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, act, can, form_page, seen
from berdaya.people.actions.papers import withdraw_consent
from berdaya.people.models import Consent, Participant, Placement

RELATED = ("listing__current", "facility", "consent")


@ability_required("publicity.view")
def mention_list(request: HttpRequest) -> HttpResponse:
    """Every mention that was ever proposed at the facilities on view."""
    rows = MakerMention.objects.filter(facility__in=seen(request)).select_related(*RELATED)
    table = MentionTable(request, mention_states(rows, clock.now()))
    return table.response("look/list_page.html", {})


@ability_required("publicity.view")
def mentions(request: HttpRequest, slug: str) -> HttpResponse:
    """One listing: consents to be mentioned on it, and every mention with its state."""
    listing = find_listing(slug)
    day = clock.today(listing.facility.timezone)
    rows = mention_states(MakerMention.objects.filter(listing=listing), clock.now())
    listed = list(rows.select_related("decision__shown", "consent", "proposed_by"))
    busy = {one.consent_id for one in listed if one.state in ("waiting", "shown")}
    consents = [(one, one.holds_on(day) and one.pk not in busy) for one in publicity_of(listing)]
    context = {
        "facility": listing.facility,
        "listing": listing,
        "consents": consents,
        "mentions": [(one, MENTION_STATES[one.state]) for one in listed],
        "can_record": can(request, "publicity.record", listing.facility_id),
        "can_decide": can(request, "listing.approve", listing.facility_id),
        "user_id": request.actor.user_id,  # type: ignore[attr-defined]
    }
    return render(request, "catalog/mentions.html", context)


def _consent(slug: str, pk: int) -> Consent:
    rows = Consent.objects.select_related("participant", "facility")
    return get_object_or_404(rows, pk=pk, item=slug, purpose="publicity")


@ability_required("publicity.record", "GET POST")
def new_mention(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The label that this person chose, put before the head."""
    found: dict[str, Any] = {}

    def make() -> MentionForm:
        found["listing"], found["consent"] = find_listing(slug), _consent(slug, pk)
        first = {"label": default_label(found["listing"])}
        return MentionForm(request.POST or None, listing=found["listing"], initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        propose_mention(by=by, listing=found["listing"], consent=found["consent"], **facts)
        return "catalog:mentions", [slug]

    return form_page(
        request, make=make, do=do, reason="mention.propose", title=_("Ajukan sebutan"),
        back=reverse("catalog:mentions", args=[slug]), done=_("Diajukan kepada Kepala."),
        context={"note": _("Tunjukkan dulu kepada orangnya seperti apa nanti tampilnya.")},
    )  # fmt: skip


@ability_required("publicity.record", "GET POST")
def publicity_withdrawal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Consent to be mentioned here is taken back; nobody is asked why."""
    found: dict[str, Consent] = {}

    def make() -> NothingForm:
        found["consent"] = _consent(slug, pk)
        return NothingForm(request.POST if request.method == "POST" else None)

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        consent = found["consent"]
        day = clock.today(consent.facility.timezone)
        withdraw_consent(by=by, consent=consent, withdrawn_on=day)
        return "catalog:mentions", [slug]

    return form_page(
        request, make=make, do=do, reason="publicity.withdraw", title=_("Cabut kesediaan disebut"),
        back=reverse("catalog:mentions", args=[slug]),
        done=_("Dicabut. Sebutan dan fotonya hilang dari semua halaman dalam satu menit."),
        context={"note": _("Alasan tidak ditanyakan, dan tidak ada hal lain yang berubah.")},
    )  # fmt: skip


def _mention(slug: str, pk: int) -> MakerMention:
    rows = MakerMention.objects.select_related("listing__facility", "consent")
    found = rows.filter(listing__slug=slug, pk=pk).first()
    if found is None:
        raise Http404
    return found


@ability_required("listing.approve", "POST")
def mention_approval(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Shown from now on, until the consent ends."""

    def do(by: Actor) -> Address:
        approve_mention(by=by, mention=_mention(slug, pk))
        return "catalog:mentions", [slug]

    return act(request, "mention.approve", do, _("Sebutan tampil sekarang."))


@ability_required("listing.approve", "POST")
def mention_decline(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Sent back with a reason."""

    def do(by: Actor) -> Address:
        reason = request.POST.get("reason", "")[:200]
        decline_mention(by=by, mention=_mention(slug, pk), reason=reason)
        return "catalog:mentions", [slug]

    return act(request, "mention.decline", do, _("Dikembalikan."))


@ability_required("consent.record", "GET POST")
def clean_page(request: HttpRequest, code: str) -> HttpResponse:
    """A released person's word: not mentioned any more, anywhere, ever."""
    found: dict[str, Any] = {}

    def make() -> CleanPageForm:
        person = get_object_or_404(Participant.objects.select_related("facility"), code=code)
        rows = Placement.objects.filter(participant=person).select_related("facility")
        last = rows.order_by("-valid_from").first()
        found["person"], found["place"] = person, last.facility if last else person.facility
        return CleanPageForm(request.POST or None, initial={"asked_on": clock.today()})

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        make_clean_page(by=by, participant=found["person"], facility=found["place"], **facts)
        return "people:work", [code]

    return form_page(
        request, make=make, do=do, reason="clean_page.make", title=_("Halaman bersih"),
        back=reverse("people:work", args=[code]), done=_("Bersih untuk seterusnya."),
        context={"note": _("Semua sebutan dan foto orang ini hilang dari halaman umum dan tidak"
                           " dapat dipasang lagi. Barang, penjualan, dan premi tidak berubah.")},
    )  # fmt: skip
