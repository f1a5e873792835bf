"""The preview begins where it is asked to, follows the file, and shows what is wrong."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from game.authoring.preview import text
from game.authoring.preview.draft import Draft, Unreached
from game.authoring.preview.inspector import inspect
from game.authoring.preview.place import Place
from game.authoring.preview.window import WIDE, Previewed
from game.cli import main
from game.desktop.app import App
from game.desktop.screens.diagnosis import DiagnosisScreen
from game.session.seating import Settings

GOOD = Path(__file__).parent.parent / "scenarios/good/corner_bakery.yaml"
GUIDED = Settings("guided")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(GOOD, tmp_path / "bakery.yaml"))


def edit(file: Path, old: str, new: str) -> None:
    written = file.read_text("utf-8")
    assert old in written
    file.write_text(written.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    "place", [Place(), Place(turn=4), Place(2, 2), Place(state="trusted"), Place(2, 0, "trusted")]
)
def test_it_begins_where_it_is_asked_to(place: Place) -> None:
    game = Draft.open("seoul", 1, GUIDED, place).game
    view = game.hidden()
    if place.meeting:
        assert game.number("meeting") == place.meeting
    if place.turn:
        assert game.number("turn") == place.turn
    if place.state:
        state = int(view["true_trust_state"][0][0])
        assert game.rules.machine.names[state] == place.state


def test_a_place_that_no_game_gets_to_is_refused(file: Path) -> None:
    with pytest.raises(Unreached, match="U003"):
        Draft.open(file, 1, GUIDED, Place(meeting=7))
    assert main(["preview", "--text", str(file), "--state", "smitten"]) == 2


def test_a_change_is_read_and_the_place_is_kept(file: Path) -> None:
    draft = Draft.open(file, 1, GUIDED, Place(turn=5))
    played, seed = [t.text for t in draft.game.turns], draft.game.seed
    assert not draft.changed()
    edit(file, "The old mixer failed twice", "The old mixer stopped twice")
    assert draft.changed() and draft.reload() and not draft.changed()
    assert ([t.text for t in draft.game.turns], draft.game.seed, draft.lost) == (played, seed, 0)


def test_moves_that_no_longer_fit_are_counted_and_left_out(file: Path) -> None:
    draft = Draft.open(file, 1, GUIDED, Place(turn=3))
    action = next(a for a in draft.game.legal() if "third_shop" in draft.game.rules.actions[a]
                  or draft.game.rules.actions[a].startswith("ask_direct:delivery"))  # fmt: skip
    draft.game.play(action)
    before = len(draft.game.turns)
    written = file.read_text("utf-8").replace("delivery", "weeks")
    file.write_text(written, "utf-8")
    assert draft.reload()
    assert draft.lost and len(draft.game.turns) + draft.lost == before


def test_moves_that_did_not_fit_come_back_when_they_fit_again(file: Path) -> None:
    """Numbers are typed figure by figure, and saved in between."""
    draft = Draft.open(file, 1, GUIDED, Place(turn=6))
    there = [t.text for t in draft.game.turns]
    edit(file, "turns: 12", "turns: 1")
    assert draft.reload() and draft.lost
    edit(file, "turns: 1", "turns: 14")
    assert draft.reload() and not draft.lost
    assert [t.text for t in draft.game.turns] == there
    edit(file, "turns: 14", "turns: 3")
    assert draft.reload() and draft.lost
    draft.game.undo()
    back = len(draft.game.turns)
    edit(file, "turns: 3", "turns: 14")
    assert draft.reload() and not draft.lost
    assert len(draft.game.turns) == back, "who went back meanwhile stays there"


def test_a_file_that_is_wrong_leaves_the_game_and_says_where(file: Path) -> None:
    draft = Draft.open(file, 1, GUIDED, Place(turn=4))
    game = draft.game
    edit(file, "mean: 0.72", "mean: 7.2")
    assert draft.changed() and not draft.reload()
    assert draft.wrong and draft.game is game
    assert draft.complaints[0].code == "M005" and draft.complaints[0].line > 1
    edit(file, "mean: 7.2", "mean: 0.72")
    assert draft.reload() and not draft.wrong


def test_the_inspector_shows_the_truth_and_its_causes() -> None:
    draft = Draft.open("osaka", 3, GUIDED, Place(turn=4))
    where, ogawa, last = inspect(draft.game)
    values = dict(ogawa.lines)
    truth = draft.game.hidden()
    assert values["diffuseness"] == f"{float(truth['true_diffuseness'][0][0]):.2f}"
    assert ("meeting", "1 of 2") in where.lines and ("turn", "4") in where.lines
    assert last.lines[0][0] == "trust" and len(last.lines) > 1


def window(draft: Draft, wide: int = int(WIDE) + 20) -> App:
    app = App((wide, 720), headless=True)
    app.push(Previewed(draft).screen())
    app.step(seconds=1.0)
    return app


def words(app: App) -> str:
    shown = [w for layer in app.screen.root.layers for w in layer.top.walk()]
    return " ".join(str(getattr(w, "text", "")) for w in shown)


@pytest.mark.long
def test_the_window_follows_the_file_within_three_tenths_of_a_second(file: Path) -> None:
    draft = Draft.open(file, 1, GUIDED, Place(turn=4))
    app = window(draft)
    before, turns = app.screen, len(draft.game.turns)
    edit(file, "Corner bakery" if "Corner bakery" in file.read_text() else "The corner bakery",
         "The bakery at the corner")  # fmt: skip
    app.step(seconds=0.3)
    assert app.screen is not before and app.screen.title == "The bakery at the corner"
    assert len(draft.game.turns) == turns
    edit(file, "mean: 0.72", "mean: 7.2")
    app.step(seconds=0.3)
    assert "M005" in words(app) and f"{file.name}:" in words(app)
    edit(file, "mean: 7.2", "mean: 0.72")
    app.step(seconds=0.3)
    assert "M005" not in words(app)


def test_a_narrow_window_has_the_inspector_behind_a_key(file: Path) -> None:
    from game.desktop.input import Key

    app = window(Draft.open(file, 1, GUIDED, Place(turn=2)), 1280)
    assert len(app.screen.root.layers) == 1
    app.step([Key("f2", None)])
    assert "diffuseness" in words(app) and len(app.screen.root.layers) == 2


def test_a_file_that_cannot_be_opened_shows_its_complaints(file: Path) -> None:
    from game.authoring.preview.window import screen_of
    from game.scenario.diagnostics import ScenarioError

    edit(file, "mean: 0.72", "mean: 7.2")
    with pytest.raises(ScenarioError) as refused:
        Draft.open(file, 1, GUIDED, Place())
    assert isinstance(screen_of(refused.value), DiagnosisScreen)
    assert main(["preview", "--text", str(file)]) == 1


def test_the_terminal_plays_takes_back_and_reads_again(file: Path) -> None:
    draft = Draft.open(file, 1, GUIDED, Place(turn=2))
    out = io.StringIO()
    assert text.run(draft, io.StringIO("1\nu\nnonsense\nr\n99\nq\n"), out) == 0
    shown = out.getvalue()
    assert "[Where it stands]" in shown and "There is no number 99 here." in shown
    assert shown.count("\n> ") == 6


def test_the_keys_of_play_are_understood(file: Path) -> None:
    draft = Draft.open(file, 1, GUIDED, Place())
    out = io.StringIO()
    assert text.run(draft, io.StringIO("w\nr\n? promise\n?1\no\np\nq\n"), out) == 0
    shown = out.getvalue()
    assert "w waits and sits down" in shown and "There is no move" not in shown
    assert "(ask_direct:" in shown and "Promise one thing" in shown and "is over" in shown
