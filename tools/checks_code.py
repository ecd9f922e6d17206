"""Checks over code and templates: what no linter off the shelf knows about this house."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tools import lint_clock

LONGEST = 400


class Problem(NamedTuple):
    """Where something is wrong, and what; `line` 0 means the file as a whole."""

    file: Path
    line: int
    text: str


def python_files(root: Path, *folders: str) -> Iterator[Path]:
    """Every module below these folders of `root`, in a fixed order."""
    for folder in folders:
        yield from sorted((root / folder).rglob("*.py"))


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), str(file))


def clocks(root: Path) -> Iterator[Problem]:
    """Only berdaya/core/clock.py knows what time it is."""
    paths = [root / path for path in lint_clock.DEFAULT_PATHS if (root / path).exists()]
    for file in lint_clock.python_files(paths):
        for line, name in lint_clock.findings(file.read_text("utf-8"), str(file)):
            yield Problem(file, line, f"{name}: use berdaya.core.clock")


# The policy of content (`'self'`, nothing inline) makes browsers drop these without a word.
# JSON-LD is data for crawlers: no browser runs it, so the policy does not ask about it.
INLINE = {
    "a script without src": re.compile(
        r"<script\b(?![^>]*\b(?:src=|type=.application/ld\+json))[^>]*>", re.IGNORECASE
    ),
    "a <style> element": re.compile(r"<style\b", re.IGNORECASE),
    "a style= attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
    "an on…= handler": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"""["']javascript:""", re.IGNORECASE),
}
TEMPLATE_CODE = re.compile(
    r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL
)


def inline_code(root: Path) -> Iterator[Problem]:
    """No template, and no text in a module that becomes a page, carries inline code."""
    for file in sorted(root.glob("berdaya/*/templates/**/*.html")):
        yield from _inline_in(file, TEMPLATE_CODE.sub(_blank, file.read_text("utf-8")))
    for file in python_files(root, "berdaya"):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "<" in node.value:
                yield from _inline_in(file, node.value, node.lineno - 1)


def _inline_in(file: Path, text: str, above: int = 0) -> Iterator[Problem]:
    for what, pattern in INLINE.items():
        for match in pattern.finditer(text):
            line = above + text.count("\n", 0, match.end()) + 1
            yield Problem(file, line, f"{what}: the browser will not run it")


def _blank(match: re.Match[str]) -> str:
    """As many lines as Django's own marks had, so that later lines keep their number."""
    return "\n" * match[0].count("\n")


REGISTRIES = re.compile(
    r"https?://[\w.-]*(pypi\.org|pythonhosted\.org|npmjs\.(org|com)|yarnpkg\.com)"
    r"|^\s*(-i|--(extra-)?index-url|--find-links)[ =]",
    re.MULTILINE,
)
TEXTS = {".py", ".txt", ".in", ".toml", ".cfg", ".sh", ".md", ".html", ".js", ".css", ".yml", ""}


def registry_addresses(root: Path) -> Iterator[Problem]:
    """Where packages come from is the machine's business: a mirror must do as well."""
    for file in sorted(path for folder in _own_folders(root) for path in folder):
        for match in REGISTRIES.finditer(file.read_text("utf-8", errors="replace")):
            line = file.read_text("utf-8", errors="replace").count("\n", 0, match.start()) + 1
            yield Problem(file, line, "the address of a package registry")


def _own_folders(root: Path) -> Iterator[list[Path]]:
    yield [path for path in root.iterdir() if path.is_file() and path.suffix in TEXTS]
    for name in ("berdaya", "launch", "bin", "tools", "docs", ".ci"):
        found = (root / name).rglob("*")
        yield [path for path in found if path.is_file() and path.suffix in TEXTS]


# What says who somebody is. Only the sealed identity has such columns, and only as sealed bytes.
SEALED, SEALED_FIELD = "SealedIdentity", "BinaryField"
IDENTITY = re.compile(
    r"(^|_)(nik|ktp|npwp_pribadi|passport|register_(no|number)|nomor_register|full_?name|"
    r"real_name|birth_(name|date|place)|date_of_birth|place_of_birth|mother_name|fingerprint|"
    r"nama_lengkap|religion|home_address)($|_)"
)
Column = tuple[int, str, str, str]  # line, model, column, kind of field
PERSONS = ("people", "workshop", "proceeds")
FIELD_CALL = re.compile(r"(Field|ForeignKey)$")


def identity_columns(root: Path) -> Iterator[Problem]:
    """Names, register numbers and NIK have no plain column, anywhere, nor has a person a name."""
    for file in sorted(root.glob("berdaya/*/models/*.py")):
        yield from _identity_in(file, _model_columns(parsed(file)))
    for file in sorted(root.glob("berdaya/*/migrations/*.py")):
        yield from _identity_in(file, _migrated_columns(parsed(file)))


def _identity_in(file: Path, columns: Iterator[Column]) -> Iterator[Problem]:
    for line, model, name, kind in columns:
        if model == SEALED and kind == SEALED_FIELD:
            continue
        personal = file.parts[-3] in PERSONS and re.search(r"participant|person", model.lower())
        if IDENTITY.search(name) or (personal and re.search(r"(^|_)name($|_)", name)):
            yield Problem(file, line, f"{model}.{name}: identities have no column")


def _model_columns(tree: ast.Module) -> Iterator[Column]:
    for model in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        for node in model.body:
            if isinstance(node, ast.Assign) and _is_field(node.value):
                for target in node.targets:
                    yield node.lineno, model.name, ast.unparse(target), _kind(node.value)


def _migrated_columns(tree: ast.Module) -> Iterator[Column]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        words = {key.arg: key.value for key in call.keywords}
        model = _text(words.get("model_name")) or _text(words.get("name"))
        if "fields" in words and isinstance(words["fields"], ast.List):
            for pair in words["fields"].elts:
                if isinstance(pair, ast.Tuple):
                    yield pair.lineno, model, _text(pair.elts[0]), _kind(pair.elts[1])
        elif _called(call) in ("AddField", "RenameField"):
            name = _text(words.get("new_name") or words.get("name"))
            yield call.lineno, model, name, _kind(words.get("field"))


def _kind(field: ast.expr | None) -> str:
    return _called(field) if isinstance(field, ast.Call) else ""


def _is_field(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and bool(FIELD_CALL.search(_called(node)))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)


def _text(node: ast.expr | None) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ""


DECLARATIONS = ("declare_reason", "declare_event", "declare_check")
CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")


def unique_codes(root: Path) -> Iterator[Problem]:
    """A code stands for one refusal, fact or proof for ever, also in rooms not yet imported."""
    seen: dict[tuple[str, str], Problem] = {}
    for file in python_files(root, "berdaya"):
        for node in ast.walk(parsed(file)):
            if not (isinstance(node, ast.Call) and _called(node) in DECLARATIONS and node.args):
                continue
            code = _text(node.args[0])
            here = Problem(file, node.lineno, f"{_called(node)}({code!r})")
            first = seen.setdefault((_called(node), code), here)
            if first is not here:
                yield here._replace(text=f"{here.text} stands also in {first.file}:{first.line}")
            if not CODE.fullmatch(code):
                yield here._replace(text=f"{here.text}: a code is a lower_case literal")


def opening_sentences(root: Path) -> Iterator[Problem]:
    """A module opens with one sentence that says what it is for."""
    for file in python_files(root, "berdaya", "launch", "tests", "tools"):
        is_written = "migrations" not in file.parts and file.stat().st_size > 0
        if is_written and not ast.get_docstring(parsed(file)):
            yield Problem(file, 1, "a module opens with a sentence")


def long_files(root: Path) -> Iterator[Problem]:
    """A question to ask, not a crime: these are shown and break nothing."""
    for file in python_files(root, "berdaya", "launch", "tests", "tools"):
        lines = file.read_text("utf-8").count("\n")
        if lines > LONGEST and "migrations" not in file.parts:
            yield Problem(file, lines, f"{lines} lines; can it be two files?")
