"""A maker who is mentioned, and every public byte where that could show."""

from datetime import date

from django.test import Client

from berdaya.catalog.actions.mentions import approve_mention, propose_mention
from berdaya.catalog.models import MakerMention, ShownMention
from berdaya.core import clock
from berdaya.people.actions.papers import withdraw_consent
from berdaya.people.models import Consent
from tests.orders.scene import Shop
from tests.people.consents import give_publicity
from tests.world import SINCE

LABEL, LABEL_EN = "Mama Pengikat Benang", "Mother Who Ties Thread"


def propose(shop: Shop, consent: Consent, by: str = "officer", **more: object) -> MakerMention:
    facts = {"label": LABEL, "label_en": LABEL_EN} | more
    with shop.scene.world.acting(by) as scope:
        return propose_mention(by=scope.actor, listing=shop.listing, consent=consent, **facts)


def approve(shop: Shop, mention: MakerMention, by: str = "head") -> ShownMention:
    with shop.scene.world.acting(by) as scope:
        return approve_mention(by=scope.actor, mention=mention)


def show(shop: Shop, channel: str = "shop", given_on: date = SINCE, **more: object) -> Consent:
    """Somebody is mentioned: consent, proposal, approval."""
    consent = give_publicity(shop.scene.world, shop.listing.slug, channel, given_on=given_on)
    approve(shop, propose(shop, consent, **more))
    return consent


def withdraw(shop: Shop, consent: Consent, by: str = "officer") -> None:
    with shop.scene.world.acting(by) as scope:
        withdraw_consent(by=scope.actor, consent=consent, withdrawn_on=clock.today())


def paths(shop: Shop) -> list[str]:
    slug = shop.listing.slug
    pages = [
        *("/", "/produk/", "/produk/?q=selendang", "/produk/?q=Mama+Pengikat"),
        *(f"/produk/{slug}/", "/unit/LP-ATB/", f"/asal/{shop.scene.lot.public_code}"),
    ]
    both = [prefix + path for prefix in ("", "/en") for path in pages]
    return [*both, "/sitemap.xml", "/robots.txt"]


def public_bytes(shop: Shop) -> str:
    """Everything public in both languages, as one text."""
    return "".join(Client().get(path).content.decode() for path in paths(shop))


def card(shop: Shop, language: str = "") -> bytes:
    found = Client().get(f"{language}/berbagi/{shop.listing.slug}.png")
    assert found.status_code == 200
    return found.content
