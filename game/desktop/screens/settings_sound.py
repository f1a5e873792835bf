"""The page of sounds: off or on, how loud each kind is, a sample of it, and sounds in words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from game.desktop.input import Command
from game.desktop.layout import Column, Row
from game.desktop.settings import CHANNELS
from game.desktop.text import LABEL, SMALL
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Card, Label, Slider, Toggle
from game.desktop.words import say

if TYPE_CHECKING:
    from game.desktop.screens.settings_screen import SettingsScreen

_PAGE = 720.0  # px at 100 %
_LONG = 4.0  # seconds of a sample of the room


class SoundPage(Column):
    """What is set holds at once. `close` ends what it plays."""

    def __init__(self, screen: SettingsScreen) -> None:
        self.screen, self.hearing = screen, screen.app.hearing
        self.settings = screen.ui.settings
        self._rooms = 0  # samples of rooms: only the last one ends it
        self._samples: list[Button] = []
        mute = Toggle(
            say("settings.mute"), self.settings.mute, self._mute, hotkey=Command.MUTE
        )  # fmt: skip
        words = Toggle(say("settings.sound_words"), self.settings.sound_words, self._words)
        self.missing = Label(say("sound.no_device"), SMALL, visible=bool(self._problem))
        channels = [self._channel(channel) for channel in CHANNELS]
        card = Card(self.missing, mute, *channels, words, gap=16, padding=22, max_width=_PAGE)
        super().__init__(card)
        self._follow_mute()
        self.hearing.on_problem = self._no_device

    @property
    def _problem(self) -> str:
        return self.hearing.sound.problem

    def _channel(self, channel: str) -> Widget:
        name, value = say(f"sound.volume.{channel}"), self.settings.volumes[channel]
        shown = Label(_percent(value), SMALL, shrink=False)

        def change(to: float) -> None:
            self.settings.volumes[channel] = to
            shown.text = _percent(to)
            self.screen.app.save_settings()
            if channel != "room":
                self.hearing.sample(channel)

        hear = Button(
            say("settings.hear"), partial(self._sample, channel), kind="pill",
            name=say("settings.hear_of", value=name),
        )  # fmt: skip
        self._samples.append(hear)
        slider = Slider(value, change, name=name, grow=1)
        head = Row(Label(name, LABEL, grow=1), shown, gap=10)
        return Column(head, Row(slider, hear, gap=16, cross="centre"), gap=4)

    def _sample(self, channel: str) -> None:
        self.hearing.sample(channel)
        if channel == "room":
            self._rooms += 1
            rooms = self._rooms
            self.screen.after(_LONG, lambda: self._end(rooms))

    def _end(self, rooms: int) -> None:
        if rooms == self._rooms:
            self.hearing.end_sample()

    def _mute(self, on: bool) -> None:
        self.settings.mute = on
        self._follow_mute()
        self.screen.app.save_settings()

    def _follow_mute(self) -> None:
        for hear in self._samples:
            hear.enabled = not self.settings.mute

    def _words(self, on: bool) -> None:
        self.settings.sound_words = on
        self.screen.app.save_settings()

    def _no_device(self) -> None:
        self.missing.visible = True

    def close(self) -> None:
        self.hearing.on_problem = lambda: None
        self.hearing.end_sample()


def _percent(share: float) -> str:
    return say("settings.louder", value=f"{share * 100:.0f}")
