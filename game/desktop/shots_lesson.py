"""Pictures of the first lesson: each note where it stands, played to as its player would."""

from __future__ import annotations

from collections.abc import Callable

from game.desktop.input import Command
from game.desktop.pilot import Pilot
from game.desktop.screens.home import HomeScreen
from game.desktop.screens.home_cards import ScenarioCard
from game.desktop.screens.lesson_note import Note
from game.desktop.screens.lesson_screens import LessonTable, begin_lesson
from game.desktop.shots_studio import TODAY, Studio
from game.desktop.widgets import Segmented

State = Callable[[Studio], Pilot]
Step = Callable[[Pilot], None]
_AFTER_A_MARK = 1.0  # seconds until a read is kept


def note_of(pilot: Pilot) -> Note | None:
    """The note that is shown."""
    return next((w for w in pilot.all() if isinstance(w, Note)), None)


def _begin(studio: Studio) -> Pilot:
    pilot = studio.show(HomeScreen(TODAY))
    begin_lesson(pilot.app)
    return studio.rest(pilot)


def _play(action: str) -> Step:
    """Press the number of an action at hand."""

    def play(pilot: Pilot) -> None:
        screen = pilot.app.screen
        assert isinstance(screen, LessonTable)
        texts = [card.text for card in screen.pane.cards.values()]
        pilot.key(str(1 + texts.index(action)))

    return play


def _go_on(pilot: Pilot) -> None:
    note = note_of(pilot)
    if note is not None:
        pilot.click(note.go_on.accessible_name)


def _mark(pilot: Pilot) -> None:
    pilot.command(Command.READ)
    pilot.key("right", "tab", "right")
    pilot.wait(_AFTER_A_MARK)


def _part(pilot: Pilot) -> None:
    pilot.command(Command.PART)
    pilot.key("right", "return")


def _put(row: int) -> Step:
    def put(pilot: Pilot) -> None:
        pilot.key(str(row))
        pilot.command(Command.OFFER)

    return put


def _worse(pilot: Pilot) -> None:
    """An offer that she answers with one of her own: the mechanic comes in three days."""
    _, repairs = (w for w in pilot.all() if isinstance(w, Segmented))
    pilot.click(repairs.name, share=0.1)
    pilot.command(Command.OFFER)


_HEARD: tuple[Step, ...] = (  # what leads to the notes, one after the other
    _go_on, _play("small_talk:counter"), _go_on,
    _play("ask_indirect:repairs"), _go_on, _mark, lambda p: p.command(Command.OFFER),
)  # fmt: skip
_SIGNED = (*_HEARD, _put(2))
_OVER = (*_SIGNED, _part, lambda p: p.key("return"), lambda p: p.key("return"))


def _after(*steps: Step) -> State:
    def make(studio: Studio) -> Pilot:
        pilot = _begin(studio)
        for step in steps:
            step(pilot)
            studio.rest(pilot)
        return pilot

    return make


def _first_table(studio: Studio) -> Pilot:
    pilot = studio.show(HomeScreen(TODAY))
    card = next(w for w in pilot.all() if isinstance(w, ScenarioCard) and w.id == "osaka")
    pilot.click(card.name)
    return studio.rest(pilot)


def _too_early(pilot: Pilot) -> None:
    """An offer before anything was asked; the read may wait."""
    pilot.command(Command.OFFER, Command.OFFER)
    pilot.key("escape")


LESSON: dict[str, tuple[State, bool]] = {
    "lesson-first-table": (_first_table, False),
    "lesson-notice": (_after(*_HEARD[:0]), False),
    "lesson-move": (_after(*_HEARD[:1]), False),
    "lesson-path": (_after(*_HEARD[:2]), False),
    "lesson-ask": (_after(*_HEARD[:3]), False),
    "lesson-notebook": (_after(*_HEARD[:4]), False),
    "lesson-read": (_after(*_HEARD[:5]), False),
    "lesson-offer": (_after(*_HEARD[:6]), False),
    "lesson-worth": (_after(*_HEARD), False),
    "lesson-counter": (_after(*_HEARD, _worse), False),
    "lesson-again": (_after(*_HEARD[:3], _too_early), False),
    "lesson-elsewhere": (_after(*_HEARD[:3], _too_early, _go_on), False),
    "lesson-part": (_after(*_SIGNED), False),
    "lesson-review": (_after(*_OVER), False),
}
