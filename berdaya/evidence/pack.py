"""The content of a pack: what is true of lots on a day, in English, without a person in it.

Counts and shares of people follow docs/rules/public-counts.md: rounded to five, none under five;
where fewer than five stand behind an answer only "for all" or "not for all" is told.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import override

from berdaya.core.money import format_qty
from berdaya.core.verdicts import Reason
from berdaya.evidence import gate, people
from berdaya.evidence.geojson import collection
from berdaya.evidence.models import Plot
from berdaya.evidence.queries import (
    Origin,
    batch_of,
    commodity_of,
    origin_facts,
    origins_of,
    work_of,
)
from berdaya.evidence.rules import may_go_to_eu
from berdaya.institutions.models import Facility
from berdaya.legality.models import Permit
from berdaya.legality.queries.facts import listing_facts
from berdaya.legality.rules.listing import judge
from berdaya.legality.rules.permits import state_on
from berdaya.stock.models import Lot
from berdaya.workshop.models import Batch

VERSION = 1
SCHEMA = "evidence-pack-1.schema.json"
Json = dict[str, Any]


def content_of(
    kind: str, code: str, facility: Facility, lots: Sequence[Lot], countries: Sequence[str],
    as_of: date,
) -> Json:  # fmt: skip
    """What a pack about a `lot` or an `order` says; equal facts give equal content.

    Lots with facility and region, `variant.product.category.parent` and measure loaded.
    """
    with override("en"):
        told = [_lot(lot, as_of) for lot in lots]
        known = {lot.pk: one["eudr"]["is_ready"] for lot, one in zip(lots, told, strict=True)}
        return {
            "schema": SCHEMA,
            "version": VERSION,
            "as_of": as_of.isoformat(),
            "subject": {"kind": kind, "code": code},
            "place": _place(facility),
            "lots": told,
            "destinations": [_destination(lots, one, as_of, known) for one in sorted(countries)],
            "plots": plots_told(lots),
        }


def json_of(content: Json) -> str:
    """evidence.json: the same text for the same content, keys sorted."""
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def digest_of(content: Json) -> str:
    """SHA-256 of evidence.json, as printed on the PDF."""
    return hashlib.sha256(json_of(content).encode()).hexdigest()


def geojson_of(content: Json) -> str:
    """plots.geojson: the plots of all lots, digit by digit."""
    return collection(content["plots"])


def _place(facility: Facility) -> Json:
    return {
        "name": facility.name,
        "kind": str(facility.get_kind_display()),
        "town": facility.town,
        "region": facility.region.name if facility.region else "",
        "country": "ID",
    }


def _lot(lot: Lot, as_of: date) -> Json:
    batch = batch_of(lot)
    origins = origins_of(batch) if batch else []
    work = work_of(batch) if batch else None
    product = lot.variant.product
    return {
        "code": lot.code,
        "origin_url": f"{settings.PUBLIC_BASE_URL.rstrip('/')}/asal/{lot.public_code}",
        "goods": lot.variant.full_label,
        "goods_id": product.name,
        "category": product.category.label,
        "started_on": batch.started_on.isoformat() if batch else None,
        "made_on": lot.made_on.isoformat(),
        "expires_on": lot.expires_on.isoformat() if lot.expires_on else None,
        "quantity": format_qty(lot.made_qty, "en"),
        "measure": lot.variant.measure.label,
        "permits": _permits(lot, as_of),
        "requirements": _requirements(lot, as_of),
        "labour": people.labour_of(lot, work),
        "work": people.work_told(work),
        "pay": people.pay_of(lot, batch, as_of),
        "safety": people.safety_of(lot, batch),
        "materials": [_material(one) for one in origins],
        "eudr": _eudr(lot, origins),
    }


def _permits(lot: Lot, as_of: date) -> list[Json]:
    """Permits of the product, in force when the lot was made or now; no holder, who may be one."""
    rows = Permit.objects.filter(products=lot.variant.product_id, place=lot.facility_id)
    found = []
    for row in rows.select_related("kind").order_by("kind__position", "number", "valid_from"):
        then, now = (
            state_on(day, row.valid_from, row.valid_until, row.revoked_on) in ("valid", "ending")
            for day in (lot.made_on, as_of)
        )
        found.append({
            "kind": row.kind.label, "issuer": row.kind.issuer, "number": row.number,
            "valid_from": row.valid_from.isoformat(),
            "last_day": row.last_day.isoformat() if row.last_day else None,
            "in_force_when_made": then, "in_force_now": now,
        })  # fmt: skip
    return [one for one in found if one["in_force_when_made"] or one["in_force_now"]]


def _requirements(lot: Lot, as_of: date) -> list[Json]:
    """What the home market asks of such goods, and the permit that meets it on the day."""
    facts = listing_facts([lot.variant_id], "retail", as_of).get(lot.variant_id)
    return [
        {"what": str(one.label), "is_met": one.reason is None}
        for one in (judge(facts) if facts else ())
    ]


def _material(one: Origin) -> Json:
    lot = one.lot
    return {
        "code": lot.code,
        "material": lot.material.name,
        "is_packing": one.is_packing,
        "source": str(lot.get_source_display()),
        "supplier": lot.supplier,
        "receipt": lot.reference,
        "received_on": lot.received_on.isoformat(),
        "taken": format_qty(one.qty, "en"),
        "measure": lot.material.measure.label,
        "plots": [plot.code for plot in one.plots],
    }


def _eudr(lot: Lot, origins: Sequence[Origin]) -> Json:
    commodity = commodity_of(lot)
    verdict = may_go_to_eu(origin_facts(origins)) if commodity else None
    return {
        "applies": bool(commodity),
        "commodity": commodity,
        "is_ready": verdict.ok if verdict is not None else True,
        "reasons": _reasons(verdict.reasons if verdict is not None else ()),
    }


def _reasons(reasons: Sequence[Reason]) -> list[Json]:
    return [{"code": one.code, "text": one.text} for one in reasons]


def _destination(lots: Sequence[Lot], country: str, as_of: date, known: dict[int, bool]) -> Json:
    answer = gate.ask(lots, country, as_of, known)
    lifted = answer.override
    return {
        "country": country,
        "name": answer.name,
        "answer": answer.outcome,
        "reasons": _reasons(answer.reasons),
        "conditions": list(answer.conditions),
        "override": {
            "office": gate.office_of(lifted, as_of), "legal_basis": lifted.legal_basis,
        } if lifted else None,
    }  # fmt: skip


def plots_told(lots: Sequence[Lot]) -> list[dict[str, str]]:
    """Every plot of the lots' material once, by code."""
    found = {
        plot.code: plot_told(plot)
        for batch in _batches(lots)
        for one in origins_of(batch)
        for plot in one.plots
    }
    return [found[code] for code in sorted(found)]


def plot_told(plot: Plot) -> dict[str, str]:
    """A plot as text; its region must be loaded."""
    return {
        "code": plot.code, "group": plot.group_name, "kind": str(plot.get_kind_display()),
        "region": plot.region.name, "hectares": f"{plot.hectares:f}", "shape": plot.shape,
        "positions": plot.positions, "legal_basis": plot.legal_basis,
        "producing_since": str(plot.since_year),
        "stated_on": plot.stated_on.isoformat() if plot.stated_on else "",
    }  # fmt: skip


def _batches(lots: Sequence[Lot]) -> list[Batch]:
    return [batch for batch in (batch_of(lot) for lot in lots) if batch is not None]
