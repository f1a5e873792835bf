"""The profile: nothing counted twice, nothing lost, nothing left behind, nothing overwritten."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from game.review import model
from game.review import profile_files as files
from game.review.profile import (
    FORMAT,
    Book,
    Lost,
    Profile,
    ReadRecord,
    ReviewRecord,
    as_text,
    digest_of,
    lost_of,
    played,
    record_of,
    summed_up,
)
from game.scenario.diagnostics import ScenarioError
from game.session.game import Game
from game.session.transcript import Transcript, load_transcript

ROOT = Path(__file__).parents[2]
GAME = ROOT / "tests" / "golden" / "seoul.lunch.json"
SCHEMA = json.loads((ROOT / "docs/json/profile.schema.json").read_text(encoding="utf-8"))
TODAY = date(2026, 3, 2)
DAY = timedelta(1)


def record(head: str = "e9", **changes: Any) -> ReviewRecord:
    body = {
        "date": TODAY, "transcript": "sha256:" + "ab" * 32, "head": head, "scenario": "seoul",
        "buyers": ("kang",), "seed": 7, "help": "plain", "blind": False, "score": 61.0,
        "skill": 64.0, "luck": -3.0, "accuracy": 70.0,
    }  # fmt: skip
    return ReviewRecord.model_validate(body | changes)


@pytest.fixture
def game() -> Transcript:
    return load_transcript(GAME)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def moves_of(game: Transcript) -> list[str]:
    return [entry.id for entry in game.path() if entry.kind == "action"]


def filled(folder: Path, game: Transcript) -> Profile:
    """A profile with something of every kind, saved."""
    profile = Profile.load(folder)
    read = ReadRecord(buyer="kang", d=0.7, confidence=0.5, error=0.12, within=True)
    profile.add_review(
        record(
            accuracy_by_phase={"table": 71.5}, style=0.4, style_n=9, reads=(read,),
            labels={"best": 4, "mistake": 1},
        )
    )  # fmt: skip
    entry = moves_of(game)[2]
    profile.add_moments(game, [Lost(entry, 3, "mistake", 9.5, "principle_price")], TODAY)
    profile.add_test(TODAY, "judgment", "a", {"right": 7, "of": 10})
    profile.save()
    return profile


def code_of(refused: pytest.ExceptionInfo[ScenarioError]) -> str:
    [found] = refused.value.diagnostics
    assert found.message and found.expected and found.fix
    return found.code


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- what is kept -------------------------------------------------------------------------------


def test_without_a_file_it_is_empty_and_nothing_is_written(folder: Path) -> None:
    profile = Profile.load(folder)
    assert profile.empty
    profile.save()
    assert not folder.exists()


def test_what_is_kept_is_read_back_and_is_as_published(folder: Path, game: Transcript) -> None:
    profile = filled(folder, game)
    assert Profile.load(folder).book == profile.book
    body = json.loads((folder / "profile.json").read_bytes())
    assert body["format"] == FORMAT
    jsonschema.validate(body, SCHEMA)


def test_only_its_owner_may_read_it(folder: Path, game: Transcript) -> None:
    old = os.umask(0)
    try:
        filled(folder, game)
    finally:
        os.umask(old)
    if os.name == "posix":
        assert mode(folder) == mode(folder / "moments") == 0o700
        for path in folder.rglob("*.json"):
            assert mode(path) == 0o600, path


def test_the_same_game_reviewed_again_counts_once(folder: Path) -> None:
    profile = Profile.load(folder)
    for score, head in ((40.0, "e9"), (50.0, "e12"), (60.0, "e9")):
        profile.add_review(record(head, score=score))
    profile.save()
    assert [(r.head, r.score) for r in Profile.load(folder).book.reviews] == [
        ("e9", 60.0), ("e12", 50.0),
    ]  # fmt: skip


def test_tries_in_the_same_file_do_not_make_it_another_game(game: Transcript) -> None:
    before, head = digest_of(played(game)), game.head
    again = Game.resume(load_transcript(GAME))
    again.undo()
    assert again.transcript.head != head
    assert digest_of(played(again.transcript, head)) == before
    assert digest_of(again.transcript) != before
    assert Game.resume(played(again.transcript, head)).transcript.head == head
    with pytest.raises(KeyError):
        played(game, "e9999")


def test_a_cut_transcript_gives_no_id_twice(game: Transcript) -> None:
    early = Game.at(game, moves_of(game)[5])
    early.undo()
    early.play("wait")
    at = early.transcript.head
    early.play("wait")
    cut = played(early.transcript, at)
    cut.append("read", cut.head, buyer="kang", d=0.5, confidence=0.5, turn=4)
    ids = [entry.id for entry in cut.entries]
    assert len(set(ids)) == len(ids)
    assert at in ids and ids[: len(game.entries)] == [entry.id for entry in game.entries]


@pytest.mark.parametrize(
    "changes",
    [
        {"score": 101.0}, {"score": float("nan")}, {"luck": float("inf")}, {"accuracy": -1.0},
        {"style": 1.2}, {"hints": -1}, {"seed": 1 << 32}, {"help": "none"}, {"head": ""},
        {"transcript": "ab" * 32}, {"scenario": "Good morning, and how are you?"},
        {"buyers": ("x" * 65,)}, {"labels": {"a line of words": 1}}, {"words": "hello"},
        {"reads": [{"buyer": "kang", "d": 0.5, "confidence": 0.5, "error": 0.1}]},
    ],
)  # fmt: skip
def test_a_record_is_ids_and_numbers_that_make_sense(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        record(**changes)


def test_sums_over_everything() -> None:
    def read(error: float | None, within: bool | None) -> ReadRecord:
        return ReadRecord(buyer="kang", d=0.5, confidence=1, error=error, within=within)

    reviews = (
        record("e1", score=50.0, accuracy=60.0, style=0.2, style_n=30, date=date(2026, 4, 1),
               accuracy_by_phase={"table": 60.0, "prepare": 90.0}, reads=(read(0.3, False),)),
        record("e2", score=70.0, accuracy=80.0, style=0.8, style_n=10,
               accuracy_by_phase={"table": 80.0}, reads=(read(0.1, True), read(None, None))),
        record("e3", score=30.0, accuracy=None),
    )  # fmt: skip
    sums = summed_up(Book(reviews=reviews))
    assert sums.reviews == 3
    assert (sums.score, sums.accuracy) == (50.0, 70.0)
    assert sums.accuracy_by_phase == {"prepare": 90.0, "table": 70.0}
    assert sums.style == pytest.approx((0.2 * 30 + 0.8 * 10) / 40)
    assert sums.style_n == 40
    assert sums.reads == 2
    assert sums.read_error == pytest.approx(0.2)
    assert sums.read_within == 0.5
    assert [(m.month, m.reviews, m.score, m.accuracy) for m in sums.months] == [
        ("2026-03", 2, 50.0, 80.0), ("2026-04", 1, 50.0, 60.0),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40)), max_size=8))
def test_the_style_lies_among_the_styles(styles: list[tuple[float, int]]) -> None:
    reviews = tuple(record(f"e{i}", style=d, style_n=n) for i, (d, n) in enumerate(styles, 1))
    style = summed_up(Book(reviews=reviews)).style
    shown = [d for d, n in styles if n]
    assert (style is None) == (not shown)
    if style is not None:
        assert min(shown) - 1e-9 <= style <= max(shown) + 1e-9


# --- moments ------------------------------------------------------------------------------------


def test_a_moment_outlives_the_saved_game(folder: Path, game: Transcript, tmp_path: Path) -> None:
    save = tmp_path / "mine.lunch.json"
    game.save(save)
    filled(folder, load_transcript(save))
    save.unlink()
    profile = Profile.load(folder)
    [moment] = profile.book.moments
    kept = profile.transcript_of(moment)
    assert digest_of(kept) == moment.transcript
    assert Game.at(kept, moment.entry).turns[-1].entry == moment.entry
    assert everything(folder) >= {f"moments/{moment.transcript[7:]}.lunch.json"}


@pytest.mark.long
def test_a_moment_comes_back_and_is_passed(folder: Path, game: Transcript) -> None:
    filled(folder, game)
    id = Profile.load(folder).book.moments[0].id
    assert Profile.load(folder).due(TODAY) == []
    for day, loss, stage in (
        (1, 3.0, 1),
        (2, 0.0, 1),
        (4, 9.0, 0),
        (5, 4.0, 1),
        (8, 1, 2),
        (15, 0, 3),
    ):
        profile = Profile.load(folder)
        due = [m.id for m in profile.due(TODAY + day * DAY)]
        assert due == ([] if day == 2 else [id])
        assert profile.tried(id, TODAY + day * DAY, loss, "e40").stage == stage
        profile.save()
    profile = Profile.load(folder)
    [moment] = profile.book.moments
    assert moment.passed == TODAY + 15 * DAY
    assert [t.loss for t in moment.tries] == [3, 0, 9, 4, 1, 0]
    assert profile.due(date.max) == []
    assert profile.summary().moments_passed == 1


def test_the_longest_due_comes_first_then_the_dearest(folder: Path, game: Transcript) -> None:
    profile = Profile.load(folder)
    one, two, three = moves_of(game)[:3]
    profile.add_moments(game, [Lost(one, 1, "mistake", 6.0), Lost(two, 2, "blunder", 20.0)], TODAY)
    profile.add_moments(game, [Lost(three, 3, "blunder", 30.0)], TODAY + DAY)
    assert [m.entry for m in profile.due(TODAY + 9 * DAY)] == [two, one, three]


@pytest.mark.long
def test_a_later_review_of_a_moment_leaves_its_days(folder: Path, game: Transcript) -> None:
    profile = filled(folder, game)
    [moment] = profile.book.moments
    profile.tried(moment.id, TODAY + DAY, 0.0)
    [again] = profile.add_moments(game, [Lost(moment.entry, 3, "blunder", 14.0)], TODAY + 2 * DAY)
    assert (again.label, again.loss) == ("blunder", 14.0)
    assert (again.stage, again.due, len(again.tries)) == (1, TODAY + 4 * DAY, 1)


@pytest.mark.long
def test_what_is_not_there_cannot_be_kept_or_tried(folder: Path, game: Transcript) -> None:
    profile = Profile.load(folder)
    with pytest.raises(KeyError):
        profile.add_moments(game, [Lost(moves_of(game)[0], 1, "mistake", 5.0),
                                   Lost("e9999", 1, "mistake", 5.0)], TODAY)  # fmt: skip
    with pytest.raises(KeyError):
        profile.tried("nothing", TODAY, 0.0)
    assert profile.empty


# --- from a review ------------------------------------------------------------------------------


def reviewed(game: Transcript) -> model.Review:
    """A review of a game, its numbers made up, with one dear move and one cheap one."""
    option = model.Option("wait", "Wait", 50.0, 0.0, 8)

    def move(index: int, entry: str, loss: float, label: str) -> model.Move:
        return model.Move(
            index=index, entry=entry, phase="table", meeting=1, turn=index, table_turn=index,
            action="wait", action_label="Wait", radius=2.0, own="", event="", notices=(), said=(),
            thought=None, told="", before=50.0, before_low=48.0, before_high=52.0, worth=50 - loss,
            loss=loss, loss_low=0.0, stake=3.0, accuracy=80.0, skill=-loss, luck=0.0, label=label,
            marks=(), best=option, options=(option,), trust=(), causes=(),
            principle="principle_price" if loss else "", comfort=2.0, face_up=None,
        )  # fmt: skip

    one, two, three = moves_of(game)[:3]
    moves = (move(1, one, 12.5, "mistake"), move(2, two, 3.0, "good"), move(3, three, 0, "best"))
    moment = [model.Moment(n, "mistake", "A title", "A text", 12.5, "") for n in (1, 2, 1)]
    reads = tuple(
        model.Read("kang", "Kang", 3, 0.7, 0.5, 0.8, 0.1, 0.75, 0.05, True, scored)
        for scored in (True, False)
    )
    return model.Review(
        scenario=game.scenario, title="Seoul", transcript=digest_of(game), head=game.head,
        seed=game.seed, help="plain", blind=False, ended=True, hints=1, coached=2, undone=3,
        stage=1, stages=1, ending="agreement", ending_title="", deal="", score=100.0000001,
        par=55.0, skill=60.123, luck=1.0, parts=(),
        accuracy=model.Accuracy(81.239, {"table": 81.239}, ()), moves=moves, moments=tuple(moment),
        reads=reads, style=model.Style(0.31, 8, "between"),
        buyers=(model.Buyer("kang", "Kang", 0.8, "n", "w", "s"),), facts=(), principles=(), next=(),
        letter="",
    )  # fmt: skip


def test_what_is_kept_of_a_review(game: Transcript) -> None:
    kept = record_of(reviewed(game), game, TODAY)
    assert kept.key == (digest_of(played(game)), game.head)
    assert (kept.score, kept.skill, kept.accuracy) == (100.0, 60.12, 81.24)
    assert (kept.hints, kept.undos, kept.coach_words) == (1, 3, 2)
    assert kept.labels == {"best": 1, "good": 1, "mistake": 1}
    assert [(r.error, r.within) for r in kept.reads] == [(0.1, True), (None, None)]
    assert "A text" not in kept.model_dump_json()


def test_what_of_a_review_is_to_be_tried_again(folder: Path, game: Transcript) -> None:
    [lost] = lost_of(reviewed(game))
    assert (lost.entry, lost.loss, lost.label) == (moves_of(game)[0], 12.5, "mistake")
    [moment] = Profile.load(folder).add_moments(game, [lost], TODAY)
    assert moment.principle == "principle_price" and moment.due == TODAY + DAY


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


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


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
from tests.review.test_profile import record
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


# --- erased -------------------------------------------------------------------------------------


def littered(folder: Path, game: Transcript) -> Profile:
    """Everything that a folder can hold of ours, and something that is not ours."""
    profile = filled(folder, game)
    (folder / "profile.aside-1.json").write_text("old")
    (folder / ".profile.json.x1y2").write_text("half")
    (folder / "moments" / ".ab.lunch.json.q7").write_text("half")
    (folder / "saves").mkdir()
    game.save(folder / "saves" / "seoul-7.lunch.json")
    (folder / "saves" / ".seoul-8.lunch.json.z9").write_text("half")
    return profile


def test_erased_leaves_nothing(folder: Path, game: Transcript) -> None:
    profile = littered(folder, game)
    would = files.held(folder, saves=True)
    gone = profile.erase(saves=True)
    assert gone == would
    assert gone == files.Erased(profiles=1, aside=1, moments=1, saves=1, leftovers=3)
    assert not folder.exists()
    assert profile.empty
    profile.save()
    assert not folder.exists(), "what was not saved is gone too"
    assert files.erase(folder).nothing


def test_erased_spares_the_saves_and_what_is_not_ours(folder: Path, game: Transcript) -> None:
    littered(folder, game)
    for name in ("options.json", "saves/notes.txt", "moments/mine.txt"):
        (folder / name).write_text("mine")
    assert files.erase(folder).saves == 0
    kept = {"options.json", "saves/notes.txt", "moments/mine.txt", "saves/seoul-7.lunch.json"}
    assert everything(folder) - {"saves/.seoul-8.lunch.json.z9"} == kept
    assert files.erase(folder, saves=True).saves == 1
    assert everything(folder) == kept - {"saves/seoul-7.lunch.json"}


def test_erasing_removes_links_and_not_what_they_lead_to(
    folder: Path, game: Transcript, tmp_path: Path
) -> None:
    (folder / "saves").mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    game.save(elsewhere / "x.lunch.json")
    (folder / "profile.json").symlink_to(elsewhere / "x.lunch.json")
    (folder / "moments").symlink_to(elsewhere)
    (folder / "saves" / "s.lunch.json").symlink_to(elsewhere / "nowhere")
    gone = files.erase(folder, saves=True)
    assert {path.name for path in gone.links} == {"profile.json", "moments", "s.lunch.json"}
    assert everything(elsewhere) == {"x.lunch.json"}
    assert not folder.exists()


def test_what_is_damaged_can_be_erased(folder: Path) -> None:
    folder.mkdir()
    (folder / "profile.json").write_bytes(b"\xff")
    assert files.erase(folder).profiles == 1
    assert not folder.exists()


def test_what_cannot_be_removed_is_named_and_the_rest_is_gone(
    folder: Path, game: Transcript, monkeypatch: pytest.MonkeyPatch
) -> None:
    littered(folder, game)
    real = Path.unlink

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self.name == "profile.json":
            refuse()
        real(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(ScenarioError) as refused:
        files.erase(folder, saves=True)
    assert code_of(refused) == "W001"
    assert refused.value.diagnostics[0].file == str(folder / "profile.json")
    assert everything(folder) == {"profile.json"}


def test_what_was_erased_does_not_come_back(folder: Path, game: Transcript) -> None:
    filled(folder, game)
    other = Profile.load(folder)
    other.add_review(record("e77"))
    other.tried(other.book.moments[0].id, TODAY + DAY, 0.0)
    Profile.load(folder).erase()
    other.save()
    book = Profile.load(folder).book
    assert [r.head for r in book.reviews] == ["e77"]
    assert (book.moments, book.tests) == ((), ())


# --- exported -----------------------------------------------------------------------------------


def test_an_export_holds_everything_as_it_is(
    folder: Path, game: Transcript, tmp_path: Path
) -> None:
    littered(folder, game)
    out = tmp_path / "mine.zip"
    names = Profile.load(folder).export(out)
    whole = {name for name in everything(folder) if not Path(name).name.startswith(".")}
    assert set(names) == whole and len(names) == 4
    with zipfile.ZipFile(out) as archive:
        assert set(archive.namelist()) == whole | {"README.txt"}
        for name in whole:
            assert archive.read(name) == (folder / name).read_bytes()
        assert b"profile.json" in archive.read("README.txt")
    if os.name == "posix":
        assert mode(out) == 0o600
    files.export(folder, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == out.read_bytes()


def test_an_export_of_what_is_damaged_and_of_nothing(folder: Path, tmp_path: Path) -> None:
    assert files.export(folder, tmp_path / "nothing.zip") == []
    folder.mkdir()
    (folder / "profile.json").write_bytes(b"\xff\x00")
    assert files.export(folder, tmp_path / "mine.zip") == ["profile.json"]
    with zipfile.ZipFile(tmp_path / "mine.zip") as archive:
        assert archive.read("profile.json") == b"\xff\x00"


def test_an_export_replaces_nothing_and_leaves_nothing_half(
    folder: Path, game: Transcript, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(folder, game)
    (tmp_path / "there.yaml").write_text("mine")
    with pytest.raises(ScenarioError) as refused:
        files.export(folder, tmp_path / "there.yaml")
    assert code_of(refused) == "PR005"
    assert (tmp_path / "there.yaml").read_text() == "mine"
    with pytest.raises(ScenarioError) as refused:
        files.export(folder, tmp_path / "nowhere" / "mine.zip")
    assert code_of(refused) == "W001"
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ScenarioError) as refused:
        files.export(folder, tmp_path / "mine.zip")
    assert code_of(refused) == "W001"
    assert {p.name for p in tmp_path.iterdir()} == {"data", "there.yaml"}
