"""The strong seller: at every decision the action of the highest worth.

One step of policy improvement over a scripted seller, on the belief about the buyer; see
:mod:`game.policies.worth`. He knows the rules and the scenario's spread, and sees what any seller
sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.core.arithmetic import Ints
from game.core.legal import Flags
from game.core.observe import Observation
from game.core.rules import Rules
from game.core.state import rows
from game.core.view import View
from game.core.vocabulary import Phase
from game.policies.belief import Belief, prior
from game.policies.scripted import Memory, Scripted
from game.policies.worth import Decisions, Stage, Weigher

_STAGES = (Stage(6), Stage(18, 8), Stage(48, 3))
_PARTICLES = 256
_HASHED = float(1 << 24)


@dataclass(slots=True)
class Mind:
    """What the seller carries from turn to turn: his script's memory, and his belief."""

    script: Memory
    belief: Belief | None = None

    def rows(self, index: Any) -> Mind:
        belief = None if self.belief is None else self.belief.only(index)
        return Mind(self.script.rows(index), belief)


class Optimal:
    """Plays the best action of one step of lookahead; rows are independent of one another."""

    at_once = 100

    def __init__(
        self,
        rules: Rules,
        script: Scripted,
        stages: Sequence[Stage] = _STAGES,
        particles: int = _PARTICLES,
    ) -> None:
        self.rules = rules
        self._stages, self._particles = tuple(stages), particles
        self._sample = max(stage.rollouts for stage in stages)
        self._script = script
        self._weigher = Weigher(rules, script)
        self._wait = rules.actions.index("wait")

    def start(self, n: int) -> Mind:
        return Mind(self._script.start(n))

    def act(self, view: View, flags: Flags, memory: Mind, u: Any) -> Ints:
        """The action of every row, (n,) int32; `u` (n,) is the seller's own chance."""
        salts = (u * np.float32(_HASHED)).astype(np.uint32)
        if memory.belief is None:
            memory.belief = prior(self.rules, salts, self._particles)
        live = np.flatnonzero(view["phase"] != Phase.ENDED)
        choice = np.full(u.shape[0], self._wait, np.int32)
        if not live.size:
            return choice
        self._script.renew(memory.script, view["deal"] - 1)
        legal = np.stack([flags.allows(a)[live] for a in range(self.rules.base_actions)])
        belief = memory.belief.only(live)
        asked = Decisions(
            state=rows(belief.state, belief.drawn(self._sample).reshape(-1)),
            sample=self._sample,
            memory=memory.script.rows(live),
            candidates=[np.flatnonzero(column).tolist() for column in legal.T],
            kept=[()] * live.size,
            salts=salts[live],
        )
        choice[live] = self._weigher.best(asked, self._stages)
        return choice

    def see(self, memory: Mind, action: Ints, seen: Observation, view: View) -> None:
        """Learn from a turn."""
        assert memory.belief is not None, "a seller sees what came of his own action"
        self._weigher.note(memory.script, action)
        memory.belief = memory.belief.after(self.rules, action, seen, view)
