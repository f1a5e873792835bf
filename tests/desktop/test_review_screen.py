"""The review on the screen: everything it says, stepping through, and what it leads to."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import get_args

import pygame
import pytest

from game.desktop import reviewing
from game.desktop.app import App
from game.desktop.pilot import Pilot
from game.desktop.playing import Playing
from game.desktop.reviewing import News, Page, Ready, Refused, Reviewing
from game.desktop.screens.ending import EndingScreen
from game.desktop.screens.review import ReviewScreen, most_telling, page_path
from game.desktop.screens.review_marks import Badge, marks_of, sign_width, words_of
from game.desktop.screens.review_moves import MoveRow
from game.desktop.screens.review_sheets import signs_sheet
from game.desktop.settings import Settings
from game.desktop.text import BUTTON
from game.desktop.words import say
from game.figures.spiral import spiral, spiral_places
from game.figures.svg import number
from game.figures.theme import PAPER
from game.figures.worth_graph import worth_graph, worth_places
from game.review.keeping import Kept
from game.review.model import LABELS, MARKS, Review
from game.review.page import page
from game.review.pictures import spiral_data, worth_data
from game.review.words import accuracy_sum, amount, label, score_line
from game.scenario.diagnostics import Diagnostic
from game.session.game import Game
from game.session.seating import Settings as GameSettings
from game.session.transcript import load_transcript
from tests.desktop.homes import at_home
from tests.review import samples

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "seoul.lunch.json"
LARGE = Settings(text_scale=2.0)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_home(monkeypatch, tmp_path / "home")
    return tmp_path


@cache
def resumed() -> Game:
    return Game.resume(load_transcript(GOLDEN))


def a_game(folder: Path, own: bool = False) -> Playing:
    """The saved game that samples are shown for; `own` where it is played on."""
    game = resumed.__wrapped__() if own else resumed()
    playing = Playing(game, folder / "seoul-1.lunch.json")
    playing.save()
    return playing


def over(
    folder: Path, *news: News, settings: Settings | None = None
) -> tuple[Pilot, ReviewScreen, Playing]:
    playing = a_game(folder)
    screen = ReviewScreen(playing, Ready(news or [samples.seoul()]))
    return Pilot.over(screen, settings=settings), screen, playing


def chosen(screen: ReviewScreen) -> str:
    """The action of the row that lies open."""
    assert screen.board is not None
    (row,) = [row for row in screen.board.transcript.rows if row.chosen]
    return row.move.action


# --- what it says ---------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("name", samples.ALL)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_review_fits(name: str, scale: float, home: Path) -> None:
    pilot, screen, _ = over(home, samples.ALL[name](), settings=Settings(text_scale=scale))
    assert pilot.overlaps() == []
    assert screen.board is not None
    assert (screen.board.tabs is not None) is (scale >= 1.5)
    if screen.board.tabs is not None:
        for tab in ("outcome", "moves", "circles", "you"):
            pilot.click(say(f"review.tab_{tab}"))
            assert pilot.overlaps() == []


@pytest.mark.long
def test_it_says_what_the_page_says(home: Path) -> None:
    review = samples.seoul()
    pilot, _, _ = over(home, review)
    html = re.sub(r"<[^>]+>", "", page(review))
    accuracy = accuracy_sum(review.accuracy)
    assert accuracy is not None
    words = [
        review.ending_title, review.deal, score_line(review), str(accuracy.whole),
        *(moment.title for moment in review.moments),
        *(principle.text for principle in review.principles),
        *(step.text for step in review.next),
    ]  # fmt: skip
    for said in words:
        assert said in html
        assert pilot.sees(said), said


def test_every_move_has_its_line_with_sign_word_and_number(home: Path) -> None:
    review = samples.seoul()
    pilot, _, _ = over(home, review)
    rows = [w for w in pilot.all() if isinstance(w, MoveRow)]
    assert [row.move.index for row in rows] == [move.index for move in review.moves]
    price = next(row for row in rows if row.move.action.startswith("quote_price"))
    assert price.state_text == "mistake −17"
    assert price.accessible_name == "6  Put the price on the table"
    for row in rows:
        for kind, words in marks_of(row.move):
            assert label(kind)["word"] in words
            assert sign_width(row.root.ui.text, kind, BUTTON) > 0


def test_no_two_labels_look_alike_without_colour(home: Path) -> None:
    pilot, screen, _ = over(home)
    screen.open(signs_sheet(samples.seoul()))
    pilot.wait(0.1)
    kinds = {w.kind for w in pilot.all() if isinstance(w, Badge)}
    assert {*LABELS, *MARKS} <= kinds
    assert len({(label(kind)["sign"], label(kind)["word"]) for kind in kinds}) == len(kinds)


def test_the_chosen_move_tells_what_was_said_thought_and_why(home: Path) -> None:
    review = samples.seoul()
    pilot, screen, _ = over(home, review)
    move = screen.move
    assert move is not None and move.action_label == "Put the price on the table"
    assert move.thought is not None
    for said in (
        move.own, move.notices[0].text, move.said[0].text, move.thought.text, "0.38 → 0.24",
        *(cause.text for cause in move.causes), "Better: Ask indirectly about the board  +17",
    ):  # fmt: skip
        assert pilot.sees(said), said


def test_before_the_end_nothing_hidden_is_shown(home: Path) -> None:
    review = samples.unfinished()
    pilot, screen, _ = over(home, review)
    for index, move in enumerate(samples.seoul().moves[: len(review.moves)]):
        screen.select(index)
        if move.thought is not None:
            assert not pilot.sees(move.thought.text)
        for trust in move.trust:
            assert not pilot.sees(f"{trust.before:.2f} → {trust.after:.2f}")
    assert not any(w.name == "share" and w.visible for w in pilot.all())


@pytest.mark.long
def test_sheets_hold_the_sums_and_close_with_escape(home: Path) -> None:
    review = samples.seoul()
    pilot, _, _ = over(home, review)
    accuracy = accuracy_sum(review.accuracy)
    assert accuracy is not None
    for name, said in (
        ("sum of the score", "40 %"),
        ("sum of the accuracy", str(accuracy.product)),
        (say("review.numbers"), "69–75"),
        (say("review.closer"), "the brother on the board; private; no"),
        (say("review.reads"), "off by; 0.17; 0.05"),
        (say("review.people"), "the persimmon harvest"),
        (say("review.letter"), "the line runs."),
        (say("review.how"), review.transcript),
        ("Everything you could have done", "Put the price on the table (your move)"),
    ):
        pilot.click(name)
        assert said in pilot.tree(), name
        assert pilot.overlaps() == []
        pilot.key("escape")
        assert not any(w.role == "dialog" for w in pilot.all())


# --- stepping through -----------------------------------------------------------------------------


@pytest.mark.long
def test_the_arrows_step_and_graph_and_circles_follow(home: Path) -> None:
    review = samples.seoul()
    pilot, screen, _ = over(home, review)
    assert screen.index == most_telling(review) == 7
    board = screen.board
    assert board is not None
    for key, index, turn in (
        ("right", 8, 6), ("right", 9, 7), ("left", 8, 6), ("left", 7, 5),
    ):  # fmt: skip
        pilot.key(key)
        assert screen.index == board.worth.index == index
        assert board.spiral.turn == turn
        assert chosen(screen) == review.moves[index].action
    for _ in range(40):
        pilot.key("left")
    assert screen.index == 0
    assert board.spiral.turn is None  # it was before the meeting
    for _ in range(40):
        pilot.key("right")
    assert screen.index == len(review.moves) - 1
    last = board.transcript.rows[-1].rect
    assert board.transcript.scroll.rect.contains(last.inflate(-2, -2))


@pytest.mark.long
def test_the_mark_glides_and_nothing_is_drawn_afterwards(home: Path) -> None:
    pilot, screen, _ = over(home)
    assert screen.board is not None
    pilot.until_still()
    before = pygame.image.tobytes(pilot.app.surface, "RGB")
    pilot.key("right")
    assert pilot.app.busy
    pilot.until_still()
    after = pygame.image.tobytes(pilot.app.surface, "RGB")
    assert before != after
    drawn = pilot.app.redraws
    pilot.wait(1.0)
    assert pilot.app.redraws == drawn


@pytest.mark.long
def test_the_figures_are_rendered_once_for_all_moves(home: Path) -> None:
    pilot, screen, _ = over(home)
    board = screen.board
    assert board is not None
    shown = board.worth.svg, board.spiral.svg
    for _ in range(5):
        pilot.key("right")
        pilot.wait(0.3)
    assert (board.worth.svg, board.spiral.svg) == shown
    assert all(shown)


@pytest.mark.long
def test_a_click_on_the_graph_on_a_row_or_on_a_moment_chooses(home: Path) -> None:
    review = samples.seoul()
    pilot, screen, _ = over(home, review)
    board = screen.board
    assert board is not None
    data = board.worth.data
    assert data is not None
    plot, places = worth_places(data, board.worth.rect.width, board.worth.rect.height)
    x = board.worth.rect.left + places[12][0]
    pilot.point(x, board.worth.rect.top + plot.top + 4, "move", "down", "up")
    assert screen.index == 12
    pilot.click("3  Ask about the founding of the firm")
    assert chosen(screen) == "ask_history"
    pilot.click("Turn 6: a price, before there was trust")
    assert screen.index == 7
    pilot.click(say("review.later"))
    assert screen.index == 8
    pilot.click(say("review.earlier"))
    assert screen.index == 7


def test_by_keys_alone_a_row_is_reached_and_opened_and_the_focus_goes_along(home: Path) -> None:
    pilot, screen, _ = over(home)
    for _ in range(60):
        pilot.key("tab")
        if pilot.focus.startswith("2  "):
            break
    pilot.key("return")
    assert chosen(screen).startswith("small_talk")
    pilot.key("right")
    assert pilot.focus.startswith("3  ")
    pilot.key("down")
    assert pilot.focus  # into what lies open, or to the next row
    pilot.key("left")
    assert chosen(screen).startswith("small_talk")


@pytest.mark.long
def test_with_large_text_choosing_a_moment_turns_to_the_moves(home: Path) -> None:
    pilot, screen, _ = over(home, settings=LARGE)
    board = screen.board
    assert board is not None and board.tabs is not None and board.tabs.shown == 0
    pilot.click("Turn 3: ask about the founding of the firm")
    assert board.tabs.shown == 1
    assert chosen(screen) == "ask_history"
    pilot.click(say("review.tab_circles"))
    pilot.key("right")
    assert board.tabs.shown == 2  # the circles follow too
    assert board.spiral.turn == 3


@pytest.mark.long
def test_another_size_of_text_keeps_the_chosen_move(home: Path) -> None:
    pilot, screen, _ = over(home)
    pilot.key("right")
    before = chosen(screen)
    for _ in range(4):
        pilot.key("ctrl++")
    assert screen.board is not None and screen.board.tabs is not None
    assert chosen(screen) == before
    assert pilot.overlaps() == []
    for _ in range(4):
        pilot.key("ctrl+-")
    assert screen.board.tabs is None
    assert chosen(screen) == before


# --- while it is made -----------------------------------------------------------------------------


def stages(count: int) -> list[News]:
    found = samples.seoul()
    return [replace(found, stage=k + 1, stages=count, score=30.0 + k) for k in range(count)]


@pytest.mark.long
def test_it_grows_finer_and_keeps_what_was_chosen(home: Path) -> None:
    pilot, screen, _ = over(home, *stages(3))
    pilot.app.step()
    assert screen.review is not None and screen.review.stage < 3
    assert pilot.sees(say("review.refining", count=screen.review.stage, total=3))
    screen.select(11)
    assert screen.board is not None
    screen.focus(screen.board.transcript.rows[11])
    offset = screen.board.transcript.scroll.offset
    pilot.wait(0.2)
    assert screen.review.stage == 3
    assert not pilot.sees(say("review.refining", count=3, total=3))
    assert (screen.index, screen.board.transcript.scroll.offset) == (11, offset)
    assert pilot.focus == screen.board.transcript.rows[11].accessible_name
    assert pilot.sees(score_line(screen.review))


class Slow(Ready):
    """Says nothing until it is told to."""

    def __init__(self, *later: News) -> None:
        super().__init__([])
        self.later = list(later)
        self.over = self.closed = False

    def news(self) -> list[News]:
        return [self.later.pop(0)] if self.over and self.later else []

    @property
    def busy(self) -> bool:
        return not self.over or bool(self.later)

    def close(self) -> None:
        self.closed = True


def test_until_the_first_answer_it_says_so_and_can_be_left(home: Path) -> None:
    source = Slow(samples.seoul())
    pilot = Pilot.over(ReviewScreen(a_game(home), source))
    pilot.wait(0.5)
    assert pilot.sees(say("review.begun"))
    assert pilot.overlaps() == []
    source.over = True
    pilot.wait(0.1)
    assert pilot.sees(samples.seoul().ending_title)
    pilot.key("escape")
    assert source.closed
    assert not pilot.app.running


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_what_went_wrong_is_said(home: Path, scale: float) -> None:
    settings = Settings(text_scale=scale)
    pilot, _, _ = over(home, Refused(), settings=settings)
    assert pilot.sees(say("review.failed"))
    assert pilot.find("once more").enabled
    assert pilot.overlaps() == []
    why = Diagnostic("R009", "an approved move cannot be read", fix="correct it")
    pilot, _, _ = over(home, Refused((why,)), settings=settings)
    assert pilot.sees("an approved move cannot be read")
    assert pilot.sees("R009")


def test_a_game_without_a_move_has_nothing_to_review(home: Path) -> None:
    loaded = a_game(home).game.loaded
    playing = Playing(Game(loaded, 1, GameSettings()), home / "new.lunch.json")
    source = Slow()
    pilot = Pilot.over(ReviewScreen(playing, source))
    source.over = True
    source.later.append(Refused())
    pilot.wait(0.1)
    assert pilot.sees(say("review.nothing"))


def test_a_review_that_broke_off_is_made_once_more(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []

    def again(*given: object) -> Ready:
        made.append(given)
        return Ready([samples.seoul()])

    pilot, _, _ = over(home, Refused())
    monkeypatch.setattr("game.desktop.screens.review.Reviewing", again)
    pilot.click("once more")
    pilot.wait(0.1)
    assert len(made) == 1
    assert pilot.sees(samples.seoul().ending_title)


@pytest.mark.long
def test_what_was_kept_is_told(home: Path) -> None:
    pilot, _, _ = over(home, samples.seoul(), Kept(2))
    pilot.wait(0.1)
    assert pilot.sees(say("review.kept_moments", count=2))
    problem = Diagnostic("W002", "no room is left")
    pilot, _, _ = over(home, samples.seoul(), Kept(problem=problem))
    pilot.wait(0.1)
    assert pilot.sees("W002, no room is left")


@pytest.mark.long
def test_a_saved_game_is_reviewed_in_a_process(home: Path) -> None:
    path = a_game(home).path
    pilot = Pilot.over(ReviewScreen(path))
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    source = screen._source
    assert isinstance(source, Reviewing)
    assert pilot.sees(say("review.begun"))
    end = time.monotonic() + 30
    while screen.review is None or screen.review.stage < screen.review.stages:
        assert time.monotonic() < end
        time.sleep(0.01)
        pilot.wait(0.02)
    assert screen.review.scenario == "seoul"
    assert pilot.sees(screen.review.ending_title)
    assert pilot.overlaps() == []
    pilot.app.shut()
    assert not source.busy and source.pid is None


# --- what it leads to -----------------------------------------------------------------------------


def real_moves(playing: Playing) -> Review:
    """The sample with the entries of the game that was played."""
    review = samples.seoul()
    turns = playing.game.turns
    moves = tuple(
        replace(move, entry=turn.entry) for move, turn in zip(review.moves, turns, strict=False)
    )
    return replace(review, moves=moves)


@pytest.mark.long
def test_a_move_is_tried_again_with_the_same_luck_and_then_with_fresh(home: Path) -> None:
    playing = a_game(home, own=True)
    review = real_moves(playing)
    entry = review.moves[7].entry
    app = App((1280, 720), headless=True)
    pilot = Pilot(app)
    app.push(EndingScreen(playing))
    app.push(ReviewScreen(playing, Ready([review])))
    app.step()
    pilot.key("t")
    begun = [e for e in playing.game.transcript.entries if e.tries]
    assert [(e.data["try"], e.data["fresh"]) for e in begun] == [(entry, False)]
    assert [turn.entry for turn in playing.game.turns] == [m.entry for m in review.moves[:7]]
    assert app.depth == 1  # the ending is no place to come back to
    assert type(app.screen) is type(playing.screen())
    assert pilot.sees(say("review.same_chance"))
    assert load_transcript(playing.path).trying  # kept at once
    app.replace(ReviewScreen(playing, Ready([review])))
    app.step()
    pilot.click("try here")
    begun = [e for e in playing.game.transcript.entries if e.tries]
    assert [e.data["fresh"] for e in begun] == [False, True]


@pytest.mark.long
def test_the_next_thing_to_do_is_a_click_away(home: Path) -> None:
    playing = a_game(home, own=True)
    review = real_moves(playing)
    step = replace(review.next[0], id=review.moves[3].entry)
    review = replace(review, next=(step, *review.next[1:]))
    pilot = Pilot.over(ReviewScreen(playing, Ready([review])))
    pilot.click("go_try")
    assert len(playing.game.turns) == 3
    pilot = Pilot.over(ReviewScreen(a_game(home), Ready([samples.seoul()])))
    pilot.click("go_scenario")
    assert type(pilot.app.screen).__name__ == "BriefingScreen"


def test_an_exam_that_is_not_over_takes_no_move_again(home: Path) -> None:
    loaded = a_game(home).game.loaded
    game = Game(loaded, 3, GameSettings("exam"))
    for _ in range(3):
        game.play(game.hand()[0])
    playing = Playing(game, home / "exam.lunch.json")
    pilot = Pilot.over(ReviewScreen(playing, Ready([samples.unfinished()])))
    assert not pilot.find("try here").enabled
    pilot.key("t")
    assert isinstance(pilot.app.screen, ReviewScreen)
    assert not game.transcript.trying


def test_the_report_is_saved_next_to_the_game_and_told_where(home: Path) -> None:
    pilot, _, playing = over(home)
    pilot.key("s")
    path = home / "seoul-1.review.html"
    assert path.read_text(encoding="utf-8") == page(samples.seoul())
    assert pilot.sees(say("review.saved", value=path))
    path.write_text("my notes", encoding="utf-8")  # no page: it is left alone
    assert page_path(playing.path) == home / "seoul-1-2.review.html"
    pilot.click("save")
    assert path.read_text(encoding="utf-8") == "my notes"
    assert (home / "seoul-1-2.review.html").exists()


def test_the_page_that_came_along_is_not_made_again(home: Path) -> None:
    pilot, _, _ = over(home, samples.seoul(), Page("<!DOCTYPE html>made"))
    pilot.wait(0.1)
    pilot.key("f5")
    assert (home / "seoul-1.review.html").read_text(encoding="utf-8") == "<!DOCTYPE html>made"


def test_a_report_that_cannot_be_written_is_said(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pilot, _, _ = over(home)

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("game.review.keeping.replace", full)
    pilot.key("s")
    assert pilot.sees("No space left on device")


def test_the_chosen_move_is_copied_and_the_card_is_shared(home: Path) -> None:
    pilot, _, _ = over(home)
    pilot.key("ctrl+c")
    copied = pilot.app.paste()
    assert copied.startswith("6  Put the price on the table")
    assert "So that is what this visit is." in copied
    pilot.click("share")
    accuracy = accuracy_sum(samples.seoul().accuracy)
    assert accuracy is not None
    assert pilot.sees(f"accuracy {accuracy.whole}")
    assert not any("Kang" in w.accessible_name for w in pilot.all())


def test_leaving_closes_the_source(home: Path) -> None:
    source = Slow()
    app = App((1280, 720), headless=True)
    app.push(EndingScreen(a_game(home)))
    app.push(ReviewScreen(a_game(home), source))
    app.step()
    Pilot(app).click("back")
    assert source.closed
    assert isinstance(app.screen, EndingScreen)


# --- where the figures' turns lie -----------------------------------------------------------------


@pytest.mark.parametrize("make", [samples.seoul, samples.sixty, samples.two_buyers])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_places_are_those_of_the_drawn_line(make: Callable[[], Review], scale: float) -> None:
    data = worth_data(make())
    assert data is not None
    plot, places = worth_places(data, 560.0, 260.0, scale)
    drawn = worth_graph(data, PAPER, 560.0, 260.0, scale)
    line = "L".join(f"{number(x)} {number(y)}" for x, y in places)
    assert f'"M{line}' in drawn
    assert plot.held(places) == len(places)


@pytest.mark.parametrize("make", [samples.seoul, samples.sixty, samples.two_buyers])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_turns_are_those_of_the_drawn_spiral(make: Callable[[], Review], scale: float) -> None:
    data = spiral_data(make())
    assert data is not None
    places = spiral_places(data, 300.0, 320.0, scale)
    assert len(places) == len(data.radii)
    drawn = spiral(data, PAPER, 300.0, 320.0, scale)
    for x, y in (places[0], places[-1]):  # a ring where the path begins, a disc where it ends
        assert f'cx="{number(x)}" cy="{number(y)}"' in drawn


def test_the_news_of_a_review_are_what_the_screen_knows() -> None:
    assert set(get_args(reviewing.News)) == {Review, Page, Kept, Refused}
    assert words_of("best", 0.4) == label("best")["word"]  # its doubts stay inside
    assert amount(-5.2) == "−5"
