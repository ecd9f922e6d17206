"""Doors of the look."""
