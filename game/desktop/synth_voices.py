"""Voices without words: soft syllables, pitched for a person and coloured by how he takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.desktop.sound_names import RATE
from game.desktop.synth import (
    Samples,
    Wave,
    add,
    band,
    dice,
    finished,
    noise,
    swell,
    times,
)

# The first three resonances of a mouth in Hz, for vowels that belong to no language.
_VOWELS = ((730, 1150, 2500), (540, 1750, 2500), (400, 1950, 2600), (570, 880, 2450),
           (440, 1050, 2300), (620, 1400, 2450))  # fmt: skip
VOWELS = len(_VOWELS)
PLACES = 5  # that are told apart on the way through a sentence
# What a reaction does to a voice: pitch, fall (-) or rise (+), pace, strength, breath
_MOODS: dict[str, tuple[float, float, float, float, float]] = {
    "closes": (0.92, -0.16, 0.90, 0.70, 0.016),
    "cools": (0.96, -0.10, 0.95, 0.82, 0.013),
    "still": (1.00, -0.04, 1.00, 0.90, 0.011),
    "warms": (1.04, 0.06, 1.03, 1.00, 0.011),
    "opens": (1.08, 0.14, 1.08, 1.08, 0.013),
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person's sound: `pitch` in Hz, `mouth` scales the resonances, `pace` syllables a second."""

    name: str
    pitch: float
    mouth: float
    pace: float


def speaker(name: str, pronoun: str = "they", age: float = 45) -> Speaker:
    """A voice for a person, by id: the pronoun sets the region, the id the place in it."""
    chance = dice("speaker", name)
    pitch, mouth = {"he": (112.0, 1.0), "she": (188.0, 1.14)}.get(pronoun, (148.0, 1.07))
    older = min(1.0, max(0.0, (age - 30) / 50))
    return Speaker(
        name,
        pitch * float(chance.uniform(0.88, 1.14)) * (1 - 0.07 * older),
        mouth * float(chance.uniform(0.96, 1.05)),
        float(chance.uniform(6.2, 7.6)) * (1 - 0.14 * older),
    )


def voice(who: Speaker, tone: str, line: str) -> Samples:
    """Four to six soft syllables, 0.4 to 1.3 s; KeyError for a tone not in `TONES`.

    The same line sounds the same again.
    """
    pitch, turn, pace, strength, breath = _MOODS[tone]
    chance = dice("voice", who.name, tone, line)
    count = int(chance.integers(4, 7))
    beat = 1 / (who.pace * pace)
    wave = np.zeros(int((count * beat * 1.25 + 0.12) * RATE))
    at = 0.01
    for i in range(count):
        share = i / (count - 1)
        last = i == count - 1
        long = beat * (1.25 if last else float(chance.uniform(0.72, 0.98)))
        height = who.pitch * pitch * (1 + turn * (share - 0.35)) * float(chance.uniform(0.97, 1.04))
        glide = turn * 0.5 if last else float(chance.uniform(-0.05, 0.03))
        mouths = [_VOWELS[int(chance.integers(len(_VOWELS)))] for _ in range(2)]
        part = _syllable(height, glide, long, mouths, who.mouth, breath, chance)
        add(wave, part, at, strength * (0.8 + 0.25 * (i % 2 == 0)) * (1 - 0.25 * share))
        at += long * (1.0 if last else float(chance.uniform(0.9, 1.06)))
    return finished(wave[: int((at + 0.02) * RATE)], loudness=0.085 * strength)


@dataclass(frozen=True, slots=True)
class Syllable:
    """One beat of a line while it is being written: `place` of `PLACES` through the sentence, which
    of `VOWELS` it is, and at its end `.` or `?` ("" before that)."""

    place: int
    vowel: int
    end: str = ""


def blip(who: Speaker, tone: str, syllable: Syllable) -> Samples:
    """One soft syllable, a tenth to a fifth of a second; KeyError for a tone not in `TONES`.

    The pitch goes through the sentence as the tone has it; a question ends higher.
    """
    pitch, turn, pace, strength, breath = _MOODS[tone]
    chance = dice("blip", who.name, tone, syllable.place, syllable.vowel, syllable.end)
    share = syllable.place / (PLACES - 1)
    height = who.pitch * pitch * (1 + turn * (share - 0.35)) * float(chance.uniform(0.97, 1.03))
    long = (1.3 if syllable.end else 0.95) / (who.pace * pace)
    glide = {"?": 0.16, ".": turn * 0.5 - 0.06}.get(
        syllable.end, float(chance.uniform(-0.04, 0.03))
    )
    mouths = [_VOWELS[syllable.vowel], _VOWELS[int(chance.integers(len(_VOWELS)))]]
    wave = _syllable(height, glide, long, mouths, who.mouth, breath, chance)
    return finished(wave, loudness=0.07 * strength * (1 - 0.2 * share))


def _syllable(
    pitch: float, glide: float, seconds: float, mouths: Sequence[tuple[int, int, int]],
    size: float, breath: float, chance: np.random.Generator,
) -> Wave:  # fmt: skip
    """From one vowel towards another: harmonics of a soft source, weighed by the mouth."""
    t = times(seconds)
    way = t / seconds
    hertz = pitch * (1 + glide * way) * (1 + 0.008 * np.sin(2 * np.pi * 5.2 * t + chance.random()))
    phase = 2 * np.pi * np.cumsum(hertz) / RATE
    one, two = np.sin(phase), np.zeros_like(phase)
    twice = 2 * np.cos(phase)
    wave = np.zeros_like(phase)
    for k in range(1, int(3800 / pitch) + 1):
        start, end = (_resonance(k * pitch, mouth, size) for mouth in mouths)
        wave += (start + (end - start) * way * 0.7) * k**-1.25 * one
        one, two = twice * one - two, one  # the next harmonic, without another sine
    wave += breath * 3 * noise(chance, t.size, band(900, 3600)) * (0.4 + 0.6 * way)
    return wave * swell(t.size, 0.022, 0.055)


def _resonance(hertz: float, mouth: Sequence[int], size: float) -> float:
    gain = 0.06
    for centre, width, strength in zip(mouth, (95, 120, 170), (1.0, 0.5, 0.18), strict=True):
        gain += strength / (1 + ((hertz - centre * size) / width) ** 2)
    return gain
