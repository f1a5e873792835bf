"""docs/rules.md against the code: every weight named, its table and its example computed.

After a change of the rules: python -m tests.core.test_rules_doc
"""

from __future__ import annotations

import inspect
import re
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from game.core.arithmetic import logistic, mix
from game.core.chance import Chance, keys_of
from game.core.machine import QUANTITIES
from game.core.rules import Rules
from game.core.start import initial_state, settled
from game.core.state import State
from game.core.step import Record, step
from game.core.trust import comfort_radius, starting_beliefs
from game.core.vocabulary import Phase
from game.core.weights import Weights
from game.scenario.variants import variant
from tests.at_hand import at_hand

DOC = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
WEIGHTS = [field.name for field in fields(Weights)]
_A_ROW = 3  # weights in a row of the table
OPENINGS = ("ask_direct:delivery", "small_talk:press", "quote:41")
PLACES = (0.1, 0.5, 0.9)


def section(text: str, name: str) -> str:
    """What stands between the markers `<!-- name -->` and `<!-- /name -->`."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text, re.DOTALL)
    assert found is not None, f"docs/rules.md has no {name} section"
    return found[1]


def with_section(text: str, name: str, body: str) -> str:
    section(text, name)
    whole = f"<!-- {name} -->\n{body}<!-- /{name} -->"
    return re.sub(rf"<!-- {name} -->\n.*?<!-- /{name} -->", lambda m: whole, text, flags=re.DOTALL)


# --- the table ------------------------------------------------------------------------------------


def number(value: float) -> str:
    """`.45`, `−1.2`, `16`: at most three decimals."""
    text = f"{abs(value):.3f}".rstrip("0").rstrip(".")
    text = text.removeprefix("0") if text.startswith("0.") else text
    return f"−{text}" if value < 0 else text


def shown(value: float | tuple[float, ...]) -> str:
    if not isinstance(value, tuple):
        return number(value)
    return (" → " if len(value) == 2 else ", ").join(number(v) for v in value)


def topics_of_weights() -> dict[str, list[str]]:
    """The comment above a run of weights in their file, and the names below it."""
    found: dict[str, list[str]] = {}
    topic = ""
    for line in inspect.getsource(Weights).splitlines():
        if line.startswith("    # "):
            topic = line.removeprefix("    # ")
            found[topic] = []
        named = re.match(r"    (\w+): ", line)
        if named:
            found[topic].append(named[1])
    return found


def weights_table() -> str:
    weights = Weights()
    lines = ["| weight | | weight | | weight | |", "|---|---|---|---|---|---|"]
    for topic, names in topics_of_weights().items():
        lines.append(f"| *{topic}* | | | | | |")
        for first in range(0, len(names), _A_ROW):
            row = names[first : first + _A_ROW]
            cells = [f"`{name}` | {shown(getattr(weights, name))}" for name in row]
            cells += ["|"] * (_A_ROW - len(row))
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


# --- the example ----------------------------------------------------------------------------------


def opened(d: float, move: str) -> tuple[Rules, State, State, Record]:
    """The state before and after the move as the very first, in an even mood."""
    rules = variant(at_hand("seoul"), {"d": {"mean": d, "sd": 0.0}, "slots": 0}).rules
    state = initial_state(rules, keys_of(1, 1))
    nothing = np.full_like(state.sore, -1)
    state = state.but(
        mood=np.zeros_like(state.mood),
        welcome=nothing,
        sore=nothing,
        beliefs=starting_beliefs(rules, state.d),
    )
    state = settled(rules, state)
    action = np.array([rules.actions.index(move)], np.int32)
    after, record = step(rules, state, action, Chance.mean(1, 1))
    return rules, state, after, record


def signed(step: float) -> str:
    return f"{step:+.3f}".replace("-", "−") if abs(step) >= 0.0005 else "0"


def easing(rules: Rules, change: float) -> tuple[float, float]:
    """Probabilities that a change of trust is seen to tighten and to ease him."""
    w = rules.weights
    shows = float(mix(*w.shows, rules.buyers.expressiveness)[0])
    cuts = np.array([-w.small_sign, w.small_sign], np.float32)
    low, high = logistic(shows * (cuts - np.float32(change))).tolist()
    return low, 1.0 - high


def example() -> str:
    lines = [
        "| d | first move | trust before | comfort radius | push | ability | benevolence "
        "| integrity | trust after | eases, tightens |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for move in OPENINGS:
        for d in PLACES:
            rules, before, after, record = opened(d, move)
            comfort = float(comfort_radius(rules, before.d, before)[0, 0])
            steps = (after.beliefs - before.beliefs)[:, 1, 0, 0]
            change = float(after.trust[0, 0] - before.trust[0, 0])
            tight, eased = easing(rules, change)
            cells = [
                number(d), f"`{move}`", f"{before.trust[0, 0]:.2f}", f"{comfort:.2f}",
                f"{record.push[0, 0]:.2f}", *(signed(s) for s in steps),
                f"{after.trust[0, 0]:.2f}", f"{eased:.0%}, {tight:.0%}",
            ]  # fmt: skip
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


# --- tests ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def text() -> str:
    return DOC.read_text(encoding="utf-8")


def test_the_table_of_weights_is_that_of_the_code(text: str) -> None:
    assert section(text, "weights") == weights_table()


@pytest.mark.long
def test_the_example_is_what_the_rules_compute(text: str) -> None:
    assert section(text, "example") == example()


@pytest.mark.parametrize("name", WEIGHTS)
def test_every_weight_stands_in_a_formula(name: str, text: str) -> None:
    prose = with_section(text, "weights", "")
    assert re.search(rf"(?<!\w){name}(?!\w)", prose), f"docs/rules.md does not mention {name}"


def test_no_formula_names_a_weight_that_is_gone(text: str) -> None:
    """Words with an underscore in back quotes are weights, or something else that there is."""
    others = {*QUANTITIES, "fair_game", "when_asked", "starting_trust", "mood_sd"}
    named = set(re.findall(r"`([a-z]+_[a-z_]+)`", text))
    assert named <= {*WEIGHTS, *others}


def test_the_table_holds_every_weight_once(text: str) -> None:
    assert re.findall(r"`(\w+)`", section(text, "weights")) == WEIGHTS


def test_what_a_guard_may_speak_of_is_listed(text: str) -> None:
    listed = re.search(r"Guards may speak of\s(.*?)\.\s", text, re.DOTALL)
    assert listed is not None
    assert [name.strip() for name in " ".join(listed[1].split()).split(",")] == list(QUANTITIES)


def test_phases_and_their_order_are_those_of_the_code(text: str) -> None:
    order = re.search(r"`(prepare → .* ended)`", text)
    assert order is not None
    names = dict.fromkeys(n for n in order[1].split(" → ") if n != "…" and "…" not in n)
    assert set(names) == {phase.name.lower() for phase in Phase}


def test_numbers_are_written_as_the_table_writes_them() -> None:
    assert [number(x) for x in (0.45, -1.2, 16.0, 0.0, 0.022, 1.0)] == [
        ".45", "−1.2", "16", "0", ".022", "1"
    ]  # fmt: skip
    assert shown((0.1, -2.0)) == ".1 → −2"
    assert shown((0.0, 0.05, 0.2, 1.0)) == "0, .05, .2, 1"


def main() -> None:
    text = DOC.read_text(encoding="utf-8")
    text = with_section(text, "weights", weights_table())
    DOC.write_text(with_section(text, "example", example()), encoding="utf-8")


if __name__ == "__main__":
    main()
