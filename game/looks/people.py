"""How the people at the table look, from what could be noticed of them."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from game.core.vocabulary import Reaction
from game.figures.portrait_expression import Expression, Gaze, Posture
from game.figures.portrait_mood import Mood, heard, mood
from game.looks.drawings import Person
from game.scenario.data import load_common
from game.scenario.model import Portrait
from game.scenario.model_voice import Notice, VoiceModel
from game.session.game import Game
from game.session.table import Line, stand
from game.session.wording import Shown

Trust = Mapping[str, tuple[float, str]]  # guided play: buyer -> trust, trust state
_NAMES = {reaction.name.lower() for reaction in Reaction}
_GUARDED = {"wary", "fair_game"}


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody looks; without a `gaze` the eyes do as the expression has them."""

    expression: Expression = Expression.NEUTRAL
    posture: Posture = Posture.UPRIGHT
    gaze: Gaze | None = None

    @property
    def mood(self) -> Mood:
        return self.expression, self.posture


@dataclass(frozen=True, slots=True)
class Sitter:
    """A person at the table."""

    id: str
    name: str
    role: str
    portrait: Portrait
    look: Look = Look()
    pronoun: str = "they"

    @property
    def drawn(self) -> Person:
        """How they look, for their picture."""
        words, look = tuple(self.portrait.model_dump().items()), self.look
        return Person(self.id, words, self.pronoun, look.expression, look.posture, look.gaze)


@dataclass(frozen=True, slots=True)
class _Learned:
    """What the lines of some voices tell of faces, by their ids."""

    reactions: dict[str, str]
    notices: dict[str, Notice]
    tones: dict[str, frozenset[str]]


# Two hundred games of one room share their voices; each is kept beside what was learned of it, so
# that its number is no other's.
_KNOWN: OrderedDict[tuple[int, ...], tuple[tuple[VoiceModel, ...], _Learned]] = OrderedDict()
_MOST_KNOWN = 12


def _learned(voices: tuple[VoiceModel, ...]) -> _Learned:
    key = tuple(map(id, voices))
    if key not in _KNOWN:
        made = _Learned({}, {}, {})
        for voice in voices:
            for name, seen in voice.notices.items():
                made.reactions[f"{voice.voice}.notice.{name}"] = seen.on
                made.notices[f"{voice.voice}.notice.{name}"] = seen
            for name, said in voice.says.items():
                made.tones[f"{voice.voice}.say.{name}"] = frozenset(said.in_)
        _KNOWN[key] = voices, made
        while len(_KNOWN) > _MOST_KNOWN:
            _KNOWN.popitem(last=False)
    return _KNOWN[key][1]


class Looks:
    """Reads looks from the notices and the words of one game."""

    def __init__(self, game: Game) -> None:
        self.game = game
        loaded = game.loaded
        voices = [v for v in (*loaded.voices.values(), loaded.common_voice) if v is not None]
        known = _learned(tuple(voices))
        self._reactions, self._notices, self._tones = known.reactions, known.notices, known.tones

    def shown(self, line: Line) -> Shown | None:
        """What a line of the talk shows, with its id; None for words of no voice."""
        turns = self.game.turns
        opened = self.game.first if line.turn == 0 else None
        found: list[Shown] = [] if opened is None else [*opened.said]
        if 0 < line.turn <= len(turns):
            turn = turns[line.turn - 1]
            found += [*turn.notices, *turn.said, *(turn.opening.said if turn.opening else ())]
        return next((s for s in found if s.text == line.text and s.buyer == line.speaker), None)

    def reaction(self, shown: Shown) -> str:
        """The reaction that a notice tells of, by its name in the voices; "" for other words."""
        return self._reactions.get(shown.id, "")

    def noticed(self, shown: Shown, trust: Trust | None = None) -> Look:
        """The look that a notice describes; in guided play the state of trust colours it."""
        reaction = self._reactions.get(shown.id)
        known = stand(self.game).trust if trust is None else trust
        state = known.get(shown.buyer, (0.0, None))[1]
        notice = self._notices.get(shown.id)
        gaze = notice.gaze if notice is not None else None
        eyes = Gaze(gaze) if gaze else gaze_of(shown.source or shown.text)
        return Look(*mood(reaction if reaction in _NAMES else None, state), eyes)

    def speaking(self, shown: Shown, look: Look) -> Look:
        """The look with which something is said: polite, guarded words close the face.

        Whoever speaks looks at you, unless it has just cost him something to.
        """
        tones = self._tones.get(shown.id, frozenset())
        polite = "fair_game" in tones and tones <= _GUARDED
        hard = look.expression in (Expression.COOL, Expression.HURT)
        return Look(*heard(polite, look.mood), look.gaze if hard else Gaze.YOU)

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
        trust = stand(game).trust
        for one in shown:
            if one.buyer in looks:
                seen = one.id in self._reactions
                look = looks[one.buyer]
                looks[one.buyer] = self.noticed(one, trust) if seen else self.speaking(one, look)
        return looks

    def sitters(self) -> tuple[Sitter, ...]:
        """Everybody at this table as they look now."""
        looks, buyers = self.now(), self.game.scenario.buyers
        return tuple(
            Sitter(
                id, buyers[id].name, buyers[id].role, buyers[id].portrait, look, buyers[id].pronoun
            )
            for id, look in looks.items()
        )


@cache
def _patterns() -> dict[str, str]:
    found: dict[str, str] = load_common("gaze.yaml")["gaze"]
    return found


@cache
def _eyes(where: Gaze) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_patterns()[where.value]})\b", re.IGNORECASE)


def gaze_of(notice: str) -> Gaze | None:
    """Where the eyes go in a notice: the first place that its English words name."""
    found = {where: _eyes(where).search(notice) for where in Gaze}
    places = {where: match.start() for where, match in found.items() if match is not None}
    return min(places, key=lambda where: places[where]) if places else None
