"""Where sounds go: a device with tracks, or none."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import pygame

from game.desktop.sound_names import RATE
from game.desktop.synth import Samples


class Output(Protocol):
    """A device: sounds are played on tracks, each with a volume from 0 to 1.

    `name` says what is played; it changes nothing. A track of `SHARED` may sound with itself.
    """

    def play(self, track: str, name: str, samples: Samples, volume: float, loop: bool) -> None: ...
    def level(self, track: str, volume: float) -> None: ...
    def stop(self, track: str) -> None: ...
    def close(self) -> None: ...


SHARED = {"voice": 2, "effects": 3}  # how often: one syllable may end while the next begins


class MixerOutput:
    """The system's sound; raises pygame.error when there is none."""

    def __init__(self) -> None:
        pygame.mixer.init(RATE, -16, 2, 1024, allowedchanges=0)
        counts = {"room a": 1, "room b": 1, "interface": 1} | SHARED
        pygame.mixer.set_num_channels(sum(counts.values()))
        numbers = iter(range(sum(counts.values())))
        self._tracks = {
            track: [pygame.mixer.Channel(next(numbers)) for _ in range(count)]
            for track, count in counts.items()
        }

    def play(self, track: str, name: str, samples: Samples, volume: float, loop: bool) -> None:
        channels = self._tracks[track]
        channels.append(channels.pop(0))  # the one that began longest ago is the next
        sound = pygame.mixer.Sound(buffer=pcm(samples))
        sound.set_volume(volume)  # of the sound: a channel begins at full volume whatever it had
        channels[-1].play(sound, loops=-1 if loop else 0)

    def level(self, track: str, volume: float) -> None:
        for channel in self._tracks[track]:
            sound = channel.get_sound()
            if sound is not None:
                sound.set_volume(volume)

    def stop(self, track: str) -> None:
        for channel in self._tracks[track]:
            channel.fadeout(40)  # cut off at once it would click

    def close(self) -> None:
        pygame.mixer.quit()


def pcm(samples: Samples) -> bytes:
    """16-bit little-endian samples, left and right in turn."""
    return np.round(samples * 32767).astype("<i2").tobytes()
