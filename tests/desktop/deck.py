"""A device for sounds that writes down what it is asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from game.desktop.synth import Samples
from game.desktop.synth_rooms import room


@cache
def room_at_hand(name: str) -> Samples:
    """The sound of a place, made once for all tests that only enter it."""
    samples = room(name)
    samples.setflags(write=False)
    return samples


@dataclass
class Deck:
    """`played` holds (track, name, samples, volume, loop)."""

    played: list[tuple[str, str, int, float, bool]] = field(default_factory=list)
    levels: dict[str, float] = field(default_factory=dict)
    stopped: list[str] = field(default_factory=list)
    closed: bool = False

    def play(self, track: str, name: str, samples: Samples, volume: float, loop: bool) -> None:
        self.played.append((track, name, samples.shape[0], volume, loop))
        self.levels[track] = volume

    def level(self, track: str, volume: float) -> None:
        self.levels[track] = volume

    def stop(self, track: str) -> None:
        self.stopped.append(track)

    def close(self) -> None:
        self.closed = True

    def names(self, track: str) -> list[str]:
        """What was played on a track."""
        return [name for on, name, _, _, _ in self.played if on == track]
