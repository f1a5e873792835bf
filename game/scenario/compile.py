"""Scenario to Rules: names become indices, choices become tables, guards become data."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np

from game.core.arithmetic import popcount_table
from game.core.poles import pole_table
from game.core.rules import (
    EVENTS,
    FADE_STEPS,
    RULES_VERSION,
    BuyerRules,
    CalendarRules,
    FactRules,
    MachineRules,
    Rules,
)
from game.core.vocabulary import Depth, Group, Initiative
from game.core.weights import Weights
from game.scenario.actions import ActionTable
from game.scenario.expression import machine_vocabulary
from game.scenario.guards import to_guard
from game.scenario.model import AnyEvent, Buyer, CommonMoves, Machine, Scenario
from game.scenario.model_calendar import FlightMoved, SizedEvent
from game.scenario.packages import bargain_rules, option_text

_DEMAND_RATE = ("never", "rarely", "sometimes", "often")
_MEALS = ("restaurant", "tea_house")


def compile_rules(
    scenario: Scenario,
    machine: Machine,
    moves: CommonMoves,
    weights: Weights | None = None,
    fixed_trust: float | None = None,
) -> Rules:
    """Compile a validated scenario with its merged machine and the common moves.

    `fixed_trust` sets all beliefs of every buyer at the start (an experiment's starting trust);
    `weights` replaces the model's numbers.
    """
    weights = weights or Weights()
    buyers = buyers_of(scenario)
    abouts = tuple(dict.fromkeys(f.about for f in scenario.facts.values())) or tuple(
        scenario.issues
    )
    bargain = bargain_rules(scenario, buyers)
    table = ActionTable(scenario, moves, tuple(buyers), abouts, bargain.options)
    rules = Rules(
        scenario=scenario.scenario,
        weights=weights,
        verbs=tuple(moves.moves),
        families=len(table.families),
        actions=tuple(table.names),
        base_actions=len(table.names),
        columns=table.columns(),
        evidence=table.evidence(),
        asked_evidence=_asked_evidence(moves),
        radius=table.radius(),
        slight=table.slight(),
        fade=_fade_table(weights.fade),
        poles=pole_table(weights),
        patience=table.patience(),
        hurries=table.hurries(),
        needs=tuple(table.needs),
        forbids=tuple(table.forbids),
        topics=tuple(scenario.topics),
        topic_bits=popcount_table(10),
        issues=tuple(scenario.issues),
        option_texts=tuple(
            tuple(option_text(o) for o in issue.options) for issue in scenario.issues.values()
        ),
        blocks=tuple(scenario.blocks),
        demands=tuple(scenario.demands),
        needs_names=_needs_names(buyers),
        machine=_machine_rules(machine, weights),
        buyers=_buyer_rules(scenario, buyers, fixed_trust, bargain.needs),
        bargain=bargain,
        facts=_fact_rules(scenario, tuple(buyers), abouts),
        calendar=_calendar_rules(scenario, buyers),
        score=_score(scenario),
        digest="",
    )
    return _with_digest(rules)


def reweighted(rules: Rules, machine: Machine, weights: Weights) -> Rules:
    """The same rules under other weights, which may differ by row: for playing only, since they
    get no digest."""
    return replace(
        rules,
        weights=weights,
        fade=_fade_table(weights.fade),
        poles=pole_table(weights),
        machine=replace(rules.machine, demand_rate=_demand_rates(machine, weights)),
        digest="",
    )


def with_diffuseness(rules: Rules, scenario: Scenario, mean: float) -> Rules:
    """The same table with everybody's mean diffuseness at `mean`, and each one's own spread.

    `rules` are those of `scenario`. The result is what compiling the changed scenario gives; the
    large tables, which this does not touch, are not made again.
    """
    people = {
        name: person.model_copy(
            update={"diffuseness": person.diffuseness.model_copy(update={"mean": mean})}
        )
        for name, person in buyers_of(scenario).items()
    }
    buyers = _buyer_rules(scenario, people, None, rules.bargain.needs)
    return _with_digest(replace(rules, buyers=buyers, digest=""))


def _needs_names(buyers: dict[str, Buyer]) -> tuple[tuple[str, ...], ...]:
    """Each buyer's needs; who has fewer than another repeats his last, as in the tables."""
    names = [tuple(buyer.needs) or ("any",) for buyer in buyers.values()]
    most = max((len(some) for some in names), default=1)
    return tuple(some + some[-1:] * (most - len(some)) for some in names)


def buyers_of(scenario: Scenario) -> dict[str, Buyer]:
    """Buyers by id; a single `buyer:` is called `buyer`."""
    if scenario.buyers:
        return dict(scenario.buyers)
    assert scenario.buyer is not None, "validated: one of buyer and buyers"
    return {"buyer": scenario.buyer}


def _score(scenario: Scenario) -> tuple[float, float, float]:
    s = scenario.score
    total = s.you + s.them + s.relationship
    return s.you / total, s.them / total, s.relationship / total


def _asked_evidence(moves: CommonMoves) -> Any:
    verbs = list(moves.moves.items())
    out = np.zeros((6, len(Initiative) * len(verbs)), np.float32)
    for question in Initiative:
        name = question.name.lower()
        for v, (_, move) in enumerate(verbs):
            if move.ring in ("prepare", "between") or question is Initiative.NONE:
                continue
            poles = (
                move.when_asked.get(name, {}) if name in move.answers else moves.ignored.get(name)
            )
            if not poles:
                continue
            specific, diffuse = poles["specific"], poles["diffuse"]
            at = int(question) * len(verbs) + v
            out[0:3, at] = specific
            out[3:6, at] = [f - s for s, f in zip(specific, diffuse, strict=True)]
    return out


def _fade_table(fade: float) -> Any:
    root = np.sqrt(np.float32(fade)).astype(np.float64)
    table = [np.ones_like(root)]
    while len(table) < FADE_STEPS:
        table.append(table[-1] * root)
    return np.array(table, np.float32)


def _machine_rules(machine: Machine, weights: Weights) -> MachineRules:
    names = tuple(machine.states)
    index = {name: i for i, name in enumerate(names)}
    states = list(machine.states.values())
    ranks = [-1 if s.rank is None else s.rank for s in states]
    allowed = np.zeros((len(names), len(names)), np.bool_)
    for i, s in enumerate(states):
        for j, from_ in enumerate(names):
            if s.from_:
                allowed[i, j] = from_ in s.from_
            elif s.rank is not None:
                allowed[i, j] = 0 <= ranks[j] < ranks[i]
            else:
                allowed[i, j] = i != j
            if states[j].ends:
                allowed[i, j] = False
    vocabulary = machine_vocabulary()
    return MachineRules(
        names=names,
        start=index[machine.start],
        rank=np.array(ranks, np.int8),
        enter=tuple(to_guard(s.enter, vocabulary) for s in states),
        leave=tuple(to_guard(s.leave, vocabulary) for s in states),
        to=np.array([index[s.to] if s.to else index[machine.start] for s in states], np.int8),
        allowed=allowed,
        tells=np.array(
            [max((Depth[t.upper()] for t in s.tells), default=-1) for s in states], np.int8
        ),
        patience=np.array([s.patience for s in states], np.float32),
        demand_rate=_demand_rates(machine, weights),
        concession=np.array([s.concession for s in states], np.float32),
        ends=np.array([s.ends is not None for s in states], np.bool_),
        signs=np.array([s.signs for s in states], np.float32),
        tradeoff=np.array([s.rank is not None and s.rank > 0 for s in states], np.bool_),
    )


def _demand_rates(machine: Machine, weights: Weights) -> Any:
    rates = weights.demand_rates
    often = [rates[_DEMAND_RATE.index(state.demands)] for state in machine.states.values()]
    return np.array(np.broadcast_arrays(*often), np.float32)


def _buyer_rules(
    scenario: Scenario, buyers: dict[str, Buyer], fixed_trust: float | None, needs: int
) -> BuyerRules:
    people = list(buyers.values())

    def each(values: Sequence[float]) -> Any:
        return np.array(values, np.float32)

    cuts = np.ones((len(people), needs), np.float32)
    for i, person in enumerate(people):
        chances = [n.chance for n in person.needs.values()] or [1.0]
        total = sum(chances)
        for k in range(needs):
            cuts[i, k] = sum(chances[: k + 1]) / total if k < len(chances) else 1.0
    topics = list(scenario.topics)

    def cycled(chosen: list[str]) -> list[int]:
        ids = [topics.index(t) for t in chosen]
        return [ids[k * len(ids) // 8] if ids else -1 for k in range(8)]

    lent = scenario.referral.strength * 0.2 if (
        scenario.referral and scenario.referral.at_start) else 0.0  # fmt: skip
    return BuyerRules(
        names=tuple(buyers),
        d_mean=each([p.diffuseness.mean for p in people]),
        d_sd=each([p.diffuseness.sd for p in people]),
        patience_mean=each([p.patience.mean for p in people]),
        patience_sd=each([p.patience.sd for p in people]),
        reservation_mean=each([p.reservation.mean for p in people]),
        reservation_sd=each([p.reservation.sd for p in people]),
        mood_sd=each([p.mood_sd for p in people]),
        expressiveness=each([p.expressiveness for p in people]),
        status=each([p.status for p in people]),
        clock=each([p.clock for p in people]),
        bargainer=each([p.bargainer for p in people]),
        starting_trust=each([p.starting_trust + lent * p.diffuseness.mean for p in people]),
        fixed_trust=each([-1.0 if fixed_trust is None else fixed_trust for _ in people]),
        say=np.array([p.say for p in people], np.bool_),
        need_cut=cuts,
        welcome=np.array([cycled(p.welcome) for p in people], np.int8),
        sore=np.array([cycled(p.sore) for p in people], np.int8),
    )


def _fact_rules(scenario: Scenario, buyers: tuple[str, ...], abouts: tuple[str, ...]) -> FactRules:
    ids, facts = tuple(scenario.facts), list(scenario.facts.values())
    size = 1 << len(ids)
    depth = [int(Depth[f.depth.upper()]) for f in facts]
    holder = [-1 if f.buyer is None else buyers.index(f.buyer) for f in facts]
    personal_topics = {t for t, topic in scenario.topics.items() if topic.radius == 3}
    # whatever he says about a point of the deal opens the problem, and what the author marks so
    opens = [f.problem or f.about in scenario.issues for f in facts]
    worth = np.zeros(size, np.float32)
    for mask in range(size):
        worth[mask] = sum(f.worth for i, f in enumerate(facts) if mask >> i & 1)
    following = np.full((len(buyers), len(abouts) + 1, size), -1, np.int8)
    for b in range(len(buyers)):
        for a, about in enumerate((*abouts, None)):
            # the shallow things of a subject come before the deep ones
            order = sorted(
                (
                    i
                    for i, f in enumerate(facts)
                    if holder[i] in (-1, b)
                    and (f.about == about or (about is None and f.about not in personal_topics))
                ),
                key=lambda i: (depth[i], i),
            )
            for mask in range(size):
                untold = [i for i in order if not mask >> i & 1]
                if untold:
                    following[b, a, mask] = untold[0]
    return FactRules(
        depth=np.array(depth or [0], np.int8),
        problem=sum(1 << i for i in range(len(ids)) if opens[i]),
        private=sum(1 << i for i, x in enumerate(depth) if x == Depth.PRIVATE),
        deep=sum(1 << i for i in range(len(ids)) if opens[i] and depth[i] > Depth.PUBLIC),
        worth=worth,
        count=popcount_table(len(ids)),
        next=following.reshape(-1),
        about=np.array([abouts.index(f.about) for f in facts] or [0], np.int8),
        personal=np.array([f.about in personal_topics for f in facts] or [False], np.bool_),
        buyer=np.array(holder or [-1], np.int8),
        abouts=abouts,
        about_personal=np.array([*(a in personal_topics for a in abouts), False], np.bool_),
        ids=ids,
    )


def _speaker(here: Sequence[bool], says: Sequence[bool]) -> int:
    """The first who is here and has a say; the first who is here if none has."""
    people = range(len(says))
    with_say = [b for b in people if here[b] and says[b]]
    return (with_say or [b for b in people if here[b]] or [0])[0]


def _calendar_rules(scenario: Scenario, buyers: dict[str, Buyer]) -> CalendarRules:
    meetings, deals, flight = scenario.meetings, scenario.deals, scenario.flight
    last = meetings[-1]
    turns = [m.turns for m in meetings] + [d.turns for d in deals]
    gaps = [float(m.gap_days) for m in meetings] + [float(d.gap_days) for d in deals]
    slots = [m.gap_slots if m.gap_days else 0 for m in meetings] + [d.slots for d in deals]
    banned = [m.ground_rule == "no_business" for m in meetings] + [False] * len(deals)
    meals = [m.setting in _MEALS for m in meetings] + [last.setting in _MEALS] * len(deals)
    here = [m.present or list(buyers) for m in meetings]
    here += [last.present or list(buyers)] * len(deals)
    present = np.array([[b in people for people in here] for b in buyers], np.bool_)
    says = [b.say for b in buyers.values()]
    follows = np.concatenate([present[:, 1:], present[:, -1:]], axis=1)
    subjects = [Group.PRODUCT, *(Group[d.subject.upper()] for d in deals)]
    events = list(scenario.events.values())
    return CalendarRules(
        turns=np.array(turns, np.int16),
        gap_days=np.array(gaps, np.float32),
        gap_slots=np.array(slots, np.int8),
        present=present,
        speaker=np.array(
            [*(_speaker(column, says) for column in present.T), _speaker([True] * len(says), says)],
            np.int8,
        ),
        coming=np.array([bool(c.any()) for c in (follows & ~present).T], np.bool_),
        banned=np.array(banned, np.bool_),
        meal=np.array(meals, np.bool_),
        first_meetings=len(meetings),
        deal_subject=np.array(subjects, np.int8),
        deal_rival=np.array([scenario.rival.strength, *(d.rival for d in deals)], np.float32),
        deal_unmet=np.array([0.0, *(float(d.unmet) for d in deals)], np.float32),
        deals=1 + len(deals),
        flight_meeting=-1 if flight is None else flight.meeting - 1,
        flight_turn=0 if flight is None else flight.turn,
        flight_movable=flight is not None and flight.movable,
        flight_final=flight is not None and flight.final,
        flight_known=flight is not None and flight.known,
        flight_cost=0.0 if flight is None else flight.cost,
        prepare_slots=scenario.preparation.slots,
        referral=0 if scenario.referral is None else (2 if scenario.referral.at_start else 1),
        referral_strength=0.0 if scenario.referral is None else scenario.referral.strength,
        rival=scenario.rival.strength,
        cold_call=scenario.cold_call,
        toughness=scenario.toughness,
        event_kind=np.array([EVENTS.index(e.kind) for e in events] or [0], np.int8),
        event_size=np.array([event_size(e) for e in events] or [0.0], np.float32),
        event_at=tuple(
            (e.meeting - 1, e.turn, i) for i, e in enumerate(events) if e.turn is not None
        ),
    )


def event_size(event: AnyEvent) -> float:
    """How much of an event there is: its size, or the turns by which a flight is earlier."""
    if isinstance(event, FlightMoved):
        return float(event.turns_earlier)
    return event.size if isinstance(event, SizedEvent) else 0.0


def _with_digest(rules: Rules) -> Rules:
    """The rules with a hash over everything that can change what happens."""
    digest = hashlib.sha256(str(RULES_VERSION).encode())

    def feed(value: object) -> None:
        if is_dataclass(value):
            for field in fields(value):
                if field.name != "digest":
                    digest.update(field.name.encode())
                    feed(getattr(value, field.name))
        elif isinstance(value, np.ndarray):
            digest.update(str(value.dtype).encode() + repr(value.shape).encode() + value.tobytes())
        elif isinstance(value, tuple):
            for item in value:
                feed(item)
        else:
            digest.update(repr(value).encode())

    feed(rules)
    return replace(rules, digest=digest.hexdigest())
