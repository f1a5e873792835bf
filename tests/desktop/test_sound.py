"""Sounds: soft, whole, the same every time; channels, fades, and silence without a device."""

from __future__ import annotations

import threading
import time

import numpy as np
import pygame
import pytest

from game.desktop import sound as sounds
from game.desktop.cues import room_of
from game.desktop.cues import sounds as sounds_of
from game.desktop.sound import CAPTIONS, CHANNELS, DUCKED, NO_DEVICE, RoomMix, Sound
from game.desktop.sound_names import RATE, ROOMS, THINGS, TONES, VARIANTS
from game.desktop.sound_output import pcm
from game.desktop.synth import PEAK, Samples, thing
from game.desktop.synth_rooms import ROOM_SAMPLES, room
from game.desktop.synth_voices import Speaker, Syllable, blip, speaker, voice
from game.desktop.words import say
from game.figures.setting import KINDS
from tests.desktop.deck import Deck, room_at_hand
from tests.marks import spread

PEOPLE = [speaker("kang", "he", 62), speaker("ogawa", "she", 48), speaker("sam", "they", 30)]


def rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))


def centre(samples: Samples) -> float:
    """Where the weight of the spectrum lies, in Hz."""
    power = np.abs(np.fft.rfft(samples[:, 0].astype(np.float64))) ** 2
    return float((np.fft.rfftfreq(samples.shape[0], 1 / RATE) * power).sum() / power.sum())


def pitch(samples: Samples) -> float:
    """The tallest peak of the autocorrelation of the loudest tenth of a second, in Hz."""
    wave = samples[:, 0].astype(np.float64)
    loudest = int(np.argmax(np.convolve(wave**2, np.ones(3200), "valid")))
    part = wave[loudest : loudest + 3200]
    spectrum = np.abs(np.fft.rfft(part * np.hanning(part.size), 16384)) ** 2
    ring = np.fft.irfft(spectrum)
    low, high = RATE // 320, RATE // 70
    return RATE / (low + int(np.argmax(ring[low:high])))


def fits(samples: Samples, quiet: float, loud: float) -> None:
    assert samples.dtype == np.float32
    assert samples.ndim == 2
    assert samples.shape[1] == 2
    assert np.isfinite(samples).all()
    assert np.abs(samples).max() <= PEAK + 1e-6 < 0.9
    assert quiet < rms(samples) < loud
    assert abs(float(samples.mean())) < 0.004


def begins_and_ends_in_silence(samples: Samples) -> None:
    assert np.abs(samples[0]).max() < 1e-3
    assert np.abs(samples[-1]).max() < 1e-3
    assert np.abs(samples[-16:]).max() < 0.01


# --- synthesis ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", THINGS)
@pytest.mark.parametrize("variant", range(VARIANTS))
def test_things_are_soft_whole_and_the_same_again(name: str, variant: int) -> None:
    samples = thing(name, variant)
    fits(samples, 0.008, 0.12)
    begins_and_ends_in_silence(samples)
    assert 0.04 < samples.shape[0] / RATE < 1.1
    assert pcm(samples) == pcm(thing(name, variant))
    assert pcm(samples) == pcm(thing(name, variant + VARIANTS))


@pytest.mark.parametrize("name", ["cup", "paper", "pen", "page"])
def test_a_thing_does_not_sound_twice_alike(name: str) -> None:
    assert len({pcm(thing(name, variant)) for variant in range(VARIANTS)}) == VARIANTS


def test_things_have_their_characters() -> None:
    assert centre(thing("cup")) > 2000 > 600 > centre(thing("door"))
    assert centre(thing("paper")) > centre(thing("chair"))
    assert rms(thing("focus")) < rms(thing("confirm"))


@pytest.mark.parametrize("who", PEOPLE, ids=lambda who: who.name)
@pytest.mark.parametrize("tone", TONES)
def test_voices_are_soft_whole_and_the_same_again(who: Speaker, tone: str) -> None:
    for line in ("kang.say.price.window", "b", "c"):
        samples = voice(who, tone, line)
        fits(samples, 0.03, 0.12)
        begins_and_ends_in_silence(samples)
        assert 0.4 < samples.shape[0] / RATE < 1.4
        assert pcm(samples) == pcm(voice(who, tone, line))
        assert centre(samples) < 1500, "nothing hisses"


@pytest.mark.parametrize("who", PEOPLE, ids=lambda who: who.name)
@pytest.mark.parametrize("tone", TONES)
def test_syllables_are_soft_whole_and_the_same_again(who: Speaker, tone: str) -> None:
    for syllable in (Syllable(0, 1), Syllable(2, 5), Syllable(4, 0, "."), Syllable(4, 3, "?")):
        samples = blip(who, tone, syllable)
        fits(samples, 0.02, 0.12)
        begins_and_ends_in_silence(samples)
        assert 0.08 < samples.shape[0] / RATE < 0.3
        assert pcm(samples) == pcm(blip(who, tone, syllable))
        assert centre(samples) < 1500, "nothing hisses"


def test_a_question_ends_higher_than_a_statement() -> None:
    for who in PEOPLE:
        ends = {end: blip(who, "still", Syllable(4, 1, end)) for end in ".?"}
        assert ends["?"].shape == ends["."].shape
        half = ends["?"].shape[0] // 2
        high, low = (pitch(ends[end][half - 3200 // 2 :]) for end in "?.")
        assert high > low


def test_people_and_lines_sound_different() -> None:
    found = {pcm(voice(who, "still", line)) for who in PEOPLE for line in "abc"}
    assert len(found) == 9
    assert speaker("kang", "he", 62) == PEOPLE[0]


@pytest.mark.long
def test_a_voice_has_the_pitch_of_its_person_and_the_height_of_its_mood() -> None:
    low, high, _ = PEOPLE
    assert low.pitch < 135 < high.pitch
    for who in (low, high):
        measured = np.median([pitch(voice(who, "still", line)) for line in "abcdefgh"])
        assert measured == pytest.approx(who.pitch, rel=0.12)

    def height(tone: str) -> float:
        return float(np.median([pitch(voice(high, tone, line)) for line in "abcdefgh"]))

    assert height("closes") < height("still") < height("opens")
    assert rms(voice(low, "closes", "a")) < rms(voice(low, "opens", "a"))


@pytest.mark.parametrize("name", spread(ROOMS, 3))
def test_rooms_go_on_without_a_seam(name: str) -> None:
    samples = room_at_hand(name)
    fits(samples, 0.015, 0.06)
    assert samples.shape[0] == ROOM_SAMPLES
    steps = np.abs(np.diff(samples, axis=0)).max(axis=1)
    seam = np.abs(samples[0] - samples[-1]).max()
    assert seam <= np.quantile(steps, 0.999), "the step at the seam is one among others"
    # and not by chance: no sudden bend there either
    around = np.concatenate([samples[-64:], samples[:64]])
    bends = np.abs(np.diff(samples, n=2, axis=0)).max(axis=1)
    assert np.abs(np.diff(around, n=2, axis=0)).max() <= bends.max() * 1.01
    parts = [rms(part) for part in np.array_split(samples, 16)]
    assert max(parts) < 2.6 * min(parts), "it does not stand out"
    assert not np.array_equal(samples[:, 0], samples[:, 1])
    assert pcm(samples) == pcm(room(name))


def test_every_place_has_its_room() -> None:
    assert {room_of(kind) for kind in KINDS} <= set(ROOMS)
    assert set(sounds_of("room")) <= set(KINDS)
    assert room_of("shop", "her shop, early, with rain on the awning") == "rain"
    assert room_of("shop", "her shop at the railway") == "room"
    assert room_of("quay_office") == "harbour"
    assert room_of("law_office") == "room"


@pytest.mark.parametrize("call", [lambda: thing("trumpet"), lambda: room("opera"),
                                  lambda: voice(PEOPLE[0], "shouts", "a"),
                                  lambda: blip(PEOPLE[0], "shouts", Syllable(0, 0))])  # fmt: skip
def test_unknown_names_are_refused(call: object) -> None:
    assert callable(call)
    with pytest.raises(KeyError):
        call()


# --- playing --------------------------------------------------------------------------------------


def table(**volumes: float) -> tuple[Sound, Deck, dict[str, float]]:
    deck, shares = Deck(), {**dict.fromkeys(CHANNELS, 0.5), **volumes}
    return Sound(shares.__getitem__, inline=True, output=lambda: deck), deck, shares


def test_every_channel_has_its_own_volume() -> None:
    sound, deck, _ = table(voice=1.0, effects=0.6, interface=0.2)
    sound.play("cup")
    sound.play("focus")
    sound.speak(PEOPLE[0], "still", "a")
    assert [(track, round(volume, 3)) for track, _, _, volume, _ in deck.played] == [
        ("effects", 0.36), ("interface", 0.04), ("voice", 1.0),
    ]  # fmt: skip


def test_what_cannot_be_heard_is_not_made_and_the_room_comes_when_it_can() -> None:
    sound, deck, shares = table(voice=0, effects=0, interface=0, room=0)
    sound.play("cup")
    sound.speak(PEOPLE[0], "still", "a")
    sound.blip(PEOPLE[0], "still", Syllable(0, 0))
    sound.enter("harbour")
    sound.advance(3.0)
    assert deck.played == []
    assert not sound._cache
    assert sound._out is None, "the device is not even opened"
    shares["room"] = 1.0
    sound.refresh()
    sound.advance(3.0)
    assert deck.names("room b") == ["room harbour"]
    assert deck.levels["room b"] == 1.0
    shares["room"] = 0.0
    sound.refresh()
    assert deck.closed, "and let go when nothing can be heard any more"
    shares["voice"] = 1.0
    sound.refresh()
    sound.speak(PEOPLE[0], "still", "a")
    assert deck.names("voice") == ["kang still a"]
    assert deck.names("room b") == ["room harbour"]


def test_the_room_steps_back_for_a_voice_and_returns() -> None:
    sound, deck, _ = table(room=1.0)
    sound.enter("rain")
    sound.advance(2.0)
    track = deck.played[-1][0]
    assert deck.levels[track] == 1.0
    sound.speak(PEOPLE[0], "still", "a")
    sound.advance(0.1)
    between = deck.levels[track]
    assert DUCKED < between < 1.0
    sound.advance(0.15)
    assert deck.levels[track] == pytest.approx(DUCKED)
    sound.hush()
    assert "voice" in deck.stopped
    for _ in range(60):
        sound.advance(0.05)
    assert deck.levels[track] == 1.0


def test_one_room_fades_into_the_next_with_equal_power() -> None:
    mix = RoomMix()
    assert mix.enter("rain")
    mix.advance(5)
    assert mix.settled
    assert mix.enter("harbour")
    assert not mix.enter("harbour")
    seen = []
    for _ in range(10):
        mix.advance(0.1)
        now, before = mix.levels
        assert now**2 + before**2 == pytest.approx(1.0)
        seen.append(now)
    assert seen == sorted(seen)
    mix.advance(1.0)
    assert (mix.now, mix.before, mix.levels) == ("harbour", "", (1.0, 0.0))


def test_rooms_change_tracks_and_end() -> None:
    sound, deck, _ = table(room=1.0)
    assert sound.enter("rain") == "sound.place.rain"
    sound.enter("rain")
    sound.advance(2)
    sound.enter("factory")
    sound.advance(2)
    first, second = (track for track, *_ in deck.played)
    assert first != second
    assert all(loop for *_, loop in deck.played)
    assert first in deck.stopped
    assert sound.enter("") == ""
    sound.advance(2)
    assert second in deck.stopped
    sound.close()
    assert deck.closed
    sound.play("cup")
    assert len(deck.played) == 2, "after the end nothing sounds"


def test_what_carries_meaning_has_a_caption_in_words() -> None:
    sound, _, _ = table()
    for name in THINGS:
        caption = sound.play(name)
        assert caption == CAPTIONS.get(name, "")
        assert bool(caption) is (name not in sounds.INTERFACE)
    for id in (*CAPTIONS.values(), NO_DEVICE, *(f"sound.volume.{name}" for name in CHANNELS)):
        assert len(say(id)) > 3
    assert set(ROOMS) < set(CAPTIONS)


def test_without_a_device_the_game_is_silent_and_says_so() -> None:
    tries = []

    def missing() -> Deck:
        tries.append(1)
        raise pygame.error("no audio device")

    sound = Sound(lambda channel: 1.0, inline=True, output=missing)
    assert sound.problem == ""
    sound.play("cup")
    sound.enter("rain")
    sound.speak(PEOPLE[0], "opens", "a")
    sound.hush()
    sound.refresh()
    sound.advance(1.0)
    assert sound.problem == NO_DEVICE
    assert len(tries) == 1, "it is asked for once"
    sound.close()


@pytest.mark.parametrize("call", ["play", "enter"])
def test_a_name_that_does_not_exist_is_an_error_at_once(call: str) -> None:
    sound, _, _ = table()
    with pytest.raises(KeyError):
        getattr(sound, call)("trumpet")
    with pytest.raises(KeyError):
        sound.speak(PEOPLE[0], "shouts", "a")
    with pytest.raises(KeyError):
        sound.blip(PEOPLE[0], "shouts", Syllable(0, 0))


@pytest.mark.long
def test_memory_stays_bounded() -> None:
    sound, _, _ = table()
    for i in range(260):
        sound.speak(PEOPLE[i % 3], TONES[i % 5], f"line {i}")
    assert sum(kept.nbytes for kept in sound._cache.values()) <= 24 << 20


def test_the_thread_plays_and_the_caller_never_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    opened, release, deck = threading.Event(), threading.Event(), Deck()

    def slow() -> Deck:
        opened.set()
        assert release.wait(10)
        return deck

    monkeypatch.setattr(sounds, "_STALE", 60.0)
    sound = Sound(lambda channel: 1.0, output=slow)
    sound.enter("room")
    sound.play("cup")
    sound.speak(PEOPLE[0], "warms", "a")
    assert opened.wait(10)
    assert deck.played == [], "the calls returned although the device is not open yet"
    release.set()
    until = time.monotonic() + 20
    while len(deck.played) < 3 and time.monotonic() < until:
        time.sleep(0.005)
    # the room takes longest and does not hold up the others
    assert [track for track, *_ in deck.played] == ["effects", "voice", "room b"]
    while deck.levels["room b"] < 0.3 and time.monotonic() < until:
        time.sleep(0.005)
    assert deck.levels["room b"] >= 0.3, "the fade goes on by itself"
    sound.close()
    assert deck.closed


def test_only_the_room_that_was_asked_for_last_is_entered() -> None:
    deck = Deck()
    sound = Sound(lambda channel: 1.0, output=lambda: deck)
    sound.enter("restaurant")
    sound.enter("")
    sound.enter("room")
    until = time.monotonic() + 20
    while not (len(sound._cache) == 2 and deck.played) and time.monotonic() < until:
        time.sleep(0.005)
    assert sound._mix.now == "room"
    sound.close()
    assert deck.closed
    assert len(deck.played) == 1


def test_what_is_ready_too_late_is_not_played(monkeypatch: pytest.MonkeyPatch) -> None:
    deck = Deck()
    monkeypatch.setattr(sounds, "_STALE", -1.0)
    sound = Sound(lambda channel: 1.0, output=lambda: deck)
    sound.play("cup")
    sound.close()
    assert deck.played == []
    assert deck.closed


def test_the_mixer_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    sound = Sound(lambda channel: 0.5, inline=True)
    sound.enter("harbour")
    for name in ("cup", "paper", "focus"):
        sound.play(name)
    sound.speak(PEOPLE[1], "warms", "a")
    sound.advance(0.5)
    assert sound.problem == ""
    assert pygame.mixer.get_init() == (RATE, -16, 2)
    assert pygame.mixer.get_busy()
    sound.refresh()
    sound.hush()
    sound.close()
    assert pygame.mixer.get_init() is None
