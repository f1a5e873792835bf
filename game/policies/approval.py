"""Moves that a scenario's designer approves, and that no review marks down."""

from __future__ import annotations

from collections.abc import Sequence

from game.core.rules import Rules
from game.core.view import View
from game.policies.notation import PolicyError, parse_policy, policy_vocabulary
from game.policies.scripted import Scripted
from game.scenario.expression import compile_expression


class Approvals:
    """Steps in the policy notation, each `action [when expression]`.

    Raises :class:`game.policies.notation.PolicyError` for a step that cannot be read, or names a
    move that the scenario does not have.
    """

    def __init__(self, rules: Rules, steps: Sequence[str]) -> None:
        vocabulary = policy_vocabulary()
        parsed = parse_policy(list(steps), {}) if steps else []
        script = Scripted(rules, parsed, strict=True)
        if len(script.steps) < len(parsed):
            raise PolicyError("one of these moves is not in this scenario", steps[0], rules.verbs)
        self._rules = [
            (frozenset(ready.actions.reshape(-1).tolist()),
             None if step.when is None else compile_expression(step.when, vocabulary))
            for step, ready in zip(parsed, script.steps, strict=True)
        ]  # fmt: skip

    def approves(self, action: int, view: View) -> bool:
        """Whether an action is approved where one row's view stands."""
        return any(
            action in actions and (test is None or bool(test(view)[0]))
            for actions, test in self._rules
        )
