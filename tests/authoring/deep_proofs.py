"""A file that proves each finding of `check --deep`, and the message it earns.

``python -m tests.authoring.deep_proofs`` writes the messages into their pages of docs/diagnostics
again.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from game.authoring.deep_run import DeepRun
from game.authoring.examination import Examination, examination, examined
from game.scenario.codes import CODES
from game.scenario.diagnostics import render_one
from tests.scenario.proofs import PAGES, ROOT, folder

DEEP = ROOT / "tests" / "scenarios" / "deep"
OURS = [code for code in CODES if re.fullmatch(r"D\d{3}", code)]
_BLOCK = re.compile(r"```text\n.*?```", re.DOTALL)
_PROOF = re.compile(r"^Proof: `(tests/scenarios/deep/\w+\.yaml)`$", re.MULTILINE)


@cache
def played(file: str) -> tuple[Examination, DeepRun]:
    """A scenario, its path as seen from the checkout, played by this process alone."""
    run = DeepRun(jobs=1)
    with folder(ROOT):
        return examination(examined([file]), run), run


def page(code: str) -> Path:
    return PAGES / f"{code}.md"


def refreshed(code: str, text: str) -> str:
    """The page with its example as it is today."""
    named = _PROOF.search(text)
    assert named is not None, code
    found = next(d for d in played(named[1])[0].diagnostics if d.code == code)
    lines = [line.rstrip() for line in render_one(found).splitlines()]
    block = "```text\n" + "\n".join(lines) + "\n```"
    return _BLOCK.sub(lambda _: block, text, count=1)


def main() -> None:
    for code in OURS:
        text = page(code).read_text(encoding="utf-8")
        page(code).write_text(refreshed(code, text), encoding="utf-8")


if __name__ == "__main__":
    main()
