"""How the people at the table look, from what could be noticed of them; and their pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from game.desktop.words import say
from game.scenario.model import Portrait
from game.scenario.voice import VoiceModel
from game.session.game import Game
from game.session.table import Line
from game.session.wording import Shown

MOODS = ("closes", "cools", "still", "warms", "opens", "polite")
_LEANS = {"closes": -1.0, "cools": -0.5, "still": 0.0, "warms": 0.5, "opens": 1.0, "polite": -0.3}
_GUARDED = {"wary", "fair_game"}


@dataclass(frozen=True, slots=True)
class Look:
    """`mood` is one of MOODS; `gaze` is you, away or down."""

    mood: str = "still"
    gaze: str = "you"

    @property
    def lean(self) -> float:
        """-1 away from the table … 1 over it."""
        return _LEANS[self.mood]


@dataclass(frozen=True, slots=True)
class Sitter:
    """A person at the table."""

    id: str
    name: str
    role: str
    portrait: Portrait
    look: Look = Look()


class Looks:
    """Reads looks from the notices and the words of one game."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self._reactions: dict[str, str] = {}
        self._tones: dict[str, frozenset[str]] = {}
        voices = [*game.loaded.voices.values(), game.loaded.common_voice]
        for voice in voices:
            if voice is not None:
                self._learn(voice)

    def _learn(self, voice: VoiceModel) -> None:
        for key, seen in voice.notices.items():
            self._reactions[f"{voice.voice}.notice.{key}"] = seen.on
        for key, said in voice.says.items():
            self._tones[f"{voice.voice}.say.{key}"] = frozenset(said.in_)

    def shown(self, line: Line) -> Shown | None:
        """What a line of the talk shows, with its id; None for words of no voice."""
        turns = self.game.turns
        opened = self.game.first if line.turn == 0 else None
        found: list[Shown] = [] if opened is None else [*opened.said]
        if 0 < line.turn <= len(turns):
            turn = turns[line.turn - 1]
            found += [*turn.notices, *turn.said, *(turn.opening.said if turn.opening else ())]
        return next((s for s in found if s.text == line.text and s.buyer == line.speaker), None)

    def noticed(self, shown: Shown) -> Look:
        """The look that a notice describes."""
        mood = self._reactions.get(shown.id, "still")
        return Look(mood if mood in MOODS else "still", gaze_of(shown.text))

    def speaking(self, shown: Shown, look: Look) -> Look:
        """The look with which something is said: whoever speaks looks at you.

        Guarded words come with a polite, closed smile, unless the face has just told more.
        """
        tones = self._tones.get(shown.id, frozenset())
        if "fair_game" in tones and tones <= _GUARDED and look.mood in ("still", "warms"):
            return Look("polite")
        return Look(look.mood, look.gaze if look.mood in ("closes", "cools") else "you")

    def now(self) -> dict[str, Look]:
        """How everybody at this table looks after all that was shown at it."""
        game = self.game
        looks = {buyer: Look() for buyer in game.present}
        meeting = game.number("meeting")
        shown: list[Shown] = []
        opened = game.first
        for turn in game.turns:
            if turn.number and turn.meeting == meeting:
                shown += [*turn.notices, *turn.said]
            opened = turn.opening or opened
        if opened is not None and opened.meeting == meeting:
            shown = [*opened.said, *shown]
        for one in shown:
            if one.buyer in looks:
                seen = one.id in self._reactions
                look = looks[one.buyer]
                looks[one.buyer] = self.noticed(one) if seen else self.speaking(one, look)
        return looks

    def sitters(self) -> tuple[Sitter, ...]:
        """Everybody at this table as they look now."""
        looks, buyers = self.now(), self.game.scenario.buyers
        return tuple(
            Sitter(id, buyers[id].name, buyers[id].role, buyers[id].portrait, look)
            for id, look in looks.items()
        )


@cache
def _eyes(where: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{say(f'table.gaze.{where}')})\b", re.IGNORECASE)


def gaze_of(notice: str) -> str:
    """Where the eyes go in a notice: the first place that its words name."""
    found = {where: _eyes(where).search(notice) for where in ("you", "away", "down")}
    places = {where: match.start() for where, match in found.items() if match is not None}
    return min(places, key=lambda where: places[where]) if places else "you"


# --- their pictures -------------------------------------------------------------------------------

_SIDE = 400  # units of a person's picture, which is square


def sitter_svg(sitter: Sitter, shut: bool, hour: float) -> str:
    """A person as SVG, square and transparent around; `shut` for the eyes of a blink."""
    return _silhouette(sitter.portrait, sitter.look, shut)


_SKINS = {"light": "#E8B48F", "medium": "#CC9468", "dark": "#8A5A3C"}
_HAIRS = {"black": "#2B2A33", "grey": "#6A6A72", "brown": "#5A3B29", "white": "#D8D5CF"}


def _silhouette(portrait: Portrait, look: Look, shut: bool) -> str:
    skin = _SKINS.get(portrait.skin, "#CC9468")
    hair = _HAIRS.get(portrait.hair_colour, "#5A3B29")
    dx = {"you": 0.0, "away": 5.0, "down": 0.0}[look.gaze]
    dy = {"you": 0.0, "away": 0.0, "down": 4.0}[look.gaze]
    curve = {"closes": -7, "cools": -3, "still": 0, "warms": 6, "opens": 11, "polite": 4}[look.mood]
    brow = {"closes": 6, "cools": 3, "still": 0, "warms": -2, "opens": -5, "polite": 0}[look.mood]
    eyes = "".join(
        f'<path d="M{x - 9} 158h18" stroke="#23304A" stroke-width="4" stroke-linecap="round"/>'
        if shut
        else f'<circle cx="{x + dx}" cy="{158 + dy}" r="5.5" fill="#23304A"/>'
        for x in (174, 226)
    )
    brows = (
        f'<path d="M158 140l30 {brow}M242 140l-30 {brow}" stroke="{hair}" stroke-width="6" '
        'stroke-linecap="round"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE} {_SIDE}">'
        f'<path d="M70 400c6-90 50-120 92-132h76c42 12 86 42 92 132z" fill="#2D3B57"/>'
        f'<path d="M176 230h48v44l-24 22-24-22z" fill="{skin}"/>'
        f'<ellipse cx="200" cy="165" rx="58" ry="76" fill="{skin}"/>'
        f'<path d="M138 160c-6-60 30-84 62-84s70 22 62 84c-10-36-24-46-62-46s-52 12-62 46z" '
        f'fill="{hair}"/>{eyes}{brows}'
        f'<path d="M178 208q22 {curve} 44 0" fill="none" stroke="#8C3B3B" stroke-width="5" '
        'stroke-linecap="round"/></svg>'
    )
