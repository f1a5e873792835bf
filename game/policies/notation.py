"""The policy notation: `greet, small_talk*3, propose when trust_state >= trusted`.

    policy := name { ("-" | "+") step }  |  step { "," step }
    step   := action [ "*" [ n ] ] [ "when" expr ]

`*n` allows n uses, `*` alone any number. `rapport - small_talk + greet*2` is a shipped policy
without its steps of one verb and with another step put first. Parsing and formatting are inverse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from game.core.vocabulary import Initiative, Phase
from game.scenario.expression import (
    Expression,
    ExpressionError,
    Flag,
    Kind,
    Number,
    Words,
    check,
    parse,
)

UNLIMITED = 0

_STEP = re.compile(
    r"^\s*(?P<action>[a-z_]+(?::[^\s*@,]+)?(?:@[a-z_0-9]+)?)"
    r"\s*(?:(?P<star>\*)\s*(?P<count>\d{1,2})?)?\s*(?:when\s+(?P<when>.+))?$"
)
_VARIANT = re.compile(r"^\s*(?P<name>[a-z][a-z_]*)\s*(?P<rest>[-+].*)$", re.S)

_STATES = ("stranger", "acquainted", "trusted", "partner")
_NUMBERS = (
    "turn", "turns_left", "meeting", "deal", "deals", "facts", "topics", "trust", "diffuseness",
    "offer_value", "mine_value", "blocks", "granted", "granted_cost", "warmth", "reservation",
    "slots", "cost", "need", "demand", "people",
)  # fmt: skip
_FLAGS = (
    "problem_open", "price_named", "offer_standing", "demand_open", "door", "flight_known",
    "rebooked",
)  # fmt: skip


@cache
def policy_vocabulary() -> Mapping[str, Kind]:
    """What a policy's conditions may speak of: the seller's base view, and nothing hidden."""
    words: dict[str, Kind] = {
        "trust_state": Words(_STATES),
        "phase": Words(tuple(p.name.lower() for p in Phase)),
        "asked": Words(tuple(i.name.lower() for i in Initiative)),
    }
    return words | {n: Number() for n in _NUMBERS} | {f: Flag() for f in _FLAGS}


class PolicyError(ValueError):
    """A text that is no policy; `word` is what could not be read, `choices` what could."""

    def __init__(self, message: str, word: str = "", choices: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.word = word
        self.choices = tuple(choices)


@dataclass(frozen=True, slots=True)
class Step:
    action: str  # notation of decision 2, the argument may be left out
    count: int = 1  # UNLIMITED: whenever legal and true
    when: Expression | None = None

    def __str__(self) -> str:
        times = "" if self.count == 1 else "*" if self.count == UNLIMITED else f"*{self.count}"
        return self.action + times + (f" when {self.when}" if self.when is not None else "")

    @property
    def verb(self) -> str:
        return self.action.split(":")[0].split("@")[0]


def format_policy(steps: Sequence[Step]) -> str:
    return ", ".join(str(step) for step in steps)


@lru_cache(maxsize=1024)  # the same ones come up again with every seller and table
def parse_step(text: str) -> Step:
    match = _STEP.match(text.strip())
    if match is None:
        raise PolicyError(f"“{text.strip()}” is not a step", text.strip())
    count = 1
    if match["star"]:
        count = int(match["count"]) if match["count"] else UNLIMITED
        if match["count"] and count == 0:
            raise PolicyError(f"“{text.strip()}”: a step is played once at least", text.strip())
    when = None
    if match["when"]:
        try:
            when = parse(match["when"])
        except ExpressionError as problem:
            raise PolicyError(f"{problem.message} in “{match['when']}”", problem.word) from None
        for complaint in check(when, policy_vocabulary()):
            raise PolicyError(complaint.message, complaint.word, complaint.choices)
    return Step(match["action"], count, when)


def parse_policy(text: str | Sequence[str], shipped: Mapping[str, Sequence[str]]) -> list[Step]:
    """Steps of a policy: a shipped name, a variant of one, or steps written out.

    Raises PolicyError for anything else.
    """
    if not isinstance(text, str):
        return [parse_step(part) for part in text]
    name = text.strip()
    if name in shipped:
        return [parse_step(part) for part in shipped[name]]
    variant = _VARIANT.match(name)
    if variant is not None and variant["name"] in shipped:
        return _varied([parse_step(p) for p in shipped[variant["name"]]], variant["rest"])
    if re.fullmatch(r"[a-z][a-z_-]*", name) and name.replace("-", "_") in shipped:
        return parse_policy(name.replace("-", "_"), shipped)
    if not name:
        raise PolicyError("a policy needs at least one step")
    return [parse_step(part) for part in name.split(",")]


def _varied(steps: list[Step], rest: str) -> list[Step]:
    first: list[Step] = []
    if not re.fullmatch(r"(?:\s*[-+]\s*[^-+\s][^-+]*)+", rest):
        raise PolicyError(f"“{rest.strip()}” leaves a step unnamed", rest.strip())
    for sign, part in re.findall(r"([-+])\s*([^-+]+)", rest):
        step = parse_step(part)
        if sign == "+":
            first.append(step)
        else:
            kept = [s for s in steps if s.action != step.action and s.verb != step.action]
            if len(kept) == len(steps):
                raise PolicyError(
                    f"there is no step “{step.action}” to leave out",
                    step.action,
                    list(dict.fromkeys(s.action for s in steps)),
                )
            steps = kept
    return first + steps
