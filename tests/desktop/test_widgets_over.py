"""What comes over a screen, and what shows something: sheets, bars, pictures, the talk."""

from __future__ import annotations

import pytest

from game.desktop.layout import Column, Row
from game.desktop.pilot import Pilot
from game.desktop.settings import Settings
from game.desktop.widgets import (
    Button,
    DialogueColumn,
    Label,
    Painted,
    ProgressBar,
    RichText,
    Sheet,
    SvgPicture,
    Utterance,
    dialog,
)
from tests.desktop.shown import BLUE, RED, picture, pixel, shown

# --- what comes over a screen ---------------------------------------------------------------------


def test_a_sheet_holds_the_focus_and_gives_it_back() -> None:
    under, closed = Button("under"), []
    pilot = shown(under, Button("second"))
    pilot.key("tab")
    sheet = Sheet(
        "A sheet", Column(Button("inside 1"), Button("inside 2")), close_words="Close",
        on_close=lambda: closed.append(True),
    )  # fmt: skip
    pilot.app.screen.open(sheet)
    pilot.wait(0)
    seen = set()
    for _ in range(7):
        seen.add(pilot.focus)
        pilot.key("tab")
    assert seen == {"inside 1", "inside 2", "Close"}
    pilot.key("escape")
    assert pilot.focus == "under"
    assert closed == [True]
    assert not pilot.sees("inside 1")


def test_a_sheet_begins_inside_and_closes_by_a_click_beside_it() -> None:
    pilot = shown(Button("under"))
    sheet = Sheet("A sheet", Button("inside"), close_words="Close", side="right")
    pilot.app.screen.open(sheet)
    assert pilot.focus == "inside"
    pilot.click("A sheet")
    assert pilot.sees("inside")
    pilot.click_beside()
    assert not pilot.sees("inside")


def test_a_question_must_be_answered() -> None:
    answers: list[str] = []
    pilot = shown(Button("under"))
    pilot.app.screen.open(
        dialog(
            "Leave?", "The door stays open.", [("Stay", None), ("Go", lambda: answers.append("go"))]
        )
    )
    pilot.key("escape")
    pilot.click_beside()
    assert pilot.sees("Leave?")
    pilot.key("tab", "return")
    assert answers == ["go"]
    assert not pilot.sees("Leave?")


def test_sheets_can_lie_on_sheets() -> None:
    pilot = shown(Button("under"))
    first = Sheet("First", Button("one"), close_words="Close")
    second = Sheet("Second", Button("two"), close_words="Close")
    pilot.app.screen.open(first)
    pilot.app.screen.open(second)
    assert not pilot.sees("one")
    pilot.key("escape")
    assert pilot.focus == "one"
    pilot.key("escape")
    assert pilot.sees("under")


@pytest.mark.parametrize("side", ["right", "centre", "bottom"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_sheet_that_is_too_high_scrolls(side: str, scale: float) -> None:
    pilot = shown(Button("under"), settings=Settings(text_scale=scale))
    content = Column(*(Label(f"line {i} of something long") for i in range(60)))
    sheet = Sheet("High", content, [Button("foot")], side=side, close_words="Close")
    pilot.app.screen.open(sheet)
    pilot.wait(0)
    assert pilot.app.screen.root.rect.contains(sheet.panel.rect)
    assert pilot.overlaps() == []
    foot = pilot.find("foot").rect
    assert sheet.panel.rect.contains(foot)


def test_a_toast_goes_by_itself_and_takes_no_input() -> None:
    pressed: list[int] = []
    pilot = shown(Button("under", lambda: pressed.append(1)))
    pilot.app.screen.toast("Saved.")
    pilot.wait(0)
    assert pilot.sees("Saved.")
    pilot.click("under")
    assert pressed == [1]
    pilot.wait(4.1)
    assert not pilot.sees("Saved.")
    assert not pilot.app.busy


# --- bars, pictures -------------------------------------------------------------------------------


def test_a_bar_moves_to_its_share_and_rests() -> None:
    bar = ProgressBar(0.0, name="bar")
    pilot = shown(bar)
    bar.set(0.5)
    assert pilot.app.busy
    pilot.until_still()
    assert bar.state_text == "50%"
    middle = bar.rect.centery
    assert pixel(pilot, bar.rect.left + 100, middle) != pixel(pilot, bar.rect.right - 100, middle)


def test_without_motion_a_bar_is_there_at_once() -> None:
    bar = ProgressBar(0.0)
    pilot = shown(bar, settings=Settings(reduced_motion=True))
    bar.set(1.0)
    assert not pilot.app.screen.root.animating


def test_a_picture_is_drawn_and_changes_softly() -> None:
    drawn = SvgPicture(RED, height=200)
    pilot = shown(drawn)
    assert pixel(pilot, *drawn.rect.center) == (255, 0, 0)
    drawn.show(BLUE)
    pilot.wait(0.08)
    half = pixel(pilot, *drawn.rect.center)
    assert half not in ((255, 0, 0), (0, 0, 255))
    pilot.until_still()
    assert pixel(pilot, *drawn.rect.center) == (0, 0, 255)


def test_without_motion_a_picture_changes_at_once() -> None:
    drawn = SvgPicture(RED, height=200)
    pilot = shown(drawn, settings=Settings(reduced_motion=True))
    drawn.show(BLUE)
    pilot.wait(0)
    assert pixel(pilot, *drawn.rect.center) == (0, 0, 255)


def test_a_picture_that_cannot_be_made_is_a_placeholder() -> None:
    drawn = SvgPicture("<svg viewBox='0 0 10 10'", height=100)
    pilot = shown(drawn)
    assert drawn.ready
    assert pixel(pilot, *drawn.rect.center) == tuple(pilot.app.ui.palette.colour("track"))[:3]


def test_a_covering_picture_fills_its_place_with_round_corners() -> None:
    drawn = SvgPicture(RED, height=100, cover=True, radius=20)
    pilot = shown(drawn)
    r = drawn.rect
    assert pixel(pilot, r.left + 2, r.centery) == (255, 0, 0)
    assert pixel(pilot, r.left + 1, r.top + 1) != (255, 0, 0)


def test_what_a_screen_paints_itself_is_inside_its_place() -> None:
    painted = Painted(
        lambda canvas, rect: canvas.fill(rect, "error"), height=50, width=50, name="own"
    )
    pilot = shown(Row(painted))
    assert pixel(pilot, *painted.rect.center) == tuple(pilot.app.ui.palette.colour("error"))[:3]


def test_words_in_several_styles() -> None:
    rich = RichText("the **price** of trust")
    pilot = shown(rich)
    assert "label “the price of trust”" in pilot.tree()
    before = picture(pilot, rich)
    rich.say("the __price__ of trust")
    pilot.wait(0)
    assert picture(pilot, rich) != before


# --- the talk -------------------------------------------------------------------------------------


def talk(
    settings: Settings | None = None, letters: list[int] | None = None
) -> tuple[Pilot, DialogueColumn]:
    heard = letters if letters is not None else []
    column = DialogueColumn(on_letter=heard.append, grow=1)
    return shown(column, settings=settings), column


def test_words_appear_letter_by_letter_with_pauses() -> None:
    letters: list[int] = []
    pilot, column = talk(letters=letters)
    done: list[bool] = []
    column.say(Utterance("buyer", "Kang", "I see. And?"), lambda: done.append(True))
    pilot.wait(0.2)
    assert column.typing
    early = len(letters)
    assert 0 < early < 9
    pilot.wait(0.15)  # a pause after the full stop
    assert len(letters) == early
    assert letters == list(range(len("I see.")))
    pilot.until_still()
    assert letters == list(range(len("I see. And?")))
    assert done == [True]
    assert not pilot.app.busy


def test_a_click_completes_the_words() -> None:
    pilot, column = talk()
    done: list[bool] = []
    column.say(Utterance("buyer", "Kang", "A long answer. " * 6), lambda: done.append(True))
    pilot.wait(0.05)
    pilot.point(*column.rect.center, "move", "down", "up")
    assert not column.typing
    assert done == [True]
    assert column.complete() is False


@pytest.mark.parametrize(
    "settings", [Settings(reduced_motion=True), Settings(typewriter="instant")]
)
def test_words_can_stand_at_once(settings: Settings) -> None:
    _, column = talk(settings)
    done: list[bool] = []
    column.say(Utterance("buyer", "Kang", "At once."), lambda: done.append(True))
    assert done == [True]
    assert not column.typing


def test_new_words_complete_the_old_ones() -> None:
    pilot, column = talk()
    done: list[str] = []
    column.say(Utterance("buyer", "Kang", "First words."), lambda: done.append("first"))
    column.say(Utterance("you", "You", "Second words."), lambda: done.append("second"))
    assert done == ["first"]
    pilot.until_still()
    assert done == ["first", "second"]


def test_the_talk_grows_upward_and_can_be_scrolled_back() -> None:
    pilot, column = talk()
    column.set([Utterance("buyer", "Kang", f"Sentence {i} of the talk.") for i in range(40)])
    pilot.wait(0)
    newest = picture(pilot, column)
    pilot.wheel("Sentence 39", 3)
    assert column.offset > 0
    assert picture(pilot, column) != newest
    pilot.key("page down")
    assert picture(pilot, column) == newest
    pilot.wheel("Sentence 39", 900)
    before = column.offset
    pilot.wheel("Sentence 39", 1)
    assert column.offset == before
