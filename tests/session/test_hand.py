"""The hand: at most seven, across the rings, always with the answer that is due."""

from __future__ import annotations

import random

import pytest

from game.core.rules import Col
from game.core.vocabulary import Phase
from game.session.hand import BESIDE, HAND, RINGS, SHORTLIST, neighbours
from game.session.notation import parts_of
from tests.marks import tables
from tests.session.tables import SHIPPED, game, wander


@pytest.mark.parametrize("name", tables())
def test_hands_of_whole_games(name: str) -> None:
    asked = counters = 0
    for seed in range(4):
        for play in wander(game(name, seed), random.Random(seed)):
            hand, legal = play.hand(), play.legal()
            verbs = [parts_of(play.rules.actions[a]).verb for a in hand]
            assert len(hand) <= HAND
            assert set(hand) <= set(legal)
            assert len(set(verbs)) == len(verbs) or play.phase is Phase.PREPARE
            assert not set(verbs) & set(BESIDE)
            if play.phase not in (Phase.TABLE, Phase.AFTER):
                continue
            rings = [play.hands.ring_of[v] for v in verbs]
            assert rings == sorted(rings, key=RINGS.index), "in the order of the rings"
            assert len(set(rings)) >= 3
            assert set(rings) != {"terms"}
            question = int(play.view()["asked"][0])
            bit = 1 << question
            answers = [a for a in legal if int(play.rules.columns[Col.ANSWERS, a]) & bit]
            if question and answers:
                asked += 1
                assert set(answers) & set(hand)
            if play.view()["offer_standing"][0] and play.phase is Phase.TABLE:
                counters += 1
                assert "accept" in verbs or play.rules.actions.index("accept") not in legal
    assert asked > 0


@pytest.mark.parametrize("name", SHIPPED)
def test_everything_legal_is_in_some_ring(name: str) -> None:
    for play in wander(game(name, 2), random.Random(2)):
        legal = play.legal()
        grouped = [a for actions in play.hands.by_ring(legal).values() for a in actions]
        assert sorted(grouped) == sorted(legal)
        assert "wait" in {parts_of(play.rules.actions[a]).verb for a in legal}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shortlist_is_short_and_above_the_walkaway(name: str) -> None:
    seen = 0
    for play in wander(game(name, 6), random.Random(6)):
        packages = play.shortlist()
        worths = [float(play.rules.bargain.seller[p]) for p in packages]
        assert len(packages) == len(set(packages)) <= SHORTLIST
        assert worths == sorted(worths, reverse=True)
        assert all(w >= play.number("reservation") - 1e-6 for w in worths)
        seen += bool(packages)
    assert seen


def test_neighbours_differ_by_one_step() -> None:
    rules = game("seoul").rules
    for package in (0, 17, len(rules.bargain.seller) - 1):
        for other in neighbours(rules, package):
            one, two = rules.bargain.options[package], rules.bargain.options[other]
            assert abs(one.astype(int) - two.astype(int)).sum() == 1


def test_the_hand_does_not_follow_wisdom() -> None:
    """Changing what is hidden changes no hand: it is chosen from the view."""
    one, two = game("seoul", 9), game("seoul", 9)
    two._state = two._state.but(trust=two._state.trust + 0.3, damage=two._state.damage + 0.2)
    assert one.hand() == two.hand()
    assert one.shortlist() == two.shortlist()


def test_one_greets_on_arriving_and_once() -> None:
    greeted = late = 0
    for seed in range(3):
        for play in wander(game("toronto", seed), random.Random(seed)):
            if play.phase is not Phase.TABLE:
                continue
            here = [t for t in play.turns if t.number and t.meeting == play.number("meeting")]
            verbs = [parts_of(play.rules.actions[a]).verb for a in play.hand()]
            if play.number("turn") > 2 or any(parts_of(t.text).verb == "greet" for t in here):
                late += 1
                assert "greet" not in verbs
            else:
                greeted += "greet" in verbs
    assert greeted and late


def test_whoever_asked_is_answered() -> None:
    answers = 0
    for seed in range(6):
        for play in wander(game("toronto-committee", seed), random.Random(seed)):
            bit = 1 << int(play.view()["asked"][0])
            asker = play.rules.buyers.names[play.number("addressee")]
            for action in play.hand():
                parts = parts_of(play.rules.actions[action])
                answering = int(play.rules.columns[Col.ANSWERS, action]) & bit
                if bit > 1 and play.phase is Phase.TABLE and answering and parts.buyer:
                    answers += 1
                    assert parts.buyer == asker
    assert answers


def test_a_step_that_is_none_is_not_legal() -> None:
    spent = 0
    for seed in range(3):
        play = game("osaka", seed)
        play.play("wait")
        concede, offered = play.rules.actions.index("concede"), False
        while not play.ended:
            if concede in play.legal():
                assert play._package_of(concede) != play.number("mine")
                play.play(concede)
            else:
                spent += offered and play.number("mine") >= 0
                offered = True
                play.play("offer_whole" if play.number("mine") < 0 else "wait")
    assert spent, "no seller here ever came to the end of his notes"
