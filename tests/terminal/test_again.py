"""Moments tried again: the one that is due, what it comes to, when it returns, nothing lost."""

from __future__ import annotations

import builtins
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from game.cli import main
from game.review import profile_files as files
from game.review.principles import principles
from game.review.profile import Lost, Moment, Profile
from game.review.tries import TryResult, first_move, try_loss
from game.scenario.data import load_common
from game.session.game import Game
from game.session.seating import Settings
from game.session.transcript import Transcript, load_transcript
from game.terminal import again as face
from game.terminal.again import Judge, text
from game.terminal.play import TextPlay
from game.terminal.prompt import Prompt
from game.terminal.screen import Screen
from tests.session.tables import finished

pytestmark = pytest.mark.long

Call = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "seoul.lunch.json"
TODAY = date(2026, 3, 2)
PRINCIPLE = next(iter(principles()))
SECRET = "What nobody thought of"  # the strongest move, as the stand-in weighs


def day(after: int) -> date:
    return TODAY + timedelta(after)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, and a clock that stands still."""

    class Today(date):
        @classmethod
        def today(cls) -> Today:
            return cls(2026, 3, 3)

    monkeypatch.setattr(files, "data_dir", lambda: tmp_path / "data")
    monkeypatch.setattr(face, "date", Today)
    return tmp_path / "data"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command with piped lines: its status, what it printed, what it complained of."""

    def calling(*words: str | Path, lines: str = "") -> tuple[int, str, str]:
        piped = "".join(f"{line}\n" for line in lines.split())
        monkeypatch.setattr("sys.stdin", io.StringIO(piped))
        status = main([str(word) for word in words])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return calling


class Scales:
    """Weighs a first move by its name, and knows what was asked of it."""

    def __init__(self, **losses: float) -> None:
        self.losses = losses
        self.asked: list[Game] = []

    def __call__(self, game: Game) -> TryResult:
        self.asked.append(game)
        first = first_move(game)
        assert first is not None
        loss = self.losses[first.text]
        return TryResult(
            first.entry, first.text, first.label, loss, loss / 2, False, "ask_history", SECRET
        )


@pytest.fixture
def scales(monkeypatch: pytest.MonkeyPatch) -> Scales:
    found = Scales(wait=12.0, greet=3.4, ask_history=0.0)
    monkeypatch.setattr(face, "try_loss", found)
    return found


def moves_of(game: Transcript) -> list[str]:
    return [entry.id for entry in game.path() if entry.kind == "action"]


def fill(folder: Path, game: Transcript | None = None, *turns: int) -> list[Moment]:
    """Moments at some turns, the first the dearest; due a day after `TODAY`."""
    game = game or load_transcript(GOLDEN)
    profile = Profile.load(folder)
    lost = [
        Lost(moves_of(game)[turn - 1], turn, "mistake", 20.0 - k, PRINCIPLE)
        for k, turn in enumerate(turns or (4,))
    ]
    moments = profile.add_moments(game, lost, TODAY)
    profile.save()
    return moments


def now(folder: Path, moment: Moment) -> Moment:
    return Profile.load(folder).moment(moment.id)


def copy_of(folder: Path, moment: Moment) -> Transcript:
    return load_transcript(files.copy_path(folder, moment.transcript))


def plain(text: str) -> str:
    return " ".join(text.split())


def verdict(out: str) -> str:
    """What is said of the first move: from its heading to the next blank line."""
    found = re.search(r"^(?:Passed|Not yet) ─+\n(.*?)(?:\n\n|\Z)", out, re.M | re.S)
    assert found is not None, out
    return plain(found[1])


# --- which moment -------------------------------------------------------------------------------


def test_without_moments_it_is_said_kindly(folder: Path, call: Call) -> None:
    for words in (["again"], ["again", "--list"]):
        assert call(*words) == (0, call(*words)[1], "")
        assert plain(call(*words)[1]) == text("none_yet")
    assert not folder.exists()


def test_the_most_urgent_is_started_as_it_was(folder: Path, scales: Scales, call: Call) -> None:
    one, other = fill(folder, None, 4, 6)
    status, out, err = call("again")
    assert (status, err) == (0, "")
    game = Game.resume(load_transcript(GOLDEN))
    before, was = [turn for turn in game.turns if turn.number][2:4]
    assert "Try again: The noodle press ──" in out
    assert "Turn 4, in meeting 1. It cost 20 points; not tried yet." in out
    assert f"Back just before turn 4. The first time you did this: {was.label}." in plain(out)
    for said in before.said:
        assert said.text in plain(out)
    assert not any(said.text in plain(out) for said in was.said)
    assert plain(text("same")) in plain(out) and "fresh" not in out
    assert not scales.asked and SECRET not in out.split("Turn 4 of")[0]
    assert now(folder, one).tries == now(folder, other).tries == ()
    call("again", lines="wait")
    status, out, _ = call("again")
    assert "Turn 6, in meeting 1. It cost 19 points" in out, "the other is the longest due now"


def test_nothing_due_names_the_next_day(folder: Path, call: Call) -> None:
    (moment,) = fill(folder)
    status, out, err = call("again", "--today", TODAY.isoformat())
    assert (status, err) == (0, "")
    assert out.startswith("Nothing to try again today. The next moment comes back on 2026-03-03.")
    assert "longlunch again --list" in out
    assert copy_of(folder, moment).lines() == load_transcript(GOLDEN).lines()


def test_a_named_moment_is_played_on_any_day(folder: Path, scales: Scales, call: Call) -> None:
    one, other = fill(folder, None, 4, 6)
    for name in (other.id, other.id[: -len("-") - len(other.entry)]):
        status, out, err = call("again", name, "--today", "2026-03-02", lines="greet")
        if name == other.id:
            assert status == 0 and "due on 2026-03-03" in plain(out)
            assert "not due before 2026-03-03, so this was practice" in verdict(out)
        else:
            assert (status, out) == (2, "") and "several moments begin with" in err
    assert now(folder, other).due == day(1) and len(now(folder, other).tries) == 1
    assert not now(folder, one).tries


@pytest.mark.parametrize("name", ["nothing", "", "e5", "\x1b[31m", "x" * 300])
def test_an_unknown_moment_is_told_with_those_that_are(name: str, folder: Path, call: Call) -> None:
    status, out, err = call("again", name)
    assert (status, out) == (2, "") and "expected: a moment that a review has kept" in err
    (moment,) = fill(folder)
    status, out, err = call("again", name)
    assert (status, out) == (2, "") and err.startswith("error[U001]: there is no moment")
    assert f"expected: one of {moment.id}\n" in err and "longlunch again --list" in err
    assert "\x1b" not in err


def test_the_beginning_of_a_name_is_enough(folder: Path, scales: Scales, call: Call) -> None:
    (moment,) = fill(folder)
    assert call("again", moment.id[:5], lines="greet")[0] == 0
    assert len(now(folder, moment).tries) == 1


def test_the_list_shows_every_moment_and_what_becomes_of_it(folder: Path, call: Call) -> None:
    due, later, passed = fill(folder, None, 3, 4, 6)
    profile = Profile.load(folder)
    profile.tried(later.id, day(1), 9.0)
    for after in (1, 4, 11):
        profile.tried(passed.id, day(after), 0.0)
    profile.save()
    for today, said in ((1, "Due today."), (2, "Due since 2026-03-03.")):
        status, out, err = call("again", "--list", "--today", day(today).isoformat())
        assert (status, err) == (0, "") and f"not tried yet. {said}" in plain(out)
    status, out, _ = call("again", "--list", "--today", day(1).isoformat())
    assert "tried once so far. Comes back on 2026-03-04." in plain(out)
    assert "tried 3 times so far. Passed on 2026-03-13." in plain(out)
    commands = re.findall(r"^   longlunch again (\S+)$", out, re.M)
    assert commands == [due.id, later.id, passed.id]


@pytest.mark.parametrize("words", [["--list", "x"], ["--list", "--fresh"], ["--today", "Monday"]])
def test_a_command_line_that_makes_no_sense(words: list[str], folder: Path, call: Call) -> None:
    status, out, err = call("again", *words)
    assert (status, out) == (2, "") and err.startswith("error[U001]: ")
    assert not folder.exists()


# --- the luck -----------------------------------------------------------------------------------


def test_the_first_luck_comes_first_each_day_and_fresh_luck_after(
    folder: Path, scales: Scales, call: Call
) -> None:
    (moment,) = fill(folder)
    for today, words in ((1, []), (1, []), (2, []), (2, []), (5, ["--fresh"])):
        call("again", moment.id, *words, "--today", day(today).isoformat(), lines="wait")
    lines = copy_of(folder, moment).lines()[1:]
    assert [line.fresh for line in lines] == [False, True, False, True, True]
    heads = [Game.at(copy_of(folder, moment), line.head).turns[-1] for line in lines]
    assert heads[0].notices == heads[2].notices and heads[0].said == heads[2].said
    assert len({copy_of(folder, moment).key_at(line.head) for line in lines}) == 4


# --- what it comes to ---------------------------------------------------------------------------


def test_the_strongest_move_is_told_after_a_pass_or_a_second_miss(
    folder: Path, scales: Scales, call: Call
) -> None:
    one, other = fill(folder, None, 4, 6)
    principle = f"Principle: {principles()[PRINCIPLE].text}"
    first = verdict(call("again", one.id, lines="wait")[1])
    assert "12 points behind the best move, at least 6.0 with 95 % certainty." in first
    assert text("hidden") in first and SECRET not in first and principle in first
    assert first.endswith(f"longlunch again {one.id}")
    second = verdict(call("again", one.id, lines="wait")[1])
    assert f"The strongest move: {SECRET}" in second and text("hidden") not in second
    passed = verdict(call("again", other.id, lines="greet")[1])
    assert "3.4 points behind the best move. Up to 4 pass." in passed
    assert f"The strongest move: {SECRET}" in passed and principle in passed
    best = verdict(call("again", other.id, lines="ask_history")[1])
    assert "nothing stronger is known" in best and "The strongest move" not in best


def test_it_returns_after_one_three_and_seven_days_until_passed(
    folder: Path, scales: Scales, call: Call
) -> None:
    (moment,) = fill(folder)
    returns = []
    for after, move in ((1, "greet"), (4, "wait"), (5, "greet"), (8, "greet"), (15, "greet")):
        out = call("again", "--today", day(after).isoformat(), lines=move)[1]
        returns.append(re.sub(r".*(It (?:was|comes)|That was)", r"\1", verdict(out)))
        assert call("again", "--today", day(after).isoformat())[1].startswith(
            ("Nothing to try again today.", "Every moment")
        )
    assert returns == [
        "It comes back in 3 days, on 2026-03-06.",
        f"It comes back tomorrow, on 2026-03-07. {text('once_more')} longlunch again {moment.id}",
        "It comes back in 3 days, on 2026-03-10.",
        "It comes back in 7 days, on 2026-03-17.",
        text("done"),
    ]
    kept = now(folder, moment)
    assert kept.passed == day(15)
    assert [made.loss for made in kept.tries] == [3.4, 12.0, 3.4, 3.4, 3.4]
    assert call("again", "--today", day(90).isoformat())[1].startswith("Every moment")
    out = call("again", moment.id, "--today", day(90).isoformat(), lines="wait")[1]
    assert out.count(text("over")) == 2 and now(folder, moment).passed == day(15)


def test_the_line_is_kept_beside_the_original_and_named(
    folder: Path, scales: Scales, call: Call
) -> None:
    (moment,) = fill(folder)
    before = load_transcript(GOLDEN)
    status, out, err = call("again", lines="greet " + "w " * 40)
    assert (status, err) == (0, "")
    after = copy_of(folder, moment)
    assert after.entries[: len(before.entries)] == before.entries
    first, tried = after.lines()
    assert (first.head, tried.tried, tried.fresh) == (before.original, moment.entry, False)
    (made,) = now(folder, moment).tries
    entry = next(e for e in after.entries if e.id == made.branch)
    assert entry.data["action"] == "greet" and made.branch in [e.id for e in after.path(tried.head)]
    assert "Six months later" in out and "Tried again" in out, "it was played to its end"
    assert out.index("Passed ──") < out.index("Six months later")
    assert len(scales.asked) == 1 and first_move(scales.asked[0]) is not None


def test_a_first_move_that_ends_the_talk_is_weighed_too(
    folder: Path, scales: Scales, call: Call
) -> None:
    one_meeting = load_transcript(GOLDEN.with_name("toronto-second.lunch.json"))
    (moment,) = fill(folder, one_meeting, 4)
    scales.losses["part"] = 30.0
    status, out, err = call("again", lines="part")
    assert (status, err) == (0, "") and "30 points behind" in verdict(out)
    assert out.index("Not yet ──") < out.index("Six months later")
    assert [made.loss for made in now(folder, moment).tries] == [30.0]


def test_taking_the_first_move_back_does_not_undo_the_try(
    folder: Path, scales: Scales, call: Call
) -> None:
    (moment,) = fill(folder)
    _, out, _ = call("again", lines="wait u greet u wait")
    verdicts = [
        verdict(part) for part in re.split(r"(?=^(?:Passed|Not yet) ─)", out, flags=re.M)[1:]
    ]
    assert len(verdicts) == 3
    assert [text("taken_back") in said for said in verdicts] == [False, True, True]
    assert [f"The strongest move: {SECRET}" in said for said in verdicts] == [False, True, True]
    assert [made.loss for made in now(folder, moment).tries] == [12.0]
    assert now(folder, moment).due == day(2)


def test_an_exam_is_tried_after_its_end_without_undo(
    folder: Path, scales: Scales, call: Call
) -> None:
    (moment,) = fill(folder, finished("osaka", 3, Settings("exam")).transcript, 2)
    for _ in range(2):  # the second time the copy stands in an unfinished try
        status, out, err = call("again", moment.id, lines="wait u")
        assert status == 0 and "Not yet ──" in out
        assert err == "In an exam nothing is taken back.\n"
    assert len(now(folder, moment).tries) == 2


def test_it_says_what_a_review_of_the_line_would(folder: Path, call: Call) -> None:
    (moment,) = fill(folder)
    out = call("again", lines="wait")[1]
    (made,) = now(folder, moment).tries
    weighed = try_loss(Game.resume(copy_of(folder, moment)))
    assert made.loss == round(weighed.loss, 2) and made.branch == weighed.entry
    assert ("Passed ──" in out) is (weighed.loss <= 4)


def test_what_is_approved_passes_whatever_it_cost(folder: Path) -> None:
    (moment,) = fill(folder)
    out = io.StringIO()
    result = TryResult("e9", "wait", "Wait", 7.25, 5.0, True, "greet", "Greet")
    Judge(Profile.load(folder), moment, day(1))._tell(Screen(out, 80), result, "")
    said = plain(out.getvalue())
    assert said.startswith("Passed ──") and "Wait: 7.2 points behind the best move." in said
    assert "calls it a fair choice, so it passes" in said


def test_a_miss_never_reads_like_a_pass() -> None:
    assert [face.points(x) for x in (0.0, 4.0, 4.02, 4.06, 9.94, 9.96, 31.6)] == [
        "0.0", "4.0", "4.02", "4.1", "9.9", "10", "32",
    ]  # fmt: skip


# --- nothing is lost ----------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, reply: Callable[[str], str]) -> Terminal:
    """Standard output and input on a terminal of 80 by 24; `reply` sees what is on it."""
    out = Terminal()
    asked: list[str] = []

    def answer(*_: str) -> str:
        asked.append(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out.getvalue()))
        assert len(asked) < 20, "it asks for ever"
        return reply(asked[-1])

    for name, value in {"COLUMNS": "80", "LINES": "24", "TERM": "xterm-256color"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(builtins, "input", answer)
    return out


def test_the_result_is_kept_before_it_is_read(
    folder: Path, scales: Scales, monkeypatch: pytest.MonkeyPatch
) -> None:
    (moment,) = fill(folder)
    found: list[Moment] = []

    def reply(shown: str) -> str:
        if text("go_on") in shown:
            found.append(now(folder, moment))
            raise KeyboardInterrupt
        return "greet" if shown.endswith("> ") else ""

    at_a_terminal(monkeypatch, reply)
    assert main(["again"]) == 130
    (kept,) = found
    assert [made.loss for made in kept.tries] == [3.4] and kept.due == day(4)
    assert now(folder, moment) == kept
    assert copy_of(folder, moment).lines()[1].tried == moment.entry


@pytest.mark.parametrize(("answer", "stops"), [("q", True), ("", False)])
def test_after_the_verdict_one_may_stop_or_go_on(
    answer: str, stops: bool, folder: Path, scales: Scales, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(folder)
    asked = 0

    def reply(shown: str) -> str:
        nonlocal asked
        if shown.endswith("> "):
            asked += 1
            return "greet" if asked == 1 else "q"
        return answer if shown.endswith(text("go_on") + " ") else ""

    out = at_a_terminal(monkeypatch, reply)
    assert main(["again"]) == 0
    assert asked == (1 if stops else 2)
    assert "Turn 5 of" in out.getvalue() or stops


def test_leaving_before_the_first_move_counts_for_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (moment,) = fill(folder)

    def gone(shown: str) -> str:
        raise EOFError

    at_a_terminal(monkeypatch, gone)
    assert main(["again"]) == 0
    assert not now(folder, moment).tries
    assert copy_of(folder, moment).lines() == load_transcript(GOLDEN).lines()


def test_a_copy_that_is_erased_meanwhile_is_not_brought_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    (moment,) = fill(folder)

    def erasing(game: Game) -> TryResult:
        assert main(["profile", "erase", "--yes"]) == 0
        first = first_move(game)
        assert first is not None
        return TryResult(first.entry, first.text, "", 0.0, 0.0, False, first.text, "")

    monkeypatch.setattr(face, "try_loss", erasing)
    status, out, err = call("again", lines="greet wait")
    assert status == 2 and "error[W001]" in err and text("erased") in plain(out)
    assert not files.copy_path(folder, moment.transcript).exists()
    assert not Profile.load(folder).book.moments


def test_a_profile_that_cannot_be_changed_does_not_stop_the_game(
    folder: Path, scales: Scales, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (moment,) = fill(folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("game.review.profile.replace_file", full)
    status, out, err = call("again", lines="greet " + "w " * 40)
    assert (status, err) == (0, "") and "Six months later" in out
    assert "could not be changed (W001, " in verdict(out)
    assert not now(folder, moment).tries


def test_two_tries_of_one_moment_at_once_both_count(folder: Path, scales: Scales) -> None:
    (moment,) = fill(folder)
    one, two = (Profile.load(folder) for _ in range(2))
    for profile in (one, two):
        game = Game.resume(profile.transcript_of(moment))
        game.try_again(moment.entry)
        screen = Screen(io.StringIO(), 80)
        play = TextPlay(game, folder / "x", screen, Prompt(screen, io.StringIO()))
        play.game.play("wait")
        Judge(profile, moment, day(1))(play)
    assert [made.branch for made in now(folder, moment).tries] == [None, None]


def test_a_game_that_cannot_be_played_does_not_stand_before_the_others(
    folder: Path, scales: Scales, call: Call
) -> None:
    (lost,) = fill(folder, finished("osaka", 3).transcript, 2)
    (kept,) = fill(folder, None, 4)
    files.copy_path(folder, lost.transcript).write_text('{"format": "longlunch.transcript/1"')
    profile = Profile.load(folder)
    profile.tried(kept.id, day(1), 9.0)
    profile.save()
    assert [moment.id for moment in Profile.load(folder).due(day(2))] == [lost.id, kept.id]
    status, out, err = call("again", "--today", "2026-03-04", lines="greet")
    assert (status, err) == (0, "") and len(now(folder, kept).tries) == 2
    status, out, err = call("again", "--today", "2026-03-03")
    assert status == 1 and err.startswith("error[R002]: ")
    assert "passed over: osaka, turn 2" in plain(out)
    status, out, err = call("again", lost.id)
    assert (status, out) == (1, "") and err.startswith("error[R002]: ")


def test_a_damaged_profile_is_refused(folder: Path, call: Call) -> None:
    folder.mkdir()
    (folder / "profile.json").write_text("mine")
    for words in (["again"], ["again", "--list"], ["again", "x"]):
        status, out, err = call(*words)
        assert (status, out) == (1, "") and err.startswith("error[PR001]: ")


# --- tries in other files -----------------------------------------------------------------------


def test_a_try_in_a_saved_game_counts_as_a_try_of_its_moment(
    folder: Path, scales: Scales, call: Call, tmp_path: Path
) -> None:
    (moment,) = fill(folder)
    path = tmp_path / "renamed.lunch.json"
    path.write_bytes(GOLDEN.read_bytes())
    status, out, err = call("play", "--resume", path, "--try", "4", lines="wait w w")
    assert (status, err) == (0, "") and text("counts_too") in out
    assert verdict(out).startswith("Wait: 12 points behind")
    (made,) = now(folder, moment).tries
    assert (made.loss, made.date, made.branch) == (12.0, day(1), None)
    assert len(load_transcript(path).lines()) == 2 and len(copy_of(folder, moment).lines()) == 1
    status, out, _ = call("play", "--resume", path, lines="w")
    assert text("counts_too") not in out, "its first move was made"
    assert len(now(folder, moment).tries) == len(scales.asked) == 1


def test_a_try_that_was_left_before_its_first_move_counts_when_it_is_made(
    folder: Path, scales: Scales, call: Call
) -> None:
    (moment,) = fill(folder)
    call("again")
    copy = files.copy_path(folder, moment.transcript)
    status, out, _ = call("play", "--resume", copy, lines="greet")
    assert status == 0 and text("counts_too") in out
    (made,) = now(folder, moment).tries
    assert made.branch == copy_of(folder, moment).head


@pytest.mark.parametrize("words", [["--try", "5"], []])
def test_other_moves_and_the_original_line_count_for_nothing(
    words: list[str], folder: Path, scales: Scales, call: Call, tmp_path: Path
) -> None:
    (moment,) = fill(folder)
    path = tmp_path / "g.lunch.json"
    path.write_bytes(GOLDEN.read_bytes())
    status, out, _ = call("play", "--resume", path, *words, lines="wait")
    assert status == 0 and text("counts_too") not in out
    assert not scales.asked and not now(folder, moment).tries


def test_a_profile_that_cannot_be_read_is_one_line_and_the_try_goes_on(
    folder: Path, scales: Scales, call: Call, tmp_path: Path
) -> None:
    folder.mkdir()
    (folder / "profile.json").write_text("mine")
    path = tmp_path / "g.lunch.json"
    path.write_bytes(GOLDEN.read_bytes())
    status, out, err = call("play", "--resume", path, "--try", "4", lines="wait")
    assert (status, err) == (0, "") and "cannot be read (PR001, " in plain(out)
    assert not scales.asked and (folder / "profile.json").read_text() == "mine"
    assert load_transcript(path).trying


# --- where it is spoken of ----------------------------------------------------------------------


def test_the_profile_names_the_command_of_each_moment_that_is_due(
    folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    from game.terminal import profile as profile_face

    monkeypatch.setattr(profile_face, "date", vars(face)["date"])
    due, later = fill(folder, None, 4, 6)
    profile = Profile.load(folder)
    profile.tried(later.id, day(1), 9.0)
    profile.save()
    _, out, _ = call("profile")
    assert re.findall(r"^   longlunch again (\S+)$", out, re.M) == [due.id]


def test_every_text_is_used_and_every_use_is_a_text() -> None:
    source = Path(face.__file__).read_text(encoding="utf-8").replace("'", '"')
    for id, said in load_common("profile_words.yaml")["again"].items():
        pair = re.sub("_(one|many)$", "", id)  # which of the two is chosen by a number
        assert any(f'"{name}"' in source for name in (id, pair, f"{pair}_many")), id
        assert isinstance(said, str) and said.strip() and "longlunch again {" not in said
    for id in re.findall(r'(?<![\w])text\("(\w+)"', source):
        assert text(id)
