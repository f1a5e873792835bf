"""What is on the screen in words for a voice: on request, or wherever one goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from game.desktop.app import App
from game.desktop.input import Command
from game.desktop.layout import Column
from game.desktop.pilot import Pilot
from game.desktop.reading import page_of, words_of
from game.desktop.screen import Screen
from game.desktop.settings import Settings
from game.desktop.speech import Speech
from game.desktop.widget import Widget
from game.desktop.widgets import (
    Button,
    Choice,
    ChoiceList,
    DialogueColumn,
    Label,
    RichText,
    ScrollArea,
    Segmented,
    Sheet,
    Slider,
    Tabs,
    TextInput,
    Toggle,
    Utterance,
)
from game.desktop.words import say


class Reader(Speech):
    """A voice that writes down what it is given and reads until it is told to stop."""

    def __init__(self) -> None:
        super().__init__(("reader",))
        self.said: list[str] = []

    def say(self, text: str, on_done: Callable[[], object] | None = None) -> bool:
        self.said.append(text)
        return True

    def hush(self) -> None:
        return


class Everything(Screen):
    title = "A page"

    def build(self) -> Widget:
        talk = DialogueColumn()
        talk.set([Utterance("buyer", "Kang", "Before."), Utterance("buyer", "", "Now?")])
        choice = Choice("1", "Ask", "“How long have you been here?”", "Kang")
        return Column(
            Label("First words"),
            Button("Menu", name="the menu", hotkey=Command.MENU),
            Toggle("Hold things still", True, name="still"),
            Segmented([("a", "Paper"), ("b", "Dark")], "b", name="Theme"),
            Slider(0.4, name="Voices"),
            Slider(0.25, ends=("Specific", "Diffuse"), name="Your read"),
            Slider(ends=("Specific", "Diffuse"), unset="not yet", name="Another read"),
            TextInput("some words", name="Search"),
            ChoiceList([choice]),
            Tabs([("One", Label("inside")), ("Two", Label("hidden"))]),
            ScrollArea(RichText("**Long** words\n" * 40), height=60.0, name="log"),
            talk,
            Button(
                "Open", lambda: self.open(Sheet("A sheet", Button("Inside"), close_words="Close"))
            ),
        )


def over(much: str = "off") -> tuple[Pilot, Reader]:
    reader = Reader()
    app = App((1280, 720), Settings(system_speech=much), headless=True, speech=reader)
    app.push(Everything())
    app.step()
    return Pilot(app), reader


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("the menu", "Menu. button. Key: F10."),
        ("still", "Hold things still. switch. on."),
        ("Theme", "Theme. choice. Dark."),
        ("Voices", "Voices. slider. 40 %."),
        ("Your read", "Your read. slider. 25 % of the way from Specific to Diffuse."),
        ("Another read", "Another read. slider. not yet."),
        ("Search", "Search. field to type in. some words."),
        ("Ask", "Ask. Kang. “How long have you been here?” action. Number 1."),
        ("One", "One. tab. shown."),
        ("Two", "Two. tab."),
    ],
)
def test_a_thing_says_what_it_is_and_how_it_stands(name: str, words: str) -> None:
    pilot, _ = over()
    assert words_of(pilot.find(name), pilot.app.ui) == words


def test_what_scrolls_is_read_to_its_end() -> None:
    pilot, _ = over()
    area = next(w for w in pilot.all() if isinstance(w, ScrollArea))
    assert words_of(area, pilot.app.ui).count("Long words") == 40


def test_a_page_is_read_in_order_and_once() -> None:
    pilot, _ = over()
    page = page_of(pilot.app.screen.root.top, "A page")
    order = ["A page", "First words", "Menu", "Hold things still", "Ask", "inside", "Now?"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert page.count("First words") == 1
    assert "hidden" not in page
    assert "Before" not in page, "of the talk what was said last"


def test_the_key_reads_what_has_the_focus_then_the_page_and_stops() -> None:
    pilot, reader = over()
    pilot.key("tab")
    assert reader.said == [], "nothing is read unasked"
    pilot.key("v")
    assert reader.said == ["Menu. button. Key: F10."]
    pilot.key("v")
    assert len(reader.said) == 1
    assert not pilot.app.hearing.reading, "it stops"
    pilot.key("v")
    assert reader.said[-1].startswith("A page. First words.")
    pilot.key("v", "tab", "v")
    assert reader.said[-1] == "Hold things still. switch. on."


def test_the_key_is_one_that_can_be_changed_and_names_those_in_use() -> None:
    pilot, reader = over()
    pilot.app.ui.keys.give(Command.ALOUD, "f9")
    pilot.key("tab", "f9")
    assert len(reader.said) == 1
    pilot.app.hearing.hush()
    pilot.key("pad rb", "pad lb", "pad l3")
    assert reader.said[-1] == "Menu. button. Key: Start."


def test_without_a_voice_it_is_said_so() -> None:
    pilot = Pilot.over(Everything())
    pilot.key("tab", "v")
    assert pilot.sees(say("settings.no_speech"))


def test_everything_is_read_wherever_one_goes() -> None:
    pilot, reader = over("all")
    assert reader.said == ["A page"]
    pilot.key("tab")
    assert reader.said[-1] == "Menu. button. Key: F10."
    pilot.click("Open")
    assert reader.said[-1] == "A sheet. Inside. button."
    pilot.key("escape")
    pilot.app.hearing.hush()
    pilot.app.screen.toast("Saved.")
    assert reader.said[-1] == "Saved."
    before = len(reader.said)
    pilot.app.screen.toast("Again.")
    assert len(reader.said) == before, "a notice does not cut anything off"
    pilot.hover("still")
    assert len(reader.said) == before


def test_only_the_talk_is_read_where_only_that_is_wanted() -> None:
    pilot, reader = over("talk")
    pilot.key("tab", "tab")
    pilot.app.screen.toast("Saved.")
    assert reader.said == []
