"""The screens of a game with a lesson: those of any game, with notes beside them."""

from __future__ import annotations

from collections.abc import Sequence

from game.desktop import lesson, lesson_taken
from game.desktop.app import App
from game.desktop.input import Command, Event, Key
from game.desktop.layout import Stack
from game.desktop.lesson import Step, suggested
from game.desktop.playing import Playing
from game.desktop.screens.ending import EndingScreen
from game.desktop.screens.lesson_guide import Guide, Hint, Spot
from game.desktop.screens.table import TableScreen
from game.desktop.widget import Widget
from game.desktop.widgets import ChoiceCard, Sheet
from game.session.notation import format_action
from game.session.table import Line

_BUYER, _SIDE = 0, 2  # panes of the table that may lie behind a tab


def begin_lesson(app: App) -> None:
    """A new game of the first lesson, over whatever is shown."""
    loaded, seed, how = lesson.begin(app.ui.settings)
    app.save_settings()
    playing = Playing.begin(loaded, seed, how, app.saving.writer)
    app.saving.once(lambda: app.push(playing.screen()))


class LessonTable(TableScreen):
    """The table, with a note whenever nobody speaks."""

    def build(self) -> Widget:
        tree = super().build()
        self.guide = Guide(self, self.playing, "table", self._spot, self._hint_at)
        return Stack(tree, self.guide.pointer)

    # --- when notes come and go ---------------------------------------------------------------

    def _tell(self, lines: Sequence[Line], held: bool = False) -> None:
        self.guide.hush()
        super()._tell(lines, held)

    def _settle(self) -> None:
        super()._settle()
        self._look()

    def _read(self) -> None:
        super()._read()
        self._look()

    def _back(self, action: int | None = None) -> None:
        super()._back(action)
        self._look()

    def _look(self) -> None:
        shown = bool(self.app.depth) and self.app.screen is self
        if not shown or self.teller.telling or len(self.root.layers) > 1:
            return
        if self.gone:
            self.guide.hush()
        else:
            self.guide.look()

    def taken_up(self) -> None:
        self._look()  # notes name keys

    def open(self, sheet: Sheet) -> Sheet:
        found = super().open(sheet)
        worth = next((w for w in sheet.panel.walk() if w.role == "worth"), None)
        if worth is not None:
            self.guide.hush()
            guide_offer(self, self.playing, sheet, worth)
        return found

    def filter(self, event: Event) -> bool:
        note, root = self.guide.note, self.root
        lost = root.focused is None and len(root.layers) == 1 and not self.view.visible
        if lost and note is not None and isinstance(event, Key) and event.command is Command.NEXT:
            self.focus(note.skip)  # a note is the first thing that Tab goes to
            root.ring = True
            return True
        return super().filter(event)

    # --- where they stand ---------------------------------------------------------------------

    def _spot(self, step: Step) -> Spot | None:
        side, pane, ledger = self.side, self.pane, self.ledger
        if step.target in ("notice", "marker"):
            noticed = side.seen.parent  # with its heading
            spot = Spot(lambda: noticed if step.target == "notice" else side.reads, scroll(side))
            self.columns.show(_BUYER)
        elif step.target in ("path", "notebook"):
            picture = ledger.children[0]
            spot = Spot(lambda: picture if step.target == "path" else ledger.book, scroll(ledger))
            self.columns.show(_SIDE)
            toasts = list(self.root.overlays) if self.ui.narrow else []
            for told in toasts:  # what they tell stands there now
                self.root.drop_over(told)
        elif step.target == "move" and self._card(step) is None and self._elsewhere(step):
            spot = Spot(lambda: pane.low.everything, pane.low)
        elif step.target == "move":
            spot = Spot(lambda: self._card(step) or pane.area, pane.area)
        else:
            pill = pane.low.part if step.target == "part" else pane.low.offer
            spot = Spot(lambda: pill, pane.low)
        return Spot(spot.meant, self.columns, strip=True) if self.ui.narrow else spot

    def _card(self, step: Step) -> Widget | None:
        """The action that a note suggests."""
        at_hand = {move.action: move.text for move in self.pane.cards.values()}
        found = suggested(step, at_hand)
        cards = [w for w in self.hand.children if isinstance(w, ChoiceCard)]
        return next((card for card in cards if card.choice.id == str(found)), None)

    def _elsewhere(self, step: Step) -> str:
        """The name of an action that a note suggests and that is legal without being at hand."""
        legal = self.game.legal()
        found = suggested(step, {a: self.game.rules.actions[a] for a in legal})
        return "" if found is None else self.game.label(found)

    def _hint_at(self, step: Step) -> Hint | None:
        if step.target != "move":
            return None
        card, far = self._card(step), self._elsewhere(step)
        if isinstance(card, ChoiceCard):
            return Hint(str(card.number), card.choice.title)
        return Hint(self.ui.named(Command.ALL), far) if far else None


def scroll(column: Widget) -> Widget:
    """The part of a column that scrolls."""
    return next(child for child in column.children if child.role == "scroll")


def guide_offer(screen: LessonTable, playing: Playing, sheet: Sheet, worth: Widget) -> None:
    """A note inside the sheet of an offer, above what shows its worth."""
    foot = worth.parent
    game = playing.game

    def row(step: Step) -> ChoiceCard | None:
        rows = [w for w in sheet.panel.walk() if isinstance(w, ChoiceCard)]
        shown = {
            i: format_action(game.rules, game.rules.base_actions + int(card.choice.id))
            for i, card in enumerate(rows)
        }
        found = suggested(step, {i: text.partition(":")[2] for i, text in shown.items()})
        return None if found is None else rows[found]

    def hint(step: Step) -> Hint | None:
        found = row(step)
        return None if found is None else Hint(str(found.number))

    if foot is not None:
        spot = Spot(lambda: foot, foot)
        guide = Guide(screen, playing, "offer", lambda step: spot, hint)
        sheet.add(guide.pointer)
        guide.look()


class LessonEnding(EndingScreen):
    """The ending; the note that closes the lesson stands beside the way to the review."""

    def build(self) -> Widget:
        self.guide = Guide(self, self.playing, "ending", self._spot, lambda step: None)
        return Stack(super().build(), self.guide.pointer)

    def opened(self) -> None:
        super().opened()
        self._look()

    def go_on(self) -> None:
        super().go_on()
        self._look()

    def _look(self) -> None:
        if not self.reading and self.guide.on:
            self.guide.look()
            lesson_taken.end(self.ui.settings)
            self.app.save_settings()

    def resumed(self) -> None:
        super().resumed()
        self.guide.hush()

    def _spot(self, step: Step) -> Spot | None:
        first = self.first
        return None if first.parent is None else Spot(lambda: first, first.parent, strip=True)
