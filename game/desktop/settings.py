"""What a player has set, kept as JSON in the user's folder.

Every value is checked on its own: one that cannot be used falls back to its default, and the
others stay. A file that is no JSON is put aside under another name, so that nothing is lost.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from game.scenario.language import is_tag
from game.session.files import replace as replace_file

FORMAT = "longlunch.settings/1"
FILE = "settings.json"
THEMES = ("paper", "dark", "contrast")
TEXT_SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)
SPEEDS = ("slow", "normal", "fast", "instant")
LETTERS_PER_SECOND = {"slow": 24.0, "normal": 45.0, "fast": 90.0, "instant": float("inf")}
CHANNELS = ("voice", "effects", "room", "interface")
SPEECH = ("off", "talk", "all")  # what the system's voice reads


def settings_path() -> Path:
    """The settings' file in the user's data folder."""
    return Path(platformdirs.user_data_dir("longlunch", appauthor=False)) / FILE


def _volumes() -> dict[str, float]:
    return {"voice": 0.7, "effects": 0.7, "room": 0.5, "interface": 0.5}


@dataclass(slots=True)
class Settings:
    """All of them; volumes are shares from 0 to 1, `window` is px, `keys` overrides by command."""

    theme: str = "paper"
    language: str = ""  # "" is that of the system
    text_scale: float = 1.0
    reduced_motion: bool = False
    typewriter: str = "normal"
    say_it_first: bool = False
    system_speech: str = "off"
    mute: bool = False
    sound_words: bool = False  # what is heard is shown in words as well
    volumes: dict[str, float] = field(default_factory=_volumes)
    keys: dict[str, list[str]] = field(default_factory=dict)
    window: tuple[int, int] = (1280, 720)
    fullscreen: bool = False
    seen: dict[str, bool] = field(default_factory=dict)  # hints and offers shown once

    @property
    def letters_per_second(self) -> float:
        """How fast words appear; infinite where motion is not wanted."""
        return float("inf") if self.reduced_motion else LETTERS_PER_SECOND[self.typewriter]

    def volume(self, channel: str) -> float:
        """0 to 1; 0 when muted. KeyError for an unknown channel."""
        return 0.0 if self.mute else self.volumes[channel]


def _share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _window(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(isinstance(v, int) and not isinstance(v, bool) and 200 <= v <= 16384 for v in value)
    )


def _keys(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(names, list) and all(isinstance(name, str) and name for name in names)
        for names in value.values()
    )


_USABLE: dict[str, Callable[[Any], bool]] = {
    "theme": lambda v: v in THEMES,
    "language": lambda v: v == "" or (isinstance(v, str) and is_tag(v)),
    "text_scale": lambda v: (
        isinstance(v, int | float) and not isinstance(v, bool) and 1.0 <= v <= 2.0
    ),
    "typewriter": lambda v: v in SPEEDS,
    "system_speech": lambda v: v in SPEECH or isinstance(v, bool),
    "volumes": lambda v: (
        isinstance(v, dict) and set(v) <= set(CHANNELS) and all(_share(x) for x in v.values())
    ),
    "keys": _keys,
    "window": _window,
    "seen": lambda v: isinstance(v, dict) and all(isinstance(x, bool) for x in v.values()),
}


def decoded(data: object) -> tuple[Settings, list[str]]:
    """The settings in some data, and the names of those that could not be used.

    Unknown names are left out silently: they may belong to a later version.
    """
    settings, refused = Settings(), []
    if not isinstance(data, dict):
        return settings, [FILE]
    for one in fields(Settings):
        if one.name not in data:
            continue
        value = data[one.name]
        usable = _USABLE.get(one.name, lambda v: isinstance(v, bool))
        try:
            accepted = usable(value)
        except TypeError:  # a list where a word belongs cannot be looked up
            accepted = False
        if not accepted:
            refused.append(one.name)
        elif one.name == "volumes":
            settings.volumes.update({k: float(v) for k, v in value.items()})
            if "interface" not in value and "effects" in value:  # there were three channels once
                settings.volumes["interface"] = float(value["effects"])
        elif one.name == "system_speech":  # was on or off once
            settings.system_speech = value if isinstance(value, str) else SPEECH[int(value)]
        elif one.name == "window":
            settings.window = (value[0], value[1])
        elif one.name == "text_scale":
            settings.text_scale = float(value)
        else:
            setattr(settings, one.name, value)
    return settings, refused


def load_settings(path: Path | None = None) -> tuple[Settings, list[str]]:
    """Settings from their file, and what of it could not be used (for a notice to the player)."""
    path = path or settings_path()
    try:
        raw = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError):
        return Settings(), [FILE]
    try:
        return decoded(json.loads(raw))
    except (ValueError, RecursionError):
        with contextlib.suppress(OSError):
            os.replace(path, path.with_suffix(".damaged.json"))
        return Settings(), [FILE]


def encoded(settings: Settings) -> dict[str, Any]:
    """What is written into the file."""
    values = {one.name: getattr(settings, one.name) for one in fields(Settings)}
    return {"format": FORMAT, **values}


def save_settings(settings: Settings, path: Path | None = None) -> bool:
    """Replace the file in one step; False if it cannot be written (the game goes on without)."""
    path = path or settings_path()
    text = json.dumps(encoded(settings), indent=2, ensure_ascii=False) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, text.encode())
    except OSError:
        return False
    return True
