"""What every market says to a product now: kept judgements, read in one statement."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F
from django.db.models.functions import JSONObject

from berdaya.core.names import named
from berdaya.legality.models import Judgement, PermitKind


@dataclass(frozen=True)
class Fault:
    """Why not: the reason's code, and the kinds of permits of which one would do, in words."""

    code: str
    kinds: str


@dataclass(frozen=True)
class MarketVerdict:
    """A market's answer on a day: `ok`, until when (open: None), else what is missing."""

    market: str
    ok: bool
    until: date | None
    faults: tuple[Fault, ...]


def verdicts_of(product_id: int, day: date) -> list[MarketVerdict]:
    """By market, of the product's first variant that may not, else of any; empty: not judged yet.

    Whether there are goods is not asked. One statement.
    """
    kinds = PermitKind.objects.values(
        told=JSONObject(code=F("code"), name=F("name"), name_en=F("name_en"))
    )
    rows = Judgement.objects.filter(variant__product=product_id, variant__is_active=True)
    told = rows.order_by("variant").annotate(kinds=ArraySubquery(kinds)).select_related("group")
    found: dict[str, MarketVerdict] = {}
    for row in told:
        names = {one["code"]: named(one["name"], one["name_en"]) for one in row.kinds}
        for market, said in row.group.verdicts.items():
            verdict = _verdict(market, said, names, day)
            if market not in found or found[market].ok:
                found[market] = verdict
    return list(found.values())


def _verdict(market: str, said: dict[str, Any], names: dict[str, str], day: date) -> MarketVerdict:
    first, until = _day(said["from"]), _day(said["until"])
    ok = first is not None and first <= day and (until is None or day < until)
    faults = tuple(
        Fault(one["code"], " / ".join(names.get(kind, kind) for kind in one["kinds"]))
        for one in said["faults"]
    )
    return MarketVerdict(market, ok, until if ok else None, () if ok else faults)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
