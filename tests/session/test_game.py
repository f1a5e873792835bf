"""One game: legality, undo and its luck, reads, hints, events, and what stays hidden."""

from __future__ import annotations

import random
from collections.abc import Collection
from typing import Any

import numpy as np
import pytest

import game.session.game as module
from game.core.chance import keys_of
from game.core.start import initial_state
from game.core.state import FIELDS
from game.core.view import view_for
from game.core.vocabulary import Phase
from game.session.causes import trust_changes
from game.session.game import Game
from game.session.moments import GameError
from game.session.notation import ActionError
from game.session.seating import Settings, seated
from tests.session.tables import SHIPPED, finished, game, wander


def same_state(one: Game, two: Game) -> bool:
    return all(
        np.array_equal(getattr(one._state, name), getattr(two._state, name)) for name in FIELDS
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_games_end_with_a_letter_a_score_and_reasons(name: str) -> None:
    over = finished(name, 11)
    result = over.outcome()
    assert 0 <= float(result.score[0]) <= 100
    letter = over.letter()
    assert letter is not None and len(letter.text.split()) >= 30
    changes = trust_changes(over)
    assert changes and all(change.causes for change in changes)
    moved = [c for c in changes if abs(c.after - c.before) > 0.02]
    assert all(c.causes != ("nothing",) for c in moved)


def test_an_illegal_move_changes_nothing() -> None:
    play = game("seoul")
    play.play("prepare_history")
    entries = len(play.transcript.entries)
    with pytest.raises(GameError):
        play.play("greet")
    with pytest.raises(ActionError):
        play.play("prepare_histori")
    assert len(play.transcript.entries) == entries


def test_undo_brings_back_the_same_position_and_first_the_same_luck() -> None:
    play, straight = game("seoul", 5), game("seoul", 5)
    for action in ("prepare_history", "prepare_rivals", "greet"):
        play.play(action)
        straight.play(action)
    first = play.play("ask_history")
    play.undo()
    assert same_state(play, straight)
    assert play.turns == straight.turns
    again = play.play("ask_history")
    assert (again.said, again.notices) == (first.said, first.notices)
    assert play.undone == 1


@pytest.mark.long
def test_a_second_return_to_the_same_turn_draws_fresh_luck() -> None:
    different = 0
    for seed in range(12):
        play = game("seoul", seed)
        play.play("wait")
        first = play.play("ask_history").notices
        play.undo()
        play.undo()  # the root: nothing was said yet
        play.play("wait")
        second = play.play("ask_history").notices
        play.undo()
        third = play.play("ask_history").notices
        play.undo()
        fourth = play.play("ask_history").notices
        assert first == second == third
        different += fourth != first
    assert different >= 3


def test_nothing_is_taken_back_in_an_exam_or_before_the_first_move() -> None:
    with pytest.raises(GameError, match="nothing to take back"):
        game("seoul").undo()
    exam = game("seoul", 1, Settings("exam"))
    exam.play("wait")
    with pytest.raises(GameError, match="exam"):
        exam.undo()


def test_hints_belong_to_guided_play_and_are_counted() -> None:
    with pytest.raises(GameError):
        game("seoul").hint()
    guided = game("seoul", 1, Settings("guided"))
    assert guided.hint() and guided.hint()
    assert guided.hints == 2


def test_reads_are_due_after_three_turns_and_before_the_first_offer() -> None:
    play = game("seoul", 2)
    play.play("wait")
    offer = play.parse("offer_whole")
    assert play.reads_due() == []
    assert play.reads_due(offer) == ["kang"]
    for _ in range(3):
        play.play("wait")
    assert play.reads_due() == ["kang"]
    play.read(0.8, 0.5)
    assert play.reads_due() == play.reads_due(offer) == []
    assert play.reads == {"kang": (0.8, 0.5)}
    with pytest.raises(GameError):
        play.read(1.2, 0.5)


def test_events_happen_with_the_next_move() -> None:
    play = game("seoul", 3)
    play.play("wait")
    play.event("line_two_stops")
    with pytest.raises(GameError):
        play.event("hall_passed")
    with pytest.raises(GameError, match="only daeil_calls"):
        play.event("no_such_thing")
    turn = play.play("wait")
    assert turn.event.startswith("A foreman")
    assert play.play("wait").event == ""


def test_d_is_fixed_and_blind_play_keeps_the_order() -> None:
    rules = game("toronto-committee").rules
    state = initial_state(seated(rules, 4, Settings(d=0.3)), keys_of(4, 1))
    assert np.allclose(state.d, 0.3)
    order = np.argsort(rules.buyers.d_mean)
    drawn = []
    for seed in range(200):
        blind = seated(rules, seed, Settings(blind=True))
        d = initial_state(blind, keys_of(seed, 1)).d[:, 0]
        assert (np.argsort(d) == order).all()
        assert blind.digest == rules.digest
        drawn += d.tolist()
    share = np.histogram(drawn, bins=5, range=(0, 1))[0] / len(drawn)
    assert (np.abs(share - 0.2) < 0.06).all()


def test_the_boss_writes_when_it_is_time_and_not_after_signing() -> None:
    play = game("seoul", 8)
    notes = {note.text: note.turn for note in play.scenario.you.notes}
    got = []
    for _ in range(30):
        if play.ended:
            break
        for text in play.play("wait").boss:
            got.append(text)
            assert play._clock + 1 >= notes[text]
    assert got == list(notes)[: len(got)] and len(got) >= 3


@pytest.mark.parametrize("level", ["guided", "plain", "exam"])
def test_before_the_end_only_these_layers_are_looked_at(
    level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[frozenset[str]] = []

    def watched(rules: Any, state: Any, side: str, layers: Collection[str]) -> Any:
        assert side == "seller"
        asked.append(frozenset(layers))
        return view_for(rules, state, side, layers)

    monkeypatch.setattr(module, "view_for", watched)
    play = game("rotterdam", 4, Settings(level))  # type: ignore[arg-type]
    for _ in wander(play, random.Random(4)):
        play.hand()
        play.shortlist()
        with pytest.raises(GameError):
            play.truths()
        with pytest.raises(GameError):
            play.outcome()
        with pytest.raises(GameError):
            play.final_view()
        with pytest.raises(GameError):
            play.letter()
    allowed = {"base", "trust"} if level == "guided" else {"base"}
    assert frozenset().union(*asked) == allowed
    assert "truth" not in allowed and play.final_view()["need"] is not None


def test_a_meeting_begins_with_its_place_and_first_words() -> None:
    for name in SHIPPED:
        over = finished(name, 2)
        first = [over.first] if over.first is not None else []
        openings = [*first, *(t.opening for t in over.turns if t.opening is not None)]
        assert [o.meeting for o in openings] == list(range(1, len(openings) + 1))
        for opening in openings:
            assert opening.place and opening.said


def test_away_from_the_table_nobody_hears_you_wait() -> None:
    play = game("seoul", 1)
    assert play.phase is Phase.PREPARE
    assert play.label(play.parse("wait")) == "Sit down"
    assert play.play("wait").own == ""
