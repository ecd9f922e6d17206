"""Who may see and change events, stalls and their sales."""

from berdaya.core.walls import Wall

TABLES: list[Wall] = []
