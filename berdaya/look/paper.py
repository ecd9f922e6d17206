"""Paper: PDF from a Typst template and plain data, the same bytes for the same data; and PNG."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import typst
from django.http import HttpResponse
from django.utils.encoding import force_str
from django.utils.functional import Promise

from berdaya.core import money
from berdaya.look import motif

Paper = Literal["a4", "f4", "a5", "a6", "58mm", "80mm"]
PAPERS = ("a4", "f4", "a5", "a6", "58mm", "80mm")
ROOMS = Path(__file__).resolve().parent.parent

# A PDF tells when it was made; the paper itself carries its date, so the file's own stays fixed.
MADE = datetime(2026, 1, 1, tzinfo=UTC)


def render_pdf(template_name: str, data: dict[str, Any], paper: Paper = "a4") -> bytes:
    """The PDF of `<room>/<name>.typ`, or `<name>.typ` of the look.

    `data` may hold text, numbers, dates, lists and dicts; it reaches the template as `data`, with
    `data.motif` drawn from `data["seed"]`. ValueError for an unknown paper or template.
    """
    if paper not in PAPERS:
        raise ValueError(f"unknown paper {paper!r}")
    inputs = {"data": json.dumps(_with_motif(data), default=_plain), "paper": paper}
    return typst.compile(
        _source(template_name),
        root=ROOMS,
        format="pdf",
        sys_inputs=inputs,
        timestamp=MADE,
        ignore_system_fonts=True,
    )


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to look at or print, named `name`, kept by no cache."""
    headers = {
        "Content-Disposition": f'inline; filename="{name.replace("/", "-")}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def render_png(template_name: str, data: dict[str, Any], ppi: float = 144) -> bytes:
    """The first page as a picture, for what is shown outside; the template sets the page's size."""
    inputs = {"data": json.dumps(_with_motif(data), default=_plain)}
    drawn = typst.compile(
        _source(template_name),
        root=ROOMS,
        format="png",
        ppi=ppi,
        sys_inputs=inputs,
        ignore_system_fonts=True,
    )
    return drawn[0] if isinstance(drawn, list) else drawn


def ask_template(template_name: str, data: dict[str, Any], label: str) -> Any:
    """What a template reckons for us: the value of its one `metadata` with this label.

    For questions that only setting the type can answer, such as whether a text fits.
    """
    inputs = {"data": json.dumps(_with_motif(data), default=_plain)}
    found = typst.query(
        _source(template_name),
        f"<{label}>",
        field="value",
        one=True,
        root=ROOMS,
        sys_inputs=inputs,
        ignore_system_fonts=True,
    )
    return json.loads(found) if isinstance(found, str) else found


def _source(template_name: str) -> Path:
    room, _, name = template_name.rpartition("/")
    source = (ROOMS / (room or "look") / "typst" / name).resolve()
    if not source.is_relative_to(ROOMS) or not source.is_file():
        raise ValueError(f"no template {template_name!r}")
    return source


def _with_motif(data: dict[str, Any]) -> dict[str, Any]:
    seed = str(data.get("seed") or "berdaya")
    return {**data, "motif": motif.paper_strip_svg(seed)}


def _plain(value: object) -> object:
    if isinstance(value, Promise):
        return force_str(value)
    if isinstance(value, Decimal):
        return money.format_qty(value)
    return str(value)
