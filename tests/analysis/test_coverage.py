"""What playthroughs reach: the same as in the games a person plays, however they are cut up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from game.analysis.coverage import Coverage, Reach, coverage, move_names, reach
from game.core.chance import keys_of
from game.core.rules import Rules
from game.core.state import State
from game.core.step import Record
from game.policies.run import play
from game.policies.shelf import seller_for
from game.scenario.load import Loaded
from game.session.event_words import known_events
from game.session.game import Game
from tests.at_hand import at_hand

BAKERY = Path(__file__).parents[1] / "scenarios/good/corner_bakery.yaml"
SEED = 40


def table(name: str | Path) -> tuple[Loaded, Rules]:
    loaded = at_hand(name)
    return loaded, loaded.rules


def heard_by_a_person(loaded: Loaded, rules: Rules, policy: str, seed: int) -> tuple[set[str], int]:
    """The ids of all texts of the buyers in a solo game, and how many are borrowed."""
    moves: list[int] = []

    def watch(index: np.ndarray, before: State, record: Record, after: State) -> None:
        moves.append(int(record.action[0]))

    play(rules, seller_for(rules, policy), keys_of(seed, 1), watch)
    game = Game(loaded, seed)
    shown = list(game.first.said) if game.first else []
    for move in moves:
        turn = game.play(move)
        shown += [*turn.notices, *turn.said]
        shown += turn.opening.said if turn.opening else ()
    letter = game.letter()
    shown += [letter] if letter else []
    borrowed = sum(one.id.startswith("common.") for one in shown)
    thoughts = {t.thought.id for t in game.truths() if t.thought}
    return {one.id for one in shown} | thoughts, borrowed


@pytest.mark.parametrize("scenario", ["paris", "toronto-committee", BAKERY], ids=str)
def test_a_game_is_heard_as_a_person_hears_it(scenario: str | Path) -> None:
    loaded, rules = table(scenario)
    for seed in (SEED, SEED + 3):
        found = reach(loaded, rules, seller_for(rules, "rapport"), seed, 1)
        lines, borrowed = heard_by_a_person(loaded, rules, "rapport", seed)
        assert set(found.lines) == lines
        assert sum(found.gaps.values()) == borrowed


def test_the_counts_do_not_depend_on_how_the_games_are_cut_up() -> None:
    loaded, rules = table("rotterdam")
    seller = seller_for(rules, "adaptive")
    whole = reach(loaded, rules, seller, SEED, 12)
    assert whole == reach(loaded, rules, seller, SEED, 5) + reach(
        loaded, rules, seller, SEED + 5, 7
    )


@pytest.fixture(scope="module")
def seoul() -> Coverage:
    return coverage(at_hand("seoul"), ("rapport", "always_closing"), 20, SEED)


@pytest.mark.long
def test_what_is_played_was_legal_and_what_happens_has_a_name(seoul: Coverage) -> None:
    _, rules = table("seoul")
    for found in seoul.reached.values():
        assert found.games == 20
        assert set(found.legal) <= set(move_names(rules))
        for move, games in found.moves.items():
            assert 0 < games <= found.legal[move] <= 20
        assert set(found.events) <= known_events(rules)
        assert found.events["ended"] == 20
        for buyer, was, now in found.changes:
            assert found.states[buyer, was] and found.states[buyer, now]


def test_policies_reach_different_things(seoul: Coverage) -> None:
    rapport, closing = seoul.reached.values()
    assert rapport.moves["small_talk:press"] and not closing.moves["small_talk:press"]
    assert closing.states["kang", "fair_game"] > rapport.states["kang", "fair_game"]
    assert seoul.total == rapport + closing


def test_who_has_no_voice_borrows_every_word() -> None:
    loaded, rules = table(BAKERY)
    found = reach(loaded, rules, seller_for(rules, "direct"), SEED, 6)
    times = sum(found.gaps.values())
    assert times > 60
    # the tellings of facts are the scenario's own
    assert (
        sum(found.own.values()) <= found.events["told:old_mixer"] + found.events["told:third_shop"]
    )
    for gap, number in found.gaps:
        assert gap.buyer == "duarte" and number >= 1
        assert number == 1 or (gap, number - 1) in found.gaps
        assert not gap.on.startswith("any")


def test_without_words_the_rest_is_the_same() -> None:
    loaded, rules = table("osaka")
    seller = seller_for(rules, "direct")
    spoken, silent = (reach(loaded, rules, seller, SEED, 8, words) for words in (True, False))
    assert silent == Reach(
        spoken.games, spoken.moves, spoken.legal, spoken.events, spoken.states, spoken.changes
    )
