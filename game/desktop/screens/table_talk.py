"""The middle of the table: what was said, the hand, and what each action would say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.layout import Column
from game.desktop.text import LABEL, SAYING, SMALL
from game.desktop.widget import Options, Size, Widget
from game.desktop.widgets import Choice, ChoiceCard, ChoiceList, DialogueColumn, Label, Utterance
from game.desktop.words import say
from game.session.table import Card, Line
from game.session.words import ui

_NARRATED = ("wait", "dodge", "inform", "visit", "deliver")
_TIP_GAP = 6.0


def utterance(line: Line, narrow: bool) -> Utterance | None:
    """A line as the column shows it; None for what is shown beside it.

    Where the sides are tabs (`narrow`), what would stand there comes into the column.
    """
    if line.kind == "said":
        return Utterance("buyer", line.name, line.text)
    if line.kind in ("you", "done"):
        label = say("table.you_did", value=line.label) if line.label else ui("table_you")
        return Utterance("you", label, line.text) if line.text else Utterance("aside", label, "")
    if line.kind in ("notice", "boss") and not narrow:
        return None
    labels = {
        "notice": say("table.you_notice"), "boss": ui("boss_from"), "event": say("table.happened"),
        "fact": say("table.in_notebook"), "deal": say("table.agreed"), "gap": "", "place": "",
    }  # fmt: skip
    return Utterance("aside", labels[line.kind], line.text)


def since_arrival(lines: Sequence[Line]) -> list[Line]:
    """The lines of the meeting that is held now."""
    starts = [i for i, line in enumerate(lines) if line.kind == "place"]
    return list(lines[starts[-1] :] if starts else lines)


def choices(cards: Sequence[Card], hidden: bool) -> list[Choice]:
    """Cards as numbered actions; `hidden` keeps back what one would say."""
    return [
        Choice(str(card.action), card.label, say("table.hidden") if hidden else spoken(card),
               card.to_whom)
        for card in cards
    ]  # fmt: skip


def spoken(card: Card) -> str:
    """What one would say or do with a card."""
    text = card.preview
    told = text.startswith("(") or (card.verb in _NARRATED and text.startswith("You "))
    return text if told or not text else say("table.said", value=text)


class HandCard(ChoiceCard):
    """A card that tells when it is looked at."""

    def on_focus(self, gained: bool) -> None:
        hand = self.parent
        if isinstance(hand, Hand):
            hand.watched(self if gained and self.root.ring else None)


class Hand(ChoiceList):
    """The actions at hand; `on_watch(action id or "")` hears which one is looked at."""

    def __init__(
        self, on_choose: Callable[[str], object], on_watch: Callable[[str], object],
        **options: Unpack[Options],
    ) -> None:  # fmt: skip
        self.on_watch = on_watch
        super().__init__((), on_choose, **options)

    def show(self, choices: Sequence[Choice], lines: int | None = None) -> None:
        held = next((i for i, child in enumerate(self.children) if child.focused), None)
        self.choices = list(choices)
        self.lines = self.lines if lines is None else lines
        cards = [
            HandCard(choice, i if i <= 9 else 0, self._chooser(choice), lines=self.lines)
            for i, choice in enumerate(self.choices, self.first)
        ]
        self.replace_children(*cards)
        if held is not None and self.attached and cards:
            self.root.focus(cards[min(held, len(cards) - 1)])

    def watched(self, card: ChoiceCard | None) -> None:
        self.on_watch(card.choice.id if card is not None and card.enabled else "")

    def allow(self, on: bool) -> None:
        """Let actions be taken, or not while somebody speaks."""
        self.enabled = on
        for card in self.children:
            card.enabled = on


class Tip(Column):
    """The whole wording of the action that is looked at, and the good reason for it."""

    role = "tip"

    def __init__(self) -> None:
        self.what = Label("", LABEL, most=1)
        self.words = Label("", SAYING.but(size=16.0, colour="ink"), most=5)
        self.reason = Label("", SMALL, most=3)
        super().__init__(self.what, self.words, self.reason, gap=4, padding=(14, 10, 14, 12))
        self.visible = False

    def say(self, card: Card | None, hidden: bool) -> None:
        """Show a card's words; nothing for None."""
        wording = "" if card is None or hidden else spoken(card)
        if card is None or not (wording or card.tempts):
            self.visible = False
            return
        self.what.text = say("table.would_say") if wording else say("table.say_first")
        self.words.text = wording
        self.words.visible = bool(wording)
        self.reason.text = card.tempts
        self.reason.visible = bool(card.tempts)
        self.visible = True

    def hit(self, x: float, y: float) -> Widget | None:
        return None  # what lies beneath stays in reach

    def draw(self, canvas: Canvas) -> None:
        canvas.card(self.rect, "note", "line", 10)


class TalkPane(Widget):
    """The column of talk with the hand at its foot, and the tip over the talk just above it."""

    role = "talk"

    def __init__(self, talk: DialogueColumn, below: Widget, **options: Unpack[Options]) -> None:
        super().__init__(**options)
        self.column = self.add(Column(talk, below, gap=12))
        self.below, self.tip = below, self.add(Tip())

    def measure(self, width: float) -> Size:
        return self.column.size(width)

    def least(self, width: float) -> float:
        return self.column.least(width)

    def layout(self) -> None:
        self.column.arrange(self.rect)
        if not self.tip.visible:
            return
        bottom = self.below.rect.top - _TIP_GAP
        high = min(self.tip.size(self.rect.width)[1], max(0.0, bottom - self.rect.top))
        place = pygame.FRect(self.rect.left, bottom - high, self.rect.width, high)
        self.tip.arrange(place)
