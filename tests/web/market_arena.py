"""Two makers released through the real thread among ten ordinary sellers, and all that is answered.

`Answers` is what an attacker can fetch of one shop; `features` is what could tell shops apart once
each seller's own words are taken out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from berdaya.aftercare.actions.supervision import begin_supervision, let_go
from berdaya.catalog.models import Listing, Photo
from berdaya.core import clock
from berdaya.market import tasks
from berdaya.market.access import market_view
from berdaya.market.models import Order, Picture, Product, Shop
from berdaya.people.actions.participants import place_participant
from berdaya.stock.models import Lot
from berdaya.training.models import Certificate
from berdaya.workshop.models import Batch
from tests.counting import is_own
from tests.market.scene import Market, again, officer, open_shop, place, region
from tests.orders.scene import open_shop as open_units_shop
from tests.training.certificate_scene import issued
from tests.web.desk import log_work
from tests.world import World

PUBLIC = "toko.contoh.id"
HOST = "usaha.contoh.id"
# Where the two stand among the twelve: neither first nor last, nor side by side.
RELEASED = {3: "cendana", 8: "lontar"}
NAMES = ("Senja", "Pagi", "Ombak", "Kabut", "Bukit", "Teluk", "Savana", "Embun", "Karang", "Padang",
         "Muara", "Fajar")  # fmt: skip
PAGES = ("shop", "goods", "form", "order", "gone")
MASKS = (
    (re.compile(r"[0-9a-f]{24}\.webp"), "<photo>"),
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "<key>"),
    (re.compile(r"\b[2-9CDFGHJKMNPQRTWX]{15}\b"), "<code>"),
)


@dataclass
class Answer:
    """One answer: status, headers, body, and how many statements it took."""

    status: int
    headers: dict[str, str]
    body: bytes
    statements: int

    @property
    def text(self) -> str:
        """As text."""
        return self.body.decode("utf-8", "replace")


@dataclass
class Answers:
    """Everything that can be fetched of one shop, by what it is; and its seller's own words."""

    number: int
    shop: Shop
    order: Order
    own_words: list[str]
    pages: dict[str, Answer] = field(default_factory=dict)
    letters: list[str] = field(default_factory=list)
    sitemap: list[str] = field(default_factory=list)
    tile: str = ""

    @property
    def is_released(self) -> bool:
        """Which group it is of; only this file knows."""
        return self.number in RELEASED


@dataclass
class Fair:
    """The cast, with twelve shops and all their answers."""

    world: World
    answers: list[Answers]

    @classmethod
    def held(cls, world: World) -> "Fair":
        """Opened, visited and asked for everything."""
        return cls(world, list(build(world)))


def hosts() -> dict[str, Any]:
    """Settings under which the neutral name is a host of its own."""
    return {
        "PUBLIC_BASE_URL": f"http://{PUBLIC}",
        "NEUTRAL_BASE_URL": f"http://{HOST}",
        "NEUTRAL_MAIL_FROM": f"toko@{HOST}",
        "ALLOWED_HOSTS": [PUBLIC, HOST],
    }


def release(world: World, who: str) -> None:
    """From the unit to the Bapas, guided for a while, and let go: the whole thread."""
    today = clock.today()
    with world.everywhere() as scope:
        person, bapas = world.people[who], world.facilities["BP-KPG"]
        place_participant(
            by=scope.actor, participant=person, facility=bapas, work_number=f"K-{who[:4]}",
            valid_from=today - timedelta(days=90), status="client",
        )  # fmt: skip
        row = begin_supervision(
            by=scope.actor, participant=person, facility=bapas, release="pb",
            since=today - timedelta(days=90), region=region(world),
            last_day=today + timedelta(days=200),
        )  # fmt: skip
        let_go(by=scope.actor, supervision=row, asked_on=today)


def secrets_of(world: World) -> list[str]:
    """What ties anything to the two, to their units, goods and certificates."""
    with world.everywhere():
        told = [person for name, person in world.people.items() if name in RELEASED.values()]
        found = [person.pseudonym for person in told] + [person.code for person in told]
        for person in told:
            found += person.placements.values_list("work_number", flat=True)
        for one in world.facilities.values():
            found += [one.code, one.name, one.town]
        found += [party.name for party in world.parties.values()]
        for row in Certificate.objects.select_related("credential__issuer"):
            found += [row.code, row.holder_code]
            if row.credential:
                found += [row.credential.public_code, row.credential.number]
                found += [row.credential.issuer.slug, row.credential.issuer_name]
        found += Listing.objects.values_list("slug", flat=True)
        found += Lot.objects.values_list("code", flat=True)
        found += Batch.objects.values_list("code", flat=True)
        found += Photo.objects.values_list("digest", flat=True)
    return [one for one in found if one]


HOUSE = re.compile(
    r"berdaya|lapas|rutan|lpka|bapas|pemasyarakatan|warga binaan|narapidana|tahanan|penjara|prison"
    r"|inmate|correction|custody|kementerian|toko\.contoh\.id|WBP",
    re.IGNORECASE,
)


def ask(path: str, host: str = HOST, **headers: str) -> Answer:
    """What a stranger gets under the neutral name."""
    with CaptureQueriesContext(connection) as captured:
        answer = Client(headers={"host": host, **headers}).get(path)
    own = [query for query in captured.captured_queries if is_own(query["sql"])]
    return Answer(answer.status_code, dict(answer.headers), answer.content, len(own))


def collect(number: int, shop: Shop, order: Order, listed: dict[str, str], site: str) -> Answers:
    """Fetch all there is of a shop, in both languages."""
    with market_view():
        goods = list(Product.objects.filter(shop=shop).order_by("name"))
        photos = list(Picture.objects.filter(product__in=goods).values_list("name", flat=True))
    found = Answers(number, shop, order, own_words(number, shop, goods))
    for language in ("", "/en"):
        base = f"{language}/toko/{shop.code}"
        for name, path in (
            ("shop", base),
            ("goods", f"{base}/{goods[0].code}"),
            ("form", f"{base}/pesan"),
            ("order", f"{language}/toko/pesanan/{order.code}"),
            ("qris", f"{language}/toko/pesanan/{order.code}/qris.svg"),
            ("gone", f"{base}/XXXXX"),
        ):
            found.pages[f"{name}{language}"] = ask(path)
    for place_, name in enumerate(sorted(photos)):
        found.pages[f"photo{place_}"] = ask(f"/toko/gambar/{name}")
    mail.outbox.clear()
    tasks.mail_order(order_id=str(order.pk), state="placed")
    found.letters = [one.message().as_string() for one in mail.outbox]
    found.tile = listed.get(shop.code, "")
    found.sitemap = [line for line in site.splitlines() if shop.code in line]
    return found


def own_words(number: int, shop: Shop, goods: list[Product]) -> list[str]:
    """What the seller chose, or the machine drew by chance: it may differ, and says nothing."""
    told = [shop.name, shop.about, shop.bank_number, shop.email, shop.phone, shop.code]
    told += [one.name for one in goods] + [one.code for one in goods] + [shop.name.upper()]
    return sorted(filter(None, told), key=len, reverse=True)


def build(world: World) -> Iterator[Answers]:
    """The arena: units, makers and their things first, then twelve shops in one line."""
    with world.everywhere():
        open_units_shop(world, work=lambda batch: log_work(world, batch))
    issued(world, "cendana")
    issued(world, "lontar")
    for who in RELEASED.values():
        release(world, who)
    market = Market(world, officer(world))
    opened = [open_shop(market, f"Kain {name}", number) for number, name in enumerate(NAMES, 1)]
    placed = [place(shop) for shop in opened]
    listed = tiles(ask("/toko").text)
    site = ask("/sitemap.xml").text
    for number, (shop, order) in enumerate(zip(opened, placed, strict=True)):
        yield collect(number, again(shop), order, listed, site)


def tiles(html: str) -> dict[str, str]:
    """The list's tile of each shop, by its code."""
    found = {}
    for part in re.findall(r'<li class="tile">.*?</li>', html, re.DOTALL):
        if code := re.search(r"/toko/([2-9A-Z]{15})\"", part):
            found[code[1]] = part
    return found


def masked(text: str, own: list[str]) -> str:
    """Without the seller's words and what is chance."""
    for word in own:
        text = text.replace(word, "<own>")
    for pattern, name in MASKS:
        text = pattern.sub(name, text)
    return text


class Links(HTMLParser):
    """Where a page's links, forms and pictures lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            (tag, value or "")
            for name, value in attrs
            if name in ("href", "src", "action", "hreflang", "content")
        ]


def features(one: Answers) -> dict[str, Any]:
    """Everything about a shop's answers that its owner did not choose."""
    found: dict[str, Any] = {}
    for name, answer in one.pages.items():
        found[f"{name} status"] = answer.status
        found[f"{name} statements"] = answer.statements
        found[f"{name} headers"] = sorted(
            (key, value)
            for key, value in answer.headers.items()
            if key not in ("ETag", "Content-Length")
        )
        found[f"{name} headers named"] = sorted(answer.headers)
        if name.startswith("photo"):
            found[f"{name} picture"] = picture(answer.body)
        elif not name.startswith("qris"):
            found[f"{name} words"] = masked(answer.text, one.own_words)
            found[f"{name} links"] = links(answer.text, one.own_words)
    found["tile"] = masked(one.tile, one.own_words)
    found["sitemap"] = [masked(line, one.own_words) for line in one.sitemap]
    found["letters"] = [
        re.sub(r"(Message-ID: <)[0-9a-f]+|(Date: ).*", r"\1\2", masked(text, one.own_words))
        for text in one.letters
    ]
    found["form of code"] = re.sub(r"[A-Z2-9]", "x", one.shop.code)
    return found


def picture(body: bytes) -> Any:
    """Format, size, mode and whatever hangs on a picture."""
    with Image.open(BytesIO(body)) as image:
        image.load()
        return image.format, image.size, image.mode, sorted(image.info), len(image.getexif())


def links(text: str, own: list[str]) -> list[tuple[str, str]]:
    parser = Links()
    parser.feed(text)
    return [(tag, masked(value, own)) for tag, value in parser.found]


def separating(all_: list[Answers]) -> list[str]:
    """Features that differ between shops at all: one that differs could tell."""
    told = [features(one) for one in all_]
    names = sorted(set().union(*told))
    return [name for name in names if any(one.get(name) != told[0].get(name) for one in told)]
