"""The table: the buyer in the place, the talk with your hand below it, and your side of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from game.core.rules import Col, Offers
from game.desktop.input import ARROWS, Command, Event, Key, Pointer
from game.desktop.layout import Column, Stack, px, share
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.table_advice import Adviser
from game.desktop.screens.table_head import TableHead
from game.desktop.screens.table_hearing import TableHearing, room_at
from game.desktop.screens.table_ledger import LedgerPane
from game.desktop.screens.table_pane import MiddlePane, index_of
from game.desktop.screens.table_reads import ReadKeeper
from game.desktop.screens.table_sheets import SHEETS, ask_to_part, opener, tell_unsaved
from game.desktop.screens.table_side import SidePane
from game.desktop.screens.table_talk import (
    HandCard,
    since_arrival,
    utterance,
    utterances,
)
from game.desktop.screens.table_tell import Teller
from game.desktop.stage import Stage
from game.desktop.theme import MARGIN
from game.desktop.widget import Widget
from game.desktop.widgets import (
    AdaptiveColumns,
    Button,
    Pane,
)
from game.desktop.words import say
from game.looks.scene import scene_of
from game.session.moments import GameError, Turn
from game.session.table import Line, Stand, cards, dialogue, stand, turn_lines
from game.session.words import ui
from game.session.writing import named


class TableScreen(Screen):
    """Plays a game from its first word at the table until it stands elsewhere."""

    def __init__(self, playing: Playing) -> None:
        super().__init__()
        self.playing, self.game = playing, playing.game
        self.title = self.game.scenario.title
        self.at: Stand = stand(self.game)
        self.room = room_at(self.at)
        self._led_on = False  # the last move led straight to another meeting
        self.gone = False  # the game stands elsewhere; only the last words are still read
        self.reads = ReadKeeper(self, playing, self._read)
        self._told_unsaved = False
        self._notices: list[Line] = []
        self._before: Line | None = None  # told just before

    # --- the widgets --------------------------------------------------------------------------

    def retold(self) -> None:
        self.playing.retell(self.app)

    def build(self) -> Widget:
        game = self.game
        self.playing.writer = self.app.saving.writer
        for name in SHEETS:
            opener(name)  # brought in now, not in the middle of a turn
        self.side = SidePane(game, self.at, self.reads.mark)
        self.adviser = Adviser(self, self.playing, self.side)
        self.pane = MiddlePane(
            game, self.do, offer=partial(self._open, "offer"), part=self._part,
            everything=partial(self._open, "actions"), skip=self._skip, spoken=self._reveal,
        )  # fmt: skip
        self.talk, self.hand = self.pane.talk, self.pane.hand
        notes = partial(self._open, "notes") if opener("notes") is not None else None
        self.ledger = LedgerPane(game, self.ui.palette.figures, notes)
        self.columns = AdaptiveColumns(
            [
                Pane(self._buyers_word(), self.side, px(368)),
                Pane(say("table.the_talk"), self.pane, share()),
                Pane(say("table.your_side"), self.ledger, px(328)),
            ],
            main=1, keep_main=True, gap=26, grow=1, shrink=True,
        )  # fmt: skip
        self.head = TableHead(game, self._open, self._hint)
        content = Column(self.head, self.columns, gap=10, padding=(MARGIN, 12, MARGIN, 18))
        self.content = content
        self.view = Stage(scene_of(game, self.at, self.side.looks), radius=0, visible=False)
        self.ears = TableHearing(self.app.hearing, game, self.side.looks, self.talk)
        self.teller = Teller(self.ears.around(self._show_line), self.after, self._instant)
        return Stack(content, self.view)

    def _buyers_word(self) -> str:
        return say("table.several" if len(self.game.present) > 1 else "table.the_buyer")

    # --- showing ------------------------------------------------------------------------------

    def opened(self) -> None:
        lines = since_arrival(dialogue(self.game))
        fresh = self.playing.spoken < len(self.game.turns) or self.at.turn <= 1
        arriving = [line for line in lines if line.turn == lines[-1].turn] if lines else []
        if fresh and arriving and arriving[0].kind == "place" and arriving == lines:
            self._refresh()
            self._tell(lines)
        else:
            self.playing.spoken = len(self.game.turns)
            self._reload()
        if self.playing.problem is not None:
            self._check_saved()

    def _reload(self) -> None:
        """Show everything as it stands, at once."""
        watched = self.pane.watched
        self.teller.drop()
        lines = since_arrival(self._here(dialogue(self.game)))
        self.talk.set(utterances(lines))
        last = [line for line in lines if line.kind == "notice" and line.turn == lines[-1].turn]
        self.side.notice(last)
        if self.playing.kind == "table" and not self._led_on:
            self._refresh()
        self._settle()
        self.pane.watch(watched)

    def _refresh(self) -> None:
        """What stands beside the talk follows the game."""
        self.at = at = stand(self.game)
        self.head.refresh(at)
        self.room = room_at(at)
        self.side.refresh(at, self.ui.narrow)
        self.ledger.refresh(at, self.ui.palette.figures)
        self.view.show(self.side.stage.scene)

    def _settle(self) -> None:
        """Nobody speaks any more: the hand is yours, or the meeting is over."""
        self.playing.spoken = len(self.game.turns)
        self.side.stage.speak("")
        self.gone = self.playing.kind != "table" or self._led_on
        if self.gone:
            self.pane.go_on(say(f"table.go_on_{self.playing.kind}"), self._follow)
            return
        self.pane.deal(self.at, self.ui.settings.say_it_first and not self.playing.said_first)
        if self.game.turns and self.game.turns[-1].number:
            self.reads.ask(self.game.reads_due(), False, lambda: None)

    def _reveal(self) -> None:
        self.playing.said_first = True
        self.pane.reveal()

    # --- telling ------------------------------------------------------------------------------

    def _instant(self) -> bool:
        return self.ui.settings.letters_per_second == float("inf")

    def _tell(self, lines: Sequence[Line], held: bool = False) -> None:
        self.pane.listen()
        self._notices, self._before = [], None
        self.teller.tell(lines, self._told, held)

    def _show_line(self, line: Line, done: Callable[[], object]) -> bool:
        """Show one piece; True if it is being spoken and calls `done` at its end."""
        looks = self.side.looks
        if line.kind in ("you", "done") and self.playing.kind == "table" and not self._led_on:
            self.ledger.trace()
        if line.kind in ("boss", "fact") and self.ui.narrow:  # the side lies behind a tab
            title = ui("boss_from") if line.kind == "boss" else say("table.in_notebook")
            self.toast(named(title, line.text), 8.0)
        if line.kind == "notice":
            self.columns.show(0)
            self._notices.append(line)
            self.side.notice(self._notices)
            shown = looks.shown(line)
            if shown is not None:
                self.side.look(shown.buyer, looks.noticed(shown))
        words = utterance(line, self._before)
        self._before = line
        if words is None:
            return False
        if line.kind != "said":
            self.talk.say(words)
            self.talk.complete()
            return False
        shown = looks.shown(line)
        if shown is not None:
            sitter = next((s for s in self.side.stage.scene.sitters if s.id == shown.buyer), None)
            if sitter is not None:
                self.side.look(shown.buyer, looks.speaking(shown, sitter.look))
        self.side.stage.speak(line.speaker)
        self.talk.say(words, done)
        return True

    def _told(self) -> None:
        if self.playing.kind == "table" and not self._led_on:
            self._refresh()
        self._settle()
        self.adviser.look_back()

    def _hurry(self) -> None:
        """A click completes the text, then cuts off what is read aloud, then goes on."""
        if self.talk.typing:
            self.ears.complete()
            self.talk.complete()
        elif not self.app.hearing.hush():
            self.teller.hurry()

    def _skip(self) -> None:
        with self.ears.skipping():
            while self.teller.telling and not self.app.saving.holding:
                self._hurry()

    # --- doing --------------------------------------------------------------------------------

    def do(self, action: int) -> None:
        """Play an action, after the read that must come before a first offer."""
        if self.gone or self.teller.telling:
            return
        self.reads.keep()
        offers = self.game.rules.columns[Col.OFFERS, action] != Offers.NOTHING
        due = self.game.reads_due(action) if offers else []
        self.reads.ask(due, True, lambda: self._play(action))

    def _play(self, action: int) -> None:
        try:
            turn: Turn = self.playing.play(action)
        except GameError as problem:
            self.toast(str(problem))
            return
        self.playing.said_first = False
        self.adviser.hush()
        self._led_on = turn.opening is not None
        lines = self._here(turn_lines(self.game, turn, len(self.game.turns)))
        self._tell(lines, held=True)  # your own words; nothing that came of them
        self.app.saving.once(self._answer)
        if self.app.saving.holding:
            self.app.hearing.answer()  # the key is heard with them

    def _answer(self) -> None:
        """The file has the move: show what came of it."""
        self.teller.go_on()
        self._check_saved()

    def _here(self, lines: list[Line]) -> list[Line]:
        """Lines up to the next meeting, which is told on its own screen."""
        last = len(self.game.turns)
        ends = [i for i, x in enumerate(lines) if x.kind in ("gap", "place") and x.turn == last]
        return lines[: ends[0]] if self._led_on and ends else lines

    def _part(self) -> None:
        action = index_of(self.game, "part")
        found = cards(self.game, [action])
        ask_to_part(self, found[0].preview if found else "", lambda: self.do(action))

    def _follow(self) -> None:
        self.playing.follow(self.app)

    def _check_saved(self) -> None:
        """A failed save is told as soon as it has failed, and again only after it had worked in
        between."""
        self.playing.writer.then(self._tell_unsaved)

    def _tell_unsaved(self) -> None:
        failed = self.playing.problem is not None
        if failed and not self._told_unsaved:
            tell_unsaved(self, self.playing)
        self._told_unsaved = failed

    def _read(self) -> None:
        """A read was kept."""
        self.side.reads.refresh()
        self._check_saved()

    def _hint(self) -> None:
        if not self.gone and not self.teller.telling:
            self.adviser.hint()
            self._check_saved()

    # --- sheets and keys ----------------------------------------------------------------------

    def _open(self, name: str) -> None:
        call = opener(name)
        self._skip()
        self.reads.keep()
        if call is not None:
            call(self, self.playing, self._back)
        elif name == "rewind":
            self._undo()

    def _back(self, action: int | None = None) -> None:
        """A sheet has closed, perhaps with an action."""
        self._check_saved()
        if self.app.depth and self.app.screen is not self:
            return
        if action is not None:
            self.do(action)
        else:
            self.side.reads.refresh()

    def _undo(self) -> None:
        try:
            self.playing.undo()
        except GameError as problem:
            self.toast(str(problem))
            return
        self._check_saved()
        self.app.saving.once(self._follow)

    def filter(self, event: Event) -> bool:
        root = self.root
        if self.view.visible:  # anything brings the interface back
            back = isinstance(event, Key) or (isinstance(event, Pointer) and event.kind == "down")
            if back:
                self._hide(False)
            return back
        if len(root.layers) > 1:
            return False
        if isinstance(event, Pointer):
            hit = root.top.hit(event.x, event.y) if event.kind in ("move", "down") else None
            if event.kind == "move" and root.pressed is None:
                card = hit if isinstance(hit, HandCard) else None
                if card is not None or (self.pane.tip.visible and not root.ring):
                    self.hand.watched(card)
                if hit is self.pane.first.button and self.pane.first.visible:
                    self._reveal()
            if event.kind == "down" and self.teller.telling and not isinstance(hit, Button):
                self._hurry()
                return True
        elif isinstance(event, Key) and event.command in ARROWS and root.focused is None:
            self.hand.go_to(self.pane.place)  # confirming must not play what nobody has gone to
            return True
        elif isinstance(event, Key) and self.teller.telling and not event.repeat:
            go = event.command is Command.CONFIRM or bool(event.command and event.command.number)
            if go and not isinstance(root.focused, Button):
                self._hurry()
                return True
        return False

    def on_command(self, command: Command) -> bool:
        if command is Command.SKIP:
            self._skip()
        elif command is Command.CONFIRM and self.teller.telling:
            self._hurry()
        elif command is Command.HIDE:
            self._hide(True)
        elif command is Command.SAVE:
            self.reads.keep()
            self.playing.save()
            self.app.saving.once(self._saved)
        elif command is Command.READ:
            self.columns.show(0)
            self.focus(self.side.reads.marker.slider)
            self.root.ring = True
        elif command is Command.MENU:
            self._open("menu")
        else:
            return super().on_command(command)
        return True

    def _saved(self) -> None:
        """Saving was asked for: what came of it is told in any case."""
        if self.playing.problem is None:
            self.toast(say("table.saved"))
        self._told_unsaved = False
        self._check_saved()

    def hear(self, words: str) -> None:
        if self.ui.narrow:
            super().hear(words)
        else:
            self.head.heard.say(words)

    def _hide(self, on: bool) -> None:
        self.view.show(self.side.stage.scene)
        self.view.visible, self.content.visible = on, not on

    # --- life -----------------------------------------------------------------------------------

    def restyled(self) -> None:
        if self.app.saving.holding:
            return  # the game is a move ahead of what may be shown
        if not self.teller.telling:
            self._reload()
        elif not self.gone:
            self._refresh()

    def resumed(self) -> None:
        if not self.teller.telling:
            self._reload()

    def close(self) -> None:
        self.reads.keep()
        self.adviser.close()


__all__ = ["TableScreen"]
