"""Views show what a side may know, and nothing else (decision 5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from game.core.chance import keys_of
from game.core.legal import FLAGS, Flags
from game.core.rules import Rules
from game.core.start import initial_state
from game.core.state import FIELDS, State
from game.core.view import BASE, TRUST, TRUTH, view_for
from game.policies.shelf import seller_for
from tests.core.wandering import walk

# What the seller knows of the state. Every other array is hidden, those added later as well.
KNOWN = {
    # the calendar, and how it went
    "phase", "ending", "meeting", "deal", "deals", "turn", "clock", "ply", "slots",
    # said and heard
    "asked", "asked_by", "told", "last_about", "topics", "problem", "door", "referral", "prepared",
    # on the table
    "price_named", "mine", "stage", "theirs", "demand", "granted", "granted_cost", "blocks",
    # his own doings
    "flight_turn", "flight_known", "rebooked", "false_date", "promised", "cost",
    # his own estimates
    "seen_trust", "seen_manner", "seen_answers", "seen_reaction", "seen_need",
}  # fmt: skip
HIDDEN = sorted(set(FIELDS) - KNOWN)


def other_values(values: NDArray[Any], rng: np.random.Generator) -> NDArray[Any]:
    """An array of the same kind that differs from the given one in every element."""
    if values.dtype == np.bool_:
        return ~values
    if values.dtype.kind == "f":
        return (values + rng.uniform(0.05, 0.4, values.shape)).astype(values.dtype)
    return (values + rng.integers(1, 3, values.shape)).astype(values.dtype)


def hidden_changed(state: State, rng: np.random.Generator) -> State:
    changes = {name: other_values(getattr(state, name), rng) for name in HIDDEN}
    for name, values in changes.items():
        assert (values != getattr(state, name)).all(), name
    return replace(state, **changes)


def base_bytes(rules: Rules, state: State) -> dict[str, bytes]:
    view = view_for(rules, state)
    return {name: np.ascontiguousarray(view[name]).tobytes() for name in view}


def test_what_is_known_and_what_is_hidden_are_arrays_of_the_state() -> None:
    assert set(FIELDS) >= KNOWN
    assert {"d", "trust", "beliefs", "reservation", "patience", "need", "damage"} <= set(HIDDEN)
    assert "key" in HIDDEN, "who knows the key knows the future"


def test_changing_everything_hidden_changes_no_byte_of_the_base_view(rules: Rules) -> None:
    rng = np.random.default_rng(8)
    for before, _, _, _ in walk(rules, 50, 40, packages=True):
        other = hidden_changed(before, rng)
        assert base_bytes(rules, other) == base_bytes(rules, before)


def test_changing_everything_hidden_changes_no_legal_move(rules: Rules) -> None:
    rng = np.random.default_rng(9)
    for before, _, _, _ in walk(rules, 60, 40, packages=True):
        flags, others = Flags(rules, before), Flags(rules, hidden_changed(before, rng))
        for name in FLAGS:
            if name.startswith("present_") and int(name[8:]) >= rules.n_buyers:
                continue
            assert (flags[name] == others[name]).all(), name


@pytest.mark.parametrize("policy", ["adaptive", "caring", "random"])
def test_a_seller_plays_the_same_when_everything_hidden_is_changed(
    rules: Rules, policy: str
) -> None:
    rng = np.random.default_rng(10)
    for before, _, _, _ in walk(rules, 70, 30):
        other = hidden_changed(before, rng)
        u = rng.random(before.n, np.float32)
        moves = [
            seller.act(view_for(rules, s), Flags(rules, s), seller.start(s.n), u)
            for seller in [seller_for(rules, policy)]
            for s in (before, other)
        ]
        assert (moves[0] == moves[1]).all()


def test_layers_add_what_they_promise(rules: Rules) -> None:
    state = initial_state(rules, keys_of(3, 5))
    base = set(view_for(rules, state))
    assert base == set(BASE)
    guided = view_for(rules, state, layers=("trust",))
    assert set(guided) == base | set(TRUST)
    assert (guided["true_trust"] == state.trust).all()
    whole = view_for(rules, state, layers=("base", "trust", "truth"))
    assert set(whole) == base | set(TRUST) | set(TRUTH)
    assert (whole["true_diffuseness"] == state.d).all()
    assert set(view_for(rules, state, side="buyer")) == set(whole)


def test_the_base_view_names_nothing_true(rules: Rules) -> None:
    state = initial_state(rules, keys_of(3, 5))
    view = view_for(rules, state)
    with pytest.raises(KeyError):
        view["true_trust"]
    assert not set(BASE) & (set(TRUST) | set(TRUTH))
    assert (view["trust"] == state.seen_trust).all()


def test_view_entries_have_a_value_a_row(rules: Rules) -> None:
    for before, _, _, _ in walk(rules, 80, 6):
        view = view_for(rules, before)
        assert len(view) == len(BASE)
        for name in view:
            assert np.shape(view[name]) == (6,), name


@pytest.mark.parametrize(
    "kwargs", [{"side": "broker"}, {"layers": ("base", "thoughts")}, {"layers": ("everything",)}]
)
def test_unknown_sides_and_layers_are_refused(rules: Rules, kwargs: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="unknown"):
        view_for(rules, initial_state(rules, keys_of(3, 1)), **kwargs)
