"""A small scenario whose `expect:` and `plays:` a test writes."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from game.analysis.claim_models import Claim
from game.analysis.expectations import Reading, read_expectations
from game.authoring.examination import examination, examined
from game.authoring.subject import Subject
from game.scenario.load import Loaded

BAKERY = Path(__file__).parents[1] / "scenarios/good/corner_bakery.yaml"


def table(folder: Path, expect: str) -> Subject:
    """The corner bakery with these expectations, as the file `bakery.yaml` of a folder."""
    path = folder / "bakery.yaml"
    text = BAKERY.read_text(encoding="utf-8").partition("expect:\n")[0]
    path.write_text(text + dedent(expect).lstrip("\n"), encoding="utf-8")
    return examination(examined([path])).subjects[0]


def reading(subject: Subject) -> Reading:
    return read_expectations(subject.loaded, subject.root, subject.lines, lambda: subject.rules)


def expected(folder: Path, expect: str) -> tuple[Loaded, tuple[Claim, ...]]:
    """A scenario, and its expectations as claims."""
    subject = table(folder, expect)
    read = reading(subject)
    assert not read.found, read.found
    return subject.loaded, read.claims
