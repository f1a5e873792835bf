"""Words for moves that cannot be made here, plays that make them, and deals that cannot close."""

from __future__ import annotations

from collections.abc import Iterator

from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic, did_you_mean, listing
from game.scenario.packages import option_text
from game.scenario.tree import Path, find, within


def worded(subject: Subject) -> Iterator[Diagnostic]:
    """L004: words under ``phrases:`` for a move that can never be made in this scenario."""
    possible = subject.possible
    for key in subject.scenario.phrases:
        verb, dot, argument = key.partition(".")
        path: Path = ("phrases", key)
        if subject.inherited(path):
            continue  # the scenario it was written for may need it
        why = possible.why_never(verb)
        if why:
            yield subject.complaint(
                "L004",
                f"nobody can say this: “{verb}” is never possible here, {why}",
                subject.key(path),
                field=".".join(map(str, path)),
                expected="words for moves that can be made",
                fix="remove the phrase, or give the scenario what the move needs",
            )
            continue
        if dot:
            yield from _argument(subject, verb, argument, path)


def _argument(subject: Subject, verb: str, argument: str, path: Path) -> Iterator[Diagnostic]:
    known = subject.possible.arguments(verb)
    if known is not None and argument in known:
        return
    message = (
        f"nobody can say this: “{verb}” takes nothing after the dot"
        if known is None
        else f"nobody can say this: “{verb}” has no “{argument[:40]}” here"
    )
    yield subject.complaint(
        "L004",
        message,
        subject.key(path),
        field=".".join(map(str, path)),
        expected=f"“{verb}”, or {verb}. and one of {listing(known)}" if known else f"“{verb}”",
        fix=did_you_mean(argument, known or (), "correct the word after the dot, or remove it"),
    )


def played(subject: Subject) -> Iterator[Diagnostic]:
    """L005: a move of a play that can never be made: its verb, its argument or its package."""
    for name, play in subject.scenario.plays.items():
        for index, move in enumerate(play.moves):
            path: Path = ("plays", name, "moves", index)
            verb, colon, rest = move.strip().partition(":")
            verb = verb.partition("@")[0]
            if why := subject.possible.why_never(verb):
                yield _unplayable(
                    subject, path, move, move, f"“{verb}” is never possible here, {why}", ()
                )
                continue
            if colon and rest.partition("@")[0]:
                yield from _argument_of(subject, path, move, verb, rest.partition("@")[0])


def _argument_of(
    subject: Subject, path: Path, move: str, verb: str, argument: str
) -> Iterator[Diagnostic]:
    if subject.moves.moves[verb].args == "packages":
        yield from _package(subject, path, move, argument)
        return
    known = subject.possible.arguments(verb)
    if known is None:
        yield _unplayable(
            subject, path, move, argument, f"“{verb}” takes nothing after the colon", ()
        )
    elif argument not in known:
        yield _unplayable(
            subject, path, move, argument, f"“{verb}” has no “{argument[:40]}” here", known
        )


def _package(subject: Subject, path: Path, move: str, package: str) -> Iterator[Diagnostic]:
    issues = subject.scenario.issues
    for part in package.split(";"):
        name, _, option = (piece.strip() for piece in part.partition("="))
        if name not in issues:
            yield _unplayable(subject, path, move, name, f"there is no issue “{name[:40]}”", issues)
            continue
        known = [option_text(one) for one in issues[name].options]
        if option not in known:
            yield _unplayable(
                subject, path, move, option, f"“{name}” has no option “{option[:40]}”", known
            )


def _unplayable(
    subject: Subject, path: Path, move: str, part: str, why: str, known: object
) -> Diagnostic:
    item = find(subject.root, path)
    place = subject.place(path)
    start = move.find(part)
    if item is not None and start >= 0 and part:
        place = within(item, move, start, start + len(part), subject.lines)
    choices = [str(choice) for choice in known] if isinstance(known, dict | list | tuple) else []
    return subject.complaint(
        "L005",
        f"the play “{path[1]}” cannot make this move: {why}",
        place,
        field=".".join(map(str, path)),
        expected="one of " + listing(choices) if choices else "a move that can be made here",
        fix=did_you_mean(part, choices, "write another move, or remove it"),
    )


def no_deal(subject: Subject) -> Iterator[Diagnostic]:
    """L006: no meeting in which business is open and somebody with a say sits."""
    scenario = subject.scenario
    with_say = {name for name, buyer in scenario.buyers.items() if buyer.say}
    for meeting in scenario.meetings:
        here = set(meeting.present or scenario.buyers)
        if meeting.ground_rule != "no_business" and here & with_say:
            return
    last = len(scenario.meetings) - 1
    banned = all(meeting.ground_rule == "no_business" for meeting in scenario.meetings)
    path: Path = ("meetings", last, "ground_rule" if banned else "present")
    yield subject.complaint(
        "L006",
        "no deal can close: "
        + ("business is banned at every meeting" if banned else "nobody with a say sits at one"),
        path,
        expected="a meeting with business and somebody with a say",
        fix="drop the ground rule of the last meeting"
        if banned
        else f"let {listing(sorted(with_say))} come to a meeting",
    )
