"""`check --watch`: what is looked at again, and what is said of it."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from game.authoring.check import look
from game.authoring.watch import watch
from tests.scenario.proofs import LINT

CLEAN = (LINT / "clean.yaml").read_text()
Step = Callable[[], None]


class Script:
    """Instead of a clock: each longer pause does the next step; after the last, Ctrl-C."""

    def __init__(self, *steps: Step) -> None:
        self.steps = list(steps)
        self.asked: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        if seconds < max(self.asked):
            return  # waiting for a change to be complete
        if not self.steps:
            raise KeyboardInterrupt
        self.steps.pop(0)()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "table.yaml"
    path.write_text(CLEAN)
    return path


def replaced(path: Path, text: str) -> Step:
    """As editors save: a new file under the old name."""

    def step() -> None:
        beside = path.with_suffix(".swap")
        beside.write_text(text)
        os.replace(beside, path)

    return step


def watched(script: Script, *paths: str, out: io.StringIO | None = None) -> str:
    out = out or io.StringIO()
    with pytest.raises(KeyboardInterrupt):
        watch(paths, lambda: look(paths), out, script)
    return out.getvalue()


def nothing() -> None:
    pass


def test_only_what_changed_is_said(table: Path) -> None:
    wrong = CLEAN.replace("minutes: 10\n", "minutes: 10\nscore: {you: 50, them: 20}\n")
    told = watched(
        Script(replaced(table, wrong), nothing, replaced(table, CLEAN)), "table.yaml"
    ).splitlines()
    assert told[0] == "watching; Ctrl-C ends it"
    assert told[1].startswith("hint[L017]: the weights of the score sum to 110")
    assert told[-2:] == [
        "mended[L017]: table.yaml: the weights of the score sum to 110",
        "nothing is left to complain of",
    ]
    assert sum("L017" in line and "more:" not in line for line in told) == 2


def test_a_line_that_moves_is_not_news(table: Path) -> None:
    table.write_text(CLEAN.replace("minutes: 10", "minutes: 90"))
    told = watched(
        Script(replaced(table, "\n\n" + CLEAN.replace("minutes: 10", "minutes: 90"))), "table.yaml"
    )
    assert told.count("hint[L018]: 90 minutes") == 1
    assert told.endswith("watching; Ctrl-C ends it\n")


def test_a_file_may_vanish_and_come_back(table: Path) -> None:
    hidden = table.with_suffix(".hidden")
    told = watched(
        Script(lambda: table.rename(hidden), nothing, lambda: hidden.rename(table)), "table.yaml"
    )
    assert "error[RD001]: table.yaml does not exist" in told
    assert told.endswith(
        "mended[RD001]: table.yaml: table.yaml does not exist\nnothing is left to complain of\n"
    )


def test_hints_behind_an_error_are_not_mended(table: Path) -> None:
    table.write_text(CLEAN.replace("minutes: 10", "minutes: 90"))
    broken = CLEAN.replace("minutes: 10", "minutes: 90").replace("title:", "titel:")
    told = watched(Script(replaced(table, broken), replaced(table, table.read_text())), ".")
    assert told.count("90 minutes for 8 turns") == 1
    assert "mended[M001]" in told


def test_a_voice_that_appears_is_seen(table: Path) -> None:
    table.write_text(CLEAN.replace("name: Ada Berg", "name: Ada Berg\n  voice: ada"))
    voice = table.parent / "voices" / "ada.yaml"

    def write() -> None:
        voice.parent.mkdir()
        voice.write_text("voice: ada\nsays:\n  a: {on: greet, text: Come in.}\n")

    told = watched(Script(write), "table.yaml")
    assert "error[X021]" in told
    assert "mended[X021]" in told


def test_a_new_file_in_a_folder_is_seen(table: Path) -> None:
    other = table.parent / "tables" / "other.yaml"

    def write() -> None:
        other.parent.mkdir()
        other.write_text("scenario: other\n")

    assert "error[M002]: “title” is missing" in watched(Script(write), ".")


def test_a_terminal_is_cleared_and_shows_everything(table: Path) -> None:
    table.write_text(CLEAN.replace("minutes: 10", "minutes: 90"))
    told = watched(
        Script(replaced(table, table.read_text() + "score: {you: 50}\n")), ".", out=Terminal()
    )
    first, second, third = told.split("\x1b[2J\x1b[3J\x1b[H")
    assert first == ""
    assert "L018" in second and "L017" not in second
    assert "L018" in third and "L017" in third


@pytest.mark.long
def test_an_interrupt_ends_it_quietly(table: Path) -> None:
    command = [sys.executable, "-m", "game.cli", "check", "--watch", "table.yaml"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert process.stderr.readline() == "watching; Ctrl-C ends it\n"
    time.sleep(0.2)  # so that it waits
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130
    assert process.stderr.read() == ""
    process.stderr.close()
