"""Whether the first lesson was taken, as the settings keep it among what was seen."""

from __future__ import annotations

from game.desktop.settings import Settings

TAKEN, ON = "lesson", "lesson_on"


def is_over(settings: Settings) -> bool:
    """Whether it was taken, or is not wanted."""
    return bool(settings.seen.get(TAKEN))


def end(settings: Settings) -> None:
    """It was taken, or left, or is not wanted."""
    settings.seen[TAKEN] = True
    settings.seen[ON] = False
