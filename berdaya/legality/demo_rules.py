"""Invented changes of the rules, exceptions, and what some products claim of a place."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from berdaya.core.scope import Actor, acting
from berdaya.goods.models import Product
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Facility, Staff
from berdaya.institutions.models.regions import Region
from berdaya.institutions.queries import actor_of
from berdaya.legality.actions.changes import decide_change, propose_change
from berdaya.legality.actions.judging import judge_places
from berdaya.legality.actions.origins import claim_origin
from berdaya.legality.actions.overrides import decide_override, request_override
from berdaya.legality.models import Indication, Motif, RuleChange

KEEPER, SECOND, OFFICER = "hukum.pas", "pusat.pas", "petugas.atb"
BASIS = {"legal_basis": "Peraturan contoh, bukan aturan sungguhan", "source": "data contoh"}
NEW = {"choice": "", "to_be_confirmed": True, **BASIS}


def load_rules(today: date) -> None:
    """Once, after permits: one change decided, one that waits, two exceptions, two claims."""
    if not RuleChange.objects.exists():
        _claims()
        _changes(today)
        _exceptions(today)
    with demo_scope() as scope:
        places = Facility.objects.producing().values_list("pk", flat=True)
        judge_places(by=scope.actor, facility_ids=places)


def _claims() -> None:
    """Woven in Sikka with a motif of the book; coffee under a name that is not registered."""
    with demo_scope() as scope:
        for name, code, motif, region in (
            ("Gelang tenun Sikka", "tenun-sikka", "sikka-buku", "53.07"),
            ("Kopi Manggarai sangrai", "manggarai", "", "53.10"),
        ):
            product = Product.objects.filter(name=name).select_related("facility").first()
            if product is not None:
                claim_origin(
                    by=scope.actor, product=product, indication=Indication.objects.get(code=code),
                    motif=Motif.objects.filter(code=motif).first(),
                    material_region=Region.objects.filter(pk=region).first(),
                )  # fmt: skip


def _as(name: str, today: date, do: Callable[[Actor], Any]) -> Any:
    """Something done by one of the demo's people."""
    with acting(actor_of(Staff.objects.get(username=name), today), "demo") as scope:
        return do(scope.actor)


def _changes(today: date) -> None:
    later = today + timedelta(days=60)
    for category, kind, market, reason in (
        ("coffee", "sni", "procurement", "Contoh: kopi untuk pengadaan perlu SNI."),
        ("tenun", "merek", "retail", "Contoh: kain tenun eceran perlu merek."),
    ):
        values = {"category": category, "market": market, "permit_kind": kind, **NEW}
        change = _as(KEEPER, today, lambda by, values=values, reason=reason: propose_change(
            by=by, table="requirement", effective_on=later, reason=reason, values=values
        ))  # fmt: skip
        if market == "procurement":
            _as(SECOND, today, lambda by, change=change: decide_change(
                by=by, change=change, outcome="approved"
            ))  # fmt: skip


def _exceptions(today: date) -> None:
    rows = Product.objects.filter(facility__code="LP-ATB", category__is_food=False)
    product = rows.select_related("facility").order_by("code").first()
    if product is None:
        return
    for market, code, basis, reason in (
        (
            "export:AU",
            "market_needs_review",
            "Customs Act 1901 (contoh)",
            "Contoh: pameran, bukan untuk dagang.",
        ),
        (
            "export:GB",
            "market_barred_but",
            "Foreign Prison-made Goods Act 1897 s.1 (contoh)",
            "Contoh: jenis barang ini tidak dibuat di Inggris.",
        ),
    ):
        facts = {"market": market, "code": code, "legal_basis": basis, "reason": reason}
        asked = _as(OFFICER, today, lambda by, facts=facts: request_override(
            by=by, product=product, valid_from=today, valid_until=today + timedelta(days=180),
            **facts,
        ))  # fmt: skip
        if market == "export:AU":
            _as(SECOND, today, lambda by, asked=asked: decide_override(
                by=by, override=asked, outcome="approved"
            ))  # fmt: skip
