"""How one thing leads to the next: kinds that people know by a code, and links between two kinds.

No domain words here; rooms declare theirs in `trace.py`. A link has an upper end (where it came
from) and a lower one (what became of it), or a host and something that only hangs on it. Every
question is asked for any number of things at once and all links of one step are one statement, so
a walk costs one statement a step, whatever the number of rows.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet, Sum, TextField, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import get_language

from berdaya.core.clock import format_date
from berdaya.core.proofs import load_rooms

Text = str | Promise
Rows = Callable[[], "QuerySet[Any]"]
# What one link may bring in one step: a lot may hang on thousands of sales.
MANY = 400
STEPS = 6
UP, DOWN = "up", "down"
BOTH = frozenset({UP, DOWN})
Place = tuple[str, str]  # kind and key


@dataclass(frozen=True)
class Node:
    """One thing on the thread: its kind, the code people know it by, a line, its page."""

    kind: str
    code: str
    label: str
    url: str = ""
    key: str = field(default="", compare=False)


# Of the columns of a kind: code, label, address.
Read = Callable[..., tuple[str, str, str]]


@dataclass(frozen=True)
class Kind:
    """A kind of thing: `columns` of its rows come as text (None for NULL) and `read` tells them.

    `meant`: which rows a typed code may mean, None where it cannot be one. `order`: where the kind
    stands on the thread. Links find a row by its `key`.
    """

    name: str
    title: Text
    order: int
    rows: Rows
    columns: tuple[str, ...]
    read: Read
    meant: Callable[[str], Q | None]
    key: str = "pk"

    def node(self, key: str, columns: Sequence[str | None]) -> Node:
        """The thing that these columns describe."""
        code, label, url = self.read(*columns[: len(self.columns)])
        return Node(self.name, code, label, url, key)


@dataclass(frozen=True)
class End:
    """One end of a link: a kind, how its row is reached from the link's, and the words to it.

    Where no foreign key leads there, `key` and `columns` name what the link's rows bring instead.
    """

    kind: str
    path: str
    words: Text = ""
    is_leaf: bool = False
    key: str = ""
    columns: tuple[str, ...] = ()

    def key_path(self) -> str:
        """The look-up of the key of the thing at this end."""
        return self.key or self._to(_kinds[self.kind].key)

    def column_paths(self) -> list[str]:
        """The look-ups of the kind's columns at this end."""
        return list(self.columns) or [self._to(one) for one in _kinds[self.kind].columns]

    def _to(self, column: str) -> str:
        return f"{self.path}__{column}" if self.path else column


@dataclass(frozen=True)
class Link:
    """Rows that tie two things; `amount` names their column of rupiah, if they have one.

    `ways`: UP where it leads to the upper end only, DOWN to the lower one only.
    """

    rows: Rows
    upper: End
    lower: End
    amount: str = ""
    ways: frozenset[str] = BOTH


@dataclass(frozen=True)
class Step:
    """A thing reached: how deep, from which, by which words, with how many rupiah between."""

    depth: int
    node: Node
    relation: str = ""
    source: Node | None = None
    amount_rp: int | None = None


_kinds: dict[str, Kind] = {}
_links: list[Link] = []


def declare_kind(
    name: str,
    title: Text,
    order: int,
    rows: Rows,
    columns: Iterable[str],
    read: Read,
    meant: Callable[[str], Q | None] = lambda text: None,
    key: str = "pk",
) -> Kind:
    """Register a kind of thing; ValueError for a second one of the name."""
    if name in _kinds:
        raise ValueError(f"kind declared twice: {name}")
    _kinds[name] = Kind(name, title, order, rows, tuple(columns), read, meant, key)
    return _kinds[name]


def declare_link(
    rows: Rows, upper: End, lower: End, amount: str = "", ways: frozenset[str] = BOTH
) -> Link:
    """Register a link; a higher room may tie its own kinds to a lower room's."""
    link = Link(rows, upper, lower, amount, ways)
    _links.append(link)
    return link


def kinds() -> dict[str, Kind]:
    """Every kind by name."""
    load_rooms("trace")
    return _kinds


def find_node(code: str) -> list[Node]:
    """Everything that bears this code, of whatever kind, in the order of the thread."""
    asked = [(kind, kind.meant(code)) for kind in sorted(kinds().values(), key=_order)]
    parts = [
        _columns(kind.rows().filter(meant), End(kind.name, "", ""), kind.name)
        for kind, meant in asked
        if meant is not None
    ]
    found = (_kinds[name].node(key, rest) for name, _from, key, _amount, *rest in _together(parts))
    return sorted(dict.fromkeys(found), key=lambda node: _kinds[node.kind].order)


def links_of(node: Node) -> list[tuple[str, Node]]:
    """What hangs on a thing directly, as (relation, thing)."""
    return [(step.relation, step.node) for step in walk([node], depth=1) if step.depth]


def walk(starts: Sequence[Node], depth: int = STEPS) -> list[Step]:
    """The starts and all that hangs on them, nearest first, each once.

    Up leads on up and down leads on down: from a slip to its sale, lot and batch, never on to the
    other sales of that lot. What only hangs on a thing is told and not followed; from there the
    walk goes on both ways, but never to a thing of the kind it began with.
    """
    known = [node if node.key else _known(node) for node in starts]
    steps = {node: Step(0, node) for node in known if node is not None}
    begun = {node.kind for node in steps}
    near = {(node.kind, node.key): node for node in steps}
    ways = dict.fromkeys(near, BOTH)
    for level in range(1, depth + 1):
        found: dict[Node, Step] = {}
        onward: dict[Place, frozenset[str]] = {}
        for road, step in _next(ways, near, level):
            if step.node in steps or step.node.kind in begun:
                continue
            found.setdefault(step.node, step)
            if not road.goal.is_leaf:
                place = (step.node.kind, step.node.key)
                onward[place] = onward.get(place, frozenset()) | road.leads_on
        steps |= found
        near = {(node.kind, node.key): node for node in found}
        ways = onward
    return list(steps.values())


def code_and_day(text: str, code: str, day: str) -> Q | None:
    """`CODE/2026-03-02`, for what has no number of its own, as a look-up of two columns."""
    left, _sign, right = text.strip().rpartition("/")
    try:
        return Q(**{code: left, day: date.fromisoformat(right)})
    except ValueError:
        return None


def amounts(text: str | None) -> int | None:
    """Whole rupiah as the database wrote them."""
    return None if text is None else int(text)


def day_text(text: str | None) -> str:
    """A day as the database wrote it, in words of the active language."""
    return format_date(date.fromisoformat(text), get_language() or "id") if text else ""


_order = attrgetter("order")


def _known(node: Node) -> Node | None:
    """A thing given by its code alone, with the key that links need."""
    return next((one for one in find_node(node.code) if one.kind == node.kind), None)


def _next(
    ways: dict[Place, frozenset[str]], near: dict[Place, Node], level: int
) -> Iterator[tuple["_Road", Step]]:
    """Everything one step away from what was reached last."""
    asked = [(road, keys) for road in _roads() if (keys := road.keys(ways))]
    parts = [
        _columns(road.rows(keys), road.goal, str(number), road.start, road.link.amount)
        for number, (road, keys) in enumerate(asked)
    ]
    # One statement's parts come in any order.
    told = sorted(_together(parts), key=lambda row: (int(row[0]), row[1], row[2]))
    for number, source, key, amount, *rest in told:
        road, _keys = asked[int(number)]
        node = _kinds[road.goal.kind].node(key, rest)
        origin = near[road.start.kind, source]
        yield road, Step(level, node, str(road.goal.words), origin, amounts(amount))


@dataclass(frozen=True)
class _Road:
    """A link in one of its two ways."""

    link: Link
    start: End
    goal: End
    way: str

    @property
    def leads_on(self) -> frozenset[str]:
        """From what only hangs on a thing, the thing itself is where the walk begins."""
        return BOTH if self.start.is_leaf else frozenset({self.way})

    def keys(self, ways: dict[Place, frozenset[str]]) -> list[str]:
        """Keys of what may take it: it leads their way, or only to what hangs on them."""
        is_free = self.start.is_leaf or self.goal.is_leaf
        return [
            key
            for (kind, key), may in ways.items()
            if kind == self.start.kind and (is_free or self.way in may)
        ]

    def rows(self, keys: list[str]) -> "QuerySet[Any]":
        """The link's rows that begin at one of these."""
        return self.link.rows().filter(**{f"{self.start.key_path()}__in": keys})


def _roads() -> list[_Road]:
    """Every link both ways, in the order of the thread."""
    known = kinds()
    both = [_Road(link, link.lower, link.upper, UP) for link in _links if UP in link.ways]
    both += [_Road(link, link.upper, link.lower, DOWN) for link in _links if DOWN in link.ways]
    return sorted(both, key=lambda road: known[road.goal.kind].order)


def _columns(
    rows: "QuerySet[Any]", end: End, name: str, near: End | None = None, amount: str = ""
) -> "QuerySet[Any]":
    """Mark, source key, key, amount and the kind's columns, all as text, padded to one width."""
    width = max(len(kind.columns) for kind in _kinds.values())
    columns = {f"link_c{n}": _text(one) for n, one in enumerate(end.column_paths())}
    spare = {f"link_c{n}": Cast(Value(""), TextField()) for n in range(len(columns), width)}
    source = _text(near.key_path()) if near else Cast(Value(""), TextField())
    told = rows.filter(**{f"{end.key_path()}__isnull": False}).order_by().annotate(
        link_mark=Cast(Value(name), TextField()), link_source=source,
        link_goal=_text(end.key_path()),
        **columns, **spare,
    )  # fmt: skip
    keys = ["link_mark", "link_source", "link_goal"]
    total = Sum(amount) if amount else Value(None, TextField())
    told = told.values(*keys, *columns, *spare).annotate(link_total=Cast(total, TextField()))
    told = told.values_list(*keys, "link_total", *columns, *spare).distinct()
    return told.order_by("link_source", "link_goal")[:MANY]


def _text(path: str) -> Cast:
    return Cast(path, TextField())


def _together(parts: "Sequence[QuerySet[Any]]") -> Iterable[tuple[Any, ...]]:
    """All parts as one statement."""
    if not parts:
        return ()
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
