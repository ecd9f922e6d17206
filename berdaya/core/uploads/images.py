"""Pictures of strangers become pictures of ours: turned upright, in sRGB, encoded anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from berdaya.core.uploads.reasons import upload_broken, upload_too_many_pixels
from berdaya.core.verdicts import Reason, Refused

CONTENT_TYPES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
OPTIONS: dict[str, dict[str, int | bool]] = {
    "jpeg": {"quality": 85, "optimize": True},
    "png": {"optimize": True},
    "webp": {"quality": 82, "method": 4},
}
FORMATS = ("JPEG", "PNG", "WEBP")
# Higher than wide, but no wallpaper roll.
TALLEST = 2
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError)


@dataclass(frozen=True)
class Limits:
    """How many pixels may be decoded, and to which widths the picture is scaled down."""

    max_pixels: int
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Remade:
    """A picture of ours: the largest size with its pixels, and all sizes by nominal width."""

    data: bytes
    width: int
    height: int
    sizes: Mapping[int, bytes]


def remade(content: bytes, output: str, limits: Limits) -> Remade:
    """Encode a picture anew, without a byte of what it said beside its pixels.

    The size is told by the header before anything is decoded. Refused: upload_too_many_pixels,
    upload_broken.
    """
    image = _decoded(content, limits)
    if not limits.widths:
        return Remade(_encoded(image, output), *image.size, {})
    large = _scaled(image, limits.widths[0])
    sizes = {width: _encoded(_scaled(large, width), output) for width in limits.widths}
    return Remade(sizes[limits.widths[0]], *large.size, sizes)


def _decoded(content: bytes, limits: Limits) -> Image.Image:
    try:
        image: Image.Image = Image.open(BytesIO(content), formats=FORMATS)
        _require_small(image, limits.max_pixels)
        return _plain(image, limits)
    except BOMBS as error:
        raise Refused(_too_many(limits.max_pixels)) from error
    except BROKEN as error:
        raise Refused(upload_broken()) from error


def _require_small(image: Image.Image, max_pixels: int) -> None:
    if image.width * image.height > max_pixels:
        raise Refused(_too_many(max_pixels))


def _too_many(max_pixels: int) -> Reason:
    return upload_too_many_pixels(megapixels=max_pixels // 1_000_000)


def _plain(image: Image.Image, limits: Limits) -> Image.Image:
    """The first frame, upright, in sRGB, on white where it was transparent."""
    profile = image.info.get("icc_profile")
    if limits.widths:
        # A JPEG may be read at a fraction of its size: less memory, the same picture.
        image.draft(None, (2 * limits.widths[0], 2 * limits.widths[0]))
    image.load()
    image = _in_srgb(ImageOps.exif_transpose(image), profile)
    # Pasted on an empty sheet, so that no note that hung on the file comes along.
    sheet = Image.new("RGB" if image.mode == "RGBA" else image.mode, image.size, "white")
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
    # Black on white from a scanner stays small.
    if image.mode in ("1", "L") and not has_alpha:
        return image
    return image.convert("RGBA" if has_alpha else "RGB")


def _scaled(image: Image.Image, width: int) -> Image.Image:
    """At most so wide, and at most twice as high; never larger than it was."""
    smaller = image.convert("RGB")
    smaller.thumbnail((width, TALLEST * width), Image.Resampling.LANCZOS)
    return smaller


def _encoded(image: Image.Image, output: str) -> bytes:
    out = BytesIO()
    fit = image.convert("L") if image.mode == "1" and output != "png" else image
    fit.save(out, output.upper(), **OPTIONS[output])
    return out.getvalue()
