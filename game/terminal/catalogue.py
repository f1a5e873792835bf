"""Texts that only the terminal shows: `scenarios/common/terminal.yaml`."""

from __future__ import annotations

from game.session.texts import Texts

text = Texts("terminal.yaml", "terminal")
