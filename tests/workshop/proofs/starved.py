"""Proof 6 at full size: a real full disk, and files that became read-only, while people play."""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from game.workshop.bots.people import Counts, people
from tests.workshop.proofs.crowds import moves_of, place_of
from tests.workshop.proofs.test_disk import ALARM
from tests.workshop.served import Served, acted

Verdict = tuple[bool, str]


def disk(chosen: argparse.Namespace, folder: Path) -> Verdict:
    """6. A real full disk and a file that became read-only while people play: a visible alarm, no
    false acknowledgement, and it goes on by itself."""
    told = []
    with _small_disk(folder / "disk") as place:
        told.append(("full", _starved(place, chosen.people // 4, _filled)))
    place = folder / "readonly"
    place.mkdir()
    told.append(("read-only", _starved(place, chosen.people // 4, _read_only)))
    return all(one.holds for _, one in told), "; ".join(f"{name}: {one}" for name, one in told)


@dataclass(frozen=True, slots=True)
class Starved:
    """What became of the moves while nothing could be kept. Seconds; nan for never."""

    acknowledged: int
    missing: int
    twice: int
    alarm: float  # from the fault to the alarm on the console
    again: float  # from the end of the fault to the next move that is kept, and no alarm

    @property
    def holds(self) -> bool:
        return not (self.missing or self.twice) and self.alarm < 30 and self.again < 10

    def __str__(self) -> str:
        return (
            f"{self.acknowledged} acknowledged, {self.missing} lost, {self.twice} twice, alarm "
            f"after {self.alarm:.1f} s, goes on after {self.again:.1f} s"
        )


Fault = Callable[[Path], Callable[[], None]]  # makes it, and gives the way back


def _starved(place: Path, number: int, fault: Fault) -> Starved:
    server = Served(place / "rooms.db")
    try:
        with closing(server.console()) as host:
            counts, alarm, again = asyncio.run(_plays_on(server, host, number, place, fault))
    finally:
        server.kill()
    moves = moves_of(place / "rooms.db")
    twice = len(moves) - len({(table, ply) for table, ply, _ in moves})
    return Starved(len(counts.kept), len(set(counts.kept) - set(moves)), twice, alarm, again)


async def _plays_on(
    server: Served, host: httpx.Client, number: int, place: Path, fault: Fault
) -> tuple[Counts, float, float]:
    counts = Counts()
    crowd = people(place_of(server), server.code, number, 9, 1.0, ["random"], 0.0, counts)
    tasks = [asyncio.create_task(person.live()) for person in crowd]
    while counts.joined < number:
        await asyncio.sleep(0.05)
    await asyncio.to_thread(acted, host, "/console/do/start")
    await asyncio.sleep(4)

    async def until(wanted: Callable[[str], bool], most: float) -> float:
        begun = time.monotonic()
        while time.monotonic() < begun + most:
            if wanted((await asyncio.to_thread(host.get, "/console")).text):
                return time.monotonic() - begun
            await asyncio.sleep(0.1)
        return float("nan")

    mended = fault(place)
    try:
        alarm = await until(lambda page: ALARM in page, 30)
        await asyncio.sleep(3)
        kept = len(counts.kept)
    finally:
        mended()
    again = await until(lambda page: ALARM not in page and len(counts.kept) > kept, 15)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return counts, alarm, again


@contextmanager
def _small_disk(place: Path) -> Iterator[Path]:
    """A disk of four megabytes; needs the right to mount one."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def _filled(place: Path) -> Callable[[], None]:
    rest = place / "rest"
    with rest.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    return rest.unlink


def _read_only(place: Path) -> Callable[[], None]:
    """Files that nobody may write to, not even whoever has them open; needs an ext4 and root.

    The index that SQLite keeps in shared memory is left alone: the system ends a program that
    writes to such a page when it has become read-only.
    """
    files = [str(place / name) for name in ("rooms.db", "rooms.db-wal")]
    subprocess.run(["chattr", "+i", *files], check=True)
    return lambda: subprocess.run(["chattr", "-i", *files], check=True) and None
