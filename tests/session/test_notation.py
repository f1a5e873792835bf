"""Actions as text and back: every action of every shipped scenario."""

from __future__ import annotations

import pytest

from game.session.notation import (
    ActionError,
    format_action,
    format_package,
    package_of,
    parse_action,
    parse_package,
)
from tests.session.tables import SHIPPED, game


@pytest.mark.parametrize("name", SHIPPED)
def test_every_action_is_read_back(name: str) -> None:
    rules = game(name).rules
    for index in range(rules.n_actions):
        assert parse_action(rules, format_action(rules, index)) == index


@pytest.mark.parametrize("name", SHIPPED)
def test_options_number_the_packages(name: str) -> None:
    rules = game(name).rules
    for package, options in enumerate(rules.bargain.options.tolist()):
        assert package_of(rules, options) == package


def test_pairs_may_stand_in_any_order_and_numbers_in_any_spelling() -> None:
    rules = game("seoul").rules
    one = parse_package(rules, "price_eur=41;months=48;delivery=May;service=by telephone")
    two = parse_package(rules, "service=by_telephone; delivery=may; months=48.0; price_eur=41.00")
    assert one == two == 0
    assert parse_action(rules, "quote:41.0") == parse_action(rules, "quote:41")
    assert format_package(rules, 0).startswith("price_eur=41;months=48;")


def test_the_addressee_may_be_left_out_where_one_person_sits() -> None:
    rules = game("toronto-committee").rules
    assert parse_action(rules, "greet", ["kurian"]) == parse_action(rules, "greet@kurian")
    with pytest.raises(ActionError, match="needs an addressee"):
        parse_action(rules, "greet", ["kurian", "dalgleish"])
    assert parse_action(rules, "wait@kurian") == rules.actions.index("wait")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("gret", "Did you mean “greet”"),
        ("small_talk:harvets", "Did you mean “small_talk:harvest”"),
        ("small_talk", "after a colon, such as small_talk:"),
        ("quote_reasons", "needs a price after a colon, such as quote_reasons:"),
        ("greet:loudly", "takes no argument"),
        ("greet@kim", "Nobody here is called"),
        ("quote:40", "only 41, 39.5"),
        ("propose:price_eur=41", "months, delivery, service missing"),
        ("propose:price_eur=41;price_eur=41", "named twice"),
        ("propose:prise_eur=41", "Did you mean “price_eur”"),
        ("propose:price_eur=41;delivery=Mai", "Did you mean “delivery=May”"),
        ("propose:cheap", "is not a pair"),
    ],
)
def test_a_mistake_is_told_with_what_would_be_right(text: str, says: str) -> None:
    with pytest.raises(ActionError, match=says.replace("(", r"\(")):
        parse_action(game("seoul").rules, text, ["kang"])


def test_there_is_no_action_beyond_the_table() -> None:
    rules = game("seoul").rules
    with pytest.raises(IndexError):
        format_action(rules, rules.n_actions)
