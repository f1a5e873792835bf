"""Every shipped buyer has enough words of his own, for all states and both poles."""

from __future__ import annotations

from collections import Counter

import pytest

from game.scenario.data import load_common
from game.scenario.library import shipped
from game.scenario.load import Loaded
from game.scenario.model_voice import VoiceModel
from tests.at_hand import at_hand

STATES = ("stranger", "acquainted", "trusted", "partner", "wary", "fair_game", "closed")
REACTIONS = ("closes", "cools", "still", "warms", "opens")
ENDINGS = ("agreement", "impasse", "walkaway", "deadline", "parted")


def voices() -> dict[str, tuple[Loaded, VoiceModel]]:
    found: dict[str, tuple[Loaded, VoiceModel]] = {}
    for scenario in shipped():
        loaded = at_hand(scenario)
        for buyer, voice in loaded.voices.items():
            assert voice is not None, f"{scenario}: {buyer} has no voice of his own"
            found[f"{scenario}/{buyer}"] = (loaded, voice)
    return found


VOICES = voices()


@pytest.mark.parametrize("name", sorted(VOICES))
def test_there_are_enough_words(name: str) -> None:
    _, voice = VOICES[name]
    assert len(voice.says) >= 150
    assert len(voice.notices) >= 80
    assert len(voice.thinks) >= 60


@pytest.mark.parametrize("name", sorted(VOICES))
def test_all_states_and_both_poles_speak(name: str) -> None:
    _, voice = VOICES[name]
    for manner in ("plain", "circling"):
        assert sum(line.as_ == manner for line in voice.says.values()) >= 40
        assert sum(line.as_ == manner for line in voice.thinks.values()) >= 10
    spoken = Counter(state for line in voice.says.values() for state in line.in_)
    assert all(spoken[state] for state in STATES if state != "closed"), spoken
    shown = Counter(line.on for line in voice.notices.values())
    assert all(shown[reaction] >= 14 for reaction in REACTIONS), shown


@pytest.mark.parametrize("name", sorted(VOICES))
def test_two_tells_mean_the_same_all_meeting(name: str) -> None:
    """The easing habit is seen only when he eases, the tightening one only when he tightens."""
    _, voice = VOICES[name]
    easing = [line.on for line in voice.notices.values() if line.tell == "easing"]
    tightening = [line.on for line in voice.notices.values() if line.tell == "tightening"]
    assert len(easing) >= 4 and set(easing) <= {"warms", "opens"}
    assert len(tightening) >= 4 and set(tightening) <= {"cools", "closes"}


@pytest.mark.parametrize("name", sorted(VOICES))
def test_a_letter_for_every_ending(name: str) -> None:
    _, voice = VOICES[name]
    written = {(line.on, line.trust) for line in voice.letters.values()}
    assert written >= {(e, t) for e in ENDINGS for t in ("low", "mid", "high")}


def test_the_cast_is_not_the_map() -> None:
    """Somebody sits where his passport would not put him, and one city holds both styles."""
    people = {}
    for loaded, _ in VOICES.values():
        for key, buyer in loaded.scenario.buyers.items():
            people[key] = (loaded.scenario.city, buyer.culture, buyer.diffuseness.mean)
    assert any(culture == "JP" and mean < 0.3 for _, culture, mean in people.values())
    assert any(culture == "NL" and mean > 0.7 for _, culture, mean in people.values())
    toronto = [mean for city, culture, mean in people.values() if culture == "CA"]
    assert min(toronto) < 0.3 and max(toronto) > 0.7


@pytest.mark.parametrize("name", sorted(shipped()))
def test_diffuseness_is_a_person_with_a_spread(name: str) -> None:
    for buyer in at_hand(name).scenario.buyers.values():
        assert buyer.diffuseness.sd > 0


def test_no_offer_answers_a_question_that_nobody_may_have_asked() -> None:
    for verb, move in load_common("phrases.yaml")["moves"].items():
        assert "your question" not in str(move.get("says")), verb
