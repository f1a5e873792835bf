"""Claims as data: what a claim file may hold, and what is made of it (docs/claims.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import Field

from game.scenario.model import Experiment, Model

# --- what a file may hold -------------------------------------------------------------------------


class ClaimRow(Experiment):
    id: str
    source: str
    kind: Literal["D", "I", "C"]
    claim: str
    scenarios: list[str] = []
    tests: list[Experiment] = []
    pending: str = ""


class ClaimsModel(Model):
    policies: dict[str, list[str]] = {}
    claims: list[ClaimRow]


class SharedModel(Model):
    scenarios: list[str]
    with_: dict[str, Any] = Field(alias="with")
    bands: dict[str, dict[str, Any]]
    policies: dict[str, list[str]]


# --- what is made of it ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arm:
    """A seller of an experiment: steps written out, "random" or "optimal"; and his own changes."""

    policy: str | tuple[str, ...]
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of a claim, with all that it took from the claim."""

    number: int  # from 1, within its claim
    measure: str
    buyers: tuple[str, ...]
    arms: tuple[tuple[str, Arm], ...]
    changes: Mapping[str, Any]
    kind: str
    delta: float
    contrast: str
    runs: int | None = None  # episodes an arm; None: what the test rule says


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about behaviour. `scenarios` is None where the shared ones are meant."""

    id: str
    source: str
    kind: str
    statement: str
    scenarios: tuple[str, ...] | None
    tests: tuple[Test, ...]
    pending: str = ""


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """The claims of some files, and what every experiment shares.

    `every` holds the shipped claims too where one of the claims speaks about all of them.
    """

    claims: tuple[Claim, ...]
    every: tuple[Claim, ...]
    bands: Mapping[str, Mapping[str, Any]]
    changes: Mapping[str, Any]
    scenarios: tuple[str, ...]

    def scenarios_of(self, claim: Claim) -> tuple[str, ...]:
        return self.scenarios if claim.scenarios is None else claim.scenarios


_PROBABILITIES = ("deal", "walkaway", "second_turn", "price_asked", "answered", "stays",
                  "would_stay", "renew", "relationship", "disclosed", "hint_right")  # fmt: skip


def smallest_that_counts(measure: str) -> float:
    """The delta of a measure by its kind: probability, turns, facts, utility or trust."""
    if measure.startswith(_PROBABILITIES):
        return 0.03
    if measure.startswith(("turns", "turn")):
        return 0.5
    if measure.startswith("facts"):
        return 0.25
    return 0.02


# --- contrasts -----------------------------------------------------------------------------------

# contrast: (fewest buyers, most buyers, fewest arms, most arms); 0 for "any number"
_SHAPES: dict[str, tuple[int, int, int, int]] = {
    "arms": (1, 0, 2, 2),
    "bands": (2, 2, 1, 2),
    "did": (2, 2, 2, 4),
    "single": (1, 0, 1, 1),
    "sweep": (1, 0, 1, 0),
    "ratio": (1, 2, 1, 2),
    "correlation": (1, 0, 1, 0),
    "crossing": (3, 0, 2, 2),
    "main_effects": (1, 0, 4, 4),
    "share_best": (1, 0, 2, 0),
    "swing": (1, 0, 3, 3),
    "odds": (1, 0, 2, 2),
    "within": (1, 0, 1, 0),
    "presets_order": (2, 0, 1, 1),
    "presets_overlap": (2, 0, 1, 1),
    "every_did": (0, 0, 0, 0),
    "same_trace": (1, 0, 2, 0),
    "same_chunks": (1, 0, 1, 1),
    "tuned": (1, 0, 2, 0),
    "skill": (1, 0, 2, 2),
    "luck": (1, 0, 1, 0),
    "recital": (1, 0, 2, 0),
    "best_share": (1, 1, 1, 0),
    "near_best": (1, 1, 1, 0),
    "parting": (1, 1, 1, 1),
    "regained": (1, 1, 1, 1),
    "closed_soon": (1, 1, 1, 1),
    "spread": (1, 1, 1, 0),
}
_PAIRED = ("correlation", "within")  # need a measure of the form first~second
_UNPAIRED = ("arms", "bands", "did", "single", "sweep", "crossing", "odds", "swing",
             "tuned", "skill")  # fmt: skip


def misfit(contrast: str, buyers: int, arms: int, measures: Sequence[str]) -> str:
    """What keeps a contrast from being drawn with so many bands and arms; empty if nothing does."""
    least_b, most_b, least_a, most_a = _SHAPES[contrast]
    if buyers < least_b or (most_b and buyers > most_b):
        return f"{buyers} bands of buyers"
    if arms < least_a or (most_a and arms > most_a) or (contrast == "did" and arms == 3):
        return f"{arms} arms"
    if contrast in _PAIRED and not all("~" in m for m in measures):
        return "a measure that is no pair x~y"
    if contrast in _UNPAIRED and any("~" in m for m in measures):
        return "a pair of measures"
    if contrast != "bands" and "mutual_information" in measures:
        return "mutual_information, which compares two bands"
    if contrast == "ratio" and arms != 2 and not all("~" in m for m in measures):
        return "one arm and a measure that is no pair x~y"
    if contrast.startswith("presets") and buyers % 2:
        return "an odd number of presets"
    return ""


def wanted_by(contrast: str) -> str:
    """What a contrast is drawn with, in words."""
    least_b, most_b, least_a, most_a = _SHAPES[contrast]

    def count(least: int, most: int, what: str) -> str:
        if most == least:
            return f"{least} {what}"
        return f"{least} or more {what}" if not most else f"{least} to {most} {what}"

    text = f"{count(least_b, most_b, 'bands')} and {count(least_a, most_a, 'arms')}"
    text += ", held to rises or falls" if contrast == "sweep" else ""
    return text + (", a pair x~y as measure" if contrast in _PAIRED else "")
