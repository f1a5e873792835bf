"""What every input must do: load or be refused in words, and if it loads, be played.

Imported after the fuzzer has prepared to watch which lines of the program run.
"""

from __future__ import annotations

import time
import warnings
from dataclasses import dataclass

import numpy as np

from game.authoring.examination import examination
from game.scenario.check import Examined, examine_text, examined_in
from game.scenario.codes import CODES
from game.scenario.diagnostics import Diagnostic, ScenarioError, render, to_json
from game.scenario.guard import decode
from game.scenario.library import scenarios_dir
from game.scenario.load import Loaded, load_from_sources
from game.scenario.packs import Pack, open_pack_bytes, opened
from game.scenario.shelves import FolderShelf
from game.scenario.translated import in_language
from game.session.game import Game
from game.session.seating import Settings
from tests.fuzz.inputs import GOOD, MAIN, Input

LOADING, PLAYING = 4.0, 8.0  # seconds of processor time, watched and on a busy machine
TURNS = 3
SEED = 7
_BAKERY = (GOOD / "corner_bakery.yaml").read_text(encoding="utf-8")


class Slow(Exception):
    """An input took longer than any may."""


@dataclass
class Counts:
    """How many inputs were refused, and how many could be played."""

    refused: int = 0
    played: int = 0


def attempt(raw: bytes, counts: Counts | None = None) -> None:
    """Raise whatever should not happen; sound inputs and refused ones pass in silence."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        began = time.process_time()
        loaded = load(Input.of(raw))
        spent = time.process_time() - began
        if spent > LOADING:
            raise Slow(f"loading took {spent:.1f} s")
        if loaded is not None:
            play(loaded)
            if time.process_time() - began - spent > PLAYING:
                raise Slow(f"{TURNS} turns took {time.process_time() - began - spent:.1f} s")
    if counts is not None:
        counts.played += loaded is not None
        counts.refused += loaded is None


def load(one: Input) -> Loaded | None:
    """A scenario of the input, or None if it was refused; the refusal is read as well."""
    try:
        return _loaded(one)
    except ScenarioError as refused:
        _readable(list(refused.diagnostics))
        assert refused.exit_status in (1, 2)
        return None


def _loaded(one: Input) -> Loaded | None:
    if one.kind == "scenario":
        text = decode(one.data, MAIN)
        return _good([examine_text(FolderShelf(scenarios_dir()), MAIN, text, MAIN)])
    if one.kind.startswith("common/"):
        sources = {MAIN: _BAKERY, f"{one.kind}.yaml": decode(one.data, one.kind)}
        return load_from_sources(sources, MAIN)
    if one.kind == "zip":
        pack: Pack | None = open_pack_bytes(one.data, "fuzzed.lunchpack.zip")
    else:
        pack, found = opened(one.files(), [], "fuzzed", None)
        _readable(found)
    if pack is None:
        return None
    pack.zipped  # noqa: B018 (it must be possible to make)
    return _good(examined_in(pack, []))


def _good(looked_at: list[Examined]) -> Loaded | None:
    """What can be played of it, after the lints have had their say too."""
    report = examination(looked_at)
    _readable(list(report.diagnostics))
    return next((one.loaded for one in looked_at if one.loaded is not None), None)


def _readable(found: list[Diagnostic]) -> None:
    """Complaints that a terminal and a program can show."""
    for one in found:
        assert one.code in CODES and one.message, one
        assert one.line >= 0 and one.column >= 0, one
    assert (render(found) == "") == (not found)
    to_json(found)


def play(loaded: Loaded) -> None:
    """The first turns, in a saved game that can be gone on with, and in another language."""
    game = Game(loaded, SEED, Settings("guided"))
    for number in range(TURNS + loaded.scenario.preparation.slots):
        if game.ended:
            break
        legal = game.legal()
        assert legal, "an open meeting without a legal move"
        hand = game.hand() or legal
        for action in hand:
            game.label(action)
        game.play(hand[(SEED * number) % len(hand)])
        for name, values in game.view().items():
            assert np.isfinite(values).all(), name
    again = Game.resume(game.transcript)
    assert [t.said for t in again.turns] == [t.said for t in game.turns]
    if game.ended:
        assert np.isfinite(game.outcome().score).all()
    in_language(loaded, "de")
