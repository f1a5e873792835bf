"""What a game shows and keeps of each moment."""

from __future__ import annotations

from dataclasses import dataclass

from game.core.step import Record
from game.session.happening import Happening
from game.session.wording import Shown


class GameError(ValueError):
    """Something that cannot be done now; the message says why, in words for the player."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A meeting begins."""

    meeting: int  # from 1
    place: str
    notice: str
    said: tuple[Shown, ...]
    gap_days: int  # since the meeting before
    source: str = ""  # the notice in its author's words


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing done, and everything that could be seen of its answer."""

    entry: str
    action: int
    text: str  # notation
    label: str
    meeting: int  # from 1
    number: int  # turn of the meeting, from 1; 0 away from the table
    own: str  # what you said, "" when every wording of the move was spent
    event: str  # what you noticed of an event, "" without one
    notices: tuple[Shown, ...]
    said: tuple[Shown, ...]
    fact: str  # id of a fact that was told
    hint: tuple[str, str]  # (words, need's label) of words that point to a need, or ("", "")
    offer: int  # the package you put up or signed, -1 none
    counter: int  # the buyer's own package, -1 none
    signed: int  # the package agreed on in this turn, -1 none
    contrary: bool  # an answer, a counter or a claim: something one may disagree with
    opening: Opening | None
    boss: tuple[str, ...]
    event_source: str = ""  # the event in its author's words


@dataclass(frozen=True, slots=True)
class Truth:
    """What lay behind a turn; for the review, once the game is over."""

    turn: Turn
    record: Record
    happening: Happening
    thought: Shown | None
