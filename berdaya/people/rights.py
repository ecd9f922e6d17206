"""Rights of the person that bind whoever opens an identity."""

from collections.abc import Iterable


def restricted_ids(participant_ids: Iterable[int]) -> set[int]:
    """Whose identity stays closed because they asked for it (UU PDP art. 11); nobody yet."""
    return set()
