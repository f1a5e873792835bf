"""Batches in words: the same texts that a game of the same seed would show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.rules import Rules
from game.core.state import State
from game.core.step import Record
from game.core.vocabulary import Phase
from game.scenario.load import Loaded
from game.session.happening import Happening, happenings, sat_down
from game.session.lines import Heard
from game.session.wording import Shown, TurnWords, Wording
from game.session.words import Occasion, Words

Watch = Callable[[NDArray[np.intp], State, Record, State], None]


@dataclass(slots=True)
class Told:
    """The words of one engagement. `meetings` holds lists of everything shown, in order."""

    meetings: list[list[Shown]] = field(default_factory=lambda: [[]])
    thoughts: list[Shown] = field(default_factory=list)
    silent: int = 0  # turns at the table without a word from the buyer
    unseen: int = 0  # turns at the table without a notice of the addressee
    turns: int = 0


class Scribe:
    """Watches a batch being played and keeps each row's words."""

    def __init__(self, loaded: Loaded, rules: Rules) -> None:
        self.rules = rules
        self.words = Words(loaded, rules)
        self.wording = Wording(loaded, rules, self.words)
        self._wait = rules.actions.index("wait")
        self.rows: dict[int, Told] = {}
        self._heard: dict[int, Heard] = {}

    def watch(self, index: NDArray[np.intp], before: State, record: Record, after: State) -> None:
        """One step of some rows; `index` are their numbers in the batch."""
        happened = happenings(self.rules, before, record, after)
        for row, h in zip(index.tolist(), happened, strict=True):
            if h.phase_before == Phase.ENDED:
                continue
            if row not in self.rows:
                self.rows[row], self._heard[row] = Told(), Heard()
                if h.phase_before == Phase.TABLE:
                    self._arrive(row, h, h.meeting_before, h.states_before)
            self._turn(row, h)
            if sat_down(h):
                self._arrive(row, h, h.meeting_after, h.states_after)

    def _turn(self, row: int, h: Happening) -> None:
        told, heard = self.rows[row], self._heard[row]
        shown = told.meetings[-1]
        values = self.wording.own_values(h.action, h.offer, h.asked_demand, h.who)
        away = h.phase_before in (Phase.PREPARE, Phase.BETWEEN) and h.action == self._wait
        own = None if away else self.words.own_line(h.action, self._occasion(h), heard, values)
        if own is not None:
            heard.add(own[0])
            shown.append(Shown("", *own))
        words: TurnWords = self.wording.turn(h, heard)
        shown.extend(words.notices)
        shown.extend(words.said)
        if words.thought is not None:
            told.thoughts.append(words.thought)
        if h.phase_before in (Phase.TABLE, Phase.AFTER):
            told.turns += 1
            told.silent += not words.said
            told.unseen += not words.notices

    def _arrive(self, row: int, h: Happening, meeting: int, states: tuple[int, ...]) -> None:
        heard = self._heard[row]
        heard.meeting.clear()
        said = self.wording.arrival(h.key, meeting, states, h.d, heard)
        self.rows[row].meetings.append(list(said))

    def _occasion(self, h: Happening) -> Occasion:
        turns = self.rules.calendar.turns
        limit = int(turns[min(h.meeting_before, len(turns) - 1)])
        signed = h.phase_before == Phase.AFTER
        return Occasion(h.key, h.ply, h.turn, limit, h.guess, signed)


def meeting_texts(loaded: Loaded, rules: Rules, run: Callable[[Watch], Any]) -> dict[int, Told]:
    """Row number -> its words, of whatever batch `run` plays while calling the watcher.

    `run` is, for instance, ``lambda watch: play(rules, seller, keys_of(1, 200), watch)``.
    """
    scribe = Scribe(loaded, rules)
    run(scribe.watch)
    return scribe.rows
