"""Sounds made of numbers: the parts they are put together from, and things on a table.

Every function is pure: the same arguments give the same samples on the same machine. A sound is a
float32 array of shape (samples, 2), within -0.9 … 0.9, at `RATE` samples a second. What sounds
once begins and ends in silence; a room is periodic, so that its end runs into its beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2s

import numpy as np
from numpy.typing import NDArray

from game.desktop.sound_names import RATE, VARIANTS

Wave = NDArray[np.float64]  # one channel while it is being made
Samples = NDArray[np.float32]  # (samples, 2)

PEAK = 0.85  # loudest sample of anything
ROOM_SAMPLES = 1 << 18  # 8.2 s; a power of two, for the transform


def dice(*names: object) -> np.random.Generator:
    """Chance of its own for what is named: nothing global, nothing carried along."""
    digest = blake2s("/".join(str(name) for name in names).encode(), digest_size=8).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))


# --- parts ----------------------------------------------------------------------------------------


def times(seconds: float) -> Wave:
    return np.arange(int(seconds * RATE), dtype=np.float64) / RATE


def swell(n: int, attack: float, release: float) -> Wave:
    """Rises and falls as half a cosine each, in so many seconds; silent at both ends."""
    envelope = np.ones(n)
    up, down = min(n // 2, int(attack * RATE)), min(n // 2, int(release * RATE))
    envelope[:up] = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, up, endpoint=False))
    envelope[n - down :] *= 0.5 + 0.5 * np.cos(np.linspace(0, np.pi, down))
    return envelope


def noise(chance: np.random.Generator, n: int, shape: Callable[[Wave], Wave]) -> Wave:
    """Noise whose spectrum is `shape` of the frequency in Hz; periodic in n samples; RMS 1."""
    hertz: Wave = np.fft.rfftfreq(n, 1 / RATE).astype(np.float64)
    bins = shape(hertz) * np.exp(2j * np.pi * chance.random(hertz.size))
    bins[0] = 0
    wave = np.fft.irfft(bins, n)
    return wave / max(1e-12, float(np.sqrt(np.mean(wave**2))))


def band(low: float, high: float) -> Callable[[Wave], Wave]:
    """Lets a band through, with gentle flanks (second order)."""

    def shape(hertz: Wave) -> Wave:
        above = (hertz / low) ** 2 / (1 + (hertz / low) ** 2)
        return above / (1 + (hertz / high) ** 2)

    return shape


def add(wave: Wave, part: Wave, at: float, strength: float = 1.0) -> None:
    """Put a part in from a time (seconds) on; what runs over the end is left out."""
    start = int(at * RATE)
    part = part[: max(0, wave.size - start)]
    wave[start : start + part.size] += strength * part


def add_round(wave: Wave, part: Wave, at: int, strength: float = 1.0) -> None:
    """The same in a periodic wave: what runs over the end sounds at the beginning."""
    np.add.at(wave, (at + np.arange(part.size)) % wave.size, strength * part)


def struck(seconds: float, partials: Sequence[tuple[float, float, float]]) -> Wave:
    """Something hit: (Hz, strength, seconds to fade to a third) for each of its tones."""
    t = times(seconds)
    wave = np.zeros(t.size)
    for hertz, strength, fade in partials:
        wave += strength * np.sin(2 * np.pi * hertz * t) * np.exp(-t / fade)
    return wave * swell(t.size, 0.0008, 0.02)


def finished(
    left: Wave, right: Wave | None = None, loudness: float = 0.08, loop: bool = False
) -> Samples:
    """Two channels at an RMS (of what is not silence), kept under `PEAK`."""
    both = np.stack([left, left if right is None else right], axis=1)
    if not loop:
        both *= swell(both.shape[0], 0.001, 0.008)[:, None]
    level = np.abs(both)
    sounding = both[level > 0.02 * max(1e-12, float(level.max()))]
    both *= loudness / max(1e-12, float(np.sqrt(np.mean(sounding**2))))
    top = float(np.abs(both).max())
    if top > PEAK:
        both *= PEAK / top
    return both.astype(np.float32)


# --- things ---------------------------------------------------------------------------------------


def _cup(chance: np.random.Generator) -> Wave:
    """A cup is set down on its saucer: a touch, then it settles."""
    wave = np.zeros(int(0.5 * RATE))
    for at, strength in ((0.01, 1.0), (0.075, 0.42), (0.118, 0.18)):
        tones = [
            (hertz * float(chance.uniform(0.985, 1.015)), loud, fade)
            for hertz, loud, fade in ((1870, 0.5, 0.05), (2960, 0.8, 0.085), (4420, 0.45, 0.055),
                                      (6150, 0.22, 0.03), (8300, 0.1, 0.018))
        ]  # fmt: skip
        add(wave, struck(0.36, [*tones, (240, 0.5, 0.016)]), at, strength)
    return wave


def _rustle(
    chance: np.random.Generator, seconds: float, low: float, high: float, grains: int
) -> Wave:
    """Many small strokes of noise."""
    wave = np.zeros(int(seconds * RATE))
    hiss = noise(chance, wave.size, band(low, high))
    envelope = np.zeros(wave.size)
    for at in np.sort(chance.random(grains)):
        grain = swell(int(float(chance.uniform(0.008, 0.045)) * RATE), 0.004, 0.02)
        hump = float(np.sin(np.pi * (0.08 + 0.84 * at)))
        add(envelope, grain, float(at) * seconds * 0.86, float(chance.uniform(0.2, 1)) * hump)
    return np.asarray(hiss * envelope)


def _paper(chance: np.random.Generator) -> Wave:
    return _rustle(chance, 0.55, 1500, 5200, 26)


def _page(chance: np.random.Generator) -> Wave:
    """One leaf is turned: a breath that swells and drops."""
    t = times(0.26)
    body = noise(chance, t.size, band(900, 3800)) * np.sin(np.pi * (t / 0.26) ** 0.7) ** 2
    return np.asarray(body + 0.5 * _rustle(chance, 0.26, 2400, 6000, 7)[: t.size])


def _pen(chance: np.random.Generator) -> Wave:
    """A few words are written down."""
    wave = np.zeros(int(0.85 * RATE))
    at = 0.02
    for _ in range(6):
        long = float(chance.uniform(0.05, 0.13))
        stroke = noise(chance, int(long * RATE), band(2600, 5200))
        stroke *= 0.6 + 0.4 * np.sin(2 * np.pi * float(chance.uniform(18, 30)) * times(long))
        add(wave, stroke * swell(stroke.size, 0.012, 0.03), at, float(chance.uniform(0.5, 1)))
        add(wave, struck(0.03, [(900, 0.5, 0.004), (2100, 0.3, 0.003)]), at, 1.2)
        at += long + float(chance.uniform(0.015, 0.06))
    return wave


def _chair(chance: np.random.Generator) -> Wave:
    """Wood that gives way a little, then stands."""
    t = times(0.62)
    slip = 46 + 34 * (t / 0.62) ** 1.5 + 5 * np.sin(2 * np.pi * 7 * t)
    pulses = np.maximum(0.0, np.cos(2 * np.pi * np.cumsum(slip) / RATE)) ** 14
    body = np.zeros(t.size)
    for hertz, loud in ((310, 1.0), (620, 0.55), (1180, 0.3)):
        body += loud * np.sin(2 * np.pi * hertz * (1 + 0.05 * t) * t)
    wave = pulses * body * np.sin(np.pi * np.minimum(1.0, t / 0.5)) ** 1.4
    wave += 0.05 * noise(chance, t.size, band(300, 1500)) * np.sin(np.pi * t / 0.62) ** 2
    add(wave, struck(0.16, [(118, 1.0, 0.03), (260, 0.4, 0.02)]), 0.46, 0.8)
    return wave


def _door(chance: np.random.Generator) -> Wave:
    """It falls into its frame; the latch follows."""
    wave = np.zeros(int(0.7 * RATE))
    air = noise(chance, int(0.2 * RATE), band(90, 700))
    add(wave, air * swell(air.size, 0.15, 0.05), 0.0, 0.16)
    add(wave, struck(0.34, [(78, 1.0, 0.06), (142, 0.6, 0.045), (330, 0.25, 0.02)]), 0.17, 1.0)
    for at, loud in ((0.185, 0.5), (0.255, 0.28)):
        add(
            wave,
            struck(0.08, [(1250, 0.5, 0.008), (2350, 0.4, 0.006), (640, 0.4, 0.012)]),
            at,
            loud,
        )
    return wave


def _phone(chance: np.random.Generator) -> Wave:
    """It hums on the wood, twice."""
    t = times(0.95)
    on = np.zeros(t.size)
    for at in (0.02, 0.5):
        add(on, swell(int(0.34 * RATE), 0.03, 0.06), at)
    buzz = sum(np.sin(2 * np.pi * 164 * k * t + k) / k**1.5 for k in range(1, 9))
    rattle = 0.5 + 0.5 * np.sign(np.sin(2 * np.pi * 164 * t)) * 0.2
    wave = buzz * rattle + 0.05 * noise(chance, t.size, band(500, 2600))
    return np.asarray(on * wave)


def _focus(chance: np.random.Generator) -> Wave:
    return struck(0.07, [(880, 0.7, 0.012), (1760, 0.22, 0.008), (2640, 0.08, 0.005)])


def _confirm(chance: np.random.Generator) -> Wave:
    """Two wooden bars, a fourth apart."""
    wave = np.zeros(int(0.34 * RATE))
    for at, hertz in ((0.004, 523.25), (0.082, 698.46)):
        bar = struck(
            0.25, [(hertz, 1.0, 0.07), (hertz * 3.93, 0.18, 0.018), (hertz * 9.2, 0.04, 0.008)]
        )
        add(wave, bar, at)
    return wave


def _refuse(chance: np.random.Generator) -> Wave:
    """A soft knock: this cannot be done here."""
    wave = np.zeros(int(0.24 * RATE))
    for at in (0.004, 0.098):
        add(wave, struck(0.14, [(196, 1.0, 0.03), (392, 0.3, 0.02), (784, 0.1, 0.01)]), at)
    return wave


# name: how it is made, and its RMS while it sounds
_THINGS: dict[str, tuple[Callable[[np.random.Generator], Wave], float]] = {
    "cup": (_cup, 0.07),
    "paper": (_paper, 0.05),
    "pen": (_pen, 0.04),
    "chair": (_chair, 0.06),
    "door": (_door, 0.08),
    "phone": (_phone, 0.07),
    "focus": (_focus, 0.045),
    "confirm": (_confirm, 0.07),
    "page": (_page, 0.045),
    "refuse": (_refuse, 0.07),
}


def thing(name: str, variant: int = 0) -> Samples:
    """A short sound; KeyError for an unknown name. Variants beyond the last begin again."""
    make, loudness = _THINGS[name]
    return finished(make(dice("thing", name, variant % VARIANTS)), loudness=loudness)
