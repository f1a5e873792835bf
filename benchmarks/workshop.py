"""The workshop's server under load: the server has one core, its load the other.

A room's phones do not compute on the facilitator's machine, and five hundred of them in one
process, woken on the server's core, would keep it from writing to the next. On a busy machine the
numbers say so little that the processor time the server took stands beside them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.timing import as_installed, on_core
from benchmarks.workshop_load import SCENARIO
from tests.workshop.served import Served

THINKING = 20.0  # seconds of 200 people with three seconds to think
PLAYING = 8.0  # seconds of moves without a pause
_SERVER, _LOAD = 0, 1  # the cores


@dataclass(frozen=True, slots=True)
class Found:
    """What one load saw. `cpu` is the server's processor time in seconds, `memory` its memory and
    `beside` that of the processes it started, in MB."""

    seen: dict[str, Any]
    cpu: float
    memory: float
    beside: float


def under(kind: str, seconds: float = 0.0) -> Found:
    """A fresh server under one kind of load."""
    with _house() as (server, cookie):
        before = cpu_seconds(server.process.pid)
        seen = json.loads(_load(kind, server, cookie, seconds).communicate(timeout=180)[0])
        process = server.process.pid
        return Found(seen, cpu_seconds(process) - before, memory_mb(process), beside_mb(process))


def recovery() -> float:
    """Seconds from the start of a server that was killed until the last of 200 pages is back."""
    with _house() as (server, cookie):
        load = _load("recovery", server, cookie, 0.0)
        assert load.stdout is not None
        assert load.stdout.readline() == "ready\n"
        server.kill()
        begun = time.time()
        with on_core(_SERVER):
            again = server.again()
        try:
            return float(json.loads(load.communicate(timeout=60)[0])["last"] - begun)
        finally:
            again.kill()


@contextmanager
def _house() -> Iterator[tuple[Served, str]]:
    with tempfile.TemporaryDirectory() as folder:
        with on_core(_SERVER):
            server = Served(Path(folder) / "rooms.db", SCENARIO, env=as_installed())
        try:
            with closing(server.console()) as browser:
                (cookie,) = browser.cookies.items()
            yield server, "=".join(cookie)
        finally:
            if server.process.poll() is None:
                server.kill()


def _load(kind: str, server: Served, cookie: str, seconds: float) -> subprocess.Popen[str]:
    command = [
        sys.executable, "-m", "benchmarks.workshop_load", kind, server.url, server.code, cookie,
        str(seconds),
    ]  # fmt: skip
    with on_core(_LOAD):
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def cpu_seconds(process: int) -> float:
    """Processor time that a process has taken; nan where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(process: int) -> float:
    """Memory of a process in MB, its share of what it shares with others."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return float("nan")
    return int(rollup.split("\nPss:")[1].split()[0]) / 1024


def beside_mb(process: int) -> float:
    """Memory of the processes that one has started."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return float("nan")
    return sum(memory_mb(int(child)) for child in children)


def main() -> int:
    """`python -m benchmarks.workshop [KIND …]`: some of the loads, with all they saw."""
    for kind in sys.argv[1:] or ("moves", "thinking", "fan_out", "joins", "games", "recovery"):
        if kind == "recovery":
            print(kind, f"{recovery():.2f} s")
            continue
        found = under(kind, {"moves": PLAYING, "thinking": THINKING}.get(kind, 0.0))
        seen = {k: round(v, 4) for k, v in found.seen.items()}
        print(
            kind,
            json.dumps(seen),
            f"cpu {found.cpu:.2f} s,",
            f"{found.memory:.0f} + {found.beside:.0f} MB",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
