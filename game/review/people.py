"""Who sat there: what only a review may show of the buyers, their trust and their facts."""

from __future__ import annotations

from game.core.state import State
from game.core.trust import subject_of
from game.core.vocabulary import Belief
from game.review.model import Buyer, FactDot, TrustMove
from game.session.game import Game
from game.session.moments import Truth


def buyers_of(game: Game, start: State) -> tuple[Buyer, ...]:
    """Every buyer as drawn; `start` is the state before the first move, one row."""
    found = []
    for b, id in enumerate(game.rules.buyers.names):
        person = game.scenario.buyers[id]
        needs = game.rules.needs_names[b]
        need = needs[int(start.need[b, 0])] if needs else ""
        topics = game.rules.topics
        found.append(
            Buyer(
                id=id,
                name=person.name,
                d=float(start.d[b, 0]),
                need=person.needs[need].label if need in person.needs else "",
                welcome=game.words.label(topics[int(start.welcome[b, 0])]) if topics else "",
                sore=game.words.label(topics[int(start.sore[b, 0])]) if topics else "",
            )
        )
    return tuple(found)


def facts_of(game: Game, ended: bool) -> tuple[FactDot, ...]:
    """The scenario's facts; before the end only those that were told."""
    told = {turn.fact for turn in game.turns}
    return tuple(
        FactDot(
            id=id,
            label=game.words.name(fact.about),
            buyer=fact.buyer or "",
            depth=fact.depth,
            told=id in told,
        )
        for id, fact in game.scenario.facts.items()
        if ended or id in told
    )


def trust_moves(game: Game, truth: Truth, before: State, after: State) -> tuple[TrustMove, ...]:
    """Trust and the three beliefs of everybody who was there, over one turn."""
    found = []
    group = int(subject_of(game.rules, before.deal)[0])
    change = after.beliefs[:, group, :, 0] - before.beliefs[:, group, :, 0]
    for b in truth.happening.present:
        id = game.rules.buyers.names[b]
        found.append(
            TrustMove(
                buyer=id,
                name=game.scenario.buyers[id].name,
                before=float(before.trust[b, 0]),
                after=float(after.trust[b, 0]),
                ability=float(change[Belief.ABILITY, b]),
                benevolence=float(change[Belief.BENEVOLENCE, b]),
                integrity=float(change[Belief.INTEGRITY, b]),
                state=game.rules.machine.names[int(after.trust_state[b, 0])],
            )
        )
    return tuple(found)
