"""Everything a player can set; what is set holds at once and is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import platformdirs

from game.desktop.input import Command, Event
from game.desktop.layout import Column, Grid
from game.desktop.screen import Screen
from game.desktop.screens.settings_keys import KeysPage
from game.desktop.screens.settings_sound import SoundPage
from game.desktop.settings import SPEECH, SPEEDS, TEXT_SCALES, THEMES
from game.desktop.text import BODY, HEADING, LABEL, SMALL, TITLE
from game.desktop.theme import MARGIN
from game.desktop.widget import Widget
from game.desktop.widgets import (
    Button,
    Card,
    DialogueColumn,
    Label,
    ScrollArea,
    Segmented,
    Tabs,
    Toggle,
    Utterance,
    dialog,
    head_row,
    section,
)
from game.desktop.words import say
from game.review import profile_files as files
from game.scenario import language
from game.scenario.diagnostics import LongLunchError
from game.session.writing import own_name

PAGES = ("looks", "sound", "keys", "data")
_PAGE = 720.0  # px of a page at 100 %
_EXPORT = "long-lunch-profile"


class SettingsScreen(Screen):
    """Looks, reading, sound, keys, and what is kept about the player: one of `PAGES` at first."""

    room = None

    def __init__(self, page: str = "looks") -> None:
        super().__init__()
        self.title = say("settings.title")
        self.shown = PAGES.index(page)

    def build(self) -> Widget:
        self._narrow = self.ui.narrow
        self.keys = KeysPage(self, self.app.save_settings)
        self.sounds = SoundPage(self)
        pages = (self._both(), self.sounds, self.keys, self._data())
        self.tabs = Tabs(
            [
                (say(f"settings.{id}"), ScrollArea(Column(page, padding=(4, 6, 10, 20))))
                for id, page in zip(PAGES, pages, strict=True)
            ],
            self.shown, grow=1, shrink=True,
        )  # fmt: skip
        back = Button(say("settings.back"), self._back, kind="pill", name="back")
        head = head_row(Label(say("settings.title"), TITLE), back)
        return Column(head, self.tabs, gap=12, padding=(2 * MARGIN, MARGIN))

    def opened(self) -> None:
        self.focus(self.tabs.strip.children[self.shown])

    # --- the pages --------------------------------------------------------------------------

    def _both(self) -> Widget:
        cards = self._looks(), self._reading()
        return Column(*cards, gap=14) if self.ui.narrow else Grid(*cards, gap=18)

    def _looks(self) -> Widget:
        settings = self.ui.settings
        themes = [(name, say(f"settings.{name}")) for name in THEMES]
        sizes = [
            (str(scale), say("settings.text_percent", value=f"{scale * 100:.0f}"))
            for scale in TEXT_SCALES
        ]
        near = min(TEXT_SCALES, key=lambda scale: abs(scale - settings.text_scale))
        parts: list[Widget] = [
            _chosen("theme", themes, settings.theme, self._theme),
            _chosen("language", _languages(), language.current(), self.app.speak),
            _chosen("text_size", sizes, str(near), self._size),
            Toggle(
                say("settings.reduced_motion"), settings.reduced_motion,
                lambda on: self._set("reduced_motion", on), name="reduced motion",
            ),
        ]  # fmt: skip
        if not self.app.headless:
            self.full = Toggle(
                say("settings.full_screen"), settings.fullscreen,
                lambda on: self.app.toggle_fullscreen(), name="full screen",
            )  # fmt: skip
            parts.append(self.full)
        return Card(Label(say("settings.looks_name"), HEADING), *parts, gap=18, padding=22)

    def _reading(self) -> Widget:
        settings = self.ui.settings
        speeds = [(name, say(f"settings.{name}")) for name in SPEEDS]
        self.sample = DialogueColumn(min_height=112)
        self.sample.set([Utterance("buyer", "", say("settings.sample"))])
        parts: list[Widget] = [
            _chosen("typewriter", speeds, settings.typewriter, self._speed),
            Card(self.sample, fill="note", border=None),
            Toggle(
                say("settings.say_it_first"), settings.say_it_first,
                lambda on: self._set("say_it_first", on), name="say it first",
            ),
        ]  # fmt: skip
        if self.app.hearing.speech.available:
            much = [(name, say(f"settings.speech_{name}")) for name in SPEECH]
            parts.append(_chosen("system_speech", much, settings.system_speech, self._speak))
        else:
            parts.append(Label(say("settings.no_speech"), SMALL))
        return Card(Label(say("settings.reading_name"), HEADING), *parts, gap=18, padding=22)

    def _data(self) -> Widget:
        return Card(
            Label(say("settings.data_text"), BODY),
            Label(say("settings.data_place", value=files.data_dir()), SMALL),
            Button(say("settings.export"), self._export, name="export", align="start"),
            Button(say("settings.erase"), lambda: self._erase(False), name="erase", align="start"),
            Button(
                say("settings.erase_saves"), lambda: self._erase(True), name="erase saves",
                align="start",
            ),
            gap=14,
            padding=22,
            max_width=_PAGE,
        )  # fmt: skip

    # --- what they set ----------------------------------------------------------------------

    def _set(self, name: str, value: object) -> None:
        setattr(self.ui.settings, name, value)
        self.app.save_settings()

    def _theme(self, name: str) -> None:
        self._set("theme", name)
        self.app.restyle()

    def _size(self, value: str) -> None:
        self._set("text_scale", float(value))
        self.app.restyle()

    def _speed(self, value: str) -> None:
        self._set("typewriter", value)
        self.sample.set([])
        self.sample.say(Utterance("buyer", "", say("settings.sample")))

    def _speak(self, much: str) -> None:
        self._set("system_speech", much)
        if much != "off":
            self.app.hearing.read(say("settings.speech_sample"))

    # --- what is kept -----------------------------------------------------------------------

    def _export(self) -> None:
        path = _free(Path(platformdirs.user_documents_dir()))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            files.export(files.data_dir(), path)
        except LongLunchError as problem:
            self._tell(say("settings.export_failed", value=problem.diagnostics[0].message))
        except OSError as problem:
            self._tell(say("settings.export_failed", value=problem.strerror or problem))
        else:
            self._tell(say("settings.exported", value=path))

    def _erase(self, saves: bool) -> None:
        found = files.held(files.data_dir(), saves)
        if found.nothing:
            files.erase(files.data_dir(), saves)  # a lock without a profile is nothing to speak of
            self._tell(say("settings.erase_nothing"))
            return
        counts = (
            ("profile", found.profiles), ("aside", found.aside), ("moments", found.moments),
            ("games", found.saves), ("leftovers", found.leftovers),
        )  # fmt: skip
        lines = [say(f"settings.erase_{id}", count=count) for id, count in counts if count]
        text = "\n".join([say("settings.erase_what"), *(f"·\u00a0{line}" for line in lines)])
        keep, gone = say("settings.erase_no"), say("settings.erase_yes")
        self.open(
            dialog(
                say("settings.erase_title"),
                text,
                [(gone, lambda: self._erased(saves)), (keep, None)],
            )
        )

    def _erased(self, saves: bool) -> None:
        try:
            files.erase(files.data_dir(), saves)
        except LongLunchError as problem:
            self._tell(say("settings.erase_failed", value=problem.diagnostics[0].message))
        else:
            self._tell(say("settings.erased"))

    def retold(self) -> None:
        self.title, self.shown = say("settings.title"), self.tabs.shown
        self.rebuild()
        name = say("settings.language")
        self.focus(next(w for w in self.root.content.walk() if w.can_focus and w.name == name))

    def restyled(self) -> None:
        if self.ui.narrow is not self._narrow:
            self.shown = self.tabs.shown
            self.rebuild()
            self.opened()

    # --- around it --------------------------------------------------------------------------

    def _tell(self, words: str) -> None:
        self.toast(words, 6.0)

    def _back(self) -> None:
        self.app.pop()

    def filter(self, event: Event) -> bool:
        return self.keys.take(event)

    def on_command(self, command: Command) -> bool:
        if command is Command.SETTINGS:
            self._back()
            return True
        return super().on_command(command)

    def close(self) -> None:
        self.app.hearing.hush()
        self.sounds.close()


def _languages() -> list[tuple[str, str]]:
    """Every language of the interface in its own words."""
    tags = language.available()
    tags += [] if language.current() in tags else [language.current()]
    return [(tag, own_name(tag)) for tag in tags]


def _chosen(
    id: str, options: Sequence[tuple[str, str]], value: str, choose: Callable[[str], object]
) -> Widget:
    """One of a few, under its name."""
    name = say(f"settings.{id}")
    return section(Label(name, LABEL), Segmented(options, value, choose, name=name, align="start"))


def _free(folder: Path) -> Path:
    """A name for the export that is not taken."""
    path, number = folder / f"{_EXPORT}.zip", 2
    while path.exists():
        path = folder / f"{_EXPORT}-{number}.zip"
        number += 1
    return path
