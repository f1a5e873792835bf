"""Numbers that do not add up: the score's weights, and minutes against turns."""

from __future__ import annotations

from collections.abc import Iterator

from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic

_QUICKEST, _SLOWEST = 15, 180  # seconds a turn that a person can mean


def score(subject: Subject) -> Iterator[Diagnostic]:
    """L017: weights of the score that do not sum to 100, though they are shown as shares."""
    weights = subject.scenario.score
    total = weights.you + weights.them + weights.relationship
    if abs(total - 100) <= 0.5:
        return
    shares = [round(100 * w / total) for w in (weights.you, weights.them)]
    shares.append(100 - sum(shares))
    yield subject.complaint(
        "L017",
        f"the weights of the score sum to {total:g}",
        subject.key(("score",)),
        field="score",
        expected="percentages, 100 in all",
        fix="as they are used: {{you: {}, them: {}, relationship: {}}}".format(*shares),
    )


def minutes(subject: Subject) -> Iterator[Diagnostic]:
    """L018: minutes that nobody can need for so many turns, or less talk than play."""
    scenario = subject.scenario
    turns = sum(m.turns for m in scenario.meetings) + sum(d.turns for d in scenario.deals)
    seconds = 60 * scenario.minutes / turns
    if not _QUICKEST <= seconds <= _SLOWEST:
        low, high = -(-_QUICKEST * turns // 60), _SLOWEST * turns // 60
        yield subject.complaint(
            "L018",
            f"{scenario.minutes} minutes for {turns} turns are {seconds:.0f} seconds a turn",
            ("minutes",) if "minutes" in scenario.model_fields_set else ("scenario",),
            field="minutes",
            expected=f"between {low} and {max(high, low)} minutes; a turn takes about 40 seconds",
            fix=f"minutes: {max(1, round(40 * turns / 60))}",
        )
    teaching = scenario.teaching
    if teaching is not None and teaching.minutes < scenario.minutes:
        longer = subject.place(("minutes",))
        given = "minutes" in scenario.model_fields_set
        yield subject.complaint(
            "L018",
            f"{teaching.minutes} minutes for playing and talking, and {scenario.minutes} to play",
            ("teaching", "minutes"),
            expected=f"more than {scenario.minutes}",
            fix="count the talk afterwards as well",
            related=[subject.related("to play alone", longer)] if given else [],
        )
