"""Test files for people: YAML in, a test out, with every complaint at its line.

A file is read in two passes, as claim files are: its keys and their types against the models, then
what must agree with each other. Errors raise; warnings (an answer that gives itself away, a key
that leans to one side) come back beside the test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Literal

from game.review.questionnaire_models import (
    Band,
    JudgmentTest,
    Kind,
    Questionnaire,
    SelfTest,
)
from game.scenario import language
from game.scenario.diagnostics import (
    Diagnostic,
    ScenarioError,
    Severity,
    did_you_mean,
    errors,
    in_order,
    listing,
)
from game.scenario.guard import decode, read_bytes
from game.scenario.library import common_path
from game.scenario.messages import dotted, validate_model
from game.scenario.model import Model
from game.scenario.shelves import shown_path
from game.scenario.translated import in_words
from game.scenario.tree import Item, Lines, nearest, parse_tree

_FILES: dict[Kind, str] = {"self": "self_test.yaml", "judgment": "judgment_test.yaml"}
LONGER = 1.15  # the best answers against the others: what people notice without counting
_WORDS = ("intro", "limits", "scale", "bands", "spreads", "one_answer")  # two in every test
_ENOUGH = 4  # items, before a pattern in the key can be more than chance

_Where = tuple[str | int, ...]


class _KindOf(Model, extra="ignore"):
    kind: Kind


def shipped_self_test() -> SelfTest:
    """The self-test that comes with the program, in the current language."""
    test = _shipped("self", language.current())
    assert isinstance(test, SelfTest)
    return test


def shipped_judgment_test() -> JudgmentTest:
    """The judgment test that comes with the program, in the current language."""
    test = _shipped("judgment", language.current())
    assert isinstance(test, JudgmentTest)
    return test


@cache
def _shipped(kind: Kind, tag: str) -> Questionnaire:
    test, _ = read_questionnaire(common_path(_FILES[kind]))
    return in_words(f"common/{Path(_FILES[kind]).stem}", test, tag)


def read_questionnaire(path: Path) -> tuple[Questionnaire, tuple[Diagnostic, ...]]:
    """A test and the warnings about it; raises :class:`ScenarioError` with all complaints.

    Words that a file leaves out are those of the shipped test of its kind.
    """
    shown = shown_path(path)
    lines = Lines()
    tree = parse_tree(decode(read_bytes(path, shown), shown), shown, lines)
    found = list(tree.diagnostics)
    if tree.root is None:
        raise ScenarioError(found)
    kind, unclear = validate_model(_KindOf, tree.root, lines)
    if kind is None:
        raise ScenarioError([*found, *errors(unclear)])
    model: type[SelfTest] | type[JudgmentTest] = SelfTest if kind.kind == "self" else JudgmentTest
    test, complaints = validate_model(model, tree.root, lines)
    found += complaints
    if test is not None:
        found += _Check(tree.root, lines).everything(test)
    if test is None or errors(found):
        raise ScenarioError(found)
    home = path.resolve() == common_path(_FILES[kind.kind]).resolve()
    return test if home else _completed(test), in_order(found)


def _completed(test: Questionnaire) -> Questionnaire:
    """The test with the shipped one's words where it has none of its own."""
    mine = isinstance(test, SelfTest)
    base: Questionnaire = shipped_self_test() if mine else shipped_judgment_test()
    names = _WORDS if mine else _WORDS[:2]
    left_out = {name: getattr(base, name) for name in names if not getattr(test, name)}
    return test.model_copy(update=left_out)


# --- what must agree ------------------------------------------------------------------------------


class _Check:
    """The second pass over one file."""

    def __init__(self, root: Item, lines: Lines) -> None:
        self.root, self.lines = root, lines

    def everything(self, test: Questionnaire) -> Iterator[Diagnostic]:
        if isinstance(test, SelfTest):
            yield from self._bands("bands", test.bands, 1.0)
            yield from self._bands("spreads", test.spreads, 0.5)
            yield from self._balance(test)
            return
        yield from self._items(test)
        if test.forms is not None:
            wrong = list(self._names(test))
            yield from wrong or self._pairs(test)
        yield from self._telling(test)

    def _complaint(
        self,
        code: str,
        where: _Where,
        message: str,
        expected: str,
        fix: str,
        severity: Severity = "error",
    ) -> Diagnostic:
        item = nearest(self.root, where)
        return self.lines.complaint(
            code, message, item.spot, field=dotted(where), expected=expected, fix=fix,
            severity=severity,
        )  # fmt: skip

    # --- self-tests -------------------------------------------------------------------------------

    def _bands(self, name: str, bands: dict[str, Band], end: float) -> Iterator[Diagnostic]:
        """Bands rise and reach the end of their scale."""
        last, at_end = -1.0, not bands
        for id, band in bands.items():
            if band.upto <= last:
                yield self._complaint(
                    "Q003", (name, id, "upto"),
                    f"“{id}” ends at {band.upto:g}, not above the one before it",
                    f"a number above {last:g}", "put the bands in rising order",
                )  # fmt: skip
            last = max(last, band.upto)
            at_end = last >= end
        if not at_end:
            yield self._complaint(
                "Q003", (name,), f"nothing is said about what lies above {last:g}",
                f"a last one that reaches {end:g}", f"let the last one have “upto: {end:g}”",
            )  # fmt: skip

    def _balance(self, test: SelfTest) -> Iterator[Diagnostic]:
        count = len(test.items)
        first = sum(item.specific == "a" for item in test.items.values())
        if abs(2 * first - count) > count % 2:
            yield self._complaint(
                "Q007", ("items",),
                f"A is the specific way in {first} of {count} items",
                "about half of them, so that one answer throughout ends in the middle",
                "exchange a and b in some items, and “specific” with them", "warning",
            )  # fmt: skip

    # --- judgment tests ---------------------------------------------------------------------------

    def _items(self, test: JudgmentTest) -> Iterator[Diagnostic]:
        for id, item in test.items.items():
            if item.topic not in test.topics:
                yield self._complaint(
                    "Q005", ("items", id, "topic"), f"there is no topic “{item.topic}”",
                    "one of " + listing(test.topics, 40) if test.topics else "an entry in “topics”",
                    did_you_mean(item.topic, test.topics, "add it to “topics”"),
                )  # fmt: skip
            if len(set(item.key)) == 1:
                yield self._complaint(
                    "Q004", ("items", id, "options"),
                    f"every answer to “{id}” earns {item.most}",
                    "points that differ, 0 to 3", "say which of them serves better",
                )  # fmt: skip

    def _names(self, test: JudgmentTest) -> Iterator[Diagnostic]:
        """Every item of a form exists, and none comes twice."""
        assert test.forms is not None
        seen: set[str] = set()
        for form in ("before", "after"):
            for index, id in enumerate(_form(test, form)):
                where: _Where = ("forms", form, index)
                if id not in test.items:
                    yield self._complaint(
                        "Q001", where, f"there is no item “{id}”", "the id of an item",
                        did_you_mean(id, test.items, "add it to “items”"),
                    )  # fmt: skip
                elif id in seen:
                    yield self._complaint(
                        "Q001", where, f"“{id}” is asked twice", "every item once in both forms",
                        "put another item here",
                    )  # fmt: skip
                seen.add(id)

    def _pairs(self, test: JudgmentTest) -> Iterator[Diagnostic]:
        """The halves can be compared: as long, and pair by pair one topic and the same points."""
        before, after = _form(test, "before"), _form(test, "after")
        if len(before) != len(after):
            yield self._complaint(
                "Q002", ("forms", "after"),
                f"{len(before)} items before, and {len(after)} after",
                "as many after as before", "pair the items",
            )  # fmt: skip
        for index, (one, other) in enumerate(zip(before, after, strict=False)):
            first, second = test.items[one], test.items[other]
            where: _Where = ("forms", "after", index)
            if first.topic != second.topic:
                yield self._complaint(
                    "Q002", where,
                    f"“{other}” is about {second.topic}, its partner “{one}” about {first.topic}",
                    f"an item about {first.topic}", "put the pairs in the same order",
                )  # fmt: skip
            elif sorted(first.key) != sorted(second.key):
                yield self._complaint(
                    "Q002", where,
                    f"“{other}” has other points to be earned than its partner “{one}”",
                    f"answers with {listing(map(str, sorted(first.key)))} points",
                    "give both the same points, so that neither half is the easier one",
                )  # fmt: skip

    def _telling(self, test: JudgmentTest) -> Iterator[Diagnostic]:
        """Somebody who reads nothing but lengths and places should earn what blind choice earns."""
        if len(test.items) < _ENOUGH:
            return
        best: list[int] = []
        others: list[int] = []
        places: Counter[int] = Counter()
        for item in test.items.values():
            for place, option in enumerate(item.options.values()):
                size = len(option.does) + len(option.because or "")
                (best if option.points == item.most else others).append(size)
                places[place] += option.points == item.most
        place, often = places.most_common(1)[0]
        if others and not 1 / LONGER < fmean(best) / fmean(others) < LONGER:
            yield self._complaint(
                "Q006", ("items",),
                f"the best answers have {fmean(best):.0f} letters, the others {fmean(others):.0f}",
                "answers of about the same length", "shorten or lengthen some", "warning",
            )  # fmt: skip
        if 2 * often > len(test.items):
            yield self._complaint(
                "Q006", ("items",),
                f"the best answer is number {place + 1} in {often} of {len(test.items)} items",
                "every place about as often", "put the answers in another order", "warning",
            )  # fmt: skip


def _form(test: JudgmentTest, name: str) -> Sequence[str]:
    assert test.forms is not None
    return test.forms.before if name == "before" else test.forms.after


FormName = Literal["all", "before", "after"]


def items_of(test: Questionnaire, form: FormName = "all") -> list[str]:
    """Ids of a form's items in the order in which they are asked; raises `ScenarioError` (Q001).

    The whole of a test with two halves is the first, then the second, then what is in neither: so
    the two items of a pair do not follow each other.
    """
    halves = test.forms if isinstance(test, JudgmentTest) else None
    if form == "all":
        first = [*halves.before, *halves.after] if halves is not None else []
        return [*first, *(id for id in test.items if id not in first)]
    if halves is not None:
        return list(halves.before if form == "before" else halves.after)
    raise ScenarioError(
        [
            Diagnostic(
                "Q001",
                f"“{test.test}” has no part to be taken {form}",
                expected="a judgment test with “forms: {before: […], after: […]}”",
                fix="take it whole, or add forms to its file",
            )
        ]
    )
