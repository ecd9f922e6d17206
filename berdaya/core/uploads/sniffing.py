"""What a file is, told by its bytes and by nothing that was said about it."""

# As an officer knows them; the keys are what `type_of` answers.
NAMES = {
    "pdf": "PDF",
    "jpeg": "JPG",
    "png": "PNG",
    "webp": "WebP",
    "zip": "Excel (.xlsx)",
    "ole": "Excel (.xlsx)",
    "text": "CSV",
}
STARTS = {
    "pdf": b"%PDF-",
    "jpeg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
    "zip": b"PK\x03\x04",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
}
HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
LOOKED_AT = 65_536


def type_of(content: bytes) -> str:
    """A key of NAMES, "heic", or empty for whatever nobody takes."""
    for name, start in STARTS.items():
        if content.startswith(start):
            return name
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp" and content[8:12] in HEIC:
        return "heic"
    return "text" if _is_text(content[:LOOKED_AT]) else ""


def _is_text(head: bytes) -> bool:
    """Lines of a table: no zero byte, and no page or drawing for a browser."""
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return b"\0" not in head and not begins.startswith((b"<", b"%", b"GIF8", b"#!", b"MZ"))
