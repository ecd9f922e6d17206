"""Who may see and change what people learn."""

from berdaya.core.walls import Wall

TABLES: list[Wall] = []
