"""The first lesson: taken by keys, by clicks, by gamepad; skipped, left, gone beyond, killed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from game.core.vocabulary import Phase
from game.desktop import lesson, lesson_taken, raster_worker
from game.desktop.app import App
from game.desktop.lesson import Lesson, Now, course, state_of, step_of, suggested
from game.desktop.pilot import Pilot
from game.desktop.playing import Playing
from game.desktop.screens import home_cards
from game.desktop.screens.help import HelpScreen
from game.desktop.screens.home import HomeScreen
from game.desktop.screens.lesson_note import Pointer, aim, in_view
from game.desktop.screens.lesson_screens import LessonEnding, LessonTable, begin_lesson
from game.desktop.screens.review import ReviewScreen
from game.desktop.screens.table_sheets import AskRead
from game.desktop.settings import Settings, load_settings
from game.desktop.widgets import ChoiceCard, Label, ScrollArea
from game.desktop.words import say
from game.review import profile_files as files
from game.scenario.expression import ExpressionError
from game.scenario.library import lessons, shipped
from game.session.saves import saves_dir
from game.session.table import dialogue
from game.session.transcript import load_transcript
from tests.desktop.homes import TODAY, at_home, left_in_the_middle
from tests.desktop.lesson_player import (
    IDS,
    ON_PAD,
    PATH,
    WAYS,
    begin,
    button,
    by_keys,
    do,
    follow,
    note,
    number_of,
    press,
    settle,
    step,
    table,
)
from tests.desktop.test_table import blank
from tests.marks import spread

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"/>'
_A_WORD = 60 / 200  # seconds; slow readers of screens read two hundred a minute
_TO_ACT = 1.0  # seconds to find a key, or to move the pointer, once a note is read


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    at_home(monkeypatch, tmp_path)
    monkeypatch.setattr(home_cards, "look_into", lambda scenario: PICTURE)
    monkeypatch.setattr(raster_worker, "render", blank)
    yield


# --- the whole lesson -----------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("way", WAYS)
def test_it_is_taken_from_beginning_to_end(way: str, scale: float, tmp_path: Path) -> None:
    kept = tmp_path / "settings.json"
    pilot = begin(file=kept, text_scale=scale)
    game = table(pilot).game
    assert follow(pilot, way=WAYS[way]) == PATH
    assert isinstance(pilot.app.screen, ReviewScreen)
    pilot.app.pop()
    assert isinstance(pilot.app.screen, LessonEnding) and note(pilot) is None
    # what somebody has done by now, all of it in the real game
    assert game.ended and game.reads and any(turn.fact for turn in game.turns)
    assert any(turn.signed >= 0 for turn in game.turns)
    assert game.settings.help == "guided" and game.undone == 0
    (path,) = saves_dir().iterdir()
    assert load_transcript(path).entries == game.transcript.entries
    assert load_settings(kept)[0].seen == {"lesson": True, "lesson_on": False}


@pytest.mark.long
@pytest.mark.parametrize("scale", spread([1.0, 2.0, 1.25, 1.5], 2))
def test_no_note_covers_anything(scale: float) -> None:
    pilot = begin(text_scale=scale)
    for id in PATH:
        settle(pilot)
        assert step(pilot) == id
        pilot.wait(9)  # what a toast says lies over everything for a while
        assert pilot.overlaps() == [], id
        shown = note(pilot)
        assert shown is not None and shown.rect.height > 0
        pointer = next(w for w in pilot.all() if isinstance(w, Pointer) and w.aimed)
        how = pointer.aimed
        assert how is not None and bool(how.notch) is not bool(how.line), id
        screen = pilot.app.screen
        others = [w for w in pilot.all() if w.can_focus and w not in shown.walk()]
        for other in others:
            place = in_view(other)
            if place is not None and not isinstance(other, ScrollArea):
                both = place.clip(shown.rect)
                assert both.width <= 1 or both.height <= 1, (id, other.accessible_name)
        assert screen.root.rect.contains(shown.rect)
        do(pilot, id)


@pytest.mark.long
def test_three_minutes_are_enough() -> None:
    """Every word on the way is read once, slowly, and whatever is told takes as long as it takes.

    Words that are told are read meanwhile: a turn lasts as long as the longer of the two.
    """
    pilot = begin(typewriter="normal")
    game = table(pilot).game
    told, read, acts, seconds = 0, 0, 0, 0.0
    for id in PATH:
        waited = 0.0
        while isinstance(pilot.app.screen, LessonTable) and pilot.app.screen.teller.telling:
            pilot.wait(0.1)
            waited += 0.1
        lines = [word for x in dialogue(game) for word in f"{x.label} {x.text}".split()]
        letter = game.letter() if game.ended else None
        lines += letter.text.split() if letter is not None else []
        seconds += max(waited, (len(lines) - told) * _A_WORD)
        told = len(lines)
        assert step(pilot) == id
        shown = note(pilot)
        assert shown is not None
        read += len(shown.name.split())
        if id in ("move", "ask"):  # all of the hand, to choose from it
            read += sum(len(card.label.split()) for card in table(pilot).pane.cards.values())
        if id == "worth":  # all that the sheet has, but the words that are said with the offer
            sheet = pilot.app.screen.root.top
            parts = [w for w in sheet.walk() if w not in shown.walk()]
            names = [w.text for w in parts if isinstance(w, Label) and "“" not in w.text]
            names += [w.choice.title for w in parts if isinstance(w, ChoiceCard)]
            read += len(" ".join(names).split())
        acts += {"read": 3, "worth": 2, "part": 4}.get(id, 1)
        do(pilot, id)
    seconds += read * _A_WORD + acts * _TO_ACT
    assert told + read > 300 and acts == 16
    assert seconds < 180, (seconds, told, read)


@pytest.mark.long
def test_every_note_is_short() -> None:
    pilot = begin()
    texts = [say(f"lesson.notes.{id}") for id in IDS] + list(ON_PAD.values())
    tried = [text.replace("{try}", say("lesson.try.package")) for text in texts]
    assert all(len(text.split()) <= 30 for text in tried) and set(ON_PAD) < set(IDS)
    for id in PATH:
        settle(pilot)
        shown = note(pilot)
        assert shown is not None and len(shown.name.split()) <= 30
        assert "{" not in shown.name and "**" not in shown.name
        do(pilot, id)


# --- going other ways -----------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize(
    "until", spread(["move", "worth", "path", "notice", *PATH[3:7], "part"], 3)
)
def test_it_is_skipped_at_any_note(until: str, tmp_path: Path) -> None:
    kept = tmp_path / "settings.json"
    pilot = begin(file=kept)
    assert follow(pilot, until)[-1] == until
    shown = note(pilot)
    assert shown is not None
    if until == "worth":
        press(pilot, shown.skip)
    else:
        if pilot.app.screen.root.focused is shown.go_on:
            pilot.key("shift+tab")
        else:
            pilot.app.screen.root.focus(None)
            pilot.key("tab")
        assert pilot.app.screen.root.focused is shown.skip
        pilot.key("return")
    assert note(pilot) is None
    assert pilot.sees(say("lesson.skipped"))
    assert load_settings(kept)[0].seen == {"lesson": True, "lesson_on": False}
    if until == "worth":
        pilot.key("escape")
    game = table(pilot).game
    before = len(game.turns)
    pilot.key("w")
    settle(pilot)
    assert len(game.turns) == before + 1 and note(pilot) is None


@pytest.mark.long
def test_escape_opens_the_menu_beside_every_note() -> None:
    pilot = begin()
    for id in PATH[:-1]:
        settle(pilot)
        if id == "worth":
            pilot.key("escape")
            assert step(pilot) == "offer", "the sheet was closed, so the offer is still to come"
        pilot.key("escape")
        assert pilot.sees("save and quit")
        pilot.key("escape")
        assert not pilot.sees("save and quit")
        if id == "worth":
            pilot.key("o")
        assert step(pilot) == id
        by_keys(pilot, id)


@pytest.mark.long
@pytest.mark.parametrize("seed", spread(range(12), 2))
def test_whatever_is_played_the_game_goes_on(seed: int) -> None:
    """Any legal move, at random, with sheets and reads now and then: never a dead end."""
    dice = Random(seed)
    pilot = begin()
    for _ in range(80):
        settle(pilot)
        screen = pilot.app.screen
        if not isinstance(screen, LessonTable) or screen.gone:
            break
        note(pilot)
        assert pilot.overlaps() == []
        if isinstance(screen.root.top, AskRead):
            pilot.key("escape")
            continue
        assert screen.hand.enabled and any(card.can_focus for card in screen.hand.children)
        legal = screen.game.legal()
        choice = dice.randrange(8)
        if choice == 0 and screen.pane.low.offer.enabled:
            pilot.key("o", str(1 + dice.randrange(4)), dice.choice(["o", "escape"]))
        elif choice == 1:
            pilot.key("r", "return", "right", "return")  # the last move is taken back, if any
            while len(pilot.app.screen.root.layers) > 1:
                pilot.key("escape")
        elif choice == 2:
            pilot.key("return")
        else:
            screen.do(dice.choice(legal))
    assert isinstance(pilot.app.screen, LessonEnding | LessonTable)
    if isinstance(pilot.app.screen, LessonTable):
        assert pilot.app.screen.gone
        pilot.key("return")
    while isinstance(pilot.app.screen, LessonEnding) and pilot.app.screen.reading:
        pilot.key("return")
    assert step(pilot) == "review" and lesson_taken.is_over(pilot.app.settings)


def test_another_move_is_followed_by_the_note_that_fits() -> None:
    pilot = begin()
    pilot.key("7")  # a price, before anything else
    settle(pilot)
    assert isinstance(pilot.app.screen.root.top, AskRead)
    pilot.key("escape")
    settle(pilot)
    assert step(pilot) == "again"
    pilot.key("return")
    assert step(pilot) == "path"
    pilot.key("return")
    assert step(pilot) == "ask"


@pytest.mark.long
def test_what_is_suggested_may_lie_among_all_actions() -> None:
    pilot = begin()
    follow(pilot, "ask")
    pilot.key("o", "o", "escape")
    settle(pilot)
    pilot.key("return")
    assert step(pilot) == "ask" and number_of(pilot) == "A"
    texts = [move.text for move in table(pilot).pane.cards.values()]
    assert not any(text.startswith("ask_") and text.endswith(":repairs") for text in texts)
    pilot.key("a")
    pilot.click("Sound out repairs, gently")
    pilot.click("do")
    settle(pilot)
    assert table(pilot).game.turns[-1].text == "ask_indirect:repairs"


def test_notes_name_the_buttons_of_what_is_in_use() -> None:
    pilot = begin()
    follow(pilot, "move")
    assert "press a number" in pilot.tree()
    pilot.key("pad down")
    assert step(pilot) == "move" and "press a number" not in pilot.tree()
    pilot.key("right")
    assert "press a number" in pilot.tree()


@pytest.mark.long
def test_a_counter_is_pointed_at_and_can_be_taken() -> None:
    pilot = begin()
    follow(pilot, "worth")
    pilot.click("Repairs", share=0.1)
    pilot.key("o")
    settle(pilot)
    assert step(pilot) == "counter"
    pilot.key(number_of(pilot))
    settle(pilot)
    assert step(pilot) == "part"


@pytest.mark.long
def test_a_move_taken_back_brings_its_note_back() -> None:
    pilot = begin()
    follow(pilot, "ask")
    pilot.key("r")
    pilot.click("Talk about the dented counter")
    pilot.click(say("sheets.go_back"))
    assert step(pilot) == "move" and table(pilot).game.undone == 1
    assert follow(pilot, "read")[-1] == "read"


@pytest.mark.long
def test_a_note_that_nobody_heeds_goes() -> None:
    pilot = begin()
    follow(pilot, "read")
    pilot.key("1")
    settle(pilot)
    while isinstance(pilot.app.screen.root.top, AskRead):
        pilot.key("escape")
    assert step(pilot) == "read"
    pilot.key("1")
    settle(pilot)
    assert step(pilot) == "offer"


def test_the_notebook_may_be_opened_and_the_note_is_still_there() -> None:
    pilot = begin()
    follow(pilot, "notebook")
    pilot.key("n")
    assert pilot.sees("two Saturdays")
    pilot.key("escape")
    assert step(pilot) == "notebook"


@pytest.mark.long
def test_it_follows_another_text_size_and_theme() -> None:
    pilot = begin()
    follow(pilot, "notebook")
    for scale, theme in ((2.0, "dark"), (1.0, "contrast"), (1.5, "paper")):
        pilot.app.settings.text_scale, pilot.app.settings.theme = scale, theme
        pilot.app.restyle()
        pilot.wait(9)
        assert step(pilot) == "notebook" and pilot.overlaps() == []
    pilot.app.resize(1920, 1080)
    assert step(pilot) == "notebook" and pilot.overlaps() == []


# --- killed, and going on -------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("until", spread(["ask", "notice", *PATH[1:3], *PATH[4:-1]], 2))
def test_killed_at_any_note_it_goes_on_at_the_same_turn(until: str, tmp_path: Path) -> None:
    kept = tmp_path / "settings.json"
    pilot = begin(file=kept)
    follow(pilot, until)
    game = table(pilot).game
    entries = game.transcript.entries
    del pilot  # nobody closes anything
    app = App((1280, 720), load_settings(kept)[0], headless=True, settings_file=kept)
    app.settings.typewriter = "instant"
    app.push(HomeScreen(TODAY))
    app.step()
    again = Pilot(app)
    if entries:
        again.click("continue")
        settle(again)
        assert table(again).game.transcript.entries == entries
        before, now = PATH.index(until), PATH.index(step(again))
        assert 0 <= before - now <= 1, "at the same note, or at the one that leads to it"
        assert follow(again, "review")[-1] == "review"
    else:
        assert not again.sees("continue") and again.sees("take the lesson")


def test_a_game_of_the_lesson_without_notes_is_a_game() -> None:
    pilot = begin()
    follow(pilot, "ask")
    shown = note(pilot)
    assert shown is not None
    press(pilot, shown.skip)
    path = next(saves_dir().iterdir())
    resumed = Pilot.over(Playing.resume(path).screen(), settings=pilot.app.settings)
    assert table(resumed).game.phase is Phase.TABLE and note(resumed) is None


# --- home and help --------------------------------------------------------------------------------


def home(settings: Settings | None = None) -> Pilot:
    return Pilot.over(HomeScreen(TODAY), settings=settings)


def test_who_has_played_nothing_is_offered_it_until_it_is_left() -> None:
    settings = Settings()
    pilot = home(settings)
    offered = [w.accessible_name for w in pilot.all()]
    assert offered.index("take the self-test") < offered.index("take the lesson")
    pilot.click("no lesson")
    assert not pilot.sees("take the lesson") and pilot.sees("take the self-test")
    assert not home(settings).sees("take the lesson")
    assert json.loads(json.dumps(settings.seen)) == {"lesson": True, "lesson_on": False}


def test_without_the_self_test_it_is_the_first_thing() -> None:
    pilot = home()
    start = button(pilot, "take the lesson")
    assert start.kind == "plain"
    pilot.click("not now")
    assert button(pilot, "take the lesson").kind == "filled"


def test_who_has_played_is_not_offered_it() -> None:
    left_in_the_middle("osaka", 4)
    assert not home().sees("take the lesson")


@pytest.mark.long
def test_the_first_table_asks_once_whether_to_take_it() -> None:
    pilot = home()
    pilot.click("Osaka, Six minutes")
    assert pilot.sees(say("lesson.first_title"))
    pilot.key("escape")
    pilot.click("Osaka, Six minutes")
    pilot.click(say("lesson.start"))
    assert isinstance(pilot.app.screen, LessonTable)
    pilot = home()
    pilot.click("Osaka, Six minutes")
    pilot.click(say("lesson.first_go"))
    assert pilot.sees("begin")
    pilot.app.pop()
    pilot.click("Osaka, Six minutes")
    assert pilot.sees("begin") and lesson_taken.is_over(pilot.app.settings)


def test_another_table_asks_nothing() -> None:
    pilot = home()
    pilot.click("Seoul")
    assert pilot.sees("begin")


@pytest.mark.long
def test_help_has_it_always() -> None:
    settings = Settings(seen={"lesson": True, "lesson_on": False}, typewriter="instant")
    pilot = Pilot.over(HelpScreen(), settings=settings)
    pilot.click("take the lesson")
    assert step(pilot) == "notice" and settings.seen["lesson_on"]


@pytest.mark.long
def test_it_counts_for_nothing() -> None:
    pilot = begin()
    follow(pilot, "review")
    pilot.click("home")
    pilot.app.start = None
    after = home(pilot.app.settings)
    screen = after.app.screen
    assert isinstance(screen, HomeScreen)
    assert not after.sees("continue") and not after.sees("take the lesson")
    assert screen.shelf.met() == [] and len(screen.cards) == len(shipped())
    assert any(card.state_text == say("home.first") for card in after.all())
    assert not files.data_dir().joinpath("profile.json").exists()


def test_a_lesson_left_in_the_middle_can_be_continued_and_begun_anew() -> None:
    pilot = begin()
    follow(pilot, "ask")
    first = next(saves_dir().iterdir())
    after = home(pilot.app.settings)
    assert after.sees("continue")
    before = first.read_bytes()
    begin_lesson(after.app)
    settle(after)
    assert step(after) == "notice" and len(list(saves_dir().iterdir())) == 2
    assert first.read_bytes() == before


# --- the data, and how it points ------------------------------------------------------------------


def now(**changed: int | bool) -> Now:
    known: dict[str, int | bool] = {
        "turns": 0, "facts": 0, "read": False, "offered": False, "countered": False,
        "signed": False, "ended": False,
    }  # fmt: skip
    return known | changed


def test_the_course_that_is_shipped_is_whole() -> None:
    found = course()
    assert found.scenario in lessons()
    assert len(IDS) == len(set(IDS))
    assert 7 <= len(PATH) <= 10
    assert {step.place for step in found.steps} == set(lesson.PLACES)
    assert found.steps[-1].place == "ending"


@pytest.mark.parametrize("condition", ["turn > 1", "facts", "read > 1", "turns >", "trust > 0.3"])
def test_a_condition_on_anything_else_is_refused(condition: str) -> None:
    with pytest.raises(ExpressionError):
        step_of("one", "table", "hand", done=condition)
    with pytest.raises(ValueError, match="kitchen"):
        step_of("one", "kitchen", "hand")


def test_a_note_waits_for_its_time_and_goes_after_its_moves() -> None:
    steps = [
        step_of("look", "table", "hand", read=True, moves=1),
        step_of("told", "table", "hand", when="facts > 0"),
        step_of("ask", "table", "hand", done="facts > 0 or signed", moves=2),
    ]
    course = Lesson(steps, now())
    shown = [course.at("table", now(turns=k)) for k in (0, 0, 1, 2, 3)]
    assert [one.id if one else "" for one in shown] == ["look", "look", "ask", "ask", ""]
    late = course.at("table", now(turns=4, facts=1))
    assert late is not None and late.id == "told"
    course.heeded(late)
    assert course.at("table", now(turns=4, facts=1)) is None


def test_going_on_begins_after_what_is_done() -> None:
    steps = [
        step_of("no", "table", "hand", when="countered", aside=True),
        step_of("look", "table", "hand", read=True),
        step_of("move", "table", "hand", done="turns > 0"),
        step_of("path", "table", "hand", read=True),
    ]
    found = Lesson(steps, now(turns=1)).at("table", now(turns=1))
    assert found is not None and found.id == "path"
    aside = Lesson(steps, now(turns=1)).at("table", now(turns=1, countered=True))
    assert aside is not None and aside.id == "no"


def test_the_best_suggestion_that_is_there_is_made() -> None:
    one = step_of("ask", "table", "hand", suggest=["ask_direct:price", "ask_direct", "greet"])
    assert suggested(one, {3: "greet", 5: "ask_direct:delivery"}) == 5
    assert suggested(one, {3: "greet", 5: "ask_direct:delivery", 7: "ask_direct:price"}) == 7
    assert suggested(one, {3: "greeting"}) is None


def test_the_state_is_what_the_player_sees() -> None:
    pilot = begin()
    game = table(pilot).game
    assert state_of(game) == now()
    follow(pilot, "part")
    assert state_of(game) == now(turns=3, facts=1, read=True, offered=True, signed=True)


def test_how_a_note_points() -> None:
    import pygame

    box = pygame.FRect(100, 100, 300, 80)
    below = aim(box, pygame.FRect(120, 196, 200, 40), 12)
    assert below.notch[1][1] > box.bottom and not below.line
    above = aim(box, pygame.FRect(120, 40, 200, 44), 12)
    assert above.notch[1][1] < box.top
    far = aim(box, pygame.FRect(100, 400, 300, 60), 12)
    assert not far.notch and far.line[0][0] == box.left
    assert all(x < box.left or y > box.bottom for x, y in far.line[1:-1])
    other_side = aim(box, pygame.FRect(360, 400, 44, 60), 12)
    assert other_side.line[0][0] == box.right
    inward = aim(box, pygame.FRect(200, 400, 60, 30), 12)
    assert inward.line[-1] == (230, 437) and inward.line[-2][1] > 437
