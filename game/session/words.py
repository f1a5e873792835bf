"""Labels, amounts and packages for people, and what the seller says with each move.

Words come from the scenario's `phrases:` first and from the common phrases where it has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from game.core.rules import Col, Rules
from game.scenario.load import Loaded
from game.scenario.model import Buyer, Issue, Scenario
from game.scenario.packages import price_issue
from game.scenario.translated import common_words, counted
from game.scenario.word_places import spoken
from game.session.lines import Heard, Line, choose, filled, line
from game.session.notation import Parts, format_action, parts_of
from game.session.writing import (
    amount,
    head_of,
    inside,
    labelled,
    listed,
    named,
    numeral,
    pronouns,
)

EARLY_TURNS = 2
LATE_SHARE = 0.6
# What one says on parting usually leaves a deal open; these also fit after a signature.
_GOODBYES = ("move.part.part_done",)


_QUESTIONS = ("ask_direct", "ask_indirect", "ask_embarrassing")


def phrases(tag: str | None = None) -> dict[str, Any]:
    """The common phrases, `moves`, `ui`, `events` and `hints`, in a language or the current one."""
    return common_words("phrases.yaml", tag)


def ui(id: str, **values: object) -> str:
    """An interface text by its id. Raises KeyError for an id that no text has."""
    text: str = phrases()["ui"][id]
    return filled(text, {k: str(v) for k, v in values.items()}) if values else text


def ui_counted(id: str, count: int) -> str:
    """Of the interface texts `id_one` and `id_many` the one that goes with a number."""
    return filled(counted(phrases()["ui"], id, count), {"count": str(count)})


@dataclass(frozen=True, slots=True)
class Occasion:
    """When a move is made, as far as the seller's own wording cares."""

    seed: int
    ply: int
    turn: int  # turns already played in this meeting
    turns: int
    guess: int  # ladder rank at which the seller believes to stand, 0 stranger
    signed: bool = False  # the deal of this meeting is made

    def allows(self, when: str) -> bool:
        if when == "early":
            return self.turn < EARLY_TURNS
        if when == "late":
            return self.turn >= LATE_SHARE * self.turns
        if when == "formal":
            return self.guess == 0
        return self.guess >= 2  # easy


class Words:
    """Every label and amount of one scenario."""

    def __init__(self, loaded: Loaded, rules: Rules) -> None:
        self.scenario = scenario = loaded.scenario
        self.language = loaded.language
        self._option_words = loaded.option_words
        self.rules = rules
        self._price = price_issue(scenario)[1]
        self._labels = _labels(scenario, loaded.language)
        self._says: dict[str, tuple[tuple[Line, str], ...]] = {}
        self._moves: dict[tuple[str, str], list[list[Line]]] = {}  # what you say, by move
        self._packages: dict[int, str] = {}  # those that were put in words

    @property
    def phrases(self) -> dict[str, Any]:
        """The common phrases in the language in which the scenario is shown."""
        return phrases(self.language)

    # --- amounts and packages ---------------------------------------------------------------

    def option(self, issue: str, k: int) -> str:
        """An option as it is said: `41.00 EUR per unit`, `delivery: May`, `warranty 24 months`."""
        model = self.scenario.issues[issue]
        value = model.options[k]
        if isinstance(value, bool) or not isinstance(value, int | float):
            return named(self.label(issue), self._spoken(issue, value), self.language)
        told = self._amount(value, model)
        if issue == self._price:
            return told
        return labelled(self.label(issue), told, self.language)

    def short(self, issue: str, k: int) -> str:
        """An option in a table whose row already names the issue."""
        model = self.scenario.issues[issue]
        value = model.options[k]
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self._spoken(issue, value)
        return self._amount(value, model)

    def _amount(self, value: int | float, issue: Issue, unit: bool = True) -> str:
        """`41.00 EUR` where any option has cents, `204,000 EUR` where none has."""
        numbers = [o for o in issue.options if isinstance(o, int | float)]
        cents = any(isinstance(o, float) for o in numbers)
        plain = numeral(value, 2 if cents else 0, self.language)
        return amount(plain, issue.unit if unit else "", self.language)

    def _spoken(self, issue: str, option: object) -> str:
        return self._option_words.get((issue, str(option))) or spoken(option)

    def package(self, index: int) -> str:
        """A package in words, in the scenario's order of issues."""
        if index not in self._packages:
            chosen = self.rules.bargain.options[index].tolist()
            pairs = zip(self.rules.issues, chosen, strict=True)
            told = (self.option(issue, k) for issue, k in pairs)
            self._packages[index] = listed(told, self.language)
        return self._packages[index]

    def price_of(self, index: int) -> str:
        """The price of a package, with its unit."""
        k = int(self.rules.bargain.options[index][self.rules.issues.index(self._price)])
        return self.option(self._price, k)

    def label(self, id: str) -> str:
        """The words for an issue, topic, block or demand."""
        return self._labels.get(id, id.replace("_", " "))

    def name(self, id: str) -> str:
        """A label inside a sentence: what follows a comma is left out."""
        return head_of(self.label(id))

    # --- moves --------------------------------------------------------------------------------

    def move_label(self, action: int, demand: str = "") -> str:
        """What you do, in a few words; never whether it is wise. `demand` is the one open."""
        parts = parts_of(format_action(self.rules, action))
        text = str(self._move_words(parts, "label") or parts.verb)
        if action >= self.rules.base_actions:
            package = self.package(action - self.rules.base_actions)
            return named(text, package, self.language)
        if parts.argument and "{" not in text:
            text = named(text, self.name(parts.argument), self.language)
        return filled(text, self.move_values(action, demand=demand))

    def verb_label(self, verb: str) -> str:
        """A verb with its argument left open: `Talk about …`."""
        text = str(self._move_words(Parts(verb), "label") or verb)
        return re.sub(r"\{\w+\}", "…", text) if "{" in text else named(text, "…", self.language)

    def argument(self, action: int) -> str:
        """The argument of a base action, in words."""
        package = int(self.rules.columns[Col.PACKAGE, action])
        if package >= 0:
            k = int(self.rules.bargain.options[package][self.rules.issues.index(self._price)])
            issue = self.scenario.issues[self._price]
            return self._amount(issue.options[k], issue, unit=False)
        return self.label(parts_of(self.rules.actions[action]).argument)

    def tempts(self, action: int) -> str:
        """The good reason for which a decent seller would choose it."""
        parts = parts_of(format_action(self.rules, action))
        return str(self._move_words(parts, "tempts") or "")

    def move_values(self, action: int, offer: str = "", demand: str = "") -> dict[str, str]:
        """What the move's own placeholders stand for."""
        cols = self.rules.columns[:, action]
        parts = parts_of(format_action(self.rules, action))
        values = {"offer": offer, "demand": demand, "firm": self.scenario.you.firm}
        if self.scenario.flight is not None:
            values["return"] = self.scenario.flight.label
        if action < self.rules.base_actions and parts.argument:
            values |= dict.fromkeys(("topic", "about", "block"), self.name(parts.argument))
        elif not parts.argument:
            values["topic"] = str(
                self.phrases["ui"]["any_topic"]
            )  # a table may have no topics of its own
        package = int(cols[Col.PACKAGE])
        if package >= 0:
            values["price"] = values["you_price"] = self.price_of(package)
            values["offer"] = self.package(package)
        return values

    def own_line(
        self, action: int, at: Occasion, heard: Heard, values: Mapping[str, str]
    ) -> tuple[str, str] | None:
        """(id, text) of what you say with this move now; None when every wording is spent."""
        parts = parts_of(format_action(self.rules, action))
        spoken = self._spoken_with(parts)

        # a question is put in words that name its subject, or that were written for it
        bare = f"{parts.verb}." if parts.verb in _QUESTIONS and parts.argument else ""
        own = f"{self.scenario.scenario}.move.{parts.verb}.{parts.argument}."

        def fits(x: Line) -> bool:
            if bare and "about" not in x.needs and not x.id.startswith(own):
                return False
            if at.signed and parts.verb == "part" and x.id not in _GOODBYES:
                return False
            return not x.pole or at.allows(x.pole)

        found = choose(spoken, at.seed, at.ply, heard, values, fits)
        return None if found is None else (found.id, filled(found.text, values))

    def _spoken_with(self, parts: Parts) -> Sequence[Sequence[Line]]:
        known = self._moves.get((parts.verb, parts.argument))
        if known is not None:
            return known
        key = f"{parts.verb}.{parts.argument}"
        tiers = self._moves[parts.verb, parts.argument] = []
        own = self.scenario.phrases
        for prefix, source in (
            (f"{self.scenario.scenario}.move.{key}", own.get(key)),
            (f"{self.scenario.scenario}.move.{parts.verb}", own.get(parts.verb)),
            (f"move.{parts.verb}", self.phrases["moves"].get(parts.verb)),
        ):
            if isinstance(source, Mapping):
                tiers.append(_variants(prefix, source.get("says") or {}))
        return tiers

    def _move_words(self, parts: Parts, what: str) -> Any:
        own = self.scenario.phrases
        for source in (
            own.get(f"{parts.verb}.{parts.argument}"), own.get(parts.verb),
            self.phrases["moves"].get(parts.verb),
        ):  # fmt: skip
            if isinstance(source, Mapping) and source.get(what):
                return source[what]
        return None

    # --- people -------------------------------------------------------------------------------

    def person(self, buyer: str) -> dict[str, str]:
        """Placeholders that follow one buyer: name, address and pronouns."""
        who: Buyer = self.scenario.buyers[buyer]
        values = {"name": who.name, "address": who.address or who.name}
        return {**values, **pronouns(who.pronoun, self.language)}


def _variants(prefix: str, says: Mapping[str, Any]) -> list[Line]:
    lines = []
    for key, value in says.items():
        text, when = (value, "") if isinstance(value, str) else (value["text"], value.get("when"))
        lines.append(line(f"{prefix}.{key}", text, (), when))
    return lines


def _labels(scenario: Scenario, tag: str) -> dict[str, str]:
    labels = {t: topic.label for t, topic in scenario.topics.items()}
    labels |= {i: inside(issue.label or i, tag) for i, issue in scenario.issues.items()}
    labels |= {b: inside(text, tag) for b, text in scenario.blocks.items()}
    labels |= {d: inside(demand.label, tag) for d, demand in scenario.demands.items()}
    return {k: v or k.replace("_", " ") for k, v in labels.items()}


__all__ = ["Issue", "Occasion", "Words", "phrases", "ui", "ui_counted"]
