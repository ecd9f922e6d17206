"""docs/rules/proceeds-split.md is read and worked out again, row by row."""

from decimal import Decimal
from pathlib import Path

import pytest

from berdaya.core.money import split_by_weights
from berdaya.proceeds import calc
from berdaya.proceeds.policies import VARIANTS

PAGE = Path(__file__).resolve().parents[2] / "docs/rules/proceeds-split.md"
NAMES = ("makers", "capital", "state", "cooperative")


def table(first_head: str) -> list[dict[str, str]]:
    rows = [
        [cell.strip() for cell in line.strip("|\n").split("|")]
        for line in PAGE.read_text(encoding="utf-8").split("\n\n")
        if line.startswith(f"| {first_head} |")
        for line in line.splitlines()
    ]
    head, _line, *body = rows
    return [dict(zip(head, row, strict=True)) for row in body]


def policy(shares: str, is_turnover: bool) -> calc.Policy:
    parts = [int(part) * 100 for part in shares.split("/")]
    return calc.Policy(1, is_turnover, *parts, 7500, 2500, 0)


def numbers(text: str, mark: str) -> list[int]:
    return [int(part) for part in text.split(mark)]


@pytest.mark.parametrize("row", table("case"), ids=lambda row: row["case"])
def test_worked_table(row: dict[str, str]) -> None:
    weights = tuple(enumerate(numbers(row["weights"], ":"), start=1))
    costs = [int(row[name]) for name in ("material", "packing", "donated")]
    part = calc.LotPart(1, Decimal(row["qty"]), *costs, weights=weights)
    line = calc.LineTerms(
        1, part.qty, int(row["price"]), int(row["discount"]),
        policy(row["shares"], row["base on"] == "turnover"), (part,),
    )  # fmt: skip

    sale = calc.calculate(calc.AGREEMENT, int(row["tax bp"]), int(row["fee"]), (line,))

    done = sale.parts[0]
    told = [int(row[name]) for name in ("base", "loss", "makers", "capital", "PNBP", "coop")]
    assert [done.base_rp, done.loss_rp, *(getattr(done, f"{n}_rp") for n in NAMES)] == told
    makers = numbers(row["makers' shares"], " + ")
    assert [maker.amount_rp for maker in done.makers] == (makers if any(makers) else [])


def test_variants_of_the_page_are_those_of_the_code() -> None:
    told = {
        row["variant"]: [row["base"], *(int(row[name]) * 100 for name in
                                        ("makers", "capital", "PNBP", "cooperative"))]
        for row in table("variant")
    }  # fmt: skip

    assert told == {
        row.code: [row.base, row.makers_bp, row.capital_bp, row.state_bp, row.cooperative_bp]
        for row in VARIANTS.values()
    }


def test_refund_table() -> None:
    left, rest = 333, {"makers": 168, "capital": 116, "state": 49}
    for row in table("sale 333 at 50/35/15"):
        amount = int(row["amount back"])
        back = calc.take_back(amount, left, 0, rest)
        assert list(back.components.values()) == [
            int(row[name]) for name in ("makers", "capital", "PNBP")
        ]
        left -= amount
        rest = {name: rest[name] - back.components[name] for name in rest}
    assert (left, set(rest.values())) == (0, {0})


def test_forgotten_work_table() -> None:
    who = ("first", "second", "third")
    for row in table("kept by all"):
        pot = int(row["kept by all"])
        frozen = list(enumerate(numbers(row["frozen weights"], ":")))
        corrected = list(enumerate(numbers(row["corrected"], ":")))
        person = who.index(row["who"])
        kept = split_by_weights(pot, frozen)

        lacking = calc.missing_share([kept], corrected, person)

        assert [lacking + kept.get(person, 0), kept.get(person, 0), lacking] == [
            int(row[name]) for name in ("right part", "kept", "paid")
        ]
