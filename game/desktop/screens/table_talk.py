"""The middle of the table: what was said, the hand, and what each action would say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.input import Command
from game.desktop.layout import Column, Flow, Row
from game.desktop.text import LABEL, SAYING, SMALL
from game.desktop.widget import Options, Size, Widget
from game.desktop.widgets import (
    Button,
    Choice,
    ChoiceCard,
    ChoiceList,
    DialogueColumn,
    Label,
    Utterance,
)
from game.desktop.words import say
from game.session.table import Card, Line
from game.session.words import ui
from game.session.writing import heading_of, uttered

_MOST_NEWEST = (330.0, 290.0)  # px that the newest words may claim; less where letters are large
_TAG = 12  # letters of a name beside an action's title
_FADED = 22.0  # px at the top of the talk

Call = Callable[[], object]


def utterance(line: Line, before: Line | None = None) -> Utterance | None:
    """A line as the column shows it; None for what is shown beside it.

    `before` is the line before it: whoever goes on speaking is not named again.
    """
    if line.kind == "said":
        goes_on = before is not None and before.kind == "said" and before.speaker == line.speaker
        return Utterance("buyer", "" if goes_on else line.name, line.text)
    if line.kind in ("you", "done"):
        # What follows a colon in a label is said in the words themselves.
        did = heading_of(line.label) if line.text else line.label
        label = say("table.you_did", value=did) if did else ui("table_you")
        return Utterance("you", label, line.text) if line.text else Utterance("aside", label, "")
    if line.kind in ("notice", "boss", "fact"):
        return None
    labels = {
        "event": say("table.happened"), "deal": say("table.agreed"), "gap": "", "place": "",
    }  # fmt: skip
    return Utterance("aside", labels[line.kind], line.text)


def utterances(lines: Sequence[Line]) -> list[Utterance]:
    """All lines as the column shows them."""
    before = [None, *lines[:-1]]
    said = [utterance(a, b) for a, b in zip(lines, before, strict=True)] if lines else []
    return [one for one in said if one is not None]


def since_arrival(lines: Sequence[Line]) -> list[Line]:
    """The lines of the meeting that is held now."""
    starts = [i for i, line in enumerate(lines) if line.kind == "place"]
    return list(lines[starts[-1] :] if starts else lines)


def choices(cards: Sequence[Card], hidden: bool) -> list[Choice]:
    """Cards as numbered actions; `hidden` keeps back what one would say."""
    firsts = {card.to_whom: card.to_whom.split(" ")[0] for card in cards}
    whom = firsts if len(set(firsts.values())) == len(firsts) else {full: full for full in firsts}
    whom = {k: v if len(v) <= _TAG else v[: _TAG - 1] + "…" for k, v in whom.items()}
    return [
        Choice(str(card.action), card.label, say("table.hidden") if hidden else spoken(card),
               whom[card.to_whom])
        for card in cards
    ]  # fmt: skip


def spoken(card: Card) -> str:
    """What one would say or do with a card."""
    return uttered(card.preview)


class Talk(DialogueColumn):
    """The column of talk; room is kept for the newest words as a whole, if there is any way to."""

    def least(self, width: float) -> float:
        if not self.said:
            return 0.0
        most = _MOST_NEWEST[self.root.ui.narrow]
        return min(self._parts(len(self.said) - 1, width)[2], most)


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

    @property
    def place(self) -> int:
        """The place of the action that has the focus, 0 if none has."""
        return next((i for i, card in enumerate(self.children) if card.focused), 0)

    def go_to(self, place: int) -> None:
        """Give the focus to the action at a place, or to the last one."""
        cards = [card for card in self.children if card.can_focus]
        if cards:
            self.root.focus(cards[min(place, len(cards) - 1)], ring=True)

    def watched(self, card: ChoiceCard | None) -> None:
        self.on_watch(card.choice.id if card is not None and card.enabled else "")

    def allow(self, on: bool) -> None:
        """Let actions be taken, or not while somebody speaks."""
        self.enabled = on
        for card in self.children:
            card.enabled = on


class LowRow(Row):
    """What is always there: wait, offer, part, all actions."""

    def __init__(
        self, *, wait: Call, offer: Call, part: Call, everything: Call, skip: Call
    ) -> None:  # fmt: skip
        def pill(words: str, call: Call, command: Command, kind: str = "pill") -> Button:
            return Button(words, call, kind=kind, hotkey=command, show_key=True)

        self.wait = pill(ui("table_wait"), wait, Command.WAIT)
        self.offer = pill(ui("table_offer"), offer, Command.OFFER)
        self.part = pill(ui("table_part"), part, Command.PART)
        self.everything = pill(say("table.all"), everything, Command.ALL, "quiet")
        self.skip = pill(say("table.skip"), skip, Command.SKIP, "quiet")
        self.skip.visible = False
        pills = Flow(self.wait, self.offer, self.part, gap=8, grow=1)
        super().__init__(pills, self.everything, self.skip, gap=8, cross="centre")

    def listen(self, on: bool) -> None:
        """While somebody speaks the rest of it can be skipped, and nothing else done."""
        self.skip.visible, self.everything.visible = on, not on
        if on:
            for one in (self.wait, self.offer, self.part, self.everything):
                one.enabled = False


class SayFirst(Row):
    """Asks to say it aloud before the wording is shown; pressing or pointing at it is enough."""

    def __init__(self, spoken: Call) -> None:
        self.button = Button(
            say("table.spoken"), spoken, kind="pill", hotkey=Command.SPOKEN, show_key=True
        )
        words = Label(say("table.say_first"), SMALL, grow=1)
        super().__init__(words, self.button, gap=12, cross="centre")
        self.visible = False


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


class Fade(Widget):
    """Where the talk leaves at the top, words grow paler instead of being cut through."""

    role = "fade"

    def hit(self, x: float, y: float) -> Widget | None:
        return None

    def draw(self, canvas: Canvas) -> None:
        paper = canvas.colour("paper")

        def paint(strip: pygame.Surface, px: float) -> None:
            high = strip.get_height()
            for y in range(high):
                colour = (paper.r, paper.g, paper.b, round(255 * (1 - y / high)))
                strip.fill(colour, (0, y, strip.get_width(), 1))

        key = ("fade", tuple(paper))
        strip = canvas.sprite(key, self.rect.width, self.rect.height, paint, over=1)
        canvas.image(strip, self.rect)


class TalkPane(Widget):
    """The column of talk with the hand at its foot; the tip lies over the oldest words."""

    role = "talk"

    def __init__(self, talk: DialogueColumn, below: Widget, **options: Unpack[Options]) -> None:
        super().__init__(**options)
        self.talk = talk
        self.column = self.add(Column(talk, below, gap=12))
        self.fade = self.add(Fade())
        self.tip = self.add(Tip())

    def measure(self, width: float) -> Size:
        return self.column.size(width)

    def least(self, width: float) -> float:
        return self.column.least(width)

    def layout(self) -> None:
        r = self.rect
        self.column.arrange(r)
        self.fade.arrange(pygame.FRect(r.left, r.top, r.width, min(_FADED, r.height)))
        if self.tip.visible:
            high = self.tip.size(r.width)[1]
            if high > self.talk.rect.height and self.tip.reason.visible:
                self.tip.reason.visible = False  # arranged once more
            self.tip.arrange(pygame.FRect(r.left, r.top, r.width, high))
