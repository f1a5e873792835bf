"""What the seller says with a move and to whom; away from the table nobody hears a wait."""

from __future__ import annotations

from collections.abc import Sequence

from game.core.rules import Col, Offers, Rules
from game.core.view import View
from game.core.vocabulary import Phase
from game.session.lines import Heard
from game.session.notation import format_action, parts_of
from game.session.wording import Wording
from game.session.words import Occasion, Words, ui


class OwnWords:
    """Labels and lines of one game's moves. Views are of one row."""

    def __init__(self, rules: Rules, words: Words, wording: Wording, seed: int) -> None:
        self.rules, self.words, self.wording, self.seed = rules, words, wording, seed
        self._wait = rules.actions.index("wait")
        self._propose = rules.actions.index("propose")

    def label(self, view: View, action: int) -> str:
        """What an action is, in a few words."""
        if self._passes(view, action):
            at_home = int(view["phase"][0]) == Phase.PREPARE
            return ui("calendar_sit_down" if at_home else "calendar_let_pass")
        demand = int(view["demand"][0])
        name = self.words.label(self.rules.demands[demand]) if demand >= 0 else ""
        return self.words.move_label(action, name)

    def line(
        self, view: View, ply: int, action: int, package: int, present: Sequence[str], heard: Heard
    ) -> tuple[str, str] | None:
        """(id, text) of what is said with an action; None when every wording of it is spent.

        `package` is the one that it would put up or sign, -1 none.
        """
        if self._passes(view, action):
            return None
        named = parts_of(format_action(self.rules, action)).buyer or self._speaker(view, present)
        who = self.rules.buyers.names.index(named)
        values = self.wording.own_values(action, package, int(view["demand"][0]), who)
        if self._trades(view, action, package):
            action = self._propose  # a step for him, at a higher price
        return self.words.own_line(action, self._occasion(view, ply), heard, values)

    def _occasion(self, view: View, ply: int) -> Occasion:
        limits = self.rules.calendar.turns
        turns = int(limits[min(int(view["meeting"][0]) - 1, len(limits) - 1)])
        guess, after = int(view["trust_state"][0]), int(view["phase"][0]) == Phase.AFTER
        return Occasion(self.seed, ply, int(view["turn"][0]) - 1, turns, guess, after)

    def _passes(self, view: View, action: int) -> bool:
        """Whether it means letting time pass away from the table: nobody hears it."""
        away = int(view["phase"][0]) in (Phase.PREPARE, Phase.BETWEEN)
        return away and action == self._wait

    def _trades(self, view: View, action: int, package: int) -> bool:
        """Whether a step toward them gives on other points and asks a higher price for it."""
        levels, mine = self.rules.bargain.price_level, int(view["mine"][0])
        steps = self.rules.columns[Col.OFFERS, action] == Offers.NEXT
        return bool(steps) and mine >= 0 and bool(levels[package] > levels[mine])

    def _speaker(self, view: View, present: Sequence[str]) -> str:
        """Who answers what is said to the whole table: the first there with a say, if any has."""
        buyers = self.words.scenario.buyers
        at_table = int(view["phase"][0]) in (Phase.TABLE, Phase.AFTER)
        here = present if at_table else tuple(buyers)
        return next((b for b in here if buyers[b].say), here[0])
