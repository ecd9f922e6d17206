"""What still ties a person to a facility: rooms above say what stands against forgetting them.

A finder is registered in `AppConfig.ready` and asked for many people at once. People's own ties
stand in `rights.py`; money and objections are told by the rooms that keep them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from berdaya.core.verdicts import Reason, Verdict

Reasons = Mapping[int, Iterable[Reason]]
Standing = Callable[[list[int], date], Reasons]
LastDealing = Callable[[list[int]], Mapping[int, date]]
_standing: dict[str, Standing] = {}
_dealings: dict[str, LastDealing] = {}


def declare_standing(name: str, finder: Standing) -> None:
    """Say what stands against erasing these people on a day; one of the name is replaced."""
    _standing[name] = finder


def declare_dealing(name: str, finder: LastDealing) -> None:
    """Say on which day each of these people was last paid, or otherwise dealt with."""
    _dealings[name] = finder


def standing_against(participant_ids: Iterable[int], day: date) -> dict[int, Verdict]:
    """For each of these people all that stands against erasing them on that day."""
    ids = list(participant_ids)
    found: dict[int, list[Reason]] = defaultdict(list)
    for finder in _standing.values():
        for person, reasons in finder(ids, day).items():
            found[person] += reasons
    return {person: Verdict(tuple(found[person])) for person in ids}


def last_dealings(participant_ids: Iterable[int]) -> dict[int, date]:
    """The latest day any room knows of for each of these people; absent where there is none."""
    ids = list(participant_ids)
    latest: dict[int, date] = {}
    for finder in _dealings.values():
        for person, day in finder(ids).items():
            latest[person] = max(day, latest.get(person, day))
    return latest
