"""Tests for people: the shipped ones keep their promises, answers are scored, files are refused."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.analysis.claim_files import claim_paths
from game.review.questionnaire import (
    AnswersError,
    check_answers,
    choices,
    gain,
    parse_answers,
    score_judgment,
    score_self,
)
from game.review.questionnaire_files import (
    LONGER,
    FormName,
    items_of,
    read_questionnaire,
    shipped_judgment_test,
    shipped_self_test,
)
from game.review.questionnaire_models import JudgmentItem, JudgmentTest, SelfTest
from game.scenario.diagnostics import LongLunchError, ScenarioError, render
from game.scenario.library import common_path
from tests.review.proofs import OURS, bad_files, found_in, page, proof, refreshed
from tests.scenario.proofs import ROOT

SELF = shipped_self_test()
JUDGMENT = shipped_judgment_test()
FORMS: tuple[FormName, ...] = ("all", "before", "after")
HALVES: tuple[FormName, ...] = ("before", "after")
NATIONS = re.compile(
    r"\b(americ|canad|dutch|netherl|korea|chin[ae]|taiwan|japan|french|franc|paris|german|british|"
    r"brit|indi[ae]|arab|asia|europ|western|eastern|national|countr|cultur)\w*", re.IGNORECASE
)  # fmt: skip


def best_answers(form: FormName = "all") -> list[int]:
    keys = [JUDGMENT.items[id].key for id in items_of(JUDGMENT, form)]
    return [key.index(max(key)) + 1 for key in keys]


def words_of(item: JudgmentItem) -> list[int]:
    return [len(o.does) + len(o.because or "") for o in item.options.values()]


# --- the shipped self-test ------------------------------------------------------------------------


def test_the_self_test_has_twelve_items_of_twelve_dimensions() -> None:
    assert len(SELF.items) == 12
    assert len({item.dimension for item in SELF.items.values()}) == 12
    assert list(SELF.bands) == [
        "specific",
        "rather_specific",
        "between",
        "rather_diffuse",
        "diffuse",
    ]


@pytest.mark.parametrize("answer", [1, 2, 3, 4, 5])
def test_one_answer_throughout_ends_in_the_middle(answer: int) -> None:
    result = score_self([answer] * 12)
    assert result.d == 0.5
    assert result.band == "between"
    assert result.one_answer


def poles(specific: int, diffuse: int) -> list[int]:
    """The answers of somebody at one pole."""
    return [specific if item.specific == "a" else diffuse for item in SELF.items.values()]


def test_the_poles_of_the_self_test() -> None:
    low, high = score_self(poles(1, 5)), score_self(poles(5, 1))
    assert (low.d, low.spread, low.band, low.spread_band) == (0, 0, "specific", "steady")
    assert (high.d, high.spread, high.band) == (1, 0, "diffuse")
    assert score_self(poles(2, 4)).d == 0.25
    assert score_self([1] * 12).spread == 0.5
    assert score_self([1] * 12).spread_band == "wide"
    assert not low.one_answer


@given(st.lists(st.integers(1, 5), min_size=12, max_size=12))
def test_any_answers_have_a_place_and_mirrored_ones_the_opposite(answers: list[int]) -> None:
    here, there = score_self(answers), score_self([6 - answer for answer in answers])
    assert 0 <= here.d <= 1 and 0 <= here.spread <= 0.5
    assert here.band in SELF.bands and here.spread_band in SELF.spreads
    assert here.d + there.d == pytest.approx(1)
    assert here.spread == pytest.approx(there.spread)


@pytest.mark.parametrize("place", range(12))
def test_every_item_moves_the_place_alike(place: int) -> None:
    item = list(SELF.items.values())[place]
    moved = [3] * 12
    moved[place] = 1
    toward = -1 if item.specific == "a" else 1
    assert score_self(moved).d == pytest.approx(0.5 + toward * 0.5 / 12)


def test_neither_pole_takes_more_words_than_the_other() -> None:
    poles_ = [(i.a, i.b) if i.specific == "a" else (i.b, i.a) for i in SELF.items.values()]
    specific, diffuse = (fmean(map(len, texts)) for texts in zip(*poles_, strict=True))
    assert 0.9 < specific / diffuse < 1.1
    assert all(0.75 < len(one) / len(other) < 1.33 for one, other in poles_)


# --- the shipped judgment test --------------------------------------------------------------------


def test_sixteen_items_are_two_forms_of_eight_pairs() -> None:
    assert len(JUDGMENT.items) == 16
    before, after = items_of(JUDGMENT, "before"), items_of(JUDGMENT, "after")
    assert sorted(before + after) == sorted(JUDGMENT.items)
    topics = [JUDGMENT.items[id].topic for id in before]
    assert topics == [JUDGMENT.items[id].topic for id in after] == list(JUDGMENT.topics)
    for one, other in zip(before, after, strict=True):
        assert sorted(JUDGMENT.items[one].key) == sorted(JUDGMENT.items[other].key)


@pytest.mark.parametrize("id", JUDGMENT.items)
def test_an_item_is_complete(id: str) -> None:
    item = JUDGMENT.items[id]
    assert sorted(item.key) == [0, 1, 2, 3]
    assert item.why and item.sources
    assert all(option.because for option in item.options.values())
    assert len(item.situation.split()) <= 60


@pytest.mark.parametrize("form", HALVES)
def test_the_best_answer_has_every_place_as_often(form: FormName) -> None:
    assert Counter(best_answers(form)) == {1: 2, 2: 2, 3: 2, 4: 2}


@pytest.mark.parametrize("form", FORMS)
def test_lengths_tell_nothing(form: FormName) -> None:
    """Neither on average nor to somebody who always takes the longest or the shortest answer."""
    items = [JUDGMENT.items[id] for id in items_of(JUDGMENT, form)]
    for part in (words_of, lambda item: [len(o.does) for o in item.options.values()]):
        best = [part(item)[item.key.index(3)] for item in items]
        rest = [size for item in items for size in part(item)]
        for size in best:
            rest.remove(size)
        assert 1 / LONGER < fmean(best) / fmean(rest) < LONGER
    for rule in (max, min):
        taken = [item.key[words_of(item).index(rule(words_of(item)))] for item in items]
        assert fmean(taken) <= 2


def test_one_habit_for_everybody_is_not_enough() -> None:
    """The best moves with those who want the point are poor ones with those who do not."""
    for form in HALVES:
        for place in (1, 2, 3, 4):
            share = score_judgment([place] * 8, form).share
            assert 0.3 < share < 0.7


@pytest.mark.parametrize("form", FORMS)
def test_best_worst_and_blind_answers(form: FormName) -> None:
    count = len(items_of(JUDGMENT, form))
    result = score_judgment(best_answers(form), form)
    assert (result.points, result.most, result.share) == (3 * count, 3 * count, 1)
    assert result.blind == 1.5 * count
    assert result.blind_sd == pytest.approx((1.25 * count) ** 0.5)
    worst = [JUDGMENT.items[id].key.index(0) + 1 for id in items_of(JUDGMENT, form)]
    assert score_judgment(worst, form).points == 0


def test_points_come_from_the_key_item_by_item() -> None:
    result = score_judgment([1, 1, 1, 1, 1, 1, 1, 1], "before")
    for one in result.items:
        assert one.points == JUDGMENT.items[one.id].key[0]
        assert JUDGMENT.items[one.id].key[one.best - 1] == one.most == 3
    assert result.points == sum(one.points for one in result.items)


def test_blind_points_are_what_counting_all_answers_gives() -> None:
    points = [sum(keys) for keys in itertools.product((0, 1, 2, 3), repeat=4)]
    assert fmean(points) == 4 * 1.5
    assert score_judgment([1] * 8, "before").blind == 2 * fmean(points)


def test_gain_is_after_minus_before_topic_by_topic() -> None:
    before = score_judgment([1] * 8, "before")
    after = score_judgment(best_answers("after"), "after")
    change = gain(before, after)
    assert change.points == 24 - before.points
    assert change.share == pytest.approx(1 - before.share)
    assert [t.topic for t in change.topics] == list(JUDGMENT.topics)
    assert [t.before for t in change.topics] == [one.points for one in before.items]
    assert {(t.after, t.most) for t in change.topics} == {(3, 3)}
    assert change.noise == pytest.approx(20**0.5)


def test_only_two_halves_have_a_gain() -> None:
    before, after = score_judgment([1] * 8, "before"), score_judgment([1] * 8, "after")
    for wrong in ((after, before), (before, before), (before, score_judgment([1] * 16))):
        with pytest.raises(AnswersError) as caught:
            gain(*wrong)
        assert [d.code for d in caught.value.diagnostics] == ["Q008"]


# --- words ----------------------------------------------------------------------------------------


def sources() -> list[str]:
    named = [item.sources for item in SELF.items.values()]
    named += [item.sources for item in JUDGMENT.items.values()]
    assert all(named), "an item without a source"
    return sorted({source for several in named for source in several})


@pytest.mark.parametrize("source", sources())
def test_a_source_is_a_claim_that_is_tested_or_a_publication(source: str) -> None:
    claims = "\n".join(path.read_text(encoding="utf-8") for path in claim_paths())
    if source.startswith("claim "):
        assert re.search(rf"\bid: {source.removeprefix('claim ')}\b", claims)
    else:
        assert re.fullmatch(r"[A-Z][\w &.]+ \d{4}", source)
        assert source in claims


@pytest.mark.parametrize("name", ["self_test.yaml", "judgment_test.yaml", "test_words.yaml"])
def test_nobody_is_known_by_a_nation(name: str) -> None:
    text = common_path(name).read_text(encoding="utf-8")
    assert NATIONS.findall(text) == []


# --- answers that do not fit ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([1] * 11, "11 answers"),
        ([1] * 13, "13 answers"),
        ([], "0 answers"),
        ([1] * 11 + [6], "answer 12 is 6"),
        ([0] + [1] * 11, "answer 1 is 0"),
        ([1, -2] + [1] * 10, "answer 2 is -2"),
        ([1, True] + [1] * 10, "answer 2 is True"),
    ],
)
def test_answers_that_do_not_fit(answers: list[int], said: str) -> None:
    with pytest.raises(AnswersError) as caught:
        score_self(answers)
    [found] = caught.value.diagnostics
    assert found.code == "Q008" and said in found.message and found.fix
    assert caught.value.exit_status == 2


def test_answers_to_a_judgment_test_end_with_its_options() -> None:
    check_answers([4] * 16, JUDGMENT)
    assert choices(SELF, "red_pencil") == 5
    for answers, form in (([5] * 16, "all"), ([1] * 16, "before"), ([1] * 8, "all")):
        with pytest.raises(AnswersError):
            score_judgment(answers, form)  # type: ignore[arg-type]


def test_answers_as_text() -> None:
    assert parse_answers("3,1, 4 2") == [3, 1, 4, 2]
    for wrong in ("3,a", "1.5", "-1", "²", "9999", "3,,x"):
        with pytest.raises(AnswersError):
            parse_answers(wrong)


def test_a_self_test_has_no_halves() -> None:
    with pytest.raises(ScenarioError) as caught:
        items_of(SELF, "before")
    assert [d.code for d in caught.value.diagnostics] == ["Q001"]


# --- files of one's own ---------------------------------------------------------------------------

_EXPECT = re.compile(r"# expect: (\w+) (\d+):(\d+)\Z")

OWN = """\
test: our-own
kind: judgment
title: "Our own"
topics: {price: "The price"}
items:
  late:
    topic: price
    title: "Late"
    situation: "She asks at the end."
    options:
      tell: {points: 3, does: "Tell her."}
      ask: {points: 1, does: "Ask first."}
"""


@pytest.mark.parametrize("path", bad_files(), ids=lambda path: path.stem)
def test_a_bad_file_earns_exactly_what_it_says(path: Path) -> None:
    wanted = []
    for line in path.read_text(encoding="utf-8").splitlines():
        match = _EXPECT.match(line)
        if match is None:
            break
        wanted.append((match[1], int(match[2]), int(match[3])))
    assert wanted, "the file begins with no “# expect: CODE line:column”"
    found = found_in(path)
    assert [(d.code, d.line, d.column) for d in found] == wanted
    assert path.stem.split("_")[0].upper() in [d.code for d in found]
    assert all(d.expected and d.fix for d in found)


@pytest.mark.parametrize("code", OURS)
def test_a_page_shows_the_message_as_it_is_today(code: str) -> None:
    assert proof(code).code == code
    assert page(code) == refreshed(code), "run python -m tests.review.proofs"


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ("kind: survey\n", "M004"),
        ("title: none\n", "M002"),
        ("kind: [self\n", "Y011"),
        ("", "Y002"),
        ("- kind: self\n", "Y020"),
        ("kind: &x self\n", "Y005"),
        (OWN.replace("points: 1", "points: 4"), "M005"),
        (OWN.replace("does:", "dose:"), "M001"),
        (OWN.replace("      ask: {points: 1", "      tell: {points: 1"), "Y012"),
        (OWN.replace("topic: price\n", "topic: price\n    bold: \x1b[1m\n"), "Y004"),
    ],
)
def test_a_broken_file_is_complained_of_with_its_place(
    broken: str, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(LongLunchError) as caught:
        read_questionnaire(path)
    found = [d for d in caught.value.diagnostics if d.code == code]
    assert found
    if broken:  # an empty file has no line to point at
        assert found[0].line >= 1 and found[0].column >= 1
    assert "Traceback" not in render(caught.value.diagnostics)


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_questionnaire(tmp_path / "nowhere.yaml")
    assert caught.value.exit_status == 2


def test_the_least_file_takes_its_other_words_from_the_shipped_test(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    own, warnings = read_questionnaire(path)
    assert isinstance(own, JudgmentTest) and warnings == ()
    assert (own.intro, own.limits) == (JUDGMENT.intro, JUDGMENT.limits)
    assert score_judgment([2], test=own).share == pytest.approx(1 / 3)


def test_the_shipped_files_have_no_warnings() -> None:
    for name in ("self_test.yaml", "judgment_test.yaml"):
        test, warnings = read_questionnaire(common_path(name))
        assert warnings == ()
        assert isinstance(test, SelfTest) == (name == "self_test.yaml")


def test_the_example_of_the_page_works(tmp_path: Path) -> None:
    text = (ROOT / "docs/tests-for-people.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert blocks
    for block in blocks:
        path = tmp_path / "own.yaml"
        path.write_text(block, encoding="utf-8")
        read_questionnaire(path)
