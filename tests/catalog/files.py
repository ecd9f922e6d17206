"""Picture files with what must never come through planted in them."""

from io import BytesIO

from PIL import Image, ImageCms, PngImagePlugin, TiffImagePlugin

SECRET = b"RAHASIA-DAN-TEMPAT"
XMP = (
    b"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
    + SECRET
    + b"</x:xmpmeta><?xpacket end='w'?>"
)


def drawn(width: int = 1600, height: int = 1200) -> Image.Image:
    """A red field whose upper left quarter is blue, so that one sees how it is turned."""
    image = Image.new("RGB", (width, height), (158, 51, 40))
    image.paste((31, 42, 82), (0, 0, width // 2, height // 2))
    return image


def exif(orientation: int = 1) -> bytes:
    """Camera, description and a place in Kupang."""
    told = Image.Exif()
    told[0x0112] = orientation
    told[0x010F] = SECRET.decode()
    told[0x010E] = SECRET.decode()
    degrees = tuple(TiffImagePlugin.IFDRational(part) for part in (10, 10, 12))
    told.get_ifd(0x8825).update({1: "S", 2: degrees, 3: "E", 4: degrees, 29: SECRET.decode()})
    return told.tobytes()


def profile() -> bytes:
    """An sRGB profile with a remark behind it."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + SECRET


def jpeg(orientation: int = 1, **size: int) -> bytes:
    """As a telephone writes it."""
    out = BytesIO()
    drawn(**size).save(
        out, "JPEG", quality=90, exif=exif(orientation), icc_profile=profile(), xmp=XMP,
        comment=SECRET,
    )  # fmt: skip
    return out.getvalue() + SECRET


def png() -> bytes:
    """With text chunks and a transparent corner."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET.decode())
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    image = drawn(300, 200).convert("RGBA")
    image.putpixel((299, 199), (0, 0, 0, 0))
    out = BytesIO()
    image.save(out, "PNG", pnginfo=notes, exif=exif())
    return out.getvalue()


def webp() -> bytes:
    """With every chunk a WebP can carry."""
    out = BytesIO()
    drawn(600, 400).save(out, "WEBP", exif=exif(), xmp=XMP, icc_profile=profile())
    return out.getvalue()


def bomb() -> bytes:
    """A few kilobytes that claim to be 64 megapixels."""
    out = BytesIO()
    Image.new("1", (8000, 8000)).save(out, "PNG")
    return out.getvalue()
