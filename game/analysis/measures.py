"""The measures of claims and expectations: one number an episode, from its trace.

A measure is written `name` or `name:number`. NaN means "does not apply to this episode" and
leaves the episode out of the mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from game.analysis.bargain_measures import BARGAIN_MEASURES
from game.core.arithmetic import logistic
from game.core.rules import Col
from game.core.vocabulary import Answer, Depth, Ending, Initiative, Phase, Renewal

if TYPE_CHECKING:
    from game.analysis.trace import Trace  # who checks a file needs the names, and plays nothing

Values = NDArray[np.float64]
Measure = Callable[["Trace", float], Values]
_NUMBER = re.compile(r"\d+(\.\d+)?")


def _float(values: Any) -> Values:
    return np.asarray(values, dtype=np.float64)


def _deal(t: Trace, _: float) -> Values:
    return _float(t.played.outcome.ending == Ending.AGREEMENT)


def _first(mask: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Index of the first true step of each row, and whether there is one."""
    some: NDArray[np.bool_] = np.any(mask, axis=0)
    return mask.argmax(axis=0), some


def _at(values: NDArray[Any], step: NDArray[np.intp]) -> Values:
    return _float(np.take_along_axis(values, step[None], axis=0)[0])


def _share(some: NDArray[np.bool_], every: NDArray[np.bool_]) -> Values:
    """Steps of each row that are `some` as a share of those that are `every`, NaN where none is."""
    count = every.sum(axis=0)
    return np.where(count > 0, some.sum(axis=0) / np.maximum(count, 1), np.nan)


def _trust_at_offer(t: Trace, _: float) -> Values:
    at, some = _first(t.offer >= 0)
    return np.where(some, _at(t.trust_before, at), np.nan)


def _on_turn(t: Trace, number: float) -> NDArray[np.bool_]:
    at_table = (t.phase == Phase.TABLE) | (t.phase == Phase.AFTER)
    on: NDArray[np.bool_] = at_table & (t.turn == int(number)) & (t.deal == 0)
    return on


def _trust_at_turn(t: Trace, number: float) -> Values:
    """Trust after the given table turn of the first deal (0: before the first)."""
    if number == 0:
        return _float(t.trust_before[0])
    at, some = _first(_on_turn(t, number))
    return np.where(some, _at(t.trust, at), _float(t.trust[-1]))


def _facts_by_turn(t: Trace, number: float) -> Values:
    at_table = (t.phase == Phase.TABLE) & (t.turn <= int(number)) & (t.deal == 0)
    return _float(((t.fact >= 0) & at_table).sum(axis=0))


def _answered(t: Trace, _: float) -> Values:
    """Share of questions that were answered with a fact."""
    return _share(t.answer == Answer.TOLD, t.answer != Answer.NONE)


def _warmth_at_turn(t: Trace, number: float) -> Values:
    at, some = _first(_on_turn(t, number))
    return np.where(some, _at(t.reaction, at), np.nan)


def _first_request(t: Trace) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """The first step that asks for something: a question or an offer."""
    return _first((t.answer != Answer.NONE) | (t.offer >= 0))


def _warmth_at_request(t: Trace, _: float) -> Values:
    at, some = _first_request(t)
    return np.where(some, _at(t.reaction, at), np.nan)


def _trust_at_request(t: Trace, _: float) -> Values:
    """Trust after the first question or offer was received."""
    at, some = _first_request(t)
    return np.where(some, _at(t.trust, at), np.nan)


def _needs_told(t: Trace, ceiling: float) -> Values:
    """Share of questions answered with a part of the problem that is not public.

    With a number only the questions count that were put while trust was below it.
    """
    problem = np.array([(t.rules.facts.deep >> f) & 1 for f in range(t.rules.facts.depth.size)])
    asked = t.answer != Answer.NONE
    if ceiling:
        asked = asked & (t.trust_before < ceiling)
    told = asked & (t.fact >= 0) & (problem[np.maximum(t.fact, 0)] != 0)
    return _share(told, asked)


def _initiative_by(kind: Initiative) -> Measure:
    def measure(t: Trace, number: float) -> Values:
        early = (t.phase == Phase.TABLE) & (t.turn <= int(number)) & (t.deal == 0)
        return _float(((t.initiative == kind) & early).any(axis=0))

    return measure


def _second_turn(t: Trace, _: float) -> Values:
    """A second turn was granted."""
    return _float((t.phase == Phase.TABLE).sum(axis=0) >= 2)


def _next_disclosure(t: Trace, wanted: bool) -> Values:
    """Share of questions answered with what is not public, before or after the first private fact.

    Only questions count whose subject still holds something untold that is not public.
    """
    facts = t.rules.facts
    subject = t.rules.columns[Col.ABOUT].take(np.maximum(t.action, 0))
    some_left = np.zeros(t.fact.shape, np.bool_)
    for f in np.flatnonzero(facts.depth > Depth.PUBLIC):
        now = t.fact == f
        untold = np.cumsum(now, axis=0) - now == 0
        some_left |= untold & (subject == facts.about[f])
    private = (t.fact >= 0) & (facts.depth[np.maximum(t.fact, 0)] == Depth.PRIVATE)
    after = np.cumsum(private, axis=0) - private > 0
    asked = (t.answer != Answer.NONE) & (after == wanted) & some_left
    told = asked & (t.fact >= 0) & (facts.depth[np.maximum(t.fact, 0)] > Depth.PUBLIC)
    return _share(told, asked)


def _trust_returning(t: Trace, _: float) -> Values:
    """Trust when the last meeting begins, whatever passed before it."""
    last = t.meeting.max(axis=0)
    at, some = _first((t.phase == Phase.TABLE) & (t.meeting == last) & (last > 0))
    return np.where(some, _at(t.trust_before, at), np.nan)


def _stays(t: Trace, _: float) -> Values:
    """Probability of renewing against an equal rival, as the engagement stands at its end."""
    return _float(t.played.outcome.relationship)


def _would_stay(t: Trace, unmet: float) -> Values:
    """The same with a new need that the present product does not meet (1) or does (0)."""
    from game.core.bargaining import renewal_logit
    from game.core.trust import effective_d

    state, rules = t.played.state, t.rules
    z = renewal_logit(rules, state, effective_d(rules, state.d), 0.5, unmet)
    return _float(logistic(z))


def _sale_without_problem(t: Trace, _: float) -> Values:
    problem = t.played.state.problem
    return np.where(problem, np.nan, _deal(t, 0))


def _deal_by(t: Trace, number: float) -> Values:
    early = (t.deal == 0) & (t.phase == Phase.TABLE) & (t.meeting == t.meeting.max(axis=0))
    return _float((t.signed & early & (t.turn <= int(number))).any(axis=0))


def _own_by_deal(t: Trace, number: float) -> Values:
    """Seller utility booked in the first `number` deals, own alternative where there was none."""
    want = int(number)
    booked = np.zeros(t.n)
    for k in range(want):
        at = t.deal == k
        gain = np.where(at & t.signed, np.diff(t.own_total, axis=0, prepend=0), 0).sum(axis=0)
        some = (t.signed & at).any(axis=0)
        booked += np.where(some, gain, t.rules.bargain.seller_reservation)
    return _float(booked)


def _own_per_turn(t: Trace, number: float) -> Values:
    """Cumulative seller utility over deals, per table turn spent on them; a lost deal costs the
    turns of a first meeting, since somebody new has to be found."""
    want = int(number)
    table = (t.phase == Phase.TABLE) | (t.phase == Phase.AFTER)
    turns = (table & (t.deal < want)).sum(axis=0).astype(np.float64)
    played = np.minimum(t.deal.max(axis=0) + 1, want)
    first = (table & (t.deal == 0)).sum(axis=0)
    turns = turns + (want - played) * first
    return _float(_own_by_deal(t, want) / np.maximum(turns, 1))


def _settled_turns(t: Trace, _: float) -> Values:
    turns = t.played.outcome.deal_turns
    return np.where(turns > 0, _float(turns), np.nan)


def _sitting_or_horizon(t: Trace, horizon: float) -> Values:
    """Turn of its own meeting in which the first deal was signed, `horizon` where none was."""
    at, some = _first(t.signed & (t.deal == 0))
    return np.where(some, _at(t.turn, at), horizon)


def _turns_or_horizon(t: Trace, horizon: float) -> Values:
    turns = t.played.outcome.deal_turns
    return np.where(turns > 0, _float(turns), horizon)


def _first_offer(t: Trace, _: float) -> Values:
    first = t.played.state.first_offer
    return np.where(first >= 0, _float(first), np.nan)


def _first_price(t: Trace, _: float) -> Values:
    state = t.played.state
    return np.where(state.first_offer >= 0, _float(state.anchor), np.nan)


def _settled(t: Trace, _: float) -> Values:
    return np.where(t.played.state.deals > 0, _float(t.played.state.settled), np.nan)


def _trust_lost_regained(t: Trace, number: float) -> Values:
    """Share of the trust lost by the event of turn `number` that has come back at the end."""
    before = _trust_at_turn(t, number - 1)
    low = _trust_at_turn(t, number)
    end = _trust_at_turn(t, number + 8)
    lost = before - low
    return np.where(lost > 0.01, (end - low) / np.maximum(lost, 0.01), np.nan)


def _trust_change_at(t: Trace, number: float) -> Values:
    at, some = _first(_on_turn(t, number))
    return np.where(some, _at(t.trust, at) - _at(t.trust_before, at), np.nan)


def _second_deal_trust(t: Trace, _: float) -> Values:
    """Trust at the start of the second deal, as a share of that at the end of the first."""
    at, some = _first((t.deal == 1) & (t.phase == Phase.TABLE))
    first = (t.deal == 0) & ((t.phase == Phase.TABLE) | (t.phase == Phase.AFTER))
    end = first.shape[0] - 1 - first[::-1].argmax(axis=0)
    old = _at(t.trust, end)
    return np.where(some & (old > 0.02), _at(t.trust_before, at) / np.maximum(old, 0.02), np.nan)


MEASURES: dict[str, Measure] = {
    **BARGAIN_MEASURES,
    "score": lambda t, _: _float(t.played.outcome.score) / 100,
    "seller_utility": lambda t, _: _float(t.played.outcome.seller_utility),
    "buyer_utility": lambda t, _: _float(t.played.outcome.buyer_utility),
    "joint": lambda t, _: (
        _float(t.played.outcome.seller_utility) + _float(t.played.outcome.buyer_utility)
    ),
    "relationship": _stays,
    "stays": _stays,
    "would_stay": _would_stay,
    "deal": _deal,
    "deal_by": _deal_by,
    "walkaway": lambda t, _: _float(t.played.outcome.ending == Ending.WALKAWAY),
    "trust": lambda t, _: _float(t.trust[-1]),
    "people_trust": lambda t, _: _float(t.people_trust[-1]),
    "other_trust": lambda t, _: _float(t.other_trust[-1]),
    "trust_at_offer": _trust_at_offer,
    "trust_at_turn": _trust_at_turn,
    "trust_change_at": _trust_change_at,
    "trust_regained": _trust_lost_regained,
    "trust_returning": _trust_returning,
    "trust_kept_deal": _second_deal_trust,
    "needs_told": _needs_told,
    "facts": lambda t, _: _float(t.played.outcome.facts),
    "facts_by_turn": _facts_by_turn,
    "answered": _answered,
    "disclosed_before": lambda t, _: _next_disclosure(t, False),
    "disclosed_after": lambda t, _: _next_disclosure(t, True),
    "warmth_at_turn": _warmth_at_turn,
    "trust_at_request": _trust_at_request,
    "warmth_at_request": _warmth_at_request,
    "price_asked_by": _initiative_by(Initiative.ASKS_PRICE),
    "second_turn": _second_turn,
    "sale_without_problem": _sale_without_problem,
    "turns": lambda t, _: _float(t.played.outcome.turns),
    "turns_to_deal": _settled_turns,
    "turns_sitting_or": _sitting_or_horizon,
    "turns_or": _turns_or_horizon,
    "conceded": lambda t, _: np.where(
        t.played.outcome.deals > 0, _float(t.played.outcome.conceded), np.nan
    ),
    "patience": lambda t, _: _float(t.patience[-1]),
    "ltv": lambda t, k: _own_by_deal(t, k or t.rules.calendar.deals),
    "own_per_turn": _own_per_turn,
    "first_offer": _first_offer,
    "first_price": _first_price,
    "settled": _settled,
    "renewed": lambda t, _: _float((t.renewal == Renewal.RENEWED).any(axis=0)),
    "hint_right": lambda t, _: _hint_right(t),
    "seller_utility_per_turn": lambda t, _: (
        _float(t.played.outcome.seller_utility) / np.maximum(_float(t.played.outcome.turns), 1)
    ),
}


def _hint_right(t: Trace) -> Values:
    hinted = t.hint >= 0
    right = hinted & (t.hint == t.need)
    return _share(right, hinted)


def mutual_information(t: Trace, rows: NDArray[np.intp] | None = None) -> float:
    """Bits that the first three turns' hints carry about the hidden need, plug-in estimate."""
    shown, need = t.hint[:3], t.need[0]
    if rows is not None:
        shown, need = shown[:, rows], need[rows]
    pairs = (shown.astype(np.int64) + 1) * 8 + need
    table = np.bincount(pairs.ravel(), minlength=72)[:72].reshape(9, 8)
    p = table / table.sum()
    outer = p.sum(axis=1, keepdims=True) * p.sum(axis=0, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(p > 0, p * np.log2(p / outer), 0.0)
    return float(terms.sum())


def resampled_information(t: Trace, draws: int) -> Values:
    """The information of a trace, then that of `draws` resamplings of its episodes, in bits."""
    rng = np.random.default_rng(t.n)
    again = [mutual_information(t, rng.integers(0, t.n, t.n)) for _ in range(draws)]
    return np.array([mutual_information(t), *again])


def known_measure(text: str) -> bool:
    """Whether `name`, `name:number` or a pair `x~y` of such is a measure."""
    if text == "mutual_information":
        return True
    for part in text.split("~"):
        name, colon, number = part.partition(":")
        if name not in MEASURES or (colon and not _NUMBER.fullmatch(number)):
            return False
    return text.count("~") < 2


def measure(t: Trace, text: str) -> Values:
    """Values of a measure `name` or `name:number`, one an episode. Raises KeyError."""
    name, _, number = text.partition(":")
    return MEASURES[name](t, float(number) if number else 0.0)
