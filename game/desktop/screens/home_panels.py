"""What stands beside the scenarios: the self-test, today's practice, how it goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.layout import Column, Flow, Row
from game.desktop.shelf import Shelf
from game.desktop.text import BODY, HEADING, LABEL, NOTICE, SMALL, TextStyle
from game.desktop.widget import Options, Size, Widget
from game.desktop.widgets import Button, Card, Label
from game.desktop.words import counted, say
from game.scenario.cover import Cover
from game.session.writing import day, listed

if TYPE_CHECKING:
    from game.review.profile import Moment, Profile
    from game.review.sides import Practised, Sides

_MINUTES_A_TRY = 3
_SAID = NOTICE.but(face="serif", size=16, colour="ink", leading=1.35)
_LETTER = TextStyle("sans-bold", 10.5, "muted", leading=1.2)
_NUMBER = HEADING.but(size=18, leading=1.2)
_HIGH = 58.0  # px of a full bar

Call = Callable[[], object]


def self_test_panel(take: Call, later: Call) -> Card:
    """The self-test, until it was taken or is not wanted now."""
    return Card(
        Label(say("home.test_label"), LABEL),
        Label(say("home.test_title"), HEADING.but(face="serif-semi", size=19)),
        Label(say("home.test_text"), BODY.but(size=14)),
        Flow(
            Button(say("home.test_start"), take, kind="filled", name="take the self-test"),
            Button(say("home.test_later"), later, kind="quiet", name="not now"),
        ),
        gap=7,
    )


def damaged_panel(why: str, aside: Call) -> Card:
    """A profile that cannot be read: the game goes on, and a new one can begin."""
    return Card(
        Label(say("home.damaged_label"), LABEL),
        Label(say("home.damaged", value=why), BODY.but(size=14)),
        Flow(Button(say("home.aside"), aside, name="put aside")),
        border="error",
    )


def today_panel(
    shelf: Shelf, profile: Profile, today: date, start: Call, test: Call | None
) -> Card:
    """What is due today, or when the next moment comes back; the way to the self-test."""
    due = profile.due(today)
    title, buttons = say("home.today"), Flow()
    if due:
        title = say("home.today_minutes", count=_MINUTES_A_TRY * len(due))
        buttons.add(Button(say("home.start"), start, kind="filled", name="start practice"))
    if test is not None:
        buttons.add(Button(say("home.test_again"), test, kind="quiet", name="self-test"))
    first, *more = _due_words(shelf, profile, due)
    said = [Label(first, _SAID), *(Label(words, SMALL) for words in more)]
    return Card(Label(title, LABEL), *said, *([buttons] if buttons.children else []), gap=7)


def _due_words(shelf: Shelf, profile: Profile, due: list[Moment]) -> list[str]:
    if due:
        first = due[0]
        scenario = shelf.scenarios.get(first.scenario)
        name = first.scenario
        if isinstance(scenario, Cover):
            name = scenario.city or scenario.title
        place = say("home.due_turn", turn=first.turn) if first.turn else say("home.due_away")
        cost = say("home.due_cost", value=f"{first.loss:.0f}")
        return [_tries(len(due), name, place), cost]
    left = [moment.due for moment in profile.book.moments if moment.passed is None]
    if left:
        return [say("home.next_due", when=day(min(left)))]
    return [say("home.all_passed" if profile.book.moments else "home.nothing_yet")]


def _tries(count: int, name: str, place: str) -> str:
    if count == 2:
        return say("home.due_two", name=name, place=place)
    return counted("home.due", count, name=name, place=place)


def progress_panel(profile: Profile, sides: Sides) -> Card:
    """Accuracy with specific and with diffuse buyers, and the latest meetings as bars."""
    parts: list[Widget] = [Label(say("home.practice"), LABEL)]
    if not sides.latest:
        parts.append(Label(say("home.practice_none"), BODY.but(size=14, colour="muted")))
        return Card(*parts)
    parts.append(Bars(sides.latest))
    parts.append(Label(say("home.bars_key"), SMALL.but(size=11.5)))
    for side, value in (("specific", sides.specific), ("diffuse", sides.diffuse)):
        shown = say("home.none") if value is None else f"{value:.0f}"
        parts.append(
            Row(
                Label(say(f"home.with_{side}"), SMALL, grow=1),
                Label(shown, _NUMBER.but(colour=f"{side}_words"), shrink=False),
                gap=10,
                cross="centre",
            )
        )
    sums = profile.summary()
    if sums.moments:
        passed = say("home.passed", count=sums.moments_passed, value=sums.moments)
        parts.append(Label(passed, SMALL))
    return Card(*parts, gap=5)


class Bars(Widget):
    """A bar for each of the latest meetings, the oldest on the left, with the side's letter."""

    role = "figure"

    def __init__(self, meetings: tuple[Practised, ...], **options: Unpack[Options]) -> None:
        super().__init__(**options)
        self.meetings = meetings

    @property
    def accessible_name(self) -> str:
        return self.name or say("home.bars")

    @property
    def state_text(self) -> str:
        letters = [say(f"home.bar_{one.side}") for one in self.meetings]
        values = [f"{one.accuracy:.0f}" for one in self.meetings]
        pairs = zip(letters, values, strict=True)
        return listed(say("home.bar_one", name=a, value=b) for a, b in pairs)

    def measure(self, width: float) -> Size:
        return width, _HIGH + 4 + self.root.ui.text.line_height(_LETTER)

    def draw(self, canvas: Canvas) -> None:
        r = self.rect
        gap = 6.0
        wide = min(24.0, (r.width + gap) / max(8, len(self.meetings)) - gap)
        colours = {"specific": "specific", "diffuse": "diffuse", "mixed": "muted"}
        foot = r.top + _HIGH
        for i, one in enumerate(self.meetings):
            x = r.left + i * (wide + gap)
            high = max(3.0, one.accuracy / 100 * _HIGH)
            bar = pygame.FRect(x, foot - high, wide, high)
            canvas.card(bar, colours[one.side], None, wide / 2 if one.side == "diffuse" else 2.0)
            if one.side == "diffuse" and high > wide:  # round at the top only
                low = pygame.FRect(x, foot - high / 2, wide, high / 2)
                canvas.fill(low, colours[one.side])
            letter = self.root.ui.text.layout(say(f"home.bar_{one.side}"), style=_LETTER)
            canvas.words(letter, x, foot + 3, width=wide, align="centre")
        canvas.line((r.left, foot), (r.right, foot), "line")


def verdict_lines(lines: tuple[str, ...], principle: str) -> Column:
    """What a try came to, below its title."""
    parts: list[Widget] = [Label(line, BODY) for line in lines]
    if principle:
        parts.append(Label(say("practice.principle"), LABEL))
        parts.append(Label(principle, NOTICE))
    return Column(*parts, gap=10)
