"""The look keeps no tables."""

TABLES: list[object] = []
