"""Gamepads: dead zones, repeats, coming and going; what the window shows while one is in use."""

from __future__ import annotations

from itertools import count

import pygame
import pytest

from game.desktop.app import App
from game.desktop.input import Command, Key, KeyTable, Translator
from game.desktop.layout import Column, Row
from game.desktop.pads import AGAIN, FIRST, PUSHED, RELEASED, Pads
from game.desktop.pilot import Pilot
from game.desktop.screen import Screen
from game.desktop.settings import Settings
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Label, ScrollArea, Tabs, TextInput
from game.desktop.words import say

LEFT = (pygame.CONTROLLER_AXIS_LEFTX, pygame.CONTROLLER_AXIS_LEFTY)
RIGHT = (pygame.CONTROLLER_AXIS_RIGHTX, pygame.CONTROLLER_AXIS_RIGHTY)


def button(number: int, down: bool = True, pad: int = 0) -> pygame.Event:
    kind = pygame.CONTROLLERBUTTONDOWN if down else pygame.CONTROLLERBUTTONUP
    return pygame.Event(kind, button=number, instance_id=pad)


def axis(which: int, share: float, pad: int = 0) -> pygame.Event:
    value = round(share * 32767)
    return pygame.Event(pygame.CONTROLLERAXISMOTION, axis=which, value=value, instance_id=pad)


def pushed(pads: Pads, x: float, y: float, stick: tuple[int, int] = LEFT) -> list[str]:
    return [*pads.names(axis(stick[0], x), 0.0), *pads.names(axis(stick[1], y), 0.0)]


# --- sticks and buttons ---------------------------------------------------------------------------


def test_a_stick_counts_beyond_its_dead_zone_and_once() -> None:
    pads = Pads()
    assert pushed(pads, 0.0, PUSHED - 0.05) == []
    assert pushed(pads, 0.0, PUSHED + 0.05) == ["pad down"]
    assert pushed(pads, 0.0, 1.0) == []
    assert pushed(pads, 0.0, RELEASED + 0.05) == [], "it trembles on its way back"
    assert pushed(pads, 0.0, 1.0) == []
    assert pushed(pads, 0.0, RELEASED - 0.05) == []
    assert pushed(pads, 0.0, 1.0) == ["pad down"]


def test_a_push_between_two_ways_is_one_move() -> None:
    for x, y in ((0.7, 0.65), (0.65, 0.7), (-0.7, -0.6), (-0.5, 0.55)):
        pads = Pads()
        first = pushed(pads, x, y)
        assert len(first) == 1
        nudged = [*pushed(pads, x, y * 1.05), *pushed(pads, x * 1.05, y)]
        assert nudged == [], "leaning a little further is no other way"
    pads = Pads()
    assert pushed(pads, 1.0, 0.0) == ["pad right"]
    assert pushed(pads, 0.3, 0.95) == ["pad down"], "going round is"


def test_the_right_stick_and_the_triggers_have_names_of_their_own() -> None:
    pads = Pads()
    assert pushed(pads, 0.0, -1.0, RIGHT) == ["pad rs up"]
    assert pushed(pads, 1.0, 0.0, RIGHT) == ["pad rs right"]
    pull = pygame.CONTROLLER_AXIS_TRIGGERRIGHT
    shares = (0.2, 0.9, 1.0, 0.4, 0.9, 0.1, 0.9)
    found = [pads.names(axis(pull, share), 0.0) for share in shares]
    assert found == [[], ["pad rt"], [], [], [], [], ["pad rt"]]


def test_a_held_direction_repeats_and_a_button_does_not() -> None:
    pads = Pads()
    pads.names(button(pygame.CONTROLLER_BUTTON_A), 0.0)
    assert pads.next_repeat is None
    pads.names(button(pygame.CONTROLLER_BUTTON_DPAD_DOWN), 0.0)
    assert pads.next_repeat == FIRST
    assert pads.repeated(FIRST - 0.01) == []
    assert pads.repeated(FIRST) == ["pad down"]
    assert pads.repeated(FIRST + AGAIN / 2) == []
    assert pads.repeated(FIRST + AGAIN) == ["pad down"]
    pads.names(button(pygame.CONTROLLER_BUTTON_DPAD_DOWN, down=False), 1.0)
    assert pads.next_repeat is None
    assert pads.repeated(9.0) == []


def test_a_pad_that_goes_lets_go_of_everything() -> None:
    pads = Pads()
    pads.names(axis(LEFT[1], 1.0, pad=3), 0.0)
    pads.names(axis(LEFT[1], 1.0, pad=4), 0.0)
    pads.names(pygame.Event(pygame.CONTROLLERDEVICEREMOVED, instance_id=3), 0.0)
    assert pads.repeated(9.0) == ["pad down"], "the other one is still held"
    assert pads.names(axis(LEFT[1], 1.0, pad=3), 0.0) == ["pad down"]
    translator = Translator(KeyTable())
    list(translator.events(axis(LEFT[1], 1.0), 1.0, 0.0))
    list(translator.events(pygame.Event(pygame.WINDOWFOCUSLOST), 1.0, 0.0))
    assert list(translator.repeats(9.0)) == []


def test_repeats_are_known_as_such() -> None:
    translator = Translator(KeyTable())
    [first] = translator.events(button(pygame.CONTROLLER_BUTTON_DPAD_RIGHT), 1.0, 0.0)
    assert first == Key("pad right", Command.RIGHT, "gamepad", False)
    [again] = translator.repeats(5.0)
    assert again == Key("pad right", Command.RIGHT, "gamepad", True)


# --- the loop -------------------------------------------------------------------------------------


class Plain(Screen):
    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []

    def build(self) -> Widget:
        def maker(name: str) -> Button:
            hotkey = Command.LOG if name == "c" else None
            return Button(name, lambda: self.pressed.append(name), hotkey=hotkey, show_key=True)

        text = "\n".join(f"line {i}" for i in range(60))
        self.area = ScrollArea(Label(text), height=200.0)
        self.entry = TextInput(name="entry")
        tabs = Tabs([("one", Label("first page")), ("two", Label("second page"))])
        self.tabs = tabs
        return Column(
            Row(maker("a"), maker("b"), maker("c")), self.entry, tabs, self.area, padding=24
        )


class Played(Plain):
    """Plays by a gamepad's events, as SDL would post them, one every few frames."""

    def __init__(self, *events: pygame.Event) -> None:
        super().__init__()
        self.events = list(events)

    def opened(self) -> None:
        self.after(0.02, self.post)

    def post(self) -> None:
        if not self.events:
            self.app.quit()
            return
        pygame.event.post(self.events.pop(0))
        self.after(0.02, self.post)


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> App:
    """A window that nobody sees, and whose time passes by being looked at."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    times = count()
    return App((1280, 720), clock=lambda: next(times) * 0.01)


def test_a_window_is_played_by_a_pads_events(window: App) -> None:
    screen = Played(
        button(pygame.CONTROLLER_BUTTON_DPAD_RIGHT),
        button(pygame.CONTROLLER_BUTTON_DPAD_RIGHT, down=False),
        axis(LEFT[0], 1.0), axis(LEFT[0], 0.0), button(pygame.CONTROLLER_BUTTON_A),
        button(pygame.CONTROLLER_BUTTON_BACK),
    )  # fmt: skip
    assert window.run(screen) == 0
    assert screen.pressed == ["b", "c"], "gone to, pressed; and by its own button"
    assert window.ui.pad == "pad"


@pytest.mark.long
def test_a_held_direction_goes_on_by_itself(window: App) -> None:
    class Held(Plain):
        seen: list[str]

        def opened(self) -> None:
            self.seen = []
            self.after(0.02, lambda: pygame.event.post(button(pygame.CONTROLLER_BUTTON_DPAD_DOWN)))
            self.after(0.02 + FIRST + 2.5 * AGAIN, self.app.quit)

        def filter(self, event: object) -> bool:
            if isinstance(event, Key):
                self.seen.append(f"{event.name} {event.repeat}")
            return False

    screen = Held()
    window.run(screen)
    assert screen.seen[0] == "pad down False"
    assert 2 <= len(screen.seen) <= 4
    assert set(screen.seen[1:]) == {"pad down True"}


# --- what is shown --------------------------------------------------------------------------------


def test_the_keys_shown_are_those_of_what_is_in_use() -> None:
    pilot = Pilot.over(Plain())
    ui, root = pilot.app.ui, pilot.app.screen.root
    assert ui.legend(Command.LOG) == "L"
    wide = pilot.find("c").rect.width
    pilot.key("pad rb")
    assert ui.legend(Command.LOG) == "Select"
    assert ui.legend(Command.CONFIRM) == "A"
    assert ui.legend(Command.OFFER) == "", "it has no button"
    assert pilot.find("c").rect.width > wide, "the legend is another"
    assert root.foot.accessible_name == "A Confirm · B Back · RB Next · R ↓ Scroll · R → Page"
    pilot.app.pad_labels = "playstation"
    pilot.key("pad rb")
    assert ui.legend(Command.CONFIRM) == "Cross"
    pilot.key("tab")
    assert ui.pad == ""
    pilot.key("pad rb")
    pilot.point(5, 5, "move")
    assert ui.pad, "a mouse that is nudged is not in use"
    pilot.point(5, 5, "down", "up")
    assert ui.pad == ""


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_foot_takes_room_and_covers_nothing(scale: float) -> None:
    pilot = Pilot.over(Plain(), settings=Settings(text_scale=scale))
    root = pilot.app.screen.root
    bare = pilot.app.surface.copy()
    pilot.key("pad rb")
    assert pilot.overlaps() == []
    foot = root.foot.rect
    assert foot.bottom == pytest.approx(720)
    content = root.content.rect
    assert content.bottom < 720
    assert foot.top >= content.bottom - 16
    strip = pygame.Rect(0, int(foot.top), 1280, int(foot.height))
    before, after = (
        pygame.image.tobytes(s.subsurface(strip), "RGB") for s in (bare, pilot.app.surface)
    )
    assert before != after, "it is drawn"
    pilot.key("tab")
    assert root.content.rect.bottom == 720


def test_a_field_lets_a_pad_go_on() -> None:
    pilot = Pilot.over(Plain())
    screen = pilot.app.screen
    assert isinstance(screen, Plain)
    screen.focus(screen.entry)
    pilot.key("pad a", "pad y")
    assert screen.entry.text == ""
    pilot.key("pad rb")
    assert pilot.focus != "entry"
    pilot.key("pad rs right")
    assert screen.tabs.shown == 1
    pilot.key("pad rs down")
    assert screen.area.offset > 0


@pytest.mark.long
def test_pads_come_and_go(window: App, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []

    class Fake:
        def __init__(self, index: int) -> None:
            self.name = names[index]

        def attached(self) -> bool:
            return True

        def quit(self) -> None:
            pass

    from pygame._sdl2 import controller

    for name, call in (
        ("get_init", lambda: True), ("get_count", lambda: len(names)),
        ("is_controller", lambda index: True), ("Controller", Fake),
    ):  # fmt: skip
        monkeypatch.setattr(controller, name, call)
    shown: list[str] = []

    class Changing(Plain):
        def opened(self) -> None:
            self.after(0.02, self.plug)

        def plug(self) -> None:
            names.append("PS4 Controller")
            pygame.event.post(pygame.Event(pygame.CONTROLLERDEVICEADDED, device_index=0))
            self.after(0.2, lambda: pygame.event.post(button(pygame.CONTROLLER_BUTTON_Y)))
            self.after(0.5, self.unplug)

        def unplug(self) -> None:
            shown.append(self.ui.pad)
            names.clear()
            pygame.event.post(pygame.Event(pygame.CONTROLLERDEVICEREMOVED, instance_id=0))
            self.after(0.3, self.look)

        def look(self) -> None:
            shown.append(self.ui.pad)
            self.app.quit()

        def toast(self, text: str, seconds: float = 4.0) -> None:
            shown.append(text)

    window.run(Changing())
    assert shown == [
        say("keys.pad_found", value="PS4 Controller"), "playstation", say("keys.pad_gone"), "",
    ]  # fmt: skip
