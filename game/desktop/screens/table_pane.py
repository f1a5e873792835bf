"""The middle of the table put together: the talk, what is open, the hand, what is always there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.desktop.layout import Column, Row
from game.desktop.screens.table_sheets import opener
from game.desktop.screens.table_talk import (
    Call,
    Hand,
    LowRow,
    SayFirst,
    Talk,
    TalkPane,
    choices,
)
from game.desktop.text import BODY
from game.desktop.widgets import Button, Card, Label, RichText, ScrollArea
from game.desktop.words import say
from game.session.game import Game
from game.session.table import Card as Move
from game.session.table import Stand, cards

_WORDS = 3  # lines of a wording on a card, where letters are large
_LEAST_HAND = 120.0  # px


def index_of(game: Game, name: str) -> int:
    """The action of a name, -1 if this scenario has none."""
    names = game.rules.actions
    return names.index(name) if name in names else -1


class MiddlePane(TalkPane):
    """What is said, and what you can do about it. `choose` takes an action."""

    def __init__(
        self, game: Game, choose: Callable[[int], object], *, offer: Call, part: Call,
        everything: Call, skip: Call, spoken: Call,
    ) -> None:  # fmt: skip
        self.game, self.choose = game, choose
        self.cards: dict[str, Move] = {}
        self.hidden = False  # the wording, until one has spoken
        self.watched = ""  # the action that is looked at
        self.place = 0  # of the hand, that the arrows go to first
        self.hand = Hand(lambda id: choose(int(id)), self.watch, name=say("table.hand"))
        self.area = ScrollArea(self.hand, min_height=_LEAST_HAND)
        self.question = Card(fill="note", border=None, padding=(12, 7), visible=False)
        self.first = SayFirst(spoken)
        self.leave = Card(padding=18, gap=12, visible=False)
        self.low = LowRow(
            wait=lambda: choose(index_of(game, "wait")), offer=offer, part=part,
            everything=everything, skip=skip,
        )  # fmt: skip
        below = Column(self.question, self.first, self.area, self.leave, self.low, gap=10)
        super().__init__(Talk(grow=1), below)

    # --- while somebody speaks ----------------------------------------------------------------

    def listen(self) -> None:
        """Somebody speaks: the hand stays in view, and waits."""
        self.tip.visible = self.first.visible = self.question.visible = False
        self.place = self.hand.place
        self.root.focus(None)
        self.hand.allow(False)
        self.low.listen(True)

    # --- when it is your turn -----------------------------------------------------------------

    def deal(self, at: Stand, hidden: bool) -> None:
        """Show what is open and what can be done now; `hidden` keeps the wording back."""
        game = self.game
        legal = set(game.legal())
        self.low.listen(False)
        self._ask(at)
        self._show(cards(game, game.hand()), hidden)
        self.low.wait.enabled = index_of(game, "wait") in legal
        self.low.part.enabled = index_of(game, "part") in legal
        self.low.offer.enabled = index_of(game, "propose") in legal and opener("offer") is not None
        self.low.everything.enabled = opener("actions") is not None

    def _show(self, found: Sequence[Move], hidden: bool) -> None:
        self.cards = {str(card.action): card for card in found}
        self.hidden = self.first.visible = hidden
        self.hand.show(choices(found, hidden), _WORDS if self.root.ui.narrow else 1)
        self.hand.allow(True)
        self.watch("")

    def _ask(self, at: Stand) -> None:
        """The question that waits for an answer."""
        self.question.visible = bool(at.question)
        if at.question:
            several = sum(person.present for person in at.people) > 1
            name = self.game.scenario.buyers[at.asker].name if at.asker else ""
            key = "table.open_by" if several and name else "table.open"
            self.question.replace_children(RichText(say(key, name=name, value=at.question), BODY))

    def reveal(self) -> None:
        """You have spoken: see how it could have been put."""
        self._show(list(self.cards.values()), False)

    def watch(self, id: str) -> None:
        """An action is looked at: its whole wording stands over the oldest words."""
        self.watched = id
        card = self.cards.get(id)
        if self.low.skip.visible or self.root.ui.narrow:  # in large letters the cards say it
            card = None
        if card is not None or self.tip.visible:
            self.tip.say(card, self.hidden)

    def go_on(self, text: str, call: Call) -> None:
        """It is over here: nothing can be done but to go on."""
        self.listen()
        self.area.visible = self.low.visible = False
        self.leave.visible = True
        go = Button(say("table.go_on"), call, kind="filled")
        self.leave.replace_children(Row(Label(text, BODY, grow=1), go, gap=16, cross="centre"))
        self.root.focus(go)
