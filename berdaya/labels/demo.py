"""Invented label texts and numbers of the demo's goods, and the first printings."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from berdaya.core.demo import DemoContext
from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import Refused
from berdaya.goods.models import Variant
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Facility
from berdaya.institutions.queries import actor_of, staff_with
from berdaya.labels.actions.numbers import give_own_number
from berdaya.labels.actions.prints import print_labels
from berdaya.labels.actions.texts import write_text
from berdaya.labels.models import LabelPrint, LabelText
from berdaya.labels.queries import lots_to_label

TEXTS = Path(__file__).parent / "data" / "demo-texts.toml"
# What is said of a product that the demo declares not halal, whatever it is called.
NOT_HALAL = {
    "ingredients": "Daging babi 72%, gula lontar, kecap (kedelai, gandum, gula), bawang, garam",
    "ingredients_en": "Pork 72%, palm sugar, soy sauce (soybeans, wheat, sugar), onion, salt",
    "storage": "Di tempat sejuk dan kering",
    "storage_en": "Cool and dry",
    "has_pork": True,
}
# Where the first lots were labelled, and on which paper.
PRINTED = {"LPP-KPG": "a4-14", "RT-RTG": "r58", "LP-ATB": "a4-8"}
# What nobody has given a number yet.
WITHOUT_NUMBER = frozenset({"tenun"})


def load(ctx: DemoContext) -> None:
    """Texts and own numbers of every unit's goods; a second run adds nothing."""
    with demo_scope():
        if LabelText.objects.exists():
            return
        facilities = list(Facility.objects.producing().order_by("code"))
    texts = tomllib.loads(TEXTS.read_text("utf-8"))
    written = sum(_write(facility, texts, ctx.today) for facility in facilities)
    ctx.say(f"label texts: {written}")


def load_late(ctx: DemoContext) -> None:
    """The first printings, once there are goods."""
    with demo_scope():
        if LabelPrint.objects.exists():
            return
        facilities = list(Facility.objects.filter(code__in=PRINTED).order_by("code"))
    printed = sum(_print(facility, ctx.today) for facility in facilities)
    ctx.say(f"labels printed: {printed} lots")


def _officer(facility: Facility, today: date) -> Actor | None:
    staff = staff_with("label.print", facility.pk, today)
    return actor_of(staff[-1], today) if staff else None


def _write(facility: Facility, texts: dict[str, Any], today: date) -> int:
    officer = _officer(facility, today)
    if officer is None:
        return 0
    with acting(officer, "demo"):
        rows = Variant.objects.filter(facility=facility, product__category__is_service=False)
        found = [
            (variant, said)
            for variant in rows.select_related("product__category").order_by("sku")
            if (said := texts.get(variant.product.name) or _pork(variant))
        ]
        for variant, said in found:
            write_text(by=officer, variant=variant, **said)
            if variant.product.category.code not in WITHOUT_NUMBER:
                give_own_number(by=officer, variant=variant)
    return len(found)


def _pork(variant: Variant) -> dict[str, Any] | None:
    is_so = variant.product.standings.filter(status="not_halal").exists()
    return NOT_HALAL if is_so else None


def _print(facility: Facility, today: date) -> int:
    """The newest lot of the unit that lacks nothing."""
    officer = _officer(facility, today)
    if officer is None:
        return 0
    with acting(officer, "demo"):
        for lot in lots_to_label([facility.pk]).order_by("-made_on", "pk")[:12]:
            copies = max(1, min(24, int(lot.made_qty)))
            try:
                print_labels(by=officer, lot=lot, layout=PRINTED[facility.code], copies=copies)
            except Refused:
                continue
            return 1
    return 0
