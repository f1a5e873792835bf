"""The seller's own path through the rings of a meeting, for the picture that grows as they talk."""

from __future__ import annotations

from collections.abc import Callable

from game.figures.spiral import FactDot, PrivateCircle, Spiral
from game.session.game import Game
from game.session.table import Stand, path
from game.session.words import ui
from game.session.writing import inside, listed

_RINGS = ("terms", "problem", "company", "personal")  # from the deal outward
Say = Callable[..., str]


def path_of(game: Game, at: Stand, say: Say, told: bool = True) -> Spiral:
    """The path of this meeting; `told` False leaves out what the last answer told.

    `say` gives the face's own words for path_title, path_empty and path_desc.
    """
    radii = tuple(path(game))
    rings = listed(inside(ui(f"ring_{_RINGS[round(r)]}")) for r in radii)
    desc = say("path_desc", value=rings) if radii else say("path_empty")
    return Spiral(
        say("path_title"), desc, radii, private=_circle(game, at),
        facts=_facts(game, at, told), ring_names=rings_named(),
    )  # fmt: skip


def rings_named() -> tuple[str, ...]:
    """The rings' names as they stand in a picture, from the deal outward."""
    return tuple(inside(ui(f"ring_{ring}")) for ring in _RINGS)


def _circle(game: Game, at: Stand) -> PrivateCircle | None:
    """In guided play: trust as it is, and the private space as the seller takes it to be."""
    if len(at.trust) != 1:
        return None
    ((trust, _),) = at.trust.values()
    return PrivateCircle(float(game.number("diffuseness")), min(1.0, max(0.0, trust)))


def _facts(game: Game, at: Stand, told: bool) -> tuple[FactDot, ...]:
    """Facts that were told, where they were told."""
    turns = game.turns if told else game.turns[:-1]
    here = [turn for turn in turns if turn.number and turn.meeting == at.meeting]
    places = {turn.fact: i for i, turn in enumerate(here) if turn.fact}
    facts = game.scenario.facts
    return tuple(
        FactDot(game.words.name(facts[id].about), facts[id].depth == "private", True,
                places.get(id))
        for id in dict.fromkeys(turn.fact for turn in turns if turn.fact)
    )  # fmt: skip
