"""How a session is run, and where it stands: the words of its plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["parallel", "round", "pairs"]
MODES: tuple[Mode, ...] = ("parallel", "round", "pairs")
Stage = Literal["lobby", "playing", "debrief", "over"]
LAYERS = ("trust", "thoughts", "circles", "position")
STYLES = ("steady", "rapport", "direct", "checklist")  # shipped policies that may play for a room
SHORT = 5  # turns that a room decides itself in the short form


@dataclass(slots=True)
class Plan:
    """How a session is run; set before it starts."""

    mode: Mode = "parallel"
    seed: int = 1
    help: str = "plain"
    together: bool = False  # everybody waits for everybody after each turn
    teams: int = 1  # people a seat
    phones: bool = True  # without them the host counts hands
    short: int = 0  # turns the room decides itself, the rest is played for it; 0: all
    style: str = STYLES[0]  # the house style that plays the rest
    leaderboard: bool = False
    seconds: int = 0  # for every vote or turn, by the server's clock; 0: no timer
    places: tuple[int, ...] = ()  # of the scenarios that are played; (): from the first on
