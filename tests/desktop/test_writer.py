"""The thread that writes: its order, what replaces what, who is told, and what waits for it."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from game.desktop.writer import Writer
from game.session.saves import unwritable

_PATIENCE = 20  # seconds; nothing here takes one


class Desk:
    """A thread that puts jobs, and hears of them when it looks."""

    def __init__(self) -> None:
        self.calls: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self.writer = Writer(self.calls.put)
        self.done: list[str] = []
        self.heard: list[str] = []
        self._gates: list[threading.Event] = []

    def put(self, name: str | None, what: str) -> None:
        def write() -> str:
            self.done.append(what)
            return f"{what} done"

        self.writer.put(name, write, self.heard.append)

    def blocked(self) -> threading.Event:
        """Put a job that has begun and ends when the event is set."""
        begun, gate = threading.Event(), threading.Event()
        self._gates.append(gate)

        def write() -> None:
            begun.set()
            gate.wait(_PATIENCE)

        self.writer.put(None, write, lambda _: self.heard.append("free"))
        assert begun.wait(_PATIENCE)
        return gate

    def look(self) -> None:
        """Wait for all jobs, then hear of them."""
        self.writer.wait()
        while not self.calls.empty():
            self.calls.get()()

    def close(self) -> None:
        for gate in self._gates:
            gate.set()
        self.writer.wait()


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


def test_without_a_thread_it_is_done_at_once() -> None:
    writer, heard = Writer(), list[int]()
    writer.put("file", lambda: 7, heard.append)
    assert heard == [7] and writer.idle
    writer.then(lambda: heard.append(8))
    assert heard == [7, 8]
    with pytest.raises(ZeroDivisionError):
        writer.put("file", lambda: 1 // 0, heard.append)


def test_who_puts_waits_for_nothing_and_hears_of_it_in_his_own_thread(desk: Desk) -> None:
    writers = list[threading.Thread]()
    gate = desk.blocked()
    desk.writer.put(None, lambda: writers.append(threading.current_thread()), lambda _: None)
    assert desk.heard == [] and not desk.writer.idle
    gate.set()
    desk.writer.wait()
    assert desk.heard == [], "only when its own thread looks"
    desk.look()
    assert desk.heard == ["free"] and desk.writer.idle
    assert writers != [threading.current_thread()]


def test_jobs_are_done_in_their_order(desk: Desk) -> None:
    gate = desk.blocked()
    for number in range(20):
        desk.put(None, str(number))
    gate.set()
    desk.look()
    assert desk.done == [str(number) for number in range(20)]
    assert desk.heard == ["free", *(f"{number} done" for number in range(20))]


def test_of_one_file_the_newest_is_written_and_all_are_told(desk: Desk) -> None:
    gate = desk.blocked()
    for what in ("first", "second", "third"):
        desk.put("game", what)
    gate.set()
    desk.look()
    assert desk.done == ["third"]
    assert desk.heard == ["free", "third done", "third done", "third done"]


def test_what_another_file_came_after_is_not_replaced(desk: Desk) -> None:
    gate = desk.blocked()
    for name, what in (("game", "1"), ("profile", "2"), ("game", "3"), (None, "4"), (None, "5")):
        desk.put(name, what)
    gate.set()
    desk.look()
    assert desk.done == ["1", "2", "3", "4", "5"]


def test_what_is_being_written_is_not_replaced(desk: Desk) -> None:
    begun, gate = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        gate.wait(_PATIENCE)
        desk.done.append("slow")
        return "slow done"

    desk.writer.put("game", slow, desk.heard.append)
    assert begun.wait(_PATIENCE)
    desk.put("game", "newer")
    gate.set()
    desk.look()
    assert desk.done == ["slow", "newer"] and desk.heard == ["slow done", "newer done"]


def test_then_comes_after_all_that_was_put_and_its_results(desk: Desk) -> None:
    desk.writer.then(lambda: desk.heard.append("at once"))
    assert desk.heard == ["at once"]
    gate = desk.blocked()
    desk.put("game", "move")
    desk.writer.then(lambda: desk.heard.append("shown"))
    gate.set()
    desk.writer.wait()  # done, but not told: what is shown still waits for that
    desk.writer.then(lambda: desk.heard.append("last"))
    desk.look()
    assert desk.heard == ["at once", "free", "move done", "shown", "last"]


def test_a_fault_is_raised_to_who_put_it_and_stops_nothing(desk: Desk) -> None:
    gate = desk.blocked()
    desk.writer.put(None, lambda: 1 // 0, desk.heard.append)
    desk.put("game", "move")
    gate.set()
    desk.writer.wait()
    desk.calls.get()()
    with pytest.raises(ZeroDivisionError):
        desk.calls.get()()
    desk.look()
    assert desk.heard == ["free", "move done"] and desk.writer.idle


def test_the_end_finds_what_nobody_was_told(desk: Desk) -> None:
    problem = unwritable(Path("game"), OSError(28, "No space left on device"))
    assert desk.writer.untold() is None
    desk.put("game", "move")
    desk.writer.put("game", lambda: problem, lambda _: None)
    desk.writer.wait()
    assert desk.writer.untold() is problem
    desk.look()
    assert desk.writer.untold() is None, "it was told"
    desk.writer.put(None, lambda: 1 // 0, lambda _: None)
    desk.writer.wait()
    assert isinstance(desk.writer.untold(), ZeroDivisionError)


@pytest.mark.parametrize("end", ["", "raise SystemExit(0)", "1 // 0", "raise KeyboardInterrupt"])
def test_the_end_of_the_program_waits_for_what_was_put(end: str, tmp_path: Path) -> None:
    code = f"""
import pathlib, time
from game.desktop.writer import Writer
writer = Writer(lambda call: None)
for name in "ab":
    file = pathlib.Path(name)
    writer.put(name, lambda file=file: (time.sleep(0.1), file.touch()), lambda _: None)
{end}
"""
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, stderr=subprocess.DEVNULL)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
