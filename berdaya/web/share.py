"""What other programs read of a page: JSON-LD, and the picture that stands for it in a chat."""

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from berdaya.catalog.calc import Shown
from berdaya.core.money import format_rp
from berdaya.look import goods, motif, paper

SCHEMA = "https://schema.org"
TEMPLATE = "web/share.typ"
# Cards are drawn again where their look changes: it is part of what names them.
EDITION = "2"


def absolute(path: str) -> str:
    """An address of this site as others write it."""
    return settings.PUBLIC_BASE_URL.rstrip("/") + path


def json_ld(*things: dict[str, Any]) -> SafeString:
    """Data for crawlers as text that cannot leave its element."""
    graph = {"@context": SCHEMA, "@graph": things}
    # json_script() knows the escapes; its own element is for scripts, so only the text is kept.
    text = json_script(graph).partition(">")[2].rpartition("</")[0]
    return mark_safe(text)


def breadcrumbs(steps: Sequence[tuple[object, str]]) -> dict[str, Any]:
    """The way to a page, from the front."""
    items = [
        {"@type": "ListItem", "position": place, "name": str(name), "item": absolute(path)}
        for place, (name, path) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def product_ld(one: Shown, path: str, picture: str) -> dict[str, Any]:
    """A product with its offer: price, whether it can be had, and who sells it."""
    photos = [absolute(photo.large) for photo in one.photos]
    offer = {
        "@type": "Offer",
        "url": absolute(path),
        "price": one.price_rp,
        "priceCurrency": "IDR",
        "availability": f"{SCHEMA}/{_availability(one)}",
        "itemCondition": f"{SCHEMA}/NewCondition",
        "seller": {"@type": "Organization", "name": one.seller_name},
    }
    return {
        "@type": "Product",
        "name": one.name,
        "description": one.story or one.name,
        "category": one.category_name,
        "image": photos or [absolute(picture)],
        "countryOfOrigin": {"@type": "Country", "name": "Indonesia"},
        "offers": offer,
    }


def _availability(one: Shown) -> str:
    if one.is_ready:
        return "InStock"
    return "MadeToOrder" if one.is_to_order else "OutOfStock"


def product_card(one: Shown) -> bytes:
    """The share card of a listing: its drawing, name, place and price."""
    words = {"title": one.name, "place": one.facility_name, "price": format_rp(one.price_rp)}
    if one.card_made_by:
        # Never put on disk: what names a maker must not outlive the consent.
        return paper.render_png(TEMPLATE, _told(words, one.drawing, one.seed, one.card_made_by))
    return _card(words, one.drawing, one.seed)


def plain_card(title: object, place: object, drawing: str, seed: str) -> bytes:
    """A share card without a price."""
    return _card({"title": str(title), "place": str(place), "price": ""}, drawing, seed)


def _card(words: dict[str, str], drawing: str, seed: str) -> bytes:
    """1200 × 630 as PNG, kept on disk under what it says."""
    told = _told(words, drawing, seed)
    named = json.dumps([EDITION, told], sort_keys=True)
    file = _folder() / f"{hashlib.sha256(named.encode()).hexdigest()[:32]}.png"
    if not file.exists():
        _keep(file, paper.render_png(TEMPLATE, told))
    return file.read_bytes()


def _told(words: dict[str, str], drawing: str, seed: str, makers: str = "") -> dict[str, str]:
    return {
        **words,
        "makers": makers,
        "drawing": goods.good_svg(drawing, seed),
        "note": gettext("ilustrasi"),
        "strip": motif.strip_svg(seed, width="600"),
    }


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "share"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _keep(file: Path, body: bytes) -> None:
    """Written beside and then named, so that nobody reads half a picture."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as half:
        half.write(body)
    Path(name).replace(file)
