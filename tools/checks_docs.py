"""Checks that the documents say what the code is: rooms, file kinds, terms, links."""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tools.checks_code import Problem, parsed

MAP, GLOSSARY = Path("docs/map.md"), Path("docs/glossary.md")
TERMS = Path("tools/terms.txt")

# Models whose name is a plain English word for what they are, or that exist for the machine only.
NO_TERM = {
    *("AuditRow", "AuditSeal", "SystemScope", "NumberSeries", "DemoWorld", "ReferenceSet"),
    *("Named", "Given", "Account", "Region", "Office", "Staff", "UnitNumbering"),
    *("ImportProgress", "ImportedRow", "StagedSheet", "SaleRequest"),
}


def rooms_of(root: Path) -> list[str]:
    """settings.ROOMS, highest first, read without importing; those that are there."""
    for node in parsed(root / "berdaya" / "settings.py").body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ROOMS":
            names: list[str] = ast.literal_eval(node.value)
            return names
    raise LookupError("berdaya/settings.py has no ROOMS")


def rooms_are_kept(root: Path) -> Iterator[Problem]:
    """Each room has its page and its walls, and stands in the import contract at its place."""
    rooms = rooms_of(root)
    for room in rooms:
        for name in ("README.md", "walls.py", "__init__.py"):
            if not (root / "berdaya" / room / name).is_file():
                yield Problem(root / "berdaya" / room / name, 0, "every room has one")
    contract = root / "pyproject.toml"
    layers = _layers(contract)
    if layers != rooms:
        yield Problem(contract, 0, f"layers {layers} are not settings.ROOMS {rooms}")


def _layers(file: Path) -> list[str]:
    contracts = tomllib.loads(file.read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    return next(each["layers"] for each in contracts if each["type"] == "layers")


def map_is_complete(root: Path) -> Iterator[Problem]:
    """docs/map.md names every room, and every kind of file that two rooms have."""
    text = (root / MAP).read_text("utf-8")
    for room in rooms_of(root):
        if f"`{room}/`" not in text:
            yield Problem(root / MAP, 0, f"the room `{room}/` is not on the map")
    for kind in sorted(_shared_kinds(root)):
        if f"`{kind}`" not in text:
            yield Problem(root / MAP, 0, f"`{kind}` stands in several rooms but not on the map")


def _shared_kinds(root: Path) -> set[str]:
    homes: dict[str, set[str]] = defaultdict(set)
    for room in rooms_of(root):
        for path in (root / "berdaya" / room).glob("*"):
            if path.name not in ("__pycache__", "__init__.py"):
                homes[path.name + "/" * path.is_dir()].add(room)
    return {kind for kind, where in homes.items() if len(where) > 1}


def glossary_is_complete(root: Path) -> Iterator[Problem]:
    """Every agreed term (tools/terms.txt) and every model has a line in docs/glossary.md."""
    file = root / GLOSSARY
    rows = list(_rows(file))
    for line, cells in rows:
        if len(cells) != 3 or not all(cells):
            yield Problem(file, line, "a row has three cells: id, en, code")
    known = {word for _, cells in rows for word in re.findall(r"`([^`]+)`", cells[-1])}
    for term in (root / TERMS).read_text("utf-8").split():
        if term not in known:
            yield Problem(file, 0, f"`{term}` has no line")
    for model, source, line in _models(root):
        if model not in NO_TERM and snake(model) not in known:
            yield Problem(source, line, f"{model}: `{snake(model)}` has no line in {GLOSSARY}")


def _rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every table row but heads and rules."""
    lines = file.read_text("utf-8").splitlines()
    for number, text in enumerate(lines, 1):
        is_head = number < len(lines) and lines[number].startswith("|--")
        if text.startswith("|") and not text.startswith("|--") and not is_head:
            yield number, [cell.strip() for cell in text.strip("|").split("|")]


def _models(root: Path) -> Iterator[tuple[str, Path, int]]:
    """Classes of models/ that keep a table of their own: those with a Meta or with columns."""
    for file in sorted(root.glob("berdaya/*/models/*.py")):
        for node in parsed(file).body:
            if isinstance(node, ast.ClassDef) and _keeps_rows(node):
                yield node.name, file, node.lineno


def _keeps_rows(node: ast.ClassDef) -> bool:
    bases = " ".join(ast.unparse(base) for base in node.bases)
    return bool(bases) and not re.search(r"Choices|QuerySet|Manager|Protocol|Exception", bases)


def snake(name: str) -> str:
    """`BatchClosing` -> `batch_closing`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def links_lead_somewhere(root: Path) -> Iterator[Problem]:
    """Every relative link in a document names a file that is there."""
    for file in documents(root):
        for number, text in enumerate(file.read_text("utf-8").splitlines(), 1):
            for target in LINK.findall(text):
                path = target.partition("#")[0]
                if path and "://" not in path and not (file.parent / path).exists():
                    yield Problem(file, number, f"{target} is not there")


def decisions_are_listed(root: Path) -> Iterator[Problem]:
    """docs/decisions/README.md names every record, or nobody finds it."""
    folder = root / "docs" / "decisions"
    text = (folder / "README.md").read_text("utf-8") if folder.is_dir() else ""
    for file in sorted(folder.glob("[0-9]*.md")):
        if f"({file.name})" not in text:
            yield Problem(file, 0, "is not listed in docs/decisions/README.md")


MACHINE = re.compile(r"(?<![\w.~])/(?:tmp|work|root|home)/\w")


def no_machine_paths(root: Path) -> Iterator[Problem]:
    """Documents speak of the project's folder, not of somebody's machine."""
    for file in documents(root):
        for number, text in enumerate(file.read_text("utf-8").splitlines(), 1):
            if MACHINE.search(text):
                yield Problem(file, number, "a path of somebody's machine")


def documents(root: Path) -> list[Path]:
    """Every page in Markdown that belongs to the project."""
    inside = [*(root / "docs").rglob("*.md"), *(root / "berdaya").rglob("*.md")]
    return sorted([*root.glob("*.md"), *inside])
