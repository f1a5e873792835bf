"""The table: played by keys alone and by clicks alone, and what it shows and hides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from game.core.vocabulary import Phase
from game.desktop import raster_worker
from game.desktop.input import Command
from game.desktop.pilot import Pilot
from game.desktop.playing import Playing
from game.desktop.screens.table import TableScreen
from game.desktop.screens.table_advice import Adviser
from game.desktop.screens.table_sheets import AskRead, opener
from game.desktop.settings import Settings as Looks
from game.desktop.stage import Stage
from game.desktop.widget import Widget
from game.desktop.words import say
from game.figures.portrait_expression import Expression, Gaze
from game.looks.people import Look, gaze_of
from game.session.seating import Settings
from game.session.table import dialogue, stand
from game.session.wording import Shown
from tests.session.tables import loaded

SMALL = {"typewriter": "instant"}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Games go into a folder of the test; pictures are left blank, which is most of the time."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr(raster_worker, "render", blank)
        yield


def blank(svg: str, wide: int, high: int, files: object) -> tuple[int, int, bytes]:
    return wide, high, bytes(4 * wide * high)


def sit(
    name: str = "seoul", moves: tuple[str, ...] = (), settings: Settings | None = None,
    seed: int = 1, **looks: Any,
) -> tuple[Pilot, TableScreen]:  # fmt: skip
    """A table with some moves played, everything at once unless the looks say otherwise."""
    playing = Playing.begin(loaded(name), seed, settings or Settings())
    while playing.game.phase is Phase.PREPARE:
        playing.play(playing.game.parse("wait"))
    for move in moves:
        playing.play(playing.game.parse(move))
    screen = TableScreen(playing)
    set_to = Looks(**(SMALL | looks))
    return Pilot.over(screen, settings=set_to), screen


def part_of(screen: TableScreen, kind: type[Widget]) -> Widget:
    return next(w for w in screen.root.top.walk() if isinstance(w, kind))


def finish(pilot: Pilot, screen: TableScreen) -> None:
    """Let time pass until the turn is told."""
    for _ in range(600):
        if not screen.teller.telling:
            return
        pilot.wait(0.1)
    raise AssertionError("the turn is never told to its end")


# --- playing ------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_meeting_is_played_by_keys_alone() -> None:
    pilot, screen = sit("osaka")
    game = screen.game
    for turn in range(60):
        if screen.gone:
            break
        before = len(game.turns)
        if isinstance(screen.root.top, AskRead):
            pilot.key("escape")
        pilot.key("w" if turn % 3 == 0 else str(1 + turn % len(screen.pane.cards)))
        while isinstance(screen.root.top, AskRead):
            pilot.key("escape")
        assert len(game.turns) == before + 1
        assert pilot.overlaps() == []
    assert pilot.focus == say("table.go_on")
    pilot.key("return")
    assert pilot.app.screen is not screen


def test_a_meeting_is_played_by_clicks_alone() -> None:
    pilot, screen = sit("osaka", typewriter="fast")
    game = screen.game
    for _ in range(60):
        while screen.teller.telling:
            pilot.point(600, 200, "move", "down", "up")
        if screen.gone:
            break
        if isinstance(screen.root.top, AskRead):
            pilot.click(say("table.read_not_yet"))
            continue
        before = len(game.turns)
        card = screen.hand.children[-1]
        pilot.click(card.name)
        assert len(game.turns) == before + 1 or isinstance(screen.root.top, AskRead)
    pilot.click(say("table.go_on"))
    assert pilot.app.screen is not screen


def test_the_reply_is_told_after_a_beat_and_a_click_hurries_it() -> None:
    pilot, screen = sit(typewriter="normal")
    finish(pilot, screen)
    said = len(screen.talk.said)
    pilot.key("1")
    assert screen.teller.telling and len(screen.talk.said) == said + 1  # your own words, first
    assert not screen.hand.enabled
    pilot.key("2")  # goes on instead of playing
    while screen.teller.telling:
        pilot.key("2")
    assert len(screen.game.turns) == 2  # sitting down, one action
    assert screen.hand.enabled and screen.playing.spoken == 2


def test_skipping_tells_the_rest_at_once() -> None:
    pilot, screen = sit(typewriter="slow")
    pilot.key("s")
    assert not screen.teller.telling
    pilot.key("1", "s")
    lines = [line.text for line in dialogue(screen.game) if line.kind == "said"]
    assert screen.talk.said[-1].text == lines[-1]


def test_enter_plays_nothing_that_nobody_went_to() -> None:
    pilot, screen = sit()
    turns = len(screen.game.turns)
    pilot.key("return", "space")
    assert len(screen.game.turns) == turns
    pilot.key("down", "return")
    assert len(screen.game.turns) == turns + 1


def test_leaving_is_asked_for_first() -> None:
    pilot, screen = sit(moves=("greet",))
    turns = len(screen.game.turns)
    pilot.key("p")
    pilot.click(say("table.part_stay"))
    assert len(screen.game.turns) == turns
    pilot.key("p")
    pilot.click(say("table.part_go"))
    while isinstance(screen.root.top, AskRead):
        pilot.key("escape")
    assert screen.game.turns[-1].text.startswith("part") and screen.gone


# --- what is shown ------------------------------------------------------------------------------


def test_faces_follow_what_was_noticed() -> None:
    pilot, screen = sit()
    stage = part_of(screen, Stage)
    assert isinstance(stage, Stage)
    seen = set()
    for turn in range(5):
        pilot.key(str(1 + turn % 5))
        while isinstance(screen.root.top, AskRead):
            pilot.key("escape")
        looks = screen.side.looks.now()
        assert {s.id: s.look for s in stage.scene.sitters} == looks
        shown = screen.game.turns[-1].notices
        look = screen.side.looks.noticed(shown[-1])
        assert looks["kang"].expression in (look.expression, Expression.FAIR_GAME)
        seen.add(looks["kang"].mood)
    assert len(seen) > 1


def test_eyes_go_where_the_notice_sends_them() -> None:
    assert gaze_of("No look for the folder, only for the window.") is Gaze.DOWN
    assert gaze_of("A glance goes to the door.") is Gaze.RIGHT
    assert gaze_of("For the first time you are looked at and not your papers.") is Gaze.YOU
    assert gaze_of("A hum, low.") is None


def test_guarded_words_close_a_friendly_face_and_no_other() -> None:
    _, screen = sit()
    looks = screen.side.looks
    late = Shown("kang", "kang.say.referral_late", "")
    warm, hurt = Look(Expression.PLEASED), Look(Expression.HURT, gaze=Gaze.DOWN)
    assert looks.speaking(late, warm).expression is Expression.FAIR_GAME
    assert looks.speaking(late, hurt) == hurt
    assert looks.speaking(Shown("kang", "kang.say.greet_cup", ""), warm).mood == warm.mood


def test_the_light_follows_the_hour() -> None:
    _, screen = sit()
    early = screen.side.stage.scene.hour
    _, late = sit(moves=("wait",) * 6)
    assert late.side.stage.scene.hour > early == stand(screen.game).hour


def test_eyes_blink_now_and_then_unless_motion_is_not_wanted() -> None:
    for still in (False, True):
        pilot, screen = sit(reduced_motion=still)
        blinks = 0
        for _ in range(100):
            before = screen.side.stage.shut
            pilot.wait(0.1)
            blinks += screen.side.stage.shut and not before
        assert (blinks == 0) if still else (1 <= blinks <= 4)


def test_the_path_grows_as_you_talk() -> None:
    pilot, screen = sit(moves=("greet", "small_talk:harvest"), typewriter="slow")
    picture = screen.ledger.path
    before = picture.svg
    pilot.key("1")
    pilot.wait(0.3)
    assert screen.teller.telling and picture.svg == before
    assert picture.data is not None and len(picture.data.radii) == 3
    pilot.wait(0.6)
    assert picture.svg != before
    for _ in range(3):  # faster than it grows
        pilot.key("s", "1", "s")
        while isinstance(screen.root.top, AskRead):
            pilot.key("escape")
    pilot.wait(1.0)
    assert picture.svg == picture._made()


def test_trust_is_shown_in_guided_play_alone() -> None:
    pilot, screen = sit(moves=("greet",))
    trust = say("table.trust_of", name="Kang Dae-jung")
    assert not pilot.sees(trust) and not pilot.sees(say("table.hint"))
    guided, other = sit(moves=("greet",), settings=Settings(help="guided"))
    assert guided.sees(trust)
    guided.key("i")
    assert other.game.hints == 1 and guided.sees(say("table.hint_said"))
    plain_picture, picture = screen.ledger.path.svg, other.ledger.path.svg
    assert plain_picture != picture


def test_saying_it_first_hides_the_wording() -> None:
    pilot, screen = sit(say_it_first=True)
    hidden = {choice.body for choice in screen.hand.choices}
    assert hidden == {say("table.hidden")}
    pilot.key("d")
    assert all(choice.body != say("table.hidden") for choice in screen.hand.choices)
    pilot.key("1")
    assert {choice.body for choice in screen.hand.choices} == hidden
    pilot.hover(say("table.spoken"))
    assert {choice.body for choice in screen.hand.choices} != hidden


def test_the_whole_wording_stands_above_what_is_looked_at() -> None:
    pilot, screen = sit()
    card = screen.pane.cards[screen.hand.choices[1].id]
    pilot.hover(screen.hand.children[1].name)
    assert pilot.sees(card.preview) and screen.pane.tip.visible
    pilot.point(600, 90, "move")
    assert not screen.pane.tip.visible
    pilot.key("down")
    assert screen.pane.tip.visible


@pytest.mark.long
@pytest.mark.parametrize(
    "looks", [{"text_scale": 2.0}, {"text_scale": 1.5, "theme": "dark"}, {"theme": "contrast"}]
)
def test_nothing_overlaps(looks: dict[str, Any]) -> None:
    for name, seed in (("seoul", 4), ("toronto-committee", 2)):
        pilot, screen = sit(name, seed=seed, **looks)
        for key in ("1", "3", "5"):
            pilot.key(key)
            assert pilot.overlaps() == []
            while isinstance(screen.root.top, AskRead):
                pilot.key("escape")
        pilot.key("down")
        assert pilot.overlaps() == []


def test_the_interface_can_be_hidden() -> None:
    pilot, screen = sit()
    pilot.key("h")
    assert not pilot.sees(say("table.all")) and screen.view.visible
    pilot.key("1")
    assert screen.content.visible and len(screen.game.turns) == 1


# --- reads, files, sheets -----------------------------------------------------------------------


def test_a_read_is_kept_once_it_rests() -> None:
    pilot, screen = sit()
    name = say("table.read_of", name="Kang Dae-jung")
    pilot.key("m")
    pilot.key("right", "right", "right")
    assert screen.game.reads == {}  # a place alone is no read
    pilot.key("down", "right")
    pilot.wait(0.3)
    assert screen.game.reads == {}
    pilot.wait(1.0)
    assert screen.game.reads["kang"] == pytest.approx((0.6, 0.0))
    assert len([e for e in screen.game.transcript.entries if e.kind == "read"]) == 1
    assert pilot.sees(name)


def test_the_read_is_asked_for_after_three_turns_and_before_the_first_offer() -> None:
    pilot, screen = sit()
    pilot.key("w", "w")
    assert not isinstance(screen.root.top, AskRead)
    pilot.key("w")
    assert isinstance(screen.root.top, AskRead)
    pilot.click(say("table.read_not_yet"))
    pilot.key("w")
    assert not isinstance(screen.root.top, AskRead)  # not every turn
    quote = screen.game.parse("quote:41")
    screen.do(quote)
    asked = screen.root.top
    assert isinstance(asked, AskRead) and len(screen.game.turns) == 5
    mark = asked.markers["kang"]
    mark.slider.set(0.8, tell=True)
    mark.grade.choose("3")
    pilot.click(say("table.read_keep"))
    assert screen.game.reads["kang"] == pytest.approx((0.8, 1.0))
    assert screen.game.turns[-1].text == "quote:41"
    assert screen.side.reads.marker.value == pytest.approx(0.8)


def test_a_failed_save_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pilot, screen = sit()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(type(screen.game.transcript), "save", full)
        pilot.key("1")
        assert pilot.sees(say("table.unsaved_title"))
        assert pilot.sees("No space left")
        pilot.click(say("table.unsaved_go_on"))
        pilot.key("2")
        assert not pilot.sees(say("table.unsaved_title"))  # told once
    pilot.key("f5")
    assert pilot.sees(say("table.saved")) and screen.playing.path.exists()


@pytest.mark.long
def test_a_game_that_was_left_goes_on_where_it_stood() -> None:
    pilot, screen = sit("osaka", typewriter="slow")
    pilot.key("s", "1")
    pilot.wait(0.2)  # in the midst of the answer
    again = TableScreen(Playing.resume(screen.playing.path))
    other = Pilot.over(again)
    assert not again.teller.telling and len(again.game.turns) == len(screen.game.turns)
    pilot.key("s")
    assert again.talk.said == screen.talk.said
    assert [c.title for c in again.hand.choices] == [c.title for c in screen.hand.choices]
    assert other.overlaps() == []


def test_the_next_meeting_is_told_from_its_beginning() -> None:
    pilot, screen = sit("seoul")
    pilot.key("p")
    pilot.click(say("table.part_go"))
    while isinstance(screen.root.top, AskRead):
        pilot.key("escape")
    assert screen.gone and screen.playing.kind == "prepare"
    while screen.playing.kind == "prepare":
        screen.playing.play(screen.game.parse("wait"))
    later = TableScreen(screen.playing)
    Pilot.over(later, settings=Looks(typewriter="slow"))
    assert later.teller.telling and later.at.meeting == 2
    assert all("Insa-dong" not in one.text for one in later.talk.said)


def test_every_sheet_opens_and_closes_again() -> None:
    pilot, screen = sit(moves=("greet",))
    for command in (Command.LOG, Command.NOTES, Command.REWIND, Command.MENU, Command.OFFER,
                    Command.ALL):  # fmt: skip
        pilot.command(command)
        assert len(screen.root.layers) == 2, command
        pilot.key("escape")
        assert len(screen.root.layers) == 1
    assert opener("offer") is not None and opener("nothing") is None


def test_an_offer_is_composed_and_made() -> None:
    pilot, screen = sit(moves=("greet",))
    screen.game.read(0.5, 0.5)
    action = screen.game.rules.base_actions + screen.game.shortlist()[0]
    screen._back(action)  # as the sheet answers
    assert screen.game.turns[-1].text.startswith("propose")
    assert not pilot.sees(say("table.nothing_on_table"))


# --- parts on their own -------------------------------------------------------------------------


def test_the_coach_is_heard_in_time_or_not_at_all() -> None:
    pilot, screen = sit(moves=("greet",), settings=Settings(coach=True))
    adviser = Adviser(screen, screen.playing, screen.side)
    adviser._about = len(screen.game.turns)
    adviser.hear("coach_great")
    assert screen.game.coached == 1 and pilot.sees(say("table.coach"))
    adviser._about -= 1
    adviser.hear("coach_great")
    adviser.hear("")
    assert screen.game.coached == 1
