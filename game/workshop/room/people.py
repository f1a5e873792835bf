"""Who is in a room and where they sit."""

from __future__ import annotations

from dataclasses import dataclass, field

# Trees, for seats: short, unlike each other, and nobody's name.
SEAT_NAMES = (
    "Oak", "Pine", "Elm", "Ash", "Birch", "Cedar", "Maple", "Willow", "Beech", "Alder", "Hazel",
    "Larch", "Rowan", "Poplar", "Linden", "Spruce", "Cherry", "Walnut", "Juniper", "Olive",
)  # fmt: skip


def seat_name(number: int) -> str:
    """The name of the n-th seat: Oak, … , Oak 2."""
    name = SEAT_NAMES[(number - 1) % len(SEAT_NAMES)]
    again = (number - 1) // len(SEAT_NAMES)
    return name if not again else f"{name} {again + 1}"


@dataclass(slots=True)
class Person:
    """Somebody who has joined. `name` is as given, or "" once it was to be forgotten."""

    id: str
    name: str
    seat: str  # where they play, or the one they look on at; "" for none yet
    observes: bool = False
    hidden: bool = False  # the name is not shown to others
    removed: bool = False
    joined: float = 0.0  # seconds since 1970
    lang: str = ""

    @property
    def called(self) -> str:
        """The name that others may read; "" where it is hidden, or its owner was taken out."""
        return "" if self.hidden or self.removed else self.name


@dataclass(slots=True)
class Seat:
    """One person or a team; in a round at one table, everybody."""

    id: str
    name: str
    tables: list[str] = field(default_factory=list)  # as they are played, one after another
    since: int = 0  # the first of them that belongs to the game of now
