"""What a drawn table shows, against the game that it is drawn from."""

from __future__ import annotations

import random

import pytest

from game.session.game import Game
from game.session.seating import Settings
from game.session.table import by_ring, cards, composed, dialogue, notebook, path, stand
from tests.session.tables import SHIPPED, game


def wander(play: Game, seed: int, moves: int) -> None:
    rng = random.Random(seed)
    for _ in range(moves):
        if play.ended:
            return
        play.play(rng.choice([a for a in play.legal() if play.rules.actions[a] != "part"]))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_talk_is_all_that_was_shown_in_order(name: str) -> None:
    play = game(name, 3)
    wander(play, 3, 12)
    lines = dialogue(play)
    said = [line.text for line in lines if line.kind == "said"]
    heard = [shown.text for shown in play.first.said] if play.first else []
    for turn in play.turns:
        heard += [shown.text for shown in turn.said]
        heard += [shown.text for shown in turn.opening.said] if turn.opening else []
    assert said == heard
    assert [line.label for line in lines if line.kind in ("you", "done")] == [
        turn.label for turn in play.turns
    ]
    assert [line.turn for line in lines] == sorted(line.turn for line in lines)
    assert all(line.text or line.kind == "done" for line in lines)


@pytest.mark.parametrize("name", SHIPPED)
def test_cards_are_the_legal_actions(name: str) -> None:
    play = game(name, 4)
    for _ in range(10):
        if play.ended:
            break
        rings = by_ring(play)
        found = sorted(card.action for some in rings.values() for card in some)
        assert found == sorted(play.legal())
        assert [card.action for card in cards(play, play.hand())] == play.hand()
        assert all(card.label and card.ring for some in rings.values() for card in some)
        wander(play, 9, 1)


def test_where_things_stand_follows_the_game() -> None:
    play = game("seoul", 5)
    at = stand(play)
    assert at.turn == 0 and at.slots > 0 and at.mine is None and not at.trust
    play.play("wait")
    play.play("greet")
    play.play("quote:41")
    at = stand(play)
    assert at.turn == 3 and at.mine is not None and at.mine.worth > at.walkaway
    assert [person.id for person in at.people if person.present] == list(play.present)
    assert sum(at.weights) == pytest.approx(1)
    assert path(play) == [3.0, 0.0]
    best = composed(play, [0] * len(play.rules.issues))
    sizes = [len(texts) for texts in play.rules.option_texts]
    worst = composed(play, [size - 1 for size in sizes])
    assert best.worth == 1 and worst.below


def test_trust_is_there_in_guided_play_alone() -> None:
    plain, guided = game("seoul", 5), game("seoul", 5, Settings(help="guided"))
    assert not stand(plain).trust
    ((trust, state),) = stand(guided).trust.values()
    assert 0 <= trust <= 1 and state in guided.rules.machine.names


def test_the_notebook_holds_what_was_told_and_prepared() -> None:
    play = game("seoul", 8)
    play.play("prepare_history")
    assert [note.kind for note in notebook(play)] == ["prepared"]
    wander(play, 1, 25)
    told = [turn.fact for turn in play.turns if turn.fact]
    assert len([n for n in notebook(play) if n.kind == "fact"]) == len(set(told))


def test_preparing_that_brought_no_words_is_no_note() -> None:
    play = game("tests/scenarios/good/corner_bakery.yaml", 8)
    play.play("prepare_history")
    assert play.number("prepared")
    assert notebook(play) == []
