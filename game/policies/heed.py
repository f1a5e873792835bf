"""What a script makes of moves that somebody else played before it takes over."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.core.arithmetic import Ints
from game.policies.notation import UNLIMITED
from game.policies.scripted import Memory, Scripted


class Heed:
    """Books moves as if the script had made them: a step that was made is spent."""

    def __init__(self, script: Scripted) -> None:
        self._script = script
        size = script.rules.n_actions
        self._steps: list[tuple[int, int, NDArray[np.bool_]]] = []
        for index, step in enumerate(script.steps):
            made = np.zeros(size, np.bool_)
            made[step.actions.reshape(-1)] = True
            if step.count != UNLIMITED:
                self._steps.append((index, step.rotation, made))

    def note(self, memory: Memory, action: Ints) -> None:
        """Book `action` (n,) in every row of the memory, which is changed in place."""
        open_: NDArray[np.bool_] = np.ones(action.shape, np.bool_)
        for index, rotation, made in self._steps:
            hit = made.take(action) & open_ & (memory.left[index] > 0)
            if hit.any():
                memory.left[index] -= hit
                open_ = open_ & ~hit
                if rotation >= 0:
                    memory.said[rotation] += hit
