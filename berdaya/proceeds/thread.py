"""Walk the golden thread from any code, both ways, without walking back over a kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from berdaya.core.proofs import Node, find_node, links_of

MOST = 2_000


@dataclass(frozen=True)
class Step:
    """One thing reached: how deep, by which relation, and whether it was told before."""

    depth: int
    relation: str
    node: Node
    is_repeat: bool

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "depth": self.depth,
            "relation": self.relation,
            "kind": self.node.kind,
            "code": self.node.code,
            "label": str(self.node.label),
            "url": self.node.url,
        }


def walk(code: str, depth: int = 6) -> list[Step]:
    """Every thing that hangs on what bears this code; empty for an unknown one.

    A path never comes to a kind twice: from a slip to its sale, lot, batch and sheets, and not on
    to every other sale of that lot. Stops after MOST steps.
    """
    told: set[tuple[str, str]] = set()
    steps: list[Step] = []
    for start in find_node(code):
        for step in _from(start, "", (), depth, told):
            steps.append(step)
            if len(steps) >= MOST:
                return steps
    return steps


def _from(
    node: Node, relation: str, passed: tuple[str, ...], depth: int, told: set[tuple[str, str]]
) -> Iterator[Step]:
    key = (node.kind, node.code)
    is_repeat = key in told
    told.add(key)
    yield Step(len(passed), relation, node, is_repeat)
    if is_repeat or len(passed) >= depth:
        return
    kinds = (*passed, node.kind)
    for words, other in links_of(node):
        if other.kind not in kinds:
            yield from _from(other, str(words), kinds, depth, told)
