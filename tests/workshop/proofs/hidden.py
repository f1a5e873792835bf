"""What a phone must not be told before it is revealed, and where it would stand in its bytes."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from game.core.state import State
from game.core.step import Record
from game.scenario import language
from game.session.game import Game
from tests.core.test_views import HIDDEN, hidden_changed

# Names that only hidden things have, in templates, attributes and data.
NAMES = ("diffuseness", "reservation", "true_trust", "beliefs", "benevolence", "damage", "patience")
# Drawings are full of numbers; that they follow from the view alone, the other proof shows.
_DRAWN = re.compile(r"<svg.*?</svg>|/scene/[^\"']*", re.S)
_FIGURE = re.compile(r"(?<!\d)\d{1,2}\.\d(?!\d)|\.\d{3}")
_DIGITS = 3  # of a number that is told: two may stand there by chance


def numbers(state: State) -> Iterator[tuple[str, float]]:
    """Every hidden quantity with a fraction, by its name."""
    for name in HIDDEN:
        values = getattr(state, name)
        if values.dtype.kind == "f":
            yield from ((name, float(v)) for v in values.reshape(-1))


def written(value: float) -> set[str]:
    """A number as somebody may have written it: as a share or in percent, cut or rounded."""
    share = abs(value)
    if not 0.001 < share < 1 or round(share, 3) == round(share, 2):
        return set()  # 0.25 is a likely number of another thing
    ways = {f"{share:.7f}"[: 2 + _DIGITS], f"{share:.{_DIGITS}f}"}
    percent = {f"{100 * share:.5f}"[: f"{100 * share:.5f}".index(".") + 2], f"{100 * share:.1f}"}
    return {way[1:] for way in ways} | {way for way in percent if share > 0.1 and way[-1] != "0"}


def offered(game: Game) -> set[str]:
    """Figures that stand on the page for everybody: the prices that can be named."""
    options = [str(one) for issue in game.scenario.issues.values() for one in issue.options]
    return set(_FIGURE.findall(" ".join(options)))


def texts(game: Game) -> dict[str, str]:
    """Words that are hidden now: what was thought, and the facts that nobody has told."""
    found = {}
    for number, truth in enumerate(game.line()):
        if truth.thought is not None:
            found[f"thought {number}"] = truth.thought.text
    told = {turn.fact for turn in game.turns if turn.fact}
    for id, fact in game.scenario.facts.items():
        if id not in told and fact.text:
            found[f"fact {id}"] = fact.text
    return found


def plain(body: bytes) -> str:
    """All that stands in an answer, whichever way it was packed: JSON, HTML, SVG."""
    text = body.decode("utf-8", "replace")
    for line in text.splitlines() if text.startswith(("{", "data: {")) else ():
        if line:
            text += " ".join(_strings(json.loads(line.removeprefix("data: "))))
    return html.unescape(re.sub(r"\s+", " ", text))


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


def leaks(body: bytes, game: Game) -> list[str]:
    """What of the hidden stands in an answer; empty for a clean one."""
    text = plain(body)
    found = [name for name in NAMES if re.search(rf"\b{name}\b", text)]
    found += [what for what, words in texts(game).items() if _gist(words) in text]
    drawn = _DRAWN.sub(" ", text)
    if language.current() == "de":
        drawn = drawn.replace(",", ".")
    figures = set(_FIGURE.findall(drawn)) - offered(game)
    for name, value in numbers(game._state):
        if told := figures & written(value):
            found.append(f"{name} {value:.4f} as {', '.join(sorted(told))}")
    for name in game.rules.machine.names:
        if re.search(rf"[\"'=:_-]{name}\b|\b{name}[\"'=_]", text):
            found.append(f"state {name}")
    return found


def _gist(words: str) -> str:
    """A piece of a text that nothing else has: its middle."""
    clean = re.sub(r"\s+", " ", html.unescape(words)).strip()
    return clean[len(clean) // 4 : len(clean) // 4 + 40]


def other_record(record: Record) -> Record:
    return replace(record, trust_after=record.trust_after + np.float32(0.3))


def with_other_truth(game: Game, rng: np.random.Generator) -> Callable[[], None]:
    """Changes everything hidden in a game; the way back."""
    state, truths = game._state, game._truths
    game._state = hidden_changed(state, rng)
    if game.ended:  # what it came to for themselves is told to whoever played it
        own = {name: getattr(state, name) for name in ("seller_sum", "cost")}
        game._state = replace(game._state, **own)
    game._truths = [
        replace(truth, thought=None, record=other_record(truth.record)) for truth in truths
    ]
    game._view = game._legal = None

    def back() -> None:
        game._state, game._truths = state, truths
        game._view = game._legal = None

    return back
