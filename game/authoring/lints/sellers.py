"""Whether the sellers that a pack brings along can play its scenarios."""

from __future__ import annotations

from collections.abc import Iterator

from game.authoring.subject import Subject
from game.policies.notation import PolicyError, parse_policy
from game.scenario.diagnostics import Diagnostic, did_you_mean, listing
from game.scenario.messages import dotted
from game.scenario.shelves import LAYER
from game.scenario.tree import Path


def unplayable(subject: Subject) -> Iterator[Diagnostic]:
    """P001: a step of a pack's seller that cannot be read, or has a verb that nobody knows."""
    tree = subject.trees.get(f"{LAYER}policies.yaml")
    if tree is None:
        return
    # sellers are much to import, and few scenarios bring any along
    from game.policies.scripted import Scripted
    from game.policies.shelf import own_policies

    for name, steps in own_policies(subject.loaded).items():
        for index, step in enumerate(steps):
            try:
                Scripted(subject.rules, parse_policy([step], {}), strict=True)
            except PolicyError as problem:
                path: Path = ("policies", name, index)
                yield subject.lines.complaint(
                    "P001",
                    str(problem),
                    subject.place(path, tree),
                    field=dotted(path),
                    expected="one of " + listing(problem.choices) if problem.choices else "a step",
                    fix=did_you_mean(
                        problem.word, problem.choices, "compare with “small_talk*3 when turn < 5”"
                    ),
                )
