"""One language or another: where words come from, and what never changes with them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import yaml

from game.desktop.words import counted, say
from game.scenario import language
from game.scenario.catalogue import Catalogue, Entry, plural_header, plural_of
from game.scenario.compile import compile_rules
from game.scenario.domains import interface
from game.scenario.library import scenarios_dir, shipped
from game.scenario.load import load_from_sources, load_scenario
from game.scenario.pseudo import pseudo
from game.scenario.translated import (
    common_words,
    in_language,
    translated_data,
    with_catalogues,
)
from game.scenario.word_places import WORDLESS, words_in
from game.session.game import Game
from game.session.words import ui


def entry(id: str, text: str, *forms: str, many: str = "", fuzzy: bool = False) -> Entry:
    return Entry(id, text, many, forms, fuzzy)


# --- which language -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "tag"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_CH"}, "de"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LANG": "en_US", "LC_ALL": "de_AT@euro"}, "de"),
        ({"LANG": "../../etc"}, "en"),
        ({"LANG": "tlh"}, "en"),
    ],
)
def test_the_environment_asks_for_what_is_there(environment: dict[str, str], tag: str) -> None:
    assert language.preferred(environment) == tag


def test_languages_live_side_by_side() -> None:
    heard: dict[str, str] = {}

    def phone() -> None:
        with language.speaking("de"):
            heard["phone"] = say("settings.back")

    with language.speaking("qps"):
        at = threading.Thread(target=phone)
        at.start()
        at.join()
        heard["stage"] = say("settings.back")
    heard["console"] = say("settings.back")
    assert heard == {"phone": "Zurück", "stage": pseudo("Back"), "console": "Back"}


# keys of scenarios with names of moves and conditions in them, and notes for the author
QUIET = [(key,) for key in ("expect", "plays", "trust_machine", "approves", "extends")]

# --- what is words --------------------------------------------------------------------------------


@pytest.mark.parametrize("domain", interface(), ids=lambda d: d.name)
def test_every_file_of_the_interface_has_words_with_ids_of_their_own(domain: object) -> None:
    words = domain.words()  # type: ignore[attr-defined]
    assert words
    assert len({one.id for one in words}) == len(words)


def test_files_without_words_are_named() -> None:
    there = {path.stem for path in (scenarios_dir() / "common").glob("*.yaml")}
    assert set(WORDLESS) <= there


@pytest.mark.parametrize("id", sorted(shipped()))
def test_every_long_text_of_a_scenario_is_words(id: str) -> None:
    """A key that is added to scenarios and shown to players must be known to translators too."""
    data = yaml.safe_load(shipped()[id].read_text("utf-8"))
    known = {one.text for one in words_in(id, data)}
    told = {*known, *(t.replace("-", " ").replace("_", " ") for t in known)}

    def texts(part: object, path: tuple[str, ...]) -> None:
        if path[-1:] in QUIET:
            return
        if isinstance(part, dict):
            for key, one in part.items():
                texts(one, (*path, str(key)))
        elif isinstance(part, list):
            for one in part:
                texts(one, path)
        elif isinstance(part, str) and part.count(" ") >= 2:
            assert part in told, f"{'.'.join(path)}: {part}"

    texts(data, ())


# --- looking up -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "known",
    [
        entry("part.one", "another original {x}", "anders {x}"),
        entry("part.one", "of {x}", "von {x}", fuzzy=True),
        entry("part.one", "of {x}", ""),
        entry("part.one", "of {x}", "ohne"),
        entry("part.one", "of {x}", "von {x} und {y}"),
        entry("part.two", "of {x}", "von {x}"),
    ],
)
def test_a_translation_that_does_not_hold_is_not_shown(known: Entry) -> None:
    data = {"part": {"one": "of {x}"}}
    assert translated_data("common/any", data, [Catalogue({known.id: known})]) == data


def test_one_and_many_follow_the_language() -> None:
    count, pick = plural_of(plural_header("pl"))
    forms = ("{count} gra", "{count} gry", "{count} gier")
    known = entry("part.game_many", "1 game", *forms, many="{count} games")
    data = {"part": {"game_one": "1 game", "game_many": "{count} games"}}
    from game.scenario.translated import counted as choose

    polish = Catalogue({"part.game_many": known}, pick)
    found = translated_data("common/any", data, [polish])["part"]
    assert count == 3
    told = [choose(found, "game", n).format(count=n) for n in (1, 2, 5, 12, 22)]
    assert told == ["1 gra", "2 gry", "5 gier", "12 gier", "22 gry"]
    assert [choose(data["part"], "game", n) for n in (0, 1, 2)] == [
        "{count} games", "1 game", "{count} games",
    ]  # fmt: skip


def test_a_pair_of_the_interface_is_counted() -> None:
    assert counted("home.you", 1) == "you, over 1 meeting"
    assert counted("home.you", 3) == "you, over 3 meetings"


def test_the_pseudo_language_keeps_what_is_filled_in() -> None:
    told = pseudo("Continue: {name}, turn {turn}")
    assert "{name}" in told and "{turn}" in told
    assert told[0] == "[" and told[-1] == "]"
    assert pseudo("{value} %") == "{value} %"
    with language.speaking("qps"):
        assert ui("title").startswith("[")


def test_words_are_read_once_for_a_language() -> None:
    assert common_words("phrases.yaml", "en") is common_words("phrases.yaml", "en")
    assert common_words("phrases.yaml", "qps") is not common_words("phrases.yaml", "en")


# --- scenarios ------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("id", sorted(shipped()))
def test_translating_changes_no_rule(id: str) -> None:
    loaded = load_scenario(id)
    other = in_language(loaded, "qps")
    assert other.scenario.title == pseudo(loaded.scenario.title)
    rules = [compile_rules(x.scenario, x.machine, x.moves) for x in (loaded, other)]
    assert rules[0].digest == rules[1].digest
    assert other.sources == loaded.sources


def test_a_scenario_comes_back_to_its_own_language() -> None:
    loaded = load_scenario("osaka")
    assert in_language(in_language(loaded, "qps"), "en").scenario == loaded.scenario


def test_a_scenario_without_a_catalogue_speaks_its_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(shipped()["osaka"].read_text("utf-8").replace("osaka", "mine", 1), "utf-8")
    loaded = load_scenario(path)
    shown = in_language(loaded, "de")
    assert (shown.language, shown.scenario.title) == ("en", loaded.scenario.title)


# --- what a game keeps ----------------------------------------------------------------------------


def own_table(folder: Path) -> Path:
    """A scenario of somebody's own with a German title beside it."""
    good = Path(__file__).parents[1] / "scenarios" / "good" / "corner_bakery.yaml"
    path = folder / good.name
    path.write_text(good.read_text(encoding="utf-8"), encoding="utf-8")
    title = load_scenario(path).scenario.title
    catalogue = folder / "locale" / "de" / "corner_bakery.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        'msgid ""\nmsgstr ""\n"Language: de\\n"\n"X-Domain: corner_bakery\\n"\n\n'
        f'msgctxt "title"\nmsgid "{title}"\nmsgstr "Die Bäckerei an der Ecke"\n',
        encoding="utf-8",
    )
    return path


@pytest.mark.long
def test_a_game_takes_the_translations_of_its_table_along(tmp_path: Path) -> None:
    loaded_ = load_scenario(own_table(tmp_path))
    kept = [Game(in_language(loaded_, tag), 1).transcript.as_json() for tag in ("en", "de")]
    assert kept[0] == kept[1]
    sources = kept[0]["scenario"]["source"]
    assert "locale/de/corner_bakery.po" in sources
    elsewhere = load_from_sources(sources, "corner_bakery.yaml")
    assert in_language(elsewhere, "de").scenario.title == "Die Bäckerei an der Ecke"
    assert in_language(elsewhere, "fr").scenario.title == loaded_.scenario.title


def test_a_game_of_a_shipped_table_keeps_no_translations() -> None:
    assert not [n for n in with_catalogues(load_scenario("osaka")) if n.startswith("locale/")]
