"""The worth of a move against plain simulation, and the belief against plain rejection."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest

from game.core.chance import Chance, keys_of, mixed_keys
from game.core.observe import Observation
from game.core.rules import Rules
from game.core.start import initial_state
from game.core.state import rows
from game.core.step import step
from game.core.view import view_for
from game.policies.belief import normalised, prior
from game.policies.run import play, play_seeds
from game.policies.shelf import STRONG, seller_for, shipped_policies, strong_script
from game.policies.worth import Decisions, Stage, Weigher
from game.scenario.library import shipped
from game.scenario.variants import variant
from tests.at_hand import at_hand
from tests.marks import spread

MANY = 40_000
GAMES = int(os.environ.get("LONG_LUNCH_GAMES", "16"))


@pytest.fixture(scope="module")
def tiny() -> Rules:
    """One buyer, one meeting of four turns, no preparation."""
    changes = {"turns": 4, "slots": 0, "one_meeting": True, "deals": 1}
    return variant(at_hand("osaka"), changes).rules


def asked_at_start(rules: Rules, actions: list[int], sample: int) -> tuple[Weigher, Decisions]:
    script = strong_script(rules)
    belief = prior(rules, np.array([7], np.uint32), sample)
    weigher = Weigher(rules, script)
    return weigher, Decisions(
        belief.state, sample, script.start(1), [actions], [actions], np.array([11], np.uint32)
    )


def test_worth_is_what_simulation_says(tiny: Rules) -> None:
    """Rollouts from the start against whole games of "this move first, then the strong seller"."""
    names = ["ask_direct:delivery", "quote_reasons:196000", "raise_issue", "part"]
    actions = [tiny.actions.index(name) for name in names]
    weigher, asked = asked_at_start(tiny, actions, 20_000)
    *_, (table,) = weigher.weigh(asked, [Stage(20_000)])
    for name, action in zip(names, actions, strict=True):
        steps = [f"{name} when turn = 1", *shipped_policies()[STRONG]]
        simulated = play_seeds(tiny, seller_for(tiny, steps), 50_000, MANY).score
        error = simulated.std() * np.sqrt(1 / MANY + 1 / 20_000)
        assert abs(table.worth[table.at(action)] - simulated.mean()) < 3.5 * error + 1e-3, name


def test_par_is_what_the_strong_seller_comes_to(tiny: Rules) -> None:
    weigher, asked = asked_at_start(tiny, [], 20_000)
    *_, (table,) = weigher.weigh(asked, [Stage(20_000)])
    simulated = play_seeds(tiny, strong_script(tiny), 90_000, MANY).score
    error = simulated.std() * np.sqrt(1 / MANY + 1 / 20_000)
    assert abs(table.worth[table.par] - simulated.mean()) < 3.5 * error


def seen_of(seen: Observation, row: int) -> Observation:
    return Observation(*(getattr(seen, f)[..., row : row + 1] for f in Observation.__slots__))


def test_belief_is_what_rejection_leaves(tiny: Rules) -> None:
    """Of very many buyers those are kept who answered two questions in the commonest way of all:
    the weighed particles have the same diffuseness, need and trust."""
    state = initial_state(tiny, keys_of(500_000, MANY * 4))
    history = []
    for name in ("ask_direct:delivery", "ask_indirect:guarantee"):
        action = np.full(state.n, tiny.actions.index(name), np.int32)
        state, record = step(tiny, state, action, Chance.for_step(state.key, state.ply, 1))
        history.append((action[:1], record.seen, state))
    parts = [np.atleast_2d(getattr(seen, f)).astype(np.int8)
             for _, seen, _ in history for f in Observation.__slots__]  # fmt: skip
    _, which, count = np.unique(
        np.concatenate(parts), axis=1, return_inverse=True, return_counts=True
    )
    kept = np.flatnonzero(which.reshape(-1) == count.argmax())
    assert kept.size > 400, "too few to compare with"
    belief = prior(tiny, np.array([3], np.uint32), 20_000)
    for action, seen, after in history:
        one = view_for(tiny, rows(after, kept[:1]))
        belief = belief.after(tiny, action, seen_of(seen, int(kept[0])), one)
    weights = belief.weights()[0]
    for field in ("d", "reservation", "trust"):
        left = getattr(state, field)[0, kept].astype(np.float64)
        mine = float((getattr(belief.state, field)[0] * weights).sum())
        spread = left.std() * np.sqrt(1 / kept.size + 1 / float(belief.effective()[0]))
        assert abs(mine - left.mean()) < 3.5 * spread, field
    for need in range(tiny.bargain.needs):
        share = float((weights * (belief.state.need[0] == need)).sum())
        left = state.need[0, kept] == need
        assert abs(share - left.mean()) < 3.5 * np.sqrt(0.25 / kept.size), need


def test_a_buyer_who_would_have_left_is_ruled_out(tiny: Rules) -> None:
    belief = prior(tiny, np.array([3], np.uint32), 4_000)
    weary = np.arange(4_000) % 2 == 0
    patience = np.where(weary, np.float32(-1), belief.state.patience)
    belief = replace(belief, state=belief.state.but(patience=patience))
    state = initial_state(tiny, keys_of(5, 1))
    action = np.array([tiny.actions.index("raise_issue")], np.int32)
    after, record = step(tiny, state, action, Chance.for_step(state.key, state.ply, 1))
    left = belief.after(tiny, action, record.seen, view_for(tiny, after))
    assert left.weights()[0][weary].max() < 1e-12


def test_drawn_rows_stand_for_their_weights() -> None:
    weights = normalised(np.log(np.array([[0.5, 0.25, 0.125, 0.125]])) - np.log(0.5))
    np.testing.assert_allclose(weights, [[0.5, 0.25, 0.125, 0.125]], rtol=1e-4)


def test_stages_keep_what_must_be_kept_and_measure_afresh(tiny: Rules) -> None:
    part = tiny.actions.index("part")
    every = list(range(tiny.base_actions))
    script = strong_script(tiny)
    state = initial_state(tiny, mixed_keys(keys_of(1, 64), 1))
    legal = [a for a in every if tiny.actions[a].startswith(("ask_", "small_", "part", "wait"))]
    asked = Decisions(state, 64, script.start(1), [legal], [[part]], np.array([2], np.uint32))
    found = list(Weigher(tiny, script).weigh(asked, [Stage(4), Stage(16, 3), Stage(64, 2)]))
    for tables in found:
        (table,) = tables
        assert set(legal) <= set(table.actions.tolist())
        assert table.gap[table.best] == 0 and (table.gap >= 0).all()
    (last,) = found[-1]
    assert last.rollouts[last.at(part)] == 64, "the move that was played is measured to the end"
    assert sorted(set(last.rollouts.tolist())) == [4, 16, 64]


@pytest.mark.long
def test_no_row_of_the_optimal_seller_depends_on_another() -> None:
    rules = variant(at_hand("toronto"), {}).rules
    seller = seller_for(rules, "optimal")
    together = play(rules, seller, keys_of(40, 3))
    for i in range(3):
        alone = play(rules, seller, keys_of(40 + i, 1))
        assert alone.outcome.score[0] == together.outcome.score[i]
        assert alone.state.ply[0] == together.state.ply[i]


@pytest.mark.long
@pytest.mark.parametrize("scenario", spread(shipped()))
def test_the_optimal_seller_beats_every_shipped_one(scenario: str) -> None:
    """Paired games, above the one-sided 99 % bound; integration plays more of them."""
    rules = variant(at_hand(scenario), {}).rules
    best = play_seeds(rules, seller_for(rules, "optimal"), 1, GAMES).score.astype(np.float64)
    for policy in [*shipped_policies(), "random"]:
        other = play_seeds(rules, seller_for(rules, policy), 1, GAMES).score.astype(np.float64)
        lead = best - other
        assert lead.mean() - 2.33 * lead.std(ddof=1) / np.sqrt(lead.size) > 0, policy
