"""The shipped policies, and how a name or a text becomes a seller."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from game.core.rules import Rules
from game.policies.dice import RandomSeller
from game.policies.notation import PolicyError, parse_policy
from game.policies.scripted import Scripted
from game.policies.seller import Seller
from game.scenario.data import load_common, load_data
from game.scenario.diagnostics import did_you_mean, listing
from game.scenario.load import Loaded
from game.scenario.shelves import LAYER

STRONG = "steady"
RANDOM, LOOKAHEAD = "random", "optimal"
UNSCRIPTED = (RANDOM, LOOKAHEAD)  # sellers who follow no script


@cache
def shipped_policies() -> Mapping[str, Sequence[str]]:
    """Name -> steps, from the common policies file."""
    policies: Mapping[str, Sequence[str]] = load_common("policies.yaml")["policies"]
    return policies


def own_policies(loaded: Loaded) -> Mapping[str, Sequence[str]]:
    """The sellers that a scenario's pack brings along, name -> steps; their words may be wrong."""
    text = loaded.sources.get(f"{LAYER}policies.yaml")
    policies: Mapping[str, Sequence[str]] = (
        {} if text is None else load_data(text, f"{LAYER}policies.yaml")["policies"]
    )
    return policies


def no_such_seller(
    policy: object, problem: PolicyError, own: Iterable[str], verbs: Iterable[str]
) -> tuple[str, str, str] | None:
    """What is wrong, what was expected, what to do, where a policy is one word that nobody knows;
    None where it was more than a word: then the problem speaks for itself.

    A single word is more likely a seller's name than a seller with a single step.
    """
    if problem.word != policy or not problem.word.replace("-", "_").isidentifier():
        return None
    sellers = [*own, *shipped_policies(), *UNSCRIPTED]
    return (
        f"there is no seller or move “{problem.word[:60]}”",
        "one of " + listing(sellers, 20) + ", or steps such as “greet, small_talk*3, propose”",
        did_you_mean(problem.word, [*sellers, *verbs], "name one of these, or write steps"),
    )


def strong_script(rules: Rules) -> Scripted:
    """The fixed strong seller that rollouts play on with, and that par is measured by."""
    return Scripted(rules, parse_policy(STRONG, shipped_policies()))


def seller_for(rules: Rules, policy: str | Sequence[str]) -> Seller:
    """A seller for a shipped name, a variant, or steps. Raises PolicyError."""
    if policy == RANDOM:
        return RandomSeller(rules)
    if policy == LOOKAHEAD:
        from game.policies.optimal import Optimal  # much to import, and seldom asked for

        return Optimal(rules, strong_script(rules))
    return Scripted(rules, parse_policy(policy, shipped_policies()))


__all__ = ["PolicyError", "Seller", "seller_for", "shipped_policies"]
