"""Another language is chosen in the settings and holds at once, wherever one came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from game.desktop.app import App
from game.desktop.input import Command
from game.desktop.pilot import Pilot
from game.desktop.playing import Playing
from game.desktop.raster import Raster
from game.desktop.screens.briefing import BriefingScreen
from game.desktop.screens.home import HomeScreen
from game.desktop.screens.settings_screen import SettingsScreen
from game.desktop.screens.table import TableScreen
from game.desktop.settings import load_settings
from game.desktop.shots_states import SHOTS
from game.desktop.shots_studio import Studio, data_at, fill
from game.desktop.text import TextEngine
from game.desktop.widgets import Segmented
from game.desktop.words import say
from game.looks.drawings import Source, svg_of
from game.scenario import language
from game.session.seating import Settings as GameSettings
from game.session.writing import own_name
from tests.at_hand import at_hand
from tests.desktop.homes import at_home
from tests.words import untranslated


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    at_home(monkeypatch, tmp_path)
    yield
    language.use(language.SOURCE)


def app_at(kept: Path) -> App:
    return App((1280, 720), headless=True, settings_file=kept)


def speak(pilot: Pilot, tag: str) -> None:
    """Another language while the settings are open, and back from there."""
    pilot.app.push(SettingsScreen())
    pilot.app.step()
    pilot.app.speak(tag)
    pilot.app.step()
    pilot.app.command(Command.BACK)
    pilot.app.step()


def choice(pilot: Pilot, name: str) -> Segmented:
    found = next(w for w in pilot.all() if isinstance(w, Segmented) and w.accessible_name == name)
    assert isinstance(found, Segmented)
    return found


def in_tongue(tag: str, id: str) -> str:
    with language.speaking(tag):
        return say(id)


def test_every_language_stands_there_in_its_own_words(tmp_path: Path) -> None:
    app = app_at(tmp_path / "settings.json")
    app.push(SettingsScreen())
    app.step()
    options = choice(Pilot(app), say("settings.language")).options
    assert options == [(tag, own_name(tag)) for tag in language.available()]
    assert ("de", "Deutsch") in options and ("en", "English") in options


def test_the_settings_change_at_once_and_are_kept(tmp_path: Path) -> None:
    kept = tmp_path / "settings.json"
    app = app_at(kept)
    app.push(SettingsScreen())
    app.step()
    pilot = Pilot(app)
    app.screen.focus(choice(pilot, say("settings.language")))
    app.command(Command.RIGHT)
    app.step()
    assert pilot.sees(in_tongue("de", "settings.title"))
    assert load_settings(kept)[0].language == "de"
    app.command(Command.LEFT)
    app.step()
    assert pilot.sees(in_tongue("en", "settings.title"))
    assert load_settings(kept)[0].language == "en"


@pytest.mark.long
def test_the_first_screen_follows_when_one_comes_back(tmp_path: Path) -> None:
    app = app_at(tmp_path / "settings.json")
    app.push(HomeScreen())
    app.step()
    pilot = Pilot(app)
    home = app.screen
    speak(pilot, "qps")
    assert app.screen is home
    assert pilot.sees(in_tongue("qps", "home.settings"))


@pytest.mark.long
def test_a_game_goes_on_where_it_stood_in_other_words_alone(tmp_path: Path) -> None:
    app = app_at(tmp_path / "settings.json")
    playing = Playing.begin(at_hand("seoul"), 3, GameSettings("plain"))
    while playing.kind == "prepare":
        playing.play(playing.game.hand()[0])
    playing.play(playing.game.hand()[0])
    app.push(playing.screen())
    app.step(seconds=30)
    before = playing.game
    said = [shown.id for turn in before.turns for shown in turn.said]
    spoken = [shown.text for turn in before.turns for shown in turn.said]
    moves = [turn.text for turn in before.turns]
    file = playing.path.read_bytes()
    speak(Pilot(app), "qps")
    assert isinstance(app.screen, TableScreen) and app.depth == 1
    game = app.screen.game
    assert [turn.text for turn in game.turns] == moves
    assert [shown.id for turn in game.turns for shown in turn.said] == said
    assert [shown.text for turn in game.turns for shown in turn.said] != spoken
    assert playing.path.read_bytes() == file


@pytest.mark.long
def test_what_was_chosen_in_a_briefing_stays_chosen(tmp_path: Path) -> None:
    app = app_at(tmp_path / "settings.json")
    app.push(BriefingScreen(at_hand("seoul"), 41))
    app.step()
    pilot = Pilot(app)
    screen = app.screen
    assert isinstance(screen, BriefingScreen)
    screen.help.choose("exam")
    speak(pilot, "qps")
    assert app.screen is screen
    assert screen.settings.help == "exam" and screen.chosen_seed == 41
    assert screen.loaded.language == "qps"


# --- the pseudo-language --------------------------------------------------------------------------

STATES = (
    "home-empty", "settings-looks", "briefing", "prepare", "table-late", "table-guided",
    "sheet-offer", "sheet-calendar", "ending-numbers", "selftest-item", "review-waiting",
    "help-keys",
)  # fmt: skip
KNOWN = {"English", "Deutsch", "LO", "NG", "ER"}


@pytest.mark.long
@pytest.mark.parametrize("state", STATES)
def test_a_screen_says_nothing_that_cannot_be_translated(
    state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: set[str] = set()
    layout, request = TextEngine.layout, Raster.request

    def laid_out(self: TextEngine, words: Any, *args: Any, **options: Any) -> Any:
        shown.add(words if isinstance(words, str) else "".join(run.text for run in words))
        return layout(self, words, *args, **options)

    def drawn(self: Raster, source: Source, *args: Any) -> Any:
        shown.update(re.findall(r"<text[^>]*>(.*?)</text>", svg_of(source), re.DOTALL))
        return request(self, source, *args)

    monkeypatch.setattr(TextEngine, "layout", laid_out)
    monkeypatch.setattr(Raster, "request", drawn)
    language.use(language.PSEUDO)
    make, full = SHOTS[state]
    if full:
        fill(tmp_path)
    with data_at(tmp_path):
        pilot = make(Studio(tmp_path, 1.0))
        pilot.app.step()
    assert len(shown) > 3  # a review that is still being made says little else
    texts = (text.replace(str(tmp_path), "") for text in shown)
    assert untranslated(" ".join(re.sub("<[^>]*>", " ", text) for text in texts), KNOWN) == []
    assert pilot.overlaps() == []
