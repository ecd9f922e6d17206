"""Picture files of strangers become pictures of ours: checked, turned, scaled, encoded anew."""

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

from berdaya.catalog import rules
from berdaya.catalog.calc import LARGE, SMALL
from berdaya.core.verdicts import Refused

MAX_BYTES = 12_000_000
MAX_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
# Higher than wide, but no wallpaper roll.
TALLEST = 2
QUALITY = 82
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, Image.DecompressionBombError)


@dataclass(frozen=True)
class Picture:
    """One picture in its sizes (WebP, by nominal width) and the pixels of the largest."""

    files: dict[int, bytes]
    width: int
    height: int


def read_picture(file: BinaryIO) -> Picture:
    """Encode a file anew as WebP, without a byte of what it said beside its pixels.

    The type is told by the content, the size by the header, before anything is decoded. Refused:
    photo_too_heavy, photo_heic, photo_wrong_type, photo_too_many_pixels, photo_broken.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise Refused(rules.photo_too_heavy())
    _require_type(content)
    try:
        image = _decoded(content)
    except (*BROKEN, Image.DecompressionBombWarning) as error:
        raise Refused(rules.photo_broken()) from error
    large = _scaled(image, LARGE)
    files = {LARGE: _encoded(large), SMALL: _encoded(_scaled(large, SMALL))}
    return Picture(files, *large.size)


def _require_type(content: bytes) -> None:
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise Refused(rules.photo_heic())
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if not (is_webp or content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))):
        raise Refused(rules.photo_wrong_type())


def _decoded(content: bytes) -> Image.Image:
    """The first frame, upright, in sRGB, on white where it was transparent."""
    image: Image.Image = Image.open(BytesIO(content), formats=FORMATS)
    if image.width * image.height > MAX_PIXELS:
        raise Refused(rules.photo_too_many_pixels())
    profile = image.info.get("icc_profile")
    # A JPEG may be read at a fraction of its size: less memory, the same picture.
    image.draft(None, (2 * LARGE, 2 * LARGE))
    image.load()
    image = _in_srgb(ImageOps.exif_transpose(image), profile)
    # Pasted on an empty sheet, so that no note that hung on the file comes along.
    sheet = Image.new("RGB", image.size, "white")
    sheet.paste(image, mask=image if image.mode == "RGBA" else None)
    return sheet


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as the camera meant them; a profile nobody can read is left out."""
    has_alpha = "transparency" in image.info or image.mode in ("RGBA", "LA", "PA")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            meant = ImageCms.ImageCmsProfile(BytesIO(profile))
            turned = ImageCms.profileToProfile(
                image, meant, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):
            turned = None
        if turned is not None:
            return turned
    return image.convert("RGBA" if has_alpha else "RGB")


def _scaled(image: Image.Image, width: int) -> Image.Image:
    """At most so wide, and at most twice as high; never larger than it was."""
    smaller = image.copy()
    smaller.thumbnail((width, TALLEST * width), Image.Resampling.LANCZOS)
    return smaller


def _encoded(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
