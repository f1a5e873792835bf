"""No text twice in a meeting, whoever sells; no text word by word in two mouths.

`LONG_LUNCH_GAMES=200` plays that many games of every seller, as continuous integration does.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from game.core.chance import keys_of
from game.policies.run import play
from game.policies.shelf import seller_for, shipped_policies
from game.session.repeats import FEWEST_WORDS, Text, main, repeats, texts_of, voice_files
from game.session.scribe import meeting_texts
from tests.session.tables import SHIPPED, loaded

GAMES = int(os.environ.get("LONG_LUNCH_GAMES", "20"))
SEED = 500


@pytest.mark.long
@pytest.mark.parametrize("name", SHIPPED)
def test_no_line_comes_twice_in_a_meeting(name: str) -> None:
    table = loaded(name)
    rules = table.rules
    for policy in ("random", *shipped_policies()):
        seller = seller_for(rules, policy)
        rows = meeting_texts(
            table, rules, lambda watch, s=seller: play(rules, s, keys_of(SEED, GAMES), watch)
        )
        assert len(rows) == GAMES
        for row, told in rows.items():
            for meeting in told.meetings:
                count = Counter(shown.text for shown in meeting)
                twice = [text for text, times in count.items() if times > 1]
                assert not twice, (policy, SEED + row, twice)


@pytest.mark.long
def test_no_two_voices_share_a_text() -> None:
    texts = [text for path in voice_files() for text in texts_of(path)]
    assert len(texts) > 1_000
    same = repeats(texts, near=1.0)
    assert not same, [(r.one.file, r.one.path, r.other.file, r.other.path) for r in same]


@pytest.mark.long
def test_the_report_lists_pairs_and_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[-1].endswith("near repeats, 0 the same")


def test_near_repeats_are_found_and_others_are_not() -> None:
    one = Text("a", "says.x", "The floor has not been laid since nineteen eighty.")
    same = Text("b", "says.y", "the floor has NOT been laid, since nineteen eighty")
    near = Text("c", "says.z", "The floor has not been laid since the flood.")
    far = Text("d", "says.u", "Nobody has touched the roof since nineteen eighty.")
    own = Text("a", "says.v", one.text)
    found = repeats([one, same, near, far, own])
    assert [(r.one.file, r.other.file) for r in found if r.share == 1.0] == [("a", "b"), ("b", "a")]
    assert {frozenset((r.one.file, r.other.file)) for r in found} == {
        frozenset("ab"), frozenset("ac"), frozenset("bc"),
    }  # fmt: skip


def test_short_texts_and_notation_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "voice.yaml"
    path.write_text(
        'says: {a: {text: "Go on, then."}, b: {text: "Go on with it, then."}}\n'
        "plays: [{moves: [greet and greet and greet again]}]\n",
        encoding="utf-8",
    )
    (only,) = texts_of(path)
    assert (only.path, len(only.words)) == ("says.b.text", FEWEST_WORDS + 1)
