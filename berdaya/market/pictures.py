"""Photos of goods: all of one size, encoded anew, under names that are chance.

Elsewhere a file is named by its digest; here the same photo on two sites would then carry one name.
Cut to one size and encoded anew it has other bytes too, and nothing in it of the camera.
"""

import secrets
from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from berdaya.core.scope import system_scope
from berdaya.core.uploads import Kind, accept
from berdaya.core.uploads.storing import keep

FOLDER = "market"
# A phone's photo; what is kept is a square of so many pixels.
PHOTO = Kind(("jpeg", "png", "webp"), 8_000_000, output="jpeg", widths=(1600,))
SIDE = 800
QUALITY = {"quality": 80, "method": 4}


def take(file: BinaryIO) -> str:
    """Judge, cut, encode and keep a photo; returns its random name. Refused: see uploads.accept."""
    accepted = accept(file, PHOTO)
    with Image.open(BytesIO(accepted.data)) as image:
        return keep_square(image)


def keep_square(image: Image.Image) -> str:
    """Keep the middle of a picture as a square; returns its name."""
    return keep_as_new(encoded(image))


def encoded(image: Image.Image) -> bytes:
    """The middle of a picture as a square of the one size."""
    square = ImageOps.fit(image.convert("RGB"), (SIDE, SIDE), Image.Resampling.LANCZOS)
    out = BytesIO()
    square.save(out, "WEBP", **QUALITY)
    return out.getvalue()


def keep_as_new(data: bytes) -> str:
    """Keep these bytes under a new random name, also where they are kept already."""
    name = f"{secrets.token_hex(12)}.webp"
    keep(path_of(name), data)
    return name


def path_of(name: str) -> str:
    """Where it lies in the private storage."""
    return f"{FOLDER}/{name[:2]}/{name}"


def forget(name: str) -> None:
    """Remove the file of a photo that no row holds any more."""
    default_storage.delete(path_of(name))


def in_use(names: frozenset[str]) -> Iterable[str]:
    """Of these files those that a row still holds."""
    from berdaya.market.models import Picture

    short = {name.rpartition("/")[2]: name for name in names}
    with system_scope("market", [], read_only=True):
        kept = Picture.objects.filter(name__in=short).values_list("name", flat=True)
        return [short[name] for name in kept]
