"""Scenario to Rules: names become indices, choices become tables, guards become data."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from game.core.arithmetic import popcount_table
from game.core.poles import pole_table
from game.core.rules import (
    EFFECT,
    EVENTS,
    FADE_STEPS,
    PREPARATIONS,
    RULES_VERSION,
    COLUMNS,
    Asks,
    BuyerRules,
    CalendarRules,
    Col,
    FactRules,
    MachineRules,
    Offers,
    Rules,
)
from game.core.vocabulary import Depth, Group, Initiative, Scope
from game.core.weights import Weights
from game.scenario.expression import machine_vocabulary
from game.scenario.guards import to_guard
from game.scenario.model import Buyer, CommonMoves, Machine, MoveModel, Scenario
from game.scenario.packages import bargain_rules, option_text, price_issue

_DEMAND_RATE = ("never", "rarely", "sometimes", "often")
_ASKS = {"": Asks.NOTHING, "direct": Asks.DIRECT, "indirect": Asks.INDIRECT,
         "embarrassing": Asks.EMBARRASSING, "follow_up": Asks.FOLLOW_UP,
         "volunteer": Asks.VOLUNTEER}  # fmt: skip
_OFFERS = {"": Offers.NOTHING, "price": Offers.PRICE, "suggest": Offers.SUGGEST,
           "given": Offers.GIVEN, "same": Offers.SAME, "next": Offers.NEXT,
           "accept": Offers.ACCEPT, "sign": Offers.SIGN}  # fmt: skip
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
    table = _Actions(scenario, moves, tuple(buyers), abouts, bargain.options)
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
        needs_names=tuple(tuple(b.needs) or ("any",) for b in buyers.values()),
        machine=_machine_rules(machine, weights),
        buyers=_buyer_rules(scenario, buyers, fixed_trust, bargain.needs),
        bargain=bargain,
        facts=_fact_rules(scenario, tuple(buyers), abouts),
        calendar=_calendar_rules(scenario, buyers),
        score=_score(scenario),
        digest="",
    )
    return _with_digest(rules)


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


class _Actions:
    """Enumerates base actions and packages, and lays out their columns."""

    def __init__(
        self,
        scenario: Scenario,
        moves: CommonMoves,
        buyers: tuple[str, ...],
        abouts: tuple[str, ...],
        options: Any,
    ) -> None:
        self.scenario, self.moves, self.buyers = scenario, moves, buyers
        self.families = sorted({m.family for m in moves.moves.values()})
        self.verb_index = {name: i for i, name in enumerate(moves.moves)}
        self.names: list[str] = []
        self.needs: list[tuple[str, ...]] = []
        self.forbids: list[tuple[str, ...]] = []
        self.moves_of: list[MoveModel] = []
        self.rows: list[list[int]] = []
        self.radii: list[float] = []
        self.topics, self.abouts = tuple(scenario.topics), abouts
        self.options = options
        for verb, move in moves.moves.items():
            self._add_verb(verb, move)
        self.packages = int(options.shape[0])
        propose = moves.moves["propose"]
        for p in range(self.packages):
            row = self._row("propose", propose)
            row[Col.OFFERS], row[Col.PACKAGE] = Offers.GIVEN, p
            self.rows.append(row)
            self.moves_of.append(propose)
            self.radii.append(propose.radius)

    def _add_verb(self, verb: str, move: MoveModel) -> None:
        for argument, changes, radius, forbids in self._arguments(move):
            for who, buyer in self._addressees(move):
                row = self._row(verb, move)
                for col, value in changes.items():
                    row[col] = value
                row[Col.ADDRESSEE] = who
                name = verb + (f":{argument}" if argument else "") + (f"@{buyer}" if buyer else "")
                phase = {"prepare": "at_prepare", "between": "at_between"}.get(
                    move.ring, "at_table"
                )
                if verb == "wait":
                    phase = "open"
                needs = [phase, *move.needs]
                if verb == "prepare_referral":
                    needs.append("referral_exists")
                if buyer:
                    needs.append(f"present_{who}")
                forbid = [*move.forbids, *forbids]
                if move.ring == "prepare":
                    forbid.append(verb.replace("prepare_", "prepared_"))
                self.names.append(name)
                self.needs.append(tuple(needs))
                self.forbids.append(tuple(forbid))
                self.rows.append(row)
                self.moves_of.append(move)
                self.radii.append(radius)

    def _arguments(
        self, move: MoveModel
    ) -> list[tuple[str, dict[int, int], float, tuple[str, ...]]]:
        s = self.scenario
        if move.args == "topics":
            return [
                (t, {Col.TOPIC: i}, float(topic.radius), ())
                for i, (t, topic) in enumerate(s.topics.items())
            ] or [("", {}, move.radius, ())]
        if move.args == "abouts":
            return [(a, {Col.ABOUT: i}, move.radius, ()) for i, a in enumerate(self.abouts)]
        if move.args == "blocks":
            return [
                (b, {Col.ITEM: i}, move.radius, (f"block_{i}",)) for i, b in enumerate(s.blocks)
            ]
        if move.args == "prices":
            issue, name = price_issue(s)
            packages = self._price_packages(issue)
            texts = [option_text(o) for o in s.issues[name].options]
            return [
                (text, {Col.PACKAGE: p}, move.radius, ())
                for text, p in zip(texts, packages, strict=True)
            ]
        return [("", {}, move.radius, ())]

    def _price_packages(self, issue: int) -> list[int]:
        """For each price option, the package with your best on every other issue."""
        found = []
        for k in range(int(self.options[:, issue].max()) + 1):
            rest = self.options.sum(axis=1) - self.options[:, issue]
            at = np.flatnonzero((self.options[:, issue] == k) & (rest == 0))
            found.append(int(at[0]))
        return found

    def _addressees(self, move: MoveModel) -> list[tuple[int, str]]:
        aimed = move.ring in ("personal", "company", "problem", "manner") and move.args != "blocks"
        if len(self.buyers) == 1 or not aimed or move.effect in ("part", "wait"):
            return [(-1, "")]
        return list(enumerate(self.buyers))

    def _row(self, verb: str, move: MoveModel) -> list[int]:
        row = [0] * COLUMNS
        row[Col.VERB] = self.verb_index[verb]
        row[Col.FAMILY] = self.families.index(move.family)
        row[Col.GROUP] = 0 if move.group == "people" else 1
        row[Col.TOPIC] = row[Col.ABOUT] = row[Col.PACKAGE] = row[Col.ADDRESSEE] = -1
        row[Col.ITEM] = -1
        if move.asks == "volunteer":
            row[Col.ABOUT] = len(self.abouts)
        row[Col.ASKS], row[Col.OFFERS] = _ASKS[move.asks], _OFFERS[move.offers]
        row[Col.SCOPE] = Scope[move.scope.upper()]
        row[Col.EFFECT] = EFFECT[move.effect]
        row[Col.PREPARED] = sum(1 << PREPARATIONS.index(p) for p in move.prepared)
        row[Col.ANSWERS] = sum(1 << Initiative[q.upper()] for q in move.answers)
        return row

    def columns(self) -> Any:
        return np.ascontiguousarray(np.array(self.rows, np.int32).T)

    def evidence(self) -> Any:
        poles = [
            [*m.specific, *(f - s for s, f in zip(m.specific, m.diffuse, strict=True)), *m.status]
            for m in self.moves_of
        ]
        return np.ascontiguousarray(np.array(poles, np.float32).T)

    def radius(self) -> Any:
        return np.array(self.radii, np.float32)

    def slight(self) -> Any:
        return np.ascontiguousarray(np.array([m.slight for m in self.moves_of], np.float32).T)

    def hurries(self) -> Any:
        hurrying = ("press", "press_flight", "nudge")
        return np.array([m.effect in hurrying for m in self.moves_of], np.float32)

    def patience(self) -> Any:
        return np.array([m.patience for m in self.moves_of], np.float32)


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
    root = float(np.sqrt(np.float32(fade)))
    table = [1.0]
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
        demand_rate=np.array(
            [weights.demand_rates[_DEMAND_RATE.index(s.demands)] for s in states], np.float32
        ),
        concession=np.array([s.concession for s in states], np.float32),
        ends=np.array([s.ends is not None for s in states], np.bool_),
        signs=np.array([s.signs for s in states], np.float32),
        tradeoff=np.array([s.rank is not None and s.rank > 0 for s in states], np.bool_),
    )


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
    depth = [Depth[f.depth.upper()] for f in facts]
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
    subjects = [Group.PRODUCT, *(Group[d.subject.upper()] for d in deals)]
    events = list(scenario.events.values())
    return CalendarRules(
        turns=np.array(turns, np.int16),
        gap_days=np.array(gaps, np.float32),
        gap_slots=np.array(slots, np.int8),
        present=present,
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
        event_size=np.array([e.size for e in events] or [0.0], np.float32),
        event_at=tuple(
            (e.meeting - 1, e.turn, i) for i, e in enumerate(events) if e.turn is not None
        ),
    )


def _with_digest(rules: Rules) -> Rules:
    """The rules with a hash over everything that can change what happens."""
    from dataclasses import replace

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
