"""Pictures from SVG: in a process that may die, and never twice the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.desktop import raster as module
from game.desktop.raster import Raster

ROOT = Path(__file__).parents[2]


def svg(colour: str, words: str = "") -> str:
    text = f'<text x="5" y="40" font-size="30" font-family="Hanken Grotesk">{words}</text>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">'
        f'<rect width="100" height="50" fill="{colour}"/>{text if words else ""}</svg>'
    )


@pytest.fixture
def raster() -> Iterator[Raster]:
    made = Raster()
    yield made
    made.close()


def test_inline_a_picture_is_there_at_once() -> None:
    picture = Raster(inline=True).request(svg("red"), 200, 200)
    assert picture.surface is not None
    assert picture.surface.get_size() == (200, 100)
    assert tuple(picture.surface.get_at((100, 50))) == (255, 0, 0, 255)


def test_words_are_drawn_with_our_fonts() -> None:
    bare = Raster(inline=True).request(svg("white"), 200, 100).surface
    said = Raster(inline=True).request(svg("white", "Kang"), 200, 100).surface
    assert bare is not None
    assert said is not None
    assert bare.get_at((30, 70)) != said.get_at((30, 70)) or bare.get_buffer().raw != (
        said.get_buffer().raw
    )


def test_what_cannot_be_drawn_stays_a_placeholder() -> None:
    picture = Raster(inline=True).request("<svg", 100, 100)
    assert picture.failed
    assert picture.surface is None


def test_the_process_draws_the_same(raster: Raster) -> None:
    here = Raster(inline=True).request(svg("teal", "Kang"), 300, 150).surface
    picture = raster.request(svg("teal", "Kang"), 300, 150)
    assert not picture.done
    told: list[bool] = []
    picture.then(lambda: told.append(True))
    assert raster.wait(20)
    assert told == [True]
    assert here is not None
    assert picture.surface is not None
    assert picture.surface.get_buffer().raw == here.get_buffer().raw


def test_the_same_picture_is_asked_for_once(raster: Raster) -> None:
    first = raster.request(svg("red"), 100, 50)
    assert raster.request(svg("red"), 100, 50) is first
    assert raster.request(svg("red"), 200, 100) is not first
    assert raster.wait(20)
    assert raster.request(svg("red"), 100, 50) is first


def test_a_bad_picture_does_not_end_the_process(raster: Raster) -> None:
    bad, good = raster.request("nonsense", 10, 10), raster.request(svg("red"), 10, 10)
    assert raster.wait(20)
    assert bad.failed
    assert good.surface is not None
    assert raster.starts == 1


def test_a_killed_process_is_started_again(raster: Raster) -> None:
    raster.request(svg("red"), 100, 50)
    assert raster.wait(20)
    assert raster.pid is not None
    os.kill(raster.pid, signal.SIGKILL)
    later = [raster.request(svg(colour), 100, 50) for colour in ("blue", "green", "gold")]
    assert raster.wait(20)
    assert all(picture.surface is not None for picture in later)
    assert raster.starts == 2


def test_what_ends_the_process_twice_is_given_up(
    raster: Raster, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = raster.request(svg("red"), 100, 50)
    for _ in range(2):
        assert raster.pid is not None
        os.kill(raster.pid, signal.SIGKILL)
        deadline = time.monotonic() + 20
        before = raster.starts
        while raster.starts == before and not picture.done and time.monotonic() < deadline:
            raster.poll()
            time.sleep(0.01)
    assert picture.done


def test_without_a_process_everything_is_a_placeholder(
    raster: Raster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_STARTS", 0)
    pictures = [raster.request(svg(colour), 100, 50) for colour in ("red", "blue", "green")]
    assert all(picture.failed for picture in pictures)
    assert not raster.busy


def test_what_nobody_wants_any_more_is_not_made(raster: Raster) -> None:
    pictures = [raster.request(svg("red"), 100 + n, 50) for n in range(12)]
    for picture in pictures[:-1]:
        picture.cancel()
    assert raster.wait(20)
    assert pictures[-1].surface is not None
    assert sum(picture.surface is not None for picture in pictures) <= 4
    assert raster.request(svg("red"), 105, 50) is not pictures[5]


def test_closing_waits_for_the_thread_that_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe that is closed while somebody reads from it fails in his hands."""
    failed: list[object] = []
    monkeypatch.setattr(threading, "excepthook", failed.append)
    for _ in range(5):
        raster = Raster()
        for n in range(8):
            raster.request(svg("red"), 1500 + n, 900)
        raster.start()
        assert raster._answers.get(timeout=20)[1] is not None  # others are under way
        reader = raster._reader
        raster.close()
        assert reader is not None and not reader.is_alive() and raster._pipe is None
    assert not failed


def test_the_cache_forgets_what_was_not_used_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CACHE_BYTES", 3 * 100 * 50 * 4)
    raster = Raster(inline=True)
    first = raster.request(svg("red"), 100, 50)
    for colour in ("blue", "green"):
        raster.request(svg(colour), 100, 50)
    assert raster.request(svg("red"), 100, 50) is first
    raster.request(svg("gold"), 100, 50)  # blue goes: it was not used for longest
    assert raster.request(svg("red"), 100, 50) is first
    assert raster._bytes <= 3 * 100 * 50 * 4


PARENT = """
import os, sys, time
from game.desktop.raster import Raster
if __name__ == "__main__":
    raster = Raster()
    raster.request("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>", 9, 9)
    raster.wait(20)
    print(raster.pid, flush=True)
    os.kill(os.getpid(), 9)
"""


def alive(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return status != "Z"


@pytest.mark.long
def test_the_process_ends_with_its_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    pid = int(done.stdout.split()[-1])
    deadline = time.monotonic() + 10
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive(pid)
