"""Where the notes of a lesson stand: beside what they point at, or across a narrow window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.desktop import lesson, lesson_taken
from game.desktop.input import Command
from game.desktop.lesson import Lesson, Step
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.lesson_note import Note, Pointer
from game.desktop.text import marked
from game.desktop.widget import Widget
from game.desktop.words import say

_KEYS = {
    "offer": Command.OFFER, "notes": Command.NOTES, "part": Command.PART,
    "confirm": Command.CONFIRM,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a note stands: before a widget of some column. `meant` is what it points at."""

    meant: Callable[[], Widget | None]
    before: Widget
    strip: bool = False  # the column is as wide as the window


@dataclass(frozen=True, slots=True)
class Hint:
    """A suggestion that is there now: the key that takes it or leads to it, and its name."""

    number: str
    label: str = ""


class Guide:
    """Shows the notes of one place of a lesson on a screen, if the lesson is on.

    `spot(step)` says where a note goes, None for nowhere; `hint(step)` is what it may suggest.
    """

    def __init__(
        self, screen: Screen, playing: Playing, place: str,
        spot: Callable[[Step], Spot | None], hint: Callable[[Step], Hint | None],
    ) -> None:  # fmt: skip
        self.screen, self.playing, self.place = screen, playing, place
        self._spot, self._hint = spot, hint
        self.pointer = Pointer()
        self.note: Note | None = None
        self.step: Step | None = None
        self.lesson = lesson_of(playing)

    @property
    def on(self) -> bool:
        return lesson.is_on(self.screen.ui.settings, self.playing.game)

    def look(self) -> None:
        """Show the note that fits the game now, or none."""
        step = self.lesson.at(self.place, lesson.state_of(self.playing.game)) if self.on else None
        spot = self._spot(step) if step is not None else None
        if step is None or spot is None:
            self.hush()
        elif not self._stands(step, spot):
            self.hush()
            self._place(step, spot)

    def _stands(self, step: Step, spot: Spot) -> bool:
        """Whether the very note stands there already."""
        note = self.note
        same = note is not None and step is self.step and note.name == plain(self.words(step))
        return same and note is not None and note.parent is spot.before.parent

    def _place(self, step: Step, spot: Spot) -> None:
        free = self.screen.root.focused is None
        self.step, self.note = step, self._note(step, spot)
        column = spot.before.parent
        assert column is not None
        column.add(self.note, before=spot.before)
        self.pointer.point(self.note, spot.meant)
        self.screen.app.hearing.mention(self.note.name)
        self._reveal(spot)
        if free and step.read:
            self.screen.focus(self.note.go_on)

    def hush(self) -> None:
        """Take the note away."""
        note, self.note, self.step = self.note, None, None
        self.pointer.point(None, lambda: None)
        if note is not None and note.parent is not None:
            note.parent.remove(note)

    def _note(self, step: Step, spot: Spot) -> Note:
        counted = lesson.course().counted
        count = say("lesson.aside")
        if step in counted:
            count = say("lesson.count", count=counted.index(step) + 1, total=len(counted))
        last = step is lesson.course().steps[-1]
        return Note(
            self.words(step), count, go_on=self._go_on if step.read else None,
            skip=None if last else self.skip, strip=spot.strip,
        )  # fmt: skip

    def words(self, step: Step) -> str:
        """What a note says, with the keys as they are and a suggestion if there is one."""
        hint, tried = self._hint(step), ""
        if hint is not None:
            which = "move" if hint.label else "package"
            tried = say(f"lesson.try.{which}", number=hint.number, label=hint.label)
        values = {name: self.screen.ui.named(command) for name, command in _KEYS.items()}
        values["try"] = tried
        try:
            words = say(f"lesson.{'pad' if self.screen.ui.pad else 'notes'}.{step.id}", **values)
        except KeyError:  # most notes are the same for every device
            words = say(f"lesson.notes.{step.id}", **values)
        return " ".join(words.split())

    def _reveal(self, spot: Spot) -> None:
        root = self.screen.root
        root.layout()
        meant = spot.meant()
        if meant is not None and meant.attached:
            root.reveal(meant)

    def _go_on(self) -> None:
        if self.step is not None:
            self.lesson.heeded(self.step)
        self.look()

    def skip(self) -> None:
        """No more notes; the game goes on as any other."""
        lesson_taken.end(self.screen.ui.settings)
        self.screen.app.save_settings()
        self.hush()
        self.screen.toast(say("lesson.skipped"))


def plain(words: str) -> str:
    """Words as they are read, without the marks of what is bold."""
    return "".join(run.text for run in marked(words))


def lesson_of(playing: Playing) -> Lesson:
    """The lesson beside a game, which lasts as long as the game is held."""
    if playing.lesson is None:
        playing.lesson = Lesson(lesson.course().steps, lesson.state_of(playing.game))
    return playing.lesson
