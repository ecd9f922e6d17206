"""Consents: recorded from the signed paper, printed to be read out, taken back, listed."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.core.uploads.serving import private_data
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, form_page, seen
from berdaya.institutions.rules import may, may_anywhere, places_of
from berdaya.look.paper import pdf_response
from berdaya.papers.actions.documents import print_subject
from berdaya.people import documents
from berdaya.people.actions.papers import record_consent
from berdaya.people.actions.scans import open_scan
from berdaya.people.actions.texts import publish_text
from berdaya.people.forms_consent import ConsentForm, PublicityForm, SignedForm, TextForm
from berdaya.people.forms_reveals import OpeningForm
from berdaya.people.models import (
    Consent,
    ConsentProof,
    ConsentPurpose,
    ConsentText,
    RevealPurpose,
    TextLanguage,
)
from berdaya.people.queries_consent import consent_states, text_for, without_consent
from berdaya.people.rules_consent import text_missing
from berdaya.people.tables_consent import ConsentTable, MissingTable, TextTable
from berdaya.people.tables_publicity import PublicityTable, to_ask
from berdaya.people.views.shared import person_and_place


@ability_required("people.view")
def consent_list(request: HttpRequest) -> HttpResponse:
    """Who agreed to what; those to be asked again are one filter away."""
    rows = Consent.objects.filter(facility_id__in=seen(request)).select_related("participant")
    return ConsentTable(request, consent_states(rows, clock.today())).response(
        "look/list_page.html",
        {"note": _("Kesediaan lama tetap berlaku untuk apa yang dikatakannya. Bertanya lagi boleh,"
                   " memaksa tidak.")},
    )  # fmt: skip


@ability_required("people.view")
def consent_missing(request: HttpRequest) -> HttpResponse:
    """Who is placed in work without having consented to it."""
    rows = without_consent(seen(request), clock.today()).select_related("participant", "facility")
    return MissingTable(request, rows).response("look/list_page.html", {})


@ability_required("consent.record", "GET POST")
def consents(request: HttpRequest, code: str) -> HttpResponse:
    """A signed consent to work, to share data, or to receive messages."""
    return _record(request, code, ConsentForm, _("Catat pernyataan kesediaan"))


@ability_required("publicity.record")
def publicity_people(request: HttpRequest) -> HttpResponse:
    """Whom one may ask to be mentioned, for who sees no other page about people."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = to_ask(places_of(actor, "publicity.record", seen(request)))
    return PublicityTable(request, rows.select_related("participant", "facility")).response(
        "look/list_page.html",
        {"note": _("Menjawab tidak sama baiknya. Tanyakan tanpa menjanjikan apa pun.")},
    )  # fmt: skip


@ability_required("publicity.record", "GET POST")
def publicity(request: HttpRequest, code: str) -> HttpResponse:
    """A signed consent to be mentioned on one item, in one channel."""
    print_url = reverse("people:publicity_print", args=[code])
    more = {"print_url": print_url, "languages": TextLanguage.choices}
    return _record(request, code, PublicityForm, _("Catat kesediaan disebut"), more)


def _home(request: HttpRequest, code: str) -> Address:
    """The person's papers, or the list of those to ask for who may not see papers."""
    if may_anywhere(request.actor, "person.view"):  # type: ignore[attr-defined]
        return "people:work", [code]
    return "people:publicity_people", []


def _record(
    request: HttpRequest,
    code: str,
    form_class: type[SignedForm],
    title: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    found: dict[str, Any] = {}

    def make() -> SignedForm:
        found["person"], found["facility"] = person_and_place(request, code)
        day = clock.today(found["facility"].timezone)
        first = {"given_on": day, "last_day": day + timedelta(days=364)}
        return form_class(
            request.POST or None, request.FILES or None, facility=found["facility"], day=day,
            initial=first,
        )  # fmt: skip

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        record_consent(by=by, participant=found["person"], facility=found["facility"], **facts)
        return home

    home = _home(request, code)
    return form_page(
        request, make=make, do=do, reason="papers.record_consent",
        title=title, back=reverse(home[0], args=home[1]), done=_("Tercatat."),
        template="people/consent_form.html",
        context={**(more or {}), "found": found, "sees_papers": bool(home[1])},
    )  # fmt: skip


@ability_required("consent.record", "POST")
def consent_print(request: HttpRequest, code: str) -> HttpResponse:
    """The form to read out and sign, on the text that was chosen."""
    return _print(request, code, request.POST.get("purpose", ""))


@ability_required("publicity.record", "POST")
def publicity_print(request: HttpRequest, code: str) -> HttpResponse:
    """The form about being mentioned alone."""
    return _print(request, code, ConsentPurpose.PUBLICITY)


def _print(request: HttpRequest, code: str, purpose: str) -> HttpResponse:
    with acting(request.actor, "consent.print") as scope:  # type: ignore[attr-defined]
        person, facility = person_and_place(request, code)
        day = clock.today(facility.timezone)
        text = text_for(purpose, request.POST.get("language", ""), day)
        if text is None:
            raise Refused(text_missing())
        content = print_subject(
            by=scope.actor, type=documents.kind_of(text), facility=facility, day=day,
            subject_ref=documents.form_subject(person, text, day),
            paper=request.POST.get("paper", ""),
        )  # fmt: skip
    return pdf_response(content, f"kesediaan-{text.purpose}-{code}")


@ability_required("identity.consent", "GET POST")
@never_cache
def consent_scan(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The sealed scan of one consent: the reason is chosen, then the file comes once."""
    posted = request.POST if request.method == "POST" else None
    form = OpeningForm(posted, purpose=RevealPurpose.CONSENT)
    if request.method == "POST" and form.is_valid():
        with acting(request.actor, "consent.scan") as scope:  # type: ignore[attr-defined]
            person, facility = person_and_place(request, code)
            proof = get_object_or_404(ConsentProof, participant=person, consent=pk)
            scan = open_scan(
                by=scope.actor, facility=facility, proof=proof, reason=form.cleaned_data["reason"]
            )
        return private_data(scan.content, scan.kind, title=f"kesediaan-{code}-{pk}")
    with reading(request):
        person, facility = person_and_place(request, code)
        get_object_or_404(ConsentProof.objects.only("pk"), participant=person, consent=pk)
        context = {
            "form": form, "person": person, "facility": facility,
            "back": reverse("people:work", args=[code]), "title": _("Buka pindaian kesediaan"),
        }  # fmt: skip
        return render(request, "people/opening.html", context, status=422 if form.is_bound else 200)


@ability_required("publicity.record", "POST")
def withdrawal_print(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The paper that says that a consent was taken back."""
    with acting(request.actor, "consent.withdrawal_print") as scope:  # type: ignore[attr-defined]
        person, place = person_and_place(request, code)
        rows = Consent.objects.filter(participant=person, withdrawn_on__isnull=False)
        consent = get_object_or_404(rows.select_related("facility"), pk=pk)
        own = consent.facility_id in scope.actor.facility_ids
        facility = consent.facility if own else place
        require(may(scope.actor, "publicity.record", facility.pk))
        content = print_subject(
            by=scope.actor, type=documents.WITHDRAWAL, facility=facility,
            day=clock.today(facility.timezone), subject_ref=f"withdrawal:{consent.pk}",
            paper=request.POST.get("paper", ""),
        )  # fmt: skip
    return pdf_response(content, f"pencabutan-{code}-{consent.withdrawn_on}")


@ability_required("people.view")
def texts(request: HttpRequest) -> HttpResponse:
    """Every version of the texts; new ones come from the national office."""
    edits = may_anywhere(request.actor, "text.edit")  # type: ignore[attr-defined]
    context = {
        "new_url": reverse("people:new_text") if edits else "",
        "new_label": _("Naskah baru"),
    }
    return TextTable(request, ConsentText.objects.all()).response("look/list_page.html", context)


@ability_required("people.view")
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """One text, as it is read out."""
    row = get_object_or_404(ConsentText, pk=pk)
    context = {"text": row, "blocks": documents.blocks(row.body)}
    return render(request, "people/text.html", context)


@ability_required("text.edit", "GET POST")
def new_text(request: HttpRequest) -> HttpResponse:
    """A new version, from a coming day on."""
    form = TextForm(request.POST or None)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        publish_text(
            by=by, purpose=facts["purpose"], version=facts["version"],
            in_force_from=facts["in_force_from"], bodies=form.bodies(),
        )  # fmt: skip
        return "people:texts", []

    return form_page(
        request, make=lambda: form, do=do, reason="text.publish", title=_("Naskah baru"),
        back=reverse("people:texts"), done=_("Berlaku mulai tanggal itu."),
        context={"note": _("Tulis apa yang dicatat, untuk apa, berapa lama, hak orangnya, dan cara"
                           " mencabutnya. Naskah yang sudah ada tidak dapat diubah.")},
    )  # fmt: skip
