"""Three moments worth a second look, and the slow leak that no single turn shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from game.review.labels import GOOD, MARKED
from game.review.model import Moment, Move, Principle
from game.session.words import ui
from game.session.writing import inside, numeral

MOST = 3
LEAK_TURNS, LEAK_LOSS = 5, 10.0
_DEAR = 5.0  # no turn of a leak loses this much


def moments_of(moves: Sequence[Move], gains: dict[int, float]) -> tuple[Moment, ...]:
    """At most three, in the order of play: the dearest losses first, then what was found.

    `gains` holds, for great moves, the points that the next best kind of move would have lost.
    """
    found = [_cost(move) for move in moves if move.label in MARKED]
    found += [
        _missed(move) for move in moves if "missed_chance" in move.marks and move.label == "good"
    ]
    found += [_leak(run) for run in leaks(moves)]
    found.sort(key=lambda moment: (-moment.points, moment.move))
    great = [_great(move, gains[move.index]) for move in moves if move.label == "great"]
    great.sort(key=lambda moment: (-moment.points, moment.move))
    room = MOST - 1 if great else MOST
    chosen = found[:room]
    chosen += great[: MOST - len(chosen)]
    return tuple(sorted(chosen, key=lambda moment: moment.move))


def leaks(moves: Sequence[Move]) -> list[list[Move]]:
    """Runs of five turns that lose ten points together and none of them five; not overlapping."""
    at_table = [move for move in moves if move.phase == "table"]
    found: list[list[Move]] = []
    first = 0
    while first + LEAK_TURNS <= len(at_table):
        run = at_table[first : first + LEAK_TURNS]
        small = all(move.loss < _DEAR for move in run)
        if small and sum(move.loss_low for move in run) >= LEAK_LOSS:
            found.append(run)
            first += LEAK_TURNS
        else:
            first += 1
    return found


def _when(move: Move) -> str:
    if not move.table_turn:
        return ui("moment_away")
    return ui("moment_turn", turn=move.table_turn)


def _cost(move: Move) -> Moment:
    first = move.causes[0] if move.causes else None
    what = move.action_label if first is None or first.id == "spent_time" else first.text
    return Moment(
        move=move.index,
        kind=move.label,
        title=ui("moment_cost_title", value=_when(move), topic=inside(what)),
        text=ui("moment_cost", cost=_points(move.loss), move=move.best.label),
        points=move.loss,
        principle=move.principle,
    )


def _missed(move: Move) -> Moment:
    return Moment(
        move=move.index,
        kind="missed_chance",
        title=ui("moment_missed_title", value=_when(move)),
        text=ui("moment_missed", cost=_points(move.loss), move=move.best.label),
        points=move.loss,
        principle=move.principle,
    )


def _leak(run: Sequence[Move]) -> Moment:
    worst = max(run, key=lambda move: (move.loss, -move.index))
    together = sum(move.loss for move in run)
    return Moment(
        move=run[0].index,
        kind="slow_leak",
        title=ui("moment_leak_title", **{"from": run[0].table_turn, "to": run[-1].table_turn}),
        text=ui("moment_leak", cost=_points(together), turn=worst.table_turn),
        points=together,
        principle=worst.principle,
    )


def _great(move: Move, gain: float) -> Moment:
    return Moment(
        move=move.index,
        kind="great",
        title=ui("moment_great_title", value=_when(move), move=inside(move.action_label)),
        text=ui("moment_great", cost=_points(max(gain, GOOD))),
        points=gain,
        principle=move.principle,
    )


def with_principles(
    moments: Sequence[Moment], known: dict[str, Principle]
) -> tuple[Moment, ...]:  # fmt: skip
    """The moments, without principles that nobody knows."""
    return tuple(m if m.principle in known else replace(m, principle="") for m in moments)


def _points(points: float) -> str:
    """Points as they are read: whole ones from ten on."""
    return numeral(points, 0 if points >= 9.95 else 1)
