"""How the cards of a review stand: in three columns, or as tabs where text is large."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from game.desktop.input import Command
from game.desktop.layout import Column, Flow, Grid, Row, px, share
from game.desktop.screens import review_sheets as sheets
from game.desktop.screens.review_figures import SpiralFigure, WorthFigure
from game.desktop.screens.review_moves import Actions, Transcript, ui
from game.desktop.screens.review_parts import Following, Moments, Outcome, Seller, head, more
from game.desktop.text import BODY, LABEL, SMALL
from game.desktop.theme import GUTTER, MARGIN
from game.desktop.ui import Ui
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Card, Divider, Label, ProgressBar, ScrollArea, Sheet, Tabs
from game.desktop.words import say
from game.review.model import Review

_LEFT, _RIGHT = 300.0, 304.0  # px of the columns beside the transcript
_TOP = 254.0  # px of the upper cards at 100 %
_MOVES, _CIRCLES = 1, 2  # tabs that show the chosen move
_PAD = (16.0, 10.0, 12.0, 12.0)
_READING = (16.0, 12.0, 8.0, 10.0)  # of a card that scrolls


class Hears(Protocol):
    """What the board asks of its screen."""

    def select(self, index: int) -> None: ...
    def step(self, way: int) -> None: ...
    def look(self, make: Callable[[Review], Sheet]) -> None: ...
    def look_at_numbers(self) -> None: ...
    def look_at_circles(self) -> None: ...
    def look_at_options(self) -> None: ...
    def try_again(self) -> None: ...
    def try_entry(self, entry: str) -> None: ...
    def sit_down(self, scenario: str) -> None: ...
    def save(self) -> None: ...
    def share(self) -> None: ...
    def copy(self) -> None: ...
    def leave(self) -> None: ...


class Board(Column):
    """The whole screen: left and right step through the moves wherever the focus is."""

    def __init__(self, title: str, hears: Hears, narrow: bool, text_scale: float) -> None:
        super().__init__(gap=12, padding=(MARGIN, 12, MARGIN, MARGIN))
        self.hears, self.narrow, self.text_scale = hears, narrow, text_scale
        self.tabs: Tabs | None = None
        actions = Actions(hears.select, hears.look_at_options, hears.copy, hears.try_again)
        self.outcome = Outcome(self._look(sheets.score_sheet))
        self.moments = Moments(hears.select)
        signs = more("signs", self._look(sheets.signs_sheet))
        self.transcript = Transcript(actions, head(ui("transcript"), signs))
        self.seller = Seller(
            self._look(sheets.accuracy_sheet), self._look(sheets.reads_sheet),
            self._look(sheets.people_sheet),
        )  # fmt: skip
        self.following = Following(
            hears.try_entry, hears.sit_down, self._look(sheets.letter_sheet),
            self._look(sheets.how_sheet),
        )  # fmt: skip
        self.worth = WorthFigure(
            legend=False, on_pick=hears.select, grow=1, name=ui("worth_title")
        )  # fmt: skip
        self.spiral = SpiralFigure(small=not narrow, grow=1, name=ui("circles_title"))
        self.no_worth = Label(ui("worth_none"), BODY)
        self.no_circles = Label(ui("circles_none"), BODY)
        self.facts = Column(gap=9)
        self._head(title)
        self.add(self._tabs() if narrow else self._columns(text_scale))

    def fits(self, ui: Ui) -> bool:
        """Whether it was made for the size that text has now."""
        return self.text_scale == ui.text.text_scale

    def on_command(self, command: Command) -> bool:
        way = {Command.LEFT: -1, Command.RIGHT: 1}.get(command, 0)
        if way:
            self.hears.step(way)
        return bool(way)

    def _look(self, make: Callable[[Review], Sheet]) -> Callable[[], object]:
        return lambda: self.hears.look(make)

    # --- the parts ------------------------------------------------------------------------------

    def _head(self, title: str) -> None:
        """Where you are, how far the review has come, and the keys that work here."""
        hears = self.hears
        self.bar = ProgressBar(0.0, width=72.0, name="progress of the review")
        self.stage = Label("", SMALL, shrink=False)
        self.refining = Row(self.bar, self.stage, gap=8, cross="centre")
        self.trying = Button(
            say("review.try_here"), hears.try_again, kind="quiet", hotkey=Command.TRY,
            show_key=True, name="try again",
        )  # fmt: skip
        self.sharing = Button(say("review.share"), hears.share, kind="quiet", name="share")
        keys = Flow(
            Label(say("review.play_through"), SMALL, shrink=False),
            Button("←", lambda: hears.step(-1), kind="quiet", name=say("review.earlier")),
            Button("→", lambda: hears.step(1), kind="quiet", name=say("review.later")),
            self.trying,
            Button(say("review.save"), hears.save, kind="quiet", hotkey=Command.SKIP,
                   show_key=True, name="save"),
            self.sharing,
            Button(say("review.back"), hears.leave, kind="quiet", name="back"),
            gap=2,
        )  # fmt: skip
        self.add(Row(Label(title, LABEL, most=2, grow=1), self.refining, keys, gap=12,
                     cross="centre"))  # fmt: skip

    def _figures(self) -> tuple[Card, Card]:
        """What each moment was worth, and the circles."""
        numbers = more("numbers", self.hears.look_at_numbers)
        closer = more("closer", self.hears.look_at_circles, visible=not self.narrow)
        worth = Card(
            head(ui("worth"), numbers), self.worth, self.no_worth, gap=4, padding=_PAD
        )  # fmt: skip
        circles = Card(
            head(ui("circles"), closer), self.spiral, self.no_circles, gap=2, padding=_PAD
        )  # fmt: skip
        return worth, circles

    def _columns(self, text_scale: float) -> Widget:
        """Six cards in three columns, the upper ones equally high."""
        worth, circles = self._figures()
        you = Column(self.seller, Divider(4), self.following, gap=7)
        columns: list[Widget] = []
        for upper, lower in (
            (self.outcome, self.moments),
            (worth, self.transcript),
            (circles, Card(ScrollArea(you, grow=1), padding=_READING)),
        ):
            upper.height = _TOP * text_scale
            lower.grow, lower.shrink = 1.0, True
            columns.append(Column(upper, lower, gap=GUTTER))
        tracks = [px(_LEFT), share(), px(_RIGHT)]
        return Grid(*columns, tracks=tracks, gap=GUTTER, fill=True, grow=1)

    def _tabs(self) -> Widget:
        """The outcome, the moves, the circles and you, each on a page of its own."""
        worth, circles = self._figures()
        facts, you, later = (
            Card(ScrollArea(part, grow=1), padding=_READING)
            for part in (self.facts, self.seller, self.following)
        )
        pages: list[tuple[str, Widget]] = []
        for id, left, right, weight in (
            ("outcome", self.outcome, self.moments, 1.0),
            ("moves", self.transcript, worth, 1.2),
            ("circles", circles, facts, 1.2),
            ("you", you, later, 1.0),
        ):
            tracks = [share(weight), share()]
            page = Grid(left, right, tracks=tracks, gap=GUTTER, fill=True)
            pages.append((say(f"review.tab_{id}"), page))
        self.tabs = Tabs(pages, grow=1)
        return self.tabs

    # --- what they show -------------------------------------------------------------------------

    def show(self, review: Review, index: int, may_try: bool) -> None:
        """Put a review, or a finer one, into all parts; what has the focus keeps it."""
        root = self.root if self.attached else None
        before = root.focused if root is not None else None
        focused = before.accessible_name if before is not None else ""
        for part in (self.outcome, self.moments, self.seller, self.following):
            part.show(review)
        self.worth.show_review(review)
        self.spiral.show_review(review)
        for figure, instead in ((self.worth, self.no_worth), (self.spiral, self.no_circles)):
            figure.visible = figure.data is not None
            instead.visible = not figure.visible
        if self.narrow:
            self.facts.replace_children(*sheets.facts_parts(review))
        self.trying.enabled = may_try and bool(review.moves)
        self.sharing.visible = review.ended
        self.follow(review, index, may_try)
        self._progress(review)
        if focused and root is not None and root.focused is None:
            same = [w for w in root.top.walk() if w.can_focus and w.accessible_name == focused]
            root.focus(same[0] if same else None)

    def _progress(self, review: Review) -> None:
        self.refining.visible = review.stage < review.stages
        values = {"count": review.stage, "total": review.stages}
        self.stage.text = say("review.refining", **values)
        self.stage.name = say("review.refining_name", **values)
        self.bar.set(review.stage / max(1, review.stages))

    def follow(self, review: Review, index: int, may_try: bool) -> None:
        """Transcript, graph and circles show a move, from 0."""
        self.transcript.show(review, index, may_try)
        self.worth.point_at(index)
        self.spiral.point_at(turn_of(review, index))

    def bring(self, index: int, chosen: bool) -> None:
        """Have a move in view; `chosen` also turns to a tab that shows it."""
        if chosen and self.tabs is not None and self.tabs.shown not in (_MOVES, _CIRCLES):
            self.tabs.show(_MOVES)
        self.transcript.reveal(index)

    def take_focus(self, index: int) -> None:
        """Where the focus is on another move, it goes along."""
        if any(self.root.focused is row for row in self.transcript.rows):
            self.root.focus(self.transcript.rows[index])


def turn_of(review: Review, index: int) -> int | None:
    """A move's turn at the table, from 0; None away from it."""
    if index >= len(review.moves) or not review.moves[index].table_turn:
        return None
    return sum(1 for move in review.moves[:index] if move.table_turn)
