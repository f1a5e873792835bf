"""Packages in both sides' utilities: the frontier, what suits both, what was left lying."""

from __future__ import annotations

import numpy as np
import pytest

from game.analysis.packages import Packages, packages_of
from game.core.rules import Rules
from game.scenario.library import shipped
from game.scenario.load import Loaded
from tests.at_hand import at_hand


def compiled(name: str) -> tuple[Loaded, Rules]:
    loaded = at_hand(name)
    return loaded, loaded.rules


def picture(name: str, **signed: list[int]) -> Packages:
    loaded, rules = compiled(name)
    deals = {seller: np.array(deals, np.int16) for seller, deals in signed.items()}
    return packages_of(rules, loaded.scenario, deals)


@pytest.mark.parametrize("name", shipped())
def test_nothing_is_better_than_the_frontier(name: str) -> None:
    found = picture(name).packages
    own, theirs = (np.array([getattr(p, side) for p in found]) for side in ("seller", "buyer"))
    for p in found:
        better = (own >= p.seller - 1e-6) & (theirs >= p.buyer - 1e-6)
        better &= (own > p.seller + 1e-6) | (theirs > p.buyer + 1e-6)
        assert p.frontier == (not better.any())


@pytest.mark.parametrize("name", shipped())
def test_what_suits_both_lies_above_both_alternatives(name: str) -> None:
    found = picture(name)
    for p in found.packages:
        above = p.seller >= found.own_reservation - 1e-5
        assert p.suits == (above and p.buyer >= found.their_reservation - 1e-5)
    assert found.suiting == sum(p.suits for p in found.packages) > 0


def test_the_middle_of_deals_and_what_was_left() -> None:
    whole = picture("seoul").packages
    behind = next(i for i, p in enumerate(whole) if not p.frontier)
    best = next(i for i, p in enumerate(whole) if p.frontier)
    found = picture("seoul", a=[best, best, -1, -1], b=[behind, behind, behind, best], c=[-1])
    a, b, c = found.settlements
    assert (a.signed, a.usual, a.usual_share, a.left) == (0.5, best, 1.0, 0.0)
    assert (a.own, a.theirs) == (whole[best].seller, whole[best].buyer)
    assert b.usual == behind
    assert b.own == pytest.approx((3 * whole[behind].seller + whole[best].seller) / 4, abs=1e-5)
    beside = [p.seller for p in whole if p.buyer >= whole[behind].buyer - 1e-6]
    assert b.left == pytest.approx(0.75 * (max(beside) - whole[behind].seller), abs=1e-5)
    assert (c.signed, c.own, c.theirs, c.left, c.usual) == (0.0, None, None, None, None)


def test_money_beside_utility() -> None:
    price = picture("seoul").price
    assert price is not None
    assert (price.issue, price.unit) == ("price_eur", "EUR per unit")
    assert price.own == pytest.approx(0.1 * 5 / 0.44, rel=1e-4), "5 EUR make 0.44 of own utility"


def test_options_without_numbers_have_no_money() -> None:
    loaded, rules = compiled("seoul")
    issue = loaded.scenario.issues["price_eur"]
    words = issue.model_copy(update={"options": [f"about {o}" for o in issue.options]})
    issues = {**loaded.scenario.issues, "price_eur": words}
    changed = loaded.scenario.model_copy(update={"issues": issues})
    assert packages_of(rules, changed, {}).price is None
