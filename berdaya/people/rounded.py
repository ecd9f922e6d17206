"""How a number of people is told to whoever sees no persons (docs/rules/public-counts.md)."""

LEAST, STEP = 5, 5


def about(people: int) -> int:
    """0 below five, else the nearest multiple of five, half up."""
    return 0 if people < LEAST else (people + STEP // 2) // STEP * STEP
