"""A balance as the numbers of `longlunch.balance/1`; see docs/json/balance.schema.json."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from game.analysis.balance import Balance, Band
from game.analysis.contrast import Contrast
from game.analysis.panel import EXPERT, PANEL, READER, REFERENCE, SKILL, Cell
from game.analysis.simulate import MEASURES, Spread
from game.analysis.watching import Counted, TrustPath

FORMAT = "longlunch.balance/1"
_PLACES = 4  # of trust and of shares that are for drawing


def numbers(found: Balance) -> dict[str, Any]:
    """Everything but what is said about it."""
    return {
        "format": FORMAT,
        "scenario": found.scenario,
        "title": found.title,
        "rules": found.digest,
        "runs": found.runs,
        "seed": found.seed,
        "settings": list(found.settings),
        "people": [asdict(person) for person in found.people],
        "panel": list(PANEL),
        "bands": [band.d for band in found.bands],
        "own": {cell.seller: _own(found, cell) for cell in found.own},
        "by_band": [_band(band) for band in found.bands],
        "skill": [
            {"less": less, "more": more, **_contrast(step)}
            for less, more, step in zip(SKILL, SKILL[1:], found.skill, strict=False)
        ],
        "reading": {"reader": READER, "recital": found.recital, **_contrast(found.reading)},
        "own_reading": {
            "reader": READER, "recital": found.own_recital, **_contrast(found.own_reading)
        },
        "crossing": {
            "first": found.crossing.first,
            "at": list(found.crossing.at),
            "steps": [_contrast(step) for step in found.crossing.steps],
        },
        "reference": _reference(found),
        "packages": _packages(found),
        "moves": [_move(move) for move in found.moves],
        "coverage": coverage(found, found.everywhere),
        "lines": {
            "games": found.heard_games,
            "voices": [
                {**asdict(v), "unheard": list(v.unheard), "by_seller": dict(v.by_seller)}
                for v in found.voices
            ],
        },
    }  # fmt: skip


def _contrast(c: Contrast) -> dict[str, Any]:
    return {**asdict(c), "sure": c.sure}


def _spread(spread: Spread) -> dict[str, float | None]:
    return {key: getattr(spread, key) for key in Spread.__slots__}


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "endings": dict(cell.endings),
        "measures": {name: _spread(cell.measures[name]) for name in MEASURES},
    }


def _own(found: Balance, cell: Cell) -> dict[str, Any]:
    return {
        **_cell(cell),
        "trust": _trust(found, cell.trust),
        "coverage": coverage(found, cell.counted),
    }


def _trust(found: Balance, path: TrustPath | None) -> dict[str, Any] | None:
    if path is None:
        return None
    return {
        "talking": np.round(path.talking, _PLACES).tolist(),
        "people": {
            person.id: {
                name: np.round(getattr(path, name)[b], _PLACES).tolist()
                for name in ("mean", "low", "high")
            }
            for b, person in enumerate(found.people)
        },
    }


def _band(band: Band) -> dict[str, Any]:
    return {
        "d": band.d,
        "best": band.best,
        "lead": _contrast(band.lead),
        "recital": band.recital,
        "reading": _contrast(band.reading),
        "sellers": {cell.seller: _cell(cell) for cell in band.cells},
    }


def _reference(found: Balance) -> dict[str, Any] | None:
    if found.reference is None or found.headroom is None:
        return None
    return {
        "seller": REFERENCE,
        "games": found.reference_games,
        "score": _spread(found.reference),
        "over": EXPERT,
        **_contrast(found.headroom),
    }


def _packages(found: Balance) -> dict[str, Any]:
    p = found.packages
    return {
        "issues": list(p.issues),
        "own_reservation": p.own_reservation,
        "their_reservation": p.their_reservation,
        "spread": p.spread,
        "price": None if p.price is None else asdict(p.price),
        "suiting": p.suiting,
        "packages": [{**asdict(one), "options": list(one.options)} for one in p.packages],
        "settlements": [asdict(one) for one in p.settlements],
    }


def _move(move: Any) -> dict[str, Any]:
    keys = ("gain", "low", "high", "comparisons")
    return {
        "verb": move.verb,
        "comparisons": move.comparisons,
        "gain": move.gain,
        "low": move.low,
        "high": move.high,
        "cells": [dict(zip(keys, cell, strict=True)) for cell in move.cells],
        "wherever": move.wherever,
    }


def coverage(found: Balance, counted: Counted) -> dict[str, Any]:
    """What some games went through, in numbers of games."""
    names = found.machine_rules.names
    return {
        "games": counted.games,
        "moves": dict(zip(found.verbs, counted.verbs.tolist(), strict=True)),
        "facts": dict(zip(found.facts, counted.facts.tolist(), strict=True)),
        "states": {
            person.id: dict(zip(names, counted.reached[b].tolist(), strict=True))
            for b, person in enumerate(found.people)
        },
        "transitions": [
            {
                "buyer": person.id,
                "from": names[s],
                "to": names[t],
                "games": int(counted.changes[b, s, t]),
                "times": int(counted.times[b, s, t]),
            }
            for b, person in enumerate(found.people)
            for s, t in zip(*np.nonzero(counted.times[b]), strict=True)
        ],
    }
