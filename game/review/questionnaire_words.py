"""The words around the tests for people, by id: `scenarios/common/test_words.yaml`."""

from __future__ import annotations

from game.scenario.translated import common_words


def _words() -> dict[str, str]:
    words: dict[str, str] = common_words("test_words.yaml")["words"]
    return words


def word(id: str, **values: object) -> str:
    """A text with its values put in. Raises KeyError for an id that no text has."""
    found = _words()[id]
    for name, value in values.items():
        found = found.replace("{" + name + "}", str(value))
    return found
