"""Papers that labels are printed on: sheets of A4 with labels to peel off, and thermal paper."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

# PerBPOM 31/2018 on labels of processed food: letters no smaller than a lower-case o of 1 mm (to be
# confirmed). Our face's x is 0.429 of its size, measured in tests/labels/test_paper.py.
LEAST_X_MM = 1.0
X_OF_SIZE = 0.429
POINT_MM = 25.4 / 72
FOOD_LEAST_PT = 6.65
# What we ask of ourselves where no rule names a size.
OTHER_LEAST_PT = 5.6
STEP_PT = 0.35
# A thermal printer of 203 dots an inch has eight dots a millimetre: three of them are a module.
THERMAL_X_MM = 0.375
# The 80 % that GS1 allows at least.
LEAST_BAR_MM = 0.264
MOST_COPIES = 500


@dataclass(frozen=True)
class Layout:
    """Millimetres throughout. `height` 0: a roll, as long as its text; `bar_mm`, `dot_mm`: a module
    of the barcode and of the QR; `largest_pt`: the size that is tried first."""

    code: str
    label: str | Promise
    width: float
    height: float
    pad_x: float
    pad_y: float
    bar_mm: float
    dot_mm: float
    largest_pt: float
    columns: int = 1
    rows: int = 1
    left: float = 0
    top: float = 0
    gap_x: float = 0
    has_motif: bool = False

    @property
    def a_sheet(self) -> int:
        """Labels on one sheet; 1 on thermal paper."""
        return self.columns * self.rows

    @property
    def is_sheet(self) -> bool:
        """A4 with labels to peel off, so that a used sheet can be begun later."""
        return self.a_sheet > 1

    def told(self) -> dict[str, Any]:
        """For the template."""
        return {name: value for name, value in asdict(self).items() if name != "label"}


def _sheet(code: str, label: Promise, width: float, height: float, **more: Any) -> Layout:
    return Layout(code, label, width, height, **{"dot_mm": 0.42, **more})


def _thermal(code: str, label: Promise, width: float, height: float, **more: Any) -> Layout:
    more = {"bar_mm": THERMAL_X_MM, "dot_mm": THERMAL_X_MM, **more}
    return Layout(code, label, width, height, **more)


LAYOUTS: dict[str, Layout] = {
    one.code: one
    for one in (
        _sheet("a4-24", _lazy("A4, 24 label 70 × 36 mm"), 70, 36, columns=3, rows=8, top=4.5,
               pad_x=4, pad_y=1.2, bar_mm=LEAST_BAR_MM, dot_mm=0.36, largest_pt=7.5),
        _sheet("a4-14", _lazy("A4, 14 label 99 × 38 mm"), 99.1, 38.1, columns=2, rows=7, left=4.65,
               top=15.15, gap_x=2.5, pad_x=3, pad_y=2, bar_mm=0.3, largest_pt=8.5),
        _sheet("a4-8", _lazy("A4, 8 label 105 × 74 mm"), 105, 74, columns=2, rows=4, top=0.5,
               pad_x=6, pad_y=5, bar_mm=0.33, largest_pt=10, has_motif=True),
        _thermal("t50x30", _lazy("Termal 50 × 30 mm"), 50, 30, pad_x=1.5, pad_y=1.5,
                 largest_pt=8),
        _thermal("r58", _lazy("Gulungan termal 58 mm"), 58, 0, pad_x=5, pad_y=3, largest_pt=8.5),
        _thermal("r80", _lazy("Gulungan termal 80 mm"), 80, 0, pad_x=4, pad_y=4, largest_pt=9.5),
        _thermal("t100x150", _lazy("Termal 100 × 150 mm"), 100, 150, pad_x=5, pad_y=5,
                 dot_mm=0.625, largest_pt=15, has_motif=True),
    )
}  # fmt: skip
LAYOUT_CHOICES = [(one.code, one.label) for one in LAYOUTS.values()]


def sizes(layout: Layout, is_food: bool) -> list[float]:
    """Sizes of letters in points that are tried, the largest first."""
    least = FOOD_LEAST_PT if is_food else OTHER_LEAST_PT
    if not layout.height:
        return [max(layout.largest_pt, least)]
    steps = int((layout.largest_pt - least) / STEP_PT)
    return [round(layout.largest_pt - step * STEP_PT, 2) for step in range(steps + 1)] + [least]


def sheets_for(copies: int, first: int, a_sheet: int) -> list[tuple[int, int]]:
    """Where each sheet is begun, and how many labels it gets."""
    found: list[tuple[int, int]] = []
    while copies > 0:
        count = min(copies, a_sheet - first + 1)
        found.append((first, count))
        copies, first = copies - count, 1
    return found
