"""Processes that share work: Ctrl-C ends them quietly, and none outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from game.analysis.workers import shared

ROOT = Path(__file__).resolve().parents[2]
# Each says "begun" while its processes are being started, and are far from ready.
NAPS = """\
import gc, sys, time
from game.analysis.workers import shared
try:
    with shared(2, gc.collect) as share:
        naps = share(time.sleep, [60] * 4)
        print("begun", flush=True)
        list(naps)
except KeyboardInterrupt:
    sys.exit(130)
"""
COMMAND = """\
import sys
from contextlib import contextmanager
from game.analysis import workers
from game.cli import main

@contextmanager
def telling(quietly=workers._uninterrupted):
    with quietly():
        yield
    print("begun", flush=True)

workers._uninterrupted = telling
sys.exit(main(sys.argv[1:]))
"""
COMMANDS = {
    "balance": "balance seoul --runs 20000 --jobs 2",
    "claims": "claims --scenario seoul --scenario osaka --jobs 2",
    "simulate": "simulate seoul --policy rapport --runs 400000 --seed 1 --jobs 2",
}


def started(*arguments: str) -> subprocess.Popen[str]:
    """A process in a group of its own, as a terminal starts it."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def begun(*arguments: str) -> subprocess.Popen[str]:
    process = started(*arguments)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def keep(number: int) -> None:
    os.environ["LONG_LUNCH_TEST_NUMBER"] = str(number)


def kept(factor: int) -> int:
    return factor * int(os.environ["LONG_LUNCH_TEST_NUMBER"])


def test_work_is_prepared_in_each_process_and_comes_back_in_order() -> None:
    with shared(2, keep, 7) as share:
        assert list(share(kept, [3, 1, 2])) == [21, 7, 14]
    assert "LONG_LUNCH_TEST_NUMBER" not in os.environ


@pytest.mark.parametrize("wait", [0.0, 0.5])
def test_ctrl_c_ends_everybody_quietly_and_at_once(wait: float) -> None:
    process = begun("-c", NAPS)
    time.sleep(wait)
    os.killpg(process.pid, signal.SIGINT)
    _, complaints = process.communicate(timeout=30)
    assert process.returncode == 130
    assert complaints == ""


def test_nobody_outlives_a_killed_parent() -> None:
    process = begun("-c", NAPS)
    time.sleep(0.5)
    process.kill()
    # the pipes stay open as long as anybody holds them
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL


@pytest.mark.long
@pytest.mark.parametrize("command", COMMANDS)
def test_an_interrupted_command_says_nothing(command: str) -> None:
    process = begun("-c", COMMAND, *COMMANDS[command].split())
    os.killpg(process.pid, signal.SIGINT)
    _, complaints = process.communicate(timeout=30)
    assert process.returncode == 130
    assert complaints == ""
