"""The review, alive: the outcome, what each moment was worth, and every move to step through.

It is shown as soon as the first answer is there, and grows finer while one reads.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from game.desktop.input import Command
from game.desktop.layout import Flow
from game.desktop.playing import Playing
from game.desktop.reviewing import Page, Refused, Reviewing, Source
from game.desktop.screen import Screen
from game.desktop.screens import review_sheets as sheets
from game.desktop.screens.ending_card import open_card
from game.desktop.screens.review_board import Board, turn_of
from game.desktop.screens.review_moves import move_text
from game.desktop.screens.review_parts import waiting
from game.desktop.text import BODY, SMALL
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Label, ProgressBar, Sheet
from game.desktop.words import say
from game.review import keeping
from game.review.model import Move, Review
from game.review.words import accuracy_sum
from game.scenario.diagnostics import ScenarioError, render
from game.session.saves import SUFFIX
from game.session.tries import original

_PAGE = ".review.html"


class ReviewScreen(Screen):
    """The review of a game, or of the saved game in a file.

    `source` gives the review instead of a process that makes it (tests, pictures of screens).
    """

    def __init__(self, playing: Playing | Path, source: Source | None = None) -> None:
        super().__init__()
        self.given = playing
        self.review: Review | None = None
        self.index = 0  # of the chosen move, from 0
        self.refused: Refused | None = None
        self.board: Board | None = None  # once there is a review
        self._known: Playing | None = playing if isinstance(playing, Playing) else None
        self._source = source
        self._page: Page | None = None

    @property
    def playing(self) -> Playing:
        """The game; raises :class:`ScenarioError` where the file holds none."""
        if self._known is None:
            assert isinstance(self.given, Path)
            self._known = Playing.resume(self.given)
        return self._known

    # --- the review comes -----------------------------------------------------------------------

    def opened(self) -> None:
        self._begin()

    def _begin(self) -> None:
        if self._source is None:
            self._source = Reviewing(self.playing.game.transcript, date.today())
        self._source.begin(self.ui.raster.wake)
        self._take_news()

    def tick(self, dt: float) -> None:
        self._take_news()

    def resumed(self) -> None:
        self._take_news()

    def close(self) -> None:
        if self._source is not None:
            self._source.close()

    def _take_news(self) -> None:
        """Show what has come; when nothing more comes and nothing came, say why."""
        if self._source is None:
            return
        waited = self._source.busy and self.review is None
        for told in self._source.news():
            if isinstance(told, Review):
                self._show(told)
            elif isinstance(told, Page):
                self._page = told
            elif isinstance(told, Refused):
                self.refused = told
            else:
                self._tell(told)
        if waited and not self._source.busy and self.review is None:
            self.refused = self.refused or Refused()
            self.rebuild()
            self.root.resize(*self.app.logical_size)

    def _show(self, review: Review) -> None:
        first, self.review = self.review is None, review
        if first:
            self.index = most_telling(review)
            self._build_anew()
        elif self.board is not None:
            self.index = min(self.index, max(0, len(review.moves) - 1))
            self.board.show(review, self.index, self.playing.game.may_try)

    def _build_anew(self) -> None:
        self.rebuild()
        self.root.resize(*self.app.logical_size)
        if self.board is not None:
            self.board.bring(self.index, chosen=False)

    def _tell(self, kept: keeping.Kept) -> None:
        if kept.problem is not None:
            value = f"{kept.problem.code}, {kept.problem.message}"
            self.toast(say("review.not_kept", value=value), 8.0)
        elif kept.lesson:
            self.toast(say("review.lesson"))
        elif kept.moments:
            self.toast(say("review.kept_moments", count=kept.moments))
        else:
            self.toast(say("review.kept"))

    # --- what is seen ---------------------------------------------------------------------------

    def build(self) -> Widget:
        game = self.playing.game
        self.title = say("review.place", name=game.scenario.title)
        if self.review is None:
            return self._wait() if self.refused is None else self._say_why(self.refused)
        self.board = Board(self.title, self, self.ui.narrow, self.ui.text.text_scale)
        self.board.show(self.review, self.index, game.may_try)
        return self.board

    def _wait(self) -> Widget:
        return waiting(
            self.title, Label(say("review.begun"), BODY),
            ProgressBar(None, width=320.0, name=say("review.begun")),
            Label(say("review.begun_why"), SMALL), Flow(self._way_back()),
        )  # fmt: skip

    def _say_why(self, refused: Refused) -> Widget:
        begun = bool(self.playing.game.turns)
        if not begun:
            why = [Label(say("review.nothing"), BODY)]
        elif refused.reasons:
            shown = render(list(refused.reasons)).strip()
            why = [Label(say("review.refused"), BODY), Label(shown, SMALL)]
        else:
            why = [Label(say("review.failed"), BODY)]
        ways = [self._way_back()]
        if begun and not refused.reasons:
            again = say("review.once_more")
            ways.append(Button(again, self._once_more, kind="filled", name="once more"))
        return waiting(say("review.failed_title"), *why, Flow(*ways))

    def _way_back(self) -> Button:
        return Button(say("review.back"), self.leave, name="back")

    def _once_more(self) -> None:
        self.close()
        self._source = self.refused = None
        self._build_anew()
        self._begin()

    def retold(self) -> None:
        """What a review says is said by the process that makes it: it is made again."""
        self.playing.game.retell()
        if not isinstance(self._source, Reviewing):
            self._build_anew()
            return
        self.close()
        self._source = self.review = self.board = self.refused = None
        self.rebuild()
        self._begin()

    def restyled(self) -> None:
        """Cards are as high as their text is large, and tabs above a certain size."""
        if self.board is not None and not self.board.fits(self.ui):
            self._build_anew()

    # --- stepping through -----------------------------------------------------------------------

    @property
    def move(self) -> Move | None:
        """The chosen move."""
        if self.review is None or not self.review.moves:
            return None
        return self.review.moves[self.index]

    def select(self, index: int) -> None:
        """Choose a move, from 0; transcript, graph and circles follow."""
        review, board = self.review, self.board
        if review is None or board is None or not 0 <= index < len(review.moves):
            return
        self.index = index
        board.follow(review, index, self.playing.game.may_try)
        board.bring(index, chosen=True)
        board.take_focus(index)

    def step(self, way: int) -> None:
        """The move before (-1) or after (1)."""
        self.select(self.index + way)

    def on_command(self, command: Command) -> bool:
        if command is Command.BACK:
            self.leave()
        elif command is Command.SAVE and self.review is not None:
            self.save()
        elif command is Command.COPY and self.review is not None:
            self.copy()
        else:
            return super().on_command(command)
        return True

    def leave(self) -> None:
        """Back to where one came from."""
        if self.app.depth > 1:
            self.app.pop()
        else:
            self.app.to_start()

    # --- sheets ---------------------------------------------------------------------------------

    def look(self, make: Callable[[Review], Sheet]) -> None:
        """Open a sheet about the review."""
        if self.review is not None:
            self.open(make(self.review))

    def look_at_numbers(self) -> None:
        self.look(lambda review: sheets.numbers_sheet(review, self.index))

    def look_at_circles(self) -> None:
        self.look(lambda review: sheets.circles_sheet(review, turn_of(review, self.index)))

    def look_at_options(self) -> None:
        move = self.move
        if move is not None:
            self.look(lambda review: sheets.options_sheet(review, move))

    # --- what it leads to -----------------------------------------------------------------------

    def try_again(self) -> None:
        """Back to the table before the chosen move."""
        if self.move is not None:
            self.try_entry(self.move.entry)

    def try_entry(self, entry: str) -> None:
        """The first try of a move has the luck that it had, a later one fresh luck."""
        playing = self.playing
        game = playing.game
        if not game.may_try:
            self.toast(say("review.no_try"))
            return
        fresh = any(e.tries and e.data["try"] == entry for e in game.transcript.entries)
        game.try_again(entry, fresh)
        playing.spoken = len(game.turns)
        playing.writer = self.app.saving.writer
        playing.save()

        def show() -> None:
            self._leave_for(playing)
            self.app.screen.toast(say("review.fresh_chance" if fresh else "review.same_chance"))

        self.app.saving.once(show)

    def _leave_for(self, playing: Playing) -> None:
        """To where the game stands now; the ending that led here is no place to come back to."""
        from game.desktop.screens.ending import EndingScreen

        app = self.app
        if app.depth > 1:
            app.pop()
            below = app.screen
            if not (isinstance(below, EndingScreen) and below.playing is playing):
                app.push(playing.screen())
                return
        playing.follow(app)

    def sit_down(self, scenario: str) -> None:
        """The briefing of another scenario."""
        from game.desktop.screens.briefing import BriefingScreen
        from game.scenario.load import load_scenario

        self.app.replace(BriefingScreen(load_scenario(scenario)))

    def save(self) -> None:
        """Write the report next to the saved game, and tell where."""
        if self.review is None:
            return
        game, page = self.playing.path, self._html(self.review)

        def write() -> Path | ScenarioError:
            path = page_path(game)
            try:
                keeping.write_page(path, page)
            except ScenarioError as problem:
                return problem
            return path

        def words(found: Path | ScenarioError) -> str:
            if isinstance(found, ScenarioError):
                return found.diagnostics[0].message
            return say("review.saved", value=found)

        self.app.saving.tell(write, words, 8.0)

    def _html(self, review: Review) -> str:
        """The page, which the process that made the review has made too."""
        if self._page is not None:
            return self._page.html
        from game.review.page import page

        return page(review)

    def share(self) -> None:
        """A card with how it went, and nothing of the people or the moves."""
        if self.review is not None and self.review.ended:
            accuracy = accuracy_sum(self.review.accuracy)
            game = original(self.playing.game)
            open_card(self, game, None if accuracy is None else float(accuracy.whole))

    def copy(self) -> None:
        """The chosen move as text."""
        if self.review is not None and self.move is not None:
            self.app.copy(move_text(self.review, self.move))
            self.toast(say("review.copied"))


def most_telling(review: Review) -> int:
    """The move that a review opens at, from 0: the dearest moment, else the first."""
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
