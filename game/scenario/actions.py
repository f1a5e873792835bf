"""The enumerated table of actions: every verb with arguments and addressees, then packages."""

from __future__ import annotations

from typing import Any

import numpy as np

from game.core.rules import COLUMNS, EFFECT, PREPARATIONS, Asks, Col, Offers
from game.core.vocabulary import Initiative, Scope
from game.scenario.model import CommonMoves, MoveModel, Scenario
from game.scenario.packages import option_text, price_issue

_ASKS = {"": Asks.NOTHING, "direct": Asks.DIRECT, "indirect": Asks.INDIRECT,
         "embarrassing": Asks.EMBARRASSING, "follow_up": Asks.FOLLOW_UP,
         "volunteer": Asks.VOLUNTEER}  # fmt: skip
_OFFERS = {"": Offers.NOTHING, "price": Offers.PRICE, "suggest": Offers.SUGGEST,
           "given": Offers.GIVEN, "same": Offers.SAME, "next": Offers.NEXT,
           "accept": Offers.ACCEPT, "sign": Offers.SIGN}  # fmt: skip

_USUAL_REFERRAL = 0.7


class ActionTable:
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
        table = np.array(poles, np.float32).T
        if self.scenario.referral is not None:
            # a friend's word weighs as much as the friend does
            strength = np.float32(self.scenario.referral.strength / _USUAL_REFERRAL)
            table[:, [m.effect == "use_referral" for m in self.moves_of]] *= strength
        return np.ascontiguousarray(table)

    def radius(self) -> Any:
        return np.array(self.radii, np.float32)

    def slight(self) -> Any:
        return np.ascontiguousarray(np.array([m.slight for m in self.moves_of], np.float32).T)

    def hurries(self) -> Any:
        hurrying = ("press", "press_flight", "nudge")
        return np.array([m.effect in hurrying for m in self.moves_of], np.float32)

    def patience(self) -> Any:
        return np.array([m.patience for m in self.moves_of], np.float32)
