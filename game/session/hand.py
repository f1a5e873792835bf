"""The hand: at most seven actions in view, chosen by rule across the rings.

Always an answer to an open question, always acceptance while a counter stands, never the terms
only, and in the order of the rings: nothing here knows, or tells, how wise a move is. `wait`,
`part` and an offer of your own are always there beside the hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from game.core.rules import STAGES, Col, Rules
from game.core.view import View
from game.core.vocabulary import Initiative, Phase
from game.scenario.model import CommonMoves
from game.session.lines import mixed
from game.session.moments import Turn
from game.session.notation import package_of, parts_of

HAND = 7
SHORTLIST = 6
RINGS = ("personal", "company", "problem", "manner", "terms")
BESIDE = ("wait", "part", "propose")  # always at hand, so never in the hand
# These answer something; without it they stay in the list of all actions.
_CORRECTING = ("correct_bluntly", "save_face")
_CONTRADICTING = ("disagree_hard", "disagree_softly", "insist")
_ARRIVING = 2  # turns in which one still greets
_TOUR = ("personal", "company", "problem", "terms", "manner", "problem", "personal")


@dataclass(frozen=True, slots=True)
class Said:
    """What the seller has done so far in this meeting, and what he was just told."""

    uses: Mapping[str, int]  # verb -> times
    told_just_now: bool  # the last answer was a fact
    contrary: bool  # the last answer was one that could be disagreed with
    owing: bool  # there is something to deliver: a signed deal, or a promise


def said_so_far(here: Sequence[Turn], played: Sequence[Turn], signed: bool) -> Said:
    """The same from the turns of this meeting, `here`, and from all that were played."""
    uses = Counter(parts_of(turn.text).verb for turn in here)
    told, contrary = (bool(here[-1].fact), here[-1].contrary) if here else (False, False)
    promised = any(parts_of(turn.text).verb == "promise" for turn in played)
    return Said(uses, told, contrary, signed or promised)


class Hands:
    """Chooses hands for one set of rules."""

    def __init__(self, rules: Rules, moves: CommonMoves) -> None:
        self.rules = rules
        self.ring_of = {verb: move.ring for verb, move in moves.moves.items()}
        self._verbs = [parts_of(name).verb for name in rules.actions]

    def by_ring(self, legal: Sequence[int]) -> dict[str, list[int]]:
        """All legal base actions, grouped by ring in the order of `RINGS`, then the others."""
        groups: dict[str, list[int]] = {}
        order = (*RINGS, "prepare", "between")
        for ring in order:
            found = [a for a in legal if self.ring_of[self._verbs[a]] == ring]
            if found:
                groups[ring] = found
        return groups

    def hand(
        self, view: View, legal: Sequence[int], seed: int, ply: int, said: Said, most: int = HAND
    ) -> list[int]:
        """At most so many base actions, in the order of the rings."""
        phase = int(view["phase"][0])
        if phase in (Phase.PREPARE, Phase.BETWEEN):
            aside = BESIDE if said.owing else (*BESIDE, "deliver")
            return [a for a in legal if self._verbs[a] not in aside][:most]
        groups = self._grouped(legal)
        if int(view["turn"][0]) > _ARRIVING or "greet" in said.uses:
            groups.pop("greet", None)
        chosen: list[int] = []

        def take(verb: str) -> None:
            if (
                verb in groups
                and len(chosen) < most
                and not any(self._verbs[a] == verb for a in chosen)
            ):
                options = groups[verb]
                slot = mixed(seed, ply, len(options), self.rules.verbs.index(verb), 7)
                chosen.append(options[slot % len(options)])

        for verb in self._answers(view, groups, seed, ply):
            groups[verb] = self._to_who_asked(view, groups[verb])
            take(verb)
        if view["offer_standing"][0]:
            take("accept")
        if int(view["turn"][0]) == 1:
            take("greet")
        if said.told_just_now:
            take("follow_up")
        misstated = int(view["asked"][0]) == Initiative.MISSTATES
        for verb in (*_CORRECTING * (not misstated), *_CONTRADICTING * (not said.contrary)):
            groups.pop(verb, None)
        pools = {ring: self._pool(ring, groups, seed, ply, said.uses) for ring in RINGS}
        families = {self._family(a) for a in chosen}
        for ring in _TOUR:
            for verb in pools[ring]:
                family = self._family(groups[verb][0])
                if family not in families:
                    families.add(family)
                    take(verb)
                    pools[ring].remove(verb)
                    break
        index = {ring: k for k, ring in enumerate(RINGS)}
        return sorted(chosen, key=lambda a: (index[self.ring_of[self._verbs[a]]], a))

    def _grouped(self, legal: Sequence[int]) -> dict[str, list[int]]:
        groups: dict[str, list[int]] = {}
        for action in legal:
            verb = self._verbs[action]
            if verb not in BESIDE:
                groups.setdefault(verb, []).append(action)
        return groups

    def _answers(
        self, view: View, groups: Mapping[str, list[int]], seed: int, ply: int
    ) -> list[str]:
        """Two ways to answer what is open; both ways for an extra that was asked for."""
        bit = 1 << int(view["asked"][0])
        fits = [
            verb
            for verb, actions in groups.items()
            if bit > 1 and int(self.rules.columns[Col.ANSWERS, actions[0]]) & bit
        ]
        demand = [v for v in ("grant_demand", "decline_demand") if v in groups]
        fits = [v for v in fits if v not in demand]
        fits.sort(key=lambda v: mixed(seed, ply, self.rules.verbs.index(v), 11))
        return fits[:2] + demand

    def _to_who_asked(self, view: View, actions: list[int]) -> list[int]:
        """Whoever asked is answered; all of them where the answer goes to nobody by name."""
        asker = self.rules.buyers.names[int(view["addressee"][0])]
        return [a for a in actions if parts_of(self.rules.actions[a]).buyer == asker] or actions

    def _pool(
        self,
        ring: str,
        groups: Mapping[str, list[int]],
        seed: int,
        ply: int,
        uses: Mapping[str, int],
    ) -> list[str]:
        """Verbs of a ring, those used least in this meeting first, otherwise shuffled."""
        verbs = [v for v in groups if self.ring_of[v] == ring]
        return sorted(
            verbs,
            key=lambda v: (uses.get(v, 0), mixed(seed, ply, self.rules.verbs.index(v), 13)),
        )

    def _family(self, action: int) -> int:
        return int(self.rules.columns[Col.FAMILY, action])


def shortlist(rules: Rules, view: View) -> list[int]:
    """At most six packages worth a thought, from the view alone, dearest to you first.

    The next steps along what your notes say about the need; your last offer with one issue moved;
    the standing counter with one issue moved back. None lies below your walk-away.
    """
    bargain = rules.bargain
    mine, theirs = int(view["mine"][0]), int(view["theirs"][0])
    knows = int(view["need"][0]) + 1
    size = bargain.seller.shape[0]
    estimate = bargain.estimate[knows * size : (knows + 1) * size]
    frontier = bargain.frontier[knows * STAGES : (knows + 1) * STAGES].tolist()
    stage = int(bargain.stage_of[mine]) if mine >= 0 else 1
    found: list[int] = []

    def add(packages: Sequence[int], most: int) -> None:
        for package in packages:
            able = float(bargain.seller[package]) >= bargain.seller_reservation
            if able and package not in found and package != theirs and most > 0:
                found.append(package)
                most -= 1

    if mine >= 0:
        add([mine], 1)
    if theirs >= 0:
        near = neighbours(rules, theirs)
        dearer = [p for p in near if bargain.seller[p] > bargain.seller[theirs]]
        add(sorted(dearer, key=lambda p: -float(estimate[p])), 2)
    add(frontier[stage + (mine >= 0) : stage + 3], 2)
    if mine >= 0:
        kinder = [p for p in neighbours(rules, mine) if estimate[p] > estimate[mine]]
        add(sorted(kinder, key=lambda p: -float(bargain.seller[p])), 2)
    add(frontier[stage:], SHORTLIST - len(found))
    return sorted(found[:SHORTLIST], key=lambda p: -float(bargain.seller[p]))


def neighbours(rules: Rules, package: int) -> Iterator[int]:
    """Packages that differ by one step on one issue."""
    options = rules.bargain.options[package].tolist()
    for i, texts in enumerate(rules.option_texts):
        for step in (-1, 1):
            if 0 <= options[i] + step < len(texts):
                moved = list(options)
                moved[i] += step
                yield package_of(rules, moved)


def legal_base(rules: Rules, mask: Collection[bool] | np.ndarray) -> list[int]:
    """Indices of legal base actions from a mask of all actions."""
    return [int(a) for a in np.flatnonzero(np.asarray(mask)[: rules.base_actions])]
