"""The decisions of an engagement: where it stood before each, and what could be believed."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from game.core.arithmetic import Ints
from game.core.chance import Chance, Keys, keys_of, mixed_keys
from game.core.legal import legal_mask
from game.core.rules import Rules
from game.core.start import initial_state
from game.core.state import FIELDS, State, rows
from game.core.step import Record, step
from game.core.view import view_for
from game.core.vocabulary import Phase
from game.policies.belief import Belief, prior
from game.policies.scripted import Memory
from game.policies.worth import Decisions, Weigher
from game.session.game import Game
from game.session.hand import legal_base, shortlist
from game.session.moments import Truth
from game.session.seating import Settings, seated

PARTICLES = 4096
_SALT = 0x5EA7
_VAGUE = 0.32  # sd of a belief about somebody who was drawn blind


@dataclass(frozen=True, slots=True)
class Position:
    """One moment before a move; `truth` is None where the game stands still unfinished."""

    truth: Truth | None
    state: State  # the real one, one row
    after: State | None
    record: Record | None  # of the real step, with its causes
    candidates: tuple[int, ...]
    drawn: State  # a sample of what it may have been, one row each
    d_mean: NDArray[np.float32]  # (B,) what an ideal observer would say then
    d_sd: NDArray[np.float32]
    effective: float  # number of possible buyers that the sample stands for
    name: Hashable = None  # of all that the decision follows from, for a shelf


@dataclass(frozen=True, slots=True)
class Positions:
    """All decisions, with one column of the strong seller's memory for each."""

    all: tuple[Position, ...]
    memory: Memory
    salts: Keys

    def asked(self, which: Sequence[int], sample: int, face_up: bool = False) -> Decisions:
        """The chosen decisions, ready to be weighed; `face_up`: with the real buyers."""
        chosen = [self.all[k] for k in which]
        states = [p.state if face_up else p.drawn for p in chosen]
        played = [() if p.truth is None else (p.truth.turn.action,) for p in chosen]
        return Decisions(
            state=joined(states),
            sample=1 if face_up else sample,
            memory=self.memory.rows(np.array(which)),
            candidates=[p.candidates for p in chosen],
            kept=played,
            salts=self.salts[np.array(which)],
            names=() if face_up else [p.name for p in chosen],
        )


def positions(game: Game, weigher: Weigher, sample: int) -> Positions:
    """Every decision of the line that the game stands on, the open one at its head included."""
    return _positions(game, weigher, sample, PARTICLES, range(len(game.line()) + 1))


def last_position(game: Game, weigher: Weigher, sample: int, particles: int) -> Positions:
    """Only the decision before the last move."""
    return position_of(game, weigher, sample, len(game.line()) - 1, particles)


def position_of(
    game: Game, weigher: Weigher, sample: int, number: int, particles: int = PARTICLES
) -> Positions:
    """Only the decision before move `number` of the line, from 0."""
    return _positions(game, weigher, sample, particles, range(number, number + 1))


def _positions(
    game: Game, weigher: Weigher, sample: int, particles: int, wanted: range
) -> Positions:
    rules = game.rules
    believed = believed_rules(game)
    salt = mixed_keys(keys_of(game.seed, 1), _SALT)
    belief = prior(believed, salt, particles)
    state = initial_state(rules, keys_of(game.seed, 1))
    memory = weigher.script.start(1)
    found: list[Position] = []
    columns: list[Memory] = []
    path = sha256(repr((rules.digest, game.seed, game.settings, particles, sample)).encode())
    for number, truth in enumerate(game.line()):
        happened = truth.record
        action = np.array([truth.turn.action], np.int32)
        weigher.script.renew(memory, state.deal)
        after, record = step(
            rules, state, action, Chance.mean(1, rules.n_buyers), happened.event,
            happened.seen, explain=True,
        )  # fmt: skip
        if number in wanted:
            columns.append(memory.rows(np.zeros(1, np.intp)))
            found.append(
                _position(rules, truth, state, after, record, belief, sample, path.digest())
            )
        if number == wanted[-1]:
            break
        weigher.note(memory, action)
        belief = belief.after(
            believed, action, happened.seen, view_for(rules, after), happened.event
        )
        path.update(_trail(truth))
        state = after
    if len(game.line()) in wanted and state.phase[0] != Phase.ENDED:
        weigher.script.renew(memory, state.deal)
        columns.append(memory.rows(np.zeros(1, np.intp)))
        found.append(_position(rules, None, state, None, None, belief, sample, path.digest()))
    # one chance for all decisions: what the turns differ in is then less of it
    return Positions(tuple(found), _side_by_side(columns), np.repeat(salt, len(found)))


def believed_rules(game: Game) -> Rules:
    """The rules as a trainee may take them: of people drawn blind nothing is known at first."""
    if not game.settings.blind:
        return game.rules
    people = game.rules.buyers
    middle = np.full(people.d_mean.shape, 0.5, np.float32)
    vague = np.full(people.d_mean.shape, _VAGUE, np.float32)
    open_rules = seated(game.rules, game.seed, Settings())
    return replace(open_rules, buyers=replace(people, d_mean=middle, d_sd=vague))


def _position(
    rules: Rules, truth: Truth | None, state: State, after: State | None, record: Record | None,
    belief: Belief, sample: int, name: Hashable,
) -> Position:  # fmt: skip
    legal = legal_base(rules, legal_mask(rules, state)[:, 0])
    packages = shortlist(rules, view_for(rules, state)) if _may_propose(rules, legal) else []
    base = [p + rules.base_actions for p in packages]
    played = [] if truth is None else [truth.turn.action]
    weights = belief.weights()[0]
    d = belief.state.d.astype(np.float64)
    mean = (d * weights).sum(axis=1)
    spread = np.sqrt(np.maximum((d * d * weights).sum(axis=1) - mean * mean, 0.0))
    return Position(
        truth=truth,
        state=state,
        after=after,
        record=record,
        candidates=tuple(sorted({*legal, *base, *played})),
        drawn=rows(belief.state, belief.drawn(sample)[0]),
        d_mean=mean.astype(np.float32),
        d_sd=spread.astype(np.float32),
        effective=float(belief.effective()[0]),
        name=name,
    )


def _trail(truth: Truth) -> bytes:
    """What a turn was and what was seen of it: with those before it, all that a belief rests on."""
    seen = truth.record.seen
    parts = [np.asarray(getattr(seen, f.name)).tobytes() for f in fields(seen)]
    events = np.asarray(truth.record.event).tobytes()
    return b"|".join([str(truth.turn.action).encode(), events, *parts])


def _may_propose(rules: Rules, legal: Sequence[int]) -> bool:
    return rules.actions.index("propose") in legal


def joined(states: Sequence[State]) -> State:
    """Batches one after another."""
    if len(states) == 1:
        return states[0]
    return State(
        **{
            name: np.ascontiguousarray(np.concatenate([getattr(s, name) for s in states], axis=-1))
            for name in FIELDS
        }
    )


def _side_by_side(columns: Sequence[Memory]) -> Memory:
    deal: Ints = np.concatenate([m.deal for m in columns])
    return Memory(
        np.concatenate([m.left for m in columns], axis=1),
        np.concatenate([m.said for m in columns], axis=1),
        deal,
    )
