"""Before the first meeting and between meetings: what the time that is left is used for."""

from __future__ import annotations

from collections.abc import Callable

from game.core.rules import PREPARATIONS
from game.core.vocabulary import Phase
from game.desktop.canvas import Canvas
from game.desktop.input import Command
from game.desktop.layout import Column, Flow, Row, Spacer, px, share
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.briefing_people import place_of
from game.desktop.screens.prepare_parts import (
    next_gap,
    next_meeting,
    offers_standing,
    open_promises,
    short_lines,
)
from game.desktop.screens.sheets_calendar import calendar_figure
from game.desktop.screens.sheets_log import open_log
from game.desktop.screens.sheets_menu import open_menu
from game.desktop.screens.sheets_notes import open_notes
from game.desktop.screens.sheets_parts import Beside, OnDone
from game.desktop.screens.sheets_rewind import open_rewind
from game.desktop.text import BODY, HEADING, LABEL, NOTICE, SAYING, SMALL, STRONG, TITLE
from game.desktop.theme import MARGIN
from game.desktop.widget import Size, Widget
from game.desktop.widgets import (
    AdaptiveColumns,
    Button,
    Card,
    Label,
    Pane,
    ScrollArea,
    Sheet,
    SvgPicture,
    head_row,
    section,
)
from game.desktop.words import counted, say
from game.looks.drawings import Visit
from game.session.moments import Turn
from game.session.notation import parts_of
from game.session.table import Card as ActionCard
from game.session.table import cards, turn_lines
from game.session.words import ui
from game.session.writing import capital, uttered

_WIDE, _HIGH = 640.0, 400.0  # px that places are drawn for


class Slots(Widget):
    """The time that is left as dots: full ones are still there."""

    role = "slots"

    def __init__(self, left: int, words: str) -> None:
        super().__init__(name=words)
        self.left = left

    def measure(self, width: float) -> Size:
        return 22.0 * self.left, 20.0

    def draw(self, canvas: Canvas) -> None:
        for i in range(self.left):
            canvas.circle(self.rect.left + 9 + 22 * i, self.rect.centery, 7)


class PrepareScreen(Screen):
    """Offers what may be done away from the table; afterwards the next screen follows."""

    def __init__(self, playing: Playing) -> None:
        super().__init__()
        self.playing, self.game = playing, playing.game
        self.title = self.game.scenario.title
        self.before = self.game.phase is Phase.PREPARE
        self.wait = self.game.rules.actions.index("wait")

    # --- the page -------------------------------------------------------------------------------

    def retold(self) -> None:
        self.playing.retell(self.app)

    def build(self) -> Widget:
        scenario = self.game.scenario
        self.playing.writer = self.app.saving.writer
        place = scenario.city or scenario.title
        phase = ui("phase_prepare" if self.before else "phase_between")
        head = head_row(
            Label(f"{place} · {phase}", LABEL),
            *(
                Button(say(f"prepare.{name}"), self._opener(name), kind="quiet", hotkey=command,
                       show_key=True, name=name)
                for name, command in (
                    ("log", Command.LOG), ("notes", Command.NOTES), ("rewind", Command.REWIND),
                    ("menu", Command.BACK),
                )
            ),
        )  # fmt: skip
        main = self._preparing() if self.before else self._between()
        side = Column(*self._place(), gap=14)
        columns = AdaptiveColumns(
            [
                Pane(ui(f"ring_{'prepare' if self.before else 'between'}"),
                     ScrollArea(main), share()),
                Pane(say("prepare.where_next"), ScrollArea(side), px(400)),
            ],
            main=0, grow=1, shrink=True, gap=28,
        )  # fmt: skip
        words = "prepare.sit_down" if self.before else "prepare.let_pass"
        self.on = Button(
            say(words), self._wait, kind="filled", hotkey=Command.WAIT, show_key=True,
            name="sit down" if self.before else "let pass",
        )  # fmt: skip
        foot = Row(Spacer(), self.on, gap=12, cross="centre")
        return Column(head, *self._top(), columns, foot, gap=10, padding=(MARGIN, 14, MARGIN, 16))

    def _top(self) -> list[Widget]:
        """The title, how much time there is, what comes next."""
        left = self.game.number("slots")
        words = counted("prepare.slots", left)
        time = Row(Slots(left, words), Label(words, STRONG), gap=8, cross="centre")
        if self.before:
            lines: list[Widget] = [Label(ui("phase_prepare_help"), BODY.but(colour="muted"))]
            return [Label(say("prepare.before"), TITLE), *lines, time]
        after = self.game.number("deals") > 0
        help = say("prepare.after_signing") if after else ui("phase_between_help")
        title = next_gap(self.game) or say("prepare.between")
        return [Label(title, TITLE), Label(help, BODY.but(colour="muted")), time]

    def _preparing(self) -> Widget:
        """A card for each preparation: what it is, why, what it would give; or what was found."""
        game = self.game
        offered = {parts_of(card.text).verb: card for card in cards(game, game.hand())}
        prepared = game.number("prepared")
        made: list[Widget] = []
        number = 0
        for i, name in enumerate(PREPARATIONS):
            card = offered.get(f"prepare_{name}")
            found = getattr(game.scenario.preparation, name)
            if card is not None:
                number += 1
                gives = Label(say(f"prepare.gives_{name}"), SMALL.but(colour="ink"))
                made.append(self._card(card, number, gives))
            elif prepared >> i & 1:
                done = Label("✓ " + say("prepare.known"), SMALL, shrink=False)
                head = Row(Label(say(f"sheets.prepared_{name}"), HEADING, grow=1), done, gap=8)
                made.append(Card(head, Label(found, BODY.but(size=14)), fill="note", gap=6))
        return Beside(*made, gap=14)

    def _between(self) -> Widget:
        game = self.game
        made = [self._card(card, k) for k, card in enumerate(cards(game, game.hand()), 1)]
        beside = Beside(*made, tracks=max(1, min(3, len(made))), gap=14)
        doing = section(Label(say("prepare.what_to_do"), LABEL), beside, gap=10)
        return Column(doing, self._remained(), gap=16)

    def _card(self, card: ActionCard, number: int, *more: Widget) -> Card:
        """Something that may be done, with its number key."""
        head = Row(
            Label(str(number), HEADING.but(colour="muted"), shrink=False),
            Label(card.label, HEADING, grow=1), gap=10,
        )  # fmt: skip
        parts: list[Widget] = [head, Label(card.tempts, BODY.but(colour="muted", size=14))]
        if card.preview and not self._say_first:
            shown = card.preview if self.before else uttered(card.preview)
            parts.append(Label(shown, SAYING.but(colour="ink")))
        key = Command(str(number)) if number <= 9 else None
        return Card(*parts, *more, on_press=self._taker(card), gap=6, name=card.label, hotkey=key)

    @property
    def _say_first(self) -> bool:
        """Whether the wording is hidden until one has spoken."""
        return self.ui.settings.say_it_first and not self.playing.said_first

    def _place(self) -> list[Widget]:
        """Where one will sit, and the calendar up to there."""
        game = self.game
        meeting = next_meeting(game)
        place = Visit(place_of(meeting, _WIDE, _HIGH))
        picture = SvgPicture(place, cover=True, radius=8, height=190, name=meeting.place)
        where = Label(capital(meeting.place), NOTICE)
        now = game.number("meeting") + (not self.before)
        dates = calendar_figure(game.scenario, now, bool(game.number("rebooked")))
        return [
            Card(picture, Column(where, padding=(6, 0, 6, 2)), padding=8, gap=6),
            Card(Label(say("sheets.calendar"), LABEL), dates, gap=8, padding=14),
        ]

    def _remained(self) -> Widget:
        """What is left of the last meeting: facts told, promises open, offers on the table."""
        game = self.game
        groups = [
            ("told", short_lines(game)), ("promises", open_promises(game)),
            ("on_table", offers_standing(game)),
        ]  # fmt: skip
        parts: list[Widget] = []
        for title, texts in groups:
            lines: list[Widget] = [Label(f"· {text}", BODY.but(size=14)) for text in texts]
            if not lines and title == "told":
                lines = [Label(say("prepare.told_nothing"), SMALL)]
            if lines:
                parts.append(section(Label(say(f"prepare.{title}"), LABEL), *lines, gap=4))
        head = Label(say("prepare.remained"), HEADING)
        return Card(head, *parts, gap=12, padding=14)

    def opened(self) -> None:
        first = next((w for w in self.root.content.walk() if isinstance(w, Card) and w.can_focus),
                     self.on)  # fmt: skip
        self.focus(first)

    # --- what is done ---------------------------------------------------------------------------

    def _opener(self, name: str) -> Callable[[], object]:
        openers: dict[str, Callable[[Screen, Playing, OnDone], Sheet]] = {
            "log": open_log, "notes": open_notes, "rewind": open_rewind, "menu": open_menu,
        }  # fmt: skip
        return lambda: openers[name](self, self.playing, lambda action: None)

    def _taker(self, card: ActionCard) -> Callable[[], object]:
        return lambda: self._take(card.action)

    def _take(self, action: int) -> None:
        """Do something, show what came of it once it is written, then go on."""
        turn = self.playing.play(action)
        self.app.saving.once(lambda: self._show(turn))

    def _show(self, turn: Turn) -> None:
        kinds = ("done", "you", "event", "notice", "said", "fact")
        lines = [line for line in turn_lines(self.game, turn, len(self.game.turns))
                 if line.kind in kinds and line.text]  # fmt: skip
        if not self.before and turn.opening is not None:
            known = {said.text for said in turn.opening.said} | {turn.opening.notice}
            lines = [line for line in lines if line.text not in known]
        parts: list[Widget] = []
        for line in lines:
            style = {"fact": BODY, "said": BODY}.get(line.kind, SAYING.but(colour="ink", size=16))
            named = Label(line.name, LABEL) if line.kind == "said" else None
            words = Label(line.text, style)
            parts.append(Column(named, words, gap=2) if named is not None else words)
        if not parts:
            self._follow()
            return
        sheet = Sheet(
            turn.label, Column(*parts, gap=12), wide=560, on_close=self._follow,
            close_words="", name="found",
        )  # fmt: skip
        sheet.closable = True
        sheet.panel.add(
            Flow(Button(say("prepare.go_on"), sheet.close, kind="filled", name="go on"), main="end")
        )
        self.open(sheet)

    def _wait(self) -> None:
        self.playing.play(self.wait)
        self.app.saving.once(self._follow)

    def _follow(self) -> None:
        app = self.app
        self.playing.follow(app)
        if self.playing.problem is not None:
            app.screen.toast(say("sheets.not_saved", value=self.playing.problem))

    def on_command(self, command: Command) -> bool:
        if command is Command.MENU:
            open_menu(self, self.playing, lambda action: None)
            return True
        return super().on_command(command)
