"""The seller's words as data, for the schema and the reference.

A scenario keeps its phrases as plain mappings, which are most of a long file;
:mod:`game.scenario.phrases` checks them, with the words and keys of these models.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from game.scenario.model_base import Model, words

_Words = Annotated[str, Field(pattern=r"\S")]
_LineId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]

_TEXT = "What you say. {address}, {topic}, {about}, {price} and others in braces are filled in."


class Variant(Model):
    """One way to say it, for a time of its own."""

    text: _Words = Field(
        description=_TEXT, examples=["Good to see you, {address}. I have slept, I have eaten."]
    )
    when: Literal["early", "late", "formal", "easy"] | SkipJsonSchema[None] = Field(
        default=None,
        description="When it fits; without it, at any time.",
        json_schema_extra=words(
            early="in the first turns",
            late="in the last turns",
            formal="while the tone is formal",
            easy="once the tone is easy",
        ),
    )


class Phrase(Model):
    """Your words for one move, named by verb or verb.argument."""

    label: _Words | SkipJsonSchema[None] = Field(
        default=None,
        description="What the hand says you would do, never whether it is wise.",
        examples=["Ask about the new oven"],
    )
    tempts: _Words | SkipJsonSchema[None] = Field(
        default=None,
        description="The good reason for which a decent seller would choose it.",
        examples=["She may like to be asked about what she built."],
    )
    says: dict[_LineId, _Words | Variant] = Field(
        default={},
        description="Ways to say it, each with an id of its own in the whole file: a text, or a "
        "text with the time it is for.",
        examples=[{"greet_flour": "Good morning. I smelt the bread from two streets away."}],
    )
