"""The window: events in, frames out, and a stack of screens.

One thread draws. It sleeps until something happens, redraws what changed and nothing else, and
leaves writing to another (`saving`).
Headless, no window is opened and `step` lets time pass, so that tests see the same every time.
"""

from __future__ import annotations

import contextlib
import queue
import time
from collections import deque
from collections.abc import Callable, Iterable
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.desktop import everywhere, window
from game.desktop.canvas import Canvas, scale_for
from game.desktop.failure import FailureScreen
from game.desktop.fonts import Fonts
from game.desktop.hearing import Hearing
from game.desktop.input import REPEATED, Command, Event, Key, KeyTable, Pointer
from game.desktop.loop import FRAME, Loop
from game.desktop.outside import Clipboard, write_picture
from game.desktop.raster import Raster
from game.desktop.reading import words_of
from game.desktop.saving import Saving
from game.desktop.screen import Screen
from game.desktop.settings import Settings, save_settings
from game.desktop.sound import Sound, system_output
from game.desktop.speech import Speech
from game.desktop.text import TextEngine
from game.desktop.theme import PALETTES
from game.desktop.ui import Ui
from game.desktop.widget import Widget
from game.scenario import language

if TYPE_CHECKING:
    from game.desktop.sound_output import Output

_LEAST = (640, 360)  # px of the window; below 1280x720 everything becomes smaller


class App:
    """Runs screens. `size` is physical px; `settings_file` None: settings are not written.

    `clock` gives seconds and is only used by `run`; `timer` measures frames and changes nothing.
    `output` opens what sounds are played on: the system's, or headless nothing. What is `inline`
    is done at once, without another thread or process; by default what is headless.
    """

    def __init__(
        self, size: tuple[int, int] | None = None, settings: Settings | None = None, *,
        headless: bool = False, inline_pictures: bool | None = None,
        inline_saving: bool | None = None,
        settings_file: Path | None = None, clock: Callable[[], float] = time.monotonic,
        timer: Callable[[], float] = time.perf_counter,
        output: Callable[[], Output] | None = None, speech: Speech | None = None,
    ) -> None:  # fmt: skip
        self.settings = settings or Settings()
        self.settings_file = settings_file
        self.headless, self.clock, self.timer = headless, clock, timer
        self.frames: deque[float] = deque(maxlen=3600)  # seconds each took
        self.redraws = 0
        self.start: Callable[[], Screen] | None = None  # the screen that "back to the start" shows
        self._screens: list[Screen] = []
        self.running = True
        self.pad_labels = "pad"  # those of the gamepad that is there
        self._calls: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self.clipboard = Clipboard(headless)
        self.hearing = self._heard(output, speech)
        self.saving = Saving(self, headless if inline_saving is None else inline_saving)
        size = size or self.settings.window
        self.surface = pygame.Surface(size) if headless else window.opened(self.settings, size)
        self._styled_for = self.surface.get_size()
        pygame.font.init()
        inline = headless if inline_pictures is None else inline_pictures
        raster = Raster(inline, _wake if not headless else lambda: None, held=not headless)
        text = TextEngine(Fonts(), scale_for(*self.surface.get_size()), self.settings.text_scale)
        palette = PALETTES[self.settings.theme]
        keys = KeyTable(self.settings.keys)
        self.ui = Ui(text, palette, self.settings, raster, keys, self.copy, self.paste,
                     self.hearing.ask)  # fmt: skip
        self.ui.attend = self._attend
        self.canvas = Canvas(self.surface, text, palette)

    def _heard(self, output: Callable[[], Output] | None, speech: Speech | None) -> Hearing:
        if output is None and not self.headless:
            output = system_output
        sound = Sound(self.settings.volume, inline=self.headless, output=output)
        if speech is None:
            speech = Speech(() if self.headless else None, self.call_soon)
        hearing = Hearing(self.settings, sound, speech)
        sound.on_problem = lambda: self.call_soon(lambda: hearing.on_problem())
        hearing.show = lambda words: self.screen.hear(words) if self._screens else None
        return hearing

    # --- the window -------------------------------------------------------------------------

    @property
    def logical_size(self) -> tuple[float, float]:
        wide, high = self.surface.get_size()
        return wide / self.ui.text.scale, high / self.ui.text.scale

    def resize(self, width: int, height: int) -> None:
        """The window has another size (headless: give it one)."""
        if self.headless:
            self.surface = pygame.Surface((max(width, _LEAST[0]), max(height, _LEAST[1])))
        else:
            self.surface = pygame.display.get_surface() or self.surface
            if self.surface.get_size() == self._styled_for:
                return  # the system tells of one change more than once
            if not self.settings.fullscreen:
                self.settings.window = self.surface.get_size()
        self.restyle()

    def restyle(self) -> None:
        """Follow the settings: theme, text scale, size. Everything is laid out and drawn again."""
        ui = self.ui
        self._styled_for = self.surface.get_size()
        ui.palette = PALETTES[self.settings.theme]
        ui.text.rescale(scale_for(*self.surface.get_size()), self.settings.text_scale)
        self.canvas.target(self.surface, ui.palette)
        if self._screens:  # those below follow when they come up again
            self._guarded(self._follow)

    def _follow(self) -> None:
        screen = self._screens[-1]
        screen.root.resize(*self.logical_size)
        screen.restyled()

    def speak(self, tag: str) -> None:
        """Show everything in another language; screens below follow when they come up again."""
        language.use(tag)
        self.settings.language = tag
        self.save_settings()
        if self._screens:
            self._guarded(lambda: self._show_again(self._screens[-1]))

    def toggle_fullscreen(self) -> None:
        if not self.headless:
            self.resize(*window.toggled(self.settings))

    # --- screens ----------------------------------------------------------------------------

    @property
    def screen(self) -> Screen:
        """The one on top; IndexError if there is none."""
        return self._screens[-1]

    @property
    def depth(self) -> int:
        return len(self._screens)

    def begin(self, make: Callable[[], Screen]) -> None:
        """Show a screen that may fail to be made; its failure is shown then."""
        self._guarded(lambda: self.push(make()))

    def push(self, screen: Screen) -> None:
        """Show a screen above the others."""
        self._screens.append(screen)
        self._guarded(lambda: self._show(screen))

    def replace(self, screen: Screen) -> None:
        """Show a screen in the place of the one on top."""
        if self._screens:
            self._drop(self._screens.pop())
        self.push(screen)

    def pop(self) -> None:
        """Close the screen on top; the app ends with the last one."""
        if self._screens:
            self._drop(self._screens.pop())
        if not self._screens:
            self.running = False
            return
        screen = self._screens[-1]
        self._guarded(lambda: self._show_again(screen))

    def to_start(self) -> None:
        """Close everything and show the first screen anew."""
        while self._screens:
            self._drop(self._screens.pop())
        if self.start is not None:
            self.begin(self.start)
        else:
            self.running = False

    def quit(self) -> None:
        """End after this frame."""
        self.running = False

    def _show(self, screen: Screen) -> None:
        screen.attach(self)
        if self._screens[-1] is not screen:
            return  # it has put another in its place
        screen.root.resize(*self.logical_size)
        self.ui.play("page")
        if screen.room is not None:
            self.hearing.enter(screen.room)
        self.hearing.mention(screen.title)
        if not self.headless:
            named = f"{window.NAME} · {screen.title}" if screen.title else window.NAME
            pygame.display.set_caption(named)

    def _show_again(self, screen: Screen) -> None:
        self._show(screen)
        if self._screens[-1] is screen:
            screen.restyled()
            screen.resumed()

    def _drop(self, screen: Screen) -> None:
        with contextlib.suppress(Exception):  # what cannot close must not keep others from it
            screen.close()

    def _guarded(self, call: Callable[[], object]) -> None:
        """Whatever goes wrong in a screen ends that screen, not the program."""
        try:
            call()
        except Exception as problem:
            if self._screens and isinstance(self._screens[-1], FailureScreen):
                raise  # the screen for failures fails itself: nothing is left to show
            if self._screens:
                self._drop(self._screens.pop())
            self.push(FailureScreen(problem))

    # --- one step ---------------------------------------------------------------------------

    def handle(self, event: Event) -> None:
        """Give one event to the screen on top, once what was done before is written."""
        if not self._screens or self.saving.keep(event):
            return
        screen = self._screens[-1]

        if isinstance(event, Key) and event.device != "mouse":
            self.take_up(self.pad_labels if event.device == "gamepad" else "")
        elif isinstance(event, Pointer) and event.kind == "down":
            self.take_up("")

        def deliver() -> None:
            if screen.filter(event) or screen.root.handle(event):
                return
            if not isinstance(event, Key) or event.command is None or event.repeat:
                return
            used = screen.on_command(event.command) or everywhere.do(self, screen, event.command)
            if not used and event.command not in REPEATED:
                self.ui.play("refuse")

        self.hearing.listen()
        self._guarded(deliver)
        if not self.saving.holding:
            self.hearing.answer()

    def _attend(self, widget: Widget) -> None:
        self.hearing.read_last = None  # it can be read on request, though it was before
        if self.settings.system_speech == "all":
            self.hearing.mention(words_of(widget, self.ui), cut=True)

    def take_up(self, pad: str) -> None:
        """Something else is in the player's hands: show its keys, or a gamepad's labels."""
        if pad != self.ui.pad:
            self.ui.pad = pad
            if self._screens:
                self._guarded(self._show_keys)

    def _show_keys(self) -> None:
        self.screen.root.resize(*self.logical_size)
        self.screen.taken_up()

    def command(self, command: Command) -> None:
        """What pressing a key of the command would do (menus, tests)."""
        self.handle(Key("", command))

    def advance(self, seconds: float, most: float = float("inf")) -> None:
        """Let time pass for the screen on top: all of it for timers, `most` for what moves."""
        if not self._screens:
            return
        screen, moving = self._screens[-1], min(seconds, most)

        def pass_time() -> None:
            screen.root.tick(moving)
            screen.tick(moving)
            screen.root.wind_on(seconds - moving)

        self._guarded(pass_time)

    def call_soon(self, call: Callable[[], object]) -> None:
        """From any thread: have something called by the drawing thread, and wake it for that."""
        self._calls.put(call)
        if not self.headless:
            _wake()

    def _take_in(self) -> None:
        self.ui.raster.poll()
        for _ in range(self._calls.qsize()):  # what these ask for comes with the next frame
            self._calls.get()()

    def render(self) -> bool:
        """Draw what has changed; False if nothing had to be."""
        self._guarded(self._take_in)
        self.saving.let_go(self.handle)
        if not self._screens or not self._screens[-1].root.dirty:
            return False
        before = self.timer()
        boxes: list[pygame.Rect] = []
        self._guarded(lambda: boxes.extend(self._screens[-1].root.draw(self.canvas)))
        if not self.headless and boxes:
            pygame.display.update(boxes)
        self.frames.append(self.timer() - before)
        self.redraws += 1
        if self.redraws == 1 and not self.headless:
            self.ui.raster.start()  # pictures come after the first frame
        return True

    def step(self, events: Iterable[Event] = (), seconds: float = 0.0) -> None:
        """Headless: take events, let time pass in frames, draw. The same every time."""
        for event in events:
            self.handle(event)
            self.render()
        while seconds > 1e-9:
            part = min(FRAME, seconds)
            self.advance(part)
            self.render()
            seconds -= part
        self.render()

    @property
    def busy(self) -> bool:
        """Whether frames must go on without any event."""
        return bool(self._screens) and (
            bool(self.screen.root.animating) or self.screen.wants_ticks or self.screen.root.dirty
        )

    # --- from beginning to end --------------------------------------------------------------

    def run(self, screen: Screen | None = None) -> int:
        """Show a screen and go on until the last one is closed; 0 as exit status.

        Raises what could not be written while the window closed, when nothing else could say so.
        """
        if screen is not None:
            self.push(screen)
        try:
            Loop(self, self.clock).run()
        finally:
            self.shut()
        untold = self.saving.writer.untold()
        if untold is not None:
            raise untold
        return 0

    def shut(self) -> None:
        """Close screens and processes, keep the settings, and wait for all that is written."""
        while self._screens:
            self._drop(self._screens.pop())
        self.save_settings()
        self.hearing.close()
        self.ui.raster.close()
        if not self.headless:
            pygame.display.quit()
        self.saving.writer.wait()

    # --- settings, clipboard, pictures ------------------------------------------------------

    def save_settings(self) -> None:
        """Have the settings written, if they have a file; where they cannot be, it goes on so."""
        self.settings.keys = self.ui.keys.overrides()
        self.hearing.refresh()
        kept, path = deepcopy(self.settings), self.settings_file
        if path is not None:
            self.saving.writer.put(path, lambda: save_settings(kept, path), lambda written: None)

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        self.clipboard.copy(text)

    def paste(self) -> str:
        """The text on the clipboard, or an empty one."""
        return self.clipboard.paste()

    def screenshot(self, path: Path) -> None:
        """Write what is shown as PNG; OSError if that is not possible."""
        self.render()
        write_picture(self.surface, path)


def _wake() -> None:
    """Called by the thread that reads pictures: the loop must look at them."""
    with contextlib.suppress(pygame.error):  # the window may be closing
        pygame.event.post(pygame.event.Event(pygame.USEREVENT))
