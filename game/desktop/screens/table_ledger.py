"""The right of the table: your path, the time that is left, the notebook, what is on the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

from game.core.vocabulary import Phase
from game.desktop.canvas import Canvas
from game.desktop.layout import Column, Row
from game.desktop.screens.table_path import PathPicture
from game.desktop.text import BODY, LABEL, SMALL, STRONG, Run
from game.desktop.widget import Options, Size, Widget
from game.desktop.widgets import (
    Card,
    Divider,
    Label,
    Painted,
    RichText,
    ScrollArea,
    SvgPicture,
    section,
)
from game.desktop.words import say
from game.figures import svg
from game.figures.plane import draw_plane
from game.figures.theme import Theme
from game.looks.path import path_of
from game.session.game import Game
from game.session.table import Note, Offer, Stand, notebook
from game.session.words import ui
from game.session.writing import quoted

_NOTES = 2  # of the notebook; the newest
_DOT, _STEP = 6.0, 20.4  # radius, and from one to the next, px
_PLANE = 12.0  # half its length, px


def _say(id: str, **values: object) -> str:
    return say(f"table.{id}", **values)


class TurnDots(Widget):
    """A dot a turn: full ones are over, the ringed one is now, hollow ones are to come."""

    role = "turns"

    def __init__(self, **options: Unpack[Options]) -> None:
        super().__init__(**options)
        self.turn, self.turns = 1, 1

    @property
    def state_text(self) -> str:
        return say("table.turns", turn=self.turn, turns=self.turns)

    @property
    def accessible_name(self) -> str:
        return self.state_text

    def show(self, turn: int, turns: int) -> None:
        """Turn `turn` of `turns`, from 1."""
        if (turn, turns) != (self.turn, self.turns):
            self.turn, self.turns = turn, turns
            self.relayout()
            self.invalidate()

    def _across(self, width: float) -> int:
        return max(1, int((width + _STEP - 2 * _DOT - 2) / _STEP))

    def measure(self, width: float) -> Size:
        rows = -(-self.turns // self._across(width))
        return min(width, self.turns * _STEP), rows * _STEP

    def draw(self, canvas: Canvas) -> None:
        across = self._across(self.rect.width)
        for i in range(self.turns):
            x = self.rect.left + _DOT + 2 + (i % across) * _STEP
            y = self.rect.top + _STEP / 2 + (i // across) * _STEP
            if i + 1 < self.turn:
                canvas.circle(x, y, _DOT, "ink")
            elif i + 1 == self.turn:
                canvas.circle(x, y, _DOT + 2, "card", "ink", 2)
                canvas.circle(x, y, _DOT - 2.5, "ink")
            else:
                canvas.circle(x, y, _DOT, "paper", "muted", 1.5)


class LedgerPane(Column):
    """What is yours: the path, the time, the notebook, the offers, what counts, the boss."""

    def __init__(self, game: Game, theme: Theme, on_notes: Callable[[], object] | None) -> None:
        self.game = game
        self.at: Stand | None = None
        self.boss = ""
        self.path = PathPicture()
        picture = Card(self.path, padding=10, grow=1, min_height=220)
        self.until = Label("", LABEL, most=2)
        self.dots = TurnDots(grow=1)
        self.plane = SvgPicture(width=2 * _PLANE, height=2 * _PLANE, placeholder=False)
        self.turn = Label("", SMALL)
        self.time = Column(self.until, Row(self.dots, self.plane, cross="end"), self.turn, gap=4)
        self.notes = Column(gap=4)
        self.book = Card(
            Label(ui("notebook"), LABEL), self.notes, on_press=on_notes, fill=None, border=None,
            padding=0, gap=5, name=say("table.notebook_open"),
        )  # fmt: skip
        self.terms = Column(gap=5)
        self.letter = Card(fill="note", border=None, padding=(12, 9), visible=False)
        rest = Column(self.time, self.book, Divider(1), self.terms, self.letter, gap=10)
        super().__init__(picture, ScrollArea(rest), gap=12)
        self.theme = theme

    # --- following the game ------------------------------------------------------------------

    def refresh(self, at: Stand, theme: Theme) -> None:
        """Show where things stand now."""
        self.theme = theme
        self.at = at
        self.trace(told=True)
        self._time(at)
        self._notebook()
        self._terms(at)
        self._boss()

    def trace(self, told: bool = False) -> None:
        """Draw the path up to your last move; `told` with what its answer told."""
        if self.at is not None:
            scale = self.root.ui.text.text_scale if self.attached else 1.0
            self.path.draw_path(path_of(self.game, self.at, _say, told), self.theme, scale)

    def _time(self, at: Stand) -> None:
        over = at.phase is Phase.AFTER
        turns = max(at.turn, at.turn + at.turns_left - 1)
        self.dots.visible = self.turn.visible = not over
        self.dots.show(at.turn, turns)
        self.turn.text = say("table.turns", turn=at.turn, turns=turns)
        flight = self.game.scenario.flight
        flies = at.flight_turn > 0 and flight is not None
        if over:
            words = say("table.after_dots")
        elif flies and flight is not None:
            key = "table.final_dots" if flight.final else "table.flight_dots"
            words = say(key, value=at.flight_label)
        else:
            words = say("table.meeting_dots")
        self.until.text = words
        self.plane.visible = bool(flies and not over)
        if self.plane.visible:
            self.plane.show(_plane(self.theme, at.flight_label))

    def _notebook(self) -> None:
        """The newest of what was told and hinted at; what was prepared where there is nothing."""
        found = [note for note in notebook(self.game) if note.text]
        heard = [note for note in found if note.kind != "prepared"]
        facts = [note for note in heard if note.kind == "fact"]
        hints = [note for note in heard if note.kind == "hint"]
        shown = (facts[-_NOTES:] + hints[-_NOTES:])[:_NOTES] if heard else found[:_NOTES]
        new = {turn.fact for turn in self.game.turns[-1:]} - {""}
        told = {self.game.scenario.facts[id].text for id in new}
        rows: list[Widget] = [_note(note, note.text in told) for note in shown]
        if not rows:
            rows = [Label(ui("notebook_empty"), SMALL)]
        elif len(found) > len(shown):
            more = say("table.notebook_more", value=len(found) - len(shown))
            rows.append(Label(more, SMALL))
        self.notes.replace_children(*rows)

    def _terms(self, at: Stand) -> None:
        rows: list[Widget] = [
            _row(say("table.on_table"), self._package(at.mine), at.mine),
        ]
        asked = self._asked(at)
        if asked:
            lead = at.asker or self.game.present[0]
            pronoun = self.game.scenario.buyers[lead].pronoun
            rows.append(_row(say(f"table.asks_{pronoun}"), asked, at.theirs))
        points = say("table.points", value=round(100 * at.walkaway))
        rows.append(_row(say("table.walkaway"), points))
        you, them, future = (round(100 * share) for share in at.weights)
        weights = ui("table_weights_line", mine=you, theirs=them, relationship=future)
        rows.append(_row(say("table.counts"), weights))
        self.terms.replace_children(*rows)

    def _package(self, offer: Offer | None) -> str:
        """A package without the names of its issues."""
        if offer is None:
            return say("table.nothing_on_table")
        rules, words = self.game.rules, self.game.words
        chosen = rules.bargain.options[offer.package].tolist()
        return " · ".join(words.short(i, k) for i, k in zip(rules.issues, chosen, strict=True))

    def _asked(self, at: Stand) -> str:
        """The other side's package, and an extra that is asked for."""
        demand = self.game.number("demand")
        parts = [self._package(at.theirs)] if at.theirs is not None else []
        if demand >= 0:
            parts.append(self.game.words.label(self.game.rules.demands[demand]))
        return " + ".join(parts)

    def _boss(self) -> None:
        notes = [note for turn in self.game.turns for note in turn.boss]
        self.boss = notes[-1] if notes else ""
        self.letter.visible = bool(notes)
        if notes:
            runs = [
                Run(say("table.boss") + "\u2002", STRONG.but(size=14.0)),
                Run(quoted(self.boss), BODY.but(size=14.0)),
            ]
            self.letter.replace_children(RichText(runs))


def _note(note: Note, new: bool) -> Row:
    """A line of the notebook: a full dot for a fact, a hollow one for what may be so.

    What was told just now stands in bold.
    """
    sure = note.kind == "fact"

    def dot(canvas: Canvas, rect: object) -> None:
        box = mark.rect
        y = box.top + 10 * mark.root.ui.text.text_scale
        canvas.circle(box.left + 5, y, 4.5, "good" if sure else "card", "good", 1.6)

    mark = Painted(dot, width=12.0)
    return Row(
        mark, Label(note.text, (STRONG if new else BODY).but(size=14.0), most=2, grow=1), gap=8
    )


def _row(label: str, value: str, offer: Offer | None = None) -> Widget:
    """A term with its value on the right; an offer with what it is worth to you below."""
    left = Label(label, SMALL, shrink=False)
    right = Label(value, STRONG.but(size=13.5), align_text="right", grow=1)
    row = Row(left, right, gap=12)
    if offer is None:
        return row
    worth = round(100 * offer.worth)
    if offer.below:
        style, key = SMALL.but(colour="error", face="sans-semi"), "table.worth_below"
    else:
        style, key = SMALL, "table.worth"
    return section(row, Label(say(key, value=worth), style, align_text="right"), gap=0)


def _plane(theme: Theme, title: str) -> str:
    canvas = svg.Canvas(theme)
    draw_plane(canvas, _PLANE, _PLANE, _PLANE - 1, theme.ink)
    return canvas.document(2 * _PLANE, 2 * _PLANE, title or "-", "")
