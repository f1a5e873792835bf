"""What somebody's answers to a test come to. Pure: answers in, results out.

Answers are whole numbers from 1: the step of the scale in a self-test, the number of the option in
a judgment test. Answers that do not fit raise :class:`AnswersError` (Q008).

No score here is validated psychometrically; docs/tests-for-people.md says what may be read into it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, pstdev, pvariance

from game.review.questionnaire_files import (
    FormName,
    items_of,
    shipped_judgment_test,
    shipped_self_test,
)
from game.review.questionnaire_models import SCALE, Band, JudgmentTest, Questionnaire, SelfTest
from game.scenario.diagnostics import Diagnostic, LongLunchError


class AnswersError(LongLunchError):
    """Answers that do not fit their test; they come with a command, so the exit status is 2."""

    @property
    def exit_status(self) -> int:
        return 2


def _misfit(message: str, expected: str, fix: str) -> AnswersError:
    return AnswersError([Diagnostic("Q008", message, expected=expected, fix=fix)])


# --- answers --------------------------------------------------------------------------------------


def choices(test: Questionnaire, id: str) -> int:
    """How many answers an item has."""
    return SCALE if isinstance(test, SelfTest) else len(test.items[id].options)


def parse_answers(text: str) -> list[int]:
    """`3,1,4` as numbers; raises :class:`AnswersError` (Q008). Spaces may stand for commas."""
    words = text.replace(",", " ").split()
    for place, word in enumerate(words, 1):
        if not (word.isascii() and word.isdecimal() and len(word) <= 3):
            raise _misfit(
                f"answer {place}, “{word[:20]}”, is not a number",
                "numbers with commas between them, such as 3,1,4", "correct it",
            )  # fmt: skip
    return [int(word) for word in words]


def check_answers(answers: Sequence[int], test: Questionnaire, form: FormName = "all") -> None:
    """Raise :class:`AnswersError` (Q008) unless there is one fitting answer for every item."""
    items = items_of(test, form)
    if len(answers) != len(items):
        raise _misfit(
            f"{len(answers)} answers were given", f"{len(items)}, one for every item",
            "add the missing ones" if len(answers) < len(items) else "leave out the surplus ones",
        )  # fmt: skip
    for place, (id, answer) in enumerate(zip(items, answers, strict=True), 1):
        if (
            isinstance(answer, bool)
            or answer != int(answer)
            or not 1 <= answer <= choices(test, id)
        ):
            raise _misfit(
                f"answer {place} is {answer}", f"a whole number from 1 to {choices(test, id)}",
                f"choose one of the answers to “{id}”",
            )  # fmt: skip


# --- self-test ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SelfScore:
    """One item: `score` is 0 at the specific pole and 1 at the diffuse one."""

    id: str
    dimension: str
    answer: int
    score: float


@dataclass(frozen=True, slots=True)
class SelfResult:
    """`d` in [0, 1] is the mean of the items, `spread` in [0, .5] their standard deviation.

    `band` and `spread_band` are ids of the test's bands. `one_answer`: every answer was the same.
    """

    d: float
    spread: float
    band: str
    spread_band: str
    one_answer: bool
    items: tuple[SelfScore, ...]


def score_self(answers: Sequence[int], test: SelfTest | None = None) -> SelfResult:
    """Score a self-test, the shipped one by default; raises :class:`AnswersError` (Q008)."""
    test = test or shipped_self_test()
    check_answers(answers, test)
    scored = []
    for (id, item), answer in zip(test.items.items(), answers, strict=True):
        toward_b = (answer - 1) / (SCALE - 1)
        score = toward_b if item.specific == "a" else 1 - toward_b
        scored.append(SelfScore(id, item.dimension, answer, score))
    d = fmean(one.score for one in scored)
    spread = pstdev(one.score for one in scored)
    return SelfResult(
        d, spread, _band(d, test.bands), _band(spread, test.spreads), len(set(answers)) == 1,
        tuple(scored),
    )  # fmt: skip


def _band(value: float, bands: Mapping[str, Band]) -> str:
    """The first band that reaches; sums of shares miss their bounds by a rounding error."""
    return next(id for id, band in bands.items() if value <= band.upto + 1e-9)


# --- judgment test --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item: the option chosen and the best one, numbered from 1, and their points."""

    id: str
    topic: str
    answer: int
    points: int
    best: int
    most: int


@dataclass(frozen=True, slots=True)
class JudgmentResult:
    """`share` is points / most, in [0, 1].

    `blind` and `blind_sd` are mean and standard deviation of the points of somebody who chooses
    with eyes closed.
    """

    form: FormName
    points: int
    most: int
    share: float
    blind: float
    blind_sd: float
    items: tuple[ItemScore, ...]


def score_judgment(
    answers: Sequence[int], form: FormName = "all", test: JudgmentTest | None = None
) -> JudgmentResult:
    """Score a judgment test, the shipped one by default, whole or one form of it.

    Raises :class:`AnswersError` (Q008) for answers that do not fit, and
    :class:`game.scenario.diagnostics.ScenarioError` (Q001) for a form that the test has not.
    """
    test = test or shipped_judgment_test()
    check_answers(answers, test, form)
    scored = []
    keys = []
    for id, answer in zip(items_of(test, form), answers, strict=True):
        item = test.items[id]
        best = item.key.index(item.most) + 1
        points = item.key[answer - 1]
        scored.append(ItemScore(id, item.topic, answer, points, best, item.most))
        keys.append(item.key)
    points, most = sum(one.points for one in scored), sum(one.most for one in scored)
    blind = sum(fmean(key) for key in keys)
    blind_sd = sqrt(sum(pvariance(map(float, key)) for key in keys))
    return JudgmentResult(form, points, most, points / most, blind, blind_sd, tuple(scored))


@dataclass(frozen=True, slots=True)
class TopicGain:
    """Points for one topic in both halves."""

    topic: str
    before: int
    after: int
    most: int


@dataclass(frozen=True, slots=True)
class Gain:
    """`points` and `share` are after minus before.

    `noise` is the standard deviation, in points, of the difference between two halves filled in
    with eyes closed: what a single person's gain has to be held against.
    """

    points: int
    share: float
    noise: float
    topics: tuple[TopicGain, ...]


def gain(before: JudgmentResult, after: JudgmentResult) -> Gain:
    """What changed between the halves; raises :class:`AnswersError` (Q008) if they are no pair."""
    pairs = list(zip(before.items, after.items, strict=False))
    matched = len(before.items) == len(after.items) and all(
        one.topic == other.topic and one.most == other.most for one, other in pairs
    )
    if not matched or (before.form, after.form) != ("before", "after"):
        raise _misfit(
            f"the results “{before.form}” and “{after.form}” are not two halves of one test",
            "a result before and one after, of the same test", "score both forms of one test",
        )  # fmt: skip
    topics: dict[str, TopicGain] = {}
    for one, other in pairs:
        sofar = topics.get(one.topic, TopicGain(one.topic, 0, 0, 0))
        topics[one.topic] = TopicGain(
            one.topic, sofar.before + one.points, sofar.after + other.points, sofar.most + one.most
        )
    return Gain(
        after.points - before.points,
        after.share - before.share,
        sqrt(before.blind_sd**2 + after.blind_sd**2),
        tuple(topics.values()),
    )
