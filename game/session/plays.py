"""Scripted playthroughs: the moves of a `plays:` entry, and the events that came of them.

An event is a word, with an argument where there is something to name: `told:bad_lot`, `counters`,
`asks_price`, `demand:training`, `state:trusted`, `agreement`. At a table of several a trust state
names its buyer too, `state:wary@kurian`; an author may leave the `@` part out. The events of a
play are listed in the order of the turns; those that an author expects must appear in his order,
with anything between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from game.core.arithmetic import Bools
from game.core.chance import Chance, keys_of
from game.core.legal import legal_mask
from game.core.outcome import Outcome, outcome
from game.core.rules import Rules
from game.core.start import initial_state
from game.core.step import step
from game.core.vocabulary import Answer, Ending, Initiative, Phase, Renewal, Response
from game.scenario.load import Loaded
from game.scenario.model import Play
from game.session.happening import Happening, happenings, present_at
from game.session.notation import ActionError, parse_action, parts_of


class PlayError(ValueError):
    """A play that cannot be played; `move` is the index of the move that could not be made.

    `could` are the moves that could have been made instead, as they are written; none where it was
    not understood. `preparing` is whether nobody has sat down yet.
    """

    def __init__(
        self, message: str, move: int, could: Sequence[str] = (), preparing: bool = False
    ) -> None:
        super().__init__(message)
        self.move = move
        self.could = tuple(could)
        self.preparing = preparing


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a play."""

    events: tuple[str, ...]
    ended: bool
    outcome: Outcome  # arrays of shape (1,); of the state it was left in where it has not ended


def events_of(rules: Rules, h: Happening, ending: int) -> Iterator[str]:
    """The events of one step; `ending` is the row's ending before it (Ending code)."""
    if h.exposed:
        yield "exposed"
    if h.fact >= 0:
        yield f"told:{rules.facts.ids[h.fact]}"
    elif h.answer in (Answer.EVADED, Answer.REFUSED):
        yield Answer(h.answer).name.lower()
    if h.response != Response.NONE:
        yield Response(h.response).name.lower()
    if h.signed:
        yield "signed"
    if h.initiative == Initiative.DEMAND:
        yield f"demand:{rules.demands[h.demand]}"
    elif h.initiative != Initiative.NONE:
        yield Initiative(h.initiative).name.lower()
    if h.hint >= 0:
        yield f"hint:{rules.needs_names[h.who][h.hint]}"
    for b, (was, now) in enumerate(zip(h.states_before, h.states_after, strict=True)):
        if was != now:
            name = f"state:{rules.machine.names[now]}"
            yield name if rules.n_buyers == 1 else f"{name}@{rules.buyers.names[b]}"
    if h.renewal != Renewal.NONE:
        yield Renewal(h.renewal).name.lower()
    if h.ending != ending:
        yield Ending(h.ending).name.lower()
    if h.meeting_after != h.meeting_before:
        yield f"meeting:{h.meeting_after + 1}"
    if h.phase_after == Phase.ENDED != h.phase_before:
        yield "ended"


def play_through(loaded: Loaded, play: Play) -> Played:
    """Play the moves in their scenario; raises :class:`PlayError` at one that is not legal."""
    rules = loaded.rules
    at_table = present_at(rules)
    state = initial_state(rules, keys_of(play.seed, 1))
    events: list[str] = []
    for number, text in enumerate(play.moves, start=1):
        here = at_table[min(int(state.meeting[0]), len(at_table) - 1)]
        try:
            action = parse_action(rules, text, [rules.buyers.names[b] for b in here])
        except ActionError as problem:
            raise PlayError(f"move {number}, “{text}”: {problem}", number - 1) from problem
        legal = legal_mask(rules, state)[:, 0]
        if not legal[action]:
            preparing = int(state.phase[0]) == Phase.PREPARE
            then = "while you still prepare" if preparing else f"then, {_after(events)}"
            raise PlayError(
                f"move {number}, “{text}”, cannot be made {then}",
                number - 1,
                _could(rules, legal, text),
                preparing,
            )
        chance = Chance.for_step(state.key, state.ply, rules.n_buyers)
        after, record = step(rules, state, np.array([action], np.int32), chance)
        [happened] = happenings(rules, state, record, after)
        events += events_of(rules, happened, int(state.ending[0]))
        state = after
    return Played(tuple(events), int(state.phase[0]) == Phase.ENDED, outcome(rules, state))


def missing(expected: Sequence[str], happened: Sequence[str]) -> str:
    """The first expected event that does not come in its turn; "" if all come in order."""
    found = unmet(expected, happened)
    return "" if found is None else expected[found[0]]


def unmet(expected: Sequence[str], happened: Sequence[str]) -> tuple[int, tuple[str, ...]] | None:
    """Index of the first expected event that does not come in its turn, and what came instead.

    None if all come in order. What came are the events after the last one that did come in turn.
    """
    at = 0
    for index, event in enumerate(expected):
        k = next((k for k in range(at, len(happened)) if _same(event, happened[k])), None)
        if k is None:
            return index, tuple(happened[at:])
        at = k + 1
    return None


def _same(expected: str, found: str) -> bool:
    word, _, _ = found.partition(":")
    bare, _, _ = found.partition("@")
    return expected in (found, bare) or (word == "demand" and expected == word)


def _after(events: Sequence[str]) -> str:
    return "after " + ", ".join(events[-6:]) if events else "before anything has happened"


def _could(rules: Rules, legal: Bools, text: str) -> list[str]:
    """The moves that are legal: those of the verb that was tried, else every verb once."""
    names = [name for name, may in zip(rules.actions, legal.tolist(), strict=False) if may]
    same = [name for name in names if parts_of(name).verb == parts_of(text).verb]
    return same or list(dict.fromkeys(parts_of(name).verb for name in names))
