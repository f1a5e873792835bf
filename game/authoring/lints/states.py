"""Trust states that nobody comes to or nobody stays in, and facts that no state tells."""

from __future__ import annotations

from collections.abc import Iterator

from game.authoring.lints.reach import Ranges, box, boxes, guard_of, inside, may_follow
from game.authoring.subject import Subject
from game.core.rules import Atom
from game.scenario.diagnostics import Diagnostic, listing
from game.scenario.expression import atoms, parse
from game.scenario.grammar import format_number
from game.scenario.tree import Path, find, within

_WORDS = {"=": "=="}


def unreachable(subject: Subject) -> Iterator[Diagnostic]:
    """L001: a state that this scenario wrote or bent, and that none of its buyers can come to."""
    people = subject.possible.reached.values()
    for name, state in subject.machine.states.items():
        path: Path = ("trust_machine", "states", name)
        if find(subject.root, path) is None or any(name in one.states for one in people):
            continue
        failing = [_failing(state.enter, one.ranges) for one in people]
        if state.enter and all(failing):
            atom = failing[0]
            assert atom is not None
            yield _never_holds(subject, name, atom)
            continue
        before = [s for s in subject.machine.states if may_follow(subject.machine, name, s)]
        yield subject.complaint(
            "L001",
            f"nobody here comes to the state “{name}”: what it follows is out of reach too",
            subject.key(path),
            field=".".join(map(str, path)),
            expected="a way to it from " + listing(before) if before else "a state it may follow",
            fix=f"look at the states before it, or remove {name}",
        )


def _failing(enter: str, ranges: Ranges) -> Atom | None:
    """A comparison without which no clause of a guard could be refused, if each has such a one."""
    found = None
    for clause in guard_of(enter):
        wrong = [atom for atom in clause if box((atom,), ranges) is None]
        if not wrong:
            return None
        found = found or wrong[0]
    return found


def _never_holds(subject: Subject, name: str, atom: Atom) -> Diagnostic:
    quantity, _, _ = atom
    path: Path = ("trust_machine", "states", name, "enter")
    text = subject.machine.states[name].enter
    span = next((a.span for a in atoms(parse(text)) if a.name == quantity), None)
    item = find(subject.root, path)
    place = subject.place(path)
    if item is not None and span is not None:
        place = within(item, text, span.start, span.end, subject.lines)
    limits = {r.ranges[quantity] for r in subject.possible.reached.values()}
    low, high = min(a for a, _ in limits), max(b for _, b in limits)
    return subject.complaint(
        "L001",
        f"nobody here comes to the state “{name}”: {_spoken(atom)} cannot hold",
        place,
        field=".".join(map(str, path)),
        expected=f"a condition that fits: {quantity} lies {_between(low, high)} here",
        fix=f"bring the number into that range, or remove {name}",
    )


def _spoken(atom: Atom) -> str:
    name, op, bound = atom
    if name in ("price_named", "problem"):
        return f"“{name}”"
    return f"“{name} {_WORDS.get(op, op)} {format_number(bound)}”"


def _between(low: float, high: float) -> str:
    return f"at {low:.4g}" if low == high else f"between {low:.2g} and {high:.2g}"


def passed_through(subject: Subject) -> Iterator[Diagnostic]:
    """L002: a state that is left in the moment it is entered, since a later one follows at once."""
    machine = subject.machine
    names = list(machine.states)
    fallen_to = {s.to or machine.start for s in machine.states.values() if s.leave}
    for index, name in enumerate(names):
        path: Path = ("trust_machine", "states", name)
        enter = machine.states[name].enter
        if not enter or name in fallen_to or name == machine.start:
            continue
        for later in names[index + 1 :]:
            if not may_follow(machine, later, name):
                continue
            written = [
                (*path[:2], state, "enter")
                for state in (name, later)
                if find(subject.root, (*path[:2], state, "enter")) is not None
            ]
            if written and _always_follows(subject, enter, machine.states[later].enter):
                yield subject.complaint(
                    "L002",
                    f"nobody stays in “{name}”: whenever it is entered, “{later}” is too",
                    written[0],
                    expected="an “enter:” that the later state does not share",
                    fix=f"put {later} before {name}, or let one of them ask for more",
                    related=[
                        subject.related("which holds then as well", subject.place(other))
                        for other in written[1:]
                    ],
                )
                break


def _always_follows(subject: Subject, enter: str, later: str) -> bool:
    if not later:
        return False
    for one in subject.possible.reached.values():
        here, there = boxes(guard_of(enter), one.ranges), boxes(guard_of(later), one.ranges)
        if not here or not all(any(inside(a, b) for b in there) for a in here):
            return False
    return True


def untold(subject: Subject) -> Iterator[Diagnostic]:
    """L003: a fact at a depth that no state within reach tells."""
    machine = subject.machine
    for key, fact in subject.scenario.facts.items():
        holders = [fact.buyer] if fact.buyer else list(subject.scenario.buyers)
        people = [subject.possible.reached[b] for b in holders]
        if any(one.tells(machine, fact.depth) for one in people):
            continue
        yield subject.complaint(
            "L003",
            f"“{key}” is never told: no trust state within reach tells what is {fact.depth}",
            ("facts", key, "depth"),
            expected=f"a state that can be reached with “{fact.depth}” among its “tells:”",
            fix=f"make the fact shallower, or let a state tell what is {fact.depth}",
        )
