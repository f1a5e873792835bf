"""Every proof of the workshop at full size: `python -m tests.workshop.proofs.full`.

Takes some minutes and most of two processors, on the loopback alone. Each proof ends with a
verdict; the exit status is 1 if one does not hold.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx

from game.scenario.library import shipped
from game.session.game import Game
from game.workshop.bots.fill import percentile
from tests.workshop.proofs.crowds import killed_while_playing, moves_beside, one_does_not_read
from tests.workshop.proofs.hidden import leaks
from tests.workshop.proofs.house import House
from tests.workshop.proofs.test_harm import BOMBS
from tests.workshop.proofs.test_hidden import played
from tests.workshop.served import acted, served

Verdict = tuple[bool, str]
_NOISE = 0.030  # seconds by which two equal measurements of a p99 may differ
_HERE = Path(__file__).parent


def kills(chosen: argparse.Namespace, folder: Path) -> Verdict:
    """1. kill -9 at random points: every acknowledged move is stored, once, and shown again."""
    with served(folder / "kills.db") as server:
        told, last = asyncio.run(
            killed_while_playing(
                server, chosen.people, chosen.kills, (2.0, 6.0), chosen.think, chosen.seed
            )
        )
        last.kill()
    holds = not (told.missing or told.twice or told.not_shown) and told.acknowledged > 0
    return holds, (
        f"{told.acknowledged} moves acknowledged through {told.kills} kills, {told.retried} sent "
        f"again; {len(told.missing)} lost, {len(told.twice)} twice, {len(told.not_shown)} not shown"
    )


def deaf(chosen: argparse.Namespace, folder: Path) -> Verdict:
    """4. One that does not read: p99 of the others unchanged, memory bounded, it catches up."""
    with served(folder / "deaf.db") as server:
        told = asyncio.run(one_does_not_read(server, chosen.healthy, chosen.rounds))
    holds = told.beside < 1.5 * told.before + _NOISE and told.grown < 10 and told.caught_up
    caught = "caught up" if told.caught_up else "did not catch up"
    return holds, (
        f"last of {chosen.healthy}, p99: {told.before * 1e3:.0f} ms without, "
        f"{told.beside * 1e3:.0f} ms beside; {told.grown:+.1f} MB; it {caught}"
    )


def hidden(_: argparse.Namespace, folder: Path) -> Verdict:
    """9. Every byte sent to a phone in a game of every shipped scenario: nothing hidden in it."""
    found: list[str] = []
    moves = 0
    for name in shipped():
        place = folder / name
        place.mkdir()
        house = House(place, name, help="plain")

        def look(body: bytes, game: Game) -> None:
            found.extend(f"{game.scenario.scenario}: {leak}" for leak in leaks(body, game))

        moves += asyncio.run(played(house, look, 80))
        house.service.close()
    return not found, f"{len(shipped())} games, {moves} moves; found: {found[:5] or 'nothing'}"


def bombs(chosen: argparse.Namespace, folder: Path) -> Verdict:
    """10. Hostile scenarios uploaded while people play: refused, p99 unchanged."""
    with served(folder / "bombs.db") as server, closing(server.console()) as host:
        acted(host, "/console/do/start")
        refused: list[int] = []
        names = list(BOMBS)

        def harm() -> None:
            name = names[len(refused) % len(names)]
            body = {"file": (name, BOMBS[name].encode(), "application/x-yaml")}
            try:
                refused.append(host.post("/console/upload", files=body, timeout=60).status_code)
            except httpx.TransportError:
                refused.append(0)

        quiet = asyncio.run(moves_beside(server, 20, chosen.seconds, None))
        beside = asyncio.run(moves_beside(server, 20, chosen.seconds, harm))
    before, after = percentile(quiet, 99), percentile(beside, 99)
    holds = set(refused) <= {400, 413, 422} and after < 1.5 * before + _NOISE
    return holds, (
        f"{len(refused)} files refused with {sorted(set(refused))}; p99 of moves "
        f"{before * 1e3:.0f} ms without, {after * 1e3:.0f} ms beside"
    )


def small(_: argparse.Namespace, __: Path) -> Verdict:
    """2 to 8 and 11, as in the suite."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(_HERE)]
    done = subprocess.run([*command, "-m", "long or not long"], capture_output=True, text=True)
    return done.returncode == 0, (done.stdout.strip().splitlines() or ["no test ran"])[-1]


PROOFS: dict[str, Callable[[argparse.Namespace, Path], Verdict]] = {
    "kills": kills,
    "deaf": deaf,
    "hidden": hidden,
    "bombs": bombs,
    "small": small,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.workshop.proofs.full")
    parser.add_argument("proofs", nargs="*", metavar="PROOF", help=f"of {', '.join(PROOFS)}")
    parser.add_argument("--people", type=int, default=200, help="who play while it is killed")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--think", type=float, default=3.0, help="seconds before a move")
    parser.add_argument("--healthy", type=int, default=499, help="beside one that does not read")
    parser.add_argument("--rounds", type=int, default=200, help="words to all of them")
    parser.add_argument("--seconds", type=float, default=20.0, help="with and without bombs")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    unknown = set(chosen.proofs) - set(PROOFS)
    if unknown:
        parser.error(f"no such proof: {', '.join(sorted(unknown))}")
    failed = 0
    for name in chosen.proofs or PROOFS:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            try:
                holds, found = PROOFS[name](chosen, Path(folder))
            except Exception as problem:  # a proof that breaks is one that does not hold
                holds, found = False, f"{type(problem).__name__}: {problem}"
        failed += not holds
        what = (PROOFS[name].__doc__ or "").strip()
        verdict = "HOLDS" if holds else "FAILS"
        print(f"{verdict}  {what}\n       {found} ({time.monotonic() - begun:.0f} s)", flush=True)
    print(f"{len(chosen.proofs or PROOFS) - failed} hold, {failed} fail")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
