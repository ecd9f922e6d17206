"""Where rooms say how their kinds of documents are printed; the register prints them all."""

from collections.abc import Callable
from typing import Any, cast

from django.utils.translation import override

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.institutions.queries import is_demo
from berdaya.look.paper import Paper
from berdaya.papers import rules
from berdaya.papers.models import Document
from berdaya.papers.queries import letterhead

# Given the document, numbered and counted, and the paper: its PDF.
Printer = Callable[[Document, Paper], bytes]
Page = Callable[[Document], str]
# By kind and by what its subject begins with: a delivery note goes with a gate pass or an order.
_printers: dict[tuple[str, str], Printer] = {}
_pages: dict[tuple[str, str], Page] = {}


def declare_print(code: str, printer: Printer, page: Page | None = None, subject: str = "") -> None:
    """Register, in AppConfig.ready, how a kind is printed, and the page that it came from.

    `subject`: only documents about such a thing (`order:…`); the others go by the kind alone.
    """
    _printers[code, subject] = printer
    if page is not None:
        _pages[code, subject] = page


def _keys(document: Document) -> list[tuple[str, str]]:
    return [(document.type.code, document.subject_ref.partition(":")[0]), (document.type.code, "")]


def can_print(document: Document) -> bool:
    """Whether a room prints this kind from the register."""
    return any(key in _printers for key in _keys(document))


def page_of(document: Document) -> str:
    """The address of what the document is about; empty where no room said."""
    page = next((_pages[key] for key in _keys(document) if key in _pages), None)
    return page(document) if page else ""


def render(document: Document, paper: str = "") -> bytes:
    """The PDF as it is now, on the kind's usual paper unless another is named.

    From the second print on it says SALINAN. Refused: print_unknown, paper_unknown.
    """
    if not can_print(document):
        raise Refused(rules.print_unknown())
    on = chosen_paper(document, paper)
    with override("id"):  # official papers are Indonesian, whoever prints them
        printer = next(_printers[key] for key in _keys(document) if key in _printers)
        return printer(document, on)


def chosen_paper(document: Document, paper: str) -> Paper:
    """The paper asked for, or the kind's usual one. Refused: paper_unknown."""
    if paper and paper not in document.type.papers:
        raise Refused(rules.paper_unknown())
    return cast(Paper, paper or document.type.paper)


def head_of(document: Document) -> dict[str, Any]:
    """What every official print begins and ends with, in the shape look/typst/base.typ reads."""
    facility = document.facility
    place = f"{facility.town}, {clock.format_date(document.day)}"
    return {
        "title": document.type.name,
        "number": document.number_text,
        "facility": letterhead(facility),
        "seed": facility.code,
        "day": clock.format_date(document.day),
        "is_copy": document.is_copy,
        "is_sample": is_demo(),
        "signers": [
            {
                "place": place if last else "",
                "role": one["post"],
                "name": one["name"] or "………………………………",
                "nip": one["nip"],
                "acting": one["acting"],
            }
            for last, one in _with_last(document.signers)
        ],
    }


def _with_last(signers: list[dict[str, str]]) -> list[tuple[bool, dict[str, str]]]:
    return [(place == len(signers) - 1, one) for place, one in enumerate(signers)]
