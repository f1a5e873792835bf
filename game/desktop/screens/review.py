"""The review, alive: the outcome, what each moment was worth, and every move to step through.

It is shown as soon as the first answer is there, and grows finer while one reads.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path

from game.desktop.input import Command
from game.desktop.layout import Column, Flow, Grid, Row, px, share
from game.desktop.playing import Playing
from game.desktop.reviewing import Page, Refused, Reviewing, Source
from game.desktop.screen import Screen
from game.desktop.screens import review_sheets as sheets
from game.desktop.screens.review_figures import SpiralFigure, WorthFigure
from game.desktop.screens.review_moves import Actions, Transcript, move_text, ui
from game.desktop.screens.review_parts import (
    Following,
    Moments,
    Outcome,
    Seller,
    head,
    more,
    waiting,
)
from game.desktop.text import BODY, LABEL, SMALL
from game.desktop.theme import GUTTER, MARGIN
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Card, Divider, Label, ProgressBar, ScrollArea, Sheet, Tabs
from game.desktop.words import say
from game.review import keeping
from game.review.model import Move, Review
from game.review.words import accuracy_sum, label, score_line
from game.scenario.diagnostics import ScenarioError, render
from game.session.moments import GameError
from game.session.saves import SUFFIX

_LEFT, _RIGHT = 300.0, 304.0  # px of the columns beside the transcript
_TOP = 240.0  # px of the upper cards at 100 %
_PAGE = ".review.html"
_MOVES, _CIRCLES = 1, 2  # tabs that show the chosen move


class _Stepping(Column):
    """The whole screen: left and right step through the moves wherever the focus is."""

    def __init__(self, step: Callable[[int], object], *children: Widget) -> None:
        super().__init__(*children, gap=12, padding=(MARGIN, 12, MARGIN, MARGIN))
        self.step = step

    def on_command(self, command: Command) -> bool:
        way = {Command.LEFT: -1, Command.RIGHT: 1}.get(command, 0)
        if way:
            self.step(way)
        return bool(way)


class ReviewScreen(Screen):
    """The review of a game, or of the saved game in a file.

    `source` gives the review instead of a process that makes it (tests, pictures of screens).
    """

    def __init__(self, playing: Playing | Path, source: Source | None = None) -> None:
        super().__init__()
        self.given = playing
        self.playing: Playing | None = playing if isinstance(playing, Playing) else None
        self.review: Review | None = None
        self.index = 0  # of the chosen move, from 0
        self.refused: Refused | None = None
        self._source = source
        self._page: Page | None = None
        self._pointed = False  # whether a move was chosen by the reader

    # --- the review comes -----------------------------------------------------------------------

    def opened(self) -> None:
        self._begin()

    def _begin(self) -> None:
        playing = self._playing()
        if self._source is None:
            self._source = Reviewing(playing.game.transcript, date.today())
        self.refused = None
        self._source.begin(self.ui.raster.wake)
        self._take_news()

    def _playing(self) -> Playing:
        if self.playing is None:
            assert isinstance(self.given, Path)
            self.playing = Playing.resume(self.given)
        return self.playing

    def tick(self, dt: float) -> None:
        self._take_news()

    def resumed(self) -> None:
        self._take_news()

    def close(self) -> None:
        if self._source is not None:
            self._source.close()

    def _take_news(self) -> None:
        if self._source is None:
            return
        was_busy = self._source.busy
        for told in self._source.news():
            if isinstance(told, Review):
                self._show(told)
            elif isinstance(told, Page):
                self._page = told
            elif isinstance(told, Refused):
                self.refused = told
            else:
                self._tell(told)
        if was_busy and not self._source.busy and self.review is None:
            self.refused = self.refused or Refused()
            self.rebuild()

    def _show(self, review: Review) -> None:
        first = self.review is None
        self.review = review
        if first and not self._pointed:
            self.index = _most_telling(review)
        if first:
            self.rebuild()
            self.root.resize(*self.app.logical_size)
            self.transcript.reveal(self.index)
        else:
            self._fill()

    def _tell(self, kept: keeping.Kept) -> None:
        if kept.problem is not None:
            value = f"{kept.problem.code}, {kept.problem.message}"
            self.toast(say("review.not_kept", value=value), 8.0)
        elif kept.moments:
            self.toast(say("review.kept_moments", count=kept.moments))
        else:
            self.toast(say("review.kept"))

    # --- what is seen ---------------------------------------------------------------------------

    def build(self) -> Widget:
        playing = self._playing()
        self._narrow = self.ui.narrow
        self.title = say("review.place", name=playing.game.scenario.title)
        if self.review is None:
            return self._wait_or_say_why()
        actions = Actions(self.select, self._options, self._copy_move, self.try_again)
        signs = more("signs", self._opener(lambda r: sheets.signs_sheet(r)))
        numbers = more("numbers", self._opener(lambda r: sheets.numbers_sheet(r, self.index)))
        closer = more("closer", self._closer)
        self.outcome = Outcome(self._opener(sheets.score_sheet))
        self.moments = Moments(self.select)
        self.transcript = Transcript(actions, head(ui("transcript"), signs))
        self.worth = WorthFigure(legend=False, on_pick=self.select, grow=1, name=ui("worth_title"))
        self.spiral = SpiralFigure(small=not self._narrow, grow=1, name=ui("circles_title"))
        self.seller = Seller(
            *(self._opener(make) for make in (
                sheets.accuracy_sheet, sheets.reads_sheet, sheets.people_sheet))
        )  # fmt: skip
        self.following = Following(
            self._try_entry, self._sit_down, self._opener(sheets.letter_sheet),
            self._opener(sheets.how_sheet),
        )  # fmt: skip
        pad = (16.0, 10.0, 12.0, 12.0)
        self.no_worth, self.no_circles = (
            Label(ui("worth_none"), BODY),
            Label(ui("circles_none"), BODY),
        )
        closer.visible = not self._narrow  # there it is large, with all its words
        worth = Card(head(ui("worth"), numbers), self.worth, self.no_worth, gap=4, padding=pad)
        circles = Card(head(ui("circles"), closer), self.spiral, self.no_circles, gap=2,
                       padding=pad)  # fmt: skip
        content = (self._tabs if self._narrow else self._columns)(worth, circles)
        self._head()
        self._fill()
        return _Stepping(self.step, self.first_line, content)

    def _columns(self, worth: Widget, circles: Widget) -> Widget:
        """The six cards of the wide screen: three columns, the upper cards equally high."""
        high = _TOP * self.ui.text.text_scale
        you = Card(
            ScrollArea(Column(self.seller, Divider(4), self.following, gap=7), grow=1),
            padding=(16, 12, 8, 10),
        )
        columns = []
        pairs = ((self.outcome, self.moments), (worth, self.transcript), (circles, you))
        for upper, lower in pairs:
            upper.height = high
            lower.grow, lower.shrink = 1.0, True
            columns.append(Column(upper, lower, gap=GUTTER))
        tracks = [px(_LEFT), share(), px(_RIGHT)]
        return Grid(*columns, tracks=tracks, gap=GUTTER, fill=True, grow=1)

    def _tabs(self, worth: Widget, circles: Widget) -> Widget:
        """Where text is large: the outcome, the moves, you, each on its own page."""
        you = Card(ScrollArea(self.seller, grow=1), padding=(16, 12, 8, 10))
        later = Card(ScrollArea(self.following, grow=1), padding=(16, 12, 8, 10))
        self.facts = Column(gap=9)
        words = Card(ScrollArea(self.facts, grow=1), padding=(16, 12, 8, 10))
        pages = (
            ("tab_outcome", (self.outcome, self.moments), [share(), share()]),
            ("tab_moves", (self.transcript, worth), [share(1.2), share()]),
            ("tab_circles", (circles, words), [share(1.2), share()]),
            ("tab_you", (you, later), [share(), share()]),
        )
        self.tabs = Tabs(
            [
                (say(f"review.{id}"), Grid(*parts, tracks=tracks, gap=GUTTER, fill=True))
                for id, parts, tracks in pages
            ],
            grow=1,
        )
        return self.tabs

    def _head(self) -> None:
        """Where you are, how far the review has come, and the keys that work here."""
        self.bar = ProgressBar(0.0, width=72.0, name="progress of the review")
        self.stage = Label("", SMALL, shrink=False)
        self.refining = Row(self.bar, self.stage, gap=8, cross="centre")
        may_try = self._playing().game.may_try
        self.first_line = Row(
            Label(self.title, LABEL, most=2, grow=1),
            self.refining,
            Flow(
                Label(say("review.play_through"), SMALL, shrink=False),
                Button("←", lambda: self.step(-1), kind="quiet", name=say("review.earlier")),
                Button("→", lambda: self.step(1), kind="quiet", name=say("review.later")),
                Button(say("review.try_here"), self.try_again, kind="quiet", hotkey=Command.TRY,
                       show_key=True, enabled=may_try, name="try again"),
                Button(say("review.save"), self.save, kind="quiet", hotkey=Command.SKIP,
                       show_key=True, name="save"),
                Button(say("review.copy"), self.copy, kind="quiet", name="share"),
                Button(say("review.back"), self._back, kind="quiet", name="back"),
                gap=2,
            ),
            gap=12,
            cross="centre",
        )  # fmt: skip

    def _wait_or_say_why(self) -> Widget:
        back = Button(say("review.back"), self._back, name="back")
        if self.refused is None:
            return waiting(
                self.title, Label(say("review.begun"), BODY),
                ProgressBar(None, width=320.0, name=say("review.begun")),
                Label(say("review.begun_why"), SMALL), Flow(back),
            )  # fmt: skip
        if not self._playing().game.turns:
            why = [Label(say("review.nothing"), BODY)]
        elif self.refused.reasons:
            shown = render(list(self.refused.reasons)).strip()
            why = [Label(say("review.refused"), BODY), Label(shown, SMALL)]
        else:
            why = [Label(say("review.failed"), BODY)]
        again = Button(say("review.once_more"), self._once_more, kind="filled", name="once more")
        again.visible = bool(self._playing().game.turns) and not self.refused.reasons
        return waiting(say("review.failed_title"), *why, Flow(back, again))

    def _fill(self) -> None:
        """Put the review into all parts; what has the focus keeps it."""
        review = self.review
        assert review is not None
        self.index = min(self.index, max(0, len(review.moves) - 1))
        root = self._root
        focused = root.focused.accessible_name if root is not None and root.focused else ""
        for part in (self.outcome, self.moments, self.seller, self.following):
            part.show(review)
        self.worth.show_review(review)
        self.spiral.show_review(review)
        for figure, words in ((self.worth, self.no_worth), (self.spiral, self.no_circles)):
            figure.visible = figure.data is not None
            words.visible = not figure.visible
        if self._narrow:
            self.facts.replace_children(*sheets.facts_parts(review))
        self._follow(review)
        done = review.stage >= review.stages
        self.refining.visible = not done
        values = {"count": review.stage, "total": review.stages}
        self.stage.text = say("review.refining", **values)
        self.stage.name = say("review.refining_name", **values)
        self.bar.set(review.stage / max(1, review.stages))
        if focused and root is not None and root.focused is None:
            root.focus(next((w for w in root.top.walk() if w.can_focus
                             and w.accessible_name == focused), None))  # fmt: skip

    def _follow(self, review: Review) -> None:
        """Transcript, graph and circles show the chosen move."""
        self.transcript.show(review, self.index, self._playing().game.may_try)
        self.worth.point_at(self.index)
        self.spiral.point_at(self._turn)

    @property
    def _turn(self) -> int | None:
        """The chosen move's turn at the table, from 0; None away from it."""
        if self.move is None or self.review is None or not self.move.table_turn:
            return None
        return sum(1 for move in self.review.moves[: self.index] if move.table_turn)

    def restyled(self) -> None:
        if self.ui.narrow is not self._narrow:
            self.rebuild()
            self.root.resize(*self.app.logical_size)

    # --- stepping through -----------------------------------------------------------------------

    @property
    def move(self) -> Move | None:
        """The chosen move."""
        if self.review is None or not self.review.moves:
            return None
        return self.review.moves[self.index]

    def select(self, index: int) -> None:
        """Choose a move, from 0; transcript, graph and circles follow."""
        if self.review is None or not 0 <= index < len(self.review.moves):
            return
        self._pointed = True
        rows = self.transcript.rows
        follow = any(self.root.focused is row for row in rows)
        self.index = index
        if self._narrow and self.tabs.shown not in (_MOVES, _CIRCLES):
            self.tabs.show(_MOVES)
        self._follow(self.review)
        self.transcript.reveal(index)
        if follow:
            self.focus(rows[index])

    def step(self, way: int) -> None:
        """The move before (-1) or after (1)."""
        self.select(self.index + way)

    def on_command(self, command: Command) -> bool:
        if command is Command.BACK:
            self._back()
        elif command is Command.SAVE and self.review is not None:
            self.save()
        elif command is Command.COPY and self.review is not None:
            self.copy()
        else:
            return super().on_command(command)
        return True

    def _back(self) -> None:
        if self.app.depth > 1:
            self.app.pop()
        else:
            self.app.to_start()

    def _once_more(self) -> None:
        if self._source is not None:
            self._source.close()
        self._source = None
        self.refused = None
        self.rebuild()
        self._begin()

    # --- sheets ---------------------------------------------------------------------------------

    def _opener(self, make: Callable[[Review], Sheet]) -> Callable[[], object]:
        def opened() -> None:
            if self.review is not None:
                self.open(make(self.review))

        return opened

    def _closer(self) -> None:
        if self.review is not None:
            self.open(sheets.circles_sheet(self.review, self._turn))

    def _options(self) -> None:
        if self.review is not None and self.move is not None:
            self.open(sheets.options_sheet(self.review, self.move))

    # --- what it leads to -------------------------------------------------------------------------

    def try_again(self) -> None:
        """Back to the table before the chosen move."""
        if self.move is not None:
            self._try_entry(self.move.entry)

    def _try_entry(self, entry: str) -> None:
        """The first try of a move has the luck that it had, a later one fresh luck."""
        playing = self._playing()
        game = playing.game
        fresh = any(e.tries and e.data["try"] == entry for e in game.transcript.entries)
        try:
            game.try_again(entry, fresh)
        except GameError:
            self.toast(say("review.no_try"))
            return
        playing.spoken = len(game.turns)
        playing.save()
        playing.follow(self.app)
        self.app.screen.toast(say("review.fresh_chance" if fresh else "review.same_chance"))

    def _sit_down(self, scenario: str) -> None:
        """The briefing of another scenario."""
        from game.desktop.screens.briefing import BriefingScreen
        from game.scenario.load import load_scenario

        self.app.replace(BriefingScreen(load_scenario(scenario)))

    def save(self) -> None:
        """Write the report next to the saved game, and tell where."""
        if self.review is None:
            return
        path = page_path(self._playing().path)
        try:
            keeping.write_page(path, self._html(self.review))
        except ScenarioError as problem:
            self.toast(problem.diagnostics[0].message, 8.0)
        else:
            self.toast(say("review.saved", value=shlex.quote(str(path))), 8.0)

    def _html(self, review: Review) -> str:
        if self._page is not None:
            return self._page.html
        from game.review.page import page

        return page(review)

    def copy(self) -> None:
        """A card to share: what it came to, and nothing of the people or the moves."""
        if self.review is not None:
            self.app.copy(card_of(self.review))
            self.toast(say("review.copied_card"))

    def _copy_move(self) -> None:
        if self.review is not None and self.move is not None:
            self.app.copy(move_text(self.review, self.move))
            self.toast(say("review.copied_move"))


def _most_telling(review: Review) -> int:
    """The move that a review opens at: the dearest moment, else the first."""
    dear = max(review.moments, key=lambda m: (m.kind != "great", m.points), default=None)
    if dear is None:
        return 0
    return next((k for k, move in enumerate(review.moves) if move.index == dear.move), 0)


def page_path(path: Path) -> Path:
    """Where the report of a saved game goes: next to it, on nothing but an older report."""
    stem = path.name.removesuffix(SUFFIX).removesuffix(".json")
    found, number = path.with_name(stem + _PAGE), 2
    while not keeping.may_replace(found, path):
        found = path.with_name(f"{stem}-{number}{_PAGE}")
        number += 1
    return found


def card_of(review: Review) -> str:
    """The result and the signs of the moves, without anything that would spoil the game."""
    lines = [say("review.card", name=review.title), score_line(review)]
    accuracy = accuracy_sum(review.accuracy)
    if accuracy is not None:
        values = {"value": accuracy.whole, "count": len(review.moves)}
        lines.append(say("review.card_accuracy", **values))
    signs = [label(move.label)["sign"] for move in review.moves]
    return "\n".join([*lines, " ".join(signs)])
