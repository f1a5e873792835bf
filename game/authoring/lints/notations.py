"""Words of other notations that a scenario holds: events of plays, and approved moves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from game.authoring.subject import Subject
from game.policies.notation import PolicyError, parse_step
from game.scenario.diagnostics import Diagnostic, listing, suggest
from game.scenario.mending import meant, meant_within
from game.scenario.tree import Path, find, within
from game.session.event_words import known_events


def events(subject: Subject) -> Iterator[Diagnostic]:
    """L027: an event that a play waits for and that no game here can have."""
    known: list[str] = []
    for name, play in subject.scenario.plays.items():
        for index, event in enumerate(play.events):
            known = known or sorted(known_events(subject.rules))
            if event in known:
                continue
            path: Path = ("plays", name, "events", index)
            near = suggest(event, known)
            yield subject.complaint(
                "L027",
                f"“{event[:60]}” never happens here",
                path,
                expected=_alike(event, known),
                fix=f"did you mean “{near}”?" if near else "correct the word, or take it out",
                edits=meant(subject.lines, subject.place(path), event, known),
            )


def _alike(event: str, known: Iterable[str]) -> str:
    """Events of the same kind; all plain ones where the kind is unknown."""
    kind, colon, _ = event.partition(":")
    some = [one for one in known if one.startswith(f"{kind}:")] if colon else []
    return "one of " + listing(some or [one for one in known if ":" not in one], 40)


def approved(subject: Subject) -> Iterator[Diagnostic]:
    """R009: an approved move that the review will not be able to read."""
    teaching = subject.scenario.teaching
    for index, step in enumerate([] if teaching is None else teaching.approves):
        problem = _unreadable(subject, step)
        if problem is None:
            continue
        path: Path = ("teaching", "approves", index)
        item, word = find(subject.root, path), problem.word
        place = subject.place(path)
        if item is not None and word and (at := re.search(rf"\b{re.escape(word)}\b", step)):
            place = within(item, step, *at.span(), subject.lines)
        near = suggest(word, problem.choices)
        yield subject.lines.complaint(
            "R009",
            f"an approved move cannot be read: {problem}",
            place,
            field=f"teaching.approves[{index}]",
            expected="one of " + listing(problem.choices, 40)
            if problem.choices
            else "policy steps, such as “defer_price when asked = asks_price”",
            fix=f"did you mean “{near}”?" if near else "correct the step, or take it out",
            edits=meant_within(subject.lines, place, word, problem.choices),
        )


def _unreadable(subject: Subject, text: str) -> PolicyError | None:
    possible = subject.possible
    try:
        step = parse_step(text)
    except PolicyError as problem:
        return problem
    if step.verb not in possible.verbs:
        return PolicyError(f"there is no move “{step.verb}”", step.verb, tuple(possible.verbs))
    rest = step.action.partition(":")[2].partition("@")[0]
    known = possible.arguments(step.verb)
    packages = possible.verbs[step.verb].args == "packages"
    if rest and not packages and rest not in (known or ()):
        return PolicyError(f"“{step.verb}” has no “{rest}” here", rest, known or ())
    buyer = step.action.partition("@")[2]
    if buyer and buyer not in subject.scenario.buyers:
        return PolicyError(f"nobody here is “{buyer}”", buyer, tuple(subject.scenario.buyers))
    return None
