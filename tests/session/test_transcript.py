"""The transcript: round trips, refusals with a code, and games that go on."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from game.scenario.diagnostics import ScenarioError
from game.session.game import Game
from game.session.seating import Settings
from game.session.transcript import Transcript, _digest, load_transcript, read_transcript
from tests.marks import tables
from tests.session.tables import SHIPPED, finished, game
from tests.session.test_game import same_state


def code_of(refused: pytest.ExceptionInfo[ScenarioError]) -> str:
    [diagnostic] = refused.value.diagnostics
    assert diagnostic.message and diagnostic.expected and diagnostic.fix
    return diagnostic.code


def signed(body: dict[str, object]) -> bytes:
    """A file whose digest fits, whatever was done to its body."""
    body.pop("digest", None)
    return json.dumps(body | {"digest": _digest(body)}).encode()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    play = game("seoul", 5)
    for action in ("prepare_history", "wait", "greet", "small_talk:press"):
        play.play(action)
    path = tmp_path / "game.lunch.json"
    play.transcript.save(path)
    return path


@pytest.mark.parametrize("name", tables())
def test_what_is_saved_is_read_back_and_ends_alike(name: str, tmp_path: Path) -> None:
    over = finished(name, 21, Settings("guided", None, True))
    path = tmp_path / "x.lunch.json"
    over.transcript.save(path)
    read = load_transcript(path)
    assert read == over.transcript
    again = Game.resume(read)
    assert same_state(again, over)
    assert again.turns == over.turns
    assert float(again.outcome().score[0]) == float(over.outcome().score[0])


@pytest.mark.long
@pytest.mark.parametrize("name", SHIPPED)
def test_going_on_equals_never_having_stopped(name: str, tmp_path: Path) -> None:
    """Stopped after some of the entries, with undos and reads between."""
    path = tmp_path / "x.lunch.json"
    straight, stopped = game(name, 31), game(name, 31)
    luck = random.Random(31)
    for _ in range(60):
        if straight.ended:
            break
        choice = luck.choice(straight.legal())
        kind = luck.random()
        for play in (straight, stopped):
            if kind < 0.1 and play.turns:
                play.undo()
            elif kind < 0.2:
                play.read(0.4, 0.5)
            else:
                play.play(choice)
        if luck.random() < 0.8:
            continue
        stopped.transcript.save(path)
        stopped = Game.resume(load_transcript(path))
        assert same_state(straight, stopped)
        assert straight.hand() == stopped.hand() if not straight.ended else True
        assert straight.turns == stopped.turns


def test_the_tree_keeps_every_branch(saved: Path) -> None:
    play = Game.resume(load_transcript(saved))
    play.undo()
    play.play("ask_history")
    entries = play.transcript.entries
    assert [e.kind for e in entries] == [
        "prepare", "prepare", "action", "action", "undo", "action",
    ]  # fmt: skip
    assert entries[4].parent == entries[2].id
    assert [e.id for e in play.transcript.path()] == ["e1", "e2", "e3", "e5", "e6"]
    assert [e.id for e in play.transcript.path("e4")] == ["e1", "e2", "e3", "e4"]


def test_a_save_is_whole_or_not_at_all(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = saved.read_bytes()
    play = Game.resume(load_transcript(saved))
    play.play("wait")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        play.transcript.save(saved)
    assert saved.read_bytes() == before
    assert [p.name for p in saved.parent.iterdir()] == [saved.name]


def test_a_cut_file_is_damaged_wherever_it_is_cut(saved: Path) -> None:
    raw = saved.read_bytes()
    for cut in (len(raw) - 1, len(raw) // 2, 300):
        with pytest.raises(ScenarioError) as refused:
            read_transcript(raw[:cut])
        assert code_of(refused) == "R002"


@pytest.mark.parametrize("old", [b'"seed":5', b'"action":"greet"', b"Kang Dae-jung"])
def test_an_edited_file_is_damaged(saved: Path, old: bytes) -> None:
    raw = saved.read_bytes()
    assert old in raw
    with pytest.raises(ScenarioError) as refused:
        read_transcript(raw.replace(old, old[:-2] + b"7" + old[-1:], 1))
    assert code_of(refused) == "R002"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "R001"),
        (b"scenario: seoul\n", "R001"),
        (b"\x89PNG\r\n", "R001"),
        (b"[1, 2]", "R001"),
        (b'{"format": "longlunch.check/1"}', "R001"),
        (b'{"format": "longlunch.transcript/9"}', "R003"),
        (b"[" * 100_000, "R001"),
    ],
)
def test_other_files_are_refused(raw: bytes, code: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        read_transcript(raw)
    assert code_of(refused) == code


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.json", "RD001"), (tmp_path, "RD002")):
        with pytest.raises(ScenarioError) as refused:
            load_transcript(path)
        assert code_of(refused) == code
        assert refused.value.exit_status == 2


@pytest.mark.long
def test_other_rules_are_refused(saved: Path) -> None:
    body = json.loads(saved.read_bytes())
    with pytest.raises(ScenarioError) as refused:
        read_transcript(signed(body | {"rules_version": 0}))
    assert code_of(refused) == "R003"
    body["scenario"]["rules"] = "0" * 64
    with pytest.raises(ScenarioError) as refused:
        Game.resume(read_transcript(signed(body)))
    assert code_of(refused) == "R003"


def test_missing_parts_are_damage(saved: Path) -> None:
    for key in ("scenario", "seed", "settings", "entries", "head", "branches"):
        body = json.loads(saved.read_bytes())
        del body[key]
        with pytest.raises(ScenarioError) as refused:
            read_transcript(signed(body))
        assert code_of(refused) == "R002"


@pytest.mark.parametrize(
    "change",
    [{"action": "grete"}, {"action": "accept"}, {"action": 7}, {"actoin": "greet"}],
)
def test_an_entry_that_cannot_be_played(saved: Path, change: dict[str, object]) -> None:
    body = json.loads(saved.read_bytes())
    body["entries"][2] = {"id": "e3", "parent": "e2", "kind": "action"} | change
    with pytest.raises(ScenarioError) as refused:
        Game.resume(read_transcript(signed(body)))
    assert code_of(refused) == "R004"


def test_a_scenario_that_is_no_longer_valid(saved: Path) -> None:
    body = json.loads(saved.read_bytes())
    source = body["scenario"]["source"]
    source["seoul.yaml"] = source["seoul.yaml"].replace("issues:", "isues:", 1)
    with pytest.raises(ScenarioError) as refused:
        Game.resume(read_transcript(signed(body)))
    assert code_of(refused) == "R005"


def test_wording_may_change_without_harm(saved: Path) -> None:
    """The hash of the rules leaves words out (decision 6)."""
    body = json.loads(saved.read_bytes())
    source = body["scenario"]["source"]
    assert "The noodle press" in source["seoul.yaml"]
    source["seoul.yaml"] = source["seoul.yaml"].replace("The noodle press", "Noodles")
    play = Game.resume(read_transcript(signed(body)))
    assert play.scenario.title == "Noodles"
    assert isinstance(play.transcript, Transcript) and len(play.turns) == 4
