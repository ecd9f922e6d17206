"""What rooms above show of a product on its own page: rows with a state, and links."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from berdaya.core.scope import Actor
from berdaya.goods.models import Product


@dataclass(frozen=True)
class ProductRow:
    """One line: what is asked, the answer with its tone (done, warn, bad, off), and details."""

    label: str | Promise
    state: str | Promise
    tone: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProductPart:
    """A card of a room: its heading, rows, and links (label, address)."""

    heading: str | Promise
    rows: tuple[ProductRow, ...]
    links: tuple[tuple[str | Promise, str], ...] = ()


_parts: list[Callable[[Product, Actor], ProductPart]] = []


def product_part(part: Callable[[Product, Actor], ProductPart]) -> None:
    """Register a card, in AppConfig.ready; one statement each."""
    _parts.append(part)


def parts_of(product: Product, actor: Actor) -> list[ProductPart]:
    """The cards of all rooms above."""
    return [part(product, actor) for part in _parts]
