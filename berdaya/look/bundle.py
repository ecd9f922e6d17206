"""One stylesheet an audience, joined from one file a component, named by its own content."""

import gzip
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

CSS = Path(__file__).parent / "static" / "look" / "css"
PAGES = ("desk", "public")


class Bundle:
    """A stylesheet: its bytes, plain and gzipped, and the name its content gives it."""

    def __init__(self, page: str) -> None:
        files = [*map(CSS.joinpath, ("layers.css", "reset.css", "tokens.css", "base.css"))]
        files += sorted((CSS / "components").glob("*.css"))
        files += [CSS / "pages" / f"{page}.css", CSS / "print.css"]
        self.plain = b"\n".join(without_comments(file.read_bytes()) for file in files)
        self.gzipped = gzip.compress(self.plain, 9, mtime=0)
        self.digest = hashlib.sha256(self.plain).hexdigest()[:12]


def without_comments(sheet: bytes) -> bytes:
    """Rules alone: comments and indents are for whoever opens the file, not for every visitor."""
    return re.sub(rb"\n\s+", b"\n", re.sub(rb"/\*.*?\*/", b"", sheet, flags=re.DOTALL))


@lru_cache(maxsize=len(PAGES))
def _kept(page: str) -> Bundle:
    return Bundle(page)


def bundle(page: str) -> Bundle:
    """The stylesheet of one audience, read anew only while developing."""
    return Bundle(page) if settings.DEBUG else _kept(page)
