"""What the fuzzer found, each once: see tests/fuzz."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.scenario.diagnostics import ScenarioError
from game.scenario.load import load_from_sources
from game.session.game import Game
from tests.fuzz.inputs import GOOD, KINDS, Input, kept, seeds
from tests.fuzz.mutate import mutated
from tests.fuzz.target import attempt

BAKERY = (GOOD / "corner_bakery.yaml").read_text(encoding="utf-8")


def bakery(old: str, new: str) -> Game:
    """A game at the bakery with something else in its file."""
    assert old in BAKERY
    return Game(load_from_sources({"x.yaml": BAKERY.replace(old, new)}, "x.yaml"), 7)


def test_no_package_need_be_best_on_every_issue() -> None:
    game = bakery("you: [1, .7, .35, 0]", "you: [.8, .7, .35, 0]")
    assert game.rules.bargain.seller.max() < 1
    for _ in range(6):
        game.play(game.hand()[-1])


def test_a_rank_is_a_number_that_the_rules_can_hold() -> None:
    def ranked(value: int) -> Game:
        machine = f"trust_machine: {{states: {{partner: {{rank: {value}}}}}}}"
        return bakery("\nbuyer:", f"\n{machine}\nbuyer:")

    assert ranked(20).rules.machine.rank.max() == 20
    for value in (-1, 21, 999_999_999_999_999):
        with pytest.raises(ScenarioError) as refused:
            ranked(value)
        (found,) = refused.value.diagnostics
        assert (found.code, found.field) == ("M005", "trust_machine.states.partner.rank")


@pytest.mark.parametrize("path", kept(), ids=lambda p: p.stem)
def test_an_input_that_was_kept_does_no_harm(path: Path) -> None:
    attempt(path.read_bytes())


@pytest.mark.parametrize("kind", KINDS)
def test_the_fuzzer_begins_with_what_can_be_played(kind: str) -> None:
    from tests.fuzz.target import load

    one = next(seed for seed in seeds() if seed.kind == kind)
    assert load(one) is not None
    assert Input.of(one.raw()) == one


@pytest.mark.long
def test_changes_are_made_again_from_their_seed() -> None:
    raw = next(seeds()).raw()
    some = [mutated(raw, 60_000, n, lambda data, most: data[:most]) for n in range(40)]
    assert some == [mutated(raw, 60_000, n, lambda data, most: data[:most]) for n in range(40)]
    assert len(set(some)) > 30
    for one in some[:8]:
        attempt(one)
