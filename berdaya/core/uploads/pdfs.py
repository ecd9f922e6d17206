"""A PDF may hold pages and nothing that acts: no script, no launcher, no file inside, no lock.

The file is kept byte for byte, because a digital signature over it would not survive a rewriting.
So it is judged twice: every object a reader can reach is walked through, and the plain bytes are
searched for the same names, in case another reader reaches more.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import IndirectObject

from berdaya.core.uploads.reasons import pdf_active, pdf_broken, pdf_locked, pdf_too_many_pages
from berdaya.core.verdicts import Refused

MAX_OBJECTS = 20_000
MAX_NODES = 400_000
ENDS = re.compile(rb"%%EOF[\s\0]*\Z")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
LOUD = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|FileAttachment|SubmitForm|ImportData|XFA)"
    rb"(?![A-Za-z0-9])"
)
LOCKED = re.compile(rb"/Encrypt\s*(?:<<|\d+\s+\d+\s+R)")
KEYS = {"/JS", "/JavaScript", "/AA", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"}
WORDS = {
    "/S": {
        *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition"),
        *("/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"),
    },
    "/Type": {"/EmbeddedFile"},
    "/Subtype": {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"},
}
BROKEN = (
    *(PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError),
    *(RecursionError, NotImplementedError, AssertionError, OverflowError, zlib.error),
)


def require_harmless(content: bytes, max_pages: int) -> None:
    """Refused: pdf_broken, pdf_locked, pdf_active, pdf_too_many_pages."""
    if not content.startswith(b"%PDF-") or not ENDS.search(content[-2048:]):
        raise Refused(pdf_broken())
    if LOUD.search(ESCAPED.sub(_spelled, content)):
        raise Refused(pdf_active())
    try:
        pages = _pages_of(content)
    except BROKEN as error:
        raise Refused(pdf_locked() if LOCKED.search(content) else pdf_broken()) from error
    if pages == 0:
        raise Refused(pdf_broken())
    if pages > max_pages:
        raise Refused(pdf_too_many_pages(pages=max_pages))


def _spelled(escaped: re.Match[bytes]) -> bytes:
    return bytes([int(escaped[1], 16)])


def _pages_of(content: bytes) -> int:
    """How many pages it has, after a look at every dictionary in it."""
    reader = PdfReader(BytesIO(content))
    if "/Encrypt" in reader.trailer:
        raise Refused(pdf_locked())
    pages = 0
    for node in _dictionaries(reader):
        if KEYS & node.keys() or any(node.get(key) in words for key, words in WORDS.items()):
            raise Refused(pdf_active())
        pages += node.get("/Type") == "/Page"
    return pages


def _dictionaries(reader: PdfReader) -> Iterator[dict[str, Any]]:
    """Every dictionary of every object, by the file's own table; ValueError for far too many."""
    ids = {(number, generation) for generation, one in reader.xref.items() for number in one}
    ids |= {(number, 0) for number in reader.xref_objStm}
    if len(ids) > MAX_OBJECTS:
        raise ValueError("too many objects")
    stack: list[Any] = [reader.trailer]
    stack += [reader.get_object(IndirectObject(*one, reader)) for one in sorted(ids)]
    seen = 0
    while stack:
        node = stack.pop()
        seen += 1
        if seen > MAX_NODES:
            raise ValueError("too many nodes")
        if isinstance(node, dict):
            # Read as they stand: an indirect value is an object of its own and comes by itself.
            plain = {str(key): dict.__getitem__(node, key) for key in node}
            yield plain
            stack += plain.values()
        elif isinstance(node, list):
            stack += list.__iter__(node)
