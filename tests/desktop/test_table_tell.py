"""How a turn is told: its order, its pauses, and what waits."""

from __future__ import annotations

from typing import Any

import pytest

from game.desktop.screens.table_tell import Teller
from game.session.table import Line


def test_a_teller_keeps_order_and_may_be_hurried() -> None:
    told, later = [], []
    lines = [Line("you", "", "", "a", "", 1), Line("said", "k", "K", "b", "", 1)]
    ends: list[str] = []

    def show(line: Line, done: object) -> bool:
        told.append(line.text)
        return False

    teller = Teller(show, lambda seconds, call: later.append((seconds, call)), lambda: False)
    teller.tell(lines, lambda: ends.append("end"))
    assert told == ["a"] and len(later) == 1
    assert teller.hurry() and told == ["a", "b"]
    later[0][1]()  # a pause that was cut short ends later, and nothing happens
    assert told == ["a", "b"] and not ends
    later[1][1]()
    assert ends == ["end"] and not teller.telling and not teller.hurry()


@pytest.mark.parametrize("instant", [False, True])
@pytest.mark.parametrize("early", [False, True])
def test_a_teller_may_be_held_after_the_first_line(instant: bool, early: bool) -> None:
    told: list[str] = []
    later: list[Any] = []
    lines = [Line("you", "", "", letter, "", 1) for letter in "abc"]

    def show(line: Line, done: object) -> bool:
        told.append(line.text)
        return False

    def pass_time() -> None:
        while later:
            later.pop(0)()

    teller = Teller(show, lambda seconds, call: later.append(call), lambda: instant)
    teller.tell(lines, lambda: told.append("end"), held=True)
    assert told == ["a"] and teller.telling
    if not early:
        pass_time()
        assert told == ["a"] and not teller.hurry()
    teller.go_on()
    assert instant or not early or told == ["a"], "the pause is kept where it is not over"
    pass_time()
    assert told == [*"abc", "end"] and not teller.telling
    teller.tell(lines[:1], lambda: told.append("end"), held=True)
    teller.drop()
    teller.go_on()
    pass_time()
    assert told == [*"abc", "end", "a"]
