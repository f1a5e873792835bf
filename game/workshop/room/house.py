"""The house plays: in the short form a room decides a few moves itself, a named seller the rest.

Which moves those are is decided before the start, on the game that the house would play with the
session's seed: the ones where the moves in hand differ most in worth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from game.core.chance import Chance, keys_of
from game.core.legal import Flags
from game.core.rules import Rules
from game.core.start import initial_state
from game.core.state import State
from game.core.step import step
from game.core.view import view_for
from game.core.vocabulary import Phase
from game.policies.heed import Heed
from game.policies.notation import parse_policy
from game.policies.run import MOST_STEPS
from game.policies.scripted import Scripted
from game.policies.shelf import shipped_policies, strong_script
from game.policies.worth import Stage, Weigher, Worths
from game.review.positions import Positions, position_of, positions
from game.session.game import Game
from game.session.notation import format_action, parse_action
from game.session.seating import Settings
from game.workshop.room.log import Draft
from game.workshop.room.tables import Desk, Table

_SAMPLE = 64  # buyers that it may be, for every move that is weighed
_SPREAD = (Stage(128),)
_BEST = (Stage(32), Stage(256, 4))
Done = Iterable[tuple[str, str]]  # ("action" or "event", its text)


class _Line:
    """A game played on without words, with the memory of the seller who goes on with it."""

    def __init__(self, rules: Rules, events: Sequence[str], seed: int, style: str) -> None:
        self.rules, self.events, self.seed = rules, list(events), seed
        self.script = Scripted(rules, parse_policy(style, shipped_policies()))
        self.memory = self.script.start(1)
        self.state: State = initial_state(rules, keys_of(seed, 1))
        self._heed = Heed(self.script)
        self._event = -1

    @property
    def ended(self) -> bool:
        return int(self.state.phase[0]) == Phase.ENDED

    def follow(self, done: Done) -> None:
        """What was done at the table, whoever did it."""
        for kind, text in done:
            if kind == "event":
                self._event = self.events.index(text)
            else:
                self.script.renew(self.memory, self.state.deal)
                action = parse_action(self.rules, text)
                self._heed.note(self.memory, np.array([action], np.int32))
                self._step(action)

    def play(self) -> str:
        """The house's next move, done."""
        view, flags = view_for(self.rules, self.state), Flags(self.rules, self.state)
        action = int(self.script.act(view, flags, self.memory, None)[0])
        self._step(action)
        return format_action(self.rules, action)

    def _step(self, action: int) -> None:
        chance = Chance.for_step(
            keys_of(self.seed, 1), self.state.ply.astype(np.int16), self.rules.n_buyers
        )
        event = None if self._event < 0 else np.array([self._event], np.int8)
        self._event = -1
        self.state, _ = step(self.rules, self.state, np.array([action], np.int32), chance, event)


def played_on(
    table: Table, more: Sequence[str], style: str, ours: Callable[[int], bool]
) -> list[str]:
    """What the house plays after `more` was played at a table: until the next move of a number
    that is `ours`, or to the end of the game."""
    kit = table.desk.kit(table.seed, Settings())
    line = _Line(kit.rules, list(table.desk.scenario.events), table.seed, style)
    line.follow([*table.done, *(("action", text) for text in more)])
    ply = table.ply + len(more)
    found: list[str] = []
    while not line.ended and not ours(ply + len(found)) and len(found) < MOST_STEPS:
        found.append(line.play())
    return found


def moves(table: str, ply: int, actions: Sequence[str]) -> list[Draft]:
    """Moves of the house at a table, from this number on."""
    return [
        Draft(
            "move", {"table": table, "ply": at, "action": action, "house": True},
            f"move:{table}:{at}",
        )
        for at, action in enumerate(actions, ply)
    ]  # fmt: skip


def turning_points(desk: Desk, seed: int, style: str, count: int) -> tuple[int, ...]:
    """The `count` moves, from 0, with the widest spread of worth in hand, where the house plays.

    Only moves at a table count. The spread is between the best and the worst move of the hand, each
    weighed over the same possible buyers with the strong seller playing on.
    """
    table = Table("", "", desk, seed, "plain")
    game = Game.of(desk.kit(seed, Settings()))
    hands: list[list[int]] = []
    for text in played_on(table, (), style, lambda _: False):
        hands.append(game.hand() if game.phase is Phase.TABLE else [])
        game.play(text)
    weigher = Weigher(game.rules, strong_script(game.rules))
    places = [k for k, hand in enumerate(hands) if len(hand) > 1]
    found = positions(game, weigher, _SAMPLE)
    weighed = _weighed(weigher, found, places, [hands[k] for k in places], _SPREAD)
    spread = {k: _spread(one, hands[k]) for k, one in zip(places, weighed, strict=True)}
    widest = sorted(places, key=lambda k: (-spread[k], k))[:count]
    return tuple(sorted(widest))


def losses_of(desk: Desk, seed: int, done: Done, options: Sequence[str]) -> dict[str, float]:
    """What each option costs against the best of them, in points, after what was done."""
    game = Game.of(desk.kit(seed, Settings()))
    for kind, text in done:
        if kind == "event":
            game.event(text)
        else:
            game.play(text)
    weigher = Weigher(game.rules, strong_script(game.rules))
    actions = [game.parse(text) for text in options]
    found = position_of(game, weigher, _SAMPLE, len(game.line()))
    (table,) = _weighed(weigher, found, [0], [actions], _BEST)
    worth = {
        text: float(table.worth[table.at(a)]) for text, a in zip(options, actions, strict=True)
    }
    return {text: max(worth.values()) - value for text, value in worth.items()}


def _weighed(
    weigher: Weigher, found: Positions, places: Sequence[int], hands: Sequence[Sequence[int]],
    stages: Sequence[Stage],
) -> list[Worths]:  # fmt: skip
    if not places:
        return []
    asked = replace(found.asked(places, _SAMPLE), candidates=hands, kept=[()] * len(places))
    *_, tables = weigher.weigh(asked, stages)
    return tables


def _spread(table: Worths, hand: Sequence[int]) -> float:
    worth = [float(table.worth[table.at(action)]) for action in hand]
    return max(worth) - min(worth)
