"""Lists: a declarative table over a queryset, searched, filtered, sorted, paged and exported."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from berdaya.look import exports

Text = str | Promise
NUMBERS = ("amount", "qty", "number")
KINDS = (*NUMBERS, "text", "date", "instant", "state")
NOTHING_YET = _("Belum ada apa-apa di sini")
PARAMETERS = ("cari", "urut", "hal", "ekspor")


@dataclass(frozen=True)
class State:
    """How a state is shown: a word, and a tone of the chip ("", done, warn, bad, off)."""

    label: Text
    tone: str = ""


@dataclass(frozen=True)
class Column:
    """One column. `field` is a path like `batch.code` (default: the key).

    kind: text, amount (whole rupiah), qty, number, date, instant, state. `url` makes the cell a
    link; `sort` is the ordering field ("" for none, default the path in ORM spelling, when the
    cell is not computed by `value`).
    """

    key: str
    label: Text
    kind: str = "text"
    field: str = ""
    value: Callable[[Any], Any] | None = None
    url: Callable[[Any], str] | None = None
    sort: str | None = None
    states: Mapping[Any, State] | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"column {self.key}: no kind {self.kind}")

    @property
    def is_code(self) -> bool:
        """Desk codes stay on one line: a code broken at its dashes cannot be read aloud."""
        return (self.field or self.key).endswith("code")

    @property
    def is_number(self) -> bool:
        """Right-aligned and tabular."""
        return self.kind in NUMBERS

    @property
    def is_place(self) -> bool:
        """Says the same on every row to somebody who works at one place."""
        return self.field.startswith("facility.")

    @property
    def ordering(self) -> str:
        """The ORM's name of what this column sorts by."""
        if self.sort is not None:
            return self.sort
        return "" if self.value else (self.field or self.key).replace(".", "__")

    def state_of(self, value: Any) -> State:
        """How a state is shown; one that is not listed shows itself."""
        return (self.states or {}).get(value) or State("" if value is None else str(value))

    def of(self, row: Any) -> Any:
        """The cell's plain value."""
        if self.value:
            return self.value(row)
        for name in (self.field or self.key).replace("__", ".").split("."):
            row = row[name] if isinstance(row, Mapping) else getattr(row, name, None)
            row = row() if callable(row) else row
        return row


@dataclass(frozen=True)
class Filter:
    """A choice above the list; `choices` (value, label) or a callable that gives them."""

    key: str
    label: Text
    choices: Sequence[tuple[str, Text]] | Callable[[], Iterable[tuple[str, Text]]]
    field: str = ""
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    counted: bool = False

    def options(self) -> list[tuple[str, Text]]:
        """Values with labels."""
        return list(self.choices() if callable(self.choices) else self.choices)

    def narrow(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows this choice leaves."""
        if self.apply:
            return self.apply(rows, value)
        return rows.filter(**{self.field or self.key: value})


@dataclass(frozen=True)
class Empty:
    """What an empty list says: what to do first."""

    title: Text = NOTHING_YET
    text: Text = ""
    action: Text = ""
    url: str = ""
    good: str = "basket"


class Table:
    """Subclass it with columns, search, filters and empty; see the README of the look."""

    name: ClassVar[str] = "tabel"
    caption: ClassVar[Text] = ""
    columns: ClassVar[Sequence[Column]] = ()
    search: ClassVar[Sequence[str]] = ()
    search_label: ClassVar[Text] = _("Cari")
    filters: ClassVar[Sequence[Filter]] = ()
    default_sort: ClassVar[Sequence[str]] = ("-pk",)
    per_page: ClassVar[int] = 50
    empty: ClassVar[Empty] = Empty()
    export_limit: ClassVar[int] = 50_000

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet[Any],
        *,
        empty: Empty | None = None,
        reckoned: Mapping[str, Any] | None = None,
    ) -> None:
        """`reckoned` are sums and counts over other tables: only the page shown is asked for them.

        Annotated on `rows` they would be reckoned for every row that there is.
        """
        self.request = request
        self.all_rows = rows
        self.reckoned = dict(reckoned or {})
        self.when_empty = empty or self.empty
        self.given = {key: value for key, value in request.GET.items() if value}

    def response(self, template: str, context: dict[str, Any] | None = None) -> HttpResponse:
        """The export asked for, the list's fragment for htmx, or the whole page."""
        if self.given.get("ekspor") in exports.WRITERS:
            return self.export(self.given["ekspor"])
        wanted = self.request.headers.get("HX-Target") == self.element_id
        shown = "look/table.html#rows" if wanted else template
        response = render(self.request, shown, {"table": self, **(context or {})})
        response["Vary"] = ", ".join(filter(None, [response.get("Vary"), "HX-Request"]))
        return response

    @property
    def element_id(self) -> str:
        """The fragment that htmx swaps."""
        return f"rows-{self.name}"

    @property
    def words(self) -> str:
        """What was searched for."""
        return self.given.get("cari", "")[:100]

    @cached_property
    def matching(self) -> QuerySet[Any]:
        """Every row that search and filters leave, in order; reckoned only to sort by it."""
        rows = self._searched(self.all_rows)
        for one in self.filters:
            value = self._chosen(one)
            rows = one.narrow(rows, value) if value else rows
        if self.reckoned and (self._sorts_by_reckoned or not self._can_be_cut):
            rows = rows.annotate(**self.reckoned)
        return rows.order_by(*self._order())

    @property
    def _sorts_by_reckoned(self) -> bool:
        return any(name.lstrip("-") in self.reckoned for name in self._order())

    def _whole(self, cut: QuerySet[Any]) -> QuerySet[Any]:
        """These rows with all that is joined and reckoned, in a statement of its own.

        The keys of the page come first and as values: of a statement that also sorts, the planner
        would join every row there is, for it cannot know how many facilities the scope holds.
        """
        if not self._can_be_cut:
            return cut
        chosen = self.all_rows.filter(pk__in=list(cut.values_list("pk", flat=True)))
        return chosen.annotate(**self.reckoned).order_by(*self._order())

    @property
    def _can_be_cut(self) -> bool:
        if not isinstance(self.all_rows, QuerySet):  # the rows of a sample, in memory
            return False
        query, shown = self.all_rows.query, self.all_rows._fields  # type: ignore[attr-defined]
        is_joined = bool(query.select_related or query.annotations or self.reckoned)
        return is_joined and not (query.distinct or query.combinator or query.group_by or shown)

    def _searched(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        for word in self.words.split() if self.search else ():
            rows = rows.filter(reduce(or_, (Q(**{path: word}) for path in self.search)))
        return rows

    def _chosen(self, one: Filter) -> str:
        value = self.given.get(one.key, "")
        return value if value in {str(known) for known, _label in one.options()} else ""

    def _order(self) -> list[str]:
        wanted = self.given.get("urut", "")
        for column in self.columns:
            if column.ordering and wanted.lstrip("-") == column.key:
                sign = "-" if wanted.startswith("-") else ""
                return [f"{sign}{column.ordering}", "pk"]
        return list(self.default_sort)

    @cached_property
    def total(self) -> int:
        """How many rows match."""
        return self.matching.count()

    @cached_property
    def page(self) -> int:
        """The page shown, 1 where none or nonsense was asked for."""
        asked = self.given.get("hal", "1")
        number = int(asked) if asked.isascii() and asked.isdigit() else 1
        return min(max(1, number), self.pages)

    @cached_property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.per_page))

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of the page shown."""
        start = (self.page - 1) * self.per_page
        cut = self.matching[start : start + self.per_page]
        return list(self._whole(cut)) if self.total else []

    @property
    def lines(self) -> list[list[dict[str, Any]]]:
        """Cells of the page shown, for the template."""
        return [[self._cell(column, row) for column in self.shown] for row in self.rows]

    @cached_property
    def shown(self) -> list[Column]:
        """The columns on the screen: no place for who has only one; exports keep them all."""
        actor = getattr(self.request, "actor", None)
        one_place = actor is not None and len(actor.facility_ids) == 1
        return [column for column in self.columns if not (one_place and column.is_place)]

    def _cell(self, column: Column, row: Any) -> dict[str, Any]:
        value = column.of(row)
        state = column.state_of(value) if column.kind == "state" else None
        url = column.url(row) if column.url else ""
        return {"column": column, "value": value, "state": state, "url": url}

    @property
    def heads(self) -> list[dict[str, Any]]:
        """Columns with where their heading leads and how they are sorted now."""
        wanted = self.given.get("urut", "")
        heads = []
        for column in self.shown:
            now = "" if wanted.lstrip("-") != column.key else ("-" if wanted[0] == "-" else "+")
            turn = f"-{column.key}" if now == "+" else column.key
            url = self.address(urut=turn, hal="") if column.ordering else ""
            heads.append({"column": column, "url": url, "now": now})
        return heads

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The filters with their options, counts and what is chosen."""
        return [
            {"filter": one, "chosen": self._chosen(one), "options": self._counted(one)}
            for one in self.filters
        ]

    def _counted(self, one: Filter) -> list[tuple[str, Text, int | None]]:
        if not one.counted:
            return [(str(value), label, None) for value, label in one.options()]
        path = one.field or one.key
        pairs = self._searched(self.all_rows).order_by().values_list(path).annotate(n=Count("pk"))
        counts = {str(value): count for value, count in pairs}
        return [(str(value), label, counts.get(str(value), 0)) for value, label in one.options()]

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or filter hides rows."""
        return bool(self.words) or any(self._chosen(one) for one in self.filters)

    @property
    def first_shown(self) -> int:
        """Number of the first row shown."""
        return (self.page - 1) * self.per_page + 1

    @property
    def last_shown(self) -> int:
        """Number of the last row shown."""
        return self.first_shown + len(self.rows) - 1

    @property
    def page_links(self) -> list[dict[str, Any]]:
        """First, last and the pages around the one shown; a gap is a page without number."""
        near = {1, self.pages, *range(self.page - 1, self.page + 2)}
        links: list[dict[str, Any]] = []
        before = 0
        for number in sorted(n for n in near if 1 <= n <= self.pages):
            if number - before > 1:
                links.append({"number": None})
            here = number == self.page
            links.append({"number": number, "url": self.address(hal=str(number)), "here": here})
            before = number
        return links

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Parameters the search form must carry along."""
        own = {*PARAMETERS, *(one.key for one in self.filters)} - {"urut"}
        return [(key, value) for key, value in self.given.items() if key not in own]

    def address(self, **changes: str) -> str:
        """The present address with some parameters changed; an empty one is dropped."""
        wanted = {**self.given, "ekspor": "", **changes}
        return f"{self.request.path}?{urlencode({k: v for k, v in wanted.items() if v})}"

    @property
    def clear_url(self) -> str:
        """The list without search and filters."""
        return self.address(cari="", hal="", **{one.key: "" for one in self.filters})

    @property
    def xlsx_url(self) -> str:
        """Where the list is a workbook."""
        return self.address(ekspor="xlsx", hal="")

    @property
    def csv_url(self) -> str:
        """Where the list is a CSV file."""
        return self.address(ekspor="csv", hal="")

    def export(self, form: str) -> HttpResponse:
        """All matching rows as a file, up to the export limit."""
        heads = [str(column.label) for column in self.columns]
        kinds = [column.kind for column in self.columns]
        rows = ([_plain(column, row) for column in self.columns] for row in self._exported())
        return exports.WRITERS[form](self.name, heads, kinds, rows)

    def _exported(self) -> Iterable[Any]:
        if self.reckoned and self._can_be_cut and not self._sorts_by_reckoned:
            return self.matching.annotate(**self.reckoned)[: self.export_limit]
        return self.matching[: self.export_limit]


def _plain(column: Column, row: Any) -> Any:
    value = column.of(row)
    return str(column.state_of(value).label) if column.kind == "state" else value
