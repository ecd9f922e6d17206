"""What every room's `demo.load(ctx)` gets: the day the world ends on and one source of chance."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

SEED = 1945


@dataclass(frozen=True)
class DemoContext:
    """`today` is the world's last day; `say` shows progress; `chance(room)` is seeded per room."""

    today: date
    say: Callable[[str], object] = field(default=lambda text: None)

    def chance(self, room: str) -> random.Random:
        """A generator that depends on the room's name only: one room's change moves no other."""
        return random.Random(f"{SEED}:{room}")  # noqa: S311 - the same world every time
