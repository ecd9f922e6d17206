#!/usr/bin/env python3
"""Keep the translations: `tools/messages.py [--check | --compile] [ROOM ...]`.

The words in the code are Indonesian, so Indonesian needs no catalogue: what has no translation is
shown as written. English is the one other language and has one catalogue per room,
berdaya/<room>/locale/en/LC_MESSAGES/django.po. Without an option the catalogues are brought up to
date: new words are added empty, given translations kept, unused ones dropped. Neither GNU gettext
nor a configured Django is needed, and no date or tool name is written, so that a second run
changes nothing.

--check    change nothing; exit 1 naming what is missing, untranslated, fuzzy, unused, has other
           placeholders than the original, or is translated otherwise in another room: Django
           merges all catalogues, so the last room would speak for all. A word of two meanings
           takes the room as its context
--compile  write the .mo files that are older than their .po
"""

import argparse
import ast
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
HEADER = (
    b'msgid ""\nmsgstr ""\n'
    b'"Language: en\\n"\n'
    b'"MIME-Version: 1.0\\n"\n'
    b'"Content-Type: text/plain; charset=utf-8\\n"\n'
    b'"Content-Transfer-Encoding: 8bit\\n"\n'
    b'"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)

# Which argument is what: s(ingular), p(lural), c(ontext).
PLAIN, PLURAL, CONTEXT, BOTH = "s", "sp", "cs", "csp"
KEYWORDS = {
    "_": PLAIN,
    "_lazy": PLAIN,
    "gettext": PLAIN,
    "gettext_lazy": PLAIN,
    "gettext_noop": PLAIN,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT,
    "pgettext_lazy": CONTEXT,
    "npgettext": BOTH,
    "npgettext_lazy": BOTH,
}

# What templatize() makes of a template: filler, and calls whose arguments are Python literals.
_LITERAL = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)", re.DOTALL)
_PLACEHOLDER = re.compile(r"%\((\w+)\)|%([sd])|\{(\w*)\}")

Key = tuple[str, str, str]  # context, singular, plural; "" where there is none


class BadSource(Exception):
    """A file that cannot be read as what its name says."""


def python_messages(source: str, filename: str) -> Iterator[Key]:
    """What a module marks for translation; BadSource for an f-string, which cannot be found."""
    if "gettext" not in source:
        return
    for node in ast.walk(ast.parse(source, filename)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name in KEYWORDS and node.args:
            if isinstance(node.args[0], ast.JoinedStr):
                raise BadSource(f"{filename}:{node.lineno}: f-string in {name}()")
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            yield from _key(name, [text for text in texts if isinstance(text, str)])


def template_messages(source: str, filename: str) -> Iterator[Key]:
    """What a template marks for translation."""
    for name, arguments in _CALL.findall(templatize(source, origin=filename)):
        yield from _key(name, list(ast.literal_eval(f"({arguments},)")))


def _key(name: str, texts: list[str]) -> Iterator[Key]:
    """Nothing for a call without all its literals: `_(variable)` was marked elsewhere."""
    parts = dict(zip(KEYWORDS[name], texts, strict=False))
    if len(parts) == len(KEYWORDS[name]) and parts["s"]:
        yield parts.get("c", ""), parts["s"], parts.get("p", "")


def room_messages(room: Path) -> dict[Key, None]:
    """Everything a room says, in a fixed order; BadSource names a file that cannot be read."""
    found: set[Key] = set()
    for file in _files_of(room):
        inside = file.relative_to(room.parent).parts
        if file.suffix == ".py" and "migrations" not in inside:
            reader = python_messages
        elif file.suffix in (".html", ".txt") and "templates" in inside:
            reader = template_messages
        else:
            continue
        try:
            found.update(reader(file.read_text("utf-8"), str(file)))
        except (SyntaxError, ValueError) as error:
            raise BadSource(f"{file}: {error}") from error
    return _one_per_id(found)


def _files_of(room: Path) -> Iterator[Path]:
    yield from room.rglob("*")
    if room.name == "core":  # the settings and addresses of the whole house
        yield from room.parent.glob("*.py")


def _one_per_id(found: set[Key]) -> dict[Key, None]:
    """Sorted by text; a text used with and without plural is one message, the one with plural."""
    with_plural = {(context, singular) for context, singular, plural in found if plural}
    kept = (key for key in found if key[2] or key[:2] not in with_plural)
    return dict.fromkeys(sorted(kept, key=lambda key: (key[1], key[0], key[2])))


def load(po: Path) -> Catalog:
    """The catalogue on disk, or an empty one."""
    if not po.exists():
        return Catalog(locale="en")
    with po.open("rb") as file:
        return read_po(file, locale="en", domain="django", abort_invalid=True)


def merged(keys: dict[Key, None], old: Catalog) -> Catalog:
    """A catalogue of exactly `keys`, with the translations and comments of `old`."""
    new = Catalog(locale="en", domain="django")
    for context, singular, plural in keys:
        known = old.get(singular, context or None)
        text = known.string if known is not None else ""
        if bool(plural) != isinstance(text, tuple | list):
            text = ("", "") if plural else ""
        new.add(
            (singular, plural) if plural else singular,
            text,
            context=context or None,
            flags=known.flags & {"fuzzy"} if known is not None else (),
            user_comments=known.user_comments if known is not None else (),
        )
    return new


def rendered(catalog: Catalog) -> bytes:
    """The file's bytes: no dates, no line numbers, no wrapping, so that a change is a change."""
    body = BytesIO()
    write_po(body, catalog, width=0, no_location=True, omit_header=True)
    return HEADER + body.getvalue()


def update(room: Path) -> bool:
    """Bring a room's catalogue up to date; whether the file changed."""
    po = room / CATALOGUE
    keys = room_messages(room)
    if not keys and not po.exists():
        return False
    content = rendered(merged(keys, load(po)))
    if po.exists() and po.read_bytes() == content:
        return False
    _write(po, content)
    return True


def problems(room: Path) -> Iterator[str]:
    """What keeps a room's English from being complete, one line each."""
    po = room / CATALOGUE
    catalog, keys = load(po), room_messages(room)
    for context, singular, plural in keys:
        message = catalog.get(singular, context or None)
        if message is None or bool(plural) != isinstance(message.id, tuple | list):
            yield f"{po}: not extracted, run tools/messages.py: {singular!r}"
        else:
            yield from (f"{po}: {what}: {singular!r}" for what in _faults(message))
    ids = {(context, singular) for context, singular, _ in keys}
    for message in catalog:
        singular = message.id[0] if isinstance(message.id, tuple | list) else message.id
        if singular and (message.context or "", singular) not in ids:
            yield f"{po}: no longer used, run tools/messages.py: {singular!r}"


def conflicts(chosen: list[Path]) -> Iterator[str]:
    """Words with one context and two translations, one line each."""
    said: dict[tuple[str, object], dict[object, str]] = {}
    for room in chosen:
        for message in load(room / CATALOGUE):
            if message.id:
                texts = said.setdefault((message.context or "", message.id), {})
                texts.setdefault(message.string, room.name)
    for (_context, word), texts in said.items():
        if len(texts) > 1:
            told = ", ".join(f"{room}: {text!r}" for text, room in texts.items())
            yield f"two translations of {word!r}: {told}"


def _faults(message: Message) -> Iterator[str]:
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if message.fuzzy:
        yield "fuzzy"
    if not all(texts):
        yield "untranslated"
        return
    # "One lot" may leave the number out; the last form is used for every other number.
    wanted = placeholders(ids[-1])
    singular_is_wrong = len(texts) > 1 and not placeholders(texts[0]) <= wanted
    if singular_is_wrong or placeholders(texts[-1]) != wanted:
        yield "other placeholders"


def placeholders(text: str | None) -> set[str]:
    """The names filled in later: `%(name)s`, `%s`, `{name}`; `%%` is a percent sign."""
    plain = (text or "").replace("%%", "")
    return {name or sign or f"{{{brace}}}" for name, sign, brace in _PLACEHOLDER.findall(plain)}


def compile_room(room: Path) -> bool:
    """Write the .mo beside the .po unless it is newer; whether it was written."""
    po = room / CATALOGUE
    mo = po.with_suffix(".mo")
    if not po.exists() or (mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime):
        return False
    content = BytesIO()
    write_mo(content, load(po))
    _write(mo, content.getvalue())
    return True


def _write(path: Path, content: bytes) -> None:
    """Replace the file in one step: another process may be reading it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


def rooms(root: Path, names: list[str]) -> list[Path]:
    """The rooms asked for, or all; SystemExit for a name that is none."""
    found = {path.name: path for path in sorted((root / "berdaya").iterdir()) if path.is_dir()}
    unknown = [name for name in names if name not in found]
    if unknown:
        raise SystemExit(f"no such room: {', '.join(unknown)}")
    return [found[name] for name in names] if names else list(found.values())


def run(chosen: list[Path], *, check: bool, compiling: bool) -> int:
    """Do it room by room; a room that cannot be read is named and left alone."""
    failures = 0
    for room in chosen:
        try:
            if check:
                lines = list(problems(room))
                failures += len(lines)
                print("".join(f"{line}\n" for line in lines), end="")
            elif compiling:
                compile_room(room)
            elif update(room):
                print(f"{room / CATALOGUE}: updated")
        except BadSource as error:
            failures += 1
            print(error)
    if check:
        lines = list(conflicts(chosen))
        failures += len(lines)
        print("".join(f"{line}\n" for line in lines), end="")
    return 1 if failures else 0


def main(arguments: list[str]) -> int:
    """Exit code 0 when all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rooms", nargs="*", metavar="ROOM")
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds berdaya/")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true")
    mode.add_argument("--compile", action="store_true")
    options = parser.parse_args(arguments)
    chosen = rooms(options.root, options.rooms)
    return run(chosen, check=options.check, compiling=options.compile)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
