"""A photo of somebody's face: taken by the one door for files, shown only within an opening.

It is sealed like every other field and lies in no file. A page that opens it carries it inside
itself (`img-src` allows `data:`), so there is no address from which it could be fetched again.
"""

from base64 import b64encode
from typing import BinaryIO

from berdaya.core.uploads import Kind, accept

# Wide enough to know a face by, small enough to stand in a page; always JPEG when it is sealed.
PORTRAIT = Kind(("jpeg", "png", "webp"), 8_000_000, output="jpeg", widths=(360,))


def accepted_portrait(file: BinaryIO) -> bytes:
    """The JPEG to be sealed, at most 360 pixels wide. Refused: whatever `accept` finds."""
    return accept(file, PORTRAIT).data


def inline(photo: bytes) -> str:
    """The photo as the address of itself; empty without one."""
    return f"data:image/jpeg;base64,{b64encode(photo).decode()}" if photo else ""
