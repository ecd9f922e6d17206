"""PDFs written by hand: what a scanner makes, and what somebody hides in one."""

import zlib


def pdf(catalog: str = "", page: str = "", *more: str, pages: int = 1, trailer: str = "") -> bytes:
    """A whole PDF; `catalog` and `page` go into those dictionaries, `more` are further objects."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + pages))
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>",
        *[f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] {page} >>"] * pages,
        *more,
    ]
    return written([body.encode("latin-1") for body in bodies], trailer)


def written(bodies: list[bytes], trailer: str = "") -> bytes:
    """Objects numbered from 1, their table, and the end."""
    out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(bodies) + 1
    root = f"<< /Size {size} /Root 1 0 R {trailer} >>"
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n{root}\n"
    return out + end.encode("latin-1") + f"startxref\n{len(out)}\n%%EOF\n".encode()


def packed(hidden: str) -> bytes:
    """Object 4 stands in a packed stream, where a search of the plain bytes finds nothing."""
    inner = f"4 0 {hidden}".encode("latin-1")
    squeezed = zlib.compress(inner)
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(squeezed)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>",
        2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        5: head + b"\nstream\n" + squeezed + b"\nendstream",
    }
    out, rows = b"%PDF-1.7\n", {0: (0, 0, 65535), 4: (2, 5, 0)}
    for number, body in objects.items():
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows[6] = (1, len(out), 0)
    table = b"".join(
        bytes([kind]) + place.to_bytes(4, "big") + last.to_bytes(2, "big")
        for _number, (kind, place, last) in sorted(rows.items())
    )
    return out + (
        b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length %d >>\nstream\n%s\n"
        b"endstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (len(table), table, len(out))
    )
