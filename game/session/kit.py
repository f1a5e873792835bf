"""What games of one scenario, seed and settings share: rules and words, built once.

Nothing of it changes while games are played, so any number of them may use the same kit.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.core.rules import Rules
from game.scenario.load import Loaded
from game.scenario.translated import in_language, language_of
from game.session.hand import Hands
from game.session.own import OwnWords
from game.session.seating import Settings, seated
from game.session.wording import Wording
from game.session.words import Words


@dataclass(frozen=True, slots=True)
class Kit:
    """Rules as seated for one seed, and what chooses words and hands by them."""

    loaded: Loaded
    seed: int
    settings: Settings
    digest: str  # of the rules as they were compiled, whoever is seated
    rules: Rules
    words: Words
    wording: Wording
    hands: Hands
    own: OwnWords


def kit_of(loaded: Loaded, seed: int, settings: Settings) -> Kit:
    """Compile a scenario and seat its buyers; its words in the current language if it has them."""
    base = loaded.rules
    rules = seated(base, seed, settings)
    shown = in_language(loaded)
    return _worded(shown, seed, settings, base.digest, rules, Hands(rules, loaded.moves))


def retold(kit: Kit, tag: str | None = None) -> Kit:
    """The same rules with their words in a language, or in the current one."""
    if language_of(kit.loaded, tag) == kit.loaded.language:
        return kit
    shown = in_language(kit.loaded, tag)
    return _worded(shown, kit.seed, kit.settings, kit.digest, kit.rules, kit.hands)


def _worded(
    loaded: Loaded, seed: int, settings: Settings, digest: str, rules: Rules, hands: Hands
) -> Kit:
    words = Words(loaded, rules)
    wording = Wording(loaded, rules, words)
    own = OwnWords(rules, words, wording, seed)
    return Kit(loaded, seed, settings, digest, rules, words, wording, hands, own)
