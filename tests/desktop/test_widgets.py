"""Each widget by keyboard and by mouse, and what a reader would hear of it."""

from __future__ import annotations

import pytest

from game.desktop.input import Command, Key, Typed
from game.desktop.layout import Row
from game.desktop.pilot import Pilot
from game.desktop.settings import Settings
from game.desktop.widgets import (
    Button,
    Card,
    Choice,
    ChoiceList,
    Label,
    ReadMarker,
    Segmented,
    Slider,
    TextInput,
    Toggle,
)
from tests.desktop.shown import Shown, picture, pixel, shown

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
