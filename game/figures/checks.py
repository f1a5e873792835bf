"""What a figure refuses to draw: every function raises ValueError and names the field."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

LEAST_WIDTH = 200.0
LEAST_HEIGHT = 40.0
MOST = 10_000.0


def within(name: str, value: float, low: float, high: float) -> float:
    """The value, when it is a number in [low, high]."""
    if not isfinite(value) or not low <= value <= high:
        raise ValueError(f"{name} is {value}, not a number between {low:g} and {high:g}")
    return value


def all_within(name: str, values: Sequence[float | None], low: float, high: float) -> None:
    """Holds for every value that is there."""
    for i, value in enumerate(values):
        if value is not None:
            within(f"{name}[{i}]", value, low, high)


def as_long(name: str, values: Sequence[object], count: int) -> None:
    """A sequence that may be left out, but not be of another length."""
    if values and len(values) != count:
        raise ValueError(f"{name} has {len(values)} entries, not {count}")


def frame(width: float, height: float, scale: float) -> None:
    """The size of a figure in px and the scale of its text."""
    within("width", width, LEAST_WIDTH, MOST)
    within("height", height, LEAST_HEIGHT, MOST)
    within("scale", scale, 1.0, 2.0)
