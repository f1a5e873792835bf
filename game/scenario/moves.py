"""The moves, as they come with the program or as a pack changes them.

A pack may add verbs, and bend what a shipped verb weighs. What a shipped verb *is* (its ring, its
arguments, when it may be made) stays: the hand, the sellers and the reviews know it by that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from game.core.legal import FLAGS
from game.core.rules import EFFECTS
from game.core.vocabulary import Initiative
from game.scenario.diagnostics import Diagnostic, did_you_mean, listing
from game.scenario.messages import dotted, validate_model
from game.scenario.model import CommonMoves, MoveModel, Scenario
from game.scenario.model_pack import PackMoves
from game.scenario.tree import Item, Lines, Path, find, merge

MAX_ADDED = 16
BENDABLE = ("radius", "specific", "diffuse", "status", "slight", "patience", "when_asked")
QUESTIONS = tuple(i.name.lower() for i in Initiative if i is not Initiative.NONE)
# The numbered flags are set by the compiler, for blocks and people that a scenario has.
CONDITIONS = tuple(name for name in FLAGS if not name.startswith(("block_", "present_")))
_ARGUMENTS = ("none", "topics", "abouts", "prices", "blocks")


def laid_over(
    base: Item, over: Item, lines: Lines
) -> tuple[CommonMoves | None, tuple[str, ...], list[Diagnostic]]:
    """A pack's moves on the shipped ones, verb by verb and key by key; and which verbs are new."""
    own, found = validate_model(PackMoves, over, lines)
    shipped = find(base, ("moves",))
    if own is None or shipped is None or not isinstance(shipped.value, dict):
        return None, (), found
    added = tuple(verb for verb in own.moves if verb not in shipped.value)
    found += _bends(own, over, lines, frozenset(shipped.value))
    whole = merge(base, over)
    moves, complaints = validate_model(CommonMoves, whole, lines)
    found += complaints
    if moves is not None:
        found += check_moves(moves, whole, lines)
        found += _new(moves, added, whole, lines)
    return moves, added, found


def _bends(
    own: PackMoves, over: Item, lines: Lines, shipped: frozenset[str]
) -> Iterator[Diagnostic]:
    for verb, keys in own.moves.items():
        for key in keys if verb in shipped else ():
            if key not in BENDABLE:
                item = find(over, ("moves", verb, key)) or over
                yield lines.complaint(
                    "K015",
                    f"“{key[:40]}” of the shipped move “{verb}” stays as it is",
                    item.key or item.place,
                    field=dotted(("moves", verb, key)),
                    expected="one of " + listing(BENDABLE),
                    fix="add a move of your own under another name",
                )


def check_moves(moves: CommonMoves, root: Item, lines: Lines) -> list[Diagnostic]:
    """Words of validated moves that the rules do not know."""
    check = _Words(root, lines)
    found: list[Diagnostic] = []
    for verb, move in moves.moves.items():
        found += check.move(verb, move)
    for question, poles in moves.ignored.items():
        found += check.asked(("ignored", question), question, poles)
    if "propose" not in moves.moves:
        found += check.unknown("propose", (), ("moves",), ("propose",))
    return found


class _Words:
    def __init__(self, root: Item, lines: Lines) -> None:
        self.root = root
        self.lines = lines

    def move(self, verb: str, move: MoveModel) -> Iterator[Diagnostic]:
        base: Path = ("moves", verb)
        yield from self.unknown(move.effect, EFFECTS, (*base, "effect"), EFFECTS[1:])
        yield from self.unknown(move.args, (*_ARGUMENTS, "packages"), (*base, "args"), _ARGUMENTS)
        for key in ("needs", "forbids"):
            for index, word in enumerate(getattr(move, key)):
                yield from self.unknown(word, CONDITIONS, (*base, key, index), CONDITIONS)
        for index, word in enumerate(move.answers):
            yield from self.unknown(word, QUESTIONS, (*base, "answers", index), QUESTIONS)
        for question, poles in move.when_asked.items():
            yield from self.asked((*base, "when_asked", question), question, poles)

    def asked(self, path: Path, question: str, poles: Any) -> Iterator[Diagnostic]:
        yield from self.unknown(question, QUESTIONS, path, QUESTIONS)
        for pole in ("specific", "diffuse"):
            if pole not in poles:
                yield self.complaint(f"“{pole}” is missing here", path, "both poles", "add it")

    def unknown(
        self, word: str, known: Iterable[str], path: Path, choices: Iterable[str]
    ) -> Iterator[Diagnostic]:
        if word not in known:
            yield self.complaint(
                f"no move can have “{word[:40]}” here",
                path,
                "one of " + listing(choices, 40),
                did_you_mean(word, choices, "use one of these words, or leave the key out"),
            )

    def complaint(self, message: str, path: Path, expected: str, fix: str) -> Diagnostic:
        item = find(self.root, path) or self.root
        return self.lines.complaint(
            "K014", message, item.spot, field=dotted(path), expected=expected, fix=fix
        )


def _new(
    moves: CommonMoves, added: tuple[str, ...], root: Item, lines: Lines
) -> Iterator[Diagnostic]:
    check = _Words(root, lines)
    for verb in added:
        move = moves.moves[verb]
        if move.ring == "prepare":
            yield check.complaint(
                "preparations cannot be added",
                ("moves", verb, "ring"),
                "a ring of the table, or between",
                "make it a move at the table",
            )
        if move.args == "packages":
            yield from check.unknown("packages", (), ("moves", verb, "args"), _ARGUMENTS)
    if len(added) > MAX_ADDED:
        item = find(root, ("moves", added[MAX_ADDED])) or root
        yield lines.complaint(
            "X014",
            f"there are {len(added)} new moves",
            item.key or item.place,
            field="moves",
            expected=f"at most {MAX_ADDED}",
            fix=f"leave out {len(added) - MAX_ADDED} of them",
        )


def wordless(
    scenario: Scenario, added: Iterable[str], root: Item, lines: Lines
) -> Iterator[Diagnostic]:
    """New moves without a label or without words to say; ``root`` is that of the pack's moves."""
    for verb in added:
        words = scenario.phrases.get(verb)
        missing = [k for k in ("label", "says") if not (isinstance(words, dict) and words.get(k))]
        if missing:
            item = find(root, ("moves", verb)) or root
            yield lines.complaint(
                "K016",
                f"the move “{verb}” has no {' and no '.join(missing)}",
                item.key or item.place,
                field=dotted(("moves", verb)),
                expected="words for it under “moves:” in phrases.yaml, or in a scenario's",
                fix=f"write “{verb}: {{label: …, says: {{…}}}}” there",
            )
