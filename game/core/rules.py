"""Rules: a compiled scenario, as tables that a step gathers from.

Axes: A actions (base actions, then every package), V verbs, P packages, B buyers, H needs,
F facts, L aspiration levels, S trust states. Utilities lie in [0, 1]. No text but ids.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from game.core.arithmetic import Floats, Ints
from game.core.weights import Weights, as_arrays, by_row, weights_of

RULES_VERSION = 1
LEVELS = 64
STAGES = 9
FADE_STEPS = 64
MAX_FACTS = 16
AFTER_TURNS = 2  # that one stays at the table once a deal is closed


class Col:
    """Integer columns of the action table; plain ints, since a step reads them often."""

    VERB = 0
    FAMILY = 1
    GROUP = 2  # 0 people, 1 the current deal's subject
    TOPIC = 3
    ABOUT = 4
    ASKS = 5
    OFFERS = 6
    SCOPE = 7
    PACKAGE = 8
    ADDRESSEE = 9
    EFFECT = 10
    PREPARED = 11
    ANSWERS = 12
    ITEM = 13  # block


COLUMNS = 14


class Asks:
    NOTHING = 0
    DIRECT = 1
    INDIRECT = 2
    EMBARRASSING = 3
    FOLLOW_UP = 4
    VOLUNTEER = 5  # no question: he may tell something of his own accord


class Offers:
    NOTHING = 0
    PRICE = 1
    SUGGEST = 2
    GIVEN = 3
    SAME = 4
    NEXT = 5
    ACCEPT = 6
    SIGN = 7


EFFECTS = (
    "", "use_referral", "agenda", "nudge", "press", "wait", "problem", "share", "promise",
    "keep_promise", "bluff", "acknowledge", "apologise", "grant", "decline", "block", "room",
    "press_flight", "tell_return", "falsify", "rebook", "part", "prepare_objectives",
    "prepare_history", "reasons", "defer", "prepare_referral", "prepare_rivals", "inform", "visit",
    "deliver",
)  # fmt: skip
EFFECT = {name: i for i, name in enumerate(EFFECTS)}
PREPARATIONS = ("objectives", "history", "referral", "rivals")

EVENTS = (
    "", "delivery_failure", "rival_offer", "flight_moved", "boss_calls", "good_news", "bad_news",
    "skill_lapse", "deception_exposed",
)  # fmt: skip

# (quantity name, operator, threshold); a guard is an OR of ANDs of these
Atom = tuple[str, str, float]
Guard = tuple[tuple[Atom, ...], ...]


@dataclass(frozen=True, slots=True)
class MachineRules:
    """The trust-state machine as data; index = state code."""

    names: tuple[str, ...]
    start: int
    rank: Ints  # (S,) ladder rank, -1 beside it
    enter: tuple[Guard, ...]
    leave: tuple[Guard, ...]
    to: Ints  # (S,) where leaving leads
    allowed: NDArray[np.bool_]  # (S to, S from)
    tells: Ints  # (S,) deepest layer told, -1 nothing
    patience: Floats  # (S,) gift on entering
    demand_rate: Floats  # (S,) probability per turn; (S, n) where weights differ by row
    concession: Floats  # (S,) share of the time-dependent concession given
    ends: NDArray[np.bool_]  # (S,)
    tradeoff: NDArray[np.bool_]  # (S,) counters look for trades
    signs: Floats  # (S,) readiness to sign, in logits at the diffuse pole


@dataclass(frozen=True, slots=True)
class BuyerRules:
    """Distributions and traits, each of shape (B,)."""

    names: tuple[str, ...]
    d_mean: Floats
    d_sd: Floats
    patience_mean: Floats
    patience_sd: Floats
    reservation_mean: Floats
    reservation_sd: Floats
    mood_sd: Floats
    expressiveness: Floats
    status: Floats
    clock: Floats
    bargainer: Floats
    starting_trust: Floats  # added to all beliefs
    fixed_trust: Floats  # all beliefs set to this when >= 0
    say: NDArray[np.bool_]
    need_cut: Floats  # (B, H) cumulative chances
    welcome: Ints  # (B, 8) topic ids, cycled
    sore: Ints  # (B, 8)


@dataclass(frozen=True, slots=True)
class BargainRules:
    """Packages and what they are worth; tables replace search at run time."""

    options: Ints  # (P, issues) option index per issue
    seller: Floats  # (P,) utility
    buyer: Floats  # (B*H*P,) utility, index (b*H + h)*P + p
    estimate: Floats  # (K*P,) seller's estimate of the buyer's utility, K = H + 1 (0: need unknown)
    frontier: Ints  # (K*STAGES,) the package your notes suggest at each stage of concession
    onward: Ints  # (K*STAGES,) the next stage with another package, the same where there is none
    stage_of: Ints  # (P,) nearest stage of a package by seller utility
    counter_trade: Ints  # (B*H*LEVELS,) package at a level, kindest to the seller
    counter_claim: Ints  # (B*H*LEVELS,) package at a level, first of all cheap
    top: Floats  # (B*H,) most the buyer can get at the seller's reservation
    price_level: Floats  # (P,) the price option's worth to the seller
    needs: int  # H
    first_need: Ints  # (B, 1) row of each buyer's first need in the tables above
    seller_reservation: float
    demand_cost: Floats  # (D,)
    demand_worth: Floats  # (D,)


@dataclass(frozen=True, slots=True)
class FactRules:
    """Facts in layers; masks are bits over facts."""

    depth: Ints  # (F,)
    problem: int
    private: int
    deep: int  # of the problem, and not public
    worth: Floats  # (2**F,) summed worth of a told mask
    count: Ints  # (2**F,)
    next: Ints  # (B * (abouts + 1) * 2**F,) next untold fact of a subject, -1 none; last: any
    about: Ints  # (F,)
    personal: NDArray[np.bool_]  # (F,) about something outside business
    buyer: Ints  # (F,) who holds it, -1 anybody
    abouts: tuple[str, ...]
    about_personal: NDArray[np.bool_]  # (abouts,)
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalendarRules:
    """Meetings, gaps, flight, further deals; index = meeting or deal number."""

    turns: Ints  # (M,)
    gap_days: Floats  # (M,) before the meeting
    gap_slots: Ints  # (M,)
    present: NDArray[np.bool_]  # (B, M)
    speaker: Ints  # (M + 1,) who answers when nobody is named; last: away from the table
    coming: NDArray[np.bool_]  # (M,) the next meeting brings somebody who is not at this one
    banned: NDArray[np.bool_]  # (M,) no business
    meal: NDArray[np.bool_]  # (M,) a meal can be shared here
    first_meetings: int  # meetings that belong to the first deal
    deal_subject: Ints  # (D,) Group code
    deal_rival: Floats  # (D,)
    deal_unmet: Floats  # (D,)
    deals: int
    flight_meeting: int  # -1 none
    flight_turn: int
    flight_movable: bool
    flight_final: bool
    flight_known: bool
    flight_cost: float
    prepare_slots: int
    referral: int  # 0 none, 1 to be prepared, 2 in hand
    referral_strength: float
    rival: float
    cold_call: bool
    toughness: float
    event_kind: Ints  # (E,)
    event_size: Floats  # belief or strength; of a moved flight, turns
    event_at: tuple[tuple[int, int, int], ...]  # (meeting, turn, event) played by the calendar


T = TypeVar("T")


class _Workings:
    """Room for what steps work out of the rules; no part of them, of their digest or of a copy."""

    __slots__ = ("_known",)
    _known: dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Rules(_Workings):
    scenario: str
    weights: Weights
    verbs: tuple[str, ...]
    families: int
    actions: tuple[str, ...]  # notation of every base action
    base_actions: int
    columns: Ints  # (COLUMNS, A + P)
    evidence: Floats  # (9, A + P): specific, diffuse minus specific, status; 3 beliefs each
    asked_evidence: Floats  # (6, Q*V): specific, diffuse minus specific, when a question is open
    radius: Floats  # (A + P,)
    slight: Floats  # (2, A + P)
    fade: Floats  # share of a gain left after k half-uses; (k, n) where weights differ by row
    poles: Floats  # (2, K), or (2, K, n): see game.core.poles
    patience: Floats  # (A + P,)
    hurries: Floats  # (A + P,) 1 where the move hurries the buyer
    needs: tuple[tuple[str, ...], ...]  # (A) flags an action needs
    forbids: tuple[tuple[str, ...], ...]
    topics: tuple[str, ...]
    topic_bits: Ints  # popcount of outer topics touched
    issues: tuple[str, ...]
    option_texts: tuple[tuple[str, ...], ...]  # ids of options, as they are written
    blocks: tuple[str, ...]
    demands: tuple[str, ...]
    needs_names: tuple[tuple[str, ...], ...]  # (B, H)
    machine: MachineRules
    buyers: BuyerRules
    bargain: BargainRules
    facts: FactRules
    calendar: CalendarRules
    score: tuple[float, float, float]  # your deal, their deal, relationship; sums to 1
    digest: str

    def once(self, work: Callable[[Rules], T]) -> T:
        """What `work` makes of these rules, worked out when first asked for."""
        try:
            out: T = self._known[work]
        except AttributeError:
            object.__setattr__(self, "_known", {})
            return self.once(work)
        except KeyError:
            out = self._known[work] = work(self)
        return out

    def rows(self, index: Any) -> Rules:
        """The rules of some rows of a batch, where weights differ by row; else these."""
        if not self.once(_by_row):
            return self

        def own(table: Floats, axes: int) -> Floats:
            return table if table.ndim == axes else table[..., index]

        return replace(
            self,
            weights=weights_of(self.weights, index),
            fade=own(self.fade, 1),
            poles=own(self.poles, 2),
            machine=replace(self.machine, demand_rate=own(self.machine.demand_rate, 1)),
        )

    @property
    def numbers(self) -> Any:
        """The weights, each an array as it meets others in arithmetic (a pair: two of them).

        Where two weights meet they are taken from `weights`: floats are rounded once, after that.
        """
        return self.once(_numbers)

    @property
    def n_buyers(self) -> int:
        return len(self.buyers.names)

    @property
    def n_actions(self) -> int:
        """Base actions and packages."""
        return int(self.columns.shape[1])


def _by_row(rules: Rules) -> bool:
    return by_row(rules.weights)


def _numbers(rules: Rules) -> Weights:
    return as_arrays(rules.weights)
