"""The policy notation: both ways, variants, and what it refuses."""

from __future__ import annotations

import pytest

from game.policies.notation import UNLIMITED, PolicyError, format_policy, parse_policy
from game.policies.shelf import shipped_policies

SHIPPED = shipped_policies()


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_shipped_policy_reads_back_as_it_is_written(name: str) -> None:
    steps = parse_policy(name, SHIPPED)
    assert parse_policy(format_policy(steps), SHIPPED) == steps


def test_counts() -> None:
    steps = parse_policy("greet, small_talk*3, concede* when price_named", SHIPPED)
    assert [step.count for step in steps] == [1, 3, UNLIMITED]


def test_a_variant_leaves_out_and_puts_first() -> None:
    whole = parse_policy("rapport", SHIPPED)
    varied = parse_policy("rapport - small_talk + greet*2", SHIPPED)
    assert varied[0].action == "greet" and varied[0].count == 2
    assert all(step.verb != "small_talk" for step in varied)
    assert len(varied) == 1 + sum(step.verb != "small_talk" for step in whole)


def test_a_hyphen_is_an_underscore() -> None:
    assert parse_policy("always-closing", SHIPPED) == parse_policy("always_closing", SHIPPED)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "greet*0",
        "rapport + ",
        "rapport -- greet",
        "rapport - rebook",
        "greet when",
        "greet when mood > 1",
    ],
)
def test_what_is_no_policy_is_refused(text: str) -> None:
    with pytest.raises(PolicyError):
        parse_policy(text, SHIPPED)
