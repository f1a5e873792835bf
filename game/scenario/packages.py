"""Packages and what they are worth: the searches of the bargaining, done once, at compile time."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from game.core.rules import LEVELS, STAGES, BargainRules
from game.scenario.grammar import format_number
from game.scenario.model import Buyer, Scenario

_SLACK = 1e-6


def option_text(option: object) -> str:
    """An option as actions write it: `9200`, `May`, `2_years`."""
    text = format_number(option) if isinstance(option, float) else str(option)
    return "_".join(text.split())


def price_issue(scenario: Scenario) -> tuple[int, str]:
    """Index and id of the price: the issue marked so, or named so, else the first."""
    for i, (name, issue) in enumerate(scenario.issues.items()):
        if issue.price or (issue.price is None and name.startswith("price")):
            return i, name
    return 0, next(iter(scenario.issues))


def _shares(weights: dict[str, float], issues: list[str]) -> list[float]:
    total = sum(weights.get(i, 0.0) for i in issues)
    return [weights.get(i, 0.0) / total for i in issues]


def _utilities(options: Any, worths: list[list[float]], shares: list[float]) -> Any:
    total = np.zeros(options.shape[0], np.float64)
    for i, (worth, share) in enumerate(zip(worths, shares, strict=True)):
        total = total + share * np.array(worth, np.float64)[options[:, i]]
    return total


def bargain_rules(scenario: Scenario, buyers: dict[str, Buyer]) -> BargainRules:
    """Enumerate all packages and fill the tables of suggestions and counters."""
    issues = list(scenario.issues)
    counts = [range(len(scenario.issues[i].options)) for i in issues]
    options = np.array(list(product(*counts)), np.int8)
    mine = [scenario.issues[i].you for i in issues]
    theirs = [scenario.issues[i].buyer for i in issues]
    seller = _utilities(options, mine, _shares(scenario.weights.you, issues))
    needs = max(1, *(len(b.needs) for b in buyers.values())) if buyers else 1
    tables = []
    for person in buyers.values():
        base = person.weights or scenario.weights.buyer
        profiles = [n.weights for n in person.needs.values()] or [base]
        profiles += [profiles[-1]] * (needs - len(profiles))
        tables.append([_utilities(options, theirs, _shares(p, issues)) for p in profiles])
    buyer = np.array(tables)  # (B, H, P)
    reservation = scenario.you.reservation

    says = [i for i, b in enumerate(buyers.values()) if b.say] or list(range(len(buyers)))
    chances = []
    for i in says:
        person = list(buyers.values())[i]
        chance = [n.chance for n in person.needs.values()] or [1.0]
        chances.append([c / sum(chance) for c in chance] + [0.0] * (needs - len(chance)))
    vague = sum(
        chances[k][h] * buyer[i, h] for k, i in enumerate(says) for h in range(needs)
    ) / len(says)
    clear = [sum(buyer[i, h] for i in says) / len(says) for h in range(needs)]
    estimate = np.array([vague, *clear])

    price, _ = price_issue(scenario)
    price_level = np.array(mine[price], np.float64)[options[:, price]]
    trade, claim = [], []
    for table in buyer.reshape(-1, buyer.shape[-1]):
        for level in np.linspace(0.0, 1.0, LEVELS):
            enough = table >= level - _SLACK
            if not enough.any():
                best = int(np.argmax(table))
                trade.append(best)
                claim.append(best)
                continue
            at = np.flatnonzero(enough)
            trade.append(int(at[np.lexsort((-table[at], -seller[at]))[0]]))
            # cheap first, and not more than he needs beyond that
            claim.append(int(at[np.lexsort((-seller[at], price_level[at]))[0]]))
    able = seller >= reservation - _SLACK
    top = np.where(able, buyer, 0.0).max(axis=2)
    demands = list(scenario.demands.values())
    targets = np.linspace(1.0, min(reservation + 0.02, 1.0), STAGES)
    frontier = [_along(seller, e, targets) for e in estimate]
    return BargainRules(
        options=options,
        seller=seller.astype(np.float32),
        buyer=buyer.astype(np.float32).reshape(-1),
        estimate=estimate.astype(np.float32).reshape(-1),
        frontier=np.array(frontier, np.int32).reshape(-1),
        onward=np.array([_onward(line) for line in frontier], np.int8).reshape(-1),
        stage_of=np.array([int(np.argmin(np.abs(targets - u))) for u in seller], np.int8),
        counter_trade=np.array(trade, np.int32),
        counter_claim=np.array(claim, np.int32),
        top=top.astype(np.float32).reshape(-1),
        price_level=price_level.astype(np.float32),
        needs=needs,
        first_need=(np.arange(len(buyers), dtype=np.int32) * np.int32(needs))[:, None],
        seller_reservation=float(reservation),
        demand_cost=np.array([d.cost for d in demands] or [0.0], np.float32),
        demand_worth=np.array([d.worth for d in demands] or [0.0], np.float32),
    )


def _onward(line: list[int]) -> list[int]:
    """For each stage the next one with another package, or itself where there is none."""
    found = []
    for stage, package in enumerate(line):
        others = [s for s in range(stage + 1, len(line)) if line[s] != package]
        found.append(others[0] if others else stage)
    return found


def _along(seller: Any, estimate: Any, targets: Any) -> list[int]:
    """For each target of own utility, the package kindest to the buyer by your notes.

    Where no package reaches a target, the best there is stands for it.
    """
    chosen = []
    for target in np.minimum(targets, seller.max()):
        at = np.flatnonzero(seller >= target - 1e-6)
        chosen.append(int(at[np.lexsort((-seller[at], -estimate[at]))[0]]))
    return chosen
