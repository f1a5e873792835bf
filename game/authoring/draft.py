"""Answers to the text of a scenario: a full one with comments, or one of thirty lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from game.authoring.answers import Answers, slug
from game.scenario.library import data_dir
from game.scenario.packages import option_text
from game.scenario.scalars import read_scalar
from game.scenario.schema_text import scalar

SECONDS_A_TURN = 40
_TALK = 20  # minutes to plan for the talk besides playing
_PRICES = 4
_SPECIFIC, _DIFFUSE = 0.35, 0.7  # beyond these the shipped sellers differ whatever is drawn
_ENOUGH_TURNS = 8
_TAKEN = ("beginnings", "predecessor", "mornings")  # topics of the full template


def scenario_text(answers: Answers, schema: str, bare: bool = False) -> str:
    """The file; ``schema`` is what its first line names."""
    return _template("bare" if bare else "scenario").render(_context(answers, schema))


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(data_dir("assets") / "authoring"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["yaml"] = scalar
    return environment.get_template(f"{name}.yaml.j2")


def _context(a: Answers, schema: str) -> dict[str, Any]:
    prices = price_options(a.price_from, a.price_to)
    total = a.meetings * a.turns
    minutes = max(1, round(total * SECONDS_A_TURN / 60))
    return {
        "schema": schema,
        **{key: getattr(a, key) for key in ("id", "title", "selling", "name", "role", "pronoun")},
        "diffuseness": f"{a.diffuseness:g}",
        "sd": f"{a.sd:g}",
        "currency": a.currency,
        "unit": f", unit: {scalar(a.currency)}" if a.currency else "",
        "price": price_id(a.currency),
        "price_options": _flow(prices),
        "price_you": _numbers(_seller(len(prices))),
        "price_buyer": _numbers(_buyer(len(prices))),
        "issue": a.issue,
        "issue_id": issue_id(a.issue),
        "options": _flow([_number_or_text(option) for option in a.options]),
        "you": _numbers(_seller(len(a.options))),
        "buyer": _numbers(_buyer(len(a.options))),
        "meetings": a.meetings,
        "turns": a.turns,
        "total_turns": total,
        "meeting_list": _meetings(a),
        "minutes": minutes,
        "talk_minutes": minutes + _TALK,
        "expect": expectation(a),
    }


def _meetings(a: Answers) -> str:
    first = f"{{place: their own table, turns: {a.turns}}}"
    later = f"{{place: the same table, turns: {a.turns}, gap_days: 7}}"
    return f"[{', '.join([first, *[later] * (a.meetings - 1)])}]"


def expectation(a: Answers) -> str:
    """What a table like this shows in simulations, in a line; empty where there is no time to.

    A clearly specific buyer rewards the direct seller and a clearly diffuse one rapport; whoever
    lies between rewards the seller who reads, over one who only closes.
    """
    if a.turns < _ENOUGH_TURNS:
        return ""
    if a.diffuseness <= _SPECIFIC:
        pair = "A: direct, B: rapport"
    elif a.diffuseness >= _DIFFUSE:
        pair = "A: rapport, B: direct"
    else:
        pair = "A: adaptive, B: always_closing"
    return f"{{arms: {{{pair}}}, measure: score, expect: {{kind: greater, delta: 0.05}}}}"


# --- issues ---------------------------------------------------------------------------------------


def price_id(currency: str) -> str:
    """`price_eur`; `price` where the currency is no word of its own."""
    word = slug(currency, "_", 20)
    return f"price_{word}" if word else "price"


def issue_id(label: str) -> str:
    """The id of the other issue: never a price's, a topic's, or a word such as no."""
    word = slug(label, "_", 30) or "other"
    taken = word.startswith("price") or word in _TAKEN or read_scalar(word)[0] != word
    return f"point_{word}" if taken else word


def price_options(high: Decimal, low: Decimal) -> list[Decimal]:
    """Four prices from high to low, the inner ones round, all of them different."""
    step = (high - low) / (_PRICES - 1)
    unit = Decimal(1).scaleb(step.adjusted() - 1)
    inner = [
        ((high - step * k) / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
        for k in range(1, _PRICES - 1)
    ]
    found = [high, *inner, low]
    texts = {option_text(_plain_number(price)) for price in found}
    return found if len(texts) == len(found) else [high, low]


def _seller(n: int) -> list[float]:
    """Worths of n options to the seller: falling slowly at first."""
    return [round(1 - (k / (n - 1)) ** 1.15, 2) for k in range(n)]


def _buyer(n: int) -> list[float]:
    """Worths of n options to the buyer: rising fast at first."""
    return [round((k / (n - 1)) ** 0.85, 2) for k in range(n)]


# --- spelling -------------------------------------------------------------------------------------


def _plain_number(price: Decimal) -> int | float:
    return int(price) if price == price.to_integral_value() else float(price)


def _number_or_text(option: str) -> str | Decimal:
    """An option that is a plain number is one; anything else stays text."""
    if option.isascii() and option.isdigit() and str(int(option)) == option and len(option) < 10:
        return Decimal(option)
    return option


def _flow(values: Sequence[str | Decimal]) -> str:
    texts = [f"{v:f}" if isinstance(v, Decimal) else scalar(v) for v in values]
    return f"[{', '.join(texts)}]"


def _numbers(values: Sequence[float]) -> str:
    return json.dumps([int(v) if v == int(v) else v for v in values])
