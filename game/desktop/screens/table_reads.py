"""Your reads at the table: kept once a mark rests, asked for when they are due."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.table_sheets import AskRead

_SETTLED = 0.7  # seconds a mark must rest before it is kept


class ReadKeeper:
    """Keeps reads in the game; `on_kept()` is called when some were."""

    def __init__(self, screen: Screen, playing: Playing, on_kept: Callable[[], object]) -> None:
        self.screen, self.playing, self.on_kept = screen, playing, on_kept
        self._moving: dict[str, tuple[float, int]] = {}
        self._moves = 0
        self._asked_at = -1  # turns that were played when somebody's read was asked for last
        self._asked: set[tuple[str, bool]] = set()  # whose, and whether before an offer

    def mark(self, buyer: str, place: float, sure: int) -> None:
        """A mark was moved; dragging it is no read yet."""
        self._moving[buyer] = (place, sure)
        self._moves += 1
        move = self._moves
        self.screen.after(_SETTLED, lambda: self.keep() if move == self._moves else None)

    def keep(self) -> None:
        """Keep what was marked; nobody waits for that."""
        moved, self._moving = self._moving, {}
        kept = False
        for buyer, (place, sure) in moved.items():
            read = (place, (sure - 1) / 2)
            if self.playing.game.reads.get(buyer) != read and not self.playing.game.ended:
                self.playing.read(*read, buyer)
                kept = True
        if kept:
            self.playing.writer.then(self.on_kept)

    def ask(
        self, buyers: Sequence[str], before_offer: bool, then: Callable[[], object]
    ) -> None:  # fmt: skip
        """Ask for reads that are due, each once after some turns and once before an offer."""
        due = [buyer for buyer in buyers if (buyer, before_offer) not in self._asked]
        self._asked |= {(buyer, before_offer) for buyer in due}
        turns = len(self.playing.game.turns)
        just_asked, self._asked_at = turns == self._asked_at, turns if due else self._asked_at
        if not due or just_asked:
            then()
            return

        def done() -> None:
            self.playing.writer.then(self.on_kept)
            then()

        self.screen.open(AskRead(self.playing, due, before_offer, done))
