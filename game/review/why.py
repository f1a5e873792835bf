"""Why a move cost what it did: undo one of its effects at a time, and see what comes back.

After the move every effect is put back alone to what it was before (beliefs, patience, a slight,
the price that was named, the flight that became known …) and the strong seller plays on from
there; the points that this brings back are the effect's. Changes of trust are then shared out
over the causes that the rules recorded, in proportion to the trust that each took.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.chance import Chance, mixed_keys
from game.core.rules import EFFECT, Asks, Col, Offers, Rules
from game.core.state import State, rows
from game.core.step import Record, step
from game.core.vocabulary import Phase
from game.policies.worth import FIXED, Weigher
from game.review.positions import Positions, joined

ROLLOUTS = 192
_SALT = 0x3EA5
_LEAST = 0.3  # points below which an effect is noise
_SMALL_REST = 0.25  # share of a loss that is not worth explaining

# What is put back together: an effect of the rules, by the arrays that carry it.
_EFFECTS: Mapping[str, tuple[str, ...]] = {
    "trust": ("beliefs", "trust", "trust_state"),
    "slight": ("damage", "scar", "trust_state"),
    "patience": ("patience",),
    "price": (
        "price_named", "squeeze", "anchor", "foundation", "framed", "justified", "mine",
        "mine_scope", "first_offer", "rounds", "stage",
    ),
    "squeeze": ("squeeze",),
    "flight": ("flight_known",),
    "demand": ("granted", "granted_cost", "granted_worth"),
    "pressed": ("pressed",),
    "rebooked": ("cost", "rebooked"),
}  # fmt: skip
# Names of the rules' own trust causes where the review says it in other words.
_TRUST_CAUSE = {"move": "evidence", "question": "open_question", "open_door": "missed_door"}
_MOVE_CAUSE = {
    "criticise_problem": "criticised", "correct_bluntly": "corrected", "insist": "corrected",
    "disagree_hard": "corrected", "share_information": "shared_early",
}  # fmt: skip


def points_by_cause(
    rules: Rules, weigher: Weigher, positions: Positions, index: int, loss: float
) -> dict[str, float]:
    """Points that a move cost, by cause, the weightiest first; what no effect explains is time
    that another move would have used better. Positive numbers are costs."""
    position = positions.all[index]
    assert position.truth is not None, "an open decision has cost nothing yet"
    action = position.truth.turn.action
    before, after, record = _played_out(rules, positions, index, action)
    ends = _closing(rules, action, after)
    if ends:
        return {ends: loss}
    worth = _worth_of_undoing(rules, weigher, positions, index, action, before, after)
    found: dict[str, float] = {}
    for effect, points in worth.items():
        if points >= _LEAST:
            for cause, share in _causes_of(rules, effect, action, before, record).items():
                name = _in_words_of(rules, action, cause)
                found[name] = found.get(name, 0.0) + points * share
    explained = sum(found.values())
    rest = loss - explained
    if rest < max(_LEAST, _SMALL_REST * loss):
        return _weightiest_first(found)
    if float(record.drift.mean()) > 0:
        # a turn spent far from the matter is lost by drifting, whatever trust that took
        found["drift"] = found.get("drift", 0.0) + rest
        return _weightiest_first(found)
    # what a move did comes before what it left undone, unless it did next to nothing
    did = _weightiest_first(found)
    undone = {"spent_time": rest}
    return {**undone, **did} if explained < _SMALL_REST * loss else {**did, **undone}


def _weightiest_first(points: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(points.items(), key=lambda item: (-item[1], item[0])))


def trust_units(record: Record) -> dict[str, float]:
    """Trust that each cause moved over all who were there, named as the review names it."""
    found: dict[str, float] = {}
    for cause, units in record.causes.items():
        name = _TRUST_CAUSE.get(cause, cause)
        found[name] = found.get(name, 0.0) + float(units.sum(axis=0).mean())
    return found


def _played_out(
    rules: Rules, positions: Positions, index: int, action: int
) -> tuple[State, State, Record]:
    """The sample of what may have been, before and after the move."""
    drawn = positions.all[index].drawn
    n = min(ROLLOUTS, drawn.n)
    before = rows(drawn, np.arange(n))
    salt = np.repeat(positions.salts[index : index + 1], n)
    keys = mixed_keys(salt, _SALT, np.arange(n, dtype=np.uint32))
    before = before.but(key=keys)
    chance = Chance.for_step(keys, before.ply, rules.n_buyers)
    after, record = step(rules, before, np.full(n, action, np.int32), chance, explain=True)
    return before, after, record


def _closing(rules: Rules, action: int, after: State) -> str:
    """The cause of a move that ended the bargaining itself, "" for any other."""
    if int(rules.columns[Col.EFFECT, action]) == EFFECT["part"]:
        return "parted_early"
    if int(rules.columns[Col.OFFERS, action]) == Offers.ACCEPT:
        return "signed_cheap"
    return ""


def _worth_of_undoing(
    rules: Rules,
    weigher: Weigher,
    positions: Positions,
    index: int,
    action: int,
    before: State,
    after: State,
) -> dict[str, float]:
    """Points that come back, by effect, where it changed anything."""
    changed = {
        effect: fields
        for effect, fields in _EFFECTS.items()
        if any((getattr(after, f) != getattr(before, f)).any() for f in fields)
    }
    if "price" in changed:
        changed.pop("squeeze", None)
        if bool(before.price_named.all()) or not bool(after.price_named.any()):
            changed.pop("price")
    variants = [after] + [
        after.but(**{f: _undone(f, before, after) for f in fields}) for fields in changed.values()
    ]
    many = len(variants) * after.n
    memory = positions.memory.rows(np.full(many, index))
    played = weigher.play_on(joined(variants), memory, np.full(many, action, np.int32))
    scores = played.reshape(len(variants), after.n)
    base = int(scores[0].sum())
    return {
        effect: (int(row.sum()) - base) / after.n / FIXED
        for effect, row in zip(changed, scores[1:], strict=True)
    }


def _undone(field: str, before: State, after: State) -> NDArray[Any]:
    """The array as it was, only where the move made it worse, in rows that still talk."""
    old, new = getattr(before, field), getattr(after, field)
    put_back = (after.phase == Phase.TABLE) | (after.phase == Phase.AFTER)
    if field in ("beliefs", "trust", "patience"):
        put_back = put_back & (new < old)
    elif field in ("damage", "scar", "squeeze", "pressed"):
        put_back = put_back & (new > old)
    undone: NDArray[Any] = np.where(put_back, old, new)
    return undone


def _causes_of(
    rules: Rules, effect: str, action: int, before: State, record: Record
) -> dict[str, float]:
    """Causes of one effect with their shares, which sum to 1."""
    if effect == "trust":
        return _trust_causes(rules, action, record)
    if effect == "patience":
        push, drift = float(record.push.mean()), float(record.drift.mean())
        if max(push, drift) <= 0:
            return {"patience": 1.0}
        return {"push" if push > drift else "drift": 1.0}
    if effect == "price":
        return {_price_cause(rules, action, before): 1.0}
    return {_ONE_CAUSE[effect]: 1.0}


def _in_words_of(rules: Rules, action: int, cause: str) -> str:
    """Some moves are themselves the name of what they do to somebody."""
    verb = rules.verbs[int(rules.columns[Col.VERB, action])]
    felt = cause in ("slight", "hurry", "evidence")
    return "flight_pressed" if verb == "press_flight" and felt else cause


_ONE_CAUSE = {
    "slight": "slight", "squeeze": "shared_early", "flight": "known_flight",
    "demand": "demand_granted", "pressed": "hurry", "rebooked": "rebooked_early",
}  # fmt: skip


def _trust_causes(rules: Rules, action: int, record: Record) -> dict[str, float]:
    taken = {name: -units for name, units in trust_units(record).items() if units < 0}
    if bool(record.seen.exposed.any()):
        return {"deception": 1.0}
    if not taken:
        return {"evidence": 1.0}
    if "evidence" in taken:
        verb = rules.verbs[int(rules.columns[Col.VERB, action])]
        blunt = int(rules.columns[Col.ASKS, action]) == Asks.EMBARRASSING
        name = "slight" if blunt else _MOVE_CAUSE.get(verb, "evidence")
        taken[name] = taken.pop("evidence") + taken.get(name, 0.0)
    total = sum(taken.values())
    return {name: units / total for name, units in taken.items()}


def _price_cause(rules: Rules, action: int, before: State) -> str:
    """What was wrong with naming the price now."""
    trust, d = float(before.trust[0].mean()), float(before.d[0].mean())
    if d > 0.4 and trust < rules.weights.squeeze_trust:
        return "price_before_trust"
    if not bool(before.problem.any()) or not bool((before.told > 0).any()):
        return "unfounded_price"
    reasons = int(rules.columns[Col.EFFECT, action]) == EFFECT["reasons"]
    return "anchor" if reasons else "bare_price"
