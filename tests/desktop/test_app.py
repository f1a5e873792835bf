"""The window: it draws what changed and nothing else, survives its screens, keeps its settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pygame
import pytest

from game.desktop import main
from game.desktop.app import App
from game.desktop.failure import FailureScreen
from game.desktop.input import Command
from game.desktop.layout import Column
from game.desktop.pilot import Pilot
from game.desktop.screen import Screen
from game.desktop.screens.gallery import GalleryScreen
from game.desktop.settings import Settings, load_settings, save_settings
from game.desktop.theme import PALETTES
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Label
from game.desktop.words import say
from game.scenario.diagnostics import Diagnostic, LongLunchError

ROOT = Path(__file__).parents[2]


class Plain(Screen):
    """A few buttons, and a record of what happens to the screen."""

    def __init__(self, name: str = "plain") -> None:
        super().__init__()
        self.name = name
        self.heard: list[str] = []

    def build(self) -> Widget:
        self.words = Label(self.name)
        return Column(
            self.words, Button("one"), Button("two", self.fail), gap=20, padding=20, cross="start"
        )

    def fail(self) -> None:
        raise RuntimeError("the cup fell")

    def resumed(self) -> None:
        self.heard.append("resumed")

    def restyled(self) -> None:
        self.heard.append("restyled")

    def close(self) -> None:
        self.heard.append("closed")

    def on_command(self, command: Command) -> bool:
        if command is Command.LOG:
            self.fail()
        return super().on_command(command)


# --- drawing --------------------------------------------------------------------------------------


def test_nothing_is_drawn_while_nothing_changes() -> None:
    pilot = Pilot.over(Plain())
    before = pilot.app.redraws
    pilot.wait(3)
    pilot.point(900, 600, "move")
    pilot.point(905, 600, "move", "down", "up")
    assert pilot.app.redraws == before
    pilot.hover("one")
    assert pilot.app.redraws == before + 1


def test_only_what_changed_is_drawn_again() -> None:
    pilot = Pilot.over(Plain())
    pilot.app.surface.fill("#ff00ff")
    pilot.hover("one")
    surface, button = pilot.app.surface, pilot.find("one").rect
    assert tuple(surface.get_at((1000, 600)))[:3] == (255, 0, 255)
    assert tuple(surface.get_at((round(button.centerx), round(button.top) + 3)))[:3] != (
        255,
        0,
        255,
    )


@pytest.mark.parametrize("theme", PALETTES)
def test_parts_drawn_alone_look_as_in_a_whole_picture(theme: str) -> None:
    pilot = Pilot.over(GalleryScreen(), settings=Settings(theme=theme))
    for key in ("tab", "tab", "right", "down", "f10", "tab", "right", "escape", "r"):
        pilot.key(key)
    pilot.until_still()
    root, surface = pilot.app.screen.root, pilot.app.surface
    parts = pygame.image.tobytes(surface, "RGB")
    root.damage(root.rect)
    pilot.app.render()
    assert pygame.image.tobytes(surface, "RGB") == parts


def test_the_same_events_give_the_same_picture() -> None:
    pictures = []
    for _ in range(2):
        pilot = Pilot.over(GalleryScreen())
        pilot.key("r", "tab", "tab")
        pilot.wait(0.7)
        pictures.append(pygame.image.tobytes(pilot.app.surface, "RGB"))
    assert pictures[0] == pictures[1]


def test_a_picture_of_the_screen_is_written(tmp_path: Path) -> None:
    pilot = Pilot.over(GalleryScreen(), (1920, 1080))
    pilot.picture(tmp_path / "new" / "shot.png")
    assert pygame.image.load(tmp_path / "new" / "shot.png").get_size() == (1920, 1080)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError):
        pilot.app.screenshot(tmp_path / "file" / "shot.png")


# --- screens --------------------------------------------------------------------------------------


def test_screens_lie_on_each_other() -> None:
    first, second = Plain("first"), Plain("second")
    pilot = Pilot.over(first)
    pilot.app.push(second)
    pilot.wait(0)
    assert pilot.sees("second")
    assert not pilot.sees("first")
    pilot.key("escape")
    assert pilot.sees("first")
    assert second.heard == ["closed"]
    assert "resumed" in first.heard
    pilot.key("escape")  # the last one stays
    assert pilot.app.depth == 1
    third = Plain("third")
    pilot.app.replace(third)
    assert first.heard[-1] == "closed"
    assert pilot.app.depth == 1


def test_a_screen_below_follows_the_settings_when_it_comes_up_again() -> None:
    first = Plain("first")
    pilot = Pilot.over(first)
    before = first.words.rect.height
    pilot.app.push(Plain("second"))
    pilot.app.settings.text_scale = 2.0
    pilot.app.restyle()
    pilot.app.resize(1600, 900)
    pilot.key("escape")
    assert first.words.rect.height == pytest.approx(2 * before)
    assert first.root.rect.size == (1280, 720)
    assert "restyled" in first.heard


@pytest.mark.parametrize("way", ["click", "command", "tick", "build", "draw"])
def test_a_screen_that_fails_ends_alone(way: str) -> None:
    first, failing = Plain("first"), Plain("failing")
    pilot = Pilot.over(first)
    pilot.app.start = lambda: Plain("start")
    if way == "build":
        failing.build = failing.fail  # type: ignore[method-assign,assignment]  # fails on purpose
    pilot.app.push(failing)
    if way == "click":
        pilot.click("two")
    elif way == "command":
        pilot.key("l")
    elif way == "tick":
        failing.after(0.5, failing.fail)
        pilot.wait(1)
    elif way == "draw":
        failing.words.draw = lambda canvas: failing.fail()  # type: ignore[method-assign]
        failing.words.invalidate()
        pilot.wait(0)
        pilot.wait(0)
    assert isinstance(pilot.app.screen, FailureScreen)
    assert pilot.sees("RuntimeError: the cup fell")
    assert pilot.overlaps() == []
    pilot.click("copy details")
    assert "Traceback" in pilot.app.paste()
    assert "the cup fell" in pilot.app.paste()
    pilot.key("escape")
    assert pilot.sees("start")
    assert pilot.app.depth == 1
    assert first.heard[-1] == "closed"


def test_a_diagnostic_is_shown_as_it_is() -> None:
    found = Diagnostic("M001", "unknown key “buyr”", "mine.yaml", 3, 1, fix="did you mean “buyer”?")

    def refuse() -> Screen:
        raise LongLunchError([found])

    app = App(headless=True)
    app.begin(refuse)
    pilot = Pilot(app)
    assert pilot.sees("error[M001]: unknown key “buyr”")
    assert pilot.sees("mine.yaml:3:1")
    assert pilot.sees(say("app.refused_title"))
    pilot.key("ctrl+c")
    assert "did you mean “buyer”?" in app.paste()
    assert "Traceback" not in app.paste()


# --- following the settings -----------------------------------------------------------------------


def test_theme_and_text_follow_at_once() -> None:
    pilot = Pilot.over(Plain())
    light = pilot.app.surface.get_at((1200, 700))
    pilot.app.settings.theme = "dark"
    pilot.app.restyle()
    pilot.wait(0)
    assert pilot.app.surface.get_at((1200, 700)) != light
    before = pilot.find("plain").rect.height
    pilot.key("ctrl++", "ctrl++")
    assert pilot.app.settings.text_scale == 1.5
    assert pilot.find("plain").rect.height == pytest.approx(1.5 * before)
    pilot.key("ctrl+-", "ctrl+-", "ctrl+-")
    assert pilot.app.settings.text_scale == 1.0


def test_a_larger_window_keeps_the_layout() -> None:
    pilot = Pilot.over(Plain())
    before = pilot.find("one").rect.copy()
    pilot.app.resize(1920, 1080)
    pilot.wait(0)
    assert pilot.find("one").rect == before
    assert pilot.app.screen.root.rect.size == (1280, 720)
    pilot.app.resize(2000, 720)
    pilot.wait(0)
    assert pilot.app.screen.root.rect.size == (2000, 720)


def test_sound_can_be_switched_off_by_key() -> None:
    pilot = Pilot.over(Plain())
    pilot.key("ctrl+m")
    assert pilot.app.settings.mute
    assert pilot.app.settings.volume("voice") == 0
    assert pilot.sees(say("app.muted"))


# --- settings in their file -----------------------------------------------------------------------


def test_settings_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    app = App(settings=Settings(theme="dark", text_scale=1.25), headless=True, settings_file=path)
    app.ui.keys.bind(Command.WAIT, ["f9"])
    app.settings.volumes["voice"] = 0.25
    app.save_settings()
    found, refused = load_settings(path)
    assert refused == []
    assert found == app.settings
    assert App(settings=found, headless=True).ui.keys.command("f9") is Command.WAIT


def test_what_cannot_be_used_falls_back_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    odd = {
        "theme": ["dark"], "text_scale": 9, "reduced_motion": "yes", "typewriter": "fast",
        "volumes": {"voice": 2}, "keys": {"wait": "w"}, "window": [1600, 900], "later": 1,
        "mute": True, "seen": {"a": 1},
    }  # fmt: skip
    path.write_text(json.dumps(odd))
    found, refused = load_settings(path)
    assert sorted(refused) == [
        "keys", "reduced_motion", "seen", "text_scale", "theme", "volumes",
    ]  # fmt: skip
    assert (found.typewriter, found.window, found.mute) == ("fast", (1600, 900), True)
    assert (found.theme, found.text_scale) == ("paper", 1.0)


@pytest.mark.parametrize("raw", [b"{", b"", b"[1]", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_a_damaged_file_gives_the_defaults_and_is_not_lost(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(raw)
    found, refused = load_settings(path)
    assert found == Settings()
    assert refused == ["settings.json"]
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [raw]


def test_settings_that_cannot_be_written_are_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert save_settings(Settings(), tmp_path / "file" / "settings.json") is False


# --- a real window, without a screen --------------------------------------------------------------


@pytest.fixture
def dummy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")


class Watched(Plain):
    """Posts what a player does, as the system would, and ends."""

    def opened(self) -> None:
        self.after(0.05, self.press)
        self.after(0.15, self.app.quit)

    def press(self) -> None:
        for key in (pygame.K_TAB, pygame.K_l):
            pygame.event.post(pygame.Event(pygame.KEYDOWN, key=key, mod=0, unicode="", scancode=0))

    def on_command(self, command: Command) -> bool:
        self.heard.append(f"{command} {self.root.focused.accessible_name}")  # type: ignore[union-attr]
        return True


def test_the_loop_hears_keys_and_timers(dummy: None, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    app, screen = App((1280, 720), settings_file=path), Watched()
    assert app.run(screen) == 0
    assert screen.heard == ["log one", "closed"]
    assert app.redraws <= 4
    assert path.exists()


@pytest.mark.long
def test_a_sleeping_loop_needs_no_time(dummy: None) -> None:
    app, screen = App((1280, 720)), Plain()
    threading.Timer(1.2, app.quit).start()
    before = time.process_time()
    app.run(screen)
    assert app.redraws == 1
    assert time.process_time() - before < 0.6  # starting included


def test_another_thread_can_hand_something_over(dummy: None) -> None:
    app, screen = App((1280, 720)), Plain()
    threads: list[threading.Thread] = []

    def hand_over() -> None:
        threads.append(threading.current_thread())
        app.quit()

    threading.Timer(0.1, lambda: app.call_soon(hand_over)).start()
    app.run(screen)
    assert threads == [threading.main_thread()]


def test_what_is_handed_over_may_fail_like_a_screen() -> None:
    pilot = Pilot.over(Plain())
    pilot.app.call_soon(Plain().fail)
    pilot.wait(0)
    pilot.wait(0)
    assert pilot.sees("RuntimeError: the cup fell")


@pytest.mark.long
def test_a_picture_wakes_the_loop(dummy: None) -> None:
    class Drawing(GalleryScreen):
        def opened(self) -> None:
            self.after(20.0, self.app.quit)

        def tick(self, dt: float) -> None:
            if self.drawing.ready:
                self.app.quit()

    app = App((1280, 720))
    screen = Drawing()
    begun = time.monotonic()
    app.run(screen)
    assert screen.drawing.ready
    assert time.monotonic() - begun < 15


def test_without_a_display_one_is_told_so() -> None:
    code = "from game.desktop.main import main\nmain()"
    env = {**os.environ, "SDL_VIDEODRIVER": "nowhere", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    assert done.returncode == 1
    assert "NoDisplay: U002: no window can be opened" in done.stderr


def test_nodisplay_says_what_to_do() -> None:
    problem = main.NoDisplay("none")
    assert problem.diagnostics[0].code == "U002"
    assert "--text" in problem.diagnostics[0].fix


# --- the gallery ----------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_everything_can_be_reached_by_tab_and_by_arrows(scale: float) -> None:
    pilot = Pilot.over(GalleryScreen(), settings=Settings(text_scale=scale))
    wanted = {id(w) for w in pilot.all() if w.can_focus}
    assert len(wanted) >= 9
    by_tab, by_arrow = set(), set()
    for _ in wanted:
        pilot.key("tab")
        by_tab.add(id(pilot.app.screen.root.focused))
    assert by_tab == wanted
    root = pilot.app.screen.root
    frontier = [root.focused]
    while frontier:
        at = frontier.pop()
        for way in ("up", "down", "left", "right"):
            root.focus(at)
            root._standard(Command(way))
            if id(root.focused) not in by_arrow:
                by_arrow.add(id(root.focused))
                frontier.append(root.focused)
    assert by_arrow >= wanted


def test_the_gallery_says_everything_to_a_reader() -> None:
    pilot = Pilot.over(GalleryScreen())
    tree = pilot.tree()
    for words in (
        "button “Host a workshop”", "action “Include the installation” = 4 (disabled)",
        "switch “Say it first” = on", "slider “volume” = 0.40", "entry “search”",
    ):  # fmt: skip
        assert words in tree
    assert [w for w in pilot.all() if w.can_focus and not w.accessible_name] == []
