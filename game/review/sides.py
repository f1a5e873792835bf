"""Accuracy with specific and with diffuse buyers apart: it shows where practice would help."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from game.review.profile_records import Book, ReviewRecord

Side = Literal["specific", "diffuse", "mixed"]
Places = Mapping[tuple[str, str], float]  # (scenario, buyer) to the buyer's mean d in [0, 1]
_MIDDLE = 0.5


@dataclass(frozen=True, slots=True)
class Practised:
    """One reviewed engagement. `accuracy` in [0, 100]."""

    date: date
    scenario: str
    side: Side
    accuracy: float


@dataclass(frozen=True, slots=True)
class Sides:
    """The `latest` engagements, oldest first; mean accuracies over all, None without any."""

    latest: tuple[Practised, ...]
    specific: float | None
    diffuse: float | None


def sides_of(book: Book, places: Places, most: int = 10) -> Sides:
    """Reviews by the side of the continuum that their buyers are on.

    Tables with people of both sides are mixed and count for neither, and so do blind ones, where
    somebody else sat behind the name.
    """
    known = [
        Practised(one.date, one.scenario, _side(one, places), one.accuracy)
        for one in sorted(book.reviews, key=lambda review: review.date)
        if one.accuracy is not None
    ]
    return Sides(
        tuple(known[-most:]),
        _mean(one.accuracy for one in known if one.side == "specific"),
        _mean(one.accuracy for one in known if one.side == "diffuse"),
    )


def _side(review: ReviewRecord, places: Places) -> Side:
    found = [places.get((review.scenario, buyer)) for buyer in review.buyers]
    if review.blind or not found:
        return "mixed"
    if all(place is not None and place < _MIDDLE for place in found):
        return "specific"
    if all(place is not None and place >= _MIDDLE for place in found):
        return "diffuse"
    return "mixed"


def _mean(values: Iterable[float]) -> float | None:
    known = list(values)
    return math.fsum(known) / len(known) if known else None
