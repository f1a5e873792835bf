"""Hosting a workshop: which table and how, then the address and the code for everybody's phone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from game.desktop.hosting import Hosting, Told, browse
from game.desktop.input import Command
from game.desktop.layout import Column
from game.desktop.screen import Screen
from game.desktop.screens.host_parts import (
    TableOffer,
    choosing,
    of_shelf,
    refused,
    serving,
    starting,
)
from game.desktop.theme import MARGIN
from game.desktop.widget import Widget
from game.desktop.widgets import dialog
from game.desktop.words import say
from game.scenario import language
from game.scenario.sources import Source


class HostScreen(Screen):
    """Serves as long as it lives: leaving it ends the server, and asks before.

    `tables` are those of a pack; `make` starts a server in the place of the real one (tests).
    """

    room = None

    def __init__(
        self, tables: Mapping[str, Source] | None = None, make: Callable[..., Hosting] = Hosting
    ) -> None:
        super().__init__()
        self.title = say("host.title")
        self._tables, self._make = tables or {}, make
        self.chosen: list[str] = []  # ids of tables; two for two buyers to compare
        self.mode, self.phones = "round", True
        self.hosting: Hosting | None = None
        self._begun = 0  # servers so far
        self.told: Told | None = None
        self.problem = ""
        self._first: Widget | None = None

    # --- building ---------------------------------------------------------------------------

    def build(self) -> Widget:
        self.offers = of_shelf(self._tables)
        if not self.chosen and self.offers:
            self.chosen = [self.offers[0].id]
        self.page = Column(grow=1, shrink=True, gap=16)
        self._turn()
        return Column(self.page, padding=(2 * MARGIN, MARGIN))

    def opened(self) -> None:
        self.focus(self._first)

    def restyled(self) -> None:
        self._turn()

    def _turn(self, hold: bool = False) -> None:
        """Show what belongs to where things stand; with `hold` the focus stays on its like."""
        name = ""
        if hold and self.page.attached and self.root.focused is not None:
            name = self.root.focused.accessible_name
        if self.told is not None:
            parts, self._first = serving(self, self.told)
        elif self.hosting is not None:
            parts, self._first = starting(self)
        elif self.problem:
            parts, self._first = refused(self, self.problem)
        else:
            parts, self._first = choosing(self)
        self.page.replace_children(*parts)
        if self.page.attached:
            like = [w for w in self.page.walk() if w.can_focus and w.accessible_name == name]
            self.page.root.focus(like[0] if name and like else self._first)

    # --- before -----------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        """Whether what is chosen can be opened."""
        return len(self.chosen) == (2 if self.mode == "pairs" else 1)

    def choose(self, offer: TableOffer) -> None:
        """Another table; for two buyers the last two that were pressed."""
        if self.mode == "pairs":
            rest = [id for id in self.chosen if id != offer.id]
            self.chosen = rest if offer.id in self.chosen else [*rest, offer.id][-2:]
        else:
            self.chosen = [offer.id]
        self._turn(hold=True)

    def play_as(self, mode: str) -> None:
        """Another way of playing; those with tables of their own need phones."""
        self.mode = mode
        self.phones = self.phones or mode != "round"
        self.chosen = self.chosen[-2 if mode == "pairs" else -1 :]
        self._turn(hold=True)

    def with_phones(self, value: str) -> None:
        """With phones or without, which is round the table."""
        self.phones = value == "yes"
        self.play_as(self.mode if self.phones else "round")

    def begin(self, *more: str) -> None:
        """Start the server; what it says comes to `_heard`."""
        if not self.ready:
            return
        names = {offer.id: offer.name for offer in self.offers}
        words = ["--mode", self.mode, *([] if self.phones else ["--no-phones"])]
        words += ["--lang", language.nearest(language.current()) or language.SOURCE, *more]
        self._begun += 1
        now = self._begun
        self.hosting = self._make(
            self.app.call_soon,
            lambda told: self._heard(now, told),
            lambda why: self._gone(now, why),
        )
        self.told, self.problem = None, ""
        self.hosting.begin([names[id] for id in self.chosen], *words)
        self._turn()

    # --- while it serves --------------------------------------------------------------------

    def _heard(self, which: int, told: Told) -> None:
        if which != self._begun or self.hosting is None:
            return
        first, self.told = self.told is None, told
        self._turn(hold=not first)
        if first:
            self.app.hearing.mention(
                f"{say('host.join')} {told.url} {say('host.code')} {told.code}"
            )

    def _gone(self, which: int, why: str) -> None:
        if which != self._begun or self.hosting is None:
            return  # one that was ended here
        self.problem = why or say("host.ended_by_itself")
        self.hosting = self.told = None
        self._turn()

    def browse(self, what: str) -> None:
        """Open the console or the stage; its link is spent then, so new ones are asked for."""
        if self.told is not None and self.hosting is not None:
            browse(self.told.console if what == "console" else self.told.stage)
            self.hosting.order("links")

    def take_network(self, number: str) -> None:
        if self.hosting is not None:
            self.hosting.order(number)

    def begin_another(self) -> None:
        """A new session in the place of the one that went on."""
        if self.hosting is not None:
            ended, self.hosting = self.hosting, None
            ended.end()
            self.begin("--new")

    def forget(self) -> None:
        """Back to the choice, after something was refused."""
        self.problem = ""
        self._turn()

    def _end(self) -> None:
        if self.hosting is not None:
            self.hosting.end()
        self.hosting = self.told = None

    # --- leaving ----------------------------------------------------------------------------

    def leave(self) -> None:
        """To the screen before; while the server runs, only after a question."""
        if self.hosting is None:
            self.app.pop()
        else:
            self._ask(self.app.pop)

    def _ask(self, then: Callable[[], object]) -> None:
        def go() -> None:
            self._end()
            then()

        self.open(
            dialog(
                say("host.end_title"), say("host.end_text"),
                [(say("host.end_go"), go), (say("host.end_stay"), None)],
            )
        )  # fmt: skip

    def leaving(self) -> bool:
        if self.hosting is None or len(self.root.layers) > 1:
            return True  # whoever closes the window twice means it
        self._ask(self.app.quit)
        return False

    def on_command(self, command: Command) -> bool:
        if command is Command.BACK:
            self.leave()
            return True
        return super().on_command(command)

    def retold(self) -> None:
        self.title = say("host.title")
        super().retold()

    def close(self) -> None:
        self._end()
