"""Who sits at the table today: the scenario's own draw, d fixed, or drawn blind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from game.core.chance import keys_of, uniforms
from game.core.rules import Rules
from game.core.vocabulary import Stream

Help = Literal["guided", "plain", "exam"]
HELP_LEVELS: tuple[Help, ...] = ("guided", "plain", "exam")
_BLIND_STEP = 1  # the draws at the start use step 0


@dataclass(frozen=True, slots=True)
class Settings:
    """How a game is played. `d` in [0, 1] fixes every buyer's diffuseness.

    With a `coach` hints may be asked for and big moments are remarked on; ValueError in an exam.
    """

    help: Help = "plain"
    d: float | None = None
    blind: bool = False
    coach: bool = False

    def __post_init__(self) -> None:
        if self.coach and self.help == "exam":
            raise ValueError("nobody coaches in an exam")

    def as_json(self) -> dict[str, Any]:
        """For the transcript; without a coach it looks as it did before there was one."""
        found: dict[str, Any] = {"help": self.help, "d": self.d, "blind": self.blind}
        return found | {"coach": True} if self.coach else found

    @property
    def layers(self) -> tuple[str, ...]:
        """View layers before the end (decision 5)."""
        return ("base", "trust") if self.help == "guided" else ("base",)


def seated(rules: Rules, seed: int, settings: Settings) -> Rules:
    """The rules with the diffuseness of the buyers as the settings ask; the digest stays.

    Blind play draws each d uniformly from the seed and hands the draws out in the scenario's order,
    so that whoever was the more diffuse of two still is.
    """
    people = rules.buyers
    if settings.d is not None:
        means = np.full(rules.n_buyers, settings.d, np.float32)
    elif settings.blind:
        key = keys_of(seed, 1)
        step = np.array([_BLIND_STEP], np.int16)
        draws = np.sort(uniforms(key, Stream.DRAWS, step, rules.n_buyers)[:, 0])
        means = np.empty(rules.n_buyers, np.float32)
        means[np.argsort(people.d_mean, kind="stable")] = draws
    else:
        return rules
    sd = np.zeros(rules.n_buyers, np.float32)
    return replace(rules, buyers=replace(people, d_mean=means, d_sd=sd))
