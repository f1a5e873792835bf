"""What one move does to a buyer: evidence, push and drift, slights, patience.

Evidence arrives at the poles' mixture, fades with repetition, is bent by the open question, the
topic and the preparation, and lands on the move's topic group. What the move's distance from the
buyer's comfort radius costs is lost where the business is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from game.core.arithmetic import (
    ONE,
    ZERO,
    Bools,
    Floats,
    Ints,
    all_of,
    any_of,
    at_most,
    constant,
    either,
    of_rows,
    positive,
)
from game.core.move import HURRIES, OUTSIDE, PREPARED, SLIGHT, TOPIC, Move, does
from game.core.poles import Poles
from game.core.rules import EFFECT, Col, Rules
from game.core.state import State
from game.core.trust import absorb, comfort_radius, spill, spread, subject_of
from game.core.vocabulary import Belief, Group, Phase

_BETWEEN = constant(Phase.BETWEEN, np.int8)
_PEOPLE = constant(Group.PEOPLE, np.int8)
_NONE, _LOWEST = constant(0, np.int8), constant(1, np.int8)
_DEFERS = does("defer")
_COUNTED = constant(3)  # relational turns after which one more makes a drift no worse
_AFTER_DOSE = constant(2)  # relational turns that are free once a deal is signed
_WELCOME_SHARE = constant(0.4)  # of the evidence, in the explanation


class _Tables(NamedTuple):
    """What is the same in every step."""

    repeats: Floats  # by half-uses: how many repetitions a loss grows by
    towards: Floats  # (3, B, A + P) evidence at the diffuse pole less that at the specific one
    bite: Floats  # (B, 1) how much harder a slight bites, by status
    waiting: Floats  # (B, 1) how much a turn without the point costs, by the sense of time


def _tables(rules: Rules) -> _Tables:
    status = rules.buyers.status[:, None]
    half_uses = np.minimum(np.arange(256), 8).astype(np.float32)
    _, slope, by_status = rules.evidence.reshape(3, 3, 1, -1)
    return _Tables(
        repeats=0.5 * half_uses,
        towards=slope + status * by_status,
        bite=1.0 + 0.5 * status,
        waiting=1.5 - rules.buyers.clock[:, None],
    )


@dataclass(frozen=True, slots=True)
class Impact:
    """What one move did; trust units by cause are for explanation, the rest feeds the step."""

    beliefs: Floats  # (3, G, B, n)
    damage: Floats  # (B, n)
    patience: Floats
    push: Floats  # (B, n) radius units
    drift: Floats
    causes: dict[str, Floats]  # cause -> trust units at the move's own group, (B, n)


def impact(rules: Rules, state: State, d: Floats, p: Poles, move: Move, explain: bool) -> Impact:
    """Apply a move's evidence, push, drift and slight."""
    tables = rules.once(_tables)
    table = move.table.astype(np.float32)
    playing = table + (state.phase == _BETWEEN)
    at_table, reached = table * move.reach, playing * move.reach
    said = _said(rules, state, d, p, move)
    question = _question(rules, state, d, move)
    ring = _ring(rules, state, d, p, move, question)

    # what is said lands on its own subject, what the ring costs on the business
    share = spill(rules, d)
    subject = subject_of(rules, state.deal)
    home = either(move.cols[Col.GROUP] == _PEOPLE, _PEOPLE, subject)
    meant = said.evidence if question.evidence is ZERO else said.evidence + question.evidence
    evidence = spread(meant * reached, share, home)
    if any_of(ring.loss):
        evidence -= spread(ring.loss * at_table, share, subject)

    # damage heals slowly, down to the scar
    damage, hurt = state.damage, ZERO
    if any_of(damage):
        damage = damage - p.heal * positive(damage - state.scar) * playing
    if move.traits & SLIGHT:
        slight = rules.slight.take(move.action, axis=1, mode="wrap")
        hurt = (slight[0] + d * (slight[1] - slight[0])) * at_table * tables.bite
        damage = at_most(damage + hurt, ONE)
    rest = rules.patience.take(move.action, mode="wrap") - ring.tired
    return Impact(
        beliefs=absorb(state.beliefs, evidence),
        damage=damage,
        patience=state.patience + rest * at_table,
        push=ring.push * at_table,
        drift=ring.drift * at_table,
        causes=_causes(rules, p, said, question, ring, hurt, reached, at_table) if explain else {},
    )


# --- what the move says ---------------------------------------------------------------------------


class _Said(NamedTuple):
    """What a move says for itself."""

    evidence: Floats  # (3, B, n)
    fresh: Floats  # (3, B, n) what it would say for the first time, whatever its topic
    used: Ints  # (n,) half-uses of its family so far
    welcome: Floats  # (B, n) 1 where its topic is welcome
    sore_loss: Floats  # (B, n) benevolence lost where it is sore


def _said(rules: Rules, state: State, d: Floats, p: Poles, move: Move) -> _Said:
    """Gains wear off as a move is repeated, losses grow."""
    w, tables = rules.numbers, rules.once(_tables)
    fresh = rules.evidence[0:3, None].take(move.action, axis=2, mode="wrap")
    fresh = fresh + d * tables.towards.take(move.action, axis=2, mode="wrap")
    used = state.uses.reshape(-1).take(move.family_at)
    gain = of_rows(rules.fade, used)
    if move.traits & PREPARED:
        gain = gain * _lift(rules, state, move.cols)
    gain = gain * (ONE + state.mood)
    welcome = sore_loss = ZERO
    if move.traits & TOPIC:
        topic = move.cols[Col.TOPIC]
        on_topic = topic >= _NONE
        welcome = (on_topic & (topic == state.welcome)).astype(np.float32)
        sore = (on_topic & (topic == state.sore)).astype(np.float32)
        gain = gain * (ONE + w.welcome_gain * welcome) * (ONE - sore)
        sore_loss = sore * p.sore_loss
    gains = positive(fresh)
    grows = w.loss_bite + w.loss_growth * tables.repeats.take(used)
    evidence = gains * gain + (fresh - gains) * grows
    if sore_loss is not ZERO:
        evidence[Belief.BENEVOLENCE] -= sore_loss
    return _Said(evidence, fresh, used, welcome, sore_loss)


def _lift(rules: Rules, state: State, cols: Ints) -> Floats:
    """A prepared question or story carries further than an unprepared one, (n,)."""
    w = rules.weights
    wants = cols[Col.PREPARED]
    unprepared = either(wants != 0, np.float32(1 - w.unprepared_loss), ONE)
    return either((wants & state.prepared) != 0, np.float32(1 + w.prepared_gain), unprepared)


class _Question(NamedTuple):
    """What an open question makes of the move that follows it."""

    evidence: Floats = ZERO  # (3, B, n)
    put_off: Floats = ZERO  # (B, n) integrity lost
    eased: Floats = ONE  # (n,) share of the push that is felt
    strays: Floats = ONE  # (n,) share of the drift that is


def _question(rules: Rules, state: State, d: Floats, move: Move) -> _Question:
    """A move may answer the open question, or put the answer off."""
    if not any_of(state.asked):
        return _Question()
    answers = move_answers(state, move.cols)
    at = state.asked.astype(np.int32) * len(rules.verbs) + move.cols[Col.VERB]
    q = rules.asked_evidence.take(at, axis=1)
    put_off = ZERO
    if move.traits & _DEFERS:
        # the nearer one is, the more it costs
        defers = (move.cols[Col.EFFECT] == EFFECT["defer"]) & (state.asked > _NONE)
        put_off = rules.numbers.deferring_friend * state.trust * defers
    return _Question(
        evidence=q[0:3, None] + d * q[3:6, None],
        put_off=put_off,
        eased=either(answers, rules.numbers.push_when_asked, ONE),
        strays=either(answers, ZERO, ONE),
    )


def move_answers(state: State, cols: Ints) -> Bools:
    """Whether the move answers the open question, (n,)."""
    out: Bools = ((cols[Col.ANSWERS] >> state.asked) & _LOWEST) != _NONE
    return out


# --- how far from the core it is ------------------------------------------------------------------


class _Ring(NamedTuple):
    """What the move's distance from the buyer's comfort radius costs, all (B, n) or wider."""

    push: Floats  # radius units
    drift: Floats
    pushed: Floats  # what a diffuse buyer feels of the push
    circling: Floats  # past an open door
    hurried: Floats
    loss: Floats  # (3, B, n) of each belief
    tired: Floats  # patience lost


def _ring(
    rules: Rules, state: State, d: Floats, p: Poles, move: Move, question: _Question
) -> _Ring:
    """Nearer than comfort is push, further out is drift."""
    w, radius = rules.numbers, move.radius
    direct = ONE - d
    comfort = comfort_radius(rules, d, state)
    eased, slack, dose = question.eased, w.drift_slack, state.dose - w.free_dose
    if move.after is not None:
        after = move.after.astype(np.float32)
        eased = eased * (ONE - after)
        slack = slack + w.after_slack * after
        dose = dose - _AFTER_DOSE * after
    push = positive(comfort - radius - w.push_slack) * eased
    doses = at_most(positive(dose), _COUNTED) * question.strays
    drift = positive(radius - comfort - slack) * doses * direct * direct
    pushed = push * d
    ability = w.drift_ability * drift
    benevolence = w.push_benevolence * pushed
    integrity = w.push_integrity * pushed + question.put_off
    tired = p.turn_patience + w.drift_patience * drift + w.push_patience * pushed
    circling = hurried = ZERO
    if any_of(state.door):
        circling = ((state.door > _NONE) & (radius >= OUTSIDE)) * d
        benevolence = benevolence + w.past_open_door * circling
    if move.traits & HURRIES:
        hurried = state.pressed * rules.hurries.take(move.action, mode="wrap") * d
        benevolence = benevolence + w.hurry * hurried
        tired = tired + w.hurry_patience * hurried
    if not all_of(state.pointed):
        waits = move.table & (state.dose >= ONE) & ~state.pointed & (radius > ONE)
        if move.after is not None:
            waits = waits & ~move.after
        pointless = waits * direct * direct * rules.once(_tables).waiting
        ability = ability + w.pointless * pointless
        tired = tired + w.pointless_patience * pointless
    loss = np.array((ability, benevolence, integrity))
    return _Ring(push, drift, pushed, circling, hurried, loss, tired)


# --- for the review -------------------------------------------------------------------------------


def _causes(
    rules: Rules,
    p: Poles,
    said: _Said,
    question: _Question,
    ring: _Ring,
    hurt: Floats,
    reached: Floats,
    at_table: Floats,
) -> dict[str, Floats]:
    """What the move did to trust at its own group, by cause, each (B, n)."""
    w, nothing = rules.numbers, np.zeros_like(at_table)
    a, b = p.ability_share, p.benevolence_share
    c = ONE - a - b

    def units(evidence: Floats) -> Floats:
        """Evidence (3, B, n) in units of trust."""
        out: Floats = (a * evidence[0] + b * evidence[1] + c * evidence[2]) * reached
        return out

    repeated = (said.evidence - said.fresh) * (said.used > 0)
    return {
        "move": units(said.evidence - repeated),
        "repetition": units(repeated),
        "question": units(question.evidence + np.zeros_like(said.evidence)),
        "welcome_topic": units(positive(said.evidence)) * said.welcome * _WELCOME_SHARE,
        "sore_topic": -said.sore_loss * b * at_table,
        "push": -(b * w.push_benevolence + c * w.push_integrity) * ring.pushed * at_table,
        "drift": -a * ring.loss[Belief.ABILITY] * at_table,
        "open_door": -b * w.past_open_door * ring.circling * at_table,
        "hurry": -b * w.hurry * ring.hurried * at_table,
        "slight": nothing - w.damage_on_trust * hurt,
    }
