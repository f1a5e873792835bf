"""The `measured` part of `longlunch.check/1`: effects and counts, one object a scenario."""

from __future__ import annotations

from collections import Counter
from typing import Any

from game.analysis.dominance import never_best
from game.analysis.measured import Expectation
from game.analysis.missing_lines import Words, missing_lines
from game.analysis.panel import PANEL
from game.analysis.sensitivity import Sensitivity
from game.authoring.deep import Deep, unheard
from game.authoring.deep_text import MOST


def deep_json(deep: Deep) -> dict[str, Any]:
    """See docs/json/check.schema.json."""
    subject, reach, decisions = deep.subject, deep.measured.reach, deep.measured.decisions
    scenario = subject.scenario
    return {
        "scenario": scenario.scenario,
        "file": subject.file,
        "playthroughs": reach.games,
        "sellers": list(PANEL),
        "expectations": [
            _expectation(scenario.expect[int(one.claim.id) - 1].claim, one)
            for one in deep.measured.expectations
        ],
        "plays": [
            {
                "id": play.name,
                "passed": play.passed,
                "message": play.message,
                "missing": ""
                if play.event is None
                else scenario.plays[play.name].events[play.event],
                "instead": list(play.instead),
            }
            for play in deep.plays
        ],
        "reached": {
            "facts": {f: reach.events[f"told:{f}"] for f in scenario.facts},
            "demands": {d: reach.events[f"demand:{d}"] for d in scenario.demands},
            "states": {
                buyer: {state: reach.states[buyer, state] for state in subject.machine.states}
                for buyer in scenario.buyers
            },
            "events": _sorted(reach.events),
            "moves": {move: reach.moves[move] for move in sorted(reach.legal)},
        },
        "decisions": {
            "weighed": decisions.states,
            "at_table": decisions.at_table,
            "best": _sorted(decisions.best),
            "never_best": [
                {"move": one.move, "states": one.states, "loss": one.loss, "beaten_by": one.by}
                for one in never_best(decisions)
            ],
        },
        "words": [_words(deep, missing_lines(reach, buyer)) for buyer in scenario.buyers],
    }


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in sorted(counts)}


def _expectation(statement: str, one: Expectation) -> dict[str, Any]:
    nudge = one.nudge
    return {
        "number": int(one.claim.id),
        "claim": statement,
        "passed": one.passed,
        "findings": [
            {
                "measure": found.measure,
                "buyers": found.buyers,
                "effect": found.effect,
                "low": found.low,
                "high": found.high,
                "rule": found.rule,
                "delta": found.bound,
                "passed": found.passed,
            }
            for found in one.findings
        ],
        "sensitivity": [_sensitivity(some) for some in one.sensitivities],
        "nudge": None
        if nudge is None
        else {
            "field": ".".join(map(str, nudge.dial.path)),
            "from": nudge.dial.value,
            "to": nudge.value,
            "effects": [found.effect for found in nudge.findings],
        },
    }


def _sensitivity(one: Sensitivity) -> dict[str, Any]:
    return {
        "measure": one.finding.measure,
        "buyers": one.finding.buyers,
        "turns": one.turns,
        "held": one.held,
        "flips": [
            {"weight": turn.weight, "factor": turn.factor, "effect": effect}
            for turn, effect in one.flips
        ],
    }


def _words(deep: Deep, words: Words) -> dict[str, Any]:
    reach = deep.measured.reach
    return {
        "buyer": words.buyer,
        "heard": words.heard,
        "own": words.own,
        "unheard": [
            {"id": id, "came_up": id in reach.open}
            for _, id in unheard(deep.subject, reach, words.buyer)
        ],
        "wanted": [
            {
                "section": one.gap.section,
                "on": one.gap.on,
                "state": one.gap.state,
                "pole": one.gap.pole,
                "number": one.number,
                "heard": one.heard,
                "share": one.share,
            }
            for one in words.wanted[:MOST]
        ],
    }
