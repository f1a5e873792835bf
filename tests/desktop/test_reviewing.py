"""A review made in a process: stage by stage, without waiting, and gone when nobody wants it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from game.desktop import reviewing
from game.desktop.reviewing import Engine, News, Page, Ready, Refused, Reviewing
from game.review import keeping, profile_files
from game.review.model import Review
from game.review.profile import Profile
from game.session.game import Game
from game.session.transcript import Transcript, load_transcript
from tests.desktop import quick
from tests.review import samples

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden" / "seoul.lunch.json"
SOON = 20.0  # seconds; on a busy machine


def wait_for(true: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)


def all_of(made: Reviewing) -> list[News]:
    """Everything that comes, until nothing more does."""
    found: list[News] = []

    def over() -> bool:
        found.extend(made.news())
        return not made.busy

    wait_for(over)
    return found


@pytest.mark.long
def test_stages_come_back_one_by_one_and_then_the_page() -> None:
    woken = threading.Event()
    made = Reviewing(load_transcript(GOLDEN), engine=quick.two_stages)
    made.begin(woken.set)
    assert made.news() == [] and made.busy  # it does not wait for the process
    one, two, page = all_of(made)
    assert isinstance(one, Review) and isinstance(two, Review) and isinstance(page, Page)
    assert (one.stage, two.stage, two.scenario) == (1, 2, "seoul")
    assert "<!DOCTYPE html>" in page.html
    assert woken.is_set()
    assert made.pid is None
    assert made.news() == []


@pytest.mark.long
def test_closing_ends_the_process_in_the_midst_of_its_work() -> None:
    made = Reviewing(load_transcript(GOLDEN), engine=quick.never_done)
    made.begin(lambda: None)
    wait_for(lambda: bool(made.news()))
    process = made._process
    assert process is not None and process.is_alive()
    made.close()
    process.join(SOON)
    assert not process.is_alive()


@pytest.mark.long
def test_a_process_that_breaks_down_is_no_review_and_no_hang(
    capfd: pytest.CaptureFixture[str],
) -> None:
    made = Reviewing(load_transcript(GOLDEN), engine=quick.broken)
    made.begin(lambda: None)
    *_, last = all_of(made)
    assert last == Refused()


@pytest.mark.long
def test_the_process_ends_with_whoever_started_it() -> None:
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from game.desktop.reviewing import Reviewing\n"
        "from game.session.transcript import load_transcript\n"
        "from tests.desktop import quick\n"
        "if __name__ == '__main__':\n"
        f"    made = Reviewing(load_transcript(Path({str(GOLDEN)!r})), engine=quick.never_done)\n"
        "    made.begin(lambda: None)\n"
        "    while not made.news():\n"
        "        time.sleep(.01)\n"
        "    print(made.pid, flush=True)\n"
        "    time.sleep(600)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()

    def gone() -> bool:
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return True
        try:  # where nobody collects it, it stays as a name
            return ") Z " in Path(f"/proc/{child}/stat").read_text(encoding="utf-8")
        except OSError:
            return True

    wait_for(gone)


# --- what it says, without a process --------------------------------------------------------------


def told(
    transcript: Transcript, today: date | None, engine: Engine = quick.two_stages
) -> list[News]:
    return list(reviewing._told(transcript, today, engine, threading.Lock()))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(profile_files, "data_dir", lambda: tmp_path)
    return tmp_path


def test_the_profile_is_told_once_the_last_stage_is_there(folder: Path) -> None:
    news = told(load_transcript(GOLDEN), date(2026, 4, 2))
    assert [type(each) for each in news] == [Review, Review, keeping.Kept, Page]
    assert isinstance(news[2], keeping.Kept) and news[2].problem is None
    (record,) = Profile.load(folder).book.reviews
    assert record.date == date(2026, 4, 2)
    assert record.scenario == "seoul"


def test_without_a_date_the_profile_is_left_alone(folder: Path) -> None:
    news = told(load_transcript(GOLDEN), None)
    assert [type(each) for each in news] == [Review, Review, Page]
    assert list(folder.iterdir()) == []


def test_a_game_that_is_not_over_is_reviewed_and_not_kept(folder: Path) -> None:
    def open_end(game: Game, *, first_play: bool) -> Iterator[Review]:
        yield samples.unfinished()

    news = told(load_transcript(GOLDEN), date(2026, 4, 2), open_end)
    assert [type(each) for each in news] == [Review, Page]
    assert list(folder.iterdir()) == []


def test_a_game_without_a_move_says_nothing() -> None:
    transcript = load_transcript(GOLDEN)
    transcript.entries.clear()
    transcript.branches.clear()
    transcript.head = ""
    assert told(transcript, None) == []


def test_what_is_ready_comes_one_at_a_time_and_wakes_the_window() -> None:
    woken: list[int] = []
    one, two = quick.two_stages(Game.resume(load_transcript(GOLDEN)), first_play=True)
    ready = Ready([one, two])
    ready.begin(lambda: woken.append(1))
    assert (ready.news(), ready.busy) == ([one], True)
    assert (ready.news(), ready.busy) == ([two], False)
    assert ready.news() == []
    assert len(woken) == 2  # the second stage too is taken in without an event of the player's
