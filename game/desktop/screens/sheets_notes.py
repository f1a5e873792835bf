"""The notebook: what you were told, what was hinted at, what you prepared, your reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.desktop.layout import Column
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.sheets_parts import OnDone, answering, closing
from game.desktop.text import BODY, LABEL, SAYING, SMALL
from game.desktop.widget import Widget
from game.desktop.widgets import Card, Divider, Label, ReadMarker, Sheet, section
from game.desktop.words import say
from game.session.game import Game
from game.session.table import Note, notebook
from game.session.words import ui
from game.session.writing import aside, capital, quoted

_KINDS = ("fact", "hint", "prepared")


def _entry(note: Note) -> Widget:
    if note.kind == "hint":
        words = quoted(note.text)
        if note.label:
            words = aside(words, say("sheets.guessed", value=note.label))
        return Label(words, SAYING.but(colour="ink"))
    label = say(f"sheets.prepared_{note.label}") if note.kind == "prepared" else note.label
    return Column(Label(capital(label), SMALL), Label(note.text, BODY), gap=0)


def note_sections(notes: Sequence[Note]) -> list[Widget]:
    """Entries under their headings; a line that says so where there are none."""
    found: list[Widget] = []
    for kind in _KINDS:
        entries = [_entry(note) for note in notes if note.kind == kind]
        if entries:
            found.append(section(Label(say(f"sheets.notes_{kind}"), LABEL), *entries, gap=7))
    return found or [Label(ui("notebook_empty"), BODY.but(colour="muted"))]


def _reads(game: Game, marked: Callable[[str, float, int], None]) -> list[Widget]:
    """A read to mark for everybody at the table; those who are elsewhere only as they stand."""

    def taker(buyer: str) -> Callable[[float, int], None]:
        return lambda value, sure: marked(buyer, value, sure)

    found: list[Widget] = []
    for buyer, person in game.scenario.buyers.items():
        here = buyer in game.present
        if game.ended or (not here and buyer not in game.reads):
            continue
        mark = read_marker(game, buyer, taker(buyer))
        mark.slider.enabled = mark.grade.enabled = here
        found.append(section(Label(say("sheets.read_of", value=person.name), LABEL), mark))
    return found


def read_marker(
    game: Game, buyer: str, on_change: Callable[[float, int], object] | None
) -> ReadMarker:
    """Where the player stands with a buyer's place on the continuum."""
    place, confidence = game.reads.get(buyer, (None, None))
    return ReadMarker(
        (ui("read_specific"), ui("read_diffuse")),
        [ui("read_guess"), ui("read_fairly"), ui("read_sure")],
        ui("read_unset"),
        value=place,
        sure=None if confidence is None else round(confidence * 2) + 1,
        on_change=on_change,
        name=game.scenario.buyers[buyer].name,
    )


def open_notes(screen: Screen, playing: Playing, on_done: OnDone) -> Sheet:
    """The notebook with the reads below it; answers None when it is closed.

    Reads are kept then, once, however often a mark was moved before.
    """
    game = playing.game
    changed: dict[str, tuple[float, float]] = {}

    def marked(buyer: str, value: float, sure: int) -> None:
        changed[buyer] = (value, (sure - 1) / 2)

    def done(action: int | None) -> None:
        for buyer, read in changed.items():
            if game.reads.get(buyer) != read:
                playing.read(*read, buyer)
        on_done(action)

    parts = note_sections(notebook(game))
    reads = _reads(game, marked)
    if reads:
        parts += [Divider(4), Card(*reads, gap=14, padding=14)]
    sheet = Sheet(
        ui("notebook"), Column(*parts, gap=16), side="right", close_words=say("sheets.close"),
        wide=460,
    )  # fmt: skip
    answering(sheet, done)
    screen.open(sheet)
    screen.focus(closing(sheet))  # the entries are what one came for, not the reads below them
    return sheet
