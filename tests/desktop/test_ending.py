"""The end: the letter first, then numbers that agree with the outcome; a card without spoilers."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from game.desktop.pilot import Pilot
from game.desktop.playing import Playing
from game.desktop.screens.ending import EndingScreen
from game.desktop.screens.ending_card import share_card, share_words
from game.desktop.screens.ending_parts import ending_title
from game.desktop.settings import Settings as UiSettings
from game.desktop.words import say
from game.session.game import Game
from game.session.seating import Settings
from tests.at_hand import at_hand


def ended(folder: Path, sign: bool = True, guided: bool = False) -> Playing:
    """A game that is over: the scenario's own play that is signed, or one that was left at once."""
    loaded = at_hand("toronto")
    script = loaded.scenario.plays["boxes_opened"]
    game = Game(loaded, script.seed, Settings("guided" if guided else "plain"))
    if guided:
        game.play("wait")
        game.hint()
        game.play(game.hand()[0])
        game.undo()
    for move in script.moves if sign else ("wait", "part"):
        if not game.ended:
            game.play(move)
    made = Playing(game, folder / "game.lunch.json")
    made.save()
    return made


def over(made: Playing, settings: UiSettings | None = None) -> Pilot:
    return Pilot.over(EndingScreen(made), settings=settings)


@pytest.mark.parametrize("sign", [True, False])
def test_the_letter_comes_before_the_numbers(tmp_path: Path, sign: bool) -> None:
    made = ended(tmp_path, sign=sign)
    result = made.game.outcome()
    assert bool(int(result.deals[0])) is sign
    letter = made.game.letter()
    assert letter is not None
    pilot = over(made)
    score = f"{float(result.score[0]):.0f}"
    assert pilot.sees(letter.text)
    assert pilot.sees(ending_title(made.game))
    assert not pilot.sees(say("ending.score"))
    pilot.key("return")
    assert pilot.sees(letter.text)
    assert pilot.sees(f"{score} {say('ending.of_hundred')}")
    shown = pilot.tree()
    for part, share in zip(
        (result.seller_utility, result.buyer_utility, result.relationship),
        made.game.rules.score, strict=True,
    ):  # fmt: skip
        value, weight = round(100 * float(part[0])), round(100 * float(share))
        assert say("ending.part", value=value, share=weight) in shown
    assert pilot.sees("bonus is paid" if sign else "No bonus")


def test_hints_and_moves_taken_back_are_counted(tmp_path: Path) -> None:
    pilot = over(ended(tmp_path, sign=False, guided=True))
    pilot.key("return")
    assert pilot.sees(say("ending.hints", value=1))
    assert pilot.sees(say("ending.undone", value=1))
    assert pilot.sees(say("ending.practice"))
    assert not pilot.sees(say("ending.clean"))


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_fits_with_large_text(tmp_path: Path, scale: float) -> None:
    pilot = over(ended(tmp_path), UiSettings(text_scale=scale, theme="contrast"))
    assert pilot.overlaps() == []
    pilot.click("the numbers")
    assert pilot.overlaps() == []
    pilot.click("share")
    assert pilot.overlaps() == []


def test_the_card_tells_nothing_that_spoils(tmp_path: Path) -> None:
    made = ended(tmp_path)
    scenario, words = made.game.scenario, made.game.words
    card = share_card(made.game)
    assert scenario.title in card
    assert "accuracy" not in card and "accuracy" not in share_words(made.game)
    assert ">68<" in share_card(made.game, 68.2)
    hidden = [fact.text for fact in scenario.facts.values()]
    hidden += [person.name for person in scenario.buyers.values()]
    hidden += [need.label for p in scenario.buyers.values() for need in p.needs.values()]
    hidden += [words.package(turn.signed) for turn in made.game.turns if turn.signed >= 0]
    hidden += ["pecific", "iffuse"]
    for text in hidden:
        assert text not in card
        assert text not in share_words(made.game, 50.0)


def test_the_card_is_kept_and_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = tmp_path / "pictures"
    monkeypatch.setattr(platformdirs, "user_pictures_dir", lambda: str(pictures))
    made = ended(tmp_path)
    pilot = over(made)
    pilot.key("return")
    pilot.click("share")
    for _ in range(2):
        pilot.click("keep png")
    pilot.click("keep svg")
    pilot.click("copy words")
    names = sorted(path.name for path in pictures.iterdir())
    assert names == ["long-lunch-toronto-1.png", "long-lunch-toronto-1.svg",
                     "long-lunch-toronto-2.png"]  # fmt: skip
    assert (pictures / names[0]).read_bytes().startswith(b"\x89PNG")
    assert (pictures / names[1]).read_text(encoding="utf-8") == share_card(made.game)
    assert pilot.app.paste() == share_words(made.game)


def test_a_card_that_cannot_be_kept_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(platformdirs, "user_pictures_dir", lambda: str(tmp_path / "file"))
    pilot = over(ended(tmp_path))
    pilot.key("return")
    pilot.click("share")
    for button in ("keep svg", "keep png"):
        pilot.click(button)
        assert pilot.sees(say("ending.card_failed", value="")[:20])


def test_again_with_the_same_or_with_new_luck(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, seeds = ended(tmp_path), []

    def begin(loaded: object, seed: int, settings: Settings, writer: object) -> Playing:
        seeds.append(seed)
        return made

    monkeypatch.setattr(Playing, "begin", begin)
    monkeypatch.setattr(Playing, "follow", lambda self, app: app.replace(EndingScreen(self)))
    pilot = over(made)
    for choice in ("again_same", "again_fresh"):
        pilot.key("return")
        pilot.click("try again")
        pilot.click(say(f"ending.{choice}"))
    assert seeds[0] == made.game.seed
    assert len(seeds) == 2


def test_home_shows_the_first_screen_anew(tmp_path: Path) -> None:
    made = ended(tmp_path)
    pilot = over(made)
    pilot.app.start = lambda: EndingScreen(made)
    pilot.key("escape", "escape")
    assert pilot.app.depth == 1
    assert not pilot.sees(say("ending.score"))  # the letter again, from the beginning
