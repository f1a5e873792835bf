"""What to do next: a moment to try again, a general exercise, another table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from game.review.labels import PASSED
from game.review.model import Moment, Move, Next, Principle, Style
from game.review.principles import principles
from game.scenario import language
from game.scenario.library import shipped
from game.scenario.load import load_scenario
from game.scenario.translated import in_language
from game.session.game import Game
from game.session.words import ui

_FAR = 0.35  # a buyer this far from the seller's own style is another kind of table


def nexts_of(
    game: Game,
    moves: Sequence[Move],
    moments: Sequence[Moment],
    style: Style,
    known: Mapping[str, Principle],
) -> tuple[Next, ...]:
    """At most three: the dearest moment again, what to practise, where to go."""
    found = []
    by_index = {move.index: move for move in moves}
    costs = [m for m in moments if m.kind != "great" and by_index[m.move].loss >= PASSED]
    costs.sort(key=lambda m: (-m.points, m.move))
    if costs:
        move = by_index[costs[0].move]
        when = ui("moment_turn", turn=move.table_turn) if move.table_turn else ui("moment_away")
        text = ui("next_try_again", value=when, move=move.action_label)
        found.append(Next("try_again", move.entry, text))
        principle = costs[0].principle
        if principle in known:
            found.append(Next("principle", principle, principles()[principle].practice))
    other = another_table(game, style)
    if other:
        found.append(Next("scenario", *other))
    return tuple(found)


def another_table(game: Game, style: Style) -> tuple[str, str] | None:
    """A shipped scenario (id, words) far from the way that was played here; None where that is
    not clear, or nothing else is shipped. Says nothing of who sits there."""
    if style.d is None:
        return None
    own = style.d
    others = [row for row in _tables(language.current()) if row[0] != game.scenario.scenario]
    far = [(abs(d - own), id, title) for id, title, d in others if abs(d - own) >= _FAR]
    if not far:
        return None
    _, id, title = max(far)
    return id, ui("next_scenario", value=title)


@cache
def _tables(tag: str) -> tuple[tuple[str, str, float], ...]:
    """Every shipped scenario: id, title, and where its buyers are on average."""
    found = []
    for id in shipped():
        scenario = in_language(load_scenario(id), tag).scenario
        means = [buyer.diffuseness.mean for buyer in scenario.buyers.values()]
        found.append((id, scenario.title, sum(means) / len(means)))
    return tuple(found)
