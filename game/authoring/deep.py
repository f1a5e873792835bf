"""`check --deep`: play a scenario some thousand times, and say what its author should know.

What is measured is :mod:`game.analysis.measured`; here it becomes findings at lines of the files,
each with its effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from game.analysis.claim_models import Claim
from game.analysis.coverage import Reach
from game.analysis.dominance import always_best, never_best
from game.analysis.expectations import read_expectations
from game.analysis.measured import SEED, Expectation, Measured, Progress, measure
from game.authoring.deep_words import (
    bound_text,
    fallen_short,
    nudge_text,
    number,
    percent,
)
from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic, did_you_mean, listing
from game.scenario.model import Play
from game.scenario.tree import Path, find
from game.session.event_words import known_events
from game.session.plays import PlayError, play_through, unmet

FRAGILE = 0.9  # share of the turned weights under which a verdict should stay
_SHOWN = 8  # ids listed in a message
_MOVES = 16  # moves listed in a message


@dataclass(frozen=True)
class PlayResult:
    """What came of one play: nothing wrong, or a move or an event, with what happened instead."""

    name: str
    move: int | None = None  # index of the move that could not be made
    event: int | None = None  # index of the event that did not come
    message: str = ""  # why the move could not be made
    instead: tuple[str, ...] = ()
    could: tuple[str, ...] = ()  # moves that could have been made there
    preparing: bool = False  # nobody had sat down yet

    @property
    def passed(self) -> bool:
        return self.move is None and self.event is None

    def why(self, play: Play) -> str:
        """What is wrong, in a sentence without its full stop; "" if nothing is."""
        if self.event is None:
            return self.message
        instead = listing(self.instead, _SHOWN) or "nothing more"
        return f"“{play.events[self.event][:60]}” does not happen; what did: {instead}"


@dataclass(frozen=True)
class Deep:
    """A scenario, what was measured of it, and what is to be said."""

    subject: Subject
    measured: Measured
    plays: tuple[PlayResult, ...]
    findings: tuple[Diagnostic, ...]


def deepened(
    subject: Subject,
    seed: int = SEED,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Deep:
    """Measure one valid scenario; the same for a seed, however many processes share the work."""
    claims: tuple[Claim, ...] = ()
    if subject.scenario.expect:
        claims = read_expectations(
            subject.loaded, subject.root, subject.lines, lambda: subject.rules
        ).claims
    plays = tuple(_played(subject))
    measured = measure(subject.loaded, claims, seed, jobs, progress)
    found = [
        *_expectations(subject, measured.expectations),
        *_plays(subject, plays),
        *_unreached(subject, measured.reach),
        *_moves(subject, measured),
    ]
    return Deep(subject, measured, plays, tuple(found))


# --- expectations ---------------------------------------------------------------------------------


def _expectations(subject: Subject, results: Iterable[Expectation]) -> Iterator[Diagnostic]:
    for result in results:
        where: Path = ("expect", int(result.claim.id) - 1)
        entry = subject.scenario.expect[int(result.claim.id) - 1]
        if not result.passed:
            failed = [found for found in result.findings if not found.passed]
            single = subject.buyer_path("")[0] == "buyer"
            yield subject.complaint(
                "D001",
                "; ".join(fallen_short(entry, result.claim, found) for found in failed),
                where,
                expected="; ".join(bound_text(entry, result.claim, found) for found in failed),
                fix=nudge_text(result, single)
                or "no single number of the file mends it: change the arms, or what is expected",
            )
            continue
        for one in result.sensitivities:
            if one.held < FRAGILE:
                worst = sorted(one.flips, key=lambda flip: -abs(flip[1] - one.finding.effect))
                yield subject.complaint(
                    "D007",
                    f"this holds in {percent(one.held)} of {one.turns} turns of one weight by "
                    f"20 %: not with {listing((str(turn) for turn, _ in worst), 4)}",
                    where,
                    expected=f"a verdict that stays in {percent(FRAGILE)} of them, for every "
                    "weight of the model is a guess",
                    fix="ask for less, or make the difference at the table larger",
                )


# --- plays ----------------------------------------------------------------------------------------


def _played(subject: Subject) -> Iterator[PlayResult]:
    for name, play in subject.scenario.plays.items():
        try:
            done = play_through(subject.loaded, play)
        except PlayError as problem:
            yield PlayResult(
                name, problem.move, message=str(problem),
                could=problem.could, preparing=problem.preparing,
            )  # fmt: skip
            continue
        lost = unmet(play.events, done.events)
        if lost is None:
            yield PlayResult(name)
        else:
            yield PlayResult(name, event=lost[0], instead=lost[1])


def _plays(subject: Subject, results: Iterable[PlayResult]) -> Iterator[Diagnostic]:
    known = known_events(subject.rules)
    for result in results:
        play = subject.scenario.plays[result.name]
        if result.move is not None:
            yield subject.complaint(
                "D002",
                f"the play cannot be played: {result.message}",
                ("plays", result.name, "moves", result.move),
                expected="one of " + listing(result.could, _MOVES) if result.could
                else "a move of this scenario",
                fix=_instead(result),
            )  # fmt: skip
        elif result.event is not None:
            event = play.events[result.event]
            where = " after the events before it" if result.event else ", sooner or later"
            words = {*known, *(event.partition("@")[0] for event in known), "demand"}
            strange = event not in words
            yield subject.complaint(
                "D002",
                result.why(play),
                ("plays", result.name, "events", result.event),
                expected=f"{event[:60]}{where}",
                fix=did_you_mean(event, sorted(words), "name an event that can happen")
                if strange
                else "other moves, another seed, or the events that did happen",
            )


def _instead(result: PlayResult) -> str:
    """What to do about a move that cannot be made."""
    if result.preparing:
        return (
            "prepare something first, as often as there are slots, or begin with “wait”, which "
            "sits down"
        )
    return "one of these, or another seed" if result.could else "write a move of this scenario"


# --- what is never reached ------------------------------------------------------------------------


def _unreached(subject: Subject, reach: Reach) -> Iterator[Diagnostic]:
    """D003: facts, demands, meetings and trust states of the author that no game came to."""
    scenario, none = subject.scenario, f"0 of {reach.games:,} playthroughs"

    def complaint(message: str, where: Path, fix: str) -> Diagnostic:
        item = find(subject.root, where)
        place = subject.key(where) if item is not None else subject.place(where)
        return subject.complaint(
            "D003", message, place, field=".".join(map(str, where)),
            expected="something that somebody meets", fix=fix,
        )  # fmt: skip

    for fact in scenario.facts:
        if not reach.events[f"told:{fact}"]:
            yield complaint(
                f"nobody is ever told “{fact}”: {none}", ("facts", fact),
                "less depth, another subject, or a buyer who can tell it",
            )  # fmt: skip
    for demand in scenario.demands:
        if not reach.events[f"demand:{demand}"]:
            yield complaint(
                f"“{demand}” is never asked for: {none}", ("demands", demand),
                "put it earlier in the list; a buyer asks for the first ones first",
            )  # fmt: skip
    for number_ in range(1, len(scenario.meetings)):
        if not reach.events[f"meeting:{number_ + 1}"]:
            yield complaint(
                f"meeting {number_ + 1} never takes place: {none}", ("meetings", number_),
                "more turns or patience before it",
            )  # fmt: skip
    own = find(subject.root, ("trust_machine", "states"))
    for state in own.value if own is not None and isinstance(own.value, dict) else ():
        if state in subject.machine.states and not any(
            reach.states[buyer, state] for buyer in scenario.buyers
        ):
            yield complaint(
                f"no buyer ever becomes “{state}”: {none}", ("trust_machine", "states", state),
                "a condition that is easier to meet",
            )  # fmt: skip


# --- lines that nobody hears ----------------------------------------------------------------------

_SECTIONS = (("says", "say"), ("notices", "notice"), ("thinks", "think"), ("letters", "letter"))


def unheard(subject: Subject, reach: Reach, buyer: str) -> list[tuple[Path, str]]:
    """Lines of a buyer's own voice that were heard in no game: (path in his file, id)."""
    known = subject.voice(buyer)
    if known is None:
        return []
    voice, _ = known
    return [
        ((section, key), f"{voice.voice}.{kind}.{key}")
        for section, kind in _SECTIONS
        for key in getattr(voice, section)
        if not reach.lines[f"{voice.voice}.{kind}.{key}"]
    ]


def silent_voices(deeps: Sequence[Deep]) -> Iterator[Diagnostic]:
    """D004: of each voice what is heard in no scenario that was played; one finding a voice."""
    users: dict[str, list[tuple[Deep, str]]] = {}
    for deep in deeps:
        for buyer in deep.subject.scenario.buyers:
            known = deep.subject.voice(buyer)
            if known is not None:
                users.setdefault(known[1].file, []).append((deep, buyer))
    for some in users.values():
        yield from _silent_voice(some)


def _silent_voice(users: Sequence[tuple[Deep, str]]) -> Iterator[Diagnostic]:
    deep, buyer = users[0]
    known = deep.subject.voice(buyer)
    assert known is not None, "who has no voice uses none"
    voice, tree = known
    silent = [
        {id for _, id in unheard(user.subject, user.measured.reach, who)} for user, who in users
    ]
    never = [id for _, id in unheard(deep.subject, deep.measured.reach, buyer)]
    never = [id for id in never if all(id in some for some in silent)]
    if not never:
        return
    dead = [id for id in never if not any(id in user.measured.reach.open for user, _ in users)]
    lines = sum(len(getattr(voice, section)) for section, _ in _SECTIONS)
    games = sum({id(user): user.measured.games for user, _ in users}.values())
    count = f"{len(never)} of {lines} lines are" if len(never) > 1 else "one line is"
    yield deep.subject.complaint(
        "D004",
        f"{count} heard in 0 of {games:,} playthroughs; {len(dead)} of them have an occasion, "
        f"state and manner that never came up together: {_ids(dead or never)}",
        deep.subject.place(("voice",), tree),
        field="voice",
        root=tree,
        expected="lines that somebody hears",
        fix="widen “in” or “as”, or write for what is missing: the report lists it",
    )


def _ids(ids: Sequence[str]) -> str:
    return listing((id.split(".", 2)[2] for id in ids), _SHOWN)


# --- moves ----------------------------------------------------------------------------------------

# Where the thing that a move is about stands in the file, by its verb.
_ARGUMENTS = ("topics", "blocks", "demands", "issues")


def _moves(subject: Subject, measured: Measured) -> Iterator[Diagnostic]:
    """D005 for what the author put there, and D006.

    That a verb of the common moves is nowhere best is no fault of a scenario: some are there to
    tempt. A topic or a subject is told of when no move about it is ever among the best, though
    moves of the same kind about other things are.
    """
    never = never_best(measured.decisions)
    near = [move for move, states in measured.decisions.near.items() if states]
    verbs = {move.partition(":")[0] for move in near}
    alive = {move.partition(":")[2] for move in near}
    told: set[str] = set()
    for one in reversed(never):  # the one that loses least says most about its subject
        verb, _, argument = one.move.partition(":")
        where = _place_of(subject, one.move)
        if where == ("scenario",) or argument in told:
            continue
        if argument and (argument in alive or verb not in verbs):
            continue
        told |= {argument} - {""}
        beaten = f"; in each of them “{one.by}” was better" if one.by else ""
        yield subject.complaint(
            "D005",
            f"“{one.move}” was among the best in 0 of {one.states} weighed states, and loses "
            f"{number(one.loss)} points on average{beaten}",
            where,
            expected="a moment for every move",
            fix="make it cheaper or worth more; or allow it, where it is there to tempt",
        )
    often = always_best(measured.decisions)
    if often is not None:
        verb, share = often
        yield subject.complaint(
            "D006",
            f"“{verb}” is best in {percent(share)} of {measured.decisions.at_table} weighed states",
            ("scenario",),
            expected="no move that is best in more than 60 %",
            fix="give other moves their moments: a fact to be asked for, a demand, a deadline",
        )


def _place_of(subject: Subject, move: str) -> Path:
    """The part of the file that a move comes from; the scenario's id where there is none."""
    verb, _, argument = move.partition(":")
    for part in _ARGUMENTS:
        if argument and find(subject.root, (part, argument)) is not None:
            return (part, argument)
    prepared = ("preparation", verb.removeprefix("prepare_"))
    if find(subject.root, prepared) is not None:
        return prepared
    for word, part in (("flight", "flight"), ("return", "flight"), ("rebook", "flight")):
        if word in verb and find(subject.root, (part,)) is not None:
            return (part,)
    return ("scenario",)
