"""The smallest change of one number of a scenario that makes a failed expectation pass.

Every number of the scenario that has a range is a dial. Each is turned a fifth of its range up and
down with few games, which says how far it would have to be turned if the effect went on as it
began; the nearest are searched by halving, with the same few games, and what is found is played in
full. So the answer is confirmed, and it is the smallest among the dials that were searched.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from game.analysis.claim_models import Claim
from game.analysis.claims import Finding
from game.analysis.expectations import bench_for, judged
from game.analysis.sensitivity import Key, Scale, Turner, shift
from game.analysis.settings import UsageError, with_settings
from game.scenario.load import Loaded
from game.scenario.model import Scenario

RUNS = 256  # games of each seller while searching
FAR = 0.2  # share of a dial's range that it is turned by at first
SEARCHED = 5  # dials that are searched by halving
# Numbers that touch nothing that is measured, and parts that are no numbers of the table.
_NO_DIALS = frozenset(
    ("minutes", "portrait", "hour", "teaching", "expect", "plays", "phrases", "trust_machine",
     "events", "chance", "notes", "gap_slots", "radius", "options"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dial:
    """A number of the scenario: where it stands, what it is, and how it may be turned."""

    path: tuple[str | int, ...]  # into the scenario's data; `buyers` by id
    value: float
    low: float
    high: float
    step: float  # 1 for whole numbers and percents, .01 for shares

    def at(self, steps: int) -> float:
        """The value so many steps away, within the range."""
        value = min(max(self.value + steps * self.step, self.low), self.high)
        return float(round(value)) if self.step == 1 else round(value, 6)

    def most(self, way: int) -> int:
        """Steps to the end of the range in one direction, 1 or -1."""
        room = self.high - self.value if way > 0 else self.value - self.low
        return int(room / self.step + 1e-9)

    def share(self, steps: int) -> float:
        """How far so many steps are, as a share of the range."""
        return abs(steps) * self.step / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Nudge:
    """One changed number under which an expectation passes, and the effect it then has."""

    dial: Dial
    value: float
    findings: tuple[Finding, ...]  # of the whole expectation, with the full number of games

    @property
    def share(self) -> float:
        """How far the dial is turned, as a share of its range."""
        return abs(self.value - self.dial.value) / (self.dial.high - self.dial.low)


# --- the dials of a scenario ----------------------------------------------------------------------


def dials(scenario: Scenario) -> list[Dial]:
    """Every number with a range, in the order of the file's keys."""
    return list(_dials(scenario, ()))


def _dials(model: BaseModel, path: tuple[str | int, ...]) -> Iterator[Dial]:
    for name, info in type(model).model_fields.items():
        if name in _NO_DIALS:
            continue
        value = getattr(model, name)
        here = (*path, name)
        if isinstance(value, BaseModel):
            yield from _dials(value, here)
        elif isinstance(value, dict):
            for key, inner in value.items():
                if isinstance(inner, BaseModel):
                    yield from _dials(inner, (*here, key))
                elif isinstance(inner, float | int) and not isinstance(inner, bool):
                    yield Dial((*here, key), float(inner), 0.0, 1.0, 0.01)  # weights are shares
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                if isinstance(inner, BaseModel):
                    yield from _dials(inner, (*here, index))
        elif isinstance(value, float | int) and not isinstance(value, bool):
            bounds = _bounds(info.annotation, info.metadata)
            if bounds is not None:
                low, high = bounds
                whole = isinstance(value, int) or high - low > 5
                yield Dial(here, float(value), low, high, 1.0 if whole else 0.01)


def _bounds(annotation: Any, metadata: Sequence[Any]) -> tuple[float, float] | None:
    """The range that a field's annotations give; None where an end is open."""
    given = [*metadata, *getattr(annotation, "__metadata__", ())]
    for part in typing.get_args(annotation):
        given += getattr(part, "__metadata__", ())
    low = next((float(m.ge) for m in given if getattr(m, "ge", None) is not None), None)
    high = next((float(m.le) for m in given if getattr(m, "le", None) is not None), None)
    return None if low is None or high is None else (low, high)


def changed(scenario: Scenario, dial: Dial, value: float) -> Scenario:
    """The scenario with one number replaced; nothing is validated."""
    number: Any = (
        int(value) if dial.step == 1 and isinstance(_at(scenario, dial.path), int) else value
    )
    made: Scenario = _put(scenario, dial.path, number)
    return made


def _at(model: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        model = getattr(model, str(step)) if isinstance(model, BaseModel) else model[step]
    return model


def _put(model: Any, path: tuple[str | int, ...], value: Any) -> Any:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(model, BaseModel):
        name = str(step)
        return model.model_copy(update={name: _put(getattr(model, name), rest, value)})
    copy: Any = dict(model) if isinstance(model, dict) else list(model)
    copy[step] = _put(model[step], rest, value)
    return copy


def dotted(path: tuple[str | int, ...]) -> str:
    """A dial's path as `--set` takes it: lists count from 1."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


# --- the search -----------------------------------------------------------------------------------


class Nudger:
    """Searches the dials for one failed expectation."""

    def __init__(
        self, loaded: Loaded, claim: Claim, findings: Sequence[Finding], seed: int
    ) -> None:
        self.loaded, self.claim, self.seed = loaded, claim, seed
        self.scale = Scale.of([claim], findings)
        self.base = Turner(loaded, [claim], seed, RUNS).effects()

    def shifts(self, dial: Dial, steps: int) -> dict[Key, float]:
        """By how much the effects move when a dial is turned by so many steps."""
        made = changed(self.loaded.scenario, dial, dial.at(steps))
        turner = Turner(replace(self.loaded, scenario=made), [self.claim], self.seed, RUNS)
        found = turner.effects()
        return {key: shift(self.base[key], found[key]).by for key in self.base if key in found}

    def tried(self, dial: Dial) -> list[tuple[float, int]]:
        """How far a dial seems to have to be turned, each way: (share of its range, steps)."""
        out = []
        for way in (1, -1):
            most = dial.most(way)
            far = min(most, max(1, round(FAR * (dial.high - dial.low) / dial.step)))
            if far <= 0:
                continue
            shifts = self.shifts(dial, way * far)
            for steps in range(1, most + 1):
                if self.passes({key: by * steps / far for key, by in shifts.items()}):
                    out.append((dial.share(steps), way * steps))
                    break
        return out

    def passes(self, shifts: Mapping[Key, float]) -> bool:
        """Whether every finding would pass if the effects moved so far."""
        return all(
            key in shifts and self.scale.passes(key, shifts[key]) for key in self.scale.findings
        )

    def halved(self, dial: Dial, guess: int) -> int:
        """The fewest steps in the direction of a guess that pass with few games; 0 if none do."""
        way, most = (1 if guess > 0 else -1), dial.most(1 if guess > 0 else -1)
        low, high = 0, min(abs(guess), most)
        while not self.passes(self.shifts(dial, way * high)):
            if high == most:
                return 0
            low, high = high, min(2 * high, most)
        while high - low > 1:
            middle = (low + high) // 2
            if self.passes(self.shifts(dial, way * middle)):
                high = middle
            else:
                low = middle
        return way * high

    def confirmed(self, dial: Dial, steps: int) -> Nudge | None:
        """The nudge, played in full; a few steps further where chance asks for them."""
        way = 1 if steps > 0 else -1
        for further in (0, 1, 2, 4):
            at = steps + way * further
            if abs(at) > dial.most(way):
                return None
            value = dial.at(at)
            try:
                made = with_settings(self.loaded, [f"{dotted(dial.path)}={value:g}"])
            except UsageError:
                return None  # a scenario that cannot be
            findings = judged(bench_for(made, [self.claim], self.seed), self.claim)
            if all(f.passed for f in findings):
                return Nudge(dial, value, tuple(findings))
        return None
