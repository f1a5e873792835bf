"""Proofs at full size whose room is full: kills, copies, floods, files, phones that come and go."""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from game.workshop.bots.http import Browser
from tests.workshop.proofs import evening as evenings
from tests.workshop.proofs.crowds import (
    killed_while_playing,
    memory_mb,
    one_does_not_read,
    place_of,
    records,
)
from tests.workshop.proofs.harms import Floods, Uploads
from tests.workshop.proofs.paired import paired
from tests.workshop.proofs.test_killed import killed_before_the_reply
from tests.workshop.served import Served, acted, served

Verdict = tuple[bool, str]
_COPIES, _AT_ONCE = 100, 20
_GROWS = 10.0  # MB that a server may grow by under a flood
_KEEPS = 3.0  # MB that a server may grow by over the last half of an evening
_REFUSED = {400, 403, 405, 413, 414, 429, 431, 0}  # 429: too many wrong codes from one place
_MEMORY = Path("/dev/shm")


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


def copies(chosen: argparse.Namespace, folder: Path) -> Verdict:
    """2. A hundred copies of every seat's move, twenty at once: one row, one reply. Killed between
    the commit and the reply: one row."""
    with served(folder / "copies.db") as server:
        replies, seats = asyncio.run(_copied(server, chosen.people, chosen.seed))
    moves = [r for r in records(folder / "copies.db") if r.kind == "move"]
    killed = 0
    for k in range(chosen.kills):
        place = folder / f"killed{k}"
        place.mkdir()
        killed += len(killed_before_the_reply(place / "rooms.db")) == 1
    holds = len(moves) == seats and set(replies) == {b'200 {"kept":true}'}
    return holds and killed == chosen.kills, (
        f"{replies.total()} posts of {seats} moves: {len(moves)} rows, "
        f"{len(replies)} kind of reply; {killed} of {chosen.kills} kills left one row"
    )


async def _copied(server: Served, people: int, seed: int) -> tuple[Counter[bytes], int]:
    """Every seat's first move, sent a hundred times over twenty connections; all replies."""
    replies: Counter[bytes] = Counter()
    seats = people // 10
    phones = [Browser(place_of(server)) for _ in range(seats)]
    for k, phone in enumerate(phones):
        form = {"code": server.code, "name": f"P{k}", "nonce": f"copies{k}"}
        assert (await phone.post("/join", form, scripted=False)).status == 303
    with closing(server.console()) as host:
        await asyncio.to_thread(acted, host, "/console/do/start")

    page = (await phones[0].get("/play")).text
    found = re.search(r'name="action" value="([a-z_]+)"', page)
    assert found is not None

    async def one(k: int, connections: list[Browser], chance: random.Random) -> None:
        form = {"table": f"s{k + 1}.1", "ply": "0", "action": found[1]}

        async def some(browser: Browser) -> None:
            for _ in range(_COPIES // _AT_ONCE):
                await asyncio.sleep(0.02 * chance.random())
                answer = await browser.post("/act/move", form)
                replies[b"%d %s" % (answer.status, answer.body)] += 1

        await asyncio.gather(*map(some, connections))

    for k, phone in enumerate(phones):
        connections = [Browser(place_of(server)) for _ in range(_AT_ONCE)]
        for browser in connections:
            browser.cookies = phone.cookies
        await one(k, connections, random.Random(seed + k))
        for browser in (phone, *connections):
            browser.close()
    return replies, seats


def deaf(chosen: argparse.Namespace, folder: Path) -> Verdict:
    """4. One that does not read: p99 of the others unchanged, memory bounded, it catches up."""
    with served(folder / "deaf.db") as server:
        told = asyncio.run(one_does_not_read(server, chosen.healthy, chosen.rounds))
    return told.unchanged and told.grown < _GROWS and told.caught_up, str(told)


@contextmanager
def without_a_disk(folder: Path) -> Iterator[Path]:
    """A folder in memory where the system has one: a disk that others use pauses for up to a
    second, and of two p99s that are compared it would decide the greater."""
    if not _MEMORY.is_dir():
        yield folder
        return
    with tempfile.TemporaryDirectory(dir=_MEMORY) as place:
        yield Path(place)


def floods(chosen: argparse.Namespace, folder: Path) -> Verdict:
    """5. Slow, endless, oversize and malformed requests while people play: refused, p99 of moves
    unchanged, memory bounded."""
    with without_a_disk(folder) as place, served(place / "floods.db") as server:
        harm = Floods(server, chosen.seed)
        before = memory_mb(server.process.pid)
        told = asyncio.run(paired(server, chosen.people, chosen.pairs, chosen.think, harm))
        grown = memory_mb(server.process.pid) - before
        alone = asyncio.run(_alone(server, harm))
    holds = told.unchanged and set(harm.answers) <= _REFUSED and alone < _GROWS
    return holds, (
        f"{told}; {dict(harm.sent)} answered with {dict(harm.answers)}; a flood alone "
        f"{alone:+.1f} MB (with {told.moves} moves {grown:+.1f} MB)"
    )


async def _alone(server: Served, harm: Floods) -> float:
    """MB that the server grows by in ten seconds of nothing but a flood, after as many before."""
    for _ in range(2):
        before = memory_mb(server.process.pid)
        async with harm():
            await asyncio.sleep(10)
            after = memory_mb(server.process.pid)
    return after - before


def bombs(chosen: argparse.Namespace, folder: Path) -> Verdict:
    """10. Hostile scenarios brought along while people play: refused, p99 of moves unchanged."""
    with (
        without_a_disk(folder) as place,
        served(place / "bombs.db") as server,
        closing(server.console()) as host,
    ):
        harm = Uploads(host)
        told = asyncio.run(
            paired(server, chosen.people, chosen.pairs, chosen.think, harm, console=host)
        )
    holds = told.unchanged and set(harm.statuses) <= {400, 413, 422}
    return holds, f"{told}; {harm.statuses.total()} files refused with {dict(harm.statuses)}"


def evening(chosen: argparse.Namespace, folder: Path) -> Verdict:
    """An evening in fast motion: phones that sleep and return leave nothing behind."""
    with served(folder / "evening.db") as server:
        found = asyncio.run(
            evenings.evening(server, chosen.phones, chosen.returns, 10, chosen.seed)
        )
    half, last = found[len(found) // 2], found[-1]
    holds = last.files <= half.files and last.memory - half.memory < _KEEPS
    return holds and last.threads <= half.threads, (
        f"{chosen.phones} phones, {last.returns} returns: {found[0].files} to {last.files} "
        f"descriptors, {found[0].memory:.1f} to {last.memory:.1f} MB, {last.threads} threads"
    )
