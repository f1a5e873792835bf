"""What a test for people may hold: the validated form of its YAML file.

There are two kinds. A *self-test* asks where people would put themselves between specific and
diffuse. A *judgment test* puts a situation before them and gives each answer points from a key.
Facilitators may bring files of their own; what such a file leaves out and the shipped test of that
kind has (the scale, bands, closing words) is taken from there.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from game.scenario.model import Id, Model, Share, SlugId

Kind = Literal["self", "judgment"]

Short = Annotated[str, Field(min_length=1, max_length=80)]
Text = Annotated[str, Field(min_length=1, max_length=600)]
Source = Annotated[str, Field(min_length=1, max_length=120)]

SCALE = 5  # steps from only A to only B
MOST_POINTS = 3


class SelfItem(Model):
    """A situation between two ways of taking it; `specific` says which stands for that pole."""

    dimension: Id
    title: Short
    sources: list[Source] = []
    situation: Text
    a: Text
    b: Text
    specific: Literal["a", "b"]


class Band(Model):
    """A stretch of a scale, up to and including `upto`, and what it says about somebody."""

    upto: Share
    name: Short
    reading: Text


class SelfTest(Model):
    """Answers are 1 (only A) to 5 (only B); bands divide d, spreads the answers' deviation."""

    test: SlugId
    kind: Literal["self"]
    title: Short
    intro: Text | None = None
    scale: Annotated[list[Short], Field(min_length=SCALE, max_length=SCALE)] = []
    bands: dict[Id, Band] = {}
    spreads: dict[Id, Band] = {}
    one_answer: Text | None = None
    limits: Text | None = None
    items: Annotated[dict[Id, SelfItem], Field(min_length=2, max_length=60)]


class Option(Model):
    """A move, the reason for choosing it, and its points by the key."""

    points: Annotated[int, Field(ge=0, le=MOST_POINTS)]
    does: Text
    because: Text | None = None


class JudgmentItem(Model):
    """A situation and the moves to choose from, in the order in which they are shown."""

    topic: Id
    title: Short
    sources: list[Source] = []
    situation: Text
    options: Annotated[dict[Id, Option], Field(min_length=2, max_length=6)]
    why: Text | None = None

    @property
    def key(self) -> tuple[int, ...]:
        """Points of the options, as they are numbered."""
        return tuple(option.points for option in self.options.values())

    @property
    def most(self) -> int:
        return max(self.key)


class Forms(Model):
    """Two halves to be taken before and after; the n-th items of both are a pair."""

    before: Annotated[list[Id], Field(min_length=1, max_length=30)]
    after: Annotated[list[Id], Field(min_length=1, max_length=30)]


class JudgmentTest(Model):
    """Answers are the number of an option, from 1."""

    test: SlugId
    kind: Literal["judgment"]
    title: Short
    intro: Text | None = None
    topics: dict[Id, Short]
    forms: Forms | None = None
    limits: Text | None = None
    items: Annotated[dict[Id, JudgmentItem], Field(min_length=1, max_length=60)]


Questionnaire = SelfTest | JudgmentTest
