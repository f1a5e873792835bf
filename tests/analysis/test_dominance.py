"""Which moves are ever best: counted from weighed decisions."""

from __future__ import annotations

from collections import Counter

from game.analysis.dominance import (
    FEWEST,
    Decisions,
    NeverBest,
    always_best,
    never_best,
    summed,
    weighed,
)
from tests.analysis.expecting import BAKERY
from tests.at_hand import at_hand

STATES = FEWEST + 4


def decisions(**more: int) -> Decisions:
    """Everybody's favourite is `greet`; `bluff` loses 9 points everywhere."""
    return Decisions(
        states=STATES,
        at_table=STATES,
        best=Counter(greet=STATES - 5, wait=5),
        legal=Counter(greet=STATES, bluff=STATES, hold=FEWEST - 1),
        near=Counter(greet=STATES, **more),
        lost=Counter(bluff=9_000 * STATES, hold=9_000 * FEWEST),
        beaten=Counter({("bluff", "greet"): STATES, ("bluff", "wait"): 3}),
    )


def test_never_best_needs_states_enough_and_a_loss_in_each() -> None:
    assert never_best(decisions()) == [NeverBest("bluff", STATES, 9.0, "greet")]
    assert never_best(decisions(bluff=1)) == []


def test_one_move_best_nearly_everywhere() -> None:
    found = always_best(decisions())
    assert found == ("greet", (STATES - 5) / STATES)
    even = decisions()
    even.best = Counter(greet=STATES // 2, wait=STATES // 2)
    assert always_best(even) is None
    assert always_best(Decisions()) is None


def test_decisions_of_games_are_weighed_and_add_up() -> None:
    loaded = at_hand(BAKERY)
    rules = loaded.rules
    one, two = (weighed(rules, [policy], 40, 1) for policy in ("novice", "random"))
    both = summed([one, two])
    assert both.states == one.states + two.states > 3
    assert sum(both.best.values()) == both.at_table <= both.states
    for move, states in both.legal.items():
        assert both.near[move] <= states <= both.states
        assert both.loss(move) >= 0
    assert one == weighed(rules, ["novice"], 40, 1)
