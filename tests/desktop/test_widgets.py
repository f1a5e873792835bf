"""Each widget by keyboard and by mouse, and what a reader would hear of it."""

from __future__ import annotations

import pygame
import pytest

from game.desktop.input import Command, Key, Typed
from game.desktop.layout import Column, Row
from game.desktop.pilot import Pilot
from game.desktop.screen import Screen
from game.desktop.settings import Settings
from game.desktop.widget import Widget
from game.desktop.widgets import (
    Button,
    Card,
    Choice,
    ChoiceList,
    DialogueColumn,
    Label,
    Painted,
    ProgressBar,
    ReadMarker,
    RichText,
    Segmented,
    Sheet,
    Slider,
    SvgPicture,
    TextInput,
    Toggle,
    Utterance,
    dialog,
)

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{}</svg>'
RED = SQUARE.format('<rect width="10" height="10" fill="#f00"/>')
BLUE = SQUARE.format('<rect width="10" height="10" fill="#00f"/>')


class Shown(Screen):
    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self.widgets = widgets
        self.heard: list[Command] = []

    def build(self) -> Widget:
        return Column(*self.widgets, gap=12, padding=20)

    def on_command(self, command: Command) -> bool:
        self.heard.append(command)
        return False


def shown(*widgets: Widget, settings: Settings | None = None) -> Pilot:
    return Pilot.over(Shown(*widgets), settings=settings)


def pixel(pilot: Pilot, x: float, y: float) -> tuple[int, ...]:
    return tuple(pilot.app.surface.get_at((round(x), round(y))))[:3]


def picture(pilot: Pilot, widget: Widget) -> bytes:
    box = pilot.app.canvas.rect(widget.rect).clip(pilot.app.surface.get_rect())
    return pygame.image.tobytes(pilot.app.surface.subsurface(box), "RGB")


# --- buttons, cards, switches ---------------------------------------------------------------------


def test_a_button_is_pressed_by_mouse_by_key_and_by_its_hotkey() -> None:
    pressed: list[str] = []
    button = Button("Offer", lambda: pressed.append("offer"), hotkey=Command.OFFER, show_key=True)
    pilot = shown(button)
    pilot.click("Offer")
    pilot.key("tab", "return")
    pilot.key("o")
    pilot.key("pad a")
    assert len(pressed) == 4
    assert pilot.focus == "Offer"


def test_a_button_left_while_pressed_does_nothing() -> None:
    pressed: list[str] = []
    button = Button("Offer", lambda: pressed.append("offer"), align="start")
    pilot = shown(button)
    x, y = button.rect.center
    pilot.point(x, y, "move", "down")
    pilot.point(900, 600, "move", "up")
    assert pressed == []


def test_what_is_disabled_takes_no_focus_and_does_nothing() -> None:
    pressed: list[str] = []
    button = Button("Offer", lambda: pressed.append("offer"), enabled=False, hotkey=Command.OFFER)
    other = Button("Wait")
    pilot = shown(button, other)
    pilot.key("tab", "tab", "o")
    pilot.point(*button.rect.center, "move", "down", "up")
    assert pressed == []
    assert pilot.focus == "Wait"
    with pytest.raises(LookupError, match="disabled"):
        pilot.click("Offer")


def test_the_focus_is_shown_after_a_key_and_not_after_a_click() -> None:
    button = Button("Offer", align="start")
    pilot = shown(button)
    edge = button.rect.left - 3, button.rect.centery
    ground = pixel(pilot, *edge)
    pilot.click("Offer")
    assert pilot.focus == "Offer"
    assert pixel(pilot, *edge) == ground
    pilot.key("tab")
    assert pixel(pilot, *edge) != ground
    pilot.click_beside()
    assert pixel(pilot, *edge) == ground


def test_hovering_changes_a_button_and_leaving_changes_it_back() -> None:
    button = Button("Offer", align="start")
    pilot = shown(button)
    before = picture(pilot, button)
    pilot.hover("Offer")
    assert picture(pilot, button) != before
    pilot.point(-1, -1, "leave")
    assert picture(pilot, button) == before


def test_a_card_can_be_a_button() -> None:
    opened: list[str] = []
    pilot = shown(
        Card(Label("The noodle press"), on_press=lambda: opened.append("seoul"), name="seoul"),
        Card(Label("only paper")),
    )
    pilot.click("The noodle press")
    pilot.key("tab", "space")
    assert opened == ["seoul", "seoul"]
    pilot.key("tab")
    assert pilot.focus == "seoul"


def test_a_switch_says_how_it_stands() -> None:
    changes: list[bool] = []
    pilot = shown(Toggle("Say it first", False, changes.append))
    assert "switch “Say it first” = off" in pilot.tree()
    pilot.click("Say it first")
    pilot.key("return", "return")
    assert changes == [True, False, True]
    assert "= on" in pilot.tree()


def test_alternatives_by_mouse_and_arrows() -> None:
    chosen: list[str] = []
    row = Segmented(
        [("a", "Slow"), ("b", "Normal"), ("c", "Fast")], None, chosen.append, name="pace"
    )
    pilot = shown(row)
    assert row.state_text == ""
    pilot.click("pace", 0.9)
    pilot.key("left", "left", "left")
    assert chosen == ["c", "b", "a"]
    with pytest.raises(ValueError, match="x"):
        row.choose("x")


def test_long_alternatives_stand_below_each_other() -> None:
    words = [(str(i), "A rather long alternative") for i in range(3)]
    row = Segmented(words, name="pace", width=200)
    pilot = shown(Row(row))
    pilot.click("pace")
    assert row.value == "1"
    assert row.part(0).bottom <= row.part(1).top + 0.1


# --- the hand -------------------------------------------------------------------------------------


def hand(taken: list[str], count: int = 6) -> ChoiceList:
    choices = [
        Choice(f"a{i}", f"Action {i}", f"“Words {i}”", enabled=i != 4) for i in range(1, count + 1)
    ]
    return ChoiceList(choices, taken.append, name="hand")


def test_number_keys_take_an_action_wherever_the_focus_is() -> None:
    taken: list[str] = []
    pilot = shown(Button("elsewhere"), hand(taken))
    pilot.key("2")
    pilot.key("tab", "3", "keypad 1")
    pilot.key("4", "9")  # one is disabled, one is not there
    pilot.click("Action 6")
    assert taken == ["a2", "a3", "a1", "a6"]


def test_a_number_key_held_down_takes_one_action() -> None:
    taken: list[str] = []
    pilot = shown(hand(taken))
    pilot.send(Key("2", Command.TWO), *(Key("2", Command.TWO, repeat=True) for _ in range(5)))
    assert taken == ["a2"]


def test_arrows_go_by_geometry() -> None:
    pilot = shown(hand([]))
    pilot.key("tab")
    trail = [pilot.focus]
    for key in ("right", "down", "down", "left", "up", "up"):
        pilot.key(key)
        trail.append(pilot.focus)
    # Action 4 is disabled, so the way down from 2 leads to 6.
    assert trail[:3] == ["Action 1", "Action 2", "Action 6"]
    assert trail[-3:] == ["Action 5", "Action 3", "Action 1"]


def test_the_focus_keeps_its_place_when_actions_change() -> None:
    taken: list[str] = []
    choices = hand(taken)
    pilot = shown(choices)
    pilot.key("tab", "tab")
    assert pilot.focus == "Action 2"
    choices.show([Choice("b1", "New 1"), Choice("b2", "New 2"), Choice("b3", "New 3")])
    pilot.wait(0)
    assert pilot.focus == "New 2"
    choices.show([Choice("c1", "Last")])
    pilot.wait(0)
    pilot.key("return")
    assert taken == ["c1"]


def test_bodies_can_be_hidden_and_large_text_gets_one_column() -> None:
    choices = hand([])
    shown(choices)
    high = choices.children[0].rect.height
    assert choices.children[1].rect.left > choices.children[0].rect.right
    choices.show(choices.choices, lines=0)
    choices.root.layout()
    assert choices.children[0].rect.height < high
    large = hand([])
    shown(large, settings=Settings(text_scale=1.75))
    assert large.children[1].rect.top > large.children[0].rect.bottom


# --- the continuum --------------------------------------------------------------------------------


def marker(reads: list[tuple[float, int]]) -> ReadMarker:
    return ReadMarker(
        ("Specific", "Diffuse"), ("a guess", "fairly sure", "sure"), "not marked yet",
        on_change=lambda value, sure: reads.append((round(value, 2), sure)), name="read",
    )  # fmt: skip


def test_a_slider_is_unset_until_it_is_touched() -> None:
    values: list[float] = []
    slider = Slider(None, values.append, unset="not yet", name="read")
    pilot = shown(slider)
    assert slider.state_text == "not yet"
    pilot.key("tab", "right")
    assert slider.value == 0.5
    pilot.key("right", "right", "left")
    pilot.click("read", 0.999)
    assert [round(v, 2) for v in values] == [0.5, 0.55, 0.6, 0.55, 1.0]
    pilot.key("right")
    assert slider.value == 1.0


def test_a_slider_follows_a_drag() -> None:
    slider = Slider(0.0, name="read")
    pilot = shown(slider)
    r = slider.rect
    pilot.point(r.left + 10, r.top + 14, "move", "down")
    pilot.point(r.centerx, 500, "move")
    assert slider.value == pytest.approx(0.5)
    pilot.point(r.right, 500, "up")
    pilot.point(r.right, 500, "move")
    assert slider.value == pytest.approx(0.5)


def test_a_read_is_told_once_both_parts_are_set() -> None:
    reads: list[tuple[float, int]] = []
    read = marker(reads)
    pilot = shown(read)
    pilot.key("tab", "right", "right")
    assert reads == []
    pilot.key("tab", "right", "right")
    assert reads == [(0.55, 1), (0.55, 2)]
    narrow = [read.slider.band]
    pilot.key("right")
    narrow.append(read.slider.band)
    assert narrow[1] < narrow[0]
    assert reads[-1] == (0.55, 3)


def test_a_read_can_be_shown_without_being_told() -> None:
    reads: list[tuple[float, int]] = []
    read = marker(reads)
    shown(read)
    read.set(0.7, 2)
    assert (read.value, read.sure, read.slider.middle) == (0.7, 2, "fairly sure")
    read.set(None, None)
    assert read.value is None
    assert reads == []


# --- typing ---------------------------------------------------------------------------------------


def entry() -> tuple[Pilot, TextInput, list[str], list[str]]:
    changed: list[str] = []
    entered: list[str] = []
    line = TextInput(hint="Search", most=40, on_change=changed.append, on_enter=entered.append)
    pilot = shown(line, Button("other", hotkey=Command.WAIT))
    pilot.click("Search")
    return pilot, line, changed, entered


def test_letters_are_text_and_no_commands_while_typing() -> None:
    pilot, line, changed, entered = entry()
    pilot.type("wait 2 l")
    assert line.text == "wait 2 l"
    assert changed[-1] == line.text
    screen = pilot.app.screen
    assert isinstance(screen, Shown)
    assert screen.heard == []
    pilot.key("return")
    assert entered == ["wait 2 l"]
    pilot.key("tab")
    assert pilot.focus == "other"


def test_editing_keys() -> None:
    pilot, line, *_ = entry()
    pilot.type("one two three")
    pilot.key("backspace", "home", "delete", "ctrl+right", "right")
    assert line.text == "ne two thre"
    assert line.caret == 3
    pilot.key("shift+end")
    assert line.selection == (3, 11)
    pilot.key("ctrl+x", "home", "ctrl+v")
    assert line.text == "two threne "
    pilot.key("ctrl+a", "ctrl+c", "backspace")
    assert line.text == ""
    pilot.key("ctrl+v", "ctrl+backspace")
    assert line.text == "two "


def test_what_is_composed_becomes_text_when_it_is_settled() -> None:
    pilot, line, changed, _ = entry()
    pilot.send(Typed("", "か"))
    assert line.composing == "か"
    assert line.text == ""
    pilot.key("return", "backspace", "left")  # these belong to the input method meanwhile
    assert line.composing == "か"
    pilot.send(Typed("家"))
    assert (line.text, line.composing) == ("家", "")
    assert changed == ["家"]


def test_text_is_cleaned_and_has_an_end() -> None:
    pilot, line, *_ = entry()
    pilot.app.copy("a\nb\u202e\0" + "x" * 100)
    pilot.key("ctrl+v")
    assert line.text == "a b" + "x" * 37
    pilot.click("Search", 0.01)
    assert line.caret < 40


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
