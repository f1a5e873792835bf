"""Why something cannot be done, in words for the player: `scenarios/common/refusals.yaml`."""

from __future__ import annotations

from game.session.texts import Texts

cannot = Texts("refusals.yaml", "cannot")
