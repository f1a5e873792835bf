"""The terminal in other languages: nothing is left in English, and nothing but words changes."""

from __future__ import annotations

import io
import random
import re
from pathlib import Path

import pytest

from game.review.review import review as review_of
from game.scenario import language
from game.session.game import Game
from game.session.seating import Settings
from game.session.transcript import load_transcript
from game.terminal.prompt import Prompt
from game.terminal.review import show
from game.terminal.screen import Screen
from tests.session.tables import game as new_game
from tests.terminal.test_play import run
from tests.words import untranslated

KEYS = ["b", "i", "n", "c", "?", "r", "3?", "o", "1", "m 7 2", "h", "u", "xyz", "ask_direct:"]


def typed(seed: int, count: int = 160) -> list[str]:
    """Every key once, then what a restless player types."""
    luck = random.Random(seed)
    return [*KEYS, *(luck.choice("1234567w") for _ in range(count))]


def played(name: str, path: Path, tag: str) -> tuple[Game, str]:
    with language.speaking(tag):
        play = new_game(name, 3, Settings("guided", coach=True))
        status, out = run(play, typed(3), path)
    assert status == 0 and play.ended
    return play, out


@pytest.mark.long
@pytest.mark.parametrize("name", ["osaka", "toronto-committee"])
def test_a_whole_game_says_nothing_that_cannot_be_translated(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "123.lunch.json"
    play, out = played(name, path, language.PSEUDO)
    complaints = capsys.readouterr().err
    assert complaints
    shown = out.replace(str(path), "").replace("longlunch review", "")
    ids = set(re.findall(r"[a-z]+", " ".join(play.rules.actions)))  # what may be typed
    assert untranslated(shown, ("xyz", "ask", "direct")) == []
    assert untranslated(complaints, {*ids, "xyz"}) == []


@pytest.mark.long
def test_a_review_says_nothing_that_cannot_be_translated(tmp_path: Path) -> None:
    path = tmp_path / "123.lunch.json"
    play, _ = played("seoul", path, language.PSEUDO)
    out = io.StringIO()
    screen = Screen(out, 84)
    with language.speaking(language.PSEUDO):
        found = next(review_of(play, first_play=True))
        show(found, path, True, True, screen, Prompt(screen, io.StringIO()))
    text = re.sub(r"^ +\[löñglûñçh.*$", "", out.getvalue().replace(str(path), ""), flags=re.M)
    text = re.sub(r"\[Šöûrçé: [^\]]*\]", "", text)  # publications keep their names
    assert untranslated(text) == []


@pytest.mark.long
@pytest.mark.parametrize("name", ["osaka", "seoul", "toronto-committee"])
def test_a_transcript_is_the_same_in_every_language(name: str, tmp_path: Path) -> None:
    kept = set()
    heard = set()
    for tag in ("en", "de", language.PSEUDO):
        path = tmp_path / tag / "123.lunch.json"
        path.parent.mkdir()
        _, out = played(name, path, tag)
        kept.add(path.read_bytes())
        heard.add(out)
    assert len(kept) == 1 and len(heard) == 3


@pytest.mark.long
def test_a_game_goes_on_in_another_language(tmp_path: Path) -> None:
    path = tmp_path / "123.lunch.json"
    play, _ = played("osaka", path, "en")
    with language.speaking("de"):
        again = Game.resume(load_transcript(path))
    assert again.loaded.language in ("de", "en")
    assert [t.text for t in again.turns] == [t.text for t in play.turns]
    assert [[s.id for s in t.said] for t in again.turns] == [
        [s.id for s in t.said] for t in play.turns
    ]


@pytest.mark.long
def test_a_review_weighs_alike_in_every_language() -> None:
    found = []
    for tag in ("en", language.PSEUDO):
        with language.speaking(tag):
            play = new_game("seoul", 11)
            for _ in range(4):
                play.play(play.hand()[0])
            found.append(next(review_of(play, first_play=False)))
    first, second = found
    assert first != second
    assert [(m.action, m.before, m.worth, m.loss, m.label, m.marks) for m in first.moves] == [
        (m.action, m.before, m.worth, m.loss, m.label, m.marks) for m in second.moves
    ]
    assert first.par == second.par and first.skill == second.skill
