"""Contrasts that ask what moves are worth, or how well the best play: see docs/claims.md.

Each is a function (bench, test, scenario, runs) -> [(label, verdict)] as in
:mod:`game.analysis.special`. Weighing a decision takes hundreds of games, so these contrasts say
themselves how many they play, times the bench's share of the test rule; points of the score are
points where a name says so and else shares of a hundred.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from game.analysis.bench import SEED, Bench
from game.analysis.claim_models import Arm, Test
from game.analysis.judging import (
    Z99,
    Z99_TWO,
    Values,
    Verdict,
    bootstrap,
    difference,
    judge,
)
from game.analysis.measures import measure
from game.analysis.special import Labelled, Special
from game.analysis.strong_luck import luck
from game.analysis.strong_mistakes import Mistakes, mistakes
from game.analysis.strong_parting import parting_share
from game.analysis.strong_recital import EPISODES, for_own_utility, recited, searched
from game.analysis.strong_survey import Fine, Survey, accuracy, at_table, survey
from game.analysis.trace import traced
from game.core.chance import keys_of
from game.policies.run import play
from game.policies.scripted import Scripted
from game.policies.shelf import seller_for

TUNING_SEED = 180_000
TUNED_ON = 400  # episodes that each policy of a family is tried in
LUCKY_GAMES = 800  # of each seller
LOOKING_GAMES = 32  # of each seller who looks, against the recited sequence
DRAWS = 200  # hidden buyers for whom parting is held against the best deal
NEAR = 2.0  # points
_SOON_LEFT = 2  # turns at the end of a meeting in which little is left to be lost
_FEW = 20  # decisions; a turn that fewer come to is taken together with the next
_COST = 0.02  # trust that a mistake cost at once, where there is something to be regained
_FEWEST = 8  # such mistakes of a kind


def share_verdict(kind: str, delta: float, hits: Values) -> Verdict:
    """`judge` for a share of few cases: by Wilson's score bounds, which never shut on 0 or 1.

    Raises KeyError for a kind that is not held against one bound.
    """
    n, share = hits.size, float(hits.mean())

    def bounds(z: float) -> tuple[float, float]:
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return float(middle - half), float(middle + half)

    (low, high), (one, other) = bounds(Z99_TWO), bounds(Z99)
    passed = {"above": one > delta, "below": other < delta}[kind]
    return Verdict(share, low, high, delta, passed)


def _changes(bench: Bench, test: Test, band: str) -> dict[str, Any]:
    return {**dict(bench.file.bands.get(band, {})), **test.changes}


def _scaled(bench: Bench, full: int, least: int) -> int:
    return max(least, int(full * bench.share))


# --- tuned for one thing or another ---------------------------------------------------------------


def tuned(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """Of a family of sellers the one with the most lifetime value, against the one with the best
    first deal; both are chosen on other episodes than they are compared on.

    Of equals the first named is taken: whoever is paid for the close does no more than it takes.
    """
    out: Labelled = []
    for band in test.buyers:
        changes = _changes(bench, test, band)

        def tried(changes: dict[str, Any] = changes) -> list[tuple[float, float]]:
            many = _scaled(bench, TUNED_ON, 100)
            found = []
            for _, arm in test.arms:
                trace = traced(*bench.at_table(scenario, changes, arm), TUNING_SEED, many)
                found.append(
                    (float(measure(trace, "ltv").mean()), float(measure(trace, "ltv:1").mean()))
                )
            return found

        key = ("tuned", scenario, repr(sorted(changes.items(), key=str)), repr(test.arms))
        values = np.round(np.array(bench.once(key, tried)), 6)
        life, close = (test.arms[int(np.argmax(values[:, k]))][1] for k in (0, 1))
        sides = [bench.values(test, scenario, band, arm, runs) for arm in (life, close)]
        out.append((band, judge(test.kind, test.delta, difference(*sides))))
    return out


# --- skill and luck -------------------------------------------------------------------------------


def _survey(bench: Bench, test: Test, scenario: str, band: str, arm: Arm) -> Survey:
    return survey(bench, scenario, _changes(bench, test, band), arm)


def _own_utility(bench: Bench, test: Test, scenario: str, band: str, arm: Arm, runs: int) -> Values:
    """Own utility in the games from the bench's seed on: as many as a script can play, or those
    that were surveyed."""
    if arm.policy == "optimal":
        return _survey(bench, test, scenario, band, arm).own
    return bench.values(test, scenario, band, arm, runs)


def skill(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """A's own utility and A's accuracy against B's, in the same games."""
    out: Labelled = []
    for band in test.buyers:
        arms = [arm for _, arm in test.arms]
        own = [_own_utility(bench, test, scenario, band, arm, runs) for arm in arms]
        changes = _changes(bench, test, band)
        right = [accuracy(bench, scenario, changes, arm) for arm in arms]
        for name, sides in ((test.measure, own), ("accuracy", right)):
            many = min(side.size for side in sides)
            diff = sides[0][:many] - sides[1][:many]
            out.append((f"{name}|{band}", judge(test.kind, test.delta, diff)))
    return out


def no_luck(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """The mean over games of all sellers together of the sum of their luck."""
    many = _scaled(bench, LUCKY_GAMES, 40)
    out: Labelled = []
    for band in test.buyers:
        changes = _changes(bench, test, band)
        summed = [luck(bench, scenario, changes, arm, many) for _, arm in test.arms]
        out.append((f"luck|{band}", judge(test.kind, test.delta, np.concatenate(summed))))
    return out


# --- reading and reciting -------------------------------------------------------------------------


def recital(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """The best of the sellers who look (the arms) against the best sequence found that is played
    whatever happens. All play for own utility alone, in episodes that nothing was tuned on."""
    many, tuned_on = _scaled(bench, LOOKING_GAMES, 4), _scaled(bench, EPISODES, 8)
    out: Labelled = []
    for band in test.buyers:
        changes = _changes(bench, test, band)
        rules = for_own_utility(bench.at_table(scenario, changes, test.arms[0][1])[0])
        sellers = [seller_for(rules, arm.policy) for _, arm in test.arms]
        sequence = searched(rules, [s for s in sellers if isinstance(s, Scripted)], tuned_on)
        keys = keys_of(SEED, many)
        own = [play(rules, s, keys).outcome.seller_utility.astype(np.float64) for s in sellers]
        best = max(own, key=lambda values: float(values.mean()))
        diff = best - recited(rules, sequence, keys)
        out.append((band, judge(test.kind, test.delta, diff)))
    return out


# --- what is best, and how often ------------------------------------------------------------------


def _weighed(bench: Bench, test: Test, scenario: str) -> list[Fine]:
    """Decisions that all arms' sellers came to in a scenario, weighed finely."""
    (band,) = test.buyers
    return [one for _, arm in test.arms for one in _survey(bench, test, scenario, band, arm).fine]


def best_share(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """The largest share of decisions in which one verb is best; equals are all called best."""
    weighed = [one for one in _weighed(bench, test, scenario) if one.regular]
    best = Counter(verb for one in weighed for verb, gap in one.gaps.items() if gap <= 0)
    verb = min(best, key=lambda name: (-best[name], name))
    hits = np.array([one.gaps.get(verb, 1.0) <= 0 for one in weighed], np.float64)
    return [(f"best_share|{verb}", share_verdict(test.kind, test.delta, hits))]


def near_best(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """For each verb the share of the decisions in which it is legal that it is nearly best in, in
    the scenario where that is surest. Of verbs that have their time (an answer, a visit) all the
    decisions count, of others one of every few."""
    found: dict[str, Verdict] = {}
    for place in _scenarios(bench, test):
        legal: dict[str, list[float]] = {}
        weighed = _weighed(bench, test, place)
        usual = {verb for one in weighed if not one.rare for verb in one.legal}
        for one in weighed:
            for verb in one.legal if one.regular else one.legal - usual:
                legal.setdefault(verb, []).append(one.gaps.get(verb, np.inf) <= NEAR)
        for verb, hits in legal.items():
            verdict = share_verdict(test.kind, test.delta, np.array(hits, np.float64))
            if verb not in found or verdict.low > found[verb].low:
                found[verb] = verdict
    return [(f"near_best|{verb}", found[verb]) for verb in sorted(found)]


def _scenarios(bench: Bench, test: Test) -> tuple[str, ...]:
    """All scenarios of the claim that a test belongs to."""
    claim = next(one for one in bench.file.claims if test in one.tests)
    return bench.file.scenarios_of(claim)


def parting(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """The share of draws in which no deal is worth more to the seller than parting, in the
    scenario where it is largest."""
    (band,), (_, arm) = test.buyers, test.arms[0]
    many = _scaled(bench, DRAWS, 40)
    found: dict[str, Verdict] = {}
    for place in _scenarios(bench, test):
        rules = for_own_utility(bench.at_table(place, _changes(bench, test, band), arm)[0])
        hits = parting_share(rules, SEED, many)
        found[place] = share_verdict(test.kind, test.delta, hits)
    best = max(found, key=lambda place: (found[place].effect, place))
    return [(f"parting_best|{best}", found[best])]


# --- mistakes -------------------------------------------------------------------------------------


def _mistakes(bench: Bench, test: Test, scenario: str) -> Mistakes:
    (band,), (_, arm) = test.buyers, test.arms[0]
    return mistakes(bench, scenario, _changes(bench, test, band), arm)


def regained(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """The share of the trust lost by mistakes that the strong seller has regained at the end:
    slips and deceptions, where enough of them cost trust at all."""
    made = _mistakes(bench, test, scenario)
    games, deceives = np.array(made.games, np.intp), np.array(made.deceives, np.bool_)
    lost, missing = np.array(made.lost), np.array(made.missing)
    out: Labelled = []
    for kind, of_kind in (("slips", ~deceives), ("deceptions", deceives)):
        some = of_kind & (lost >= _COST)
        if some.sum() < _FEWEST:
            continue
        # games are drawn again as a whole: mistakes in one game have its luck in common
        played = np.unique(games[some])
        sides: list[Values] = [
            np.bincount(games[some], weights=side[some])[played].astype(np.float64)
            for side in (missing, lost)
        ]
        out.append((f"regained|{kind}", bootstrap(test.delta, sides, _regained)))
    return out


def _regained(missing: Values, lost: Values) -> float:
    return 1.0 - float(missing.sum()) / max(float(lost.sum()), 1e-9)


def closed_soon(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """The chance that the buyer leaves within three turns of a mistake."""
    made = _mistakes(bench, test, scenario)
    return [("closed_soon|" + test.buyers[0], judge(test.kind, test.delta, np.array(made.closed)))]


def spread(bench: Bench, test: Test, scenario: str, runs: int) -> Labelled:
    """Points between the best and the worst legal move, in the turn where they lie closest."""
    turns: dict[tuple[int, int], list[float]] = {}
    for one in _weighed(bench, test, scenario):
        if one.regular and at_table(one) and one.turns_left > _SOON_LEFT:
            turns.setdefault((one.meeting, one.turns_left), []).append(one.spread)
    groups: list[tuple[str, list[float]]] = []
    for meeting, left in sorted(turns, key=lambda turn: (turn[0], -turn[1])):
        if not groups or len(groups[-1][1]) >= _FEW:
            groups.append((f"meeting {meeting + 1}, {left} turns left", []))
        groups[-1][1].extend(turns[meeting, left])
    found = [(name, judge(test.kind, test.delta, np.array(points))) for name, points in groups]
    where, verdict = min(found, key=lambda one: (one[1].low, one[0]))
    return [(f"spread|{where}", verdict)]


def _items() -> Iterator[tuple[str, Special]]:
    for one in (skill, recital, best_share, near_best, parting, regained, closed_soon, spread):
        yield one.__name__, one
    yield "luck", no_luck


WEIGHED: Mapping[str, Special] = dict(_items())  # these are not run again under other weights
SURVEYED = ("skill", "best_share", "near_best", "spread")
TOGETHER = ("near_best", "parting")  # speak of all of a claim's scenarios at once
