"""What holds on every shipped scenario, whatever its numbers."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from game.core.chance import keys_of
from game.core.legal import legal_mask
from game.core.observe import Observation
from game.core.outcome import Outcome, outcome
from game.core.rules import STAGES, Rules
from game.core.start import initial_state
from game.core.state import FIELDS, State, rows
from game.core.step import step
from game.core.vocabulary import Ending, Initiative, Phase
from game.policies import run
from game.policies.run import play, play_seeds
from game.policies.shelf import seller_for
from tests.core.wandering import chance_of, differing, happening, played, walk, wander

SELLERS = ("adaptive", "rapport", "random")


def most_steps(rules: Rules) -> int:
    """More steps than any engagement can take: slots, turns, and two turns after each deal."""
    calendar = rules.calendar
    gaps = int(calendar.gap_slots.sum()) + len(calendar.turns)
    return calendar.prepare_slots + int(calendar.turns.sum()) + gaps + 2 * calendar.deals + 1


@pytest.mark.parametrize("packages", [False, True])
def test_random_legal_play_ends_by_the_deadline(rules: Rules, packages: bool) -> None:
    afters = [after for _, _, after, _ in walk(rules, 100, 150, packages, most=1000)]
    assert len(afters) <= most_steps(rules)
    assert (afters[-1].phase == Phase.ENDED).all()
    assert (afters[-1].ending != Ending.NONE).all()


SHARES = (
    "d", "reservation", "beliefs", "damage", "scar", "squeeze", "trust", "rival", "seen_trust",
    "settled",
)  # fmt: skip


def out_of_range(rules: Rules, state: State) -> list[str]:
    wrong = [
        name
        for name in FIELDS
        if getattr(state, name).dtype.kind == "f" and not np.isfinite(getattr(state, name)).all()
    ]
    bounds: dict[str, tuple[float, float]] = {
        **dict.fromkeys(SHARES, (0, 1)),
        "patience": (-np.inf, 1),
        "phase": (0, len(Phase) - 1),
        "ending": (0, len(Ending) - 1),
        "asked": (0, len(Initiative) - 1),
        "meeting": (0, len(rules.calendar.turns) - 1),
        "deal": (0, rules.calendar.deals - 1),
        "deals": (0, rules.calendar.deals),
        "mine": (-1, len(rules.bargain.seller) - 1),
        "theirs": (-1, len(rules.bargain.seller) - 1),
        "stage": (0, STAGES - 1),
        "need": (0, rules.bargain.needs - 1),
        "seen_need": (-1, rules.bargain.needs - 1),
        "trust_state": (0, len(rules.machine.names) - 1),
        "told": (0, 2 ** len(rules.facts.ids) - 1),
        "topics": (0, 2 ** len(rules.topics) - 1),
        "blocks": (0, 2 ** len(rules.blocks) - 1),
        "demand": (-1, len(rules.demands) - 1),
        "demanded": (0, 2 ** len(rules.demands) - 1),
        "seen_reaction": (0, 4),
        "referral": (0, 2),
    }
    for name, (low, high) in bounds.items():
        values = getattr(state, name)
        if values.min() < low or values.max() > high:
            wrong.append(f"{name} in {values.min()} … {values.max()}, not {low} … {high}")
    if (state.scar > state.damage + np.float32(1e-6)).any():
        wrong.append("scar above damage")
    return wrong


def test_states_stay_finite_and_in_range(rules: Rules) -> None:
    for _, action, after, _ in walk(rules, 300, 200, packages=True):
        assert out_of_range(rules, after) == [], [rules.actions[a] for a in action[:3]]


def test_outcomes_are_finite_and_in_range(rules: Rules) -> None:
    for name in SELLERS:
        result = play_seeds(rules, seller_for(rules, name), 500, 200)
        for field in ("seller_utility", "buyer_utility", "relationship", "trust", "conceded"):
            values = getattr(result, field)
            assert np.isfinite(values).all(), field
            assert values.min() >= 0, field
            assert values.max() <= 1, field
        assert 0 <= result.score.min() <= result.score.max() <= 100
        assert result.facts.max() <= len(rules.facts.ids)
        assert ((result.deals > 0) == (result.deal_turns > 0)).all()
        assert ((result.ending == Ending.AGREEMENT) <= (result.deals > 0)).all()


def test_an_open_row_always_has_a_legal_move(rules: Rules) -> None:
    wait, part = rules.actions.index("wait"), rules.actions.index("part")
    for before, _, _, _ in walk(rules, 700, 150, packages=True):
        legal = legal_mask(rules, before)
        live = before.phase != Phase.ENDED
        assert legal[wait][live].all()
        assert legal[part][before.phase == Phase.TABLE].all()
        assert not legal[: rules.base_actions, ~live].any()
        assert not legal[:, ~live].any()


def test_rows_that_have_ended_never_change(rules: Rules) -> None:
    last = None
    for before, action, after, _ in walk(rules, 900, 120):
        ended = before.phase == Phase.ENDED
        if ended.any():
            assert differing(rows(before, ended), rows(after, ended)) == []
        last = after, action
    assert last is not None
    over, action = last
    everything = np.arange(over.n, dtype=np.int32) % rules.n_actions
    for moves in (action, everything):
        again, _ = played(rules, over, moves)
        assert differing(over, again) == []


def test_every_row_equals_its_solo_game_bit_for_bit(rules: Rules) -> None:
    n = 8
    solo = [initial_state(rules, keys_of(1100 + i, 1)) for i in range(n)]
    for before, action, after, record in walk(rules, 1100, n, packages=True):
        for i in range(n):
            assert differing(rows(before, slice(i, i + 1)), solo[i]) == []
            assert wander(rules, solo[i], packages=True)[0] == action[i]
            alone, own = played(rules, solo[i], action[i : i + 1])
            assert differing(rows(after, slice(i, i + 1)), alone) == []
            for field in fields(Observation):
                seen, solo_seen = getattr(record.seen, field.name), getattr(own.seen, field.name)
                assert (seen[..., i] == solo_seen[..., 0]).all(), field.name
            for name in ("who", "fact", "demand", "offer", "signed", "promise_broken"):
                assert getattr(record, name)[i] == getattr(own, name)[0], name
            for name in ("push", "drift"):
                assert (getattr(record, name)[..., i] == getattr(own, name)[..., 0]).all(), name
            solo[i] = alone


def test_reordering_the_rows_reorders_the_results(rules: Rules) -> None:
    order = np.random.default_rng(5).permutation(40)
    for before, action, after, _ in walk(rules, 1300, 40):
        mixed, _ = played(rules, rows(before, order), action[order])
        assert differing(mixed, rows(after, order)) == []


@pytest.mark.parametrize("seller", SELLERS)
def test_cutting_a_batch_changes_nothing(rules: Rules, seller: str) -> None:
    whole = play(rules, seller_for(rules, seller), keys_of(1500, 90)).state
    for size in (1, 7, 64):
        first = play(rules, seller_for(rules, seller), keys_of(1500, size)).state
        assert differing(first, rows(whole, slice(0, size))) == []
        rest = play(rules, seller_for(rules, seller), keys_of(1500 + size, 90 - size)).state
        assert differing(rest, rows(whole, slice(size, 90))) == []


def test_chunks_of_a_simulation_change_nothing(
    rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller = seller_for(rules, "adaptive")
    whole = play_seeds(rules, seller, 1700, 150)
    monkeypatch.setattr(run, "CHUNK", 37)
    parts = play_seeds(rules, seller, 1700, 150)
    for field in fields(Outcome):
        assert getattr(whole, field.name).tobytes() == getattr(parts, field.name).tobytes()


def test_a_step_writes_to_nothing_it_was_given(rules: Rules) -> None:
    for before, action, _, _ in walk(rules, 1900, 30, packages=True):
        frozen = replace(before)
        chance, event = chance_of(rules, before), happening(rules, before)
        given = [getattr(frozen, name) for name in FIELDS] + [action, chance.u, event]
        copies = [values.copy() for values in given]
        for values in given:
            values.setflags(write=False)
        step(rules, frozen, action, chance, event)
        outcome(rules, frozen)
        assert all((a == b).all() for a, b in zip(given, copies, strict=True))


def test_arrays_are_contiguous_and_keep_their_kind_and_shape(rules: Rules) -> None:
    start = initial_state(rules, keys_of(1, 20))
    for _, _, after, _ in walk(rules, 2100, 20):
        for name in FIELDS:
            first, now = getattr(start, name), getattr(after, name)
            assert (now.dtype, now.shape) == (first.dtype, first.shape), name
            assert now.flags.c_contiguous, name


def test_a_facilitators_event_changes_its_own_row_only(rules: Rules) -> None:
    (before, action, _, _), *_ = [s for s in walk(rules, 2300, 10) if s[0].turn.min() >= 1]
    chance, others = chance_of(rules, before), np.arange(10) != 3
    plain, _ = step(rules, before, action, chance)
    for kind in range(len(rules.calendar.event_kind)):
        event = np.where(others, np.int8(-1), np.int8(kind))
        after, _ = step(rules, before, action, chance, event=event)
        assert differing(rows(after, others), rows(plain, others)) == []
