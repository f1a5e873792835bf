"""Takes the first lesson as somebody would: by keys, by clicks, or by gamepad alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from game.desktop.app import App
from game.desktop.lesson import course
from game.desktop.pilot import Pilot
from game.desktop.screens.home import HomeScreen
from game.desktop.screens.lesson_note import Note, in_view
from game.desktop.screens.lesson_screens import LessonTable
from game.desktop.settings import Settings
from game.desktop.widget import Widget
from game.desktop.widgets import Button, ChoiceCard
from game.desktop.words import say
from game.scenario.data import load_common
from tests.desktop.homes import TODAY

IDS = [step.id for step in course().steps]
ON_PAD = load_common("desktop_lesson.yaml")["lesson"]["pad"]
PATH = [step.id for step in course().counted]  # the notes of whoever does what they say


def begin(
    size: tuple[int, int] = (1280, 720), file: Path | None = None, **looks: object
) -> Pilot:  # fmt: skip
    """An app in which the lesson was begun from home."""
    app = App(size, Settings(**({"typewriter": "instant"} | looks)), headless=True,
              settings_file=file)  # fmt: skip
    app.push(HomeScreen(TODAY))
    app.step()
    pilot = Pilot(app)
    pilot.click("take the lesson")
    return pilot


def note(pilot: Pilot) -> Note | None:
    found = [w for w in pilot.all() if isinstance(w, Note)]
    assert len(found) <= 1, "one note at a time"
    return found[0] if found else None


def step(pilot: Pilot) -> str:
    """The id of the note that is shown, "" for none."""
    shown = note(pilot)
    if shown is None:
        return ""
    known = [("notes", id) for id in IDS] + [("pad", id) for id in ON_PAD]
    said = [(id, say(f"lesson.{way}.{id}").replace("**", "").split("{")[0]) for way, id in known]
    return next(id for id, head in said if shown.name.startswith(head.strip()))


def table(pilot: Pilot) -> LessonTable:
    assert isinstance(pilot.app.screen, LessonTable)
    return pilot.app.screen


def settle(pilot: Pilot) -> None:
    """Let time pass until nobody speaks."""
    for _ in range(600):
        screen = pilot.app.screen
        if not isinstance(screen, LessonTable) or not screen.teller.telling:
            return
        pilot.wait(0.1)
    raise AssertionError("the turn is never told to its end")


def number_of(pilot: Pilot) -> str:
    """What the note says to press."""
    shown = note(pilot)
    assert shown is not None
    return shown.name.split("Try ")[1][0]


# --- doing what the notes say, in three ways ------------------------------------------------------


def by_keys(pilot: Pilot, id: str) -> None:
    if id in ("notice", "path", "notebook"):
        pilot.key("return")
    elif id in ("move", "ask"):
        pilot.key(number_of(pilot))
    elif id == "read":
        pilot.key("m", "right", "right", "tab", "left")
        pilot.wait(1)
    elif id == "offer":
        pilot.key("o")
    elif id == "worth":
        pilot.key(number_of(pilot), "o")
    elif id == "part":
        pilot.key("p", "right", "return")
        settle(pilot)
        pilot.key("return", "return")  # the last word; the letter
    elif id == "review":
        pilot.key("return")


def press(pilot: Pilot, widget: Widget, share: float = 0.5) -> None:
    """Click on what is seen of a widget."""
    pilot.app.screen.root.layout()
    place = in_view(widget)
    assert place is not None, widget
    pilot.point(place.left + place.width * share, place.centery, "move", "down", "up")


def button(pilot: Pilot, words: str) -> Button:
    return next(w for w in pilot.all() if isinstance(w, Button) and words in w.accessible_name)


def by_clicks(pilot: Pilot, id: str) -> None:
    shown = note(pilot)
    assert shown is not None
    if id in ("notice", "path", "notebook"):
        press(pilot, shown.go_on)
    elif id in ("move", "ask"):
        cards = [w for w in table(pilot).hand.children if isinstance(w, ChoiceCard)]
        press(pilot, next(c for c in cards if str(c.number) == number_of(pilot)))
    elif id == "read":
        marker = table(pilot).side.reads.marker
        press(pilot, marker.slider, 0.7)
        press(pilot, marker.grade, 0.2)
        pilot.wait(1)
    elif id == "offer":
        press(pilot, table(pilot).pane.low.offer)
    elif id == "worth":
        cards = [w for w in pilot.all() if isinstance(w, ChoiceCard)]
        press(pilot, next(c for c in cards if str(c.number) == number_of(pilot)))
        press(pilot, button(pilot, "put"))
    elif id == "part":
        press(pilot, table(pilot).pane.low.part)
        press(pilot, button(pilot, say("table.part_go")))
        settle(pilot)
        press(pilot, button(pilot, say("table.go_on")))
        press(pilot, button(pilot, "the numbers"))
    elif id == "review":
        press(pilot, button(pilot, "review"))


def pad_to(pilot: Pilot, wanted: Callable[[], Widget]) -> None:
    """Go there with the shoulder button, and press."""
    for _ in range(60):
        if pilot.app.screen.root.focused is wanted():
            pilot.key("pad a")
            return
        pilot.key("pad rb")
    raise AssertionError(f"the focus never comes to {wanted()}")


def by_gamepad(pilot: Pilot, id: str) -> None:
    shown = note(pilot)
    assert shown is not None
    if id in ("notice", "path", "notebook"):
        pilot.key("pad a")
    elif id in ("move", "ask"):
        number = int(number_of(pilot))
        pad_to(pilot, lambda: table(pilot).hand.children[number - 1])
    elif id == "read":
        pilot.key("pad r3", "pad right", "pad rb", "pad right")
        pilot.wait(1)
    elif id == "offer":
        pad_to(pilot, lambda: table(pilot).pane.low.offer)
    elif id == "worth":
        number = number_of(pilot)
        cards = [w for w in pilot.all() if isinstance(w, ChoiceCard)]
        pad_to(pilot, lambda: next(c for c in cards if str(c.number) == number))
        pad_to(pilot, lambda: button(pilot, "put"))
    elif id == "part":
        pad_to(pilot, lambda: table(pilot).pane.low.part)
        pilot.key("pad right", "pad a")
        settle(pilot)
        pilot.key("pad a", "pad a")
    elif id == "review":
        pad_to(pilot, lambda: button(pilot, "review"))


def do(pilot: Pilot, id: str) -> None:
    """By keys, but for the review, which takes a process of its own."""
    if id != "review":
        by_keys(pilot, id)


WAYS = {"keys": by_keys, "clicks": by_clicks, "gamepad": by_gamepad}


def follow(pilot: Pilot, until: str = "", way: Callable[[Pilot, str], None] = by_keys) -> list[str]:
    """Do what the notes say, up to one of them; gives those that were shown."""
    shown: list[str] = []
    for _ in range(20):
        settle(pilot)
        id = step(pilot)
        if id:
            shown.append(id)
        if not id or id == until:
            return shown
        way(pilot, id)
    raise AssertionError(f"the lesson has no end: {shown}")
