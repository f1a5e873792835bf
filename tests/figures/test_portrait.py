"""Portraits: the same person every time, well-formed, in the frame, and readable."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
import yaml

from game.core.vocabulary import Reaction
from game.figures.portrait import CROPS, LAYERS, layers, portrait
from game.figures.portrait_colour import HAIR_COLOURS, lightness, mix, skin_of
from game.figures.portrait_expression import MOVES, Expression, Gaze, Lids, Posture
from game.figures.portrait_face import (
    BEARDS,
    DETAILS,
    DRESS,
    EARRINGS,
    EYES,
    FRAMES,
    HAIR,
    HEADWEAR,
    PROPS,
    SHAPES,
    SKINS,
    Face,
    face_of,
    unknown_words,
)
from game.figures.portrait_mood import heard, mood
from game.figures.portrait_people import PEOPLE, face_in
from game.figures.svg import size_of
from tests.figures.reading import parsed
from tests.marks import spread

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "scenarios").glob("*.yaml"))
LIMIT = 40_000  # bytes of one portrait
MANY = [face_of(f"person-{i}", age=25 + i, pronoun=("she", "he", "they")[i % 3]) for i in range(56)]


def buyers() -> list[tuple[str, dict[str, object]]]:
    """Every buyer of a shipped scenario: the id, and what it says of the portrait."""
    found: list[tuple[str, dict[str, object]]] = []
    for path in SHIPPED:
        for id, buyer in yaml.safe_load(path.read_text("utf-8"))["buyers"].items():
            if buyer and "portrait" in buyer:  # another scenario that it extends says the rest
                found.append((id, {**buyer["portrait"], "pronoun": buyer["pronoun"]}))
    return found


def body(svg: str) -> str:
    """What a portrait draws, without its frame and title."""
    found = re.fullmatch(r"<svg [^>]*><title>[^<]*</title>(.*)</svg>|<svg .*/title></svg>", svg)
    assert found is not None
    return found[1] or ""


def points(svg: str) -> list[tuple[float, float]]:
    """Every point and control point of every path, from its relative commands."""
    found: list[tuple[float, float]] = []
    for data in re.findall(r' d="([^"]*)"', svg):
        x = y = 0.0
        for letter, said in re.findall(r"([MLcl])([^MLclZ]*)", data):
            numbers = [float(n) for n in re.findall(r"-?[\d.]+", said)]
            pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
            here = (0.0, 0.0) if letter in "ML" else (x, y)  # where a command counts from
            found += [(here[0] + dx, here[1] + dy) for dx, dy in pairs]
            x, y = found[-1]
    return found


@pytest.mark.parametrize("id", spread(PEOPLE, 5))
def test_everybody_is_well_formed_and_small(id: str) -> None:
    for expression in Expression:
        drawn = portrait(PEOPLE[id], expression, 368, 400)
        parsed(drawn)
        assert len(drawn.encode()) < LIMIT
        assert size_of(drawn) == (368, 400)


@pytest.mark.parametrize("id", spread(PEOPLE, 5))
@pytest.mark.parametrize("posture", Posture)
def test_a_bust_stays_inside_its_frame(id: str, posture: Posture) -> None:
    for expression in (Expression.WARM, Expression.THOUGHTFUL):
        for x, y in points(portrait(PEOPLE[id], expression, posture=posture)):
            assert 0 <= x <= 400
            assert 0 <= y <= 425  # the body goes on under the table


@pytest.mark.parametrize("id", ["kang", "mbeki", "rahmani"])
def test_a_head_fills_its_crop(id: str) -> None:
    drawn = layers(PEOPLE[id], width=192, height=192, crop="head", only=("head",))["head"]
    xs, ys = zip(*points(drawn), strict=True)
    assert min(xs) > 0 and max(xs) < 192 and min(ys) > 0 and max(ys) < 192
    assert max(ys) - min(ys) > 0.6 * 192


@pytest.mark.long
def test_the_same_person_is_drawn_the_same() -> None:
    for id, words in buyers():
        one, two = face_in(id, **words), face_in(id, **words)  # type: ignore[arg-type]
        assert one == two
        assert portrait(one, Expression.WARM) == portrait(two, Expression.WARM)
    assert portrait(face_of("someone")) != portrait(face_of("somebody"))


def test_layers_over_one_another_are_the_whole() -> None:
    for face in (PEOPLE["kang"], PEOPLE["dale"], PEOPLE["rahmani"], PEOPLE["castillo"]):
        for posture in Posture:
            parts = layers(face, Expression.DOUBTFUL, 300, 320, posture=posture)
            whole = portrait(face, Expression.DOUBTFUL, 300, 320, posture=posture)
            assert tuple(parts) == LAYERS
            assert "".join(map(body, parts.values())) == body(whole)
            frames = {re.search(r'viewBox="[^"]*"', part)[0] for part in parts.values()}  # type: ignore[index]
            assert len(frames) == 1


def test_a_blink_and_a_glance_change_the_eyes_alone() -> None:
    face = PEOPLE["kurian"]
    rest = layers(face)
    seen = {rest["eyes"]}
    for lids in Lids:
        for gaze in Gaze:
            moved = layers(face, lids=lids, gaze=gaze)
            assert {n for n in LAYERS if moved[n] != rest[n]} <= {"eyes"}
            seen.add(moved["eyes"])
    # With closed lids it does not matter where somebody looks, but down.
    assert len(seen) >= 2 * len(Gaze) + 1
    assert layers(face, only=("eyes",)).keys() == {"eyes"}


@pytest.mark.parametrize("id", PEOPLE)
def test_expressions_move_brows_eyes_or_mouth(id: str) -> None:
    moving = ("eyes", "brows", "mouth")
    drawn = {e: layers(PEOPLE[id], e, only=moving) for e in Expression}
    for one, two in combinations(Expression, 2):
        assert all(drawn[one][part] != drawn[two][part] for part in moving), (one, two)


def test_a_polite_smile_lifts_the_mouth_and_leaves_the_lower_lids() -> None:
    polite, warm = MOVES[Expression.FAIR_GAME], MOVES[Expression.WARM]
    assert polite.corners > 0 and polite.squint == 0 and polite.part == 0
    assert warm.squint > 0.5 and warm.part > 0


@pytest.mark.long
def test_everything_that_can_be_said_can_be_drawn() -> None:
    base = PEOPLE["tavares"]
    choices: dict[str, tuple[str, ...]] = {
        "hair": HAIR, "dress": DRESS, "headwear": HEADWEAR, "prop": PROPS, "detail": DETAILS,
        "shape": SHAPES, "eyes": EYES, "glasses": FRAMES, "beard": BEARDS, "earrings": EARRINGS,
        "hair_colour": tuple(HAIR_COLOURS),
    }  # fmt: skip
    for field, words in choices.items():
        drawn = {portrait(replace(base, **{field: word})) for word in words}  # type: ignore[arg-type]
        assert len(drawn) == len(words), field
        for one in drawn:
            parsed(one)
            assert len(one.encode()) < LIMIT


def test_every_word_of_a_scenario_is_known_and_documented() -> None:
    pages = (ROOT / "docs" / "portraits.md").read_text("utf-8")
    for word in (*HAIR, *HAIR_COLOURS, *SKINS, *DRESS, *HEADWEAR, *PEOPLE):
        assert f"`{word}`" in pages, word
    for _, words in buyers():
        said = {k: str(words[k]) for k in ("hair", "hair_colour", "skin", "dress") if k in words}
        assert unknown_words(**said) == ()


def test_an_unknown_word_is_named_and_drawn_plainly() -> None:
    found = unknown_words(hair="mohican", skin="light", dress="coveralls")
    assert [(key, word) for key, word, _ in found] == [("hair", "mohican"), ("dress", "coveralls")]
    assert face_of("x", hair="mohican", pronoun="he").hair in ("short", "side")
    assert face_of("x", skin="Grey blue").skin == face_of("x", skin="medium").skin
    assert unknown_words(hair="ponytail", dress="work_vest", hair_colour="blonde") == ()
    assert face_of("x", hair="hijab").headwear == "hijab"


@pytest.mark.long
def test_a_shipped_buyer_is_who_they_are_only_in_their_own_words() -> None:
    ids = {id for id, _ in buyers()}
    assert len(ids) >= 8 and len(PEOPLE) >= len(ids) + 6
    for id, words in buyers():
        assert face_in(id, **words) == PEOPLE[id]  # type: ignore[arg-type]
    other = face_in("kang", hair="curly", age=30, pronoun="she")
    assert other != PEOPLE["kang"] and other.hair == "curly" and other.age == 30


def test_no_feature_follows_from_the_skin() -> None:
    for i in range(40):
        light = face_of(f"p{i}", skin="light")
        dark = face_of(f"p{i}", skin="deep")
        kept = {"skin", "eye_colour", "freckles"}
        for field in Face.__slots__:
            if field not in kept:
                assert getattr(light, field) == getattr(dark, field), field


def test_people_differ_within_every_group() -> None:
    assert {f.shape for f in MANY} == set(SHAPES)
    assert {f.eyes for f in MANY} == set(EYES)
    for field in ("nose_width", "bridge", "lips", "brows", "frame", "build"):
        values = [getattr(face, field) for face in MANY]
        assert 0 <= min(values) < 0.35 and 0.65 < max(values) <= 1.0, field


def test_skins_run_from_light_to_dark_without_a_step() -> None:
    shades = [lightness(skin_of(i / 50, 0.0, 0.0).base) for i in range(51)]
    assert all(one > two for one, two in pairwise(shades))
    assert max(one - two for one, two in pairwise(shades)) < 0.03
    assert mix("#000000", "#FFFFFF", 0.0) == "#000000"
    assert mix("#000000", "#FFFFFF", 1.0) == "#FFFFFF"


def test_moods_come_from_what_was_noticed() -> None:
    assert mood(None) == (Expression.NEUTRAL, Posture.UPRIGHT)
    noticed = {mood(r.name.lower()) for r in Reaction}
    assert len(noticed) == len(Reaction)
    # A state is given in guided play only, and a closed face never becomes a friendly one by it.
    assert mood("still", "fair_game")[0] is Expression.FAIR_GAME
    assert mood("opens", "a_state_of_an_author") == mood("opens")
    for state in ("stranger", "acquainted", "trusted", "partner", "wary", "fair_game", "closed"):
        assert mood("opens", state) == mood("opens")
        assert mood("closes", state)[0] in (Expression.HURT, Expression.COOL)
    with pytest.raises(KeyError):
        mood("beams")
    assert heard(True, mood("warms"))[0] is Expression.FAIR_GAME
    assert heard(True, mood("opens")) == mood("opens")
    assert heard(False, mood("warms")) == mood("warms")


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="crop"):
        portrait(PEOPLE["kang"], crop="foot")
    with pytest.raises(ValueError, match="width"):
        portrait(PEOPLE["kang"], width=0)
    with pytest.raises(ValueError, match="height"):
        layers(PEOPLE["kang"], height=float("nan"))
    assert CROPS == ("bust", "head")
