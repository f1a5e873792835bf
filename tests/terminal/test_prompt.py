"""A person at a terminal of 80 by 24: pages, the read, going on with an unfinished game."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from game.session.transcript import load_transcript

ROOT = Path(__file__).parents[2]
ROWS, COLUMNS = 24, 80
PATIENCE = 60  # seconds, for a machine that is busy


class Person:
    """Types into a process that believes it is in a terminal, and reads what it shows."""

    def __init__(
        self, home: Path, *words: str, term: str = "xterm", columns: int = COLUMNS
    ) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
        env = os.environ | {
            "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "TERM": term,
            "PYTHONPATH": str(ROOT), "NO_COLOR": "1",
        }  # fmt: skip
        env.pop("COLUMNS", None)
        env.pop("LINES", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "game.cli", *words],
            stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(slave)

    def until(self, prompt: str) -> str:
        """Everything shown up to the prompt."""
        shown, end = "", time.monotonic() + PATIENCE
        while not shown.rstrip().endswith(prompt):
            assert time.monotonic() < end, f"no “{prompt}” in:\n{shown}"
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    shown += os.read(self.master, 65536).decode(errors="replace")
                except OSError:  # the process has closed its terminal
                    break
            shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\r", "", shown)
        return shown

    def answers(self, line: str, prompt: str) -> str:
        os.write(self.master, line.encode() + b"\n")
        return self.until(prompt)

    def presses(self, key: bytes) -> int:
        """The exit status. Who is not heard presses again: a signal that comes between the prompt
        and the wait for a line is taken up with the next one only.
        """
        for _ in range(10):
            os.write(self.master, key)
            try:
                self.process.wait(timeout=PATIENCE / 10)
                break
            except subprocess.TimeoutExpired:
                continue
        os.close(self.master)
        return self.process.wait(timeout=PATIENCE)


@pytest.mark.long
def test_a_person_plays_leaves_and_comes_back(tmp_path: Path) -> None:
    """Only moves that are legal in any turn at the table: no tuned number can take them away."""
    person = Person(tmp_path, "play", "--text", "seoul", "--seed", "5")
    page = person.until("Enter to go on:")
    assert page.count("\n") < ROWS and "The noodle press" in page
    page = person.answers("", "Enter to go on:")
    assert page.count("\n") < ROWS and "To be agreed" in page
    assert "Study their goals" in person.answers("", ">")
    assert "Meeting 1 of 2" in person.answers("w", ">")
    for line in ("greet", "ask_history"):
        shown = person.answers(line, ">")
        assert max(map(len, shown.splitlines())) <= COLUMNS
        assert shown.count("\n") <= ROWS
    # after the third turn a read is asked for; Enter puts it off, and so does the next move
    assert "Where would you place him" in person.answers("praise_house", "Enter for not yet:")
    person.answers("", ">")
    assert "Kang Dae-jung" in person.answers("wait", ">")
    # it can be marked at any time, and is then asked for no more
    assert "Where would you place him" in person.answers("m", "Enter for not yet:")
    person.answers("8.5", "How sure: 1 a guess, 2 fairly sure, 3 sure:")
    assert "sure" in person.answers("3", ">")
    person.answers("p", "y or n:")
    person.answers("n", ">")
    assert person.presses(b"\x04") == 0

    [path] = (tmp_path / "data" / "longlunch" / "saves").iterdir()
    kept = load_transcript(path)
    assert [e.kind for e in kept.entries].count("read") == 1
    moves = sum(e.kind in ("prepare", "action") for e in kept.entries)

    person = Person(tmp_path, "play", "--text", "seoul")
    assert f"An unfinished game, seed 5, {moves} moves in." in person.until("y or n:")
    person.answers("y", "Enter to go on:")
    assert "Seed 5" in person.answers("", "Enter to go on:")
    assert "Going on where you stopped." in person.answers("", ">")
    person.answers("wait", ">")
    assert person.presses(b"\x03") == 130
    assert len(load_transcript(path).entries) == len(kept.entries) + 1


@pytest.mark.long
def test_a_read_is_asked_for_before_the_first_offer(tmp_path: Path) -> None:
    person = Person(tmp_path, "play", "--text", "seoul", "--seed", "5")
    person.until("Enter to go on:")
    person.answers("", "Enter to go on:")
    person.answers("", ">")
    person.answers("w", ">")
    assert "Where would you place him" in person.answers("offer_whole", "Enter for not yet:")
    assert "Your offer" in person.answers("", ">")
    assert person.presses(b"\x04") == 0


@pytest.mark.long
def test_one_action_at_length(tmp_path: Path) -> None:
    person = Person(tmp_path, "play", "--text", "osaka", "--seed", "5")
    person.until("Enter to go on:")
    person.answers("", "Enter to go on:")
    person.answers("", ">")
    person.answers("w", ">")
    for number in ("1?", "? 1"):
        shown = person.answers(number, ">")
        assert "…" not in shown and len(shown.splitlines()) >= 3
    assert "There is no number 999 here" in person.answers("999?", ">")
    assert person.presses(b"\x04") == 0


@pytest.mark.long
def test_a_dumb_terminal_keeps_its_width(tmp_path: Path) -> None:
    """rich takes every dumb terminal for one of 80 columns."""
    person = Person(tmp_path, "play", "--text", "osaka", "--seed", "5", term="dumb", columns=60)
    pages = [person.until("Enter to go on:"), person.answers("", "Enter to go on:")]
    pages += [person.answers(line, ">") for line in ("", "w", "greet", "n", "c")]
    assert max(len(line) for page in pages for line in page.splitlines()) <= 60
    assert person.presses(b"\x04") == 0
