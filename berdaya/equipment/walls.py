"""Who may see and change machines, tools and their calendar."""

from berdaya.core.walls import Wall

TABLES: list[Wall] = []
