"""Which actions may be taken: every action needs some flags of the row and forbids others.

Flags speak only of what the seller knows, so that legality leaks nothing hidden.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.core.arithmetic import Bools, constant
from game.core.rules import PREPARATIONS, STAGES, Rules
from game.core.state import State
from game.core.vocabulary import Initiative, Phase

Flag = Callable[[Rules, State], Bools]

_PREPARE, _TABLE, _AFTER, _BETWEEN, _ENDED = (constant(phase, np.int8) for phase in Phase)
_INVITES = constant(Initiative.INVITES, np.int8)


def _asked(initiative: Initiative) -> Flag:
    code = constant(initiative, np.int8)

    def flag(rules: Rules, s: State) -> Bools:
        out: Bools = s.asked == code
        return out

    return flag


def _prepared(index: int) -> Flag:
    return lambda rules, s: (s.prepared & (1 << index)) != 0


def _block(index: int) -> Flag:
    def flag(rules: Rules, s: State) -> Bools:
        out: Bools = (s.blocks & (1 << index)) != 0
        return out

    return flag


def _present(buyer: int) -> Flag:
    def flag(rules: Rules, s: State) -> Bools:
        out: Bools = rules.calendar.present[buyer].take(s.meeting, mode="clip")
        return out

    return flag


def _deal_open(rules: Rules, s: State) -> Bools:
    banned = rules.calendar.banned.take(s.meeting, mode="clip")
    out: Bools = (s.phase == _TABLE) & ~banned
    return out


def _step_left(rules: Rules, s: State) -> Bools:
    """The notes still hold a package that goes further towards the buyer."""
    at = (s.seen_need.astype(np.int32) + 1) * STAGES + s.stage
    out: Bools = rules.bargain.onward.take(at) > s.stage
    return out


def _flight_here(rules: Rules, s: State) -> Bools:
    out: Bools = (s.meeting == rules.calendar.flight_meeting) & (s.phase == _TABLE)
    return out


FLAGS: dict[str, Flag] = {
    "at_prepare": lambda r, s: s.phase == _PREPARE,
    "at_table": lambda r, s: (s.phase == _TABLE) | (s.phase == _AFTER),
    "at_between": lambda r, s: s.phase == _BETWEEN,
    "open": lambda r, s: s.phase != _ENDED,
    "deal_open": _deal_open,
    "meal_possible": lambda r, s: (
        r.calendar.meal.take(s.meeting, mode="clip") | (s.asked == _INVITES)
    ),
    "has_referral": lambda r, s: s.referral == 1,
    "referral_used": lambda r, s: s.referral == 2,
    "said_something": lambda r, s: s.last_about >= 0,
    "price_named": lambda r, s: s.price_named,
    "promised": lambda r, s: s.promised > 0,
    "damaged": lambda r, s: s.seen_reaction <= 1,
    "step_left": _step_left,
    "offer_mine": lambda r, s: s.mine >= 0,
    "offer_theirs": lambda r, s: s.theirs >= 0,
    "demand_open": lambda r, s: s.demand >= 0,
    "asked": lambda r, s: s.asked != 0,
    "asked_return": _asked(Initiative.ASKS_RETURN),
    "asked_invites": _asked(Initiative.INVITES),
    "flight": lambda r, s: _flight_here(r, s) & ~s.rebooked,
    "flight_movable": lambda r, s: _flight_here(r, s) & np.bool_(r.calendar.flight_movable),
    "return_told": lambda r, s: s.flight_known | s.false_date,
    "rebooked": lambda r, s: s.rebooked,
    "referral_exists": lambda r, s: np.full(s.n, r.calendar.referral == 1),
    **{f"prepared_{name}": _prepared(i) for i, name in enumerate(PREPARATIONS)},
    **{f"block_{i}": _block(i) for i in range(5)},
    **{f"present_{b}": _present(b) for b in range(4)},
}


class Flags:
    """The flags of one state, each computed once and only when asked for."""

    def __init__(self, rules: Rules, state: State) -> None:
        self._rules = rules
        self._state = state
        self._known: dict[str, Bools] = {}
        self._met: dict[tuple[tuple[str, ...], tuple[str, ...]], Bools] = {}

    def __getitem__(self, name: str) -> Bools:
        flag = self._known.get(name)
        if flag is None:
            flag = self._known[name] = FLAGS[name](self._rules, self._state)
        return flag

    def meets(self, needs: tuple[str, ...], forbids: tuple[str, ...]) -> Bools:
        """Rows that have all flags of one kind, at least one, and none of the other, (n,)."""
        met = self._met.get((needs, forbids))
        if met is None:
            met = self[needs[0]]
            for name in needs[1:]:
                met = met & self[name]
            for name in forbids:
                met = met & ~self[name]
            self._met[needs, forbids] = met
        return met

    def allows(self, action: int) -> Bools:
        """Rows in which a base action (or any package, as `propose`) is legal, shape (n,)."""
        return self.meets(self._rules.needs[action], self._rules.forbids[action])


def legal_mask(rules: Rules, state: State) -> Bools:
    """Legality of every action in every row, shape (A + P, n)."""
    flags = Flags(rules, state)
    mask = np.empty((rules.n_actions, state.n), np.bool_)
    for action in range(rules.base_actions):
        mask[action] = flags.allows(action)
    mask[rules.base_actions :] = flags["deal_open"]
    return mask
