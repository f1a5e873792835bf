"""Experiments with the strong seller: what is watched, weighed, searched and planted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from game.analysis import claim_models, strong, strong_mistakes
from game.analysis.bench import Bench
from game.analysis.claim_files import read_claims
from game.analysis.claim_models import Arm
from game.analysis.claim_runs import _pieces, run_suite, size
from game.analysis.claims import strong as needs_the_strong
from game.analysis.claims import surveyed, tables
from game.analysis.strong_luck import luck
from game.analysis.strong_parting import parting_share
from game.analysis.strong_recital import for_own_utility, recited, searched
from game.analysis.strong_survey import Fine, Survey, accuracy, survey
from game.core.arithmetic import Ints
from game.core.chance import keys_of
from game.core.legal import Flags
from game.core.rules import Rules
from game.core.view import View
from game.core.vocabulary import Phase
from game.policies.run import play
from game.policies.shelf import seller_for

SHIPPED: dict[str, Any] = {
    "one_meeting": False, "alone": False,
    **dict.fromkeys(("turns", "slots", "flight", "referral", "deals", "event", "cold_call",
                     "toughness"), "as_it_is"),
}  # fmt: skip
QUICKEST = "toronto-second"
STRONG = ("T08", "N03", "N04", "N06", "N07", "N08", "N09")


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(read_claims(), share=0.1)


@pytest.fixture(scope="module")
def rules(bench: Bench) -> Rules:
    return bench.at_table(QUICKEST, SHIPPED, Arm("random"))[0]


def a_test(
    contrast: str, kind: str = "above", delta: float = 0.5, **arms: str
) -> claim_models.Test:
    sellers = tuple((name, Arm(policy)) for name, policy in (arms or {"A": "novice"}).items())
    return claim_models.Test(1, "score", ("ANY",), sellers, SHIPPED, kind, delta, contrast)


# --- luck -----------------------------------------------------------------------------------------


@pytest.mark.long
def test_luck_has_no_drift_over_two_deals(bench: Bench) -> None:
    """A script that forgot in its second deal what was played in it would fall short by a tenth."""
    found = luck(bench, "osaka", SHIPPED, Arm("adaptive"), 120)
    error = found.std(ddof=1) / np.sqrt(found.size)
    assert abs(found.mean()) < 4 * error < 0.08


@pytest.mark.long
def test_a_games_luck_depends_on_no_other_game(bench: Bench) -> None:
    few = luck(bench, QUICKEST, SHIPPED, Arm("novice"), 3)
    more = luck(bench, QUICKEST, SHIPPED, Arm("novice"), 7)
    assert few.tolist() == more[:3].tolist()
    assert len(set(more.tolist())) == 7


# --- surveys --------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_survey_weighs_what_a_seller_came_to(bench: Bench, rules: Rules) -> None:
    arm = Arm("novice")
    found = survey(bench, QUICKEST, SHIPPED, arm)
    assert survey(bench, QUICKEST, SHIPPED, arm) is found
    played = play(rules, seller_for(rules, "novice"), keys_of(90_000, found.own.size))
    np.testing.assert_array_equal(found.own, played.outcome.seller_utility)
    assert found.fine
    for one in found.fine:
        assert min(one.gaps.values()) == 0, "something is best"
        assert set(one.gaps) <= one.legal
        assert one.regular or one.rare
        assert one.phase in (Phase.PREPARE, Phase.TABLE, Phase.AFTER, Phase.BETWEEN)


@pytest.mark.long
def test_the_strong_seller_plays_more_accurately_than_dice(bench: Bench) -> None:
    best, dice = (survey(bench, QUICKEST, SHIPPED, Arm(p)) for p in ("optimal", "random"))
    assert best.accuracy.min() > dice.accuracy.mean() + 0.1
    more = accuracy(bench, QUICKEST, SHIPPED, Arm("random"))
    assert more.size > dice.accuracy.size
    assert more[: dice.accuracy.size].tolist() == dice.accuracy.tolist()


def a_decision(gaps: dict[str, float], turns_left: int = 5, spread: float = 20.0) -> Fine:
    legal = frozenset(gaps) | {"wait"}
    return Fine(True, False, int(Phase.TABLE), 0, turns_left, legal, gaps, spread)


def surveyed_as(monkeypatch: pytest.MonkeyPatch, *fine: Fine) -> None:
    nothing = np.zeros(8)
    monkeypatch.setattr(strong, "survey", lambda *_: Survey(nothing, nothing, fine))


def test_the_verb_that_is_best_most_often(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    often, seldom = a_decision({"greet": 0.0, "hold": 3.0}), a_decision({"greet": 4.0, "hold": 0.0})
    surveyed_as(monkeypatch, *[often] * 90, *[seldom] * 10)
    for delta, passed in ((0.6, False), (0.99, True)):
        test = a_test("best_share", "below", delta)
        ((label, verdict),) = strong.best_share(bench, test, QUICKEST, 0)
        assert label == "best_share|greet"
        assert verdict.effect == pytest.approx(0.9)
        assert verdict.passed is passed


def test_a_move_that_is_never_near_the_best(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    surveyed_as(monkeypatch, *[a_decision({"greet": 0.0, "hold": 1.9, "bluff": 2.1})] * 200)
    test = a_test("near_best", "above", 0.03)
    monkeypatch.setattr(strong, "_scenarios", lambda *_: (QUICKEST,))
    found = dict(strong.near_best(bench, test, QUICKEST, 0))
    passed = {label.split("|")[1]: verdict.passed for label, verdict in found.items()}
    assert passed == {"greet": True, "hold": True, "bluff": False, "wait": False}


def test_the_turn_in_which_least_can_be_lost(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    gaps = {"greet": 0.0}
    wide = [a_decision(gaps, 6, spread) for spread in np.linspace(20, 40, 40)]
    close = [a_decision(gaps, 4, spread) for spread in np.linspace(2, 6, 40)]
    over = [a_decision(gaps, 2, 0.0)] * 40
    for decisions, passed in (((*wide, *over), True), ((*wide, *close, *over), False)):
        surveyed_as(monkeypatch, *decisions)
        ((label, verdict),) = strong.spread(bench, a_test("spread", delta=10), QUICKEST, 0)
        assert verdict.passed is passed
    assert label == "spread|meeting 1, 4 turns left"
    assert verdict.effect == pytest.approx(4)


def test_shares_of_few_cases_have_bounds_that_do_not_shut() -> None:
    """Wilson's interval for none and for all of ten, by hand: z² / (n + z²) with z = 2.5758."""
    none = strong.share_verdict("below", 0.3, np.zeros(10))
    every = strong.share_verdict("above", 0.7, np.ones(10))
    reach = 2.5758**2 / (10 + 2.5758**2)
    assert (none.low, none.high) == pytest.approx((0, reach))
    assert (every.low, every.high) == pytest.approx((1 - reach, 1))
    assert not none.passed
    assert not every.passed
    assert strong.share_verdict("below", 0.3, np.zeros(40)).passed


# --- reciting -------------------------------------------------------------------------------------


class Reciter:
    """A seller who plays a sequence whatever happens."""

    def __init__(self, rules: Rules, sequence: Ints) -> None:
        self.rules, self.sequence = rules, sequence
        self.wait = rules.actions.index("wait")

    def start(self, n: int) -> Any:
        return _Count(np.zeros(n, np.intp))

    def act(self, view: View, flags: Flags, memory: Any, u: Any) -> Ints:
        at = memory.ply
        some = at < self.sequence.size
        wanted = np.where(some, self.sequence[np.minimum(at, self.sequence.size - 1)], self.wait)
        legal = np.stack([flags.allows(a) for a in range(self.rules.base_actions)])
        memory.ply = at + 1
        fits = legal[wanted, np.arange(wanted.size)]
        return np.where(fits, wanted, self.wait).astype(np.int32)


class _Count:
    def __init__(self, ply: Any) -> None:
        self.ply = ply

    def rows(self, index: Any) -> _Count:
        return _Count(self.ply[index])


def test_a_recited_sequence_is_played_whatever_happens(rules: Rules) -> None:
    names = "prepare_referral accept use_referral greet ask_history demonstrate offer_whole accept"
    found = {text.split("@")[0]: i for i, text in enumerate(rules.actions)}
    sequence = np.array([found[name] for name in f"{names} {'concede ' * 4}".split()], np.int32)
    keys = keys_of(11, 40)
    by_hand = play(rules, Reciter(rules, sequence), keys).outcome.seller_utility
    assert recited(rules, sequence, keys).tolist() == by_hand.tolist()
    assert len(set(by_hand.tolist())) > 1


def test_waiting_brings_the_sellers_own_alternative(rules: Rules) -> None:
    waiting = np.full(5, rules.actions.index("wait"), np.int32)
    found = recited(rules, waiting, keys_of(1, 20))
    np.testing.assert_allclose(found, rules.bargain.seller_reservation, atol=1e-6)


@pytest.mark.long
def test_a_search_finds_a_better_sequence_than_any_game_it_began_from(rules: Rules) -> None:
    own = for_own_utility(rules)
    keys = keys_of(170_000, 16)
    novice = seller_for(own, "novice")
    sequence = searched(own, [novice], episodes=16)
    assert searched(own, [novice], episodes=16).tolist() == sequence.tolist()
    best = recited(own, sequence, keys).mean()
    assert best > play(own, novice, keys).outcome.seller_utility.mean() + 0.2


# --- parting --------------------------------------------------------------------------------------


def test_parting_is_best_where_the_own_alternative_beats_every_deal(rules: Rules) -> None:
    own = for_own_utility(rules)
    assert parting_share(own, 1, 12).mean() == 0
    rich = replace(own, bargain=replace(own.bargain, seller_reservation=0.99))
    assert parting_share(rich, 1, 12).mean() == 1


# --- mistakes -------------------------------------------------------------------------------------


@pytest.mark.long
def test_mistakes_are_planted_and_followed_to_the_end(bench: Bench) -> None:
    found = strong_mistakes.mistakes(bench, QUICKEST, SHIPPED, Arm("optimal"))
    assert len(found.points) == len(found.lost) == len(found.missing) == len(found.closed) >= 6
    assert not {"part", "accept"} & set(found.verbs)
    assert np.mean(found.points) > 8, "chosen for ten points, measured afresh"
    assert all(0 <= share <= 1 for share in found.closed)
    lies = [verb in ("bluff", "falsify_return") for verb in found.verbs]
    assert found.deceives == lies
    assert np.mean(found.lost) > 0.02, "mistakes cost trust"


def test_mistakes_need_the_strong_seller(bench: Bench) -> None:
    with pytest.raises(ValueError, match="strong"):
        strong_mistakes.mistakes(bench, QUICKEST, SHIPPED, Arm("novice"))


def test_what_is_regained_is_told_apart_by_kind(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = strong_mistakes.Mistakes(
        deceives=[False] * 30 + [True] * 30,
        games=[*range(30), *range(30)],
        lost=[0.1] * 60,
        missing=[0.02] * 30 + [0.09] * 30,
        closed=[0.0] * 60,
    )
    monkeypatch.setattr(strong, "mistakes", lambda *_: made)
    found = dict(strong.regained(bench, a_test("regained"), QUICKEST, 0))
    assert found["regained|slips"].effect == pytest.approx(0.8)
    assert found["regained|slips"].passed
    assert found["regained|deceptions"].effect == pytest.approx(0.1)
    assert not found["regained|deceptions"].passed


# --- the claims -----------------------------------------------------------------------------------


def test_strong_claims_are_cut_into_pieces_once_each_and_never_drawn() -> None:
    file = read_claims()
    chosen = list(tables(file))
    place = {claim.id: i for i, claim in enumerate(file.claims)}
    at = [(place[claim.id], scenario) for claim, scenario in chosen]
    pieces = list(_pieces(file, -1, at))
    assert sorted(one for piece in pieces for one in piece.at) == sorted(at)
    assert {claim.id for claim in file.claims if needs_the_strong(claim)} == set(STRONG)
    assert {file.claims[i].id for i, _ in pieces[0].at} == {"N03", "N04", "N08", "N09"}
    assert all(surveyed(file.claims[i]) for i, _ in pieces[0].at)
    assert sum(claim.id == "N08" for claim, _ in chosen) == 1
    drawn = len({claim.id for claim, _ in chosen}) - len(STRONG)
    assert size(file, (), (), 3) - size(file, (), (), 0) == 3 * drawn


@pytest.mark.long
def test_an_expert_is_told_from_a_novice_and_other_weights_are_not_asked() -> None:
    file = read_claims()
    suite = run_suite(file, ("N03",), (QUICKEST,), share=0.1, draws=2, jobs=1)
    assert not suite.survival
    second = [one for one in suite.findings if one.test == 2]
    assert {one.measure for one in second} == {"seller_utility", "accuracy"}
    assert all(one.passed for one in second)


@pytest.mark.long
def test_sellers_tuned_for_the_account_and_for_the_close(bench: Bench) -> None:
    claim = next(one for one in bench.file.claims if one.id == "M05")
    for test in claim.tests:
        ((_, verdict),) = strong.tuned(bench, test, "seoul", 200)
        assert verdict.passed, test.measure
    # who is tuned for the close alone does not look after the account
    turned = replace(claim.tests[0], kind="less")
    ((_, verdict),) = strong.tuned(bench, turned, "seoul", 200)
    assert not verdict.passed
