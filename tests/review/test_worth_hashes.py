"""The worth of every move of the golden games, hashed: the same on every processor.

`python -m tests.review.test_worth_hashes` writes the hashes anew after a change of the rules.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from game.policies.shelf import strong_script
from game.policies.worth import Stage, Weigher
from game.review.positions import positions
from game.session.game import Game
from game.session.transcript import load_transcript

GOLDEN = Path(__file__).parents[1] / "golden"
HASHES = GOLDEN / "worth_hashes.json"
GAMES = sorted(path.name.split(".")[0] for path in GOLDEN.glob("*.lunch.json"))
STAGES = (Stage(8), Stage(24, 4))


def worth_hash(name: str) -> str:
    game = Game.resume(load_transcript(GOLDEN / f"{name}.lunch.json"))
    weigher = Weigher(game.rules, strong_script(game.rules))
    found = positions(game, weigher, 24)
    asked = found.asked(range(len(found.all)), 24)
    *_, tables = weigher.weigh(asked, STAGES)
    digest = hashlib.sha256()
    for table in tables:
        for field in (table.actions, table.worth, table.gap, table.gap_se):
            digest.update(np.ascontiguousarray(field).tobytes())
    return digest.hexdigest()


@pytest.mark.long
@pytest.mark.parametrize("name", GAMES)
def test_worth_is_the_same_on_every_machine(name: str) -> None:
    assert json.loads(HASHES.read_text(encoding="utf-8"))[name] == worth_hash(name)


if __name__ == "__main__":
    found = {name: worth_hash(name) for name in GAMES}
    HASHES.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
