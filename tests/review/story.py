"""A review from a script: what it says adds up, from par by skill and luck to the score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import exp
from typing import Any

from game.review.model import (
    Accuracy,
    Buyer,
    Cause,
    Move,
    Option,
    Part,
    Review,
    Said,
    Style,
    Term,
    TrustMove,
)

_CUTS = ((2.0, "best"), (5.0, "good"), (10.0, "inaccuracy"), (20.0, "mistake"))


@dataclass(frozen=True, slots=True)
class Play:
    """One line of a script that a review is made from; points of the score, trust in [0, 1]."""

    action: str
    label: str
    loss: float = 0.0
    luck: float = 0.0
    radius: float = 2.0
    comfort: float = 2.2
    own: str = ""
    notice: str = ""
    said: tuple[str, ...] = ()
    thought: str = ""
    told: str = ""
    event: str = ""
    trust: tuple[float, ...] = ()  # after the move, a buyer each
    better: tuple[str, str] = ("ask_indirect:service", "Ask indirectly about service")
    phase: str = "table"
    meeting: int = 1
    as_label: str = ""
    marks: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    principle: str = ""
    face_up: float | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Everything else that a review says about a script."""

    names: tuple[tuple[str, str], ...] = (("kang", "Kang Dae-jung"),)
    par: float = 52.0
    trust: tuple[float, ...] = (0.12,)
    extra: dict[str, Any] = field(default_factory=dict)


def move_accuracy(loss: float) -> float:
    """0-100, falling with the loss."""
    return min(100.0, max(0.0, 103.17 * exp(-0.04354 * loss) - 3.17))


def label_of(loss_low: float) -> str:
    return next((name for cut, name in _CUTS if loss_low < cut), "blunder")


# --- what else could have been done -------------------------------------------------------------

OTHERS = (
    ("greet", "Greet, and take your time"), ("share_meal", "Share a meal"),
    ("ask_history", "Ask about their history"), ("tell_own", "Tell something of your own"),
    ("praise_house", "Say what you admire here"), ("pay_respect", "Honour rank and experience"),
    ("ask_indirect:delivery", "Ask indirectly about the start of the line"),
    ("follow_up", "Follow up on what was said"), ("set_agenda", "Suggest an agenda"),
    ("demonstrate", "Show how it works"), ("wait", "Wait"), ("nudge", "Nudge toward the matter"),
    ("ask_direct:delivery", "Ask directly about the start of the line"),
    ("push_agenda", "Insist on the agenda"), ("part", "Part, and leave the door open"),
    ("ask_direct:price_eur", "Ask directly about the price"),
    ("disagree_hard", "Contradict openly"), ("bluff", "Mention another interested party"),
)  # fmt: skip


def _options(play: Play, best: float) -> tuple[Option, ...]:
    """Every legal action, best first; the move itself and the better one among them."""
    found: dict[str, tuple[str, float]] = {play.action: (play.label, play.loss)}
    if play.loss > 0:
        found[play.better[0]] = (play.better[1], 0.0)
    for k, (action, label) in enumerate(OTHERS):
        found.setdefault(action, (label, 0.6 + 1.7 * k))
    ranked = sorted(found.items(), key=lambda item: (item[1][1], item[0]))
    return tuple(
        Option(action, label, best - loss, loss, 384 if k < 3 else 96 if k < 6 else 24)
        for k, (action, (label, loss)) in enumerate(ranked)
    )


def _only(play: Play, best: float) -> tuple[Option, ...]:
    return (Option(play.action, play.label, best, 0.0, 384),)


# --- a review from a script -----------------------------------------------------------------------


def review_of(plays: Sequence[Play], story: Story) -> Review:
    """The script as a review; worth, skill and luck add up from par to the score."""
    before = story.par
    trust = story.trust
    moves: list[Move] = []
    turns: dict[int, int] = {}
    table_turn = 0
    for index, play in enumerate(plays, 1):
        at_table = play.phase in ("table", "after")
        if at_table:
            turns[play.meeting] = turns.get(play.meeting, 0) + 1
            table_turn += 1
        move = _move(play, index, before, trust, story)
        moves.append(
            replace(
                move,
                turn=turns.get(play.meeting, 0) if at_table else 0,
                table_turn=table_turn if at_table else 0,
            )
        )
        trust = play.trust or trust
        before = move.worth + play.luck
    skill = story.par + sum(move.skill for move in moves)
    score = skill + sum(move.luck for move in moves)
    base: dict[str, Any] = {
        "scenario": "seoul",
        "title": "The noodle press",
        "transcript": "sha256:" + "3f9a" * 16,
        "head": f"e{len(moves)}",
        "seed": 54,
        "help": "plain",
        "blind": False,
        "ended": True,
        "hints": 0,
        "coached": 0,
        "undone": 0,
        "stage": 4,
        "stages": 4,
        "ending": "agreement",
        "ending_title": "Agreed, thinly",
        "deal": "36.40 EUR per unit, 36 months, start in April, service next working day",
        "score": score,
        "par": story.par,
        "skill": skill,
        "luck": score - skill,
        "parts": _parts(score),
        "accuracy": accuracy_of(moves),
        "moves": tuple(moves),
        "moments": (),
        "reads": (),
        "style": Style(None, table_turn, ""),
        "buyers": tuple(
            Buyer(id, name, 0.86 - 0.6 * k, "a line that runs in March", "the first noodle press",
                  "the brother on the board")
            for k, (id, name) in enumerate(story.names)
        ),
        "facts": (),
        "principles": (),
        "next": (),
        "letter": "",
    }  # fmt: skip
    return Review(**{**base, **story.extra})


def accuracy_of(moves: Sequence[Move]) -> Accuracy:
    """The weighted means of the moves that decided something."""
    terms = [(m.phase, Term(m.index, m.loss, m.accuracy, m.stake)) for m in moves if m.stake > 0]
    phases = {
        phase: _mean([term for name, term in terms if name == phase])
        for phase in dict.fromkeys(name for name, _ in terms)
    }
    every = tuple(term for _, term in terms)
    return Accuracy(_mean(every) if every else None, phases, every)


def _mean(terms: Sequence[Term]) -> float:
    return sum(t.accuracy * t.weight for t in terms) / sum(t.weight for t in terms)


def _parts(score: float) -> tuple[Part, ...]:
    """Three parts that make the score; the relationship takes what is left."""
    seller, buyer = 0.8 * score / 100, min(1.0, 1.4 * score / 100)
    rest = (score / 100 - 0.4 * seller - 0.2 * buyer) / 0.4
    return Part("seller", seller, 0.4), Part("buyer", buyer, 0.2), Part("relationship", rest, 0.4)


def _move(
    play: Play, index: int, before: float, trust: tuple[float, ...], story: Story
) -> Move:  # fmt: skip
    only = play.as_label == "only"
    best = before if only else before + 0.4
    options = (_only if only else _options)(play, best)
    low = 0.7 * play.loss
    worth = best - play.loss
    lead = story.names[0][1]
    return Move(
        index=index, entry=f"e{index}", phase=play.phase, meeting=play.meeting, turn=0,
        table_turn=0, action=play.action, action_label=play.label, radius=play.radius,
        own=play.own, event=play.event,
        notices=(Said(lead, play.notice),) if play.notice else (),
        said=tuple(
            Said(story.names[k % len(story.names)][1], text) for k, text in enumerate(play.said)
        ),
        thought=Said(lead, play.thought) if play.thought else None,
        told=play.told, before=before, before_low=before - 2.6, before_high=before + 2.6,
        worth=worth, loss=play.loss, loss_low=low,
        stake=0.0 if only else 3.0 + 0.25 * play.loss,
        accuracy=100.0 if only else move_accuracy(play.loss),
        skill=worth - before, luck=play.luck, label=play.as_label or label_of(low),
        marks=play.marks, best=options[0], options=options,
        trust=_trust(play, trust, story), causes=play.causes, principle=play.principle,
        comfort=play.comfort, face_up=play.face_up,
    )  # fmt: skip


def _trust(play: Play, trust: tuple[float, ...], story: Story) -> tuple[TrustMove, ...]:
    if not play.trust:
        return ()
    return tuple(
        TrustMove(
            id, name, old, new, ability=round(0.2 * (new - old), 3),
            benevolence=round(1.4 * (new - old), 3), integrity=round(0.5 * (new - old), 3),
            state="fair_game" if new < old - 0.08 else "acquainted" if new > 0.25 else "stranger",
        )
        for (id, name), old, new in zip(story.names, trust, play.trust, strict=True)
    )  # fmt: skip
