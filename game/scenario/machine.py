"""The trust machine as an author may bend it: states that exist, that lead on, that make sense."""

from __future__ import annotations

import math
from collections.abc import Iterator

from game.scenario.diagnostics import Diagnostic, did_you_mean, listing
from game.scenario.expression import (
    And,
    Compare,
    Expression,
    ExpressionError,
    Named,
    Not,
    Or,
    atoms,
    check,
    machine_vocabulary,
    parse,
)
from game.scenario.guards import can_hold
from game.scenario.mending import meant, meant_within
from game.scenario.model import Machine, State
from game.scenario.tree import Item, Lines, Path, find, nearest, within

MAX_ALTERNATIVES = 64
_CODES = {"syntax": "T004", "name": "T005", "type": "T006"}


def check_machine(machine: Machine, root: Item, lines: Lines, base: Path) -> list[Diagnostic]:
    """Everything wrong in a validated machine.

    ``root`` is its tree, ``base`` its path in the file.
    """
    return list(_MachineCheck(machine, root, lines, base).run())


class _MachineCheck:
    def __init__(self, machine: Machine, root: Item, lines: Lines, base: Path) -> None:
        self.machine = machine
        self.states = machine.states
        self.root = root
        self.lines = lines
        self.base = base
        self.vocabulary = machine_vocabulary()
        self.never: set[tuple[str, str]] = set()  # conditions that no values can fulfil

    def complaint(self, code: str, message: str, path: Path, **more: object) -> Diagnostic:
        item = nearest(self.root, path)
        place = item.spot if find(self.root, path) is item else (item.key or item.place)
        return self.lines.complaint(code, message, place, field=self.field(path), **more)

    def field(self, path: Path) -> str:
        return ".".join(str(step) for step in (*self.base, *path))

    def run(self) -> Iterator[Diagnostic]:
        yield from self.known(self.machine.start, ("start",))
        for name, state in self.states.items():
            path: Path = ("states", name)
            if state.to:
                yield from self.known(state.to, (*path, "to"))
            for index, source in enumerate(state.from_):
                yield from self.known(source, (*path, "from", index))
            conditions: dict[str, Expression] = {}
            for key, text in (("enter", state.enter), ("leave", state.leave)):
                if text:
                    tree, problems = self.condition(text, (*path, key))
                    yield from problems
                    if tree is not None:
                        conditions[key] = tree
                        if not problems and not can_hold(tree):
                            self.never.add((name, key))
            yield from self.flicker(name, conditions.get("enter"), conditions.get("leave"))
        yield from self.ranks()
        if self.machine.start in self.states:
            yield from self.ways()

    def known(self, name: str, path: Path) -> Iterator[Diagnostic]:
        if name not in self.states:
            yield self.complaint(
                "T001",
                f"there is no state “{name[:40]}”",
                path,
                expected="one of " + listing(self.states),
                fix=did_you_mean(name, self.states, "name one of these, or add the state"),
                edits=meant(self.lines, nearest(self.root, path).place, name, self.states),
            )

    def condition(self, text: str, path: Path) -> tuple[Expression | None, list[Diagnostic]]:
        try:
            tree = parse(text)
        except ExpressionError as broken:
            return None, [self.expression_problem(broken, text, path)]
        problems = check(tree, self.vocabulary) or _too_involved(tree, len(text))
        return tree, [self.expression_problem(problem, text, path) for problem in problems]

    def expression_problem(self, problem: ExpressionError, text: str, path: Path) -> Diagnostic:
        item = nearest(self.root, path)
        place = within(item, text, problem.start, problem.end, self.lines)
        fix = (
            did_you_mean(problem.word, problem.choices) if problem.word and problem.choices else ""
        )
        return self.lines.complaint(
            _CODES[problem.kind],
            f"in “{path[-1]}”: {problem.message}",
            place,
            field=self.field(path),
            expected=problem.expected,
            fix=fix or "write conditions such as “trust > 0.3 and not price_named”",
            edits=meant_within(self.lines, place, problem.word, problem.choices or ()),
        )

    def flicker(
        self, name: str, enter: Expression | None, leave: Expression | None
    ) -> Iterator[Diagnostic]:
        if enter is None or not isinstance(leave, Compare) or isinstance(leave.value, str):
            return
        parts = enter.parts if isinstance(enter, And) else (enter,)
        for part in parts:
            if (
                not isinstance(part, Compare)
                or part.name != leave.name
                or isinstance(part.value, str)
            ):
                continue
            rising = part.op in (">", ">=") and leave.op in ("<", "<=") and leave.value > part.value
            falling = (
                part.op in ("<", "<=") and leave.op in (">", ">=") and leave.value < part.value
            )
            if rising or falling:
                yield self.complaint(
                    "T010",
                    f"“{name}” is left at once after it was entered",
                    ("states", name, "leave"),
                    severity="warning",
                    expected="a gap between the two, as in enter: trust > 0.28, leave: trust < 0.2",
                    fix=f"leave {leave.name} room below and above: compare with {part}",
                )

    def ranks(self) -> Iterator[Diagnostic]:
        seen: dict[int, str] = {}
        for name, state in self.states.items():
            if state.rank is None:
                continue
            if state.rank in seen:
                first = nearest(self.root, ("states", seen[state.rank], "rank")).spot
                yield self.complaint(
                    "T009",
                    f"“{name}” has the rank of “{seen[state.rank]}”",
                    ("states", name, "rank"),
                    expected="a rank of its own for each state on the ladder",
                    fix="number the ladder from 0 upwards",
                    related=(self.lines.related("first used here", first),),
                )
            seen.setdefault(state.rank, name)

    def ways(self) -> Iterator[Diagnostic]:
        start = self.machine.start
        if self.states[start].ends:
            yield self.complaint(
                "T008",
                f"the meeting would end as it starts, in “{start}”",
                ("start",),
                expected="a state without “ends:”",
                fix="start in another state",
            )
            return
        reached, waiting = {start}, [start]
        while waiting:
            for after in self.ways_from(waiting.pop()):
                if after not in reached:
                    reached.add(after)
                    waiting.append(after)
        for name, state in self.states.items():
            if name not in reached:
                never = (name, "enter") in self.never
                yield self.complaint(
                    "T002",
                    f"the condition of “{name}” can never hold"
                    if never
                    else f"nothing leads to the state “{name}”",
                    ("states", name, "enter") if never else ("states", name),
                    expected="an “enter:” that can hold, or another state with “to:” it",
                    fix=("change the" if never else "add an")
                    + f" “enter:” of {name}, or remove it",
                )
            elif not state.ends and all(self.states[a].ends for a in self.ways_from(name)):
                yield self.complaint(
                    "T003",
                    f"the state “{name}” is never left",
                    ("states", name),
                    expected="a way back: mistakes cost, they do not kill",
                    fix=f"add “leave:” and “to:” to {name}",
                )
        if not any(state.ends for state in self.states.values()):
            yield self.complaint(
                "T007",
                "no state ends the meeting: the buyer can never walk away",
                ("states",),
                severity="warning",
                expected="one state with “ends: walkaway”",
                fix="add such a state, or keep “closed” of the common machine",
            )

    def ways_from(self, name: str) -> list[str]:
        """The states that can follow a state."""
        state: State = self.states[name]
        if state.ends:
            return []
        after = [
            other
            for other, target in self.states.items()
            if other != name
            and target.enter
            and (other, "enter") not in self.never
            and (not target.from_ or name in target.from_)
        ]
        back = state.to or self.machine.start
        if (
            state.leave
            and (name, "leave") not in self.never
            and back != name
            and back in self.states
        ):
            after.append(back)
        return after


def _too_involved(tree: Expression, length: int) -> list[ExpressionError]:
    """What the core cannot hold as a table: two names compared, or a great many alternatives."""
    problems = [
        ExpressionError(
            f"“{atom.value}” is a name; a guard compares with a number",
            *atom.value_span,
            kind="type",
            expected="a number",
        )
        for atom in atoms(tree)
        if isinstance(atom, Compare) and isinstance(atom.value, str)
    ]
    if not problems and alternatives(tree) > MAX_ALTERNATIVES:
        message = f"written out, this has more than {MAX_ALTERNATIVES} alternatives"
        problems = [ExpressionError(message, 0, length, expected="fewer “or” inside “and”")]
    return problems


def alternatives(tree: Expression, positive: bool = True) -> int:
    """How many clauses the tree has when written as an OR of ANDs."""
    if isinstance(tree, Not):
        return alternatives(tree.part, not positive)
    if isinstance(tree, Named | Compare):
        return 1
    counts = [alternatives(part, positive) for part in tree.parts]
    return sum(counts) if isinstance(tree, Or) is positive else math.prod(counts)
