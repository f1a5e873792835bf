"""The random seller: any legal base action with equal chance."""

from __future__ import annotations

from typing import Any

import numpy as np

from game.core.arithmetic import Ints
from game.core.legal import Flags
from game.core.rules import Rules
from game.core.view import View
from game.policies.scripted import Memory


class RandomSeller:
    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._wait = rules.actions.index("wait")

    def start(self, n: int) -> Memory:
        return Memory(np.zeros((1, n), np.uint8), np.zeros((1, n), np.uint8), np.zeros(n, np.int8))

    def act(self, view: View, flags: Flags, memory: Memory, u: Any) -> Ints:
        """Uniform over the legal base actions; `u` (n,) is the policy's own chance."""
        legal = np.stack([flags.allows(a) for a in range(self.rules.base_actions)])
        count = legal.sum(axis=0)
        wanted = (u * count.astype(np.float32)).astype(np.int32) + 1
        reached = np.cumsum(legal, axis=0, dtype=np.int16) >= wanted
        return np.where(count > 0, reached.argmax(axis=0), self._wait).astype(np.int32)
