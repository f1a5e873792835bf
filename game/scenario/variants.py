"""Changing a scenario before it is compiled: `with:` of a claim, `--set` of a command.

An experiment wants the same table with one thing different: another diffuseness, a flight, a
gap, a rival, a starting trust. Each key below is one such change; unknown keys raise KeyError.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from game.core.rules import Rules
from game.core.weights import Weights
from game.scenario.compile import compile_rules
from game.scenario.load import Loaded
from game.scenario.model import (
    Buyer,
    Fact,
    Flight,
    Meeting,
    Need,
    Portrait,
    Preparation,
    Referral,
    Renewal,
    Scenario,
    Spread,
    deal_from,
    event_from,
)

Change = Callable[[Scenario, Any], Scenario]
_EQUAL_MARGIN = 0.03  # own utilities this close count as the same margin


def _buyers(scenario: Scenario, **update: Any) -> Scenario:
    changed = {k: b.model_copy(update=update) for k, b in scenario.buyers.items()}
    return scenario.model_copy(update={"buyers": changed})


def _d(scenario: Scenario, value: Any) -> Scenario:
    mean, sd = (value, None) if not isinstance(value, Mapping) else (value["mean"], value.get("sd"))
    changed = {
        k: b.model_copy(
            update={"diffuseness": Spread(mean=mean, sd=b.diffuseness.sd if sd is None else sd)}
        )
        for k, b in scenario.buyers.items()
    }
    return scenario.model_copy(update={"buyers": changed})


def _one_meeting(scenario: Scenario, on: Any) -> Scenario:
    """Only the last meeting of the first deal, with business allowed and everybody there."""
    if not on:
        return scenario
    last = scenario.meetings[-1].model_copy(
        update={"gap_days": 0, "ground_rule": "none", "present": []}
    )
    return scenario.model_copy(update={"meetings": [last], "flight": None})


def _alone(scenario: Scenario, on: Any) -> Scenario:
    """Only the lead buyer: the last of those with a say."""
    if not on or len(scenario.buyers) == 1:
        return scenario
    name = next(k for k, b in reversed(list(scenario.buyers.items())) if b.say)
    meetings = [m.model_copy(update={"present": []}) for m in scenario.meetings]
    facts: dict[str, Fact] = {
        k: f.model_copy(update={"buyer": None}) for k, f in scenario.facts.items()
    }
    return scenario.model_copy(
        update={"buyers": {name: scenario.buyers[name]}, "meetings": meetings, "facts": facts}
    )


def _turns(scenario: Scenario, value: Any) -> Scenario:
    meetings = [m.model_copy(update={"turns": int(value)}) for m in scenario.meetings]
    return scenario.model_copy(update={"meetings": meetings})


def _flight(scenario: Scenario, value: Any) -> Scenario:
    flight = None if value is None else Flight(**{"meeting": len(scenario.meetings), **value})
    return scenario.model_copy(update={"flight": flight})


def _referral(scenario: Scenario, value: Any) -> Scenario:
    referral = None
    if value and value != "none":
        referral = Referral(given_by="a friend of the house", at_start=value == "in_hand")
    return scenario.model_copy(update={"referral": referral})


def _deals(scenario: Scenario, value: Any) -> Scenario:
    deals = (
        [deal_from(d) for d in value] if isinstance(value, list) else [Renewal()] * (int(value) - 1)
    )
    return scenario.model_copy(update={"deals": deals})


def _prelude(scenario: Scenario, value: Any) -> Scenario:
    """A lunch without business, `gap_days` before the first meeting."""
    turns = int(value.get("turns", 6))
    lunch = Meeting(turns=turns, setting="restaurant", ground_rule="no_business")
    first = scenario.meetings[0].model_copy(
        update={"gap_days": int(value["gap_days"]), "gap_slots": 0}
    )
    return scenario.model_copy(update={"meetings": [lunch, first, *scenario.meetings[1:]]})


def _silence(scenario: Scenario, value: Any) -> Scenario:
    """A first meeting of `turns` turns, then `gap_days`, then the table again."""
    first = scenario.meetings[0].model_copy(update={"turns": int(value["turns"])})
    second = scenario.meetings[0].model_copy(
        update={"gap_days": int(value["gap_days"]), "gap_slots": 0}
    )
    return scenario.model_copy(update={"meetings": [first, second, *scenario.meetings[1:]]})


def _event(scenario: Scenario, value: Any) -> Scenario:
    events = {"experiment": event_from(value)} if value else {}
    return scenario.model_copy(update={"events": events})


def _slots(scenario: Scenario, value: Any) -> Scenario:
    slots: Preparation = scenario.preparation.model_copy(update={"slots": int(value)})
    return scenario.model_copy(update={"preparation": slots})


def _procurement(scenario: Scenario, order: Any) -> Scenario:
    """A user without a say and procurement with one, met in the order given, a week apart."""
    lead: Buyer = next(iter(scenario.buyers.values()))
    user = lead.model_copy(update={"say": False})
    buyers = {"user": user, "procurement": lead.model_copy(update={"bargainer": 0.5})}
    last = scenario.meetings[-1].model_copy(update={"ground_rule": "none"})
    meetings = [
        last.model_copy(
            update={"present": [who], "gap_days": 7 if i else 0, "gap_slots": 0, "turns": 9}
        )
        for i, who in enumerate(order)
    ]
    facts = {k: f.model_copy(update={"buyer": None}) for k, f in scenario.facts.items()}
    return scenario.model_copy(
        update={"buyers": buyers, "meetings": meetings, "facts": facts, "flight": None}
    )


def _facts_depth(scenario: Scenario, depth: Any) -> Scenario:
    """All facts equally deep, so that subjects differ in nothing else."""
    facts = {k: f.model_copy(update={"depth": depth}) for k, f in scenario.facts.items()}
    return scenario.model_copy(update={"facts": facts})


def _needs_one(scenario: Scenario, on: Any) -> Scenario:
    """The same need for everybody: the base weights."""
    if not on:
        return scenario
    need = {"any": Need(chance=1.0, weights=scenario.weights.buyer)}
    return _buyers(scenario, needs=need)


def _skin(scenario: Scenario, value: Any) -> Scenario:
    """Another name, address, face and passport; nothing that acts."""
    portrait = Portrait(hair="long", hair_colour="white", skin="dark", age=27, dress="apron")
    worn = {"name": value, "address": value, "role": "", "portrait": portrait, "culture": None}
    return _buyers(scenario, **worn)


def _first_need(scenario: Scenario, on: Any) -> Scenario:
    """Everybody has the first of his possible needs; `notes` says what the seller makes of it."""
    changed = {}
    for name, buyer in scenario.buyers.items():
        need = next(iter(buyer.needs.values()), Need(chance=1, weights=scenario.weights.buyer))
        only = {"first": need.model_copy(update={"chance": 1.0})}
        changed[name] = buyer.model_copy(update={"needs": only})
    return scenario.model_copy(update={"buyers": changed})


def _noted(rules: Rules, notes: str) -> Rules:
    """What the seller suggests at each step of his concession, own utility being equal.

    `fit`: the package that serves the (only) need best; `misfit`: the one that serves it worst
    and still leaves the buyer a tenth above his reservation value.
    """
    b = rules.bargain
    frontier = b.frontier.copy()
    need = b.buyer[: b.seller.shape[0]]
    floor = float(rules.buyers.reservation_mean[0]) + 0.1
    if notes == "misfit":
        for i, fit in enumerate(b.frontier):
            equal = np.abs(b.seller - b.seller[fit]) < _EQUAL_MARGIN
            at = np.flatnonzero(equal & (need >= min(floor, float(need[fit]))))
            frontier[i] = at[np.argmin(need[at])]
    return replace(rules, bargain=replace(b, frontier=frontier))


CHANGES: dict[str, Change] = {
    "one_meeting": _one_meeting,
    "alone": _alone,
    "one_need": _needs_one,
    "notes": _first_need,
    "skin": _skin,
    "facts_depth": _facts_depth,
    "turns": _turns,
    "d": _d,
    "bargainer": lambda s, v: _buyers(s, bargainer=float(v)),
    "status": lambda s, v: _buyers(s, status=float(v)),
    "flight": _flight,
    "referral": _referral,
    "deals": _deals,
    "prelude": _prelude,
    "silence": _silence,
    "event": _event,
    "slots": _slots,
    "procurement": _procurement,
    "cold_call": lambda s, v: s.model_copy(update={"cold_call": bool(v)}),
    "toughness": lambda s, v: s.model_copy(update={"toughness": float(v)}),
    "rival": lambda s, v: s.model_copy(
        update={"rival": s.rival.model_copy(update={"strength": float(v)})}
    ),
}

RULE_CHANGES = ("trust", "d_weight", "weights")  # these reach the rules, not the scenario


@dataclass(frozen=True, slots=True)
class Table:
    """A compiled variant, and the scenario it came from."""

    scenario: Scenario
    rules: Rules


def variant(loaded: Loaded, changes: Mapping[str, Any], weights: Weights | None = None) -> Table:
    """Apply changes in the order of `CHANGES`, then compile.

    Besides those, `trust` (0 to 1) fixes all beliefs at the start, `d_weight` scales how far d
    acts, and `weights` replaces single numbers of the model, such as how often a question comes.
    """
    scenario = loaded.scenario
    unknown = set(changes) - set(CHANGES) - set(RULE_CHANGES)
    if unknown:
        raise KeyError(sorted(unknown)[0])
    for key, change in CHANGES.items():
        if key in changes:
            scenario = change(scenario, changes[key])
    weights = weights or Weights()
    numbers: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in changes.get("weights", {}).items()
    }
    weights = replace(weights, **numbers)
    if "d_weight" in changes:
        weights = replace(weights, d_weight=float(changes["d_weight"]))
    rules = compile_rules(scenario, loaded.machine, loaded.moves, weights, changes.get("trust"))
    if "notes" in changes:
        rules = _noted(rules, changes["notes"])
    return Table(scenario, rules)
