"""What is heard: syllables in step with the letters, things and rooms of a table, the interface."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from game.core.vocabulary import Phase
from game.desktop import raster_worker, sound
from game.desktop.app import App
from game.desktop.cues import THINGS, Cue, cue, heard_in, sounds
from game.desktop.input import Command, Pointer
from game.desktop.layout import Column
from game.desktop.pilot import Pilot
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.help import HelpScreen
from game.desktop.screens.settings_screen import SettingsScreen
from game.desktop.screens.table import TableScreen
from game.desktop.screens.table_hearing import room_at
from game.desktop.settings import LETTERS_PER_SECOND
from game.desktop.settings import Settings as Looks
from game.desktop.sound import DUCKED
from game.desktop.speech import Speech
from game.desktop.syllables import syllables
from game.desktop.synth_voices import PLACES, VOWELS, speaker
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Segmented, Sheet, Toggle
from game.desktop.words import say
from game.scenario.library import shipped
from game.session.seating import Settings
from tests.desktop.deck import Deck, room_at_hand
from tests.session.tables import loaded


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Games go into a folder of the test; pictures are left blank, and rooms are made once."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr(raster_worker, "render", blank)
        patch.setattr(sound, "_room", room_at_hand)
        yield


def blank(svg: str, wide: int, high: int, files: object) -> tuple[int, int, bytes]:
    return wide, high, bytes(4 * wide * high)


class Reader(Speech):
    """A voice of the system that reads for as long as the test wants."""

    def __init__(self) -> None:
        super().__init__(("reader",))
        self.said: list[str] = []
        self.hushed = 0
        self.done: Callable[[], object] | None = None

    def say(self, text: str, on_done: Callable[[], object] | None = None) -> bool:
        self.said.append(text)
        self.done = on_done
        return True

    def finish(self) -> None:
        assert self.done is not None
        done, self.done = self.done, None
        done()

    def hush(self) -> None:
        self.hushed += self.done is not None
        self.done = None


def heard(screen: Screen, speech: Speech | None = None, **looks: Any) -> tuple[Pilot, Deck]:
    deck = Deck()
    app = App((1280, 720), Looks(**looks), headless=True, output=lambda: deck, speech=speech)
    app.push(screen)
    app.step()
    return Pilot(app), deck


def table(name: str = "seoul", seed: int = 3, *moves: str) -> TableScreen:
    playing = Playing.begin(loaded(name), seed, Settings())
    while playing.game.phase is Phase.PREPARE:
        playing.play(playing.game.parse("wait"))
    for move in moves:
        playing.play(playing.game.parse(move))
    playing.spoken = len(playing.game.turns)
    return TableScreen(playing)


def tell(pilot: Pilot, screen: TableScreen) -> None:
    for _ in range(600):
        if not screen.teller.telling:
            return
        pilot.wait(0.1)
    raise AssertionError("the turn is never told to its end")


# --- syllables ------------------------------------------------------------------------------------


def test_syllables_begin_with_words_and_vowels_and_end_with_the_sentence() -> None:
    found = syllables("Good day. And you?", 1)
    assert list(found) == [0, 1, 5, 6, 10, 14]
    assert [s.end for s in found.values()] == ["", "", "", ".", "", "?"]
    assert found[0].place == 0
    assert found[6].place == PLACES - 1
    assert syllables("…", 1) == {}


def test_syllables_keep_their_distance() -> None:
    text = "A third of it is film, a third the machine, and the last third is service in Seoul."
    for every in (1, 3, 6, 13):
        places = list(syllables(text, every))
        assert all(b - a >= every for a, b in pairwise(places))
    assert len(syllables(text, 13)) < len(syllables(text, 3))


def test_other_scripts_have_a_voice_too() -> None:
    found = syllables("처음 뵙겠습니다. 차가 식습니다!", 2)
    assert len(found) > 5
    assert all(0 <= s.vowel < VOWELS for s in found.values())


# --- a turn at the table --------------------------------------------------------------------------


def test_a_whole_turn_is_heard_in_step_with_its_letters() -> None:
    screen = table("seoul", 3, "greet", "pay_respect", "praise_house")
    pilot, deck = heard(screen)
    deck.played.clear()
    talk, game = screen.talk, screen.game
    screen.do(game.parse("give_numbers"))
    assert deck.names("effects") == ["paper 0"], "the sheet that is put on the table"
    turn, buyer = game.turns[-1], game.scenario.buyers["kang"]
    kang = speaker("kang", buyer.pronoun, buyer.portrait.age)
    every = round(LETTERS_PER_SECOND["normal"] / kang.pace)
    courses = {shown.text: syllables(shown.text, every) for shown in turn.said}
    steps = []
    while screen.teller.telling:
        pilot.wait(1 / 60)
        due = 0
        for one in talk.said[-len(courses) :]:
            newest = one is talk.said[-1] and talk.typing
            letters = int(talk._shown or 0) if newest else len(one.text)
            due += sum(i < letters for i in courses.get(one.text, ()))
        steps.append(len(deck.names("voice")) - due)
    assert len(steps) > 60
    assert set(steps) == {0}, "never a syllable before or after its letter"
    tone = screen.ears._tones["kang"]
    assert deck.names("voice") == [
        f"kang {tone} {s.place} {s.vowel} {s.end}"
        for shown in turn.said
        for s in courses[shown.text].values()
    ]


def test_people_are_pitched_by_who_they_are() -> None:
    people = {
        id: speaker(id, buyer.pronoun, buyer.portrait.age)
        for name in shipped()
        for id, buyer in loaded(name).scenario.buyers.items()
    }
    assert len({round(who.pitch, 1) for who in people.values()}) == len(people) > 5
    buyers = loaded("toronto-committee").scenario.buyers
    by = {buyers[id].pronoun: people[id].pitch for id in buyers}
    assert by["he"] < by["she"]


def test_completing_the_words_stops_the_voice() -> None:
    screen = table("seoul", 3, "greet")
    pilot, deck = heard(screen)
    pilot.key("1")
    while not deck.names("voice"):
        pilot.wait(0.05)
    before = len(deck.names("voice"))
    pilot.point(640, 200, "down", "up")
    assert not screen.talk.typing
    assert "voice" in deck.stopped
    text = screen.talk.said[-1].text
    pilot.wait(0.2)
    assert screen.talk.said[-1].text != text or len(deck.names("voice")) == before


def test_words_that_stand_at_once_have_one_phrase_each() -> None:
    screen = table("seoul", 3, "greet")
    pilot, deck = heard(screen, typewriter="instant")
    deck.played.clear()
    pilot.key("1")
    said = screen.game.turns[-1].said
    assert [name.split(" ", 2)[2] for name in deck.names("voice")] == [s.text for s in said]


def test_skipping_is_silent() -> None:
    screen = table("seoul", 3, "greet", "pay_respect")
    pilot, deck = heard(screen)
    deck.played.clear()
    pilot.key("1", "s")
    assert not screen.teller.telling
    assert deck.names("voice") == []


def test_the_room_is_that_of_the_place_and_steps_back_for_words() -> None:
    screen = table()
    pilot, deck = heard(screen)
    hearing = pilot.app.hearing
    assert deck.names("room b") == ["room tea_house"]
    hearing.sound.advance(3.0)
    loud = deck.levels["room b"]
    pilot.key("s", "1")
    while not deck.names("voice"):
        pilot.wait(0.1)
    hearing.sound.advance(0.4)
    assert deck.levels["room b"] == pytest.approx(DUCKED * loud, rel=0.01)
    tell(pilot, screen)
    hearing.sound.advance(1.0)
    hearing.sound.advance(1.0)
    assert deck.levels["room b"] == pytest.approx(loud)
    pilot.app.push(SettingsScreen("sound"))
    hearing.sound.advance(3.0)
    assert deck.levels["room b"] == pytest.approx(loud), "the settings are set while it is heard"
    pilot.app.pop()
    hearing.look_away(True)
    hearing.sound.advance(3.0)
    assert "room b" in deck.stopped, "another window is in use"
    hearing.look_away(False)
    assert deck.played[-1][1] == "room tea_house"
    pilot.app.replace(HelpScreen())
    pilot.app.replace(Widgets())
    hearing.sound.advance(3.0)
    assert deck.stopped.count("room a") >= 1, "away from the table it is still"


def test_every_shipped_place_has_a_sound_of_its_own_or_a_quiet_room() -> None:
    found = {name: room_at(table(name).at) for name in shipped()}
    assert found["seoul"] == "tea_house"
    assert found["paris"] == "restaurant"
    assert found["rotterdam"] == "harbour"
    assert len(set(found.values())) >= 4


def test_sounds_can_be_shown_in_words() -> None:
    screen = table("seoul", 3, "greet")
    pilot, deck = heard(screen, sound_words=True, typewriter="slow")
    assert screen.head.heard.text == say("sound.in_words", value=say("sound.place.tea_house"))
    screen.do(screen.game.parse("give_numbers"))
    assert screen.head.heard.text == say("sound.in_words", value=say("sound.heard.paper"))
    assert screen.head.heard.visible
    assert pilot.overlaps() == []
    tell(pilot, screen)
    pilot.wait(5.0)
    assert not screen.head.heard.visible
    large = table("seoul", 3, "greet")
    pilot, deck = heard(large, sound_words=True, typewriter="slow", text_scale=2.0)
    large.do(large.game.parse("give_numbers"))
    assert pilot.sees(say("sound.heard.paper"))
    assert deck.names("effects") == ["paper 0"]


def test_nothing_is_made_or_opened_while_it_is_muted() -> None:
    opened: list[int] = []

    def output() -> Deck:
        opened.append(1)
        return Deck()

    app = App(
        (1280, 720), Looks(mute=True, typewriter="instant"), headless=True, output=output
    )  # fmt: skip
    app.push(table())
    pilot = Pilot(app)
    pilot.key("tab", "1")
    assert opened == []
    assert not app.hearing.sound._cache
    pilot.key("ctrl+m")
    assert opened == [1]
    assert "room tea_house" in app.hearing.sound._cache, "the room is there when sound comes back"
    pilot.key("ctrl+m")
    pilot.key("ctrl+m", "tab")
    assert opened == [1, 1], "a muted device is let go, and opened again"


# --- what belongs to what -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A sip, and the cup goes back on its ring.", "cup"),
        ("He pours, and your cup comes out fuller than his.", "cup"),
        ("She shuts the glass door with her heel, and it is quiet for the first time.", "door"),
        ("The phone buzzes and she turns it over without reading.", "phone"),
        ("The chair creaks. Somebody is settling in.", "chair"),
        ("He writes a small question mark in the margin.", "pen"),
        ("She tears a page off the calendar, a day late.", "paper"),
        ("He takes off his glasses in order to laugh, and does not put them on again.", ""),
        ("A spoon is taken out and laid in the saucer, without a sound.", ""),
        ("His pencil touches the paper and writes nothing.", ""),
        ("He looks at the door until you look at it too.", ""),
        ("He hums the end of whatever has been in his head all morning.", ""),
    ],
)
def test_a_notice_sounds_as_its_words_say(text: str, name: str) -> None:
    assert heard_in(text) == name


def test_most_of_what_is_noticed_passes_in_silence() -> None:
    notices = {
        notice.text
        for name in shipped()
        for voice in (*loaded(name).voices.values(), loaded(name).common_voice)
        if voice is not None
        for notice in voice.notices.values()
    }
    heard = [heard_in(text) for text in notices]
    assert 0.08 < sum(map(bool, heard)) / len(heard) < 0.25
    assert set(heard) - {""} == {"phone", "cup", "paper", "pen", "chair", "door"}


def test_deeds_and_kinds_of_lines_have_their_sounds() -> None:
    assert cue("you", "share_meal", "") == Cue("cup")
    assert cue("done", "part", "") == Cue("chair")
    assert cue("boss", "", "The cup is set down.") == Cue("phone")
    assert cue("place", "", "") == Cue("door")
    assert cue("notice", "", "The chair creaks.") == Cue("chair", told=True)
    assert cue("said", "", "The chair creaks.") is None
    assert cue("you", "greet", "I pour the tea.") is None
    assert {*sounds("kind").values(), *sounds("verb").values()} <= set(THINGS)
    moves = loaded("seoul").moves.moves
    assert set(sounds("verb")) <= set(moves) | {"propose"}


# --- the interface --------------------------------------------------------------------------------


class Widgets(Screen):
    def build(self) -> Widget:
        return Column(
            Button("one", lambda: None),
            Button("sheet", lambda: self.open(Sheet("t", Button("in")))),
            Toggle("switch"), Segmented([("a", "a"), ("b", "b")], "a", name="choice"),
            Button("never", enabled=False, hotkey=Command.OFFER),
        )  # fmt: skip


def test_the_interface_is_heard_once_an_event() -> None:
    pilot, deck = heard(Widgets())
    assert deck.played == [], "nothing before the player does something"

    def last() -> list[str]:
        names = [name.split(" ")[0] for name in deck.names("interface")]
        deck.played.clear()
        return names

    pilot.key("tab")
    assert last() == ["focus"]
    pilot.key("return")
    assert last() == ["confirm"]
    pilot.hover("switch")
    pilot.send(Pointer("wheel", 600, 300, -1))
    assert last() == []
    pilot.click("switch")
    assert last() == ["confirm"]
    pilot.key("tab", "right")
    assert last() == ["focus", "confirm"]
    pilot.key("o")
    assert last() == ["refuse"]
    pilot.key("left", "left")
    assert last() == ["confirm"], "at the edge nothing is refused"
    pilot.click("sheet")
    assert last() == ["page"]
    pilot.wait(10.0)
    assert last() == []


def test_a_table_that_is_still_stays_still() -> None:
    screen = table("seoul", 3, "greet")
    pilot, _ = heard(screen, typewriter="instant", reduced_motion=True, sound_words=True)
    pilot.wait(8.0)
    before = pilot.app.redraws
    pilot.wait(30.0)
    assert pilot.app.redraws == before
    assert not pilot.app.busy


# --- read aloud -----------------------------------------------------------------------------------


def test_the_talk_is_read_and_the_next_line_waits_for_it() -> None:
    reader = Reader()
    screen = table("seoul", 3, "greet")
    pilot, deck = heard(screen, reader, system_speech="talk")
    deck.played.clear()
    screen.do(screen.game.parse("pay_respect"))
    turn = screen.game.turns[-1]
    pilot.wait(3.0)
    assert reader.said == [turn.notices[0].text], "what you say yourself is not read to you"
    reader.finish()
    pilot.wait(6.0)
    assert reader.said[1:] == [turn.said[0].text]
    assert not screen.talk.typing
    assert screen.teller.telling, "the words stand, and are still being read"
    while screen.teller.telling:
        reader.finish()
        pilot.wait(6.0)
    assert turn.boss[0] in reader.said[-1]
    assert deck.names("voice") == [], "never two voices at once"
    assert [name.split(" ")[0] for name in deck.names("effects")] == ["phone"]


def test_a_press_completes_the_words_and_the_next_one_cuts_the_reading_off() -> None:
    reader = Reader()
    screen = table("seoul", 3, "greet")
    pilot, _ = heard(screen, reader, system_speech="talk")
    screen.do(screen.game.parse("pay_respect"))
    pilot.wait(1.0)
    assert reader.done is not None
    pilot.key("return")
    assert reader.hushed == 1, "a notice stands at once: it is cut off"
    pilot.wait(1.0)
    assert screen.talk.typing
    pilot.key("return")
    assert not screen.talk.typing
    assert reader.hushed == 1, "it goes on reading what stands there now"
    pilot.key("return")
    assert reader.hushed == 2


def test_skipping_reads_nothing() -> None:
    reader = Reader()
    screen = table("seoul", 3, "greet")
    pilot, _ = heard(screen, reader, system_speech="talk")
    screen.do(screen.game.parse("pay_respect"))
    pilot.wait(1.0)
    pilot.key("s")
    assert not screen.teller.telling
    assert len(reader.said) == 1
    assert reader.done is None


def test_leaving_or_turning_it_off_ends_the_reading() -> None:
    reader = Reader()
    screen = table("seoul", 3, "greet")
    pilot, _ = heard(screen, reader, system_speech="talk")
    screen.do(screen.game.parse("pay_respect"))
    pilot.wait(1.0)
    pilot.app.settings.system_speech = "off"
    pilot.app.save_settings()
    assert reader.hushed == 1
    pilot.wait(5.0)
    assert not screen.teller.telling
    assert len(reader.said) == 1
