"""The sounds of places: loops that are periodic by construction, so that nobody hears a seam.

Noise is made in the frequency domain, which closes it into a ring; what happens in it is put in
around that ring; what swells does so a whole number of times.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.desktop.sound_names import RATE
from game.desktop.synth import (
    ROOM_SAMPLES,
    Samples,
    Wave,
    add_round,
    band,
    dice,
    finished,
    noise,
    struck,
)

Chance = np.random.Generator


def _ring(chance: Chance, low: float, high: float, strength: float) -> Wave:
    return strength * noise(chance, ROOM_SAMPLES, band(low, high))


def _swing(times: int, depth: float, phase: float = 0.0) -> Wave:
    """Swells a whole number of times around the ring; between 1 - depth and 1."""
    turn = 2 * np.pi * times * np.arange(ROOM_SAMPLES) / ROOM_SAMPLES
    return np.asarray(1 - depth * (0.5 + 0.5 * np.cos(turn + phase)))


def _hum(hertz: float, strength: float) -> Wave:
    """A tone with a whole number of waves in the ring."""
    waves = round(hertz * ROOM_SAMPLES / RATE)
    turn = 2 * np.pi * waves * np.arange(ROOM_SAMPLES) / ROOM_SAMPLES
    return strength * np.asarray(np.sin(turn) + 0.4 * np.sin(2 * turn) + 0.15 * np.sin(3 * turn))


def _quiet(chance: Chance) -> Wave:
    """A room with the window shut: air, and a town far below."""
    return (
        _ring(chance, 40, 180, 1.0) * _swing(3, 0.3)
        + _ring(chance, 200, 900, 0.22) * _swing(5, 0.5, 1.0)
        + _ring(chance, 1500, 5000, 0.03)
    )


def _rain(chance: Chance) -> Wave:
    """On the pane and on the sill."""
    wave = _ring(chance, 900, 6500, 0.55) * _swing(4, 0.25) + _ring(chance, 80, 300, 0.5)
    for _ in range(170):
        hertz = float(chance.uniform(900, 3200))
        drop = struck(0.03, [(hertz, 1.0, 0.005), (hertz * 1.7, 0.4, 0.003)])
        add_round(wave, drop, int(chance.integers(ROOM_SAMPLES)), float(chance.uniform(0.15, 1.1)))
    return wave


def _harbour(chance: Chance) -> Wave:
    """Water against a wall, wind, a chain now and then, a horn very far away."""
    wave = _ring(chance, 60, 260, 0.8) * _swing(3, 0.55) + _ring(chance, 300, 1300, 0.3) * _swing(
        5, 0.85, 0.7
    )
    wave += _ring(chance, 1200, 3600, 0.07) * _swing(8, 0.9, 2.0)
    for _ in range(3):
        at = int(chance.integers(ROOM_SAMPLES))
        for link in range(4):
            clink = struck(0.18, [(1420, 0.4, 0.03), (2270, 0.3, 0.02), (3140, 0.2, 0.012)])
            add_round(wave, clink, at + int(link * RATE * 0.06), 0.16 * float(chance.random()))
    t = np.arange(int(1.9 * RATE)) / RATE
    horn = sum(np.sin(2 * np.pi * 87 * k * t) / k**1.6 for k in range(1, 5))
    add_round(wave, np.asarray(horn * np.sin(np.pi * t / 1.9) ** 2), int(1.2 * RATE), 0.3)
    return wave


def _works(chance: Chance) -> Wave:
    """Presses behind glass: a beat that one feels more than hears, motors, air."""
    wave = _ring(chance, 50, 240, 0.5) + _ring(chance, 500, 2400, 0.1) * _swing(6, 0.4)
    wave += _hum(50, 0.22) + _hum(148, 0.05)
    beats = 7
    for i in range(beats):
        at = i * ROOM_SAMPLES // beats
        add_round(wave, struck(0.5, [(52, 1.0, 0.12), (97, 0.5, 0.07), (210, 0.16, 0.03)]), at, 2.2)
        hiss = noise(chance, int(0.22 * RATE), band(1800, 5200))
        fade = np.sin(np.pi * (np.arange(hiss.size) / hiss.size) ** 0.4) ** 2
        add_round(wave, hiss * fade, at + int(0.5 * RATE), 0.16)
    return wave


def _guests(chance: Chance, crowd: int, cutlery: int) -> Wave:
    """Talk at other tables, without a word in it."""
    wave = _ring(chance, 60, 250, 0.35)
    for _ in range(crowd):
        centre = float(chance.uniform(260, 620))
        talk = _ring(chance, centre * 0.8, centre * 1.6, 0.3)
        phases = chance.random(3) * 2 * np.pi
        talk *= _swing(int(chance.integers(18, 34)), 0.9, float(phases[0]))
        wave += talk * _swing(int(chance.integers(2, 5)), 0.85, float(phases[1]))
    for _ in range(cutlery):
        hertz = float(chance.uniform(2400, 4600))
        clink = struck(0.22, [(hertz, 0.5, 0.03), (hertz * 1.62, 0.3, 0.02)])
        add_round(wave, clink, int(chance.integers(ROOM_SAMPLES)), float(chance.uniform(0.1, 0.3)))
    return wave


def _restaurant(chance: Chance) -> Wave:
    return _guests(chance, crowd=7, cutlery=12)


def _tea_house(chance: Chance) -> Wave:
    """Few guests, a kettle that is nearly there, embers."""
    wave = _guests(chance, crowd=2, cutlery=2) + _ring(chance, 2200, 5200, 0.07) * _swing(2, 0.6)
    for _ in range(26):
        snap = struck(0.02, [(float(chance.uniform(1200, 3800)), 1.0, 0.003)])
        add_round(wave, snap, int(chance.integers(ROOM_SAMPLES)), float(chance.uniform(0.1, 0.5)))
    return wave


def _terminal(chance: Chance) -> Wave:
    """A high hall, wheels on stone, engines through glass, a chime before a call."""
    wave = _guests(chance, crowd=4, cutlery=0) * 0.7 + _ring(chance, 50, 160, 0.8) * _swing(2, 0.6)
    wave += _ring(chance, 700, 2400, 0.1) * _swing(3, 0.95, 1.5)
    for i, hertz in enumerate((783.99, 659.25, 523.25)):
        bell = struck(1.5, [(hertz, 1.0, 0.45), (hertz * 2, 0.18, 0.2)])
        add_round(wave, bell, int((2.0 + 0.34 * i) * RATE), 0.2)
    return wave


# name: how it is made, and its RMS
_ROOMS: dict[str, tuple[Callable[[Chance], Wave], float]] = {
    "room": (_quiet, 0.03),
    "rain": (_rain, 0.035),
    "harbour": (_harbour, 0.04),
    "factory": (_works, 0.045),
    "restaurant": (_restaurant, 0.04),
    "tea_house": (_tea_house, 0.032),
    "terminal": (_terminal, 0.04),
}


def room(name: str) -> Samples:
    """A loop of `ROOM_SAMPLES`; KeyError for an unknown name."""
    make, loudness = _ROOMS[name]
    left, right = (make(dice("room", name, side)) for side in ("left", "right"))
    middle = 0.5 * (left + right)  # the ears hear the same place, a little apart
    return finished(
        0.55 * left + 0.45 * middle, 0.55 * right + 0.45 * middle, loudness=loudness, loop=True
    )
