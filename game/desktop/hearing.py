"""What one window lets hear: sounds of the interface, things, rooms, and the system's own voice.

It decides what is played and what is read aloud; `sound` and `speech` do it. Syllables and the
system's voice never speak at once, and what is heard can be shown in words as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.desktop.settings import Settings
from game.desktop.sound import CAPTIONS, Sound
from game.desktop.speech import Speech
from game.desktop.words import say

if TYPE_CHECKING:
    from game.desktop.synth_voices import Speaker, Syllable

_SOMEWHERE = "tea_house"
_TELLING = ("refuse", "page", "confirm", "focus")  # of what one event asks for, the first is played

Call = Callable[[], object]


class Hearing:
    """`show(words)` shows a sound in words, where that is wanted."""

    def __init__(self, settings: Settings, sound: Sound, speech: Speech) -> None:
        self.settings, self.sound, self.speech = settings, sound, speech
        self.show: Callable[[str], object] = lambda words: None
        self.on_problem: Call = lambda: None  # it is known now that there is no device
        self._asked: set[str] | None = None  # while an event is answered
        self._room, self._away = "", False
        self._pending: Call | None = None  # wants to know when what is read has been read
        self._reading = False
        self.read_last: object = None  # what had the focus when it was read on request

    # --- sounds -----------------------------------------------------------------------------

    def listen(self) -> None:
        """An event of the player's comes: what answers it may ask for sounds."""
        self._asked = set()

    def ask(self, name: str) -> None:
        """A sound of the interface; nothing while no event is being answered."""
        if self._asked is not None:
            self._asked.add(name)

    def answer(self) -> None:
        """The event is over: of the sounds asked for the one that tells most is played."""
        asked, self._asked = self._asked or set(), None
        for name in _TELLING:
            if name in asked:
                self.sound.play(name)
                return

    def effect(self, name: str, told: bool = False) -> None:
        """Something in the room; `told` if the words on the screen say so already."""
        self.sound.play(name)
        if not told:
            self._shown(name)

    def enter(self, room: str) -> None:
        """Another room from now on, "" for silence."""
        if room != self._room:
            self._room = room
            if not self._away:
                self.sound.enter(room)
            self._shown(room)

    def look_away(self, away: bool) -> None:
        """The window is not the one in use: the room waits until it is again."""
        if away is not self._away:
            self._away = away
            self.sound.enter("" if away else self._room)

    def sample(self, channel: str) -> None:
        """Something of a channel, to hear how loud it is."""
        if channel == "voice":
            from game.desktop.synth_voices import speaker

            self.sound.speak(speaker("somebody"), "warms", channel)
        elif channel == "room":
            self.sound.enter(_SOMEWHERE)
        else:
            self.sound.play("cup" if channel == "effects" else "confirm")

    def end_sample(self) -> None:
        """The room as it was, after a sample of one."""
        self.sound.enter("" if self._away else self._room)

    def refresh(self) -> None:
        """The settings have changed."""
        self.sound.refresh()
        if self.settings.system_speech == "off":
            self.hush()

    def _shown(self, name: str) -> None:
        id = CAPTIONS.get(name)
        if self.settings.sound_words and id:
            self.show(say("sound.in_words", value=say(id)))

    # --- voices -----------------------------------------------------------------------------

    @property
    def reads(self) -> bool:
        """Whether the system's voice reads what is told."""
        return self.settings.system_speech != "off" and self.speech.available

    def syllable(self, who: Speaker, tone: str, syllable: Syllable) -> None:
        """Somebody's words appear."""
        if not self.reads:
            self.sound.blip(who, tone, syllable)

    def speak(self, who: Speaker, tone: str, line: str) -> None:
        """Somebody's words stand there at once."""
        if not self.reads:
            self.sound.speak(who, tone, line)

    def read(self, text: str, on_done: Call | None = None) -> bool:
        """Read a text aloud; False if nobody does, and then `on_done` is not called.

        `on_done` is called when it has been read, could not be, or was cut off.
        """
        self.hush()
        if not self.speech.available:
            return False
        self._pending, self._reading = on_done, True
        if not self.speech.say(text, self._over):
            self._pending, self._reading = None, False
            return False
        return True

    def mention(self, text: str, cut: bool = False) -> None:
        """Read something that is not the talk, where everything is read: unless something else is
        being read, which `cut` cuts off."""
        if self.settings.system_speech == "all" and (cut or not self._reading):
            self.read(text)

    def _over(self) -> None:
        self._reading = False
        pending, self._pending = self._pending, None
        if pending is not None:
            pending()

    @property
    def reading(self) -> bool:
        return self._reading

    def hush(self) -> bool:
        """Cut off what is being read; False if nothing was."""
        if not self._reading:
            return False
        self.speech.hush()
        self._over()
        return True

    def close(self) -> None:
        self._pending = None
        self.hush()
        self.sound.close()
