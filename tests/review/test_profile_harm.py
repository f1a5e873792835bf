"""The profile's file: damage, full disks and two at once lose nothing and overwrite nothing."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from game.review import profile_files as files
from game.review.profile import Book, Lost, Profile, as_text
from game.scenario.diagnostics import ScenarioError
from game.session.transcript import Transcript
from tests.review.profiles import (
    DAY,
    GAME,
    TODAY,
    code_of,
    everything,
    filled,
    full,
    moves_of,
    record,
    refuse,
)

ROOT = Path(__file__).parents[2]


# --- files that mean harm -----------------------------------------------------------------------


def raw(**changes: Any) -> bytes:
    return json.dumps(json.loads(as_text(Book(reviews=(record(),)))) | changes).encode()


def one_review(**changes: Any) -> bytes:
    return raw(reviews=[json.loads(record().model_dump_json()) | changes])


MOMENT = {
    "id": "m", "transcript": "sha256:" + "0" * 64, "entry": "e3", "scenario": "seoul", "turn": 2,
    "label": "mistake", "loss": 7.0, "principle": None, "due": "2026-03-03", "stage": 0,
    "tries": [], "passed": None,
}  # fmt: skip
DAMAGED = {
    "empty": (b"", "PR001"),
    "no json": (b"hello", "PR001"),
    "no text": (b"\xff\xfe\x00", "PR001"),
    "other json": (b"[1, 2]", "PR001"),
    "a number": (b"7", "PR001"),
    "no format": (b"{}", "PR001"),
    "a format of no kind": (raw(format=[1]), "PR001"),
    "a transcript": (GAME.read_bytes(), "PR001"),
    "deep": (b"[" * 100_000, "PR001"),
    "steering": (raw(format="\x1b[31mx"), "PR001"),
    "future": (raw(format="longlunch.profile/2"), "PR003"),
    "cut off": (raw()[:-20], "PR002"),
    "deep inside": (b'{"format": "longlunch.profile/1", "reviews": ' + b"[" * 99_999, "PR002"),
    "an unknown key": (raw(more=1), "PR002"),
    "no list": (raw(reviews=7), "PR002"),
    "a review twice": (raw(reviews=json.loads(raw())["reviews"] * 2), "PR002"),
    "not a number": (one_review(score=float("nan")), "PR002"),
    "text for a number": (one_review(score="61"), "PR002"),
    "a share of two": (one_review(style=2), "PR002"),
    "no date": (one_review(date="yesterday"), "PR002"),
    "a way out": (raw(moments=[MOMENT | {"transcript": "../../x"}]), "PR002"),
    "a moment twice": (raw(moments=[MOMENT, MOMENT]), "PR002"),
    "a stage beyond": (raw(moments=[MOMENT | {"stage": 4}]), "PR002"),
    "done and not passed": (raw(moments=[MOMENT | {"stage": 3}]), "PR002"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_file_that_is_no_good_is_refused_and_stays(name: str, folder: Path) -> None:
    data, code = DAMAGED[name]
    folder.mkdir()
    path = folder / "profile.json"
    path.write_bytes(data)
    with pytest.raises(ScenarioError) as refused:
        Profile.load(folder)
    assert code_of(refused) == code
    assert refused.value.exit_status == 1
    profile = Profile(folder)
    profile.add_review(record())
    with pytest.raises(ScenarioError) as refused:
        profile.save()
    assert code_of(refused) == code
    assert path.read_bytes() == data


def test_a_good_file_of_this_make_is_no_damage(folder: Path) -> None:
    folder.mkdir()
    (folder / "profile.json").write_bytes(raw(moments=[MOMENT]))
    assert len(Profile.load(folder).book.moments) == 1


def test_set_aside_keeps_the_old_one_and_a_new_one_begins(folder: Path) -> None:
    assert files.set_aside(folder) is None
    for number in (1, 2):
        folder.mkdir(exist_ok=True)
        (folder / "profile.json").write_bytes(b"broken %d" % number)
        moved = files.set_aside(folder)
        assert moved == folder / f"profile.aside-{number}.json"
        assert moved.read_bytes() == b"broken %d" % number
    profile = Profile.load(folder)
    profile.add_review(record())
    profile.save()
    assert len(Profile.load(folder).book.reviews) == 1


def test_links_are_neither_followed_nor_replaced(
    folder: Path, game: Transcript, tmp_path: Path
) -> None:
    folder.mkdir()
    other = tmp_path / "other.json"
    other.write_bytes(raw())
    (folder / "profile.json").symlink_to(other)
    with pytest.raises(ScenarioError) as refused:
        Profile.load(folder)
    assert code_of(refused) == "PR004"
    (folder / "profile.json").unlink()

    (tmp_path / "elsewhere").mkdir()
    (folder / "moments").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ScenarioError) as refused:
        filled(folder, game)
    assert code_of(refused) == "PR004"
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert not (folder / "profile.json").exists()


def test_no_ordinary_file(folder: Path) -> None:
    (folder / "profile.json").mkdir(parents=True)
    with pytest.raises(ScenarioError) as refused:
        Profile.load(folder)
    assert code_of(refused) == "RD002"
    (folder / "profile.json").rmdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "profile.json")  # reading it would never end
        with pytest.raises(ScenarioError) as refused:
            Profile.load(folder)
        assert code_of(refused) == "PR001"


# --- what cannot be written ---------------------------------------------------------------------


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    profile = Profile(tmp_path / "file" / "data")
    profile.add_review(record())
    with pytest.raises(ScenarioError) as refused:
        profile.save()
    assert code_of(refused) == "W001"
    assert refused.value.exit_status == 2
    with pytest.raises(ScenarioError) as refused:
        Profile.load(tmp_path / "file" / "data")
    assert code_of(refused) == "RD003"


def test_a_folder_that_may_not_be_written_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = Profile(folder)
    profile.add_review(record())
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(ScenarioError) as refused:
        profile.save()
    assert code_of(refused) == "W001"
    assert "Permission denied" in str(refused.value)


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("after", [0, 1])  # the copy of the game comes first
def test_a_disk_that_is_full(
    call: str, after: int, folder: Path, game: Transcript, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = Profile.load(folder)
    profile.add_review(record())
    profile.save()
    before = everything(folder), (folder / "profile.json").read_bytes()
    profile.add_review(record("e30"))
    profile.add_moments(game, [Lost(moves_of(game)[0], 1, "mistake", 8.0)], TODAY)

    real, calls = getattr(os, call), []

    def sometimes(*arguments: Any) -> None:
        regular = call == "replace" or stat.S_ISREG(os.fstat(arguments[0]).st_mode)
        calls.extend([1] if regular else [])
        if regular and len(calls) > after:
            full()
        real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, sometimes)
        with pytest.raises(ScenarioError) as refused:
            profile.save()
    assert code_of(refused) == "W001"
    assert (everything(folder), (folder / "profile.json").read_bytes()) == before
    profile.save()  # there is room again: nothing was forgotten
    assert len(Profile.load(folder).book.reviews) == 2
    [moment] = Profile.load(folder).book.moments
    assert Profile.load(folder).transcript_of(moment).head == game.head


def test_a_lock_that_is_held_for_too_long(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_TRIES", 3)
    monkeypatch.setattr(files, "_PAUSE", 0.0)
    profile = Profile(folder)
    profile.add_review(record())
    with files.writing(folder), pytest.raises(ScenarioError) as refused:
        profile.save()
    assert code_of(refused) == "W001"
    assert "another program" in str(refused.value)
    profile.save()
    assert len(Profile.load(folder).book.reviews) == 1


def test_a_lock_that_was_erased_meanwhile_is_no_lock(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_PAUSE", 0.0)
    real = files._taken
    taken: list[int] = []

    def erased_first(handle: int) -> bool:
        if not taken:
            (folder / ".profile.lock").unlink()
        taken.append(handle)
        return real(handle)

    monkeypatch.setattr(files, "_taken", erased_first)
    profile = Profile(folder)
    profile.add_review(record())
    profile.save()
    assert len(taken) == 2, "whoever comes next finds the second lock, not the first"
    assert (folder / ".profile.lock").exists()


# --- two at once --------------------------------------------------------------------------------


def test_two_at_once_lose_nothing_to_each_other(folder: Path, game: Transcript) -> None:
    filled(folder, game)
    one, two = Profile.load(folder), Profile.load(folder)
    id = one.book.moments[0].id
    one.add_review(record("e20"))
    two.add_review(record("e21"))
    one.tried(id, TODAY + DAY, 9.0)
    two.tried(id, TODAY + DAY, 0.0)
    two.add_test(TODAY, "self", "b", {"d": 0.5})
    one.save()
    two.save()
    book = Profile.load(folder).book
    assert book == two.book
    assert [r.head for r in book.reviews] == ["e9", "e20", "e21"]
    assert [t.loss for t in book.moments[0].tries] == [9.0, 0.0]
    assert len(book.tests) == 2
    two.save()
    assert Profile.load(folder).book == book, "what was saved is not saved twice"


WRITER = """
import sys
from pathlib import Path
from game.review.profile import Profile, ReviewRecord
from tests.review.profiles import record
folder, name = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
for number in range(25):
    profile = Profile.load(folder)
    profile.add_review(record(f"{name}{number}"))
    profile.save()
"""


@pytest.mark.long
def test_two_processes_lose_no_record(folder: Path) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), name], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for name in "ab"
    ]  # fmt: skip
    for process in running:
        assert process.stdout is not None and process.stdin is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        _, said = process.communicate(timeout=60)
        assert (process.returncode, said) == (0, "")
    heads = {r.head for r in Profile.load(folder).book.reviews}
    assert heads == {f"{name}{number}" for name in "ab" for number in range(25)}
