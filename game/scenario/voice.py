"""Voice files: what a buyer says, what can be noticed about him, what he thinks, his letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from game.core.vocabulary import Ending, Initiative, Reaction, Response
from game.scenario.diagnostics import (
    Diagnostic,
    Edit,
    did_you_mean,
    listing,
    suggest_narrow,
)
from game.scenario.mending import meant, meant_within, swap
from game.scenario.model import CommonMoves, Machine, Scenario
from game.scenario.model_voice import Notice, VoiceModel
from game.scenario.tree import Item, Lines, Path, Place, find, within

REACTIONS = tuple(reaction.name.lower() for reaction in Reaction)
INITIATIVES = tuple(i.name.lower() for i in Initiative if i is not Initiative.NONE)
RESPONSES = tuple(r.name.lower() for r in Response if r is not Response.NONE)
ENDINGS = tuple(ending.name.lower() for ending in Ending if ending is not Ending.NONE)
RINGS = ("personal", "company", "problem", "terms", "manner")
LEAVINGS = ("leaves", "parted", "signed", "impasse", "deadline", "adjourns", "renewed", "left")
# Filled in by whoever words an event; a line may use those that are certain at its occasion.
PLACEHOLDERS = frozenset(
    (
        *("price", "offer", "topic", "about", "demand", "block", "you_price", "name", "address"),
        *("they", "them", "their", "They", "Them", "Their", "to_them", "To_them"),
        *("firm", "return", "need"),
    )
)

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
SAY_WORDS = (
    "any",
    *(f"any.{ring}" for ring in RINGS),
    "arrive",
    "evaded",
    "refused",
    "hint",
    "exposed",
    *INITIATIVES,
    *RESPONSES,
    "rejects.again",
    *LEAVINGS,
)
# Occasions that may be narrowed by a word of the scenario: hint.<need>, demand.<demand>, arrive.2
_NARROWED = ("arrive", "evaded", "refused", "hint", "demand")
TELLS = {"easing": ("warms", "opens"), "tightening": ("cools", "closes")}
THOUGHT_WORDS = (*REACTIONS, *INITIATIVES, *RESPONSES, *LEAVINGS)


@dataclass(frozen=True)
class _Occasions:
    """The occasions a section knows."""

    says: frozenset[str]
    reactions: frozenset[str]
    thinks: frozenset[str]
    letters: frozenset[str]
    after: frozenset[str]
    verbs: frozenset[str]


def placeholders(text: str) -> Iterator[re.Match[str]]:
    """Every word in braces; group 1 is the word."""
    return _PLACEHOLDER.finditer(text)


def _occasions(moves: CommonMoves) -> _Occasions:
    verbs = frozenset(moves.moves)
    reactions = frozenset(REACTIONS)
    return _Occasions(
        says=verbs | frozenset(SAY_WORDS),
        reactions=reactions,
        thinks=frozenset(THOUGHT_WORDS),
        letters=frozenset(ENDINGS),
        after=verbs | frozenset(RINGS),
        verbs=verbs,
    )


def said_on(moves: CommonMoves) -> tuple[str, ...]:
    """Everything that a buyer has to say something to, in its wide form: a verb, a word of ours."""
    verbs = (verb for verb, move in moves.moves.items() if move.ring != "prepare")
    return (*verbs, *(word for word in SAY_WORDS if word.partition(".")[0] != "any"))


def check_voice(
    voice: VoiceModel, root: Item, lines: Lines, moves: CommonMoves, machine: Machine, name: str
) -> list[Diagnostic]:
    """Everything wrong in a validated voice file; ``name`` is the name it should have."""
    return list(_VoiceCheck(voice, root, lines, moves, machine).run(name))


class _VoiceCheck:
    def __init__(
        self, voice: VoiceModel, root: Item, lines: Lines, moves: CommonMoves, machine: Machine
    ) -> None:
        self.voice = voice
        self.root = root
        self.lines = lines
        self.occasions = _occasions(moves)
        self.states = tuple(machine.states)

    def complaint(self, code: str, message: str, path: Path, **more: object) -> Diagnostic:
        item = find(self.root, path) or self.root
        field = ".".join(str(step) for step in path)
        return self.lines.complaint(code, message, item.spot, field=field, **more)

    def place(self, path: Path) -> Place:
        return (find(self.root, path) or self.root).spot

    def unknown(
        self,
        code: str,
        message: str,
        path: Path,
        word: str,
        known: Iterable[str],
        otherwise: str,
        expected: str = "",
    ) -> Diagnostic:
        """A word that is none of some others; of ``verb.argument`` the verb may be meant."""
        names = sorted(known) if isinstance(known, frozenset) else list(known)
        near = suggest_narrow(word, names)
        return self.complaint(
            code,
            message,
            path,
            expected=expected or "one of " + listing(names),
            fix=f"did you mean “{near}”?" if near else otherwise,
            edits=meant(self.lines, self.place(path), word, names),
        )

    def run(self, name: str) -> Iterator[Diagnostic]:
        if name and self.voice.voice != name:
            yield self.complaint(
                "V008",
                f"the voice calls itself “{self.voice.voice[:40]}”",
                ("voice",),
                expected=f"“{name}”, as the file is called",
                fix="give file and voice the same name",
                edits=swap(self.lines, self.place(("voice",)), self.voice.voice, name),
            )
        known = self.occasions
        for key, say in self.voice.says.items():
            yield from self.occasion(("says", key), say.on, known.says, narrowed=True)
            yield from self.states_known(("says", key), say.in_)
        for key, notice in self.voice.notices.items():
            yield from self.occasion(("notices", key), notice.on, known.reactions)
            yield from self.after(("notices", key), notice.after)
            yield from self.states_known(("notices", key), notice.in_)
            yield from self.tell(key, notice)
        for key, thought in self.voice.thinks.items():
            yield from self.occasion(("thinks", key), thought.on, known.thinks)
            yield from self.after(("thinks", key), thought.after)
            yield from self.states_known(("thinks", key), thought.in_)
        for key, letter in self.voice.letters.items():
            if letter.on not in known.letters:
                yield self.unknown(
                    "V005",
                    f"“{letter.on[:40]}” is not an ending",
                    ("letters", key, "on"),
                    letter.on,
                    sorted(known.letters),
                    "name the ending the letter belongs to",
                )
        yield from self.texts()

    def occasion(
        self, path: Path, on: str, known: frozenset[str], narrowed: bool = False
    ) -> Iterator[Diagnostic]:
        if on in known:
            return
        head, dot, _ = on.partition(".")
        if (
            narrowed
            and dot
            and head != "any"
            and (head in self.occasions.verbs or head in _NARROWED)
        ):
            return
        yield self.unknown(
            "V001",
            f"“{on[:60]}” is not an occasion for “{path[0]}”",
            (*path, "on"),
            on,
            known,
            "name a verb of the moves, or one of these words",
            _expected_occasions(str(path[0])),
        )

    def states_known(self, path: Path, states: list[str]) -> Iterator[Diagnostic]:
        for index, state in enumerate(states):
            if state not in self.states:
                yield self.unknown(
                    "V002",
                    f"“{state[:40]}” is not a trust state",
                    (*path, "in", index),
                    state,
                    self.states,
                    "name a state of the trust machine",
                )

    def after(self, path: Path, after: str | None) -> Iterator[Diagnostic]:
        if after is None or after in self.occasions.after:
            return
        head = after.partition(".")[0]
        if head != after and head in self.occasions.verbs:
            return
        yield self.unknown(
            "V003",
            f"“{after[:60]}” is neither a verb nor a ring",
            (*path, "after"),
            after,
            self.occasions.after,
            "name the move that came before",
            "a verb of the moves, or one of " + listing(RINGS),
        )

    def tell(self, key: str, notice: Notice) -> Iterator[Diagnostic]:
        if notice.tell is not None and notice.on not in TELLS[notice.tell]:
            yield self.complaint(
                "V004",
                f"the {notice.tell} tell cannot show on “{notice.on[:40]}”",
                ("notices", key, "tell"),
                expected=f"{' or '.join(TELLS[notice.tell])} for {notice.tell}",
                fix="move the line to such a reaction, or drop the tell",
            )

    def texts(self) -> Iterator[Diagnostic]:
        seen: dict[str, Path] = {}
        for section in ("says", "notices", "thinks", "letters"):
            for key, line in getattr(self.voice, section).items():
                path: Path = (section, key, "text")
                for match in placeholders(line.text):
                    if match.group(1) not in PLACEHOLDERS:
                        item = find(self.root, path) or self.root
                        yield no_placeholder("V007", self.lines, item, path, line.text, match)
                words = " ".join(line.text.lower().split())
                if words in seen:
                    yield self.same_twice(path, seen[words])
                else:
                    seen[words] = path

    def same_twice(self, path: Path, first: Path) -> Diagnostic:
        earlier = (find(self.root, first) or self.root).spot
        return self.complaint(
            "V006",
            "this line stands here twice",
            path,
            severity="warning",
            expected="every line once",
            fix="write another thought, or remove one",
            related=(self.lines.related("first here", earlier),),
        )


def no_placeholder(
    code: str, lines: Lines, item: Item, path: Path, text: str, match: re.Match[str]
) -> Diagnostic:
    """A word in braces that stands for nothing, where it stands in a text."""
    word = match.group(1)[:40]
    place = within(item, text, *match.span(), lines)
    return lines.complaint(
        code,
        f"“{{{word}}}” is not a placeholder",
        place,
        field=".".join(str(step) for step in path),
        expected="one of " + listing(sorted(PLACEHOLDERS), 30),
        fix=did_you_mean(word, PLACEHOLDERS, "write the word itself"),
        edits=placeholder_meant(lines, place, word),
    )


def placeholder_meant(lines: Lines, place: Place, word: str) -> tuple[Edit, ...]:
    """The edit of a mistyped placeholder, whose braces are at the place."""
    inside = place._replace(column=place.column + 1, end_column=place.end_column - 1)
    return meant_within(lines, inside, word, sorted(PLACEHOLDERS))


def _expected_occasions(section: str) -> str:
    if section == "says":
        return "a verb of the moves, verb.argument, or one of " + listing(SAY_WORDS, 60)
    if section == "notices":
        return "one of " + listing(REACTIONS)
    return "one of " + listing(THOUGHT_WORDS, 40)


def unheard(voice: VoiceModel, scenario: Scenario, buyer: str) -> dict[str, list[Path]]:
    """Words of narrowed occasions that name nothing in this scenario, with the lines they silence.

    A voice may serve several scenarios, so this is worth a hint and no more.
    """
    abouts = {*scenario.issues, *scenario.topics, *scenario.blocks, *scenario.demands}
    needs = scenario.buyers[buyer].needs if buyer in scenario.buyers else {}
    missing: dict[str, list[Path]] = {}
    for key, say in voice.says.items():
        head, dot, word = say.on.partition(".")
        if not dot or head in ("any", "arrive", "rejects"):
            continue  # how many meetings or refusals there are is no property of a person
        if word not in (needs if head == "hint" else abouts):
            missing.setdefault(say.on, []).append(("says", key, "on"))
    return missing
