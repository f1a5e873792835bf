"""Approved moves: what shipped scenarios approve, what that does to a label, what is refused."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from game.core.legal import Flags
from game.core.rules import Asks, Col, Offers, Rules
from game.core.view import view_for
from game.policies.approval import Approvals
from game.policies.notation import parse_step
from game.policies.worth import Stage
from game.review.labels import MARKED
from game.review.model import Move, Review
from game.review.review import review
from game.scenario.diagnostics import ScenarioError
from game.scenario.load import load_scenario
from game.session.game import Game
from tests.review.playing import played
from tests.session.tables import SHIPPED, loaded

BAKERY = Path(__file__).resolve().parents[1] / "scenarios" / "good" / "corner_bakery.yaml"
ROUGH = (Stage(8), Stage(64, 8))
BLUNDER = "ask_embarrassing:delivery"


@cache
def rules_of(name: str) -> Rules:
    it = loaded(name)
    return it.rules


def approved_in(name: str) -> list[str]:
    teaching = loaded(name).scenario.teaching
    assert teaching is not None
    return teaching.approves


STEPS = [(name, step) for name in SHIPPED for step in approved_in(name)]


# --- what the shipped scenarios approve -----------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario_approves_a_few_moves_that_can_be_read(name: str) -> None:
    steps = approved_in(name)
    assert 3 <= len(steps) <= 6 and len(set(steps)) == len(steps)
    Approvals(rules_of(name), steps)


@pytest.mark.parametrize(("name", "step"), STEPS)
def test_an_approval_is_bound_to_an_occasion_and_never_to_a_trap(name: str, step: str) -> None:
    assert parse_step(step).when is not None
    rules = rules_of(name)
    actions = _actions(name, step)
    assert actions
    for action in actions:
        verb = rules.verbs[int(rules.columns[Col.VERB, action])]
        assert int(rules.columns[Col.OFFERS, action]) == Offers.NOTHING, "a price or a package"
        assert int(rules.columns[Col.ASKS, action]) != Asks.EMBARRASSING
        assert verb not in ("small_talk", "tell_return", "falsify_return", "press_flight", "bluff")


def _actions(name: str, step: str) -> list[int]:
    """The base actions that a step speaks of, whenever that is."""
    rules = rules_of(name)
    always = Approvals(rules, [parse_step(step).action])
    view = view_for(rules, Game(loaded(name), 1)._state)
    return [action for action in range(rules.base_actions) if always.approves(action, view)]


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_approved_comes_up_in_play_and_is_legal_then(name: str) -> None:
    approvals = Approvals(rules_of(name), approved_in(name))
    met = 0

    def look(game: Game) -> str | None:
        nonlocal met
        flags, view = Flags(game.rules, game._state), view_for(game.rules, game._state)
        met += any(approvals.approves(a, view) and bool(flags.allows(a)[0]) for a in game.legal())
        return None

    for seed in (1, 2, 3):
        played(name, seed, "rapport", led=look)
    assert met > 0


# --- what an approval does ------------------------------------------------------------------------


def reviewed(folder: Path, approves: str) -> Review:
    """The same short, bad game at a table that approves this."""
    path = folder / "corner-bakery.yaml"
    teaching = f"teaching:\n  aim: Wait until the dough has risen.\n  approves: [{approves}]\n"
    path.write_text(BAKERY.read_text(encoding="utf-8") + teaching, encoding="utf-8")
    game = Game(load_scenario(str(path)), 3)
    for move in ("prepare_objectives", "prepare_history", BLUNDER, "quote:8000", "part"):
        game.play(move)
    *_, last = review(game, stages=ROUGH)
    return last


def the_move(made: Review, action: str) -> Move:
    return next(move for move in made.moves if move.action.startswith(action))


def test_an_approved_mistake_is_called_good_and_says_so(tmp_path: Path) -> None:
    plain, kind = (reviewed(tmp_path, a) for a in ("", "ask_embarrassing when turn <= 2"))
    before, after = the_move(plain, BLUNDER), the_move(kind, BLUNDER)
    assert before.label in MARKED and "approved" not in before.marks
    assert (after.label, after.marks) == ("good", ("approved",))
    # what it cost stands there, and counts for nothing
    assert after.loss == before.loss > 0
    assert before.accuracy < after.accuracy == 100
    assert after.causes == () and after.principle == ""
    assert after.index not in [moment.move for moment in kind.moments]
    assert next(t for t in kind.accuracy.terms if t.move == after.index).loss == 0
    # the others are judged as before
    assert the_move(plain, "quote").label == the_move(kind, "quote").label != "good"


@pytest.mark.long
def test_an_approval_holds_only_while_its_condition_does(tmp_path: Path) -> None:
    made = reviewed(tmp_path, "ask_embarrassing when turn >= 2, quote when asked = asks_price")
    assert the_move(made, BLUNDER).label in MARKED
    assert the_move(made, "quote").label in MARKED


def test_a_good_move_is_not_called_approved(tmp_path: Path) -> None:
    made = reviewed(tmp_path, "prepare_objectives, prepare_history")
    assert {move.marks for move in made.moves if move.phase == "prepare"} == {()}
    assert {move.label for move in made.moves if move.phase == "prepare"} <= {"best", "good"}


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("postpone_price", "postpone_price"),
        ("defer_price when asked = price", "price"),
        ("defer_price when moon > 2", "moon"),
        ("ask_direct:harbour", "harbour"),
        ("greet@kang", "kang"),
        ("'!'", "!"),
    ],
)
def test_an_approval_that_cannot_be_read_is_refused(step: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as refused:
        reviewed(tmp_path, step)
    (complaint,) = refused.value.diagnostics
    assert complaint.code == "R009" and said in complaint.message
    assert complaint.file == "corner-bakery" and "teaching.approves" in complaint.fix
