"""Measures, categories, products and variants."""

from berdaya.goods.models.measures import Measure
from berdaya.goods.models.products import Category, PayBasis, Product, Variant, said_once

__all__ = ["Category", "Measure", "PayBasis", "Product", "Variant", "said_once"]
