"""Whether there is anything to agree on: packages above both sides' alternatives, in any draw."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import numpy.typing as npt

from game.authoring.lints.reach import drawn
from game.authoring.subject import Subject
from game.core.weights import Weights
from game.scenario.diagnostics import Diagnostic, listing
from game.scenario.model import Buyer, Scenario
from game.scenario.table import MAX_PACKAGES
from game.scenario.utility import buyer_weights, package_count, utilities

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

_DRAWS = 512
_BASES = (2, 3, 5, 7, 11, 13, 17, 19)
_MOST = 0.5
_SLACK = 1e-6  # as the bargaining has it


def empty_zone(subject: Subject) -> Iterator[Diagnostic]:
    """L011 and L012: no package, or seldom one, lies above the alternatives of all who must agree.

    Those are you and everybody with a say who sits at a meeting; the meeting that does best counts.
    """
    scenario = subject.scenario
    groups = _groups(scenario)
    if not groups or package_count(scenario) > MAX_PACKAGES:
        return
    tables = [_Table(scenario, group) for group in groups]
    if not any(table.ever() for table in tables):
        yield _finding(
            subject,
            groups[-1],
            "L011",
            f"no package suits you and {_names(scenario, groups[-1])}, whatever is drawn and told",
        )
        return
    table = min(tables, key=_Table.empty_share)
    share = table.empty_share()
    if share > _MOST:
        yield _finding(
            subject,
            table.group,
            "L012",
            f"in {share:.0%} of the draws no package suits you and "
            f"{_names(scenario, table.group)}, as long as nothing is told",
        )


def _groups(scenario: Scenario) -> list[tuple[str, ...]]:
    """Those with a say, meeting by meeting."""
    found: dict[tuple[str, ...], None] = {}
    for meeting in scenario.meetings:
        here = meeting.present or scenario.buyers
        group = tuple(b for b in scenario.buyers if b in here and scenario.buyers[b].say)
        if group and meeting.ground_rule != "no_business":
            found[group] = None
    return list(found)


def _names(scenario: Scenario, group: tuple[str, ...]) -> str:
    return listing(scenario.buyers[b].name for b in group)


def _finding(subject: Subject, group: tuple[str, ...], code: str, message: str) -> Diagnostic:
    path = (*subject.buyer_path(group[0]), "reservation")
    mine = subject.place(("you", "reservation"))
    own = subject.scenario.you.model_fields_set >= {"reservation"}
    return subject.complaint(
        code,
        message,
        path,
        expected="a package above both alternatives",
        fix="lower one reservation, or let the issues trade off: what costs you little helps them",
        related=[subject.related("and you ask for this much", mine)] if own else [],
    )


class _Table:
    """Packages of a scenario as one group sees them."""

    def __init__(self, scenario: Scenario, group: tuple[str, ...]) -> None:
        self.scenario, self.group = scenario, group
        self.people = [scenario.buyers[b] for b in group]
        self.mine = utilities(scenario.issues, "you", scenario.weights.you)
        self.theirs: list[list[Floats]] = [
            [utilities(scenario.issues, "buyer", w) for w in buyer_weights(scenario, person)]
            for person in self.people
        ]
        self._share: float | None = None

    def ever(self) -> bool:
        """Whether the luckiest draw, all facts told and the right extras leave a package."""
        scenario = self.scenario
        told = sum(fact.worth for fact in scenario.facts.values())
        least = [drawn(person.reservation)[0] for person in self.people]
        best = [np.max(np.stack(tables), axis=0) for tables in self.theirs]
        for extras in product((False, True), repeat=len(scenario.demands)):
            asked = [d for d, on in zip(scenario.demands.values(), extras, strict=True) if on]
            cost, worth = sum(d.cost for d in asked), sum(d.worth for d in asked)
            mine = self.mine + Weights().fact_pie * told - cost
            fits = mine >= scenario.you.reservation - _SLACK
            for utility, low in zip(best, least, strict=True):
                fits &= utility + told + worth >= low - _SLACK
            if fits.any():
                return True
        return False

    def empty_share(self) -> float:
        """Share of the draws in which no package suits all, by the packages alone."""
        if self._share is None:
            able = self.mine >= self.scenario.you.reservation - _SLACK
            fits = np.repeat(able[None], _DRAWS, axis=0)
            for index, (person, tables) in enumerate(zip(self.people, self.theirs, strict=True)):
                need = np.searchsorted(_cuts(person), _spread(2 * index), side="right")
                least = _reservations(person, _spread(2 * index + 1))
                rows = np.stack(tables)[np.minimum(need, len(tables) - 1)]
                fits &= rows >= least[:, None] - _SLACK
            self._share = float(1 - fits.any(axis=1).mean())
        return self._share


def _cuts(person: Buyer) -> Floats:
    chances = [need.chance for need in person.needs.values()] or [1.0]
    return np.cumsum(chances)[:-1] / sum(chances)


def _spread(dimension: int) -> Floats:
    """Evenly spread numbers in (0, 1), another order for each dimension (Halton's sequence)."""
    base = _BASES[dimension]
    index = np.arange(1, _DRAWS + 1)
    value, scale = np.zeros(_DRAWS), 1.0
    while index.any():
        scale /= base
        value += scale * (index % base)
        index //= base
    return value


def _reservations(person: Buyer, shares: Floats) -> Floats:
    """Reservation values at quantiles of the game's draw, the sum of four uniform numbers."""
    total = np.linspace(0.0, 4.0, 201)
    below = sum(sign * np.maximum(total - k, 0.0) ** 4 for k, sign in enumerate((1, -4, 6, -4, 1)))
    z = (np.interp(shares, below / 24.0, total) - 2.0) * np.sqrt(3.0)
    drawn_at: Floats = np.clip(person.reservation.mean + person.reservation.sd * z, 0.0, 1.0)
    return drawn_at
