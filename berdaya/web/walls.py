"""Public pages keep no tables."""

TABLES: list[object] = []
