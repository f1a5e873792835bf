"""Two fingerprints of the rules, kept as golden files: perft counts and trace hashes.

Perft, after the chess programmers' test, counts the legal move sequences from some positions with
chance fixed at its middle. A trace hash covers every array of every step of some games. A change of
the rules shows at once in both; `python -m game.analysis.perft` writes them anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.chance import Chance, keys_of
from game.core.legal import Flags, legal_mask
from game.core.rules import RULES_VERSION, Rules
from game.core.start import initial_state
from game.core.state import FIELDS, State, rows
from game.core.step import Record, step
from game.core.view import view_for
from game.core.vocabulary import Ending
from game.policies.run import play
from game.policies.shelf import seller_for
from game.scenario.library import shipped
from game.scenario.load import load_scenario

# Preparation offers little choice, so the start is counted one move deeper.
DEPTHS = {"start": 3, "middle": 2, "late": 2}
# The line along which positions are taken: it meets the buyer, asks, shows, offers and concedes.
LINE = "caring"
HASH_SEEDS = (2_000, 24)  # first, count
HASH_POLICIES = ("direct", "rapport", "adaptive", "random")
_MOST_ROWS = 60_000
_MOST_STEPS = 400


@dataclass(frozen=True, slots=True)
class Count:
    """The legal sequences of one length, and how many of them end the (first) deal just there."""

    depth: int
    nodes: int
    agreements: int
    impasses: int
    walkaways: int
    deadlines: int
    parted: int


def rules_of(scenario: str) -> Rules:
    loaded = load_scenario(scenario)
    return loaded.rules


def mean_start(rules: Rules) -> State:
    """One row at the start, its buyers drawn at their means (needs and topics of seed 0)."""
    still = np.zeros(rules.n_buyers, np.float32)
    people = replace(
        rules.buyers, d_sd=still, patience_sd=still, reservation_sd=still, mood_sd=still
    )
    return initial_state(replace(rules, buyers=people), keys_of(0, 1))


def positions(rules: Rules) -> dict[str, State]:
    """Positions of one line with chance at its middle: its start, half way, before its end."""
    seller = seller_for(rules, LINE)
    state = mean_start(rules)
    memory = seller.start(1)
    middle = np.full(1, 0.5, np.float32)
    line = [state]
    for _ in range(_MOST_STEPS):
        action = seller.act(view_for(rules, state), Flags(rules, state), memory, middle)
        state, _ = step(rules, state, action, Chance.mean(1, rules.n_buyers))
        if state.ending[0] != Ending.NONE:
            break
        line.append(state)
    return {"start": line[0], "middle": line[len(line) // 2], "late": line[-1]}


def expand(rules: Rules, state: State) -> State:
    """Every legal base action played in every row: the rows of the next depth, in order."""
    legal = legal_mask(rules, state)[: rules.base_actions]
    which, action = np.nonzero(legal.T)
    after: list[State] = []
    for first in range(0, which.size, _MOST_ROWS):
        part = slice(first, first + _MOST_ROWS)
        before = rows(state, which[part])
        chance = Chance.mean(before.n, rules.n_buyers)
        after.append(step(rules, before, action[part].astype(np.int32), chance)[0])
    return joined(after) if after else rows(state, np.zeros(0, np.intp))


def joined(parts: list[State]) -> State:
    if len(parts) == 1:
        return parts[0]
    together: dict[str, Any] = {
        name: np.concatenate([getattr(p, name) for p in parts], axis=-1) for name in FIELDS
    }
    return State(**together)


def perft(rules: Rules, state: State, depth: int) -> list[Count]:
    """Counts for each length up to `depth`; packages are left out, they differ in numbers only."""
    counts = []
    for length in range(1, depth + 1):
        fresh = rows(state, state.ending == Ending.NONE)
        ended_before = rows(state, state.ending != Ending.NONE)
        new, old = expand(rules, fresh), expand(rules, ended_before)
        found = np.bincount(new.ending, minlength=len(Ending)).tolist()
        counts.append(
            Count(
                depth=length,
                nodes=new.n + old.n,
                agreements=found[Ending.AGREEMENT],
                impasses=found[Ending.IMPASSE],
                walkaways=found[Ending.WALKAWAY],
                deadlines=found[Ending.DEADLINE],
                parted=found[Ending.PARTED],
            )
        )
        state = joined([new, old])
    return counts


def perft_table(scenarios: Iterable[str], depth: int | None = None) -> dict[str, Any]:
    """Scenario -> position -> counts, as plain data; to `depth` or else to `DEPTHS`."""
    table: dict[str, Any] = {}
    for name in scenarios:
        rules = rules_of(name)
        table[name] = {
            position: [asdict(c) for c in perft(rules, state, depth or DEPTHS[position])]
            for position, state in positions(rules).items()
        }
    return table


def trace_hash(rules: Rules, policy: str, seed: int, count: int) -> str:
    """sha256 over every array of the state after every step of `count` games."""
    digest = hashlib.sha256()

    def feed(values: NDArray[Any]) -> None:
        digest.update(f"{values.dtype.str[1:]}{values.shape}".encode())
        digest.update(values.astype(values.dtype.newbyteorder("<")).tobytes())

    def watch(index: NDArray[np.intp], before: State, record: Record, after: State) -> None:
        feed(record.action)
        for name in FIELDS:
            feed(getattr(after, name))

    played = play(rules, seller_for(rules, policy), keys_of(seed, count), watch)
    for name in FIELDS:
        feed(getattr(played.state, name))
    return digest.hexdigest()


def hash_table(scenarios: Iterable[str]) -> dict[str, dict[str, str]]:
    """Scenario -> policy -> trace hash."""
    table = {}
    for name in scenarios:
        rules = rules_of(name)
        table[name] = {p: trace_hash(rules, p, *HASH_SEEDS) for p in HASH_POLICIES}
    return table


def golden_dir() -> Path:
    """`tests/golden` of the checkout this package lies in."""
    return Path(__file__).resolve().parents[2] / "tests" / "golden"


def _write(name: str, data: dict[str, Any]) -> None:
    path = golden_dir() / name
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {path.name}: {len(data['scenarios'])} scenarios")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m game.analysis.perft", description=__doc__)
    parser.add_argument("--hashes", action="store_true", help="write the trace hashes instead")
    parser.add_argument("--depth", type=int, help="print counts to this depth, write nothing")
    parser.add_argument("scenarios", nargs="*", help="with --depth: these scenarios only")
    chosen = parser.parse_args(arguments)
    names = chosen.scenarios or list(shipped())
    if chosen.depth is not None:
        print(json.dumps(perft_table(names, chosen.depth), indent=1))
    elif not golden_dir().is_dir():
        print("the golden files are part of a source checkout, not of an installed package")
        return 2
    elif chosen.hashes:
        _write(
            "trace_hashes.json",
            {
                "rules_version": RULES_VERSION,
                "seeds": list(HASH_SEEDS),
                "scenarios": hash_table(shipped()),
            },
        )
    else:
        _write("perft.json", {"rules_version": RULES_VERSION, "scenarios": perft_table(shipped())})
    return 0


if __name__ == "__main__":
    sys.exit(main())
