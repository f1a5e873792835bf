"""A move tried again: which moment of the profile it is a try of, and what it was worth.

The loss of a try is that of its first move, weighed as a review of that line would weigh it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.core.view import view_for
from game.policies.shelf import strong_script
from game.policies.worth import REVIEW_STAGES, Stage, Weigher
from game.review.labels import verdict
from game.review.positions import position_of
from game.review.profile_records import Book, Moment, digest_of, played
from game.review.review import approvals_of
from game.review.schedule import passes
from game.session.game import Game
from game.session.moments import Turn
from game.session.notation import format_action


@dataclass(frozen=True, slots=True)
class TryResult:
    """The first move of a try against the best there; `loss` and `low` in points of score."""

    entry: str  # of the transcript
    action: str  # notation
    label: str  # in words
    loss: float  # against the best
    low: float  # lower 95 % bound of the loss
    approved: bool  # by whoever wrote the scenario
    best: str  # the strongest move, in notation
    best_label: str

    @property
    def counted(self) -> float:
        """The loss that is kept, to two decimals; what is approved costs nothing here too."""
        return 0.0 if self.approved else round(self.loss, 2)

    @property
    def passed(self) -> bool:
        return passes(self.counted)


def first_move(game: Game) -> Turn | None:
    """What was done first in the try that the game stands in; None before that, or in no try."""
    begun = game.transcript.trying
    if not begun:
        return None
    path = [entry.id for entry in game.transcript.path()]
    since = set(path[path.index(begun) :])
    return next((turn for turn in game.turns if turn.entry in since), None)


def try_loss(game: Game, stages: Sequence[Stage] = REVIEW_STAGES) -> TryResult:
    """What the first move of the try was worth that the game stands in.

    From the same belief, rollouts and chance as a review of the line with these stages, so the
    numbers are the same. Raises ValueError where no such move was made, and
    :class:`ScenarioError` R009 as a review does.
    """
    first = first_move(game)
    if first is None:
        raise ValueError("nothing has been tried yet")
    approvals = approvals_of(game)
    weigher = Weigher(game.rules, strong_script(game.rules))
    sample = max(stage.rollouts for stage in stages)
    asked = position_of(game, weigher, sample, game.turns.index(first))
    *_, (table,) = weigher.weigh(asked.asked([0], sample), stages)
    state = asked.all[0].state
    approved = approvals.approves(first.action, view_for(game.rules, state))
    found = verdict(game.rules, table, first.action, state, approved)
    best = int(table.actions[table.best])
    return TryResult(
        entry=first.entry,
        action=first.text,
        label=first.label,
        loss=found.loss,
        low=found.low,
        approved=approved,
        best=format_action(game.rules, best),
        best_label=game.words.move_label(best),
    )


def moment_tried(book: Book, game: Game) -> Moment | None:
    """The moment of a profile that the game stands in a try of, None for none.

    The file need not be the profile's own copy: what it was when it was reviewed tells it.
    """
    transcript = game.transcript
    begun = next((e for e in transcript.entries if e.id == transcript.trying), None)
    if begun is None:
        return None
    entry = begun.data["try"]
    known = {m.transcript: m for m in book.moments if m.entry == entry}
    if not known:
        return None
    ids = [e.id for e in transcript.entries]
    for head in reversed(ids[ids.index(entry) : ids.index(begun.id)]):
        found = known.get(digest_of(played(transcript, head)))
        if found is not None:
            return found
    return None
