"""What to write first: the promise is kept by those who write it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from game.analysis.coverage import Reach, coverage
from game.analysis.hearing import Gap
from game.analysis.missing_lines import missing_lines
from game.authoring.deep_text import paste
from game.scenario.load import load_scenario
from tests.analysis.expecting import BAKERY

POLICIES = ("rapport", "direct", "novice")
GAMES = 30


def gap(on: str, pole: str = "plain") -> Gap:
    return Gap("mia", "says", on, "stranger", pole)


def test_lines_come_in_the_order_in_which_they_pay() -> None:
    found = Reach(games=10)
    found.own["mia"] = 40
    found.gaps.update({(gap("greet"), 1): 30, (gap("hint"), 1): 20, (gap("greet"), 2): 10})
    words = missing_lines(found, "mia")
    assert words.own == 0.4 and words.heard == 100
    assert [(one.gap.on, one.number, one.share) for one in words.wanted] == [
        ("greet", 1, 0.7), ("hint", 1, 0.9), ("greet", 2, 1.0),
    ]  # fmt: skip
    assert [len(words.enough(share)) for share in (0.3, 0.7, 0.8, 1.0)] == [0, 1, 2, 3]


def test_who_has_every_line_lacks_none() -> None:
    found = Reach(games=1)
    found.own["mia"] = 7
    assert missing_lines(found, "mia").wanted == ()
    assert missing_lines(Reach(), "mia").own == 1.0


@pytest.mark.long
def test_writing_them_keeps_the_promise(tmp_path: Path) -> None:
    """The pasted lines, in a voice file, are heard as often as was said."""
    text = BAKERY.read_text(encoding="utf-8")
    (tmp_path / "bakery.yaml").write_text(text, encoding="utf-8")
    loaded = load_scenario(tmp_path / "bakery.yaml")
    words = missing_lines(coverage(loaded, POLICIES, GAMES).total, "duarte")
    wanted = words.wanted[:40]
    assert words.own < 0.05 and wanted[-1].share > 0.3

    block = "\n".join(paste(wanted, set()))
    for number in range(len(wanted)):  # the author writes something in each
        block = block.replace('"…"', f'"Line {number} of mine."', 1)
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices/ines.yaml").write_text("voice: ines\n" + block, encoding="utf-8")
    assert sum(len(part) for part in yaml.safe_load(block).values()) == len(wanted)
    own = text.replace("  name: Inês Duarte\n", "  name: Inês Duarte\n  voice: ines\n")
    (tmp_path / "bakery.yaml").write_text(own, encoding="utf-8")
    written = load_scenario(tmp_path / "bakery.yaml")
    now = missing_lines(coverage(written, POLICIES, GAMES).total, "duarte")
    assert now.own == pytest.approx(wanted[-1].share, abs=0.03)
    assert replace(now, own=0).heard == pytest.approx(words.heard, rel=0.05)
