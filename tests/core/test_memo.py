"""What is remembered, where, and for how long."""

from berdaya.core.memo import remembered, remembering

asked: list[tuple[int, int]] = []


@remembered
def add(one: int, other: int = 0) -> int:
    asked.append((one, other))
    return one + other


def test_a_question_is_asked_once_inside_and_every_time_outside() -> None:
    asked.clear()

    with remembering():
        answers = [add(1, other=2), add(1, other=2), add(2)]
    add(1, other=2)

    assert answers == [3, 3, 2]
    assert asked == [(1, 2), (2, 0), (1, 2)]


def test_nothing_is_carried_into_the_next_transaction() -> None:
    asked.clear()

    for _ in range(2):
        with remembering():
            add(5)

    assert len(asked) == 2
