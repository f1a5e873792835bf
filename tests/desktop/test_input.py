"""Keys, buttons and clicks become commands; the table can be changed and refuses conflicts."""

from __future__ import annotations

import pygame
import pytest

from game.desktop.input import (
    DEFAULT_KEYS,
    KEPT,
    Command,
    Event,
    Key,
    KeyConflict,
    KeyNeeded,
    KeyTable,
    Pointer,
    Translator,
    Typed,
)
from game.desktop.key_names import button, family_of, shown_key


def translated(*events: pygame.Event, scale: float = 1.0) -> list[Event]:
    translator = Translator(KeyTable())
    return [ours for event in events for ours in translator.events(event, scale)]


def down(key: int, mod: int = 0) -> pygame.Event:
    return pygame.Event(pygame.KEYDOWN, key=key, mod=mod, unicode="", scancode=0)


def up(key: int) -> pygame.Event:
    return pygame.Event(pygame.KEYUP, key=key, mod=0)


def stick(axis: int, value: int) -> pygame.Event:
    return pygame.Event(pygame.CONTROLLERAXISMOTION, instance_id=0, axis=axis, value=value)


# --- the table ------------------------------------------------------------------------------------


def test_every_command_has_a_key_and_no_key_two_commands() -> None:
    assert set(DEFAULT_KEYS) == set(Command)
    keys = [key for keys in DEFAULT_KEYS.values() for key in keys]
    assert len(keys) == len(set(keys))


def test_everything_needed_to_play_is_on_a_gamepad() -> None:
    table = KeyTable()
    needed = ("confirm", "back", "next", "prev", "up", "down", "left", "right", "menu", "log")
    assert all(table.first(Command(name), pad=True) for name in needed)


def test_a_key_can_be_changed_and_kept() -> None:
    table = KeyTable()
    table.bind(Command.WAIT, ["F9", "pad lt"])
    assert table.command("f9") is Command.WAIT
    assert table.command("w") is None
    assert table.overrides() == {"wait": ["f9", "pad lt"]}
    again = KeyTable(table.overrides())
    assert again.keys(Command.WAIT) == ("f9", "pad lt")
    again.reset()
    assert again.overrides() == {}


def test_a_taken_key_is_refused_and_named() -> None:
    table = KeyTable()
    with pytest.raises(KeyConflict) as refused:
        table.bind(Command.WAIT, ["o"])
    assert refused.value.taken_by is Command.OFFER
    assert table.overrides() == {}


@pytest.mark.parametrize("command", KEPT)
@pytest.mark.parametrize(
    "keys",
    [[], ["pad a"], ["mouse 6"], ["x", "pad a"], ["space", "pad a"], ["right", "pad a"],
     ["keypad 5", "pad a"], ["shift+q", "pad a"], ["f9"]],
)  # fmt: skip
def test_nobody_can_lock_himself_out(command: Command, keys: list[str]) -> None:
    """There is always a key that works in a field too, and a button of a gamepad."""
    table = KeyTable()
    free = [key for key in keys if table.command(key) in (None, command)]
    with pytest.raises(KeyNeeded, match="needs a key"):
        table.bind(
            command, [key for key in free if key != "pad a"] + ["pad guide"] * ("pad a" in keys)
        )
    assert table.overrides() == {}


def test_two_commands_exchange_keys() -> None:
    table = KeyTable()
    table.exchange(Command.NOTES, "l")
    assert table.keys(Command.NOTES) == ("l", "pad x")
    assert table.keys(Command.LOG) == ("n", "pad back")
    table.exchange(Command.HINT, "pad back")
    assert table.keys(Command.HINT) == ("pad back", "i")
    assert table.keys(Command.LOG) == ("n",), "it had none to give"
    with pytest.raises(KeyNeeded):
        table.exchange(Command.OFFER, "pad a")
    assert table.command("pad a") is Command.CONFIRM
    again = KeyTable(table.overrides())
    assert again.overrides() == table.overrides()


def test_a_key_can_be_taken_away() -> None:
    table = KeyTable()
    table.clear(Command.HIDE, "keyboard", "mouse")
    assert table.keys(Command.HIDE) == ()
    with pytest.raises(KeyNeeded):
        table.clear(Command.BACK, "pad")
    table.give(Command.HIDE, "mouse 2")
    assert table.command("mouse 2") is Command.HIDE


def test_a_later_version_that_gives_a_key_away_leaves_it_to_the_player() -> None:
    table = KeyTable({"hint": ["v", "pad l3"]})
    assert table.command("v") is Command.HINT
    assert table.keys(Command.ALOUD) == ()
    assert KeyTable(table.overrides()).command("pad l3") is Command.HINT


def test_two_commands_may_change_places() -> None:
    table = KeyTable({"wait": ["o"], "offer": ["w"]})
    assert table.command("o") is Command.WAIT
    assert table.command("w") is Command.OFFER


@pytest.mark.parametrize(
    "overrides",
    [
        {"confirm": []},
        {"wait": ["x"], "part": ["x"]},
        {"back": ["pad b"]},
        {"wait": ["return", "enter"]},
    ],
)
def test_overrides_that_cannot_be_are_left_out_as_a_whole(overrides: dict[str, list[str]]) -> None:
    table = KeyTable(overrides)
    assert table.overrides() == {}
    assert table.command("return") is Command.CONFIRM


def test_overrides_of_unknown_commands_are_ignored() -> None:
    assert KeyTable({"fly": ["x"], "wait": ["x"]}).overrides() == {"wait": ["x"]}


@pytest.mark.parametrize(
    ("key", "words"),
    [("l", "L"), ("escape", "Esc"), ("ctrl+z", "Ctrl+Z"), ("ctrl++", "Ctrl++"), ("up", "↑"),
     ("page down", "PgDn"), ("ctrl+shift+tab", "Ctrl+Shift+Tab"), ("pad a", "Pad A"),
     ("keypad 3", "Keypad 3"), ("ctrl+keypad +", "Ctrl+Keypad +"), ("mouse 6", "Mouse, back"),
     ("mouse 9", "Mouse 9"), ("pad rs up", "Pad R ↑"), ("f5", "F5")],
)  # fmt: skip
def test_keys_are_shown_as_people_write_them(key: str, words: str) -> None:
    assert shown_key(key) == words


def test_a_pad_is_named_as_it_is_labelled() -> None:
    assert family_of("PS5 Controller") == family_of("Sony DualShock 4") == "playstation"
    assert family_of("Xbox Series X Controller") == family_of("") == "pad"
    assert button("a", "playstation") == "Cross"
    assert button("l3", "playstation") == "L3"
    assert button("rs up") == "R ↑"


# --- devices --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "mod", "command"),
    [
        (pygame.K_RETURN, 0, Command.CONFIRM),
        (pygame.K_ESCAPE, 0, Command.BACK),
        (pygame.K_TAB, pygame.KMOD_LSHIFT, Command.PREV),
        (pygame.K_3, 0, Command.THREE),
        (pygame.K_KP3, 0, Command.THREE),
        (pygame.K_KP_ENTER, 0, Command.CONFIRM),
        (pygame.K_z, pygame.KMOD_LCTRL, Command.REWIND),
        (pygame.K_z, pygame.KMOD_LMETA, Command.REWIND),
        (pygame.K_PLUS, pygame.KMOD_LCTRL, Command.LARGER),
        (pygame.K_l, pygame.KMOD_LSHIFT, Command.LOG),
        (pygame.K_F10, pygame.KMOD_NUM, Command.MENU),
        (pygame.K_PAGEDOWN, 0, Command.PAGE_DOWN),
        (pygame.K_q, 0, None),
    ],
)
def test_keys_mean_commands(key: int, mod: int, command: Command | None) -> None:
    [found] = translated(down(key, mod))
    assert isinstance(found, Key)
    assert found.command is command


def test_a_held_key_is_known_as_a_repetition() -> None:
    found = translated(down(pygame.K_1), down(pygame.K_1), up(pygame.K_1), down(pygame.K_1))
    assert [key.repeat for key in found if isinstance(key, Key)] == [False, True, False]


def test_places_are_logical() -> None:
    event = pygame.Event(pygame.MOUSEBUTTONDOWN, pos=(300, 150), button=1)
    assert translated(event, scale=1.5) == [Pointer("down", 200, 100)]
    wheel = pygame.Event(pygame.MOUSEWHEEL, x=0, y=-1, precise_y=-0.5, pos=(30, 60))
    assert translated(wheel, scale=1.5) == [Pointer("wheel", 20, 40, -0.5)]


def test_the_wheel_counts_once_and_side_buttons_are_keys() -> None:
    press = [pygame.Event(pygame.MOUSEBUTTONDOWN, pos=(1, 1), button=n) for n in (4, 5, 6)]
    [found] = translated(*press)
    assert found == Key("mouse 6", Command.BACK, "mouse")


def test_composed_text_comes_as_text() -> None:
    composing = pygame.Event(pygame.TEXTEDITING, text="ka", start=0, length=2)
    settled = pygame.Event(pygame.TEXTINPUT, text="か")
    assert translated(composing, settled) == [Typed("", "ka"), Typed("か")]


def test_gamepad_buttons_and_sticks() -> None:
    press = pygame.Event(pygame.CONTROLLERBUTTONDOWN, button=pygame.CONTROLLER_BUTTON_A)
    [found] = translated(press)
    assert found == Key("pad a", Command.CONFIRM, "gamepad")
    axis = pygame.CONTROLLER_AXIS_LEFTY
    moves = translated(*(stick(axis, v) for v in (500, 30000, 32000, 12000, 31000, 100, 30000)))
    assert [key.command for key in moves if isinstance(key, Key)] == [Command.DOWN, Command.DOWN]
    left = translated(stick(pygame.CONTROLLER_AXIS_LEFTX, -32000))
    assert [key.command for key in left if isinstance(key, Key)] == [Command.LEFT]
