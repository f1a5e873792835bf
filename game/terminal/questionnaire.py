"""Tests for people in the terminal: one question after the other, then what the answers come to.

Nothing is kept: answers leave this process only on its standard output.
"""

from __future__ import annotations

import argparse
import io
import json
import shlex
import sys
from pathlib import Path
from typing import IO

from game.analysis.settings import usage
from game.review.questionnaire import (
    Gain,
    JudgmentResult,
    SelfResult,
    check_answers,
    choices,
    gain,
    parse_answers,
    score_judgment,
    score_self,
)
from game.review.questionnaire_files import (
    FormName,
    items_of,
    read_questionnaire,
    shipped_judgment_test,
    shipped_self_test,
)
from game.review.questionnaire_json import to_json
from game.review.questionnaire_models import JudgmentTest, Questionnaire, SelfTest
from game.review.questionnaire_words import word
from game.scenario.diagnostics import did_you_mean, render
from game.terminal.prompt import EndOfInput, Prompt
from game.terminal.questionnaire_pages import gain_page, judgment_page, reasons, self_page
from game.terminal.screen import Screen

_SHIPPED: dict[str, FormName] = {
    "self": "all", "judgment": "all", "before": "before", "after": "after"
}  # fmt: skip


class _Leave(Exception):
    """The person goes before the end."""


# --- asking ---------------------------------------------------------------------------------------


class Asking:
    """One person, one test: `answers` fill up as they come, None where there is none yet."""

    def __init__(self, test: Questionnaire, form: FormName, screen: Screen, prompt: Prompt) -> None:
        self.test, self.screen, self.prompt = test, screen, prompt
        self.items = items_of(test, form)
        self.answers: list[int | None] = [None] * len(self.items)

    def run(self) -> list[int] | None:
        """Ask until every answer is there; None if the person leaves or the input ends before."""
        screen = self.screen
        screen.rule(self.test.title)
        screen.text(self.test.intro or "")
        place = 0
        try:
            while place < len(self.items) or self._turns_back():
                place = min(place, len(self.items) - 1)
                self._show(place)
                place = self._asked(place)
        except (EndOfInput, _Leave):
            pass  # once all answers are there, whoever says no more has said enough
        answers = [answer for answer in self.answers if answer is not None]
        return answers if len(answers) == len(self.items) else None

    def _turns_back(self) -> bool:
        """Whether the last answer is to be looked at again; a pipe is not asked."""
        return not self.prompt.piped and self.prompt.ask(word("ask_done")).lower() == "b"

    def _show(self, place: int) -> None:
        screen, id = self.screen, self.items[place]
        screen.blank()
        count = word("progress", count=place + 1, total=len(self.items))
        screen.rule(f"{count}  {self.test.items[id].title}")
        screen.text(self.test.items[id].situation)
        screen.blank()
        if isinstance(self.test, SelfTest):
            own = self.test.items[id]
            screen.item(word("mark_a"), own.a)
            screen.item(word("mark_b"), own.b)
            screen.blank()
            steps = enumerate(self.test.scale, 1)
            screen.text("   ".join(f"{number} {name}" for number, name in steps), "muted")
            return
        for number, option in enumerate(self.test.items[id].options.values(), 1):
            screen.item(str(number), option.does)
            if option.because:
                screen.text(option.because, "muted", 3)

    def _asked(self, place: int) -> int:
        """Take the answer to one item; the place of the item to show next."""
        count = choices(self.test, self.items[place])
        kept = self.answers[place]
        question = word("ask", count=count)
        if kept is not None:
            question = word("ask_again", count=count, value=kept)
        while True:
            line = self.prompt.ask(question)
            said = line.lower()
            if said in ("q", "quit"):
                raise _Leave
            if said in ("b", "back"):
                if place:
                    return place - 1
                self.prompt.complain(word("first_item"))
            elif not said and kept is not None:
                return place + 1
            elif said.isascii() and said.isdecimal() and 1 <= int(said[:4]) <= count:
                self.answers[place] = int(said[:4])
                return place + 1
            elif said or self.prompt.piped:
                self.prompt.complain(word("not_understood", value=line[:20], count=count))


# --- the command ----------------------------------------------------------------------------------


def run(args: argparse.Namespace) -> int:
    """`longlunch test`: ask or take `--answers`, then show the result; the exit status."""
    test, form = _chosen(args.test, args.form)
    before = _first_half(args.before, test, form)
    screen, prompt = _face(args.json)
    given: list[int] | None
    if args.answers is not None:
        given = parse_answers(args.answers)
        check_answers(given, test, form)
        asked: list[int | None] = list(given)
    else:
        asking = Asking(test, form, screen, prompt)
        given, asked = asking.run(), asking.answers
    result: SelfResult | JudgmentResult | None = None
    if given is not None and isinstance(test, SelfTest):
        result = score_self(given, test)
    elif given is not None and isinstance(test, JudgmentTest):
        result = score_judgment(given, form, test)
    change = None
    if before is not None and isinstance(result, JudgmentResult):
        change = gain(before, result)
    if args.json:
        print(json.dumps(to_json(test, form, asked, result, change), ensure_ascii=False, indent=2))
    elif result is None:
        _unfinished(screen, asked)
    elif args.answers is not None:
        _shown(screen, None, test, result, before, change, args.test)
    else:
        _shown(screen, prompt, test, result, before, change, args.test)
    return 0


def _chosen(name: str, form: FormName | None) -> tuple[Questionnaire, FormName]:
    """The test of a name or file, and the form of it; warnings about a file go to stderr."""
    if name in _SHIPPED:
        of_name = _SHIPPED[name]
        if form is not None and of_name not in ("all", form):
            raise usage(
                f"“{name}” is one half already, and --form asks for “{form}”",
                "a half or a form", f"leave out --form, or take “judgment --form {form}”",
            )  # fmt: skip
        test: Questionnaire = shipped_self_test() if name == "self" else shipped_judgment_test()
        chosen = form or of_name
    else:
        path = Path(name)
        if path.suffix not in (".yaml", ".yml") and not path.exists() and path.name == name:
            raise usage(
                f"there is no test “{name[:60]}”", "self, judgment, before, after, or a YAML file",
                did_you_mean(name, _SHIPPED, "name one of these, or give the path of a file"),
            )  # fmt: skip
        test, warnings = read_questionnaire(path)
        if warnings:
            print(render(warnings), end="", file=sys.stderr or io.StringIO())
        chosen = form or "all"
    items_of(test, chosen)
    return test, chosen


def _first_half(text: str | None, test: Questionnaire, form: FormName) -> JudgmentResult | None:
    """The result of the answers given with `--before`."""
    if text is None:
        return None
    if not isinstance(test, JudgmentTest) or form != "after":
        raise usage(
            "--before holds the first half against the second", "the second half of a test",
            "write: longlunch test after --before 3,1,…",
        )  # fmt: skip
    return score_judgment(parse_answers(text), "before", test)


def _face(silent: bool) -> tuple[Screen, Prompt]:
    """Where questions go. With --json the answer alone is on stdout; a pipe then sees nothing."""
    if not silent:
        screen = Screen()
        return screen, Prompt(screen)
    typed = sys.stdin is not None and sys.stdin.isatty()
    out: IO[str] = sys.stderr if typed and sys.stderr is not None else io.StringIO()
    screen = Screen(out)
    return screen, Prompt(screen)


def _unfinished(screen: Screen, answers: list[int | None]) -> None:
    missing = answers.count(None)
    screen.blank()
    screen.text(word.counted("unfinished", missing, total=len(answers)))


def _shown(
    screen: Screen,
    prompt: Prompt | None,
    test: Questionnaire,
    result: SelfResult | JudgmentResult,
    before: JudgmentResult | None,
    change: Gain | None,
    name: str,
) -> None:
    """The result, page by page where somebody turns them (`prompt`, which may be a pipe)."""

    def goes_on(question: str) -> bool:
        if prompt is None or prompt.piped:
            return True
        try:
            return prompt.ask(word(question)).lower() not in ("q", "quit")
        except EndOfInput:
            return False

    screen.blank()
    if isinstance(test, SelfTest):
        assert isinstance(result, SelfResult)
        self_page(screen, test, result, lambda: not screen.short or goes_on("ask_answers"))
        return
    assert isinstance(result, JudgmentResult)
    judgment_page(screen, test, result)
    if result.form == "before":
        half = "after" if name in _SHIPPED else f"{shlex.quote(name)} --form after"
        answers = ",".join(str(one.answer) for one in result.items)
        screen.blank()
        screen.text(word("reasons_later"))
        screen.text(word("keep_line"))
        screen.whole(word("keep_command", value=half, points=answers))
        return
    if change is not None:
        if screen.short and not goes_on("ask_next"):
            return
        gain_page(screen, test, change)
    halves = (result,) if before is None else (before, result)
    if goes_on("ask_reasons"):
        reasons(screen, test, halves, lambda: goes_on("ask_next"))
