"""The start of an engagement: the buyers of each row are drawn, and nobody has spoken."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core import machine
from game.core.arithmetic import Floats, clip01, normal
from game.core.chance import Keys, uniforms
from game.core.poles import at_poles
from game.core.rules import Rules
from game.core.state import State
from game.core.trust import effective_d, starting_beliefs, trust_now
from game.core.vocabulary import Phase, Stream

_DRAWS = 24


def initial_state(rules: Rules, keys: Keys) -> State:
    """Draw the buyers of each row and sit at the start of the engagement."""
    n, b = keys.shape[0], rules.n_buyers
    people = rules.buyers
    u = uniforms(keys, Stream.DRAWS, np.zeros(n, np.int16), _DRAWS * b).reshape(b, _DRAWS, n)

    def drawn(first: int, mean: Floats, sd: Floats) -> Floats:
        draws = np.stack([normal(u[i, first : first + 4]) for i in range(b)])
        return clip01(mean[:, None] + sd[:, None] * draws)

    d = drawn(0, people.d_mean, people.d_sd)
    patience = drawn(4, people.patience_mean, people.patience_sd)
    reservation = drawn(8, people.reservation_mean, people.reservation_sd)
    mood = np.stack([normal(u[i, 12:16]) for i in range(b)]) * people.mood_sd[:, None]
    firmness = np.stack([normal(u[i, 19:23]) for i in range(b)]) * np.float32(
        rules.weights.firmness_sd
    )
    need = np.zeros((b, n), np.int8)
    welcome = np.zeros((b, n), np.int8)
    sore = np.zeros((b, n), np.int8)
    for i in range(b):
        for cut in people.need_cut[i, :-1]:
            need[i] += u[i, 16] >= cut
        welcome[i] = people.welcome[i][(u[i, 17] * 8.0).astype(np.int8)]
        sore[i] = people.sore[i][(u[i, 18] * 8.0).astype(np.int8)]

    weight_d = effective_d(rules, d)
    base = starting_beliefs(rules, weight_d)
    base += (rules.numbers.mood_lift * mood + people.starting_trust[:, None])[None, None]
    fixed = people.fixed_trust[:, None]
    beliefs = clip01(np.where(fixed >= 0, fixed, base))

    def zeros(dtype: Any) -> NDArray[Any]:
        return np.zeros(n, dtype)

    def full(value: float, dtype: Any) -> NDArray[Any]:
        return np.full(n, value, dtype)

    calendar = rules.calendar
    preparing = calendar.prepare_slots > 0
    per_buyer = np.zeros((b, n), np.float32)
    state = State(
        key=keys,
        phase=full(Phase.PREPARE if preparing else Phase.TABLE, np.int8),
        ending=zeros(np.int8),
        meeting=zeros(np.int8),
        deal=zeros(np.int8),
        turn=zeros(np.int16),
        ply=zeros(np.int16),
        clock=zeros(np.int16),
        deal_clock=zeros(np.int16),
        slots=full(calendar.prepare_slots, np.int8),
        d=d,
        mood=mood,
        reservation=reservation,
        patience=patience,
        firmness=firmness,
        beliefs=beliefs,
        damage=per_buyer,
        scar=per_buyer,
        lapse=per_buyer,
        squeeze=per_buyer,
        trust_state=np.full((b, n), rules.machine.start, np.int8),
        trust=per_buyer,
        need=need,
        welcome=welcome,
        sore=sore,
        met=np.zeros((b, n), np.bool_),
        uses=np.zeros((rules.families, n), np.uint8),
        topics=zeros(np.int16),
        dose=zeros(np.float32),
        progress=zeros(np.float32),
        pointed=zeros(np.bool_),
        pressed=zeros(np.float32),
        room=zeros(np.float32),
        agenda=zeros(np.bool_),
        prepared=zeros(np.int8),
        referral=full(1 if calendar.referral == 2 else 0, np.int8),
        asked=zeros(np.int8),
        asked_age=zeros(np.int8),
        asked_by=zeros(np.int8),
        initiated=zeros(np.int16),
        door=zeros(np.int8),
        told=zeros(np.int32),
        last_about=full(-1, np.int8),
        shared=zeros(np.float32),
        problem=zeros(np.bool_),
        price_named=zeros(np.bool_),
        anchor=zeros(np.float32),
        foundation=zeros(np.float32),
        framed=zeros(np.float32),
        justified=zeros(np.bool_),
        mine=full(-1, np.int16),
        mine_scope=zeros(np.int8),
        theirs=full(-1, np.int16),
        stage=zeros(np.int8),
        first_offer=full(-1, np.float32),
        rounds=zeros(np.int16),
        demand=full(-1, np.int8),
        demanded=zeros(np.int16),
        granted=zeros(np.int8),
        granted_cost=zeros(np.float32),
        granted_worth=zeros(np.float32),
        quiet=zeros(np.float32),
        blocks=zeros(np.int16),
        rival=full(calendar.rival, np.float32),
        cost=zeros(np.float32),
        flight_turn=full(calendar.flight_turn, np.int16),
        flight_known=full(calendar.flight_known, np.bool_),
        rebooked=zeros(np.bool_),
        false_date=zeros(np.bool_),
        promised=zeros(np.int16),
        deals=zeros(np.int8),
        lost=zeros(np.int8),
        seller_sum=zeros(np.float32),
        buyer_sum=zeros(np.float32),
        satisfaction=zeros(np.float32),
        informed=zeros(np.float32),
        visited=zeros(np.float32),
        after_care=zeros(np.float32),
        settled=zeros(np.float32),
        seen_trust=full(0.3, np.float32),
        seen_manner=np.full((b, n), 0.5, np.float32),
        seen_answers=np.full((b, n), 1.0, np.float32),
        seen_reaction=full(2, np.int8),
        seen_need=full(-1, np.int8),
    )
    return settled(rules, state)


def settled(rules: Rules, state: State) -> State:
    """The state with its trust computed and its machine run until it rests."""
    d = effective_d(rules, state.d)
    state = state.but(trust=trust_now(rules, at_poles(rules.poles, d), state))
    for _ in rules.machine.names:
        state = state.but(trust_state=machine.advance(rules, state, d))
    return state
