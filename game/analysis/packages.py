"""The packages of a table in both sides' utilities: what suits both, the frontier, and the deals.

Utilities are those at the buyers' mean weights, over their possible needs and over everybody with a
say; so a deal that was good for this buyer's true need may lie behind the frontier.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.rules import Rules
from game.scenario.model import Scenario
from game.scenario.packages import price_issue

_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Package:
    """One package; `frontier`: none is better for one side and as good for the other."""

    options: tuple[str, ...]
    seller: float
    buyer: float
    frontier: bool
    suits: bool  # both sides' alternatives are worse


@dataclass(frozen=True, slots=True)
class Settlement:
    """Where a seller's deals lie on the average; all but `signed` are None without a deal."""

    seller: str
    signed: float  # share of the games
    own: float | None
    theirs: float | None
    left: float | None  # own utility that could have been had at no cost to the buyer
    usual: int | None  # the package signed most often
    usual_share: float | None  # of the deals


@dataclass(frozen=True, slots=True)
class PriceScale:
    """What a tenth of utility is in money, on the average over the range of the price."""

    issue: str
    unit: str
    own: float | None  # None for a side that does not care about the price
    theirs: float | None


@dataclass(frozen=True, slots=True)
class Packages:
    """The whole picture; reservations in utility, `spread` the standard deviation of theirs."""

    issues: tuple[str, ...]
    packages: tuple[Package, ...]
    own_reservation: float
    their_reservation: float
    spread: float
    price: PriceScale | None
    settlements: tuple[Settlement, ...]

    @property
    def suiting(self) -> int:
        """How many packages suit both sides."""
        return sum(p.suits for p in self.packages)


def packages_of(
    rules: Rules, scenario: Scenario, signed: Mapping[str, NDArray[np.int16]]
) -> Packages:
    """The picture of a scenario; `signed` holds a package, or -1, for each game of a seller."""
    bargain = rules.bargain
    own = bargain.seller.astype(np.float64)
    theirs = bargain.estimate[: own.size].astype(np.float64)
    reservation, spread = _reservation(rules)
    mine = bargain.seller_reservation
    best = _best_beside(own, theirs)
    return Packages(
        issues=rules.issues,
        packages=tuple(
            Package(
                options=tuple(
                    texts[o] for texts, o in zip(rules.option_texts, options, strict=True)
                ),
                seller=_short(own[p]),
                buyer=_short(theirs[p]),
                frontier=bool(best[p] <= own[p] + _SLACK and _alone_there(own, theirs, p)),
                suits=bool(own[p] >= mine - _SLACK and theirs[p] >= reservation - _SLACK),
            )
            for p, options in enumerate(bargain.options)
        ),
        own_reservation=_short(mine),
        their_reservation=_short(reservation),
        spread=_short(spread),
        price=_price_scale(scenario, rules),
        settlements=tuple(
            _settlement(name, package, own, theirs, best) for name, package in signed.items()
        ),
    )


def _short(value: Any) -> float:
    return round(float(value), 6)


def _reservation(rules: Rules) -> tuple[float, float]:
    """Mean and spread of the reservation, averaged over those with a say."""
    says = rules.buyers.say
    mean = float(rules.buyers.reservation_mean[says].astype(np.float64).mean())
    return mean, float(rules.buyers.reservation_sd[says].astype(np.float64).mean())


def _best_beside(own: NDArray[Any], theirs: NDArray[Any]) -> NDArray[np.float64]:
    """For each package the most that the seller can have without the buyer having less, (P,)."""
    order = np.argsort(-theirs, kind="stable")
    most = np.maximum.accumulate(own[order])
    last = np.searchsorted(-theirs[order], -theirs + _SLACK, side="right") - 1
    out: NDArray[np.float64] = most[last]
    return out


def _alone_there(own: NDArray[Any], theirs: NDArray[Any], p: int) -> bool:
    """Whether no package is better for the buyer and as good for the seller."""
    return not bool(((theirs > theirs[p] + _SLACK) & (own >= own[p] - _SLACK)).any())


def _settlement(
    name: str, package: NDArray[np.int16], own: Any, theirs: Any, best: Any
) -> Settlement:
    deals = package[package >= 0]
    if not deals.size:
        return Settlement(name, 0.0, None, None, None, None, None)
    counts = np.bincount(deals, minlength=own.size)
    shares = counts / deals.size
    usual = int(np.argmax(counts))
    return Settlement(
        seller=name,
        signed=deals.size / package.size,
        own=_short(_dot(shares, own)),
        theirs=_short(_dot(shares, theirs)),
        left=_short(max(0.0, _dot(shares, best - own))),
        usual=usual,
        usual_share=float(shares[usual]),
    )


def _dot(shares: NDArray[Any], values: NDArray[Any]) -> float:
    """A weighted sum, term by term in order."""
    return float(np.cumsum(shares * values)[-1])


def _price_scale(scenario: Scenario, rules: Rules) -> PriceScale | None:
    """None where the price has no numbers to its options."""
    at, name = price_issue(scenario)
    issue = scenario.issues[name]
    if not (issue.price or (issue.price is None and name.startswith("price"))):
        return None
    numbers = [o for o in issue.options if isinstance(o, int | float)]
    if len(numbers) < len(issue.options) or max(numbers) <= min(numbers):
        return None
    whole = max(numbers) - min(numbers)
    bargain = rules.bargain
    theirs = bargain.estimate[: bargain.seller.size]
    return PriceScale(
        issue=name,
        unit=issue.unit or scenario.currency,
        own=_per_tenth(whole, _reach(bargain.options, bargain.seller, at)),
        theirs=_per_tenth(whole, _reach(bargain.options, theirs, at)),
    )


def _reach(options: NDArray[Any], utility: NDArray[Any], at: int) -> float:
    """By how much the options of one issue move a utility, all else as in the first package."""
    others = np.delete(options, at, axis=1)
    same = (others == others[0]).all(axis=1)
    return float(utility[same].max() - utility[same].min())


def _per_tenth(whole: float, reach: float) -> float | None:
    return None if reach <= _SLACK else _short(0.1 * whole / reach)
