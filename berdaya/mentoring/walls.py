"""Who may see and change what mentors and units work on."""

from berdaya.core.walls import Wall

TABLES: list[Wall] = []
