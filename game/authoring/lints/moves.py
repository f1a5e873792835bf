"""Words for moves that cannot be made here, plays that make them, and deals that cannot close."""

from __future__ import annotations

import re
from collections.abc import Iterator

from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic, Edit, did_you_mean, listing
from game.scenario.mending import meant_within, source, surely, swap
from game.scenario.tree import Path, Place, find, within
from game.session.notation import ActionError, parse_action


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
    phrases = subject.scenario.phrases
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
        edits=swap(subject.lines, subject.key(path), f"{verb}.{argument}", f"{verb}.{sure}")
        if (sure := surely(argument, known or ())) and f"{verb}.{sure}" not in phrases
        else (),
    )


def played(subject: Subject) -> Iterator[Diagnostic]:
    """L005: a move of a play that can never be made: its verb, its argument or its package."""
    for name, play in subject.scenario.plays.items():
        for index, move in enumerate(play.moves):
            path: Path = ("plays", name, "moves", index)
            verb = re.split("[:@]", move.strip())[0]
            why = subject.possible.why_never(verb)
            if why:
                yield _unplayable(subject, path, move, f"“{verb}” is never possible here, {why}")
                continue
            try:
                # who is there at the time does not matter here, so somebody is
                parse_action(subject.rules, move, list(subject.scenario.buyers)[:1])
            except ActionError as refused:
                yield _unplayable(subject, path, move, refused.message, refused.suggestion)


def _unplayable(subject: Subject, path: Path, move: str, why: str, instead: str = "") -> Diagnostic:
    """The complaint, at the part of the move that its reason quotes last."""
    place = subject.place(path)
    item = find(subject.root, path)
    quoted = [word for word in re.findall("“([^”]+)”", why) if word in move]
    if item is not None and quoted:
        start = move.rindex(quoted[-1])
        place = within(item, move, start, start + len(quoted[-1]), subject.lines)
    return subject.complaint(
        "L005",
        f"the play “{path[1]}” cannot make this move: {why[:1].lower()}{why[1:].rstrip('.')}",
        place,
        field=".".join(map(str, path)),
        expected="a move that can be made here",
        fix=f"did you mean “{instead}”?" if instead else "write another move, or remove it",
        edits=_instead(subject, place, instead),
    )


def _instead(subject: Subject, place: Place, instead: str) -> tuple[Edit, ...]:
    """The word that is quoted in a refusal, as it stands in what was probably meant."""
    return meant_within(
        subject.lines, place, source(subject.lines, place), re.split("[:=]", instead)[-1:]
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
