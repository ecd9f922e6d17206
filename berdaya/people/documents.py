"""The papers of consent: the form to read out, the confirmation that it was taken back."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from berdaya.core import clock
from berdaya.look.paper import Paper, render_pdf
from berdaya.papers.models import Document
from berdaya.papers.prints import head_of
from berdaya.people.models import (
    Channel,
    Consent,
    ConsentPurpose,
    ConsentText,
    Participant,
    Placement,
)

STATEMENT, PUBLICITY, WITHDRAWAL = "SPK", "SPP", "SKC"
ENGLISH = "en"


def kind_of(text: ConsentText) -> str:
    """The kind of document that a text is printed as."""
    return PUBLICITY if text.purpose == ConsentPurpose.PUBLICITY else STATEMENT


def form_subject(person: Participant, text: ConsentText, day: date) -> str:
    """A form is about a person, a text and the day on which it was printed.

    Of those for publicity each print is a paper of its own: the item is written in by hand.
    """
    subject = f"consent:{person.code}:{text.pk}:{day}"
    if text.purpose != ConsentPurpose.PUBLICITY:
        return subject
    printed = Document.objects.filter(type__code=PUBLICITY, subject_ref__startswith=f"{subject}:")
    return f"{subject}:{printed.count() + 1}"


def blocks(body: str) -> list[dict[str, str]]:
    """The paragraphs of a text: `kind` is head or text."""
    found = []
    for line in filter(None, (line.strip() for line in body.splitlines())):
        is_head = line.startswith("# ")
        found.append({"kind": "head" if is_head else "text", "text": line.removeprefix("# ")})
    return found


def print_form(document: Document, paper: Paper) -> bytes:
    """The statement in its text's language; name, item and day are left to the pen."""
    _kind, code, pk, *_when = document.subject_ref.split(":")
    text = ConsentText.objects.get(pk=int(pk))
    language = ENGLISH if text.language == ENGLISH else "id"
    with override(language):
        data = {
            **head_of(document),
            **_title(document, language),
            "lang": language,
            "purpose": text.get_purpose_display(),
            "version": text.version,
            "blocks": blocks(text.body),
            "person": _person(code, document.facility_id),
            "is_publicity": text.purpose == ConsentPurpose.PUBLICITY,
            "channels": [str(one.label) for one in Channel],
        }
        return render_pdf("people/consent.typ", data, paper)


def _title(document: Document, language: str) -> dict[str, str]:
    kind = document.type
    return {"title": kind.name_en if language == ENGLISH else kind.name}


def _person(code: str, facility_id: int) -> dict[str, str]:
    """Work number and pseudonym; the name is written by hand, a register number never."""
    rows = Placement.objects.filter(participant__code=code, facility_id=facility_id)
    place = rows.select_related("participant").order_by("-valid_from").first()
    if place is None:
        return {"number": "", "pseudonym": Participant.objects.get(code=code).pseudonym}
    return {"number": place.work_number, "pseudonym": place.participant.pseudonym}


def print_withdrawal(document: Document, paper: Paper) -> bytes:
    """The confirmation that a consent was taken back, in the language of its text."""
    pk = int(document.subject_ref.partition(":")[2])
    consent = Consent.objects.select_related("participant", "text").get(pk=pk)
    language = ENGLISH if consent.text and consent.text.language == ENGLISH else "id"
    with override(language):
        data = {
            **head_of(document),
            **_title(document, language),
            "lang": language,
            "purpose": consent.get_purpose_display(),
            "facts": _facts(consent, document.facility_id, language),
            "kind": consent.purpose,
        }
        return render_pdf("people/withdrawal.typ", data, paper)


def _facts(consent: Consent, facility_id: int, language: str) -> list[tuple[str, str]]:
    person = _person(consent.participant.code, facility_id)
    heads = {
        "id": ("Nomor kerja", "Nama samaran", "Kesediaan", "Diberikan", "Saluran", "Dicabut"),
        ENGLISH: ("Work number", "Pseudonym", "Consent", "Given on", "Channel", "Withdrawn"),
    }[language]
    withdrawn = consent.withdrawn_on
    told: tuple[Any, ...] = (
        person["number"],
        person["pseudonym"],
        consent.get_purpose_display(),
        clock.format_date(consent.given_on, language),
        consent.get_channel_display() if consent.channel else "",
        clock.format_date(withdrawn, language) if withdrawn else "",
    )
    return [(head, str(one)) for head, one in zip(heads, told, strict=True) if one]


def page_of_form(document: Document) -> str:
    """The person's own page of work."""
    return reverse("people:work", args=[document.subject_ref.split(":")[1]])


def page_of_withdrawal(document: Document) -> str:
    """The page of the person whose consent it was."""
    pk = int(document.subject_ref.partition(":")[2])
    consent = Consent.objects.select_related("participant").filter(pk=pk).first()
    return reverse("people:work", args=[consent.participant.code]) if consent else ""
