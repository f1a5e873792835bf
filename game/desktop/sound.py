"""What is heard: four channels with volumes of their own, and a room that steps back for a voice.

Everything slow happens in a thread: opening the device, making a sound the first time it is asked
for, fading. The drawing thread only puts a request into a queue. Without a device the game is
silent and `problem` says so; nothing else changes. Nothing is said by sound alone: what carries
meaning has a caption.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pygame

from game.desktop.settings import CHANNELS
from game.desktop.sound_names import RATE, ROOMS, THINGS, TONES, VARIANTS

if TYPE_CHECKING:
    from game.desktop.sound_output import Output
    from game.desktop.synth import Samples
    from game.desktop.synth_voices import Speaker, Syllable

NO_DEVICE = "sound.no_device"
INTERFACE = ("focus", "confirm", "page", "refuse")
# Sounds that tell something which is not on the screen anyway, and the words for it.
CAPTIONS = {
    **{name: f"sound.heard.{name}" for name in ("cup", "paper", "pen", "chair", "door", "phone")},
    **{name: f"sound.place.{name}" for name in ROOMS},
}
DUCKED = 0.4  # of the room's volume, while somebody speaks
_FADE = 1.2  # seconds from one room to the next
_DUCK = 0.18  # seconds until the room has stepped back
_RETURN = 0.7  # seconds until it is back
_STALE = 0.6  # seconds after which a short sound comes too late to be played
_OUT_OF_STEP = 0.12  # seconds, the same for a syllable: its letter has long been written
_BETWEEN = 0.5  # seconds after a syllable for which somebody may still be speaking
_CACHED = 24 << 20  # bytes of samples kept
_STEP = 0.025  # seconds between two steps of a fade


# Whatever makes samples is brought in by whoever makes the first: the thread.


def system_output() -> Output:
    """The system's sound; raises pygame.error when there is none."""
    from game.desktop.sound_output import MixerOutput

    return MixerOutput()


def _thing(name: str, variant: int) -> Samples:
    from game.desktop.synth import thing

    return thing(name, variant)


def _room(name: str) -> Samples:
    from game.desktop.synth_rooms import room

    return room(name)


def _blip(who: Speaker, tone: str, syllable: Syllable) -> Samples:
    from game.desktop.synth_voices import blip

    return blip(who, tone, syllable)


def _voice(who: Speaker, tone: str, line: str) -> Samples:
    from game.desktop.synth_voices import voice

    return voice(who, tone, line)


@dataclass
class RoomMix:
    """How loud two rooms are while one fades into the other and both step back for a voice."""

    now: str = ""  # the loop that is wanted, "" for silence
    before: str = ""
    share: float = 1.0  # of `now`; the rest belongs to `before`
    duck: float = 1.0
    speaking: float = 0.0  # seconds that somebody still speaks

    def enter(self, name: str) -> bool:
        """Ask for another room; False if it is there already."""
        if name == self.now:
            return False
        self.before, self.now, self.share = self.now, name, 0.0
        return True

    def advance(self, seconds: float) -> None:
        self.share = min(1.0, self.share + seconds / _FADE)
        if self.share >= 1.0:
            self.before = ""
        if self.speaking > 0:
            self.duck = max(DUCKED, self.duck - seconds * (1 - DUCKED) / _DUCK)
        else:
            self.duck = min(1.0, self.duck + seconds * (1 - DUCKED) / _RETURN)
        self.speaking = max(0.0, self.speaking - seconds)

    @property
    def settled(self) -> bool:
        return self.share >= 1.0 and self.duck >= 1.0 and self.speaking <= 0

    @property
    def levels(self) -> tuple[float, float]:
        """Shares of the room's volume for `now` and `before`; together of equal power."""
        return self.duck * self.share**0.5, self.duck * (1 - self.share) ** 0.5


@dataclass
class _Request:
    kind: str  # play, room, made, stop, volumes, close
    name: str = ""
    make: Callable[[], Samples] | None = None
    channel: str = ""
    stale: float = 0.0  # seconds after which it comes too late to be played
    born: float = field(default_factory=time.monotonic)


class Sound:
    """Plays by name. `volume` gives a channel's share, 0 when muted; asked whenever it matters.

    `output` opens the device (in the thread, and not before something is to be heard); None: there
    is none, and nothing is made either. With `inline` there is no thread: requests are done in the
    call and `advance` lets time pass, for tests.
    """

    def __init__(
        self, volume: Callable[[str], float], *, inline: bool = False,
        output: Callable[[], Output] | None = system_output,
    ) -> None:  # fmt: skip
        self._volume, self._open, self._inline = volume, output, inline
        self._out: Output | None = None
        self._tried = False
        self._requests: queue.Queue[_Request] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._cache: OrderedDict[str, Samples] = OrderedDict()
        self._mix = RoomMix()
        self._tracks = ["room a", "room b"]  # of the room that is, and of the one before
        self._counts: dict[str, int] = {}
        self._wanted = ""  # the room that was asked for last; it may still be in the making
        self._closed = output is None
        self.problem = ""  # id of a text, once it is known that there is no device
        self.on_problem: Callable[[], object] = lambda: None  # called by the thread then

    # --- asked for by the drawing thread ------------------------------------------------------

    def play(self, name: str) -> str:
        """Play a short sound; gives the id of its caption, "" if it needs none.

        KeyError for an unknown name.
        """
        if name not in THINGS:
            raise KeyError(name)
        channel = "interface" if name in INTERFACE else "effects"
        count = self._counts[name] = self._counts.get(name, -1) + 1
        variant = count % VARIANTS
        make = lambda: _thing(name, variant)  # noqa: E731
        self._ask(_Request("play", f"{name} {variant}", make, channel, _STALE))
        return CAPTIONS.get(name, "")

    def blip(self, who: Speaker, tone: str, syllable: Syllable) -> None:
        """A syllable of somebody whose words are being written; the room steps back meanwhile."""
        if tone not in TONES:
            raise KeyError(tone)
        make = lambda: _blip(who, tone, syllable)  # noqa: E731
        parts = who.name, tone, syllable.place, syllable.vowel, syllable.end
        name = " ".join(str(part) for part in parts)
        self._ask(_Request("play", name, make, "voice", _OUT_OF_STEP))

    def speak(self, who: Speaker, tone: str, line: str) -> None:
        """A voice for a line whose words are all shown at once."""
        if tone not in TONES:
            raise KeyError(tone)
        make = lambda: _voice(who, tone, line)  # noqa: E731
        self._ask(_Request("play", f"{who.name} {tone} {line}", make, "voice", _STALE))

    def hush(self) -> None:
        """Stop the voice: its line is complete, or skipped."""
        self._ask(_Request("stop", channel="voice"))

    def enter(self, room: str) -> str:
        """Fade into a room's loop ("" for silence); gives its caption. KeyError if unknown."""
        if room and room not in ROOMS:
            raise KeyError(room)
        self._ask(_Request("room", room))
        return CAPTIONS.get(room, "")

    def refresh(self) -> None:
        """The volumes or the mute have changed."""
        self._ask(_Request("volumes"))

    def close(self) -> None:
        """Stop everything and let the device go."""
        if self._closed:
            return
        self._ask(_Request("close"))
        self._closed = True
        if self._thread is not None:
            self._thread.join(2.0)

    def _ask(self, request: _Request) -> None:
        if self._closed:
            return
        if self._inline:
            self._do(request)
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
            self._thread.start()
        self._requests.put(request)

    # --- done by the thread -------------------------------------------------------------------

    def _run(self) -> None:
        last = time.monotonic()
        while True:
            idle = self._mix.settled or self._out is None
            request = None
            with contextlib.suppress(queue.Empty):
                request = self._requests.get(timeout=None if idle else _STEP)
            now = time.monotonic()
            self.advance(0.0 if idle else now - last)
            last = now
            if request is not None:
                self._do(request)
                last = max(last, now)
                if request.kind == "close":
                    return

    def advance(self, seconds: float) -> None:
        """Let time pass for fades; called by the thread, or by tests without one."""
        if self._out is None:
            return
        before = self._mix.before
        self._mix.advance(seconds)
        if before and not self._mix.before:
            self._out.stop(self._tracks[1])
        self._set_levels()

    def _set_levels(self) -> None:
        if self._out is None:
            return
        volume = self._loudness("room")
        for track, name, level in zip(
            self._tracks, (self._mix.now, self._mix.before), self._mix.levels, strict=True
        ):
            if name:
                self._out.level(track, volume * level)

    def _loudness(self, channel: str) -> float:
        """What the ear takes for a share: its square."""
        return min(1.0, max(0.0, self._volume(channel))) ** 2

    def _do(self, request: _Request) -> None:
        if request.kind == "play":
            self._sound(request)
        elif request.kind == "room":
            self._wanted = request.name
            self._room()
        elif request.kind == "made":
            self._enter(request.name, request.make)
        elif request.kind == "stop":
            self._mix.speaking = 0.0
            if self._out is not None:
                self._out.stop(request.channel)
        elif request.kind == "volumes":
            self._follow_volumes()
        else:
            self._let_go()

    def _started(self) -> Output | None:
        """The device, opened when it is first needed; None where there is none."""
        if not self._tried and self._open is not None:
            self._tried = True
            try:
                self._out = self._open()
                self.problem = ""
            except (pygame.error, OSError, NotImplementedError):
                self.problem = NO_DEVICE  # NotImplementedError: a pygame built without sound
                self.on_problem()
        return self._out

    def _let_go(self) -> None:
        if self._out is not None:
            self._out.close()
            self._mix, self._out, self._tried = RoomMix(), None, False

    def _follow_volumes(self) -> None:
        loud = {channel: self._loudness(channel) for channel in CHANNELS}
        if not any(loud.values()):  # a device that plays nothing would still cost a little
            self._let_go()
            return
        if self._wanted != self._mix.now:
            self._room()
        self._set_levels()
        if self._out is not None:
            for channel in ("voice", "effects", "interface"):
                self._out.level(channel, loud[channel])

    def _sound(self, request: _Request) -> None:
        volume = self._loudness(request.channel)
        out = self._started() if volume > 0 else None
        if out is None or request.make is None:
            return
        samples = self._kept(request.name, request.make)
        if not self._inline and time.monotonic() - request.born > request.stale:
            return
        out.play(request.channel, request.name, samples, volume, False)
        if request.channel == "voice":
            self._mix.speaking = samples.shape[0] / RATE + _BETWEEN

    def _room(self) -> None:
        """Rooms take long to make: beside this thread, so that cups and voices are not late."""
        name = self._wanted
        if name and (self._loudness("room") <= 0 or self._started() is None):
            return  # made when it can be heard
        key = f"room {name}"
        if not name or self._inline or key in self._cache:
            self._enter(name)
        else:

            def make() -> None:
                samples = _room(name)
                self._requests.put(_Request("made", name, lambda: samples))

            threading.Thread(target=make, name=key, daemon=True).start()

    def _enter(self, name: str, make: Callable[[], Samples] | None = None) -> None:
        samples = self._kept(f"room {name}", make or (lambda: _room(name))) if name else None
        if self._out is None or name != self._wanted or not self._mix.enter(name):
            return
        self._tracks.reverse()
        if samples is not None:
            self._out.play(self._tracks[0], f"room {name}", samples, 0.0, True)
        else:
            self._out.stop(self._tracks[0])
        self._set_levels()

    def _kept(self, key: str, make: Callable[[], Samples]) -> Samples:
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        samples = self._cache[key] = make()
        while sum(kept.nbytes for kept in self._cache.values()) > _CACHED and len(self._cache) > 1:
            self._cache.popitem(last=False)
        return samples
