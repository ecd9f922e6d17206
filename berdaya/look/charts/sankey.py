"""Where an amount goes: bands between nodes, as wide as what flows through them."""

from collections import defaultdict
from dataclasses import dataclass

from berdaya.look.charts.drawing import DYES, INK, QUIET, Canvas, cut, short, told, trim
from berdaya.look.charts.parts import NARROW, WIDE, Flow, Flows

NODE, SPACE, LETTERS = 12.0, 30.0, 26.0
PRESSED = 0.46  # of a phone's width for all columns but the last


@dataclass
class Node:
    """A bar: its column from 0, its whole amount, and where it stands."""

    name: str
    column: int
    amount: float
    top: float = 0.0
    used_in: float = 0.0
    used_out: float = 0.0


def sankey(chart: Flows, width: int = WIDE, height: int = 340) -> str:
    """Columns from left to right by the longest way; ValueError where flows go round in a ring."""
    nodes = laid_out(chart)
    columns: dict[int, list[Node]] = defaultdict(list)
    for node in nodes.values():
        columns[node.column].append(node)
    words = "; ".join(
        f"{chart.names[one.source]} → {chart.names[one.target]}: {told(one.amount, chart.unit)}"
        for one in chart.flows
    )
    canvas = Canvas(chart.key, chart.title, width, height, words)
    per_pixel = _place(columns, height)
    last = max(columns, default=0)
    stands = columns_at(last, width)
    left = {node.name: stands[node.column] for node in nodes.values()}
    colours = {name: DYES[number % len(DYES)] for number, name in enumerate(nodes)}
    for one in chart.flows:
        _band(canvas, chart, one, nodes, left, colours, per_pixel)
    for node in nodes.values():
        room = room_of(node.column, stands, width)
        _bar(canvas, chart, node, left[node.name], colours[node.name], per_pixel,
             room=room, is_last=bool(last) and node.column == last)  # fmt: skip
    return canvas.svg()


def columns_at(last: int, width: float) -> list[float]:
    """Where each column's bars stand. On a phone the last gap is the widest: words of the last
    column lie before its bars, those of the one before it behind theirs."""
    span = width - NODE
    if last < 3 or width > NARROW:
        return [span * column / max(last, 1) for column in range(last + 1)]
    return [*(span * PRESSED * column / (last - 1) for column in range(last)), span]


def room_of(column: int, stands: list[float], width: float) -> float:
    """How much room the words of a column have."""
    last = len(stands) - 1
    if not last:
        return width
    if last < 3 or width > NARROW:
        return stands[1]
    return (stands[-1] + NODE - stands[-2]) / 2 if column >= last - 1 else stands[1]


def laid_out(chart: Flows) -> dict[str, Node]:
    """Every node with its column and amount, in the order of the names."""
    into: dict[str, list[Flow]] = defaultdict(list)
    out: dict[str, list[Flow]] = defaultdict(list)
    for one in chart.flows:
        into[one.target].append(one)
        out[one.source].append(one)
    seen: dict[str, int] = {}

    def column(name: str, way: tuple[str, ...] = ()) -> int:
        if name in way:
            raise ValueError(f"{chart.key}: flows go round at {name}")
        if name not in seen:
            before = [column(one.source, (*way, name)) + 1 for one in into[name]]
            seen[name] = max(before, default=0)
        return seen[name]

    return {
        name: Node(
            name,
            column(name),
            max(_sum(into[name]), _sum(out[name])),
        )
        for name in chart.names
        if into[name] or out[name]
    }


def _sum(flows: list[Flow]) -> float:
    return sum(float(one.amount) for one in flows)


def _place(columns: dict[int, list[Node]], height: float) -> float:
    """Stand the nodes of each column below each other; how many pixels one of the unit takes."""
    fits = [
        (height - len(nodes) * SPACE) / (sum(node.amount for node in nodes) or 1)
        for nodes in columns.values()
    ]
    per_pixel = max(min(fits, default=0.0), 0.0)
    for nodes in columns.values():
        top = LETTERS
        for node in nodes:
            node.top = top
            top += node.amount * per_pixel + SPACE
    return per_pixel


def _band(
    canvas: Canvas, chart: Flows, one: Flow, nodes: dict[str, Node], left: dict[str, float],
    colours: dict[str, str], per_pixel: float,
) -> None:  # fmt: skip
    source, target = nodes[one.source], nodes[one.target]
    wide = float(one.amount) * per_pixel
    x1, x2 = left[one.source] + NODE, left[one.target]
    y1, y2 = source.top + source.used_out, target.top + target.used_in
    source.used_out += wide
    target.used_in += wide
    middle = trim((x1 + x2) / 2)
    canvas.path(
        f"M{trim(x1)} {trim(y1)}C{middle} {trim(y1)} {middle} {trim(y2)} {trim(x2)} {trim(y2)}"
        f"v{trim(wide)}C{middle} {trim(y2 + wide)} {middle} {trim(y1 + wide)} {trim(x1)}"
        f" {trim(y1 + wide)}Z",
        f"{chart.names[one.source]} → {chart.names[one.target]}: {told(one.amount, chart.unit)}",
        fill=colours[one.target], fill_opacity=".38",
    )  # fmt: skip


def _bar(
    canvas: Canvas, chart: Flows, node: Node, left: float, colour: str, per_pixel: float, *,
    room: float, is_last: bool,
) -> None:  # fmt: skip
    says = f"{chart.names[node.name]}: {told(node.amount, chart.unit)}"
    canvas.rect(left, node.top, NODE, max(node.amount * per_pixel, 1), colour, says)
    anchor, x = ("end", left + NODE) if is_last else ("start", left)
    fits = room - (8 if canvas.width > NARROW else 2)
    canvas.text(x, node.top - 15, cut(chart.names[node.name], fits), anchor=anchor, fill=QUIET)
    figure = short(node.amount, chart.unit)
    canvas.text(x, node.top - 3, cut(figure, fits), anchor=anchor, fill=INK, bold=True)
