"""The command line under attack: one coded block, the right status, nothing lost, no traceback."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from game.cli import COMMANDS, main
from game.session import saves
from game.session.transcript import load_transcript

ROOT = Path(__file__).parents[1]
BAKERY = str(ROOT / "tests" / "scenarios" / "good" / "corner_bakery.yaml")
SIMULATE = ("simulate", BAKERY, "--policy", "rapport", "--runs", "20")
PRINTING = [SIMULATE, ("play", "--text", BAKERY), ("check", "--json", BAKERY)]


def words(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "game.cli", *arguments]


def environment(home: Path, **more: str) -> dict[str, str]:
    here = {"PYTHONPATH": str(ROOT), "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    return os.environ | here | more


def call(
    home: Path, *arguments: str, lines: bytes = b"", **more: str
) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        words(*arguments), input=lines, capture_output=True, cwd=home, timeout=60,
        env=environment(home, **more),
    )  # fmt: skip
    assert b"Traceback" not in done.stderr + done.stdout, done.stderr.decode()
    return done


# --- usage ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["simulat", "seoul"], "did you mean “simulate”?"),
        (["--bogus"], "unrecognized arguments: --bogus"),
        (["play", "--blnd"], "did you mean “--blind”?"),
        (["play", "--tex"], "did you mean “--text”?"),
        (["play", "seoul", "paris"], "unrecognized arguments: paris"),
        (["play", "--d", "nan"], "“nan” is not a number from 0 to 1"),
        (["play", "--seed", "-1"], "between 0 and 4294967295"),
        (["play", "--d", "0.5", "--blind"], "not allowed with"),
        (["play", "--help-level", "x"], "guided"),
        (["check"], "required: PATH"),
        (["replay"], "required: file"),
        (["simulate", "seoul"], "required: --policy"),
        ([*SIMULATE, "--runs", "1e3"], "“1e3” is not a whole number"),
        ([*SIMULATE, "--runs", "9" * 5_000], "is not a whole number"),
        ([*SIMULATE, "--runs", "0"], "0 runs cannot be played"),
        ([*SIMULATE, "--jobs", "-1"], "-1 jobs cannot work"),
        ([*SIMULATE, "--set", "meetings.²=1"], "there is no “²” to set"),
        ([*SIMULATE, "--set", "meetings." + "9" * 5_000 + "=1"], "to set in"),
        ([*SIMULATE, "--set", "buyer.diffuseness=2"], "buyers.duarte.diffuseness.mean: “mean” is"),
        ([*SIMULATE, "--set", "buyer.difuseness=0"], "did you mean “diffuseness”?"),
        (["claims", "--weights", "x"], "“x” is not a whole number"),
    ],
)
def test_usage_is_one_coded_block(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("error[U001]: ") and shown.err.count("error[") == 1
    assert "  = expected: " in shown.err and "  = fix: " in shown.err
    assert says in shown.err
    assert shown.err.endswith("\n1 error\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: longlunch {command} ")


# --- files that mean harm ---------------------------------------------------------------------


def signed(path: Path, **changes: object) -> str:
    """The transcript with some keys replaced, and a digest that fits."""
    from game.session.transcript import _digest

    body = json.loads(path.read_bytes()) | changes
    del body["digest"]
    body["digest"] = _digest(body)
    path.write_text(json.dumps(body), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("played")
    done = call(folder, "play", "--text", BAKERY, "--save", "g.json", lines=b"1\n1\nw\n1\n")
    assert done.returncode == 0
    return (folder / "g.json").read_bytes()


@pytest.mark.parametrize(
    "changes",
    [
        {"seed": 2**70}, {"seed": -4}, {"seed": float("inf")}, {"seed": "x"}, {"seed": True},
        {"branches": {"e1": 2**80}}, {"branches": {"e1": -1}}, {"branches": {"e1": None}},
        {"branches": [1]}, {"entries": None}, {"entries": [7]}, {"head": "zz"},
        {"settings": {"help": ["plain"], "d": None, "blind": False}},
        {"settings": {"help": "plain", "d": float("nan"), "blind": False}},
        {"scenario": {"id": "../\x1b[31mx", "rules": "", "main": "", "source": {}}},
    ],
)  # fmt: skip
def test_a_forged_transcript_is_refused(
    changes: dict[str, object], played: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "forged.lunch.json"
    path.write_bytes(played)
    assert main(["replay", signed(path, **changes)]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("error[R002]: ") and "\x1b" not in shown
    assert "object" not in shown and "int()" not in shown  # no words of the interpreter's


def test_a_device_has_no_end_and_is_not_read_to_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "/dev/zero"]) == 1
    assert "error[R001]" in capsys.readouterr().err
    for device in ("/dev/zero", "/dev/null"):
        assert main(["play", "--text", BAKERY, "--save", device]) == 1
        assert "error[R007]" in capsys.readouterr().err


@pytest.mark.long
def test_a_scenario_whose_name_is_no_text_can_be_played(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.yaml")
    (tmp_path / name).write_bytes(Path(BAKERY).read_bytes())
    done = call(tmp_path, "play", "--text", name, "--save", "g.json", lines=b"1\n")
    assert done.returncode == 0
    assert call(tmp_path, "replay", "g.json").returncode == 0


# --- what cannot be written -------------------------------------------------------------------


def test_a_game_that_cannot_be_saved_where_asked_is_not_begun(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file" / "g.json", tmp_path / ("x" * 300)):
        assert main(["play", "--text", BAKERY, "--save", str(path)]) == 2
        shown = capsys.readouterr()
        assert shown.out == "" and shown.err.startswith("error[W001]: ")


def test_going_on_elsewhere_replaces_no_other_file(
    played: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    game, other = tmp_path / "g.json", tmp_path / "other.yaml"
    game.write_bytes(played)
    other.write_text("mine: 1\n")
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert main(["play", "--text", "--resume", str(game), "--save", str(other)]) == 1  # R007
    assert other.read_text() == "mine: 1\n"
    assert main(["play", "--text", "--resume", str(game), "--save", str(tmp_path / "new")]) == 0
    assert load_transcript(tmp_path / "new").entries == load_transcript(game).entries


@pytest.mark.parametrize(
    ("scenario", "status"), [("corner-bakery", 0), (BAKERY, 0), ("seoul", 1), ("nowhere", 2)]
)
def test_going_on_with_a_game_of_the_named_scenario(
    scenario: str, status: int, played: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    game = tmp_path / "g.json"
    game.write_bytes(played)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert main(["play", "--text", scenario, "--resume", str(game)]) == status


def test_a_folder_of_saves_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    data = str(tmp_path / "file")
    done = call(tmp_path, "play", "--text", BAKERY, lines=b"1\n1\n", XDG_DATA_HOME=data)
    if sys.platform.startswith("linux"):  # elsewhere the folder is another one
        assert done.returncode == 2
        assert done.stderr.count(b"could not be saved") == 2  # at once, and on leaving
        assert b"error[W001]" in done.stderr and b"go on any time" not in done.stdout.lower()


def test_a_disk_that_fills_up_is_told_of_and_the_last_good_save_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "g.json"
    real, calls = os.replace, []

    def replace(source: str, target: str) -> None:
        calls.append(target)
        if len(calls) > 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n1\n1\n"))
    assert main(["play", "--text", BAKERY, "--save", str(path)]) == 2
    shown = capsys.readouterr().err
    assert shown.count("No space left on device") == 2 and "error[W001]" in shown
    assert len(load_transcript(path).entries) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["g.json"]


class Full(io.StringIO):
    """Output on a disk without room."""

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("arguments", PRINTING)
def test_output_that_cannot_be_written(
    arguments: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "stdout", Full())
    assert main(list(arguments)) == 2
    assert capsys.readouterr().err.startswith("error[W001]: not everything could be written: No sp")


@pytest.mark.long
@pytest.mark.parametrize("arguments", PRINTING)
def test_a_reader_who_goes_is_no_fault(arguments: tuple[str, ...], tmp_path: Path) -> None:
    process = subprocess.Popen(
        words(*arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=environment(tmp_path),
    )  # fmt: skip
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 0
    assert said == b""


@pytest.mark.long
@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&- 2>&-"])
def test_closed_streams(closed: str, tmp_path: Path) -> None:
    script = f'"$@" {closed}'
    done = subprocess.run(
        ["sh", "-c", script, "sh", *words("play", "--text", BAKERY, "--save", "g.json")],
        stdin=subprocess.DEVNULL, capture_output=True, cwd=tmp_path, timeout=60,
        env=environment(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0 and done.stderr == b""
    assert load_transcript(tmp_path / "g.json").entries == []


# --- what is typed ----------------------------------------------------------------------------


@pytest.mark.long
def test_noise_through_a_pipe_steers_nothing(tmp_path: Path) -> None:
    noise = b"\x1b[31mfoo\n\x9b5m\xff\xfe\n\x00\x07\n[bold]x\n" + b"9" * 6_000 + b"\n"
    noise += b"x" * 200_000 + b"\n\xc2\xb2\nm \xc2\xb2\n1\n"
    for encoding in ("utf-8:strict", "ascii"):
        done = call(
            tmp_path, "play", "--text", BAKERY, "--seed", "3", "--save", "g.json",
            lines=noise, PYTHONIOENCODING=encoding, LC_ALL="C", NO_COLOR="1",
        )  # fmt: skip
        assert done.returncode == 0
        both = done.stdout + done.stderr
        assert not set(both) & (set(range(32)) - {10, 13}) and len(both) < 12_000
        assert b"[bold]x" in both
        assert len(load_transcript(tmp_path / "g.json").entries) == 1


@pytest.mark.parametrize("columns", ["1", "5", "20"])
def test_a_screen_of_few_columns(columns: str) -> None:
    from game.terminal.screen import NARROWEST, Screen

    class Narrow(io.StringIO):
        def isatty(self) -> bool:
            return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", columns)
        patch.setenv("TERM", "dumb")
        screen = Screen(Narrow())
        assert screen.width == NARROWEST
        screen.noticed("He looks up, nods, and says nothing at all for a while.")
        screen.pair("You sell", "a dough mixer for two shops")
        screen.action("1", "Greet, and take your time", "Good morning.")


# --- two games, one file; interruption --------------------------------------------------------


@pytest.mark.long
def test_two_games_in_one_file_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "g.json"
    one = subprocess.Popen(
        words("play", "--text", BAKERY, "--seed", "1", "--save", "g.json"), cwd=tmp_path,
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env=environment(tmp_path),
    )  # fmt: skip
    assert one.stdin is not None
    one.stdin.write(b"1\n")
    one.stdin.flush()
    end = time.monotonic() + 30
    while not (path.exists() and load_transcript(path).entries):
        assert time.monotonic() < end
        time.sleep(0.02)
    call(tmp_path, "play", "--text", BAKERY, "--seed", "2", "--save", "g.json", lines=b"1\n1\n")
    _, said = one.communicate(b"1\n1\n", timeout=60)
    assert one.returncode == 0 and b"g-2.lunch.json" in said
    assert load_transcript(path).seed == 2
    moved = load_transcript(tmp_path / "g-2.lunch.json")
    assert (moved.seed, len(moved.entries)) == (1, 3)


def test_a_free_name_beside(tmp_path: Path) -> None:
    path = tmp_path / "a.lunch.json"
    assert saves.beside(path).name == "a-2.lunch.json"
    (tmp_path / "a-2.lunch.json").touch()
    assert saves.beside(path).name == "a-3.lunch.json"


@pytest.mark.long
def test_an_interrupted_game_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "g.json"
    for sign, status in ((signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)):
        path.unlink(missing_ok=True)
        process = subprocess.Popen(
            words("play", "--text", BAKERY, "--save", "g.json"), cwd=tmp_path,
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env=environment(tmp_path), start_new_session=True,
        )  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(b"1\n1\n")
        process.stdin.flush()
        end = time.monotonic() + 30
        while not (path.exists() and len(load_transcript(path).entries) == 2):
            assert time.monotonic() < end
            time.sleep(0.02)
        process.send_signal(sign)
        _, said = process.communicate(timeout=60)
        assert (process.returncode, said) == (status, b"")
        assert len(load_transcript(path).entries) == 2


@pytest.mark.long
def test_helpers_do_not_outlive_a_killed_simulation(tmp_path: Path) -> None:
    process = subprocess.Popen(
        words("simulate", BAKERY, "--policy", "rapport", "--runs", "900000", "--jobs", "2"),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment(tmp_path),
        start_new_session=True,
    )  # fmt: skip
    time.sleep(1.5)
    process.kill()
    process.communicate(timeout=30)  # ends when the last process that holds the pipe has gone
