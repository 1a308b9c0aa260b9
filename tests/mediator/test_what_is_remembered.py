"""What was measured is kept while no fact comes and the day lasts, for each person, and no longer."""

from __future__ import annotations

from datetime import date

from mediator.indicators.keeping import Memory

DAY, NEXT = date(2026, 8, 19), date(2026, 8, 20)


def test_a_value_is_made_anew_for_another_stamp_day_or_person_and_after_five_minutes():
    now = [0.0]
    memory: Memory[int] = Memory(lambda: now[0])
    made: list[int] = []

    def ask(key: str = "clerk", *, stamp: str = "a", today: date = DAY) -> int:
        def make() -> int:
            made.append(len(made))
            return made[-1]

        return memory.value(key, stamp=stamp, today=today, make=make)

    assert [ask(), ask(), ask(stamp="b"), ask(stamp="b"), ask("judge", stamp="b"), ask(stamp="b", today=NEXT)] == [
        0,
        0,
        1,
        1,
        2,
        3,
    ]
    now[0] = 301.0
    assert ask(stamp="b", today=NEXT) == 4


def test_only_the_values_asked_for_lately_are_kept():
    memory: Memory[str] = Memory(lambda: 0.0)
    made: list[str] = []

    def ask(key: str) -> str:
        return memory.value(key, stamp="a", today=DAY, make=lambda: made.append(key) or key)

    for number in range(17):
        ask(str(number))
    ask("16")
    ask("0")
    assert made == [*map(str, range(17)), "0"]
