"""Certificates on paper: the one place where a name meets one, and it is kept nowhere.

The paper says who taught, never where; its cloth is drawn from the issuer's code.
"""

import io
from collections.abc import Sequence
from typing import Any

import segno

from berdaya.core import clock
from berdaya.core.codes import format_code
from berdaya.institutions.queries import is_demo
from berdaya.look import motif
from berdaya.look.paper import render_pdf
from berdaya.people.actions.reveals import Opened
from berdaya.training import addresses
from berdaya.training.models import Certificate

# Millimetres, ten to the unit.
WIDE, TALL, SQUARE = 320, 2100, 8


def certificates_pdf(rows: Sequence[Certificate], opened: Opened) -> bytes:
    """One sheet each for those whose name was opened, in order of their number.

    Rows come with credential, its issuer, and provider. ValueError when nobody's name is there.
    """
    named = [(row, opened.people[row.participant_id].identity.name) for row in rows]
    sheets = [_sheet(row, name) for row, name in named if name]
    if not sheets:
        raise ValueError("no certificate without a name")
    first = rows[0].credential
    assert first is not None  # only issued ones are printed
    data = {
        "issuer": first.issuer_name,
        "cloth": cloth_svg(first.issuer.slug),
        "sheets": sorted(sheets, key=lambda one: one["number"]),
    }
    return render_pdf("training/certificate.typ", data)


def cloth_svg(seed: str) -> str:
    """The woven edge as a drawing of its own."""
    cloth = motif.weave(seed, WIDE, TALL, SQUARE)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {TALL}" width="{WIDE}"'
        f' height="{TALL}"><defs>{cloth.defs}</defs>{cloth.body}</svg>'
    )


def _sheet(row: Certificate, name: str) -> dict[str, Any]:
    one = row.credential
    assert one is not None
    return {
        "issuer": one.issuer_name,
        "number": one.number,
        "name": name,
        "title": one.title,
        "title_en": "" if one.title_en == one.title else one.title_en,
        "hours": one.hours,
        "units": [" ".join(filter(None, (unit["code"], unit["name"]))) for unit in one.units],
        "code": format_code(one.public_code),
        "holder": format_code(row.holder_code),
        "place": addresses.base().partition("//")[2] + "/sertifikat",
        "qr": _qr(addresses.certificate_url(one.public_code)),
        "period": _period(row),
        "day": ", ".join(filter(None, (row.provider.town, clock.format_date(one.valid_from)))),
        "signer_name": row.signer_name,
        "signer_post": row.signer_post,
        "is_sample": is_demo(),
    }


def _period(row: Certificate) -> str:
    one = row.credential
    if one is None or one.valid_until is None:
        return "Berlaku tanpa batas waktu"
    last = clock.last_day_before(clock.start_of(one.valid_until))
    return f"Berlaku sampai {clock.format_date(last)}"


def _qr(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, dark="#1F2A52")
    return out.getvalue().decode()
