"""Results of tests for people as one JSON object, `longlunch.test/1` (schema in docs/json/)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from game.review.questionnaire import Gain, JudgmentResult, SelfResult
from game.review.questionnaire_files import FormName, items_of
from game.review.questionnaire_models import Questionnaire

_DIGITS = 6  # more would only show how sums of shares are rounded


def to_json(
    test: Questionnaire,
    form: FormName,
    answers: Sequence[int | None],
    result: SelfResult | JudgmentResult | None,
    change: Gain | None = None,
) -> dict[str, Any]:
    """One object; `result` is None where answers are missing, which are null in `answers`."""
    return {
        "format": "longlunch.test/1",
        "test": test.test,
        "kind": test.kind,
        "form": form,
        "questions": items_of(test, form),
        "answers": list(answers),
        "missing": sum(answer is None for answer in answers),
        "self": _rounded(asdict(result)) if isinstance(result, SelfResult) else None,
        "judgment": _rounded(asdict(result)) if isinstance(result, JudgmentResult) else None,
        "gain": _rounded(asdict(change)) if change is not None else None,
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value
