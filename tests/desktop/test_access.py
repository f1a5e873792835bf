"""Every screen by keys alone, by mouse alone and by gamepad alone, readable in every theme.

`test_every_screen` visits all states of `longlunch shots`; what it finds is listed at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pygame
import pytest

from game.desktop import focus, raster_worker, shots
from game.desktop.app import App
from game.desktop.input import ARROWS, Command, Key
from game.desktop.pilot import Pilot
from game.desktop.root import Root
from game.desktop.settings import THEMES
from game.desktop.shots_states import SHOTS
from game.desktop.shots_studio import Studio, copied, data_at, fill
from game.desktop.theme import PALETTES, Palette
from game.desktop.widget import Widget
from game.desktop.widgets import Segmented, Slider
from tests.desktop.eyes import NEEDED, contrast, reading

LEAST = 24.0  # px: what is pressed is at least so wide and so high
# What hears the pointer without taking the focus, and how the same is done by keys.
BESIDES = {
    "ScrollArea": "the wheel and the bar; page keys, or arrows where it has nothing else in it",
    "DialogueColumn": "a click completes the words, the wheel looks back; confirm, and page keys",
    "Talk": "the same",
    "Sheet": "a click beside it closes it; back, and its closing button",
    "AskRead": "the same",
    "WorthFigure": "a moment is picked; the rows of the transcript, and left and right",
}
# There left and right go through the moves, so that arrows alone do not lead everywhere; Tab does.
STEPPED = ("review", "lesson-review")
STATES = sorted(SHOTS)


def blank(svg: str, wide: int, high: int, files: object) -> tuple[int, int, bytes]:
    return wide, high, bytes(4 * wide * high)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """A data folder as it looks after two months; made when it is first asked for."""
    folder = tmp_path_factory.mktemp("full")

    def made() -> Path:
        if not any(folder.iterdir()):
            fill(folder)
        return folder

    return made


@pytest.fixture
def visit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: Callable[[], Path]
) -> Iterator[Callable[[str, float], Pilot]]:
    """Brings a state about in a text size; pictures are left blank, which is most of the time."""
    apps: list[App] = []
    with monkeypatch.context() as patch:
        patch.setattr(raster_worker, "render", blank)

        def made(state: str, scale: float = 1.0) -> Pilot:
            make, practised = SHOTS[state]
            place = tmp_path / f"{state}-{scale}"
            if practised:
                copied(full(), place)
            place.mkdir(exist_ok=True)
            with data_at(place):
                pilot = make(Studio(place, scale))
            apps.append(pilot.app)
            return pilot

        yield made
        for app in apps:
            app.shut()


# --- what is found --------------------------------------------------------------------------------


def hears_the_pointer(widget: Widget) -> bool:
    return (
        type(widget).on_pointer is not Widget.on_pointer
        and widget.enabled and widget.wants_pointer and not widget.can_focus
    )  # fmt: skip


def cannot_be_focused(root: Root) -> list[str]:
    """What can be clicked and not be gone to by keys, other than `BESIDES`."""
    kinds = {type(widget).__name__ for widget in root.top.walk() if hears_the_pointer(widget)}
    return [f"no key leads to a {kind}" for kind in sorted(kinds - set(BESIDES))]


def cannot_be_hit(root: Root) -> list[str]:
    """What lies under something else, outside the window, or is too small, once it is in view."""
    faults = []
    for widget in focus.focusable(root.top):
        root.reveal(widget)
        root.layout()
        hit = root.top.hit(*widget.rect.center)
        if hit is None or not (hit in widget.walk() or widget in around(hit)):
            faults.append(f"the pointer misses {named(widget)}")
        sizes = [widget.rect]
        if isinstance(widget, Segmented):
            sizes = [widget.part(i) for i in range(len(widget.options))]
        if any(min(size.width, size.height) < LEAST for size in sizes):
            faults.append(f"{named(widget)} is smaller than {LEAST:.0f} px")
    return faults


def around(widget: Widget) -> Iterator[Widget]:
    at: Widget | None = widget
    while at is not None:
        yield at
        at = at.parent


def named(widget: Widget) -> str:
    return f"{type(widget).__name__} “{widget.accessible_name[:40]}”"


def missed(pilot: Pilot, key: str) -> list[str]:
    """What pressing one key again and again does not lead to."""
    root = pilot.app.screen.root
    pilot.app.take_up("pad" if device(key) == "gamepad" else "")
    order = focus.focusable(root.top)
    root.focus(None)
    seen: set[int] = set()
    for _ in order:
        pilot.app.handle(Key(key, pilot.app.ui.keys.command(key), device(key)))
        seen.add(id(root.focused))
    return [f"{key} never leads to {named(w)}" for w in order if id(w) not in seen]


def device(key: str) -> str:
    return "gamepad" if key.startswith("pad ") else "keyboard"


def missed_by_arrows(root: Root) -> list[str]:
    """What the four arrows do not lead to from the first thing, or not back from."""
    order = focus.focusable(root.top)
    ways = {id(widget): targets(root, widget) for widget in order}

    def reached(first: Widget) -> set[int]:
        seen: set[int] = set()
        left = [id(first)]
        while left:
            one = left.pop()
            if one not in seen:
                seen.add(one)
                left += ways.get(one, ())
        return seen

    if not order:
        return []
    from_first = reached(order[0])
    there = [f"arrows never lead to {named(w)}" for w in order if id(w) not in from_first]
    back = [f"no arrows lead back from {named(w)}" for w in order if id(order[0]) not in reached(w)]
    return there + back


def targets(root: Root, widget: Widget) -> set[int]:
    """Where arrows lead from a widget; those that change its value are left out."""
    found = set()
    for way in ARROWS:
        if isinstance(widget, Segmented | Slider) and way in (Command.LEFT, Command.RIGHT):
            continue
        root.focus(widget, ring=True)
        for _ in range(400):  # what scrolls does so to its end before it lets go
            before = getattr(widget, "offset", None)
            root.command(way)
            if root.focused is not widget or getattr(widget, "offset", None) == before:
                break
        found.add(id(root.focused))
    return found


def unseen_rings(pilot: Pilot) -> list[str]:
    """What shows no ring round it when it is gone to by keys, or a ring too pale to see."""
    app, faults = pilot.app, []
    root = app.screen.root
    for widget in focus.focusable(root.top):
        root.focus(widget, ring=False)
        root.layout()
        app.render()
        box = app.canvas.rect(widget.rect.inflate(16, 16)).clip(app.surface.get_rect())
        before = pygame.surfarray.array3d(app.surface.subsurface(box))
        root.focus(widget, ring=True)
        app.render()
        after = pygame.surfarray.array3d(app.surface.subsurface(box))
        changed = (before != after).any(axis=2)
        if changed.sum() < 40:
            faults.append(f"no ring is seen round {named(widget)}")
            continue
        ring = app.ui.palette.colour("ring")
        solid = changed & (after == (ring.r, ring.g, ring.b)).all(axis=2)
        grounds = {tuple(int(v) for v in pixel) for pixel in before[solid]}
        pale = [g for g in grounds if contrast(ring, pygame.Color(*g)) < 3.0]
        if len(pale) * 2 > len(grounds):
            faults.append(f"the ring is too pale round {named(widget)}")
    return faults


def restless(pilot: Pilot) -> list[str]:
    """What moves although nothing should, or happens because time passes."""
    app = pilot.app
    root = app.screen.root
    playing = getattr(app.screen, "playing", None)
    game = getattr(playing, "game", None)

    def state() -> tuple[object, ...]:
        shown = [w for w in root.top.walk() if w.role != "status"]
        entries = len(game.transcript.entries) if game is not None else 0
        return app.screen, len(root.layers), len(shown), root.focused, entries

    faults = [f"{named(w)} moves" for w in root.animating]
    faults += ["the screen wants to be drawn all the time"] * app.screen.wants_ticks
    before = state()
    app.advance(600.0)
    app.render()
    if state() != before:
        faults.append("something happened because ten minutes passed")
    drawn = app.redraws
    app.step(seconds=5.0)
    if app.redraws != drawn:
        faults.append("it is drawn again although nothing happens")
    return faults


def faint(pilot: Pilot, patch: pytest.MonkeyPatch) -> list[str]:
    """Words of too little contrast, in every theme."""
    app, faults = pilot.app, []
    for theme in (*THEMES[1:], THEMES[0]):
        app.settings.theme = theme
        app.restyle()
        app.step()
        with reading(patch) as read:
            app.screen.root.damage(app.screen.root.rect)
            app.render()
        weak = {(r.words, round(r.contrast, 2)) for r in read if r.contrast < r.needed}
        faults += [f"{theme}: “{words}” has a contrast of {found}" for words, found in weak]
    return faults


# --- every screen ---------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("state", STATES)
def test_every_screen(
    state: str, visit: Callable[..., Pilot], monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[str] = []
    for scale in (1.0, 2.0):
        pilot = visit(state, scale)
        root = pilot.app.screen.root
        root.layout()
        found = restless(pilot) + faint(pilot, monkeypatch) if scale == 1.0 else []
        found += cannot_be_focused(root) + cannot_be_hit(root)
        found += missed(pilot, "tab") + missed(pilot, "shift+tab") + missed(pilot, "pad rb")
        found += pilot.overlaps()  # with the line that a gamepad brings
        pilot.app.take_up("")
        if not state.startswith(STEPPED):
            found += missed_by_arrows(root)
        if scale == 1.0:
            found += unseen_rings(pilot)
        faults += [f"at {scale:.0%}: {fault}" for fault in found]
    assert faults == []


def test_the_walk_finds_what_is_wrong(visit: Callable[..., Pilot]) -> None:
    """A screen with one of each fault: the checks above are no empty ones."""
    from game.desktop.canvas import Canvas
    from game.desktop.input import Pointer
    from game.desktop.layout import Column, Stack
    from game.desktop.screen import Screen
    from game.desktop.widgets import Button, Label

    class Clicked(Widget):
        def on_pointer(self, event: Pointer) -> bool:
            return True

        @property
        def wants_pointer(self) -> bool:
            return True

    class Faint(Button):
        def focus_rect(self) -> pygame.FRect:
            return pygame.FRect(-90, -90, 10, 10)

    class Cover(Label):
        def hit(self, x: float, y: float) -> Widget | None:
            return self

        def draw(self, canvas: Canvas) -> None:
            return

    class Wrong(Screen):
        wants_ticks = True

        def build(self) -> Widget:
            small = Button("small", height=16.0)
            content = Column(Clicked(height=30.0), small, Faint("no ring"), Button("under"))
            return Stack(content, Cover("over everything"))

        def opened(self) -> None:
            self.after(60.0, lambda: self.root.content.remove(self.root.content.children[1]))

    pilot = Pilot.over(Wrong())
    root = pilot.app.screen.root
    assert cannot_be_focused(root) == ["no key leads to a Clicked"]
    assert any("small" in fault and "24 px" in fault for fault in cannot_be_hit(root))
    assert any("misses" in fault and "under" in fault for fault in cannot_be_hit(root))
    assert unseen_rings(pilot) == ["no ring is seen round Faint “no ring”"]
    assert len(restless(pilot)) == 2


# --- colours --------------------------------------------------------------------------------------

GROUNDS = ("paper", "card", "hover", "pressed", "note", "track")
WORDS = ("ink", "muted")


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_words_and_rings_stand_out_on_every_ground(palette: Palette) -> None:
    pairs = [(name, ground) for name in WORDS for ground in GROUNDS]
    pairs += [("ring", ground) for ground in GROUNDS]
    pairs += [("on_ink", "ink"), ("on_ink", "muted"), ("paper", "ink")]
    pairs += [(f"{pole}_words", ground) for pole in ("specific", "diffuse")
              for ground in ("paper", "card", "note")]  # fmt: skip
    pairs += [("error", ground) for ground in ("paper", "card", "note")]
    weak = {
        pair: round(found, 2)
        for pair in pairs
        if (found := contrast(*(palette.colour(name) for name in pair))) < NEEDED
    }
    assert weak == {}


def test_words_in_pictures_stand_out_on_their_card() -> None:
    """Figures use ink, muted and error for words, on a card."""
    for palette in PALETTES.values():
        theme = palette.figures
        for name in ("ink", "muted", "error"):
            ink, card = pygame.Color(getattr(theme, name)), pygame.Color(theme.card)
            assert contrast(ink, card) >= NEEDED, (palette.name, name)


# --- by mouse alone -------------------------------------------------------------------------------

# Where each command can be had with a pointer: a state and what is clicked there, by its hotkey, or
# the words of what does the same.
CLICKED: dict[Command, tuple[str, str]] = {
    Command.LOG: ("table-late", ""), Command.NOTES: ("table-late", ""),
    Command.REWIND: ("table-late", ""), Command.WAIT: ("table-late", ""),
    Command.OFFER: ("table-late", ""), Command.PART: ("table-late", ""),
    Command.ALL: ("table-late", ""), Command.BACK: ("table-late", ""),
    Command.HINT: ("table-guided", ""), Command.SPOKEN: ("table-say-first", ""),
    Command.HIDE: ("sheet-menu", ""), Command.SCREENSHOT: ("sheet-menu", ""),
    Command.MUTE: ("sheet-menu", ""), Command.HELP: ("sheet-menu", "help"),
    Command.SETTINGS: ("sheet-menu", "settings"), Command.SAVE: ("sheet-menu", "save and quit"),
    Command.LARGER: ("sheet-menu", "Text size"), Command.SMALLER: ("sheet-menu", "Text size"),
    Command.COPY: ("sheet-log", "copy"), Command.READ: ("table-late", "Your read of Kang Dae-jung"),
    Command.TRY: ("review", ""),
}  # fmt: skip
# What a pointer does without any button for it.
POINTED = {
    *(Command(str(n)) for n in range(1, 10)), *ARROWS, Command.CONFIRM, Command.NEXT, Command.PREV,
    Command.PAGE_UP, Command.PAGE_DOWN, Command.HOME, Command.END, Command.NEXT_TAB,
    Command.PREV_TAB,
}  # fmt: skip
# Skip stands there while somebody speaks (test_table), reading aloud in the menu where there is a
# voice, the menu is what BACK opens, full screen is a switch of the settings in a window.
ELSEWHERE = {Command.SKIP, Command.ALOUD, Command.MENU, Command.FULLSCREEN}


def test_every_command_can_be_had_without_keys() -> None:
    assert set(CLICKED) | POINTED | ELSEWHERE == set(Command)


@pytest.mark.long
@pytest.mark.parametrize("state", sorted({state for state, _ in CLICKED.values()}))
def test_commands_are_clicked(state: str, visit: Callable[..., Pilot]) -> None:
    pilot = visit(state)
    top = pilot.app.screen.root.top
    for command, (where, words) in CLICKED.items():
        if where == state and words:
            assert pilot.find(words, enabled=True).can_focus
        elif where == state:
            found: Sequence[Widget] = [w for w in top.walk() if w.hotkey is command]
            assert any(w.can_focus for w in found), command


def test_the_looks_of_the_walk_are_those_of_the_pictures() -> None:
    assert set(THEMES) == set(PALETTES) == {look.theme for look in shots.wanted([])["help-play"]}
