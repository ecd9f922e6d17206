"""Every indicator, by code, in the order of the three pillars."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.insight.indicators import legal, protected, selling, working
from berdaya.insight.indicators.base import EMPOWERED, LEGAL, PROTECTED, Ground, Indicator, Part

PILLARS = {
    LEGAL: _lazy("Legal"),
    PROTECTED: _lazy("Terlindungi"),
    EMPOWERED: _lazy("Berdaya"),
}
INDICATORS: dict[str, Indicator] = {
    one.code: one for module in (legal, protected, working, selling) for one in module.INDICATORS
}
# By how many people a small unit is made comparable with a large one.
MAKERS = "makers"

__all__ = ["INDICATORS", "MAKERS", "PILLARS", "Ground", "Indicator", "Part"]
