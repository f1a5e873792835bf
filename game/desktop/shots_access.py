"""Pictures of what not everybody sees: a gamepad in use, sounds in words, a voice, a key taken."""

from __future__ import annotations

from collections.abc import Callable

from game.desktop.input import Command
from game.desktop.pilot import Pilot
from game.desktop.screens.settings_keys import command_words
from game.desktop.screens.settings_screen import SettingsScreen
from game.desktop.shots_studio import Studio
from game.desktop.sound import NO_DEVICE
from game.desktop.speech import Speech
from game.desktop.words import say

State = Callable[[Studio], Pilot]


def _settings(studio: Studio, page: str, *, voice: bool = False, silent: bool = False) -> Pilot:
    pilot = studio.show(SettingsScreen(page))
    if voice:
        pilot.app.hearing.speech = Speech(("voice",))
    if silent:
        pilot.app.hearing.sound.problem = NO_DEVICE
    pilot.app.replace(SettingsScreen(page))
    return studio.rest(pilot)


def _voice(studio: Studio) -> Pilot:
    return _settings(studio, "looks", voice=True)


def _silent(studio: Studio) -> Pilot:
    return _settings(studio, "sound", silent=True)


def _taken(studio: Studio) -> Pilot:
    pilot = _settings(studio, "keys")
    pilot.click(say("settings.keys_of", value=command_words(Command.LOG)))
    pilot.key("n")
    return pilot


def _pad(studio: Studio) -> Pilot:
    """A table whose hand has been gone to with a stick."""
    pilot = studio.show(studio.at_turn("seoul", 8, 3).screen())
    pilot.key("pad down")
    return studio.rest(pilot)


def _heard(studio: Studio) -> Pilot:
    """What sounds is told in words; the room has just been entered."""
    studio.settings.sound_words = True
    pilot = studio.show(studio.at_turn("seoul", 8, 3).screen())
    pilot.app.hearing.effect("paper")
    pilot.wait(0.1)
    return pilot


ACCESS: dict[str, tuple[State, bool]] = {
    "settings-voice": (_voice, False),
    "settings-silent": (_silent, False),
    "settings-taken": (_taken, False),
    "table-pad": (_pad, False),
    "table-heard": (_heard, False),
}
