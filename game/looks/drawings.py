"""Pictures told by what they show. Whoever makes pixels of one draws it first: the worker.

Drawing a person takes twenty milliseconds, more than a frame may, so the window's process only
says what is wanted. These values name the picture wherever it is kept, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from game.figures.portrait_expression import Expression, Gaze, Lids, Posture
from game.figures.setting_kinds import HEAD

if TYPE_CHECKING:
    from game.figures.setting import Layers

SIDE = 400.0  # px of a person's picture, which is square; rendered in any size
_SMALL_SIDE = 0.86  # of the height of a place: the picture of somebody who sits in it
_FACE = 0.415  # of the picture of a person: the middle of the face


class Drawing(Protocol):
    """A picture that can be drawn; equal ones look the same. It holds no words to be read."""

    @property
    def aspect(self) -> float:
        """Width over height."""

    def svg(self) -> str:
        """It drawn, as SVG."""

    def __hash__(self) -> int: ...


Source = str | Drawing  # a picture as SVG, or by what it shows


def svg_of(source: Source) -> str:
    """The SVG of a picture."""
    return source if isinstance(source, str) else source.svg()


def warm() -> None:
    """Have everything ready that draws."""
    from game.figures import portrait, portrait_people, setting  # noqa: F401


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a scenario describes them, by the keys of its `portrait:`, and how they look."""

    id: str
    words: tuple[tuple[str, str | int | bool], ...]
    pronoun: str = "they"
    expression: Expression = Expression.NEUTRAL
    posture: Posture = Posture.UPRIGHT
    gaze: Gaze | None = None


@dataclass(frozen=True, slots=True)
class PersonLayer:
    """The body of a person or the hands, which lie on the table; `shut` for a blink's eyes."""

    person: Person
    hands: bool = False
    shut: bool = False

    @property
    def aspect(self) -> float:
        return 1.0

    def svg(self) -> str:
        return person_svgs(self.person, self.shut)[self.hands]


@dataclass(frozen=True, slots=True)
class Place:
    """A place at an hour, in px; the same `seed` has the same things in it."""

    kind: str
    hour: float
    width: float
    height: float
    seed: int = 0


@dataclass(frozen=True, slots=True)
class PlaceLayer:
    """What is behind the people at a place, or in front of them: the table."""

    place: Place
    front: bool = False

    @property
    def aspect(self) -> float:
        return self.place.width / self.place.height

    def svg(self) -> str:
        layers = _place(self.place)
        return layers.front if self.front else layers.back


@dataclass(frozen=True, slots=True)
class Visit:
    """A look into a place: who sits there, each at a share of its width, or nobody."""

    place: Place
    people: tuple[tuple[Person, float], ...] = ()

    @property
    def aspect(self) -> float:
        return self.place.width / self.place.height

    def svg(self) -> str:
        layers, wide, high = _place(self.place), self.place.width, self.place.height
        drawn = "".join(_seated(person, wide * x, high) for person, x in self.people)
        return layers.back.removesuffix("</svg>") + drawn + layers.front + "</svg>"


@lru_cache(maxsize=8)
def _place(place: Place) -> Layers:
    from game.figures.setting import setting_layers

    return setting_layers(place.kind, place.hour, place.width, place.height, place.seed)


@lru_cache(maxsize=24)
def person_svgs(person: Person, shut: bool = False) -> tuple[str, str]:
    """Body and hands, each a square SVG; the room's table comes between the two."""
    return _whole(_layers(person, shut))


def blinking_svgs(person: Person, name: str) -> tuple[str, str]:
    """The same with eyes that are open and, seen by nobody yet, shut: in groups of the classes
    `open NAME` and `shut NAME`, for a style that lets them blink."""
    drawn = _layers(person, False)
    shut = _layers(person, True, ("eyes",))["eyes"]
    drawn["eyes"] = (
        f'<g class="open {name}">{drawn["eyes"]}</g><g class="shut {name}" opacity="0">{shut}</g>'
    )
    return _whole(drawn)


def _layers(person: Person, shut: bool, only: tuple[str, ...] = ()) -> dict[str, str]:
    """The layers of a picture, all of them without `only`."""
    from game.figures.portrait import LAYERS, layers
    from game.figures.portrait_people import face_in

    face = face_in(person.id, pronoun=person.pronoun, **dict(person.words))  # type: ignore[arg-type]
    return layers(
        face, person.expression, SIDE, SIDE, posture=person.posture,
        lids=Lids.CLOSED if shut else Lids.OPEN, gaze=person.gaze, only=only or LAYERS,
    )  # fmt: skip


def _whole(drawn: dict[str, str]) -> tuple[str, str]:
    hands = drawn.pop("hands")
    first, *others = drawn.values()
    return first.removesuffix("</svg>") + "".join(others) + "</svg>", hands


def _seated(person: Person, x: float, height: float) -> str:
    """Head and shoulders, the head at `HEAD` of the height of a place, `x` px from its left."""
    body, hands = person_svgs(person)
    side = _SMALL_SIDE * height
    left, top = x - side / 2, HEAD * height - _FACE * side
    place = f'<svg x="{left:.1f}" y="{top:.1f}" width="{side:.1f}" height="{side:.1f}" '
    whole = body.removesuffix("</svg>") + hands + "</svg>"
    return f'{place}viewBox="0 0 {SIDE:g} {SIDE:g}">{whole}</svg>'
