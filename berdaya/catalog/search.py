"""Search and filters of what is shown: stems, beginnings, mistakes, counts that are true."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from berdaya.catalog.models import Listing
from berdaya.catalog.queries import for_cards
from berdaya.core import clock
from berdaya.goods.models import Category
from berdaya.stock.queries import sellable_on

PAGE = 24
MOST_WORDS, MOST_LETTERS = 6, 80
# Keys of the price filter: at least, less than.
PRICES: dict[str, tuple[int, int | None]] = {
    "0-50000": (0, 50_000),
    "50000-150000": (50_000, 150_000),
    "150000-500000": (150_000, 500_000),
    "500000-": (500_000, None),
}
READY, TO_ORDER, SOLD_OUT = "ada", "pesan", "habis"
NEWEST, CHEAPEST, DEAREST, CLOSEST = "terbaru", "termurah", "termahal", "sesuai"
SORTS: dict[str, tuple[str, ...]] = {
    NEWEST: ("-first_shown_at", "pk"),
    CHEAPEST: ("price_rp", "pk"),
    DEAREST: ("-price_rp", "pk"),
    CLOSEST: ("-rank", "-first_shown_at", "pk"),
}
FACETS = ("kategori", "asal", "harga", "siap")
# Said in between, kept by no name: "kopi dari Bajawa".
FILLERS = frozenset(
    {*("dan", "atau", "dari", "di", "ke", "untuk", "yang", "dengan")}
    | {*("the", "and", "or", "of", "from", "for", "with", "in", "a")}
)


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; every field empty is everything. `hal` counts from 1."""

    q: str = ""
    kategori: str = ""
    asal: str = ""
    harga: str = ""
    siap: str = ""
    urut: str = ""
    hal: int = 1

    @property
    def sort(self) -> str:
        """The order asked for; without one the closest to the words, else the newest."""
        usual = CLOSEST if self.words else NEWEST
        is_known = self.urut in SORTS and (self.urut != CLOSEST or bool(self.words))
        return self.urut if is_known else usual

    @property
    def words(self) -> list[str]:
        """The words that decide, in lower case."""
        found = re.findall(r"[^\W_]+", self.q.lower())
        return [word for word in found if word not in FILLERS][:MOST_WORDS]

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter is set beside the words."""
        return any(getattr(self, name) for name in FACETS)


def asked_from(params: Mapping[str, str]) -> Asked:
    """What an address asks; what is no value of a filter is as if it were not there."""
    words = "".join(one if one.isprintable() else " " for one in params.get("q", ""))
    page = params.get("hal", "")
    return Asked(
        q=" ".join(words.split())[:MOST_LETTERS],
        kategori=_code(params.get("kategori", "")),
        asal=_code(params.get("asal", "")),
        harga=params.get("harga", "") if params.get("harga") in PRICES else "",
        siap=params.get("siap", "") if params.get("siap") in (READY, TO_ORDER) else "",
        urut=params.get("urut", "") if params.get("urut") in SORTS else "",
        hal=int(page) if re.fullmatch(r"[1-9]\d{0,4}", page, re.ASCII) else 1,
    )


def _code(text: str) -> str:
    return text if re.fullmatch(r"[a-z0-9_.]{1,20}", text) else ""


@dataclass(frozen=True)
class Cell:
    """How many listings share a category, a regency, a price range and a way to be had."""

    category_id: int
    region_code: str
    region_name: str
    harga: str
    siap: str
    n: int


@dataclass(frozen=True)
class Found:
    """A page of listings, how many there are, and the counts of every filter.

    `meant`: the words searched for in place of those asked, where these found nothing.
    """

    rows: list[Listing]
    total: int
    pages: int
    page: int
    counts: dict[str, dict[str, int]]
    regions: dict[str, str]
    meant: str
    is_partial: bool


@dataclass(frozen=True)
class Words:
    """What is matched: all of these words, or where nothing holds them all, any of them."""

    words: tuple[str, ...]
    is_any: bool = False

    @property
    def query(self) -> SearchQuery:
        """As PostgreSQL asks it."""
        return reduce(or_ if self.is_any else and_, map(_word, self.words))


def search(asked: Asked, now: datetime, categories: Iterable[Category]) -> Found:
    """Two statements; up to three more where nothing was found as it was written."""
    tree = Tree(categories)
    words, cells = _understood(asked, now)
    total = sum(cell.n for cell in cells if _fits(cell, asked, tree))
    pages = max(1, -(-total // PAGE))
    page = min(asked.hal, pages)
    return Found(
        rows=_rows(asked, words, now, tree, page) if total else [],
        total=total,
        pages=pages,
        page=page,
        counts={name: facet(cells, asked, tree, name) for name in FACETS},
        regions={cell.region_code: cell.region_name for cell in cells},
        meant=" ".join(words.words) if cells and list(words.words) != asked.words else "",
        is_partial=words.is_any,
    )


def _understood(asked: Asked, now: datetime) -> tuple[Words, list[Cell]]:
    """The words as written, then as they may have been meant, then any of them."""
    words = Words(tuple(asked.words))
    cells = cube(words, now)
    if cells or not words.words:
        return words, cells
    if meant := nearest(asked.words, now):
        words = Words(tuple(meant.split()))
        cells = cube(words, now)
    if not cells and len(words.words) > 1:
        words = replace(words, is_any=True)
        cells = cube(words, now)
    return words, cells


def cube(words: Words, now: datetime) -> list[Cell]:
    """All that match the words, counted by every combination of filters: one statement."""
    rows = _with_way(matching(words, now)).annotate(harga=_price_range())
    keys = ("variant__product__category", "facility__region", "facility__region__name")
    grouped = rows.order_by().values_list(*keys, "harga", "siap").annotate(n=Count("pk"))
    return [Cell(*row) for row in grouped]


def matching(words: Words, now: datetime) -> "QuerySet[Listing]":
    """Listings shown now that hold the words: by either language's stem, or as its beginning."""
    rows = Listing.objects.shown(now)  # type: ignore[attr-defined]
    return rows.filter(search_vector=words.query) if words.words else rows


def _word(word: str) -> SearchQuery:
    """A word by its stems, its roots and its beginning."""
    stems = [SearchQuery(one, config="indonesian") for one in (word, *_roots(word))]
    beginning = SearchQuery(f"{word}:*", config="simple", search_type="raw")
    return reduce(or_, (*stems, SearchQuery(word, config="english"), beginning))


def _roots(word: str) -> list[str]:
    """Roots whose first letter melted into the prefix: menenun is tenun, pengering is kering.

    PostgreSQL's stemmer puts back p and s, but neither t nor k.
    """
    melted = re.fullmatch(r"[mp]e(n|ng)([aiueo]\w+)", word)
    return [("t" if melted[1] == "n" else "k") + melted[2]] if melted else []


def _with_way(rows: "QuerySet[Listing]") -> "QuerySet[Listing]":
    """Each with how it can be had: from stock, made to order, or not now."""
    free = sellable_on(clock.today()).filter(
        lot__variant=OuterRef("variant"), on_hand__gte=F("reserved") + 1
    )
    way = Case(
        When(Exists(free), then=Value(READY)),
        When(_can_be_made(), then=Value(TO_ORDER)),
        default=Value(SOLD_OUT),
        output_field=CharField(),
    )
    return rows.annotate(siap=way)


def _can_be_made() -> Q:
    """A lead time, and room where a limit is set; as ShownCard.can_be_made(1)."""
    room = Q(
        to_order__is_open=True,
        to_order__open_qty__lt=F("to_order__most_open_qty"),
        to_order__promised_until_qty__gt=F("to_order__open_qty"),
    )
    return Q(current__lead_time_days__isnull=False) & (Q(to_order__isnull=True) | room)


def _price_range() -> Case:
    whens = [When(_in_range(key), then=Value(key)) for key in PRICES]
    return Case(*whens, default=Value(""), output_field=CharField())


def _in_range(key: str) -> Q:
    least, below = PRICES[key]
    upper = Q() if below is None else Q(price_rp__lt=below)
    return Q(price_rp__gte=least) & upper


def _rows(asked: Asked, words: Words, now: datetime, tree: "Tree", page: int) -> list[Listing]:
    rows = _with_way(matching(words, now))
    if asked.kategori:
        rows = rows.filter(variant__product__category__in=tree.below(asked.kategori))
    if asked.asal:
        rows = rows.filter(facility__region=asked.asal)
    if asked.harga:
        rows = rows.filter(_in_range(asked.harga))
    if asked.siap:
        rows = rows.filter(siap=asked.siap)
    if asked.sort == CLOSEST:
        rows = rows.annotate(rank=SearchRank(F("search_vector"), words.query))
    start = (page - 1) * PAGE
    return list(for_cards(rows.order_by(*SORTS[asked.sort]), now)[start : start + PAGE])


class Tree:
    """Categories with those below them, known by code; asks nothing."""

    def __init__(self, categories: Iterable[Category]) -> None:
        rows = list(categories)
        self.by_id = {row.pk: row for row in rows}
        self.by_code = {row.code: row for row in rows}

    def above(self, category_id: int) -> list[str]:
        """The codes of a category and of every one above it, itself first."""
        codes, step = [], self.by_id.get(category_id)
        while step is not None:
            codes.append(step.code)
            step = self.by_id.get(step.parent_id or 0)
        return codes

    def below(self, code: str) -> list[int]:
        """The ids of a category and of every one below it."""
        return [pk for pk in self.by_id if code in self.above(pk)]


def _values(cell: Cell, tree: Tree, name: str) -> list[str]:
    """What a cell counts for in a filter: a category also for those above it."""
    if name == "kategori":
        return tree.above(cell.category_id)
    return [cell.region_code if name == "asal" else getattr(cell, name)]


def _fits(cell: Cell, asked: Asked, tree: Tree, but: str = "") -> bool:
    wanted = ((name, getattr(asked, name)) for name in FACETS if name != but)
    return all(not value or value in _values(cell, tree, name) for name, value in wanted)


def facet(cells: Iterable[Cell], asked: Asked, tree: Tree, name: str) -> dict[str, int]:
    """How many each value of a filter would leave, under all the other filters."""
    counts: dict[str, int] = {}
    for cell in cells:
        if _fits(cell, asked, tree, but=name):
            for value in _values(cell, tree, name):
                counts[value] = counts.get(value, 0) + cell.n
    return counts


def nearest(words: list[str], now: datetime) -> str:
    """What may have been meant: each word by the likest one among those of shown listings.

    Empty where nothing is like it. One statement, led by the trigram index.
    """
    long = [word for word in words if len(word) > 2]
    if not long:
        return ""
    like = reduce(or_, map(_like, long))
    rows = Listing.objects.shown(now).filter(like)  # type: ignore[attr-defined]
    texts = rows.order_by("-first_shown_at").values_list("search_words", flat=True)[:300]
    known = {word for text in texts for word in re.findall(r"[^\W_]+", text)}
    meant = [_likest(word, known) for word in words]
    return " ".join(meant) if all(meant) and meant != words else ""


def _like(word: str) -> Q:
    """Both parts are led by the index; short words are too unlike for its threshold."""
    return Q(search_words__trigram_word_similar=word) | Q(search_words__contains=word[:3])


def _likest(word: str, known: set[str]) -> str:
    if word in known:
        return word
    return next(iter(get_close_matches(word, sorted(known), n=1, cutoff=0.7)), "")
