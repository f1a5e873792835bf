"""Files that mean harm: what a terminal would obey, states nobody reaches, endless lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.scenario.check import check
from game.scenario.diagnostics import Diagnostic, render
from game.scenario.expression import parse
from game.scenario.guards import can_hold

BAKERY = Path(__file__).parents[1] / "scenarios" / "good" / "corner_bakery.yaml"


def codes(folder: Path, text: str) -> list[str]:
    path = folder / "corner-bakery.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    return [d.code for d in check([path])]


@pytest.mark.parametrize(
    "name",
    [
        r'"\e[31mInês"', r'"\e]0;title\a"', r'"A\rB"', r'"A\0"', r'"\u202eInês"', r'"\u2066x"',
        r'"\u009b5m"', r'"\x9b5m"', "In\u202eês", "In\u2067ês", "In\u009bês", r'"A\LB"',
    ],
)  # fmt: skip
def test_nothing_gets_in_that_steers_a_terminal(name: str, tmp_path: Path) -> None:
    text = BAKERY.read_text(encoding="utf-8")
    assert codes(tmp_path, text) == []
    assert codes(tmp_path, text.replace("Inês Duarte", name)) == ["Y004"]


@pytest.mark.parametrize("name", [r'"A\tB"', r'"A\nB"', r'"Zo\u00eb"', '"[bold]Inês[/] [red]"'])
def test_harmless_escapes_and_markup_are_text(name: str, tmp_path: Path) -> None:
    text = BAKERY.read_text(encoding="utf-8")
    assert codes(tmp_path, text.replace("Inês Duarte", name)) == []


def test_a_key_may_not_steer_a_terminal_either(tmp_path: Path) -> None:
    text = BAKERY.read_text(encoding="utf-8") + '"\\e[2J": 1\n'
    assert codes(tmp_path, text) == ["Y004"]


def test_a_message_quotes_nothing_that_steers_a_terminal() -> None:
    bad = "a\x1b[31m\x07\u202e\udce9b"
    text = render([Diagnostic("X002", f"“{bad}”", file=bad, expected=bad, fix=bad)])
    assert not set("\x1b\x07\u202e\udce9") & set(text)
    assert "a\N{REPLACEMENT CHARACTER}[31m" in text


def test_a_line_of_thousands_of_faults_is_told_briefly() -> None:
    line = "x, " * 60_000
    many = [
        Diagnostic("X003", "m", "f", 1, 3 * k + 1, 3 * k + 2, source_line=line)
        for k in range(4_000)
    ]
    text = render(many)
    assert len(text) < 60_000
    assert text.rstrip().endswith("4000 errors; 3900 not shown")


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("trust > 0.9", True), ("trust > 1", False), ("trust >= 1", True), ("trust < 0", False),
        ("trust > 0.9 and trust < 0.1", False), ("trust > 0.9 or trust < 0.1", True),
        ("trust > 0.5 and trust <= 0.5", False), ("trust >= 0.5 and trust <= 0.5", True),
        ("trust >= 0.5 and trust < 0.5", False), ("patience < -0.2", True), ("damage < 0", False),
        ("price_named and not price_named", False), ("not (trust < 2)", False),
        ("deals >= 3 and (trust > 2 or damage > 0.1)", True),
        ("trust == 0.5 and trust > 0.5", False),
    ],
)  # fmt: skip
def test_a_contradiction_is_seen(condition: str, holds: bool) -> None:
    assert can_hold(parse(condition)) is holds


def test_a_state_behind_a_contradiction_is_never_reached(tmp_path: Path) -> None:
    text = BAKERY.read_text(encoding="utf-8")
    state = "limbo: {enter: trust > 0.9 and trust < 0.1, leave: trust < 0.5}"
    assert codes(tmp_path, f"{text}trust_machine: {{states: {{{state}}}}}\n") == ["T002"]
    only = "limbo: {enter: trust > 0.2, leave: trust < 0.1, to: stranger}"
    assert codes(tmp_path, f"{text}trust_machine: {{states: {{{only}}}}}\n") == []
