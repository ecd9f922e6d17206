"""What a PDF tells of its own pages."""

import re

# Points: 210 x 297 mm, 215 x 330 mm, 148 x 210 mm.
A4, F4, A5 = (595, 842), (609, 935), (420, 595)


def page_size(pdf: bytes) -> tuple[int, int]:
    """Width and height of the first page, in whole points."""
    found = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    assert found, "no page"
    return round(float(found[1])), round(float(found[2]))


def page_count(pdf: bytes) -> int:
    """How many pages it has."""
    found = re.search(rb"/Type\s*/Pages\b.*?/Count (\d+)", pdf, re.S)
    assert found, "no page tree"
    return int(found[1])
