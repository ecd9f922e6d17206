"""What is told of people: the tables of docs/rules/evidence-pack.md, worked out again."""

from pathlib import Path

import pytest

from berdaya.evidence import calc

PAGE = Path(__file__).parents[2] / "docs" / "rules" / "evidence-pack.md"


def table() -> list[list[str]]:
    """The rows under `makers | part | whole | told`."""
    lines = PAGE.read_text("utf-8").splitlines()
    start = lines.index("| makers | part | whole | told |") + 2
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


@pytest.mark.parametrize(("makers", "part", "whole", "told"), table())
def test_the_page_tells_what_the_code_tells(makers: str, part: str, whole: str, told: str) -> None:
    assert calc.share_word(int(part), int(whole), int(makers)) == told


def test_under_five_no_word_tells_how_many() -> None:
    told = {calc.share_word(part, 20, 4) for part in range(20)}

    assert told == {calc.NOT_ALL}


@pytest.mark.parametrize(
    ("minutes", "people", "shares"),
    [
        ({"in_custody": 600}, {"in_custody": 1}, {"in_custody": "100"}),
        ({"client": 310, "staff": 690}, {"client": 6, "staff": 9}, {"client": "30", "staff": "70"}),
        (
            {"client": 310, "sae": 690}, {"client": 6, "sae": 4},
            {"client": "half_or_less", "sae": "more_than_half"},
        ),
        ({}, {"client": 6, "sae": 6}, {"client": "unknown", "sae": "unknown"}),
    ],
)  # fmt: skip
def test_shares_of_hours_are_exact_only_where_five_stand_behind_each(
    minutes: dict[str, int], people: dict[str, int], shares: dict[str, str]
) -> None:
    assert calc.percent_shares(minutes, people) == shares


@pytest.mark.parametrize(
    ("minutes", "band"), [(0, "up_to_4"), (240, "up_to_4"), (241, "up_to_6"), (481, "over_8")]
)
def test_hours_are_told_in_bands(minutes: int, band: str) -> None:
    assert calc.hours_band(minutes) == band
