"""The one door by which a file comes in: judged by what it holds, made anew, kept by its digest.

    accepted = accept(file, SCAN)                 # or it raises Refused
    name = store(accepted, "consents/17")         # keep `name` and `accepted.digest` in the row

What a file calls itself (name, ending, declared type) is never read and never kept. Pictures are
encoded anew, so that nothing hangs on them but their pixels. Whatever comes in is shown to ClamAV
where the machine has one (`scanner.py`). Files are handed out by `serving.py` only.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from berdaya.core.uploads import reasons, scanner
from berdaya.core.uploads.images import CONTENT_TYPES, Limits, remade
from berdaya.core.uploads.pdfs import require_harmless
from berdaya.core.uploads.sniffing import NAMES, type_of
from berdaya.core.uploads.storing import declare_files, forget, keep
from berdaya.core.verdicts import Refused

__all__ = [
    "SCAN",
    "WORKBOOK",
    "Accepted",
    "Kind",
    "accept",
    "declare_files",
    "forget",
    "store",
]

ENDINGS = {"application/pdf": "pdf", **{told: kind for kind, told in CONTENT_TYPES.items()}}
MIB = 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """What one place takes: types by content (`sniffing.NAMES`), and how large at most.

    `output`: the format every picture is turned into; empty keeps JPEG a JPEG and PNG a PNG.
    `widths`: a picture is scaled down to each, the largest first; none leaves its size.
    """

    types: tuple[str, ...]
    max_bytes: int
    max_pixels: int = 40_000_000
    max_pages: int = 40
    output: str = ""
    widths: tuple[int, ...] = ()


# A paper signed by hand, scanned or photographed.
SCAN = Kind(("pdf", "jpeg", "png"), 10 * MIB)
# A spreadsheet. Only its size and outer type are judged here; whoever reads it looks deeper.
WORKBOOK = Kind(("zip", "ole", "text"), 10_000_000)


@dataclass(frozen=True)
class Accepted:
    """A file as it may be kept. `digest` is the SHA-256 of `data`; pixels are 0 for no picture.

    `sizes`: for a kind with `widths` every size by its width, the largest being `data`.
    """

    data: bytes
    content_type: str
    digest: str
    width: int = 0
    height: int = 0
    sizes: Mapping[int, bytes] = field(default_factory=dict, repr=False)


def accept(file: BinaryIO, kind: Kind) -> Accepted:
    """Judge a file by its bytes and hand back what may be kept. Writes nothing.

    Raises Refused, in this order: upload_empty, upload_too_heavy, upload_heic, upload_wrong_type,
    upload_infected, scanner_away, scanner_limit; of pictures upload_too_many_pixels,
    upload_broken; of PDFs pdf_broken, pdf_locked, pdf_active, pdf_too_many_pages.
    """
    content = file.read(kind.max_bytes + 1)
    found = _require_type(content, kind)
    scanner.require_clean(content)
    if found in CONTENT_TYPES:
        return _picture(content, found, kind)
    if found == "pdf":
        require_harmless(content, kind.max_pages)
        return _accepted(content, "application/pdf")
    return _accepted(content, "application/octet-stream")


def _require_type(content: bytes, kind: Kind) -> str:
    if not content:
        raise Refused(reasons.upload_empty())
    if len(content) > kind.max_bytes:
        raise Refused(reasons.upload_too_heavy(megabytes=kind.max_bytes // 1_000_000))
    found = type_of(content)
    if found == "heic":
        raise Refused(reasons.upload_heic())
    if found not in kind.types:
        wanted = ", ".join(dict.fromkeys(NAMES[one] for one in kind.types))
        raise Refused(reasons.upload_wrong_type(types=wanted))
    return found


def _picture(content: bytes, found: str, kind: Kind) -> Accepted:
    output = kind.output or found
    made = remade(content, output, Limits(kind.max_pixels, kind.widths))
    return _accepted(made.data, CONTENT_TYPES[output], made.width, made.height, made.sizes)


def _accepted(
    data: bytes,
    content_type: str,
    width: int = 0,
    height: int = 0,
    sizes: Mapping[int, bytes] | None = None,
) -> Accepted:
    digest = hashlib.sha256(data).hexdigest()
    return Accepted(data, content_type, digest, width, height, sizes or {})


def store(accepted: Accepted, folder: str) -> str:
    """Write an accepted file below a folder of the private storage; returns its name there.

    Named by its digest (`<folder>/ab/abcd….pdf`, with `-<width>` where it has sizes, the largest
    of which is returned), so that storing it twice is storing it once. The room that owns the
    folder says with `declare_files` which names its rows hold: what a rolled-back transaction left
    behind is removed at night.
    """
    digest, ending = accepted.digest, ENDINGS.get(accepted.content_type, "bin")
    stem = f"{folder}/{digest[:2]}/{digest}"
    if not accepted.sizes:
        return keep(f"{stem}.{ending}", accepted.data)
    names = [keep(f"{stem}-{width}.{ending}", data) for width, data in accepted.sizes.items()]
    return names[0]
