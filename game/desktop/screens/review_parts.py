"""The cards of a review beside its transcript: outcome, moments, you as a seller, what is next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Unpack

from game.desktop.layout import Column, Flow, Grid, Row, Spacer
from game.desktop.screens.review_figures import Figure
from game.desktop.screens.review_marks import Toned
from game.desktop.screens.review_moves import ui
from game.desktop.text import BODY, HEADING, LABEL, SMALL, SPOKEN, TITLE, Run, TextStyle
from game.desktop.widget import Options, Size, Widget
from game.desktop.widgets import Button, Card, Divider, Label, RichText, ScrollArea
from game.desktop.words import say
from game.figures.theme import Theme
from game.review.model import Moment, Next, Review
from game.review.pictures import continuum_picture, outcome_picture
from game.review.words import (
    accuracy_sum,
    amount,
    band,
    cited,
    claims_note,
    label,
    place,
    principles_of,
    score_line,
    word,
)
from game.session.writing import capital, sentences

SMALL_BUTTON = TextStyle("sans-bold", 12.5, leading=1.3)
_CARD = (16.0, 12.0, 12.0, 10.0)
_BIG = HEADING.but(size=19.0)
_MAXIM = SPOKEN.but(size=17.0)

Picture = Callable[[Review, Size, Theme, float], str]
Press = Callable[[], object]


def head(title: str, *buttons: Widget) -> Row:
    """The first line of a card: what it is, and what opens more of it."""
    return Row(Label(title, LABEL, grow=1), *buttons, gap=4, cross="centre")


def more(id: str, press: Press, **options: Unpack[Options]) -> Button:
    """A quiet button at the head of a card."""
    return Button(say(f"review.{id}"), press, kind="quiet", style=SMALL_BUTTON, **options)


class ReviewFigure(Figure):
    """A figure of a review; while a finer one is drawn the old one stays."""

    def __init__(self, picture: Picture, high: float, **options: Unpack[Options]) -> None:
        super().__init__(self._svg, high, **options)
        self.picture = picture
        self.review: Review | None = None

    def show_review(self, review: Review) -> None:
        self.review = review
        self.draw_anew()

    def _svg(self, size: Size, theme: Theme, scale: float) -> str:
        return "" if self.review is None else self.picture(self.review, size, theme, scale)


def deal_line(review: Review) -> str:
    """What was agreed, or why there is nothing."""
    return review.deal or (ui("no_deal") if review.ended else word("endings", "none"))


def played_line(review: Review) -> str:
    """How it was played: help, seed, and what was taken back."""
    said = [ui("played", name=word("help", review.help), value=review.seed)]
    said += [ui("blind")] if review.blind else []
    counts = (("hints", review.hints), ("coached", review.coached), ("undone", review.undone))
    return " · ".join([*said, *(ui(id, count=count) for id, count in counts if count)])


class Outcome(Card):
    """How it ended, the three parts of the score, and the score as skill and luck."""

    def __init__(self, show_sum: Press, **options: Unpack[Options]) -> None:
        self.body = Column(gap=6)
        self.bars = ReviewFigure(outcome_picture, 74.0, name=ui("bars_title"))
        top = head(ui("outcome"), more("sum", show_sum, name="sum of the score"))
        super().__init__(top, ScrollArea(self.body, grow=1), gap=2, padding=_CARD, **options)

    def show(self, review: Review) -> None:
        parts: list[Widget] = [
            Label(review.ending_title, TITLE),
            Label(deal_line(review), SMALL),
        ]
        if not review.ended:
            parts.append(Label(ui("still_open"), SMALL))
        if review.parts:
            self.bars.show_review(review)
            parts.append(self.bars)
        parts.append(Label(score_line(review), SMALL.but(colour="ink")))
        self.body.replace_children(*parts)


class Moments(Card):
    """The moments worth a second look, and the principles with their sources."""

    def __init__(self, select: Callable[[int], object], **options: Unpack[Options]) -> None:
        self.select = select
        self.title = Label("", LABEL)
        self.body = Column(gap=4)
        super().__init__(
            Row(self.title, padding=(6, 0, 0, 0)), ScrollArea(self.body, grow=1), gap=6,
            padding=(10, 14, 8, 10), **options,
        )  # fmt: skip

    def show(self, review: Review) -> None:
        count = min(len(review.moments), 3)
        names = ("moments_0", "moments_1", "moments_2", "moments_3")
        self.title.text = ui(names[count])
        parts: list[Widget] = [self._moment(review, moment) for moment in review.moments]
        if not parts:
            parts.append(Label(ui("moments_none"), BODY))
        found = principles_of(review)
        if found:
            inner = Column(
                Divider(4),
                Label(ui("principle" if len(found) == 1 else "principles"), LABEL),
                gap=6,
                padding=(6, 0),
            )
            for principle in found:
                inner.add(Label(principle.text, _MAXIM))
                inner.add(Label(ui("source", value=cited(principle.source)), SMALL))
            if claims_note(found):
                inner.add(Label(claims_note(found), SMALL))
            parts.append(inner)
        self.body.replace_children(*parts)

    def _moment(self, review: Review, moment: Moment) -> Widget:
        places = [k for k, move in enumerate(review.moves) if move.index == moment.move]
        said = label(moment.kind)["word"]
        text = sentences(capital(said), moment.text)
        return Card(
            Toned(moment.kind, moment.title),
            Label(text, SMALL),
            on_press=partial(self.select, places[0]) if places else None,
            fill=None,
            border=None,
            radius=8,
            gap=2,
            padding=(6, 5),
            name=moment.title,
        )


class Seller(Column):
    """The style that the moves show, accuracy, reads and facts in numbers."""

    def __init__(self, show_sum: Press, show_reads: Press, show_people: Press) -> None:
        super().__init__(gap=7)
        self.line = ReviewFigure(continuum_picture, 80.0, name=ui("continuum_title"))
        self.sum = more("sum", show_sum, name="sum of the accuracy")
        self.reads = more("reads", show_reads)
        self.people = more("people", show_people)

    def show(self, review: Review) -> None:
        found: list[Widget] = [
            Label(ui("seller"), LABEL),
            Label(band(review.style.band), SPOKEN.but(size=18.0)),
        ]
        if review.style.d is not None or review.buyers or review.reads:
            self.line.show_review(review)
            found.append(self.line)
        numbers = self._numbers(review)
        found.append(Grid(*numbers, tracks=len(numbers), gap=10))
        found.append(Flow(self.sum, self.reads, self.people, gap=2))
        self.replace_children(*found)

    def _numbers(self, review: Review) -> list[Widget]:
        accuracy = accuracy_sum(review.accuracy)
        rows = [(ui("accuracy"), amount(accuracy.whole) if accuracy else ui("accuracy_none"))]
        if review.reads:
            rows.append((ui("read_error"), place(review.reads[-1].error)))
        if review.facts:
            told = sum(fact.told for fact in review.facts)
            rows.append((ui("facts"), ui("facts_of", value=told, total=len(review.facts))))
        return [Column(Label(name, SMALL), Label(value, _BIG), gap=0) for name, value in rows]


class Following(Column):
    """What to do next, and the letter."""

    def __init__(
        self, try_entry: Callable[[str], object], sit_down: Callable[[str], object],
        show_letter: Press, show_how: Press,
    ) -> None:  # fmt: skip
        super().__init__(gap=7)
        self._try, self._sit = try_entry, sit_down
        self.letter = more("letter", show_letter)
        self.how = more("how", show_how)

    def show(self, review: Review) -> None:
        found: list[Widget] = [Label(ui("next"), LABEL)]
        for each in review.next:
            found.append(self._step(each))
        if not review.next:
            found.append(Label(ui("next_none"), BODY))
        low = Flow(self.how, gap=4)
        if review.letter:
            low = Flow(self.letter, self.how, gap=4)
        self.replace_children(*found, low)

    def _step(self, each: Next) -> Widget:
        words = RichText([Run(f"{word('next', each.kind)}: ", SMALL), Run(each.text, BODY)])
        call = {"try_again": self._try, "scenario": self._sit}.get(each.kind)
        if call is None:
            return words
        id = "go_try" if each.kind == "try_again" else "go_scenario"
        press = partial(call, each.id)
        button = Button(
            say(f"review.{id}"), press, kind="pill", style=SMALL_BUTTON, name=id, align="start"
        )
        return Column(words, button, gap=5)


def waiting(title: str, *rest: Widget) -> Widget:
    """What stands in the middle before there is a review."""
    card = Card(Label(title, TITLE), *rest, gap=12, padding=28, max_width=620, align="centre")
    return Column(Spacer(), card, Spacer(), grow=1)
