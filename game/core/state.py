"""The state of a batch of engagements, one row each.

Shapes: `(n,)` unless said; `(B, n)` for what belongs to a buyer; beliefs `(3, G, B, n)`.
Arrays are C-contiguous and never written to after a step has returned them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from game.core.arithmetic import Bools, Floats, Ints, any_of, constant, either
from game.core.chance import Keys
from game.core.vocabulary import Phase

_ENDED = constant(Phase.ENDED, np.int8)


@dataclass(frozen=True)
class State:
    key: Keys
    # where we are
    phase: Ints
    ending: Ints
    meeting: Ints
    deal: Ints
    turn: Ints  # table turns played in this meeting
    ply: Ints  # steps played
    clock: Ints  # table turns played in all
    deal_clock: Ints  # table turns when the first deal closed, 0 before
    slots: Ints  # left in prepare, after, between
    # the buyer, hidden
    d: Floats  # (B, n) diffuseness drawn
    mood: Floats  # (B, n)
    reservation: Floats  # (B, n)
    patience: Floats  # (B, n)
    firmness: Floats  # (B, n) how hard he is to bring to a yes, in logits
    beliefs: Floats  # (3, G, B, n)
    damage: Floats  # (B, n)
    scar: Floats  # (B, n)
    lapse: Floats  # (B, n) ability lost by failures and not yet made good
    squeeze: Floats  # (B, n)
    trust_state: Ints  # (B, n)
    trust: Floats  # (B, n) at the current deal's subject
    need: Ints  # (B, n)
    welcome: Ints  # (B, n) topic
    sore: Ints  # (B, n) topic
    met: Bools  # (B, n)
    # what has been done
    uses: Ints  # (families, n) half-uses, for fading
    topics: Ints  # mask of outer topics touched
    dose: Floats  # relational turns so far
    progress: Floats  # nudges felt
    pointed: Bools  # the core was touched
    pressed: Floats
    room: Floats
    agenda: Bools
    prepared: Ints  # mask
    referral: Ints  # 0 none, 1 in hand, 2 used
    # questions and doors
    asked: Ints  # Initiative code of the open question, 0 none
    asked_age: Ints
    asked_by: Ints  # buyer who asked
    initiated: Ints  # mask of initiatives made in this meeting
    door: Ints  # turns an opening still lasts
    told: Ints  # mask of facts
    last_about: Ints  # subject the buyer last spoke on, -1 none
    shared: Floats  # information given, wears off
    problem: Bools  # the problem was spoken of
    # bargaining
    price_named: Bools
    anchor: Floats  # price level first named
    foundation: Floats  # what was built before a price was named, 0 to 1
    framed: Floats  # trust with which a reasoned price was heard when he had asked for it
    justified: Bools  # own price came with reasons and has not moved since
    mine: Ints  # own package on the table, -1 none
    mine_scope: Ints
    theirs: Ints  # buyer's counter, -1 none
    stage: Ints  # own stage of concession
    first_offer: Floats  # own utility of the first offer, -1 none
    rounds: Ints  # own offers made for this deal
    demand: Ints  # demand open, -1 none
    demanded: Ints  # mask
    granted: Ints  # count
    granted_cost: Floats
    granted_worth: Floats
    quiet: Floats  # demands declined well
    blocks: Ints  # mask
    rival: Floats
    cost: Floats  # money spent on the way, in seller utility
    # flight
    flight_turn: Ints
    flight_known: Bools
    rebooked: Bools
    false_date: Bools
    promised: Ints  # ply when due, 0 none
    # deals and the relation
    deals: Ints  # agreements
    lost: Ints  # deals without one
    seller_sum: Floats
    buyer_sum: Floats
    satisfaction: Floats  # buyer's surplus in the last deal
    informed: Floats
    visited: Floats
    after_care: Floats
    settled: Floats  # own utility of the last deal
    # what the seller has seen: updated from observations alone
    seen_trust: Floats
    seen_manner: Floats  # (B, n) sum of manners, 0 plain to 1 circling
    seen_answers: Floats  # (B, n) how many answers that sum holds
    seen_reaction: Ints
    seen_need: Ints  # need that was hinted at or told, -1 unknown

    @property
    def n(self) -> int:
        return int(self.key.shape[0])

    def but(self, **changes: Any) -> State:
        """This state with some arrays replaced; a dozen times faster than `dataclasses.replace`."""
        new = object.__new__(State)
        new.__dict__.update(self.__dict__, **changes)
        return new


FIELDS = tuple(f.name for f in fields(State))


def rows(state: State, index: Any) -> State:
    """The chosen rows of every array (last axis), as a new state."""
    index = np.arange(state.n)[index]  # numbers, whatever they came as: these are gathered fastest
    return state.but(**{name: getattr(state, name).take(index, axis=-1) for name in FIELDS})


def hold_ended(before: State, after: State) -> State:
    """Rows that had ended before the step keep every array as it was."""
    ended = before.phase == _ENDED
    if not any_of(ended):
        return after
    changed = {}
    for name in FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        if new is not old:
            changed[name] = either(ended, old, new)
    return after.but(**changed)
