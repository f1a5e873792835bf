"""The shipped policies, and how a name or a text becomes a seller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Protocol

import yaml

from game.core.arithmetic import Ints
from game.core.legal import Flags
from game.core.rules import Rules
from game.core.view import View
from game.policies.dice import RandomSeller
from game.policies.notation import PolicyError, parse_policy
from game.policies.scripted import Memory, Scripted
from game.scenario.library import common_path


class Seller(Protocol):
    """Plays a batch: sees the base view and the legal flags, nothing else."""

    def start(self, n: int) -> Memory: ...

    def act(self, view: View, flags: Flags, memory: Memory, u: Any) -> Ints: ...


@cache
def shipped_policies() -> Mapping[str, Sequence[str]]:
    """Name -> steps, from the common policies file."""
    policies: Mapping[str, Sequence[str]] = yaml.safe_load(
        common_path("policies.yaml").read_text(encoding="utf-8")
    )["policies"]
    return policies


def seller_for(rules: Rules, policy: str | Sequence[str]) -> Seller:
    """A seller for a shipped name, a variant, or steps. Raises PolicyError."""
    if policy == "random":
        return RandomSeller(rules)
    return Scripted(rules, parse_policy(policy, shipped_policies()))


__all__ = ["PolicyError", "Seller", "seller_for", "shipped_policies"]
