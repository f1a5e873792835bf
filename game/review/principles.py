"""The principles that a review teaches, and which of them fits what happened.

They are words that hold at another table too, called up by the causes of a mistake or of a strong
move: `scenarios/common/principles.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from game.scenario import language
from game.scenario.diagnostics import ScenarioError, errors
from game.scenario.guard import decode, read_bytes
from game.scenario.library import common_path
from game.scenario.messages import validate_model
from game.scenario.model import Id, Model
from game.scenario.shelves import shown_path
from game.scenario.translated import in_words
from game.scenario.tree import Lines, parse_tree

# Causes by what they did to the score; a few go both ways. Each has words, `cause_<id>`.
COSTS = (
    "push", "drift", "repetition", "open_question", "sore_topic", "missed_door", "hurry", "slight",
    "price_before_trust", "unfounded_price", "bare_price", "deferred_price", "anchor",
    "known_flight", "flight_pressed", "rebooked_early", "demand_granted", "concession",
    "spent_time", "patience", "problem_unopened", "need_missed", "shared_early", "deception",
    "promise_broken", "criticised", "corrected", "preparation_missing", "referral_unused",
    "gap_unused", "parted_early", "signed_cheap", "after_unused", "witness", "evidence",
)  # fmt: skip
GAINS = (
    "answered", "open_question", "welcome_topic", "deferred_price", "demand_declined", "patience",
    "breadth", "promise_kept", "disclosure", "let_go", "repetition", "evidence",
)  # fmt: skip
CAUSES = tuple(dict.fromkeys(COSTS + GAINS))

MIDDLE = 0.5  # from here on a buyer is on the diffuse side

When = Literal["specific", "diffuse", "any"]
Kind = Literal["cost", "gain"]


@dataclass(frozen=True, slots=True)
class PrincipleRule:
    """One principle: its words, where they come from, what calls it up, how to practise it."""

    id: str
    text: str
    source: str
    causes: tuple[str, ...]  # of CAUSES
    when: When  # side of the continuum on which it holds
    kind: Kind  # what a mistake teaches, or what a strong move showed
    practice: str


class _Principle(Model):
    text: Annotated[str, Field(min_length=1, max_length=160)]
    source: Annotated[str, Field(min_length=1, max_length=120)]
    causes: Annotated[list[Id], Field(min_length=1)]
    when: When
    kind: Kind
    practice: Annotated[str, Field(min_length=1, max_length=200)]


class _File(Model):
    principles: Annotated[dict[Id, _Principle], Field(min_length=1)]


def read_principles(path: Path, tag: str = language.SOURCE) -> Mapping[str, PrincipleRule]:
    """The principles of a file in its order, by id, in the words of a language.

    Raises :class:`ScenarioError` with every complaint about the file.
    """
    shown = shown_path(path)
    lines = Lines()
    tree = parse_tree(decode(read_bytes(path, shown), shown), shown, lines)
    if tree.root is None:
        raise ScenarioError(tree.diagnostics)
    file, found = validate_model(_File, tree.root, lines)
    complaints = [*tree.diagnostics, *found]
    if file is None or errors(complaints):
        raise ScenarioError(complaints)
    file = in_words("common/principles", file, tag)
    return MappingProxyType(
        {
            id: PrincipleRule(
                id, p.text, p.source, tuple(p.causes), p.when, p.kind, p.practice
            )
            for id, p in file.principles.items()
        }
    )  # fmt: skip


def principles() -> Mapping[str, PrincipleRule]:
    """The shipped principles, by id, in the current language."""
    return _principles(language.current())


@cache
def _principles(tag: str) -> Mapping[str, PrincipleRule]:
    return read_principles(common_path("principles.yaml"), tag)


def principle_for(causes: Sequence[str], d: float, gain: bool) -> PrincipleRule | None:
    """What the weightiest cause that any principle speaks of teaches; None where there is none.

    `causes` run from the weightiest down; `d` in [0, 1] is the buyer's. A principle for the
    buyer's own side goes before one for any.
    """
    side: When = "specific" if d < MIDDLE else "diffuse"
    kind: Kind = "gain" if gain else "cost"
    for cause in causes:
        for when in (side, "any"):
            for rule in principles().values():
                if cause in rule.causes and rule.kind == kind and rule.when == when:
                    return rule
    return None
