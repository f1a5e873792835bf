"""What a balance says, in a designer's order: a finding is an id, a level and its values.

Levels: `good`, as a table that teaches should be; `note`, worth knowing; `look`, worth a look,
since tables that teach are seldom so. No finding is a fault by itself: a designer may mean it.
Values are written as they are read; the words that they go into have the finding's id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from game.analysis.balance import STYLES, Balance, MoveWorth
from game.analysis.panel import EXPERT, PANEL, READER, RECITERS, REFERENCE, SKILL

Level = Literal["good", "note", "look"]
PRESSER = "always_closing"
_TELLING = 0.8  # share of games in which an expert should be ahead of a novice
_OFTEN, _RARE = 0.5, 0.5  # agreements of one who presses or does anything; of an expert
_TIME_OUT = 0.2
_MARGIN = 1.0  # points that are worth a word
_HARDLY = 0.01  # share of all games
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Finding:
    id: str
    level: Level
    values: Mapping[str, str]


def findings(found: Balance) -> tuple[Finding, ...]:
    """Every conclusion, the most important first."""
    return tuple(Finding(id, level, values) for part in _PARTS for id, level, values in part(found))


Told = Iterator[tuple[str, Level, dict[str, str]]]


def points(value: float) -> str:
    """Points of the score, as a whole number with a true minus sign."""
    return f"{'−' if round(value) < 0 else ''}{abs(round(value))}"


def percent(share: float) -> str:
    """`0 %`, `< 1 %`, `37 %`: neither some are written as none, nor most as all."""
    whole = round(share * 100)
    if whole == 0 and share > 0:
        return "< 1 %"
    if whole == 100 and share < 1:
        return "> 99 %"
    return f"{whole} %"


def place(value: float) -> str:
    """A place on the continuum, a trust, a utility: `0.36`."""
    return f"{value:.2f}"


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_LISTED])
    return shown if len(names) <= _LISTED else f"{shown}, …"


def _skill(found: Balance) -> Told:
    scores = {name: points(found.score(seller)) for name, seller in zip("abc", SKILL, strict=True)}
    names = dict(zip(("less", "middle", "more"), SKILL, strict=True))
    if all(step.better for step in found.skill):
        yield "skill_pays", "good", {**names, **scores}
    for k, step in enumerate(found.skill):
        if not step.better:
            yield "skill_flat", "look", {
                "less": SKILL[k], "more": SKILL[k + 1], "low": points(step.low),
                "high": points(step.high),
            }  # fmt: skip
    if found.reference is not None and found.headroom is not None:
        yield "headroom", "note", {
            "name": REFERENCE, "score": points(found.reference.mean), "other": EXPERT,
            "points": points(found.headroom.mean),
        }  # fmt: skip


def _telling(found: Balance) -> Told:
    """How much a single game says about who played it."""
    step = found.skill[-1]
    level: Level = "good" if step.ahead >= _TELLING else "look"
    yield ("telling" if level == "good" else "lucky"), level, {
        "more": SKILL[-1], "less": SKILL[-2], "share": percent(step.ahead)
    }  # fmt: skip


def _reading(found: Balance) -> Told:
    reading, own = found.reading, found.own_reading
    values = {
        "reader": READER, "recital": found.recital, "points": points(reading.mean),
        "a": points(reading.a), "b": points(reading.b),
    }  # fmt: skip
    if reading.better:
        yield "reading_pays", "good", values
    else:
        yield "reading_idle", "look", values
    if not own.better:
        yield "own_recital", "note", {
            "reader": READER, "recital": found.own_recital, "a": points(own.a), "b": points(own.b)
        }  # fmt: skip


def _styles(found: Balance) -> Told:
    crossing = found.crossing
    first = crossing.first
    then = STYLES[1] if first == STYLES[0] else STYLES[0]
    at = ", ".join(place(d) for d in crossing.at)
    if not crossing.at:
        yield "styles_one", "look", {"name": first, "other": then}
    elif len(crossing.at) == 1 and first == STYLES[0]:
        yield "styles_cross", "good", {"name": first, "other": then, "at": at}
    else:
        yield "styles_odd", "look", {"name": first, "other": then, "at": at}


def _pressing(found: Balance) -> Told:
    won = [band for band in found.bands if band.recital == PRESSER]
    beaten = [s for s in RECITERS if s != PRESSER and found.score(PRESSER) > found.score(s)]
    values = {"name": PRESSER, "count": str(len(won)), "total": str(len(found.bands))}
    if won:
        yield "pressing_pays", "look", values
    elif beaten:
        yield "pressing_beats", "look", {**values, "other": _list(beaten)}
    else:
        yield "pressing_fails", "good", values


def _endings(found: Balance) -> Told:
    signs = {s: found.cell(s).endings["agreement"] for s in PANEL}
    values = {
        "a": percent(signs[EXPERT]), "b": percent(signs[SKILL[1]]), "c": percent(signs[PRESSER]),
        "more": EXPERT, "less": SKILL[1], "name": PRESSER,
    }  # fmt: skip
    easy = [s for s in (SKILL[0], PRESSER) if signs[s] > _OFTEN]
    if easy:
        yield "signs_easily", "look", {
            "name": _list(easy), "share": percent(max(signs[s] for s in easy))
        }  # fmt: skip
    elif signs[EXPERT] < _RARE:
        yield "signs_rarely", "look", values
    else:
        yield "endings", "good", values
    late = found.cell(READER).endings["deadline"]
    if late >= _TIME_OUT:
        yield "time_out", "note", {
            "name": READER, "share": percent(late), "total": str(found.calendar_turns)
        }  # fmt: skip


def _deals(found: Balance) -> Told:
    picture = found.packages
    counts = {
        "count": str(picture.suiting), "total": str(len(picture.packages)),
        "best": str(sum(p.frontier and p.suits for p in picture.packages)),
    }  # fmt: skip
    yield (
        ("packages" if picture.suiting else "packages_none"),
        ("note" if picture.suiting else "look"),
        counts,
    )
    left = {s.seller: s.left for s in picture.settlements}
    mine, theirs = left[EXPERT], left[SKILL[1]]
    if mine is not None and theirs is not None:
        yield "left_lying", "note", {
            "more": EXPERT, "less": SKILL[1], "a": place(mine), "b": place(theirs)
        }  # fmt: skip


def _moves(found: Balance) -> Told:
    legal = [m for m in found.moves if m.comparisons]
    values = {"total": str(len(legal))}

    def named(moves: Sequence[MoveWorth]) -> dict[str, str]:
        return {**values, "count": str(len(moves)), "names": _list([m.verb for m in moves])}

    never = sorted((m for m in legal if m.wherever < 0), key=lambda m: m.gain or 0)
    if never:
        yield "moves_never", "note", named(never)
    always = [m for m in legal if m.wherever > 0 and (m.gain or 0) >= _MARGIN]
    if always:
        always.sort(key=lambda m: -(m.gain or 0))
        yield "moves_always", "note", named(always)
    absent = [m for m in found.moves if not m.comparisons]
    if absent:
        yield "moves_absent", "note", named(absent)


def _seen(found: Balance) -> Told:
    counted = found.everywhere
    untold = [f for f, games in zip(found.facts, counted.facts, strict=True) if not games]
    values = {"total": str(len(found.facts)), "games": f"{counted.games:,}"}
    if untold:
        yield "facts_untold", "look", {
            **values, "count": str(len(untold)), "names": _list(untold)
        }  # fmt: skip
    elif found.facts:
        yield "facts_told", "good", values
    rare = [
        f
        for f, games in zip(found.facts, counted.facts, strict=True)
        if 0 < games < _HARDLY * counted.games
    ]
    if rare:
        yield "facts_rare", "note", {**values, "count": str(len(rare)), "names": _list(rare)}
    reached = counted.reached.sum(axis=0)
    absent = [
        name for name, games in zip(found.machine_rules.names, reached, strict=True) if not games
    ]
    if absent:
        yield "states_absent", "look", {
            **values, "count": str(len(absent)), "names": _list(absent)
        }  # fmt: skip
    for voice in found.voices:
        games = found.heard_games * len(PANEL)
        if voice.unheard:
            yield "lines_unheard", "note", {
                "name": voice.voice, "count": str(len(voice.unheard)),
                "total": str(voice.lines), "games": f"{games:,}",
            }  # fmt: skip


_PARTS = (_skill, _telling, _reading, _styles, _pressing, _endings, _deals, _moves, _seen)
