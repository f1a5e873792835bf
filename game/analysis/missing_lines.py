"""The lines that a buyer misses most: what to write so that what is heard is his own.

A line is never said twice in a meeting, and rarely twice in a game, so the second time that a
common line stands in within a game needs a second line. That is how they are counted and ranked.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.analysis.coverage import Reach
from game.analysis.hearing import Gap


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line to be written."""

    gap: Gap
    number: int  # the how-manieth of its kind, from 1
    heard: int  # times that a common line stood in for it
    share: float  # of what is heard that is his own, once this line and those before are written


@dataclass(frozen=True, slots=True)
class Words:
    """How much of what is heard of one buyer is his own, and what to write, best first."""

    buyer: str
    heard: int  # lines and notices in all games
    own: float  # share of them
    wanted: tuple[Wanted, ...]

    def enough(self, share: float) -> tuple[Wanted, ...]:
        """The first lines that make so much of what is heard his own."""
        if self.own >= share:
            return ()
        for count, one in enumerate(self.wanted, start=1):
            if one.share >= share:
                return self.wanted[:count]
        return self.wanted


def missing_lines(found: Reach, buyer: str) -> Words:
    """What a buyer says in his own words, and what he borrows."""
    gaps = {key: times for key, times in found.gaps.items() if key[0].buyer == buyer}
    own = found.own[buyer]
    heard = own + sum(gaps.values())
    wanted, reached = [], own
    ranked = sorted(gaps.items(), key=lambda one: (-one[1], one[0][0], one[0][1]))
    for (gap, number), times in ranked:
        reached += times
        wanted.append(Wanted(gap, number, times, reached / heard))
    return Words(buyer, heard, own / heard if heard else 1.0, tuple(wanted))
