"""A file or a command that proves each diagnostic of tests for people, and the message it earns.

``python -m tests.review.proofs`` writes the messages into their pages of docs/diagnostics again.
"""

from __future__ import annotations

import re
from pathlib import Path

from game.review.questionnaire import AnswersError, parse_answers, score_judgment
from game.review.questionnaire_files import read_questionnaire
from game.scenario.codes import CODES
from game.scenario.diagnostics import Diagnostic, ScenarioError, render_one
from tests.scenario.proofs import PAGES, ROOT, folder

BAD = ROOT / "tests" / "review" / "bad"
OURS = [code for code in CODES if code[0] == "Q"]
_MISFIT = re.compile(r"`longlunch test before --answers ([\d,]+)`")
_BLOCK = re.compile(r"```text\n.*?```", re.DOTALL)


def bad_files() -> list[Path]:
    return sorted(BAD.glob("*.yaml"))


def found_in(path: Path) -> list[Diagnostic]:
    """Everything noticed in a file, its path as seen from the checkout."""
    with folder(ROOT):
        try:
            return list(read_questionnaire(path.relative_to(ROOT))[1])
        except ScenarioError as refused:
            return list(refused.diagnostics)


def proof(code: str) -> Diagnostic:
    """The diagnostic that a code's shortest-named bad file, or its page's command, earns."""
    files = [path for path in bad_files() if path.stem.split("_")[0] == code.lower()]
    if files:
        shortest = min(files, key=lambda path: len(path.stem))
        return next(d for d in found_in(shortest) if d.code == code)
    command = _MISFIT.search(page(code))
    assert command is not None, f"{code} has neither a bad file nor a command on its page"
    try:
        score_judgment(parse_answers(command[1]), "before")
    except AnswersError as refused:
        return refused.diagnostics[0]
    raise AssertionError(f"the command on the page of {code} is no mistake")


def page(code: str) -> str:
    return (PAGES / f"{code}.md").read_text(encoding="utf-8")


def refreshed(code: str) -> str:
    """The page with its example as it is today."""
    lines = [line.rstrip() for line in render_one(proof(code)).splitlines()]
    block = "```text\n" + "\n".join(lines) + "\n```"
    return _BLOCK.sub(lambda _: block, page(code), count=1)


def main() -> None:
    for code in OURS:
        (PAGES / f"{code}.md").write_text(refreshed(code), encoding="utf-8")


if __name__ == "__main__":
    main()
