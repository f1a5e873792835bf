"""Lines of a voice that are never said, and occasions for which a voice has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic
from game.scenario.model_voice import Notice, Say, Thought, VoiceModel
from game.scenario.tree import Item, Path
from game.scenario.voice import LEAVINGS, said_on
from game.session.voices import tone_names

POLES = ("plain", "circling")
_ENOUGH = 0.1  # share of the occasions of a state and pole that the common voice may speak
_SECTIONS = ("says", "notices", "thinks")
_BROAD = ("evaded", "refused", "hint", "demand")  # said of something, or of anything
_FAREWELLS = (*LEAVINGS, "dismisses")

Line = Say | Notice | Thought


class _Speaker:
    """One buyer with a voice of his own, at one table."""

    def __init__(self, subject: Subject, buyer: str, voice: VoiceModel, tree: Item) -> None:
        self.subject, self.buyer, self.voice, self.tree = subject, buyer, voice, tree
        self.name = subject.scenario.buyers[buyer].name
        self.tones = dict(zip(subject.machine.states, tone_names(subject.machine), strict=True))
        self.reached = subject.possible.reached[buyer].states
        self.never = subject.possible.occasions(buyer)
        self.rings = {verb: move.ring for verb, move in subject.moves.moves.items()}
        self.heard = frozenset(tone for state in self.reached for tone in self.tones[state])
        ends = {state for state in self.reached if subject.machine.states[state].ends}
        self.awake = frozenset(t for state in self.reached - ends for t in self.tones[state])

    def silent(self, section: str, line: Line) -> str:
        """Why a line is never said by this person, or an empty text.

        What a scenario has no occasion for (a flight, a second deal) is no fault of a voice.
        """
        if section == "thinks" and line.on in LEAVINGS:
            return f"no thought is kept of “{line.on}”, but of how it felt"
        if not line.in_:
            return ""
        if self.heard.isdisjoint(line.in_):
            return f"{self.name} never comes to {_quoted(line.in_)}"
        farewell = section == "says" and line.on.partition(".")[0] in _FAREWELLS
        if not farewell and self.awake.isdisjoint(line.in_):
            # the meeting is over then, and the last turn is told in the tone before it
            return f"nothing but a farewell is heard in {_quoted(line.in_)}"
        return ""

    # --- what is missing --------------------------------------------------------------------------

    @cached_property
    def occasions(self) -> list[str]:
        """What there is to say to in this scenario."""
        found = [on for on in said_on(self.subject.moves) if on not in self.never]
        return [*found, "arrive.2"] if self._times_met() > 1 else found

    def _times_met(self) -> int:
        scenario = self.subject.scenario
        here = [not m.present or self.buyer in m.present for m in scenario.meetings]
        return sum(here) + len(scenario.deals) * here[-1]

    def missing(self, state: str, pole: str) -> list[str]:
        """Occasions for which he has no words of his own in this state and pole."""
        tones = self.tones[state]
        fitting = {
            line.on
            for line in self.voice.says.values()
            if (not line.in_ or not tones.isdisjoint(line.in_)) and line.as_ in (None, pole)
        }
        # a narrower line, for one topic or demand, is his own as well
        heads = {on.partition(".")[0] for on in fitting}
        own = fitting | {head for head in heads if head in _BROAD or head in self.rings}
        return [
            on
            for on in self.occasions
            if on not in own
            and not (on == "rejects.again" and "rejects" in own)
            and f"any.{self.rings.get(on, '')}" not in own
        ]


def _speakers(subject: Subject) -> Iterator[_Speaker]:
    for buyer in subject.scenario.buyers:
        voice = subject.voice(buyer)
        if voice is not None:
            yield _Speaker(subject, buyer, *voice)


def never_said(subjects: Sequence[Subject]) -> Iterator[Diagnostic]:
    """L007: lines of a voice that nobody says in any of the scenarios that are checked.

    One finding for each reason, at its first line.
    """
    voices: dict[str, list[_Speaker]] = {}
    for subject in subjects:
        for speaker in _speakers(subject):
            voices.setdefault(speaker.tree.file, []).append(speaker)
    for speakers in voices.values():
        first = speakers[0]
        dead: dict[str, list[Path]] = {}
        for section in _SECTIONS:
            for key, line in getattr(first.voice, section).items():
                reasons = [speaker.silent(section, line) for speaker in speakers]
                if all(reasons):
                    dead.setdefault(reasons[0], []).append((section, key))
        for why, paths in dead.items():
            count = f"{len(paths)} lines are" if len(paths) > 1 else "this line is"
            yield first.subject.complaint(
                "L007",
                f"{count} never said: {why}",
                first.subject.key(paths[0], first.tree),
                field=".".join(map(str, paths[0])),
                expected="an occasion and trust states in which the line can be heard",
                fix="give it another “on:” or “in:”; a last word belongs to “on: leaves”",
            )


def few_of_his_own(subject: Subject) -> Iterator[Diagnostic]:
    """L009: states and poles in which a buyer often falls back on the common voice."""
    for speaker in _speakers(subject):
        states = subject.machine.states
        rows = {
            (state, pole): speaker.missing(state, pole)
            for state in states
            if state in speaker.reached and not states[state].ends
            for pole in POLES
        }
        (state, pole), worst = max(rows.items(), key=lambda row: len(row[1]))
        total = len(speaker.occasions)
        if len(worst) <= _ENOUGH * total:
            continue
        often = Counter(on for missing in rows.values() for on in missing)
        first = ", ".join(on for on, _ in often.most_common(5))
        yield subject.complaint(
            "L009",
            f"{speaker.name} has no words of {_own(subject, speaker.buyer)} own in {often.total()} "
            f"of {len(rows) * total} cases; the common voice speaks there",
            (*subject.buyer_path(speaker.buyer), "voice"),
            expected=f"words for {total} occasions in {len(rows) // 2} trust states, plain and "
            f"circling; least are there in {state}, {pole}: {total - len(worst)}",
            fix=f"write lines without “in:” first, where most are missing: {first}",
        )


def _own(subject: Subject, buyer: str) -> str:
    return {"he": "his", "she": "her"}.get(subject.scenario.buyers[buyer].pronoun, "their")


def _quoted(states: Sequence[str]) -> str:
    return " or ".join(f"“{state}”" for state in states)
