"""The list of goods as its page shows it: filters as links with counts, sorts, pages."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.search import (
    CHEAPEST,
    CLOSEST,
    DEAREST,
    FACETS,
    NEWEST,
    READY,
    TO_ORDER,
    Asked,
    Found,
)
from berdaya.goods.models import Category

HEADS = {
    "kategori": _lazy("Kategori"),
    "asal": _lazy("Asal"),
    "harga": _lazy("Harga"),
    "siap": _lazy("Ketersediaan"),
}
PRICE_WORDS = {
    "0-50000": _lazy("di bawah Rp50.000"),
    "50000-150000": _lazy("Rp50.000 – Rp150.000"),
    "150000-500000": _lazy("Rp150.000 – Rp500.000"),
    "500000-": _lazy("Rp500.000 ke atas"),
}
WAYS = {READY: _lazy("Siap dikirim"), TO_ORDER: _lazy("Dibuat untuk Anda")}
SORT_WORDS = {
    CLOSEST: _lazy("Paling sesuai"),
    NEWEST: _lazy("Terbaru"),
    CHEAPEST: _lazy("Termurah"),
    DEAREST: _lazy("Termahal"),
}
AROUND = 2
Text = str | Promise


@dataclass(frozen=True)
class Option:
    """A value of a filter: where it leads, and how many it would leave."""

    label: Text
    url: str
    n: int
    is_chosen: bool
    is_below: bool = False


@dataclass(frozen=True)
class Facet:
    """A filter with its values; those that leave nothing are left out."""

    name: str
    label: Text
    options: list[Option]

    @property
    def is_set(self) -> bool:
        """Whether one of its values narrows the list now."""
        return any(option.is_chosen for option in self.options)


class FindPage:
    """Everything a template needs to draw the list; asks nothing of the database."""

    def __init__(
        self, asked: Asked, found: Found, categories: Iterable[Category], base: str
    ) -> None:
        self.asked, self.found, self.base = asked, found, base
        self.categories = list(categories)

    def url(self, **changes: object) -> str:
        """This list with something else asked, from its first page."""
        asked = replace(self.asked, **{"hal": 1, **changes})
        told = {one.name: getattr(asked, one.name) for one in fields(asked)}
        query = urlencode({k: v for k, v in told.items() if v and (k, v) != ("hal", 1)})
        return f"{self.base}?{query}" if query else self.base

    @property
    def heading(self) -> str:
        """The chosen category's name, or nothing."""
        return next((one.label for one in self.categories if one.code == self.asked.kategori), "")

    @property
    def meant(self) -> str:
        """The words these results are for, where those asked found nothing."""
        return self.found.meant

    @property
    def facets(self) -> list[Facet]:
        """The filters, each counted under all the others."""
        made = [Facet(name, HEADS[name], self._options(name)) for name in FACETS]
        return [facet for facet in made if facet.options]

    def _options(self, name: str) -> list[Option]:
        counts, chosen = self.found.counts[name], getattr(self.asked, name)
        made = []
        for value, label, is_below in self._values(name):
            n = counts.get(value, 0)
            if n or value == chosen:
                url = self.url(**{name: "" if value == chosen else value})
                made.append(Option(label, url, n, value == chosen, is_below))
        return made

    def _values(self, name: str) -> list[tuple[str, Text, bool]]:
        if name == "kategori":
            return list(self._category_values())
        if name == "asal":
            regions = sorted(self.found.regions.items(), key=lambda item: item[1])
            return [(code, label, False) for code, label in regions]
        words = PRICE_WORDS if name == "harga" else WAYS
        return [(value, label, False) for value, label in words.items()]

    def _category_values(self) -> Iterable[tuple[str, Text, bool]]:
        for one in self.categories:
            if one.parent_id is None:
                yield one.code, one.label, False
                yield from (
                    (below.code, below.label, True)
                    for below in self.categories
                    if below.parent_id == one.pk
                )

    @property
    def chosen(self) -> list[Option]:
        """What is narrowed now, each with the link that takes it away."""
        return [option for facet in self.facets for option in facet.options if option.is_chosen]

    @property
    def sorts(self) -> list[Option]:
        """The orders; the closest only where words were asked."""
        keys = [key for key in SORT_WORDS if key != CLOSEST or self.asked.words]
        now = self.asked.sort
        return [Option(SORT_WORDS[key], self.url(urut=key), 0, key == now) for key in keys]

    @property
    def pages(self) -> list[Option | None]:
        """Links to pages, the first, the last and those around this one; None is a gap."""
        here, last = self.found.page, self.found.pages
        near = {1, last, *range(here - AROUND, here + AROUND + 1)}
        made: list[Option | None] = []
        before = 0
        for number in sorted(one for one in near if 1 <= one <= last):
            if number > before + 1:
                made.append(None)
            made.append(Option(str(number), self.url(hal=number), 0, number == here))
            before = number
        return made if last > 1 else []

    @property
    def without_filters(self) -> str:
        """The same words without any filter."""
        return self.url(**dict.fromkeys(FACETS, ""))
