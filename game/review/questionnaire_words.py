"""The words around the tests for people, by id: `scenarios/common/test_words.yaml`."""

from __future__ import annotations

from game.session.texts import Texts

word = Texts("test_words.yaml", "words")
