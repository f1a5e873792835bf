"""Reviews of whole games: planted mistakes are found and named, good play is left in peace."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest

from game.policies.worth import Stage
from game.review.labels import MARKED
from game.review.model import Move, Review
from game.review.review import review
from game.session.game import Game
from game.session.seating import Settings
from game.session.transcript import load_transcript
from tests.at_hand import at_hand
from tests.marks import spread
from tests.review.playing import Plant, at_turn, played

ROOT = Path(__file__).parents[2]
GOLDEN = sorted((ROOT / "tests/golden").glob("*.lunch.json"))
SCENARIOS = ("osaka", "chicago", "seoul", "rotterdam", "paris", "toronto", "toronto-second",
             "toronto-committee")  # fmt: skip
STRONG_SEEDS = int(os.environ.get("LONG_LUNCH_GAMES", "8"))
QUICK = (Stage(8), Stage(32, 8))


def answer(game: Game, **how: object) -> Review:
    *_, found = review(game, **how)  # type: ignore[arg-type]
    return found


def of(found: Review, entry: str) -> Move:
    return next(move for move in found.moves if move.entry == entry)


def small_talk(turn: int) -> Plant:
    """The turn's own topic, so that none comes twice."""
    topics = ("cycling", "wind_band", "fathers_shop", "training_bench")
    return at_turn(1, turn, f"small_talk:{topics[turn - 1]}")


def talking(game: Game) -> str | None:
    """Three rounds of small talk before the fourth."""
    return next((named for turn in (1, 2, 3) if (named := small_talk(turn)(game))), None)


def pressing(game: Game) -> str | None:
    """The flight, named to press, once the matter is on the table."""
    if game.phase.name != "TABLE" or game.number("turn") < 6:
        return None
    return "press_flight" if game.rules.actions.index("press_flight") in game.legal() else None


PLANTED = {
    "price": ("toronto-second", at_turn(1, 2, "quote:118"), None, "price_before_trust"),
    "small_talk": ("osaka", small_talk(4), talking, "drift"),
    "flight": ("rotterdam", pressing, None, "flight_pressed"),
    "embarrassing": (
        "toronto-committee", at_turn(1, 4, "ask_embarrassing:weeks@dalgleish"), None, "slight",
    ),
}  # fmt: skip


# The flight is only in the way where it has not been signed by then.
SEEDS = dict.fromkeys(PLANTED, (1, 2, 3, 4)) | {"flight": (4, 9, 14, 25)}


@pytest.mark.parametrize(
    ("name", "seed"),
    [
        pytest.param(name, seed, marks=() if (name, k) == ("price", 0) else pytest.mark.long)
        for name, seeds in SEEDS.items()
        for k, seed in enumerate(seeds)
    ],
)
def test_a_planted_mistake_is_the_dearest_and_has_its_cause(name: str, seed: int) -> None:
    scenario, plant, led, cause = PLANTED[name]
    game, entry = played(scenario, seed, planted=plant, led=led)
    assert entry, "signed before it could be planted"
    found = answer(game)
    move = of(found, entry)
    assert move.loss == max(m.loss for m in found.moves)
    assert move.label in MARKED
    cuts = {"inaccuracy": (5, 10), "mistake": (10, 20), "blunder": (20, 101)}[move.label]
    assert cuts[0] <= move.loss_low < cuts[1]
    assert move.causes[0].id == cause, [c.id for c in move.causes]
    assert move.index in [moment.move for moment in found.moments]
    assert move.principle and move.principle in [p.id for p in found.principles]


@pytest.mark.long
@pytest.mark.parametrize("seed", spread(range(100, 100 + STRONG_SEEDS)))
def test_strong_play_is_not_marked_down(seed: int) -> None:
    game, _ = played(SCENARIOS[seed % len(SCENARIOS)], seed)
    found = answer(game)
    assert not [(m.action, m.loss) for m in found.moves if m.label in ("mistake", "blunder")]
    assert found.accuracy.game is not None and found.accuracy.game > 90


@pytest.mark.long
@pytest.mark.parametrize("path", spread(GOLDEN), ids=lambda path: path.name.split(".")[0])
def test_golden_transcripts_are_reviewed(path: Path) -> None:
    game = Game.resume(load_transcript(path))
    found = answer(game, stages=QUICK, face_up=True)
    assert len(found.moves) == len(game.turns)
    assert found.score == pytest.approx(float(game.outcome().score[0]))
    assert found.skill + found.luck == pytest.approx(found.score, abs=1e-6)
    parts = sum(part.value * part.weight for part in found.parts)
    assert 100 * parts == pytest.approx(found.score, abs=0.01)
    for move in found.moves:
        assert move.best.loss == 0 and move.options[0] == move.best
        assert [o.loss for o in move.options] == sorted(o.loss for o in move.options)
        played_now = next(o for o in move.options if o.action == move.action)
        assert played_now.worth == pytest.approx(move.worth)
        assert played_now.loss == pytest.approx(move.loss) and 0 <= move.loss_low <= move.loss
        assert 0 <= move.accuracy <= 100 and move.stake >= 0 and move.face_up is not None
        assert move.worth - move.before == pytest.approx(move.skill)
    terms = found.accuracy.terms
    weight = sum(term.weight for term in terms)
    mean = sum(term.weight * term.accuracy for term in terms) / weight
    assert found.accuracy.game == pytest.approx(mean)
    assert len(found.moments) <= 3
    schema = json.loads((ROOT / "docs/json/review.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(found.as_json(), schema)


@pytest.mark.long
def test_the_same_transcript_has_the_same_review() -> None:
    text = [
        json.dumps(answer(Game.resume(load_transcript(GOLDEN[0])), stages=QUICK).as_json())
        for _ in range(2)
    ]
    assert text[0] == text[1]


@pytest.mark.long
def test_every_stage_is_a_whole_review() -> None:
    game = Game.resume(load_transcript(GOLDEN[1]))
    found = list(review(game, stages=QUICK))
    assert [(r.stage, r.stages) for r in found] == [(1, 2), (2, 2)]
    assert all(len(r.moves) == len(game.turns) for r in found)


@pytest.mark.long
def test_before_the_end_nothing_hidden_is_told() -> None:
    first, other = (Game(at_hand("seoul"), 7, Settings(d=d)) for d in (0.9, 0.9))
    game = first
    for action in ("wait", "greet", "quote:41"):
        game.play(action)
        other.play(action)
    found = answer(game, stages=QUICK)
    assert not found.ended and not found.buyers and not found.parts and not found.reads
    assert not found.letter
    for move in found.moves:
        assert move.thought is None and not move.trust
        assert all(cause.trust == 0 for cause in move.causes)
    assert {fact.told for fact in found.facts} <= {True}


@pytest.mark.long
def test_what_a_designer_approves_is_not_marked_down() -> None:
    game, entry = played("toronto-second", 1, planted=at_turn(1, 2, "quote:118"))
    assert of(answer(game), entry).label in MARKED
    teaching = game.scenario.teaching
    assert teaching is not None
    allowed = teaching.model_copy(update={"approves": ["quote:118 when turn = 2"]})
    game.scenario = game.scenario.model_copy(update={"teaching": allowed})
    move = of(answer(game), entry)
    assert move.label == "good" and move.marks == ("approved",) and move.accuracy == 100


@pytest.mark.long
def test_reads_are_held_against_the_truth_and_an_ideal_observer() -> None:
    game = Game(at_hand("seoul"), 5, Settings(blind=True))
    game.play("wait")
    game.read(0.5, 0.0)
    for action in ("greet", "small_talk:harvest", "ask_indirect:delivery"):
        game.play(action)
    game.read(0.95, 1.0)
    while not game.ended:
        game.play("part" if game.phase.name != "BETWEEN" else "wait")
    early, late = answer(game, stages=QUICK).reads
    truth = early.truth
    assert early.within and early.error == pytest.approx(abs(0.5 - truth)) and early.scored
    assert late.within == (abs(0.95 - truth) <= 0.05) and (early.table_turn, late.table_turn) == (
        0,
        3,
    )
    assert 0.2 < early.ideal < 0.8, "blind, nothing is known at first"
