"""Texts of labels, numbers in bars, and what was printed."""

from berdaya.labels.models.numbers import VariantNumber
from berdaya.labels.models.prints import LabelPrint
from berdaya.labels.models.texts import LabelText

__all__ = ["LabelPrint", "LabelText", "VariantNumber"]
