"""Labels on paper: which size of letters fits, one label as a picture, all of them as a PDF."""

import json
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

import segno
from pypdf import PdfReader, PdfWriter

from berdaya.core.verdicts import Reason
from berdaya.labels import calc, rules
from berdaya.labels.layouts import LAYOUTS, Layout, sheets_for, sizes
from berdaya.labels.queries import Known, number_of, subject_of
from berdaya.labels.telling import Told, tell
from berdaya.labels.words import Audience, Kind, Speech, care_svg
from berdaya.look.paper import ask_template, render_pdf, render_png
from berdaya.stock.prints import origin_url

TEMPLATE = "labels/label.typ"
QUIET_DOTS = 4
PREVIEW_PPI = 406  # twice a thermal printer's dots


@dataclass(frozen=True)
class Sheet:
    """What is printed: the words, the codes, and the paper. `number` is empty without bars."""

    told: Told
    origin: str
    seed: str
    number: str
    layout: Layout
    is_food: bool
    speech: str = Speech.ID


@dataclass(frozen=True)
class Fit:
    """The letters' size in points, and whether the bars found room."""

    size: float
    with_bars: bool


def sheet_for(known: Known, layout: Layout, audience: str, speech: str) -> Sheet:
    """A lot's label on a paper, for a market and in one language or two."""
    lot = known.lot
    return Sheet(
        told=tell(subject_of(known), speech),
        origin=origin_url(lot),
        seed=lot.facility.code,
        number=number_of(lot.variant, audience),
        layout=layout,
        is_food=known.facts.kind in (Kind.FOOD, Kind.FRESH),
        speech=speech,
    )


def fit(sheet: Sheet, audience: str) -> Fit | None:
    """How it fits, or None. In our own shops bars give way to words; outside they may not."""
    wishes = [True] if sheet.number else [False]
    if sheet.number and audience == Audience.OWN:
        wishes.append(False)
    for with_bars in wishes:
        asked = {"mode": "fit", "wants_bars": with_bars, "sizes": _tried(sheet)}
        size = _fitting(json.dumps(_data(sheet) | asked))
        if size:
            return Fit(size, with_bars)
    return None


@lru_cache(maxsize=256)
def _fitting(data: str) -> float:
    """The largest size that fits, 0 for none; setting type is slow, and the same for the same."""
    return float(ask_template(TEMPLATE, json.loads(data), "fit"))


def usual_paper(sheet: Sheet, audience: str) -> Layout:
    """The first paper of the list on which everything fits, else the first on which words do."""
    found: list[Layout] = []
    for layout in LAYOUTS.values():
        fitted = fit(replace(sheet, layout=layout), audience)
        if fitted is not None and fitted.with_bars == bool(sheet.number):
            return layout
        found += [layout] if fitted else []
    return found[0] if found else sheet.layout


def other_paper(sheet: Sheet, audience: str) -> Layout | None:
    """The first paper of the list on which it does fit."""
    for layout in LAYOUTS.values():
        if layout != sheet.layout and fit(replace(sheet, layout=layout), audience):
            return layout
    return None


def why_not(sheet: Sheet, audience: str, pages: rules.Pages) -> Reason:
    """The reason against a paper on which the label does not fit, with one on which it does."""
    other = other_paper(sheet, audience)
    if other is None:
        return rules.nowhere_fits(next_url=pages.text)
    asked = {"kertas": other.code, "untuk": audience, "bahasa": sheet.speech}
    return rules.too_small(
        paper=sheet.layout.label, other=other.label, next_url=f"{pages.label}?{urlencode(asked)}"
    )


def labels_pdf(sheet: Sheet, fitted: Fit, copies: int, first: int = 1) -> bytes:
    """So many labels, on sheets from cell `first` on, or one a page of thermal paper.

    Sheets that are alike are set once: five hundred labels cost what one sheet costs.
    """
    writer = PdfWriter()
    for (begun, count), alike in groupby(sheets_for(copies, first, sheet.layout.a_sheet)):
        pdf = render_pdf(TEMPLATE, print_data(sheet, fitted, count, begun))
        page = PdfReader(BytesIO(pdf)).pages[0]
        for _one in alike:
            writer.add_page(page)
    writer.add_metadata({"/Title": sheet.told.name})
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def print_data(sheet: Sheet, fitted: Fit, copies: int, first: int = 1) -> dict[str, Any]:
    """What the template is given to print them."""
    asked = {"mode": "print", "copies": copies, "first": first, **_fitted(fitted)}
    return _data(sheet) | asked


def label_png(sheet: Sheet, fitted: Fit | None, draft: str = "", ppi: float = PREVIEW_PPI) -> bytes:
    """One label as a picture. `draft` is written across it while something is missing.

    Where it does not fit, the picture is as long as its words, with the label's edge drawn across.
    """
    usual = fitted or Fit(min(_tried(sheet)), with_bars=False)
    asked = {
        "mode": "preview",
        "is_over": fitted is None,
        "is_draft": bool(draft),
        "draft_says": draft,
        **_fitted(usual),
    }
    return render_png(TEMPLATE, _data(sheet) | asked, ppi=ppi)


def _tried(sheet: Sheet) -> list[float]:
    return sizes(sheet.layout, sheet.is_food)


def _fitted(fitted: Fit) -> dict[str, Any]:
    return {"size": fitted.size, "with_bars": fitted.with_bars}


def _data(sheet: Sheet) -> dict[str, Any]:
    made = segno.make(sheet.origin, error="m", micro=False)
    svg = BytesIO()
    made.save(svg, kind="svg", border=QUIET_DOTS, dark="#000000", light="#FFFFFF")
    dots = made.symbol_size(border=QUIET_DOTS)[0]
    told = sheet.told.as_frozen()
    told["care"] = [{"words": words, "drawing": care_svg(code)} for code, words in sheet.told.care]
    return {
        "seed": sheet.seed,
        "layout": sheet.layout.told(),
        "label": told,
        "qr": svg.getvalue().decode(),
        "qr_mm": dots * sheet.layout.dot_mm,
        "qr_says": "Cek asalnya",
        "number": sheet.number,
        "bars": [asdict(bar) for bar in calc.bars_of(sheet.number)] if sheet.number else [],
    }
