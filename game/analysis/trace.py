"""What happened turn by turn, kept as arrays for the measures of claims."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.chance import Keys, keys_of
from game.core.poles import at_poles
from game.core.rules import Rules
from game.core.state import State
from game.core.step import Record
from game.core.trust import effective_d, trust_in
from game.policies.run import Played, play
from game.policies.shelf import Seller

_STEPS = 160


@dataclass(slots=True)
class Trace:
    """Per step, axes (steps, n); steps beyond a row's end hold the last trust and zeros."""

    rules: Rules
    played: Played
    length: int
    phase: NDArray[Any]
    deal: NDArray[Any]
    meeting: NDArray[Any]
    turn: NDArray[Any]  # turn in the meeting that the step played, 1-based
    trust: NDArray[Any]  # (steps, n) of the addressee, after the step
    trust_before: NDArray[Any]
    other_trust: NDArray[Any]  # trust in the topic group that is not the deal's (people), after
    people_trust: NDArray[Any]
    reaction: NDArray[Any]
    manner: NDArray[Any]
    hint: NDArray[Any]
    need: NDArray[Any]
    answer: NDArray[Any]
    fact: NDArray[Any]
    initiative: NDArray[Any]
    response: NDArray[Any]
    offer: NDArray[Any]  # own package put up, -1 none
    aspiration: NDArray[Any]  # utility of the counter to the buyer, -1 none
    signed: NDArray[Any]
    renewal: NDArray[Any]
    own_total: NDArray[Any]  # seller utility booked so far
    patience: NDArray[Any]
    action: NDArray[Any]
    n: int = field(default=0)

    def part(self, first: int, runs: int) -> Trace:
        """`runs` of the rows, from `first` on."""
        some = slice(first, first + runs)
        cut = {name: getattr(self, name)[:, some] for name in _FIELDS}
        return replace(self, played=self.played.part(some), n=runs, **cut)


_FIELDS: dict[str, Any] = {
    "phase": np.int8, "deal": np.int8, "meeting": np.int8, "turn": np.int16,
    "trust": np.float32, "trust_before": np.float32, "other_trust": np.float32,
    "people_trust": np.float32, "reaction": np.int8, "manner": np.int8, "hint": np.int8,
    "need": np.int8, "answer": np.int8, "fact": np.int8, "initiative": np.int8,
    "response": np.int8, "offer": np.int16, "aspiration": np.float32, "signed": np.bool_,
    "renewal": np.int8, "own_total": np.float32, "patience": np.float32, "action": np.int32,
}  # fmt: skip
_ABSENT = {"phase": 4, "hint": -1, "fact": -1, "offer": -1, "aspiration": -1, "reaction": -1,
           "manner": -1, "action": -1}  # fmt: skip
_HELD = ("trust", "trust_before", "other_trust", "people_trust", "own_total", "patience")


def traced(rules: Rules, seller: Seller, seed: int, runs: int) -> Trace:
    """Play `runs` engagements from `seed` on and keep every step. About 60 bytes a step."""
    return traced_games(rules, seller, keys_of(seed, runs))


def traced_games(rules: Rules, seller: Seller, keys: Keys) -> Trace:
    """The same with any row keys."""
    runs = keys.size
    kept: dict[str, list[NDArray[Any]]] = {name: [] for name in _FIELDS}
    shares = rules.n_buyers
    now, of = rules, np.arange(runs)

    def watch(index: NDArray[np.intp], before: State, record: Record, after: State) -> None:
        nonlocal now, of

        def put(name: str, values: NDArray[Any]) -> None:
            if kept[name] and name in _HELD:
                full = kept[name][-1].copy()
            else:
                full = np.full(runs, _ABSENT.get(name, 0), _FIELDS[name])
            full[index] = values
            kept[name].append(full)

        if index is not of:  # some rows have been put aside
            now, of = rules.rows(index), index
        at = np.arange(index.shape[0])
        who = record.who
        put("phase", before.phase)
        put("deal", before.deal)
        put("meeting", before.meeting)
        put("turn", before.turn + 1)
        put("trust", after.trust[who, at])
        put("trust_before", before.trust[who, at])
        put("other_trust", _group_trust(now, after, 2)[who, at])
        put("people_trust", _group_trust(now, after, 0)[who, at])
        put("reaction", record.seen.reaction[who, at])
        put("manner", record.seen.manner)
        put("hint", record.seen.hint)
        put("need", before.need[who, at])
        put("answer", record.seen.answer)
        put("fact", record.fact)
        put("initiative", record.seen.initiative)
        put("response", record.seen.response)
        put("offer", record.offer)
        put("aspiration", _counter_worth(rules, before, record, shares))
        put("signed", record.signed)
        put("renewal", record.seen.renewal)
        put("own_total", after.seller_sum)
        put("patience", after.patience[who, at])
        put("action", record.action)

    played = play(rules, seller, keys, watch, most_steps=_STEPS)
    stacked = {name: np.stack(values) for name, values in kept.items()}
    return Trace(rules=rules, played=played, length=len(kept["phase"]), n=runs, **stacked)


def _group_trust(rules: Rules, state: State, group: int) -> NDArray[Any]:
    p = at_poles(rules.poles, effective_d(rules, state.d))
    return trust_in(p, state.beliefs[:, group], state.damage, rules.numbers.damage_on_trust)


def _counter_worth(rules: Rules, state: State, record: Record, buyers: int) -> NDArray[Any]:
    """The buyer's own utility of his counter, -1 where he made none."""
    counter = record.seen.counter
    bargain = rules.bargain
    need = state.need[record.who, np.arange(state.n)].astype(np.int32)
    at = (record.who.astype(np.int32) * bargain.needs + need) * bargain.seller.shape[0]
    worth = bargain.buyer.take(at + np.maximum(counter, 0))
    return np.where(counter >= 0, worth, np.float32(-1))
