"""Play the plays of the shipped scenarios and keep what came of them in tests/golden.

`<scenario>.lunch.json` is the transcript of a scenario's first play, `plays.json` holds the events
and the outcome of every play. After a change of the rules: python -m tests.session.regenerate
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from game.scenario.library import shipped
from game.scenario.load import Loaded, load_scenario
from game.scenario.model import Play
from game.session.game import Game
from game.session.plays import Played, PlayError, missing, play_through

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
TABLE = GOLDEN / "plays.json"
# of the outcome, what a reader of the table wants to see move
_KEPT = ("deals", "turns", "facts", "seller_utility", "buyer_utility", "relationship", "score")


def kept(played: Played) -> dict[str, Any]:
    """The events and the outcome as the table keeps them."""
    values = {name: getattr(played.outcome, name)[0].item() for name in _KEPT}
    return {"events": list(played.events), "outcome": {k: round(v, 4) for k, v in values.items()}}


def game_of(loaded: Loaded, play: Play) -> Game:
    """The same play at the human's table."""
    game = Game(loaded, play.seed)
    for move in play.moves:
        game.play(move)
    return game


def main() -> int:
    table: dict[str, Any] = {}
    failed = False
    for name in shipped():
        loaded = load_scenario(name)
        table[name] = {}
        for key, play in loaded.scenario.plays.items():
            try:
                played = play_through(loaded, play)
            except PlayError as problem:
                print(f"{name}, {key}: {problem}", file=sys.stderr)
                failed = True
                continue
            lost = missing(play.events, played.events)
            if lost or not played.ended:
                why = f"“{lost}” does not come" if lost else "it does not end"
                print(f"{name}, {key}: {why}: {', '.join(played.events)}", file=sys.stderr)
                failed = True
            table[name][key] = kept(played)
            if key == next(iter(loaded.scenario.plays)):
                game_of(loaded, play).transcript.save(GOLDEN / f"{name}.lunch.json")
    text = json.dumps(table, ensure_ascii=False, indent=1)
    TABLE.write_text(text + "\n", encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
