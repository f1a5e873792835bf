"""Games in a room: what was done at each table, and the game that follows from it.

A game is only built when somebody looks at it or moves, so that a server which starts again with
two hundred tables answers at once. All games of one scenario share their rules and words.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import cached_property

from game.scenario import language
from game.scenario.load import Loaded, load_from_sources
from game.scenario.model import Scenario
from game.scenario.translated import in_language, language_of
from game.session.game import Game
from game.session.hand import HAND
from game.session.kit import Kit, kit_of, retold
from game.session.moments import Turn
from game.session.seating import HELP_LEVELS, Settings
from game.workshop.store import Source

HOUSE = "house"  # who moves where the room does not decide itself
_AWAY = 8  # games of tables that were put away which are at hand once they were looked at


class Desk:
    """One scenario of a session, read from its embedded texts when first needed."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._kits: dict[tuple[int, Settings], Kit] = {}
        self._told: dict[tuple[int, Settings, str], Kit] = {}
        self._shown_in: dict[str, str] = {}  # the language asked for -> the one there is
        self.away = OrderedDict[tuple[str, str, int], Game]()  # the last that were built for a look

    @cached_property
    def loaded(self) -> Loaded:
        """The scenario; raises ScenarioError if this program cannot play it."""
        return load_from_sources(self.source.sources, self.source.main)

    @cached_property
    def digest(self) -> str:
        """Of its texts, whatever they say: another text is another game."""
        texts = json.dumps([self.source.main, sorted(self.source.sources.items())])
        return hashlib.sha256(texts.encode()).hexdigest()

    @property
    def scenario(self) -> Scenario:
        return self.loaded.scenario

    @property
    def shown(self) -> Scenario:
        """The scenario in the language of whoever looks."""
        return in_language(self.loaded).scenario

    def kit(self, seed: int, settings: Settings) -> Kit:
        """Rules for a seed, and words in the current language, each built once."""
        tag = self.language
        found = self._told.get((seed, settings, tag))
        if found is None:
            known = self._kits.get((seed, settings))
            found = kit_of(self.loaded, seed, settings) if known is None else retold(known, tag)
            self._kits.setdefault((seed, settings), found)
            self._told[seed, settings, tag] = found
        return found

    @property
    def language(self) -> str:
        """The language in which the scenario is shown to whoever looks now."""
        tag = language.current()
        found = self._shown_in.get(tag)
        if found is None:
            found = self._shown_in[tag] = language_of(self.loaded)
        return found


@dataclass(slots=True)
class _Entry:
    kind: str  # action, read, event
    text: str
    by: str
    d: float = 0.0
    confidence: float = 0.0


@dataclass(slots=True)
class Table:
    """A game at a seat. Entries keep who did what; `ply` counts the moves made and names the next
    one, `made` those of people: the house may have played others. Tables of one scenario, seed and
    help that came the same `path` show the same.
    """

    id: str
    seat: str
    desk: Desk
    seed: int
    help: str
    shared: bool = False  # everybody's table: reads are each person's own, not the game's
    place: int = 0  # of the scenario in the session
    entries: list[_Entry] = field(default_factory=list)
    _games: dict[str, Game] = field(default_factory=dict)  # by the language of their words
    ply: int = field(init=False, default=0)
    made: int = field(init=False, default=0)
    path: tuple[tuple[object, ...], ...] = field(init=False, default=())
    _reads: dict[str, dict[str, tuple[float, float]]] = field(init=False, default_factory=dict)
    _away: bool = field(init=False, default=False)
    _ended: bool = field(init=False, default=False)  # its game had when it was put away

    def __post_init__(self) -> None:
        for entry in self.entries:
            self._count(entry)

    def _count(self, entry: _Entry) -> None:
        if entry.kind == "action":
            self.ply += 1
            self.made += entry.by != HOUSE
        if entry.kind == "read":
            self._reads.setdefault(entry.text, {})[entry.by] = entry.d, entry.confidence
        if entry.kind != "read" or not self.shared:
            step = entry.kind, entry.text, entry.d, entry.confidence, entry.by == HOUSE
            self.path += (step,)

    @property
    def movers(self) -> list[str]:
        """Who made each move."""
        return [entry.by for entry in self.entries if entry.kind == "action"]

    @property
    def meanwhile(self) -> list[Turn]:
        """What the house has played since people moved last, to be told on the pages."""
        movers = self.movers
        count = next((k for k, by in enumerate(reversed(movers)) if by != HOUSE), len(movers))
        return self.game.turns[len(movers) - count :]

    def options(self) -> list[int]:
        """What may be chosen here without looking further, as indices of actions.

        A room that votes has one hand of at most `HAND` moves for everybody, wait and part among
        them; a seat has its hand, and those beside it.
        """
        game = self.game
        if game.ended:
            return []
        if not self.shared:
            return game.hand()
        beside = [a for a in game.legal() if game.rules.actions[a] in ("wait", "part")]
        return [*game.hand(HAND - len(beside)), *beside]

    @property
    def game(self) -> Game:
        """The game as it stands, in the language of whoever looks."""
        tag = self.desk.language
        game = self._games.get(tag)
        if game is None and self._away:
            return self._looked_at(tag)
        if game is None:
            game = self._games[tag] = self._build()
        return game

    def _build(self) -> Game:
        level = next(name for name in HELP_LEVELS if name == self.help)
        game = Game.of(self.desk.kit(self.seed, Settings(level)))
        for entry in self.entries:
            self._do(game, entry)
        return game

    def _looked_at(self, tag: str) -> Game:
        """A game that was put away: an export looks at each of thousands for a moment."""
        shelf, at = self.desk.away, (self.id, tag, len(self.entries))
        game = shelf.get(at)
        if game is None:
            while len(shelf) >= _AWAY:
                shelf.popitem(last=False)
            game = shelf[at] = self._build()
        return game

    @property
    def built(self) -> bool:
        """Whether looking at the game costs nothing, for it was looked at before."""
        return self.desk.language in self._games

    @property
    def over(self) -> bool:
        """Whether the game is known to have ended, without building it for that."""
        return self._ended or (self.built and self.game.ended)

    def move(self, action: str, by: str) -> None:
        """An action, in the notation of decision 2, that was legal when it was written down."""
        self._add(_Entry("action", action, by))

    def read(self, by: str, buyer: str, d: float, confidence: float) -> None:
        """Where somebody at this table believes a buyer to stand, both in [0, 1]."""
        self._add(_Entry("read", buyer, by, d, confidence))

    def event(self, name: str) -> None:
        """A facilitator's event; it happens with the next move."""
        self._add(_Entry("event", name, "host"))

    def _add(self, entry: _Entry) -> None:
        self.entries.append(entry)
        self._count(entry)
        for game in self._games.values():
            self._do(game, entry)

    def _do(self, game: Game, entry: _Entry) -> None:
        if entry.kind == "action":
            game.play(entry.text)
        elif entry.kind == "event":
            game.event(entry.text)
        elif not self.shared:
            game.read(entry.d, entry.confidence, entry.text)

    def reads(self, buyer: str) -> dict[str, tuple[float, float]]:
        """The last read of each person: (d, confidence)."""
        return self._reads.get(buyer, {})

    def marks(self, person: str) -> tuple[tuple[str, tuple[float, float] | None], ...]:
        """The last reads of one person, by buyer."""
        return tuple((buyer, marked.get(person)) for buyer, marked in self._reads.items())

    @property
    def done(self) -> list[tuple[str, str]]:
        """Moves and events in their order, as (kind, text): "action" or "event"."""
        return [(e.kind, e.text) for e in self.entries if e.kind in ("action", "event")]

    def take_over(self, other: Table) -> None:
        """Use the games that another built, where the same was done at both."""
        if (other.entries, other.desk, other.seed) == (self.entries, self.desk, self.seed):
            self._games, self._ended = other._games, other._ended

    def before(self, ply: int) -> Table:
        """The table as it stood before a move, from 0: a copy, with a game of its own."""
        moves = [k for k, entry in enumerate(self.entries) if entry.kind == "action"]
        upto = moves[ply] if ply < len(moves) else len(self.entries)
        return replace(self, entries=self.entries[:upto], _games={})

    def put_away(self) -> None:
        """Its part of the session is past: keep what was done, and no game in memory."""
        self._away, self._ended = True, self.over
        self._games.clear()
