"""Every legal action by ring: search, what you would say, the good reason for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

from game.desktop.canvas import Canvas
from game.desktop.input import Pointer
from game.desktop.layout import Column, Row, share
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.sheets_offer import open_offer
from game.desktop.screens.sheets_parts import Beside, OnDone, answering
from game.desktop.text import BODY, HEADING, SAYING, SMALL, Paragraph
from game.desktop.widget import Options, Size, Widget
from game.desktop.widgets import (
    Button,
    Label,
    Pressable,
    ScrollArea,
    Sheet,
    TextInput,
)
from game.desktop.widgets import (
    Card as CardWidget,
)
from game.desktop.words import say
from game.session.hand import RINGS
from game.session.table import Card, by_ring
from game.session.words import ui
from game.session.writing import uttered

_ACROSS, _DOWN = 12.0, 6.0


def found_by(card: Card, search: str) -> bool:
    """Whether every word that was searched for begins somewhere in the action's words."""
    words = f"{card.label} {card.to_whom} {card.text} {ui(f'ring_{card.ring}')}".casefold()
    return all(part in words for part in search.casefold().split())


def _name(card: Card) -> str:
    """What an action is, and for whom."""
    if not card.to_whom:
        return card.label
    return say("sheets.to_whom", move=card.label, value=card.to_whom)


class ActionRow(Pressable):
    """An action in the list. The focus or a click shows it, Enter or a second click does it."""

    role = "action"
    radius = 8.0

    def __init__(
        self, card: Card, on_look: Callable[[Card], object], on_take: Callable[[Card], object],
        **options: Unpack[Options],
    ) -> None:  # fmt: skip
        options.setdefault("name", _name(card))
        super().__init__(lambda: on_take(card), **options)
        self.card, self.on_look = card, on_look
        self.chosen = self._ready = self._fresh = False

    def _words(self, width: float) -> Paragraph:
        return self.root.ui.text.layout(self.name, width - 2 * _ACROSS, style=BODY, most=2)

    def measure(self, width: float) -> Size:
        return width, self._words(width).height + 2 * _DOWN

    def draw(self, canvas: Canvas) -> None:
        if self.chosen:
            canvas.card(self.rect, "card", "ink", self.radius, 1.5)
        elif self.hovered:
            canvas.card(self.rect, "hover", "line", self.radius)
        words = self._words(self.rect.width)
        y = self.rect.centery - words.height / 2
        canvas.words(words, self.rect.left + _ACROSS, y)

    def on_focus(self, gained: bool) -> None:
        self._fresh = gained  # a click brings the focus before it arrives itself
        if gained:
            self.on_look(self.card)

    def on_pointer(self, event: Pointer) -> bool:
        if event.kind == "down":
            self._ready, self._fresh = self.chosen and not self._fresh, False
            self.on_look(self.card)
            return True
        if event.kind == "up":
            if self._ready and self.rect.collidepoint(event.x, event.y):
                self.activate()
            return True
        return event.kind == "move"


class _Actions:
    """The list and what is shown of the chosen action."""

    def __init__(self, playing: Playing, hide_words: bool) -> None:
        self.groups = by_ring(playing.game)
        self.hide_words = hide_words
        self.take: Callable[[Card], object] = lambda card: None
        self.chosen: Card | None = None
        self.rows: list[ActionRow] = []
        self.list = Column(gap=2)
        self.head = Label("", HEADING, grow=1)
        self.words = Label("", SAYING.but(colour="ink", size=16.5))
        self.reason = Label("", BODY.but(colour="muted"))
        self.do = Button(say("sheets.do_this"), self._do, kind="filled", name="do")
        self.search("")

    def search(self, text: str) -> None:
        """List what fits; the first of it is shown."""
        parts: list[Widget] = []
        self.rows = []
        for ring, cards in self.groups.items():
            fitting = [card for card in cards if found_by(card, text)]
            if not fitting:
                continue
            heading = ui(f"ring_{ring}")
            if ring in RINGS:
                heading = f"{heading} · {ui(f'ring_{ring}_help')}"
            title = Label(heading, SMALL.but(face="sans-bold"))
            parts.append(Column(title, padding=(0, 8, 0, 2)))
            rows = [ActionRow(card, self.look, self._take) for card in fitting]
            self.rows += rows
            parts += rows
        self.list.replace_children(*(parts or [Label(say("sheets.none_found"), BODY)]))
        if self.rows:
            self.look(self.rows[0].card)
        self.do.enabled = bool(self.rows)

    def look(self, card: Card) -> None:
        """Show an action at length."""
        self.chosen = card
        for row in self.rows:
            if row.chosen is not (row.card is card):
                row.chosen = row.card is card
                row.invalidate()
        self.head.text = _name(card)
        preview = "" if self.hide_words else card.preview
        self.words.text = uttered(preview)
        self.words.visible = bool(preview)
        self.reason.text = card.tempts
        self.reason.visible = bool(card.tempts)
        self.do.text = say("sheets.compose_this" if card.verb == "propose" else "sheets.do_this")

    def _take(self, card: Card) -> None:
        self.take(card)

    def _do(self) -> None:
        if self.chosen is not None:
            self.take(self.chosen)

    def first(self, text: str) -> None:
        """Enter in the search takes the focus to the first that was found."""
        if self.rows:
            self.rows[0].root.focus(self.rows[0], ring=True)


def open_actions(screen: Screen, playing: Playing, on_done: OnDone) -> Sheet:
    """All actions; answers the one that is taken, an offer that is composed, or None."""
    hide = screen.ui.settings.say_it_first and not playing.said_first
    actions = _Actions(playing, hide)
    search = TextInput(
        hint=say("sheets.search"), on_change=actions.search, on_enter=actions.first, name="search"
    )
    head = Row(actions.head, actions.do, gap=12, cross="start")
    details = CardWidget(head, actions.words, actions.reason, gap=10)
    listed = ScrollArea(actions.list, grow=1, min_height=120)
    shown = ScrollArea(details, grow=1, min_height=120)
    both = Beside(listed, shown, tracks=[share(1.15), share()], fill=True, gap=18, grow=1)
    content = Column(search, both, gap=12, grow=1)
    sheet = Sheet(
        ui("table_all_actions"), content, close_words=say("sheets.close"), wide=920, scroll=False,
        name="actions",
    )  # fmt: skip
    answer = answering(sheet, on_done)

    def take(card: Card) -> None:
        if card.verb != "propose":
            answer(card.action)
            return
        sheet.on_close = None  # the offer answers in its place
        sheet.close()
        open_offer(screen, playing, on_done)

    actions.take = take
    screen.open(sheet)
    return sheet
