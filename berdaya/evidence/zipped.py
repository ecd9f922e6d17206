"""The ZIP of a pack: the same bytes for the same content, on every machine.

Files lie in it unpacked (no version of a compressor matters), sorted, with one fixed date.
"""

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from berdaya.evidence.pack import SCHEMA, digest_of, geojson_of, json_of
from berdaya.evidence.prints import pack_pdf

DATA = Path(__file__).parent / "data"
# The oldest day that a ZIP can tell: it says nothing.
NO_DAY = (1980, 1, 1, 0, 0, 0)
README = """\
Evidence pack {code}, as of {as_of}

evidence.json          what is true of the goods, for machines
{schema}  what the words and numbers in it mean
evidence.pdf           the same to read; prints the SHA-256 of evidence.json
plots.geojson          plots of the material (WGS84), digit by digit as recorded
SHA256SUMS             check with: sha256sum -c SHA256SUMS

No person is named in any of these files. Counts of people are rounded to five, none under five is
told; where fewer than five stand behind an answer, only whether it holds for all.
The same facts give the same bytes: whoever makes the pack anew can compare.
"""


def zip_of(content: dict[str, Any]) -> bytes:
    """All files of a pack in one ZIP."""
    files = _files(content)
    files["SHA256SUMS"] = "".join(
        f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)
    ).encode()
    return _zipped(files)


def _files(content: dict[str, Any]) -> dict[str, bytes]:
    told = {
        "README.txt": README.format(
            code=content["subject"]["code"], as_of=content["as_of"], schema=SCHEMA
        ),
        "evidence.json": json_of(content),
        SCHEMA: (DATA / SCHEMA).read_text("utf-8"),
        "plots.geojson": geojson_of(content),
    }
    files = {name: text.encode() for name, text in told.items()}
    return files | {"evidence.pdf": pack_pdf(content, digest_of(content))}


def _zipped(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as folder:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, NO_DAY)
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            folder.writestr(entry, files[name])
    return out.getvalue()
