"""The lines of a voice, sorted by the occasion they are for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from game.scenario.model import Machine, Scenario
from game.scenario.model_voice import VoiceModel
from game.session.lines import Line, line

Tier = Sequence[Line]
_NOTHING: Tier = ()
LOW_TRUST, HIGH_TRUST = 0.35, 0.6  # below the first a letter is formal, above the second warm


@dataclass(slots=True)
class VoiceLines:
    """One voice: occasion -> lines; notices and thoughts by (occasion, after)."""

    says: dict[str, list[Line]] = field(default_factory=dict)
    notices: dict[tuple[str, str], list[Line]] = field(default_factory=dict)
    thinks: dict[tuple[str, str], list[Line]] = field(default_factory=dict)
    letters: dict[tuple[str, str], list[Line]] = field(default_factory=dict)
    tells: dict[str, str] = field(default_factory=dict)  # notice id -> easing or tightening

    def saying(self, occasion: str) -> Tier:
        return self.says.get(occasion, _NOTHING)


class _Same:
    """A voice by which one it is: to compare all its lines would take as long as to sort them."""

    __slots__ = ("voice",)

    def __init__(self, voice: VoiceModel) -> None:
        self.voice = voice

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.voice is self.voice

    def __hash__(self) -> int:
        return id(self.voice)


def voice_lines(voice: VoiceModel | None) -> VoiceLines:
    """Sort a voice's lines; ids get the voice's name and section in front (decision 6).

    All games in which a voice speaks share them: nobody changes what comes back.
    """
    return VoiceLines() if voice is None else _sorted(_Same(voice))


@lru_cache(maxsize=32)
def _sorted(same: _Same) -> VoiceLines:
    found, voice = VoiceLines(), same.voice
    name = voice.voice
    for key, say in voice.says.items():
        made = line(f"{name}.say.{key}", say.text, say.in_, say.as_)
        found.says.setdefault(say.on, []).append(made)
    for key, seen in voice.notices.items():
        source = seen.original("text")
        made = line(f"{name}.notice.{key}", seen.text, seen.in_, seen.as_, source)
        found.notices.setdefault((seen.on, seen.after or ""), []).append(made)
        if seen.tell:
            found.tells[made.id] = seen.tell
    for key, thought in voice.thinks.items():
        made = line(f"{name}.think.{key}", thought.text, thought.in_, thought.as_)
        found.thinks.setdefault((thought.on, thought.after or ""), []).append(made)
    for key, letter in voice.letters.items():
        made = line(f"{name}.letter.{key}", letter.text)
        found.letters.setdefault((letter.on, letter.trust or ""), []).append(made)
    return found


def line_ids(lines: VoiceLines) -> frozenset[str]:
    """The ids of every text of a voice."""
    sections = (lines.says, lines.notices, lines.thinks, lines.letters)
    return frozenset(x.id for section in sections for some in section.values() for x in some)


@cache
def _known() -> tuple[str, ...]:
    return ("stranger", "acquainted", "trusted", "partner")


def tone_names(machine: Machine) -> tuple[frozenset[str], ...]:
    """For each state of the machine, the names of states whose lines fit it.

    A state that a scenario adds speaks like the common state of its rank, or like `wary`.
    """
    ladder = _known()
    common = {*ladder, "wary", "fair_game", "closed"}
    names = []
    for name, state in machine.states.items():
        if name in common:
            names.append(frozenset((name,)))
        elif state.rank is not None:
            names.append(frozenset((name, ladder[min(max(state.rank, 0), len(ladder) - 1)])))
        else:
            names.append(frozenset((name, "wary")))
    return tuple(names)


def letter_trust(trust: float) -> str:
    """The `trust` of a letter written at a trust in [0, 1]."""
    return "low" if trust < LOW_TRUST else "high" if trust > HIGH_TRUST else "mid"


def thinking(own: VoiceLines, common: VoiceLines, on: str, afters: Sequence[str]) -> list[Tier]:
    """Thoughts on an occasion: a person's own before the common ones, the narrowest first."""
    return [v.thinks.get((on, after), ()) for v in (own, common) for after in afters]


def fact_lines(scenario: Scenario) -> list[list[Tier]]:
    """For each fact its tellings, the notebook's text where it has none; then those in either
    manner, for it is told that way before it is not told at all."""
    found: list[list[Tier]] = []
    for key, fact in scenario.facts.items():
        name = f"{scenario.scenario}.fact.{key}"
        told = [
            line(f"{name}.{pole}", text, (), pole)
            for pole, text in (("plain", fact.says.plain), ("circling", fact.says.circling))
            if text
        ]
        told = told or [line(name, fact.text)]
        found.append([told, [replace(x, pole="") for x in told]])
    return found
