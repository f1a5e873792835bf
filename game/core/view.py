"""Views: what a side may see of a state, in layers (decision 5).

Everybody outside the core gets a view, never the state. The base layer holds what was noticed,
said, offered and told, and the seller's own estimates; `trust` and `truth` are added on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.arithmetic import ZERO, constant, either
from game.core.bargaining import departure
from game.core.initiative import pick
from game.core.rules import Rules
from game.core.state import State

Values = NDArray[Any]
View = Mapping[str, Values]

# Thresholds at which the seller guesses a state from his own estimate of the trust.
_GUESS = (constant(0.28), constant(0.45), constant(0.66))


def _left(rules: Rules, s: State) -> Values:
    limit = rules.calendar.turns.take(s.meeting, mode="clip")
    left = limit - s.turn
    if rules.calendar.flight_meeting < 0:
        return left
    here, flight = departure(rules, s)
    return either(here, np.minimum(left, flight), left)


def _guessed_state(rules: Rules, s: State) -> Values:
    code = np.zeros(s.n, np.int8)
    for cut in _GUESS:
        code += (s.seen_trust > cut).view(np.int8)
    return code


def _offer_value(rules: Rules, s: State) -> Values:
    worth = rules.bargain.seller.take(np.maximum(s.theirs, 0)) - s.granted_cost
    return either(s.theirs >= 0, worth, ZERO)


def _mine_value(rules: Rules, s: State) -> Values:
    return either(s.mine >= 0, rules.bargain.seller.take(np.maximum(s.mine, 0)), ZERO)


def next_addressee(rules: Rules, s: State) -> Values:
    """Whom a seller turns to by default: who has asked something, else those
    present in turn, (n,)."""
    buyers = rules.n_buyers
    if buyers == 1:
        return np.zeros(s.n, np.int8)
    who = rules.once(_in_turn).take(s.meeting * np.int16(buyers) + (s.turn + 1) % buyers)
    return either(s.asked > 0, s.asked_by, who)


def _in_turn(rules: Rules) -> Values:
    """By meeting and whose turn it were: the first from there on who is present, (M * B,)."""
    buyers = rules.n_buyers

    def who(here: NDArray[np.bool_], first: int) -> int:
        order = [(first + k) % buyers for k in range(buyers)]
        return next((b for b in order if here[b]), order[-1])

    present = rules.calendar.present.T
    return np.array([who(here, first) for here in present for first in range(buyers)], np.int8)


def _guessed_diffuseness(rules: Rules, s: State) -> Values:
    who = next_addressee(rules, s)
    out: Values = pick(s.seen_manner, who) / pick(s.seen_answers, who)
    return out


def _people(rules: Rules, s: State) -> Values:
    """How many buyers sit at this table, (n,)."""
    count = np.zeros(s.n, np.int8)
    for b in range(rules.n_buyers):
        count += rules.calendar.present[b].take(s.meeting, mode="clip").view(np.int8)
    return count


BASE: dict[str, Callable[[Rules, State], Values]] = {
    "phase": lambda r, s: s.phase,
    "ending": lambda r, s: s.ending,
    "meeting": lambda r, s: s.meeting + 1,
    "deal": lambda r, s: s.deal + 1,
    "deals": lambda r, s: s.deals,
    "turn": lambda r, s: s.turn + 1,
    "turns_left": _left,
    "slots": lambda r, s: s.slots,
    "asked": lambda r, s: s.asked,
    "facts": lambda r, s: r.facts.count.take(s.told),
    "told": lambda r, s: s.told,
    "topics": lambda r, s: r.topic_bits.take(s.topics),
    "problem_open": lambda r, s: s.problem,
    "price_named": lambda r, s: s.price_named,
    "mine": lambda r, s: s.mine,
    "mine_value": _mine_value,
    "offer_standing": lambda r, s: s.theirs >= 0,
    "theirs": lambda r, s: s.theirs,
    "offer_value": _offer_value,
    "demand": lambda r, s: s.demand,
    "demand_open": lambda r, s: s.demand >= 0,
    "granted": lambda r, s: s.granted,
    "granted_cost": lambda r, s: s.granted_cost,
    "blocks": lambda r, s: r.topic_bits.take(s.blocks),
    "door": lambda r, s: s.door > 0,
    "referral": lambda r, s: s.referral,
    "prepared": lambda r, s: s.prepared,
    "flight_known": lambda r, s: s.flight_known,
    "rebooked": lambda r, s: s.rebooked,
    "cost": lambda r, s: s.cost,
    "warmth": lambda r, s: s.seen_reaction,
    "need": lambda r, s: s.seen_need,
    "trust": lambda r, s: s.seen_trust,
    "trust_state": _guessed_state,
    "addressee": next_addressee,
    "people": _people,
    "diffuseness": _guessed_diffuseness,
    "reservation": lambda r, s: np.full(s.n, r.bargain.seller_reservation, np.float32),
}

TRUST: dict[str, Callable[[Rules, State], Values]] = {
    "true_trust": lambda r, s: s.trust,
    "true_trust_state": lambda r, s: s.trust_state,
}

TRUTH: dict[str, Callable[[Rules, State], Values]] = {
    "true_diffuseness": lambda r, s: s.d,
    "beliefs": lambda r, s: s.beliefs,
    "damage": lambda r, s: s.damage,
    "patience": lambda r, s: s.patience,
    "true_reservation": lambda r, s: s.reservation,
    "true_need": lambda r, s: s.need,
    "welcome": lambda r, s: s.welcome,
    "sore": lambda r, s: s.sore,
    "squeeze": lambda r, s: s.squeeze,
}

_LAYERS = {"base": BASE, "trust": TRUST, "truth": TRUTH}


class LazyView(Mapping[str, Values]):
    """A view whose entries are computed when first read; a batch policy reads few of them."""

    def __init__(self, rules: Rules, state: State, layers: Collection[str]) -> None:
        self._rules, self._state = rules, state
        self._how = {name: how for layer in layers for name, how in _LAYERS[layer].items()}
        self._known: dict[str, Values] = {}

    def __getitem__(self, name: str) -> Values:
        value = self._known.get(name)
        if value is None:
            value = self._known[name] = self._how[name](self._rules, self._state)
        return value

    def __iter__(self) -> Any:
        return iter(self._how)

    def __len__(self) -> int:
        return len(self._how)


def view_for(
    rules: Rules, state: State, side: str = "seller", layers: Collection[str] = ("base",)
) -> View:
    """What `side` may see. Arrays are (n,), those of `truth` (B, n) or wider.

    Raises ValueError for an unknown side or layer; the buyer's side sees everything.
    """
    if side not in ("seller", "buyer"):
        raise ValueError(f"unknown side {side!r}")
    unknown = set(layers) - set(_LAYERS)
    if unknown:
        raise ValueError(f"unknown layer {sorted(unknown)[0]!r}")
    chosen = tuple(_LAYERS) if side == "buyer" else ("base", *(x for x in layers if x != "base"))
    return LazyView(rules, state, chosen)
