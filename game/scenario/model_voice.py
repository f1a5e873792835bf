"""Voice files as data: what a buyer says, shows and thinks, and the letters at the end."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from game.scenario.model_base import Id, Model, Retold, words

Text = Annotated[str, Field(min_length=1, max_length=1200)]
Pole = Literal["plain", "circling"]
States = Annotated[list[str], Field(alias="in")]

_TEXT = (
    "The words. {address}, {topic}, {about}, {price} and others in braces are filled in where the "
    "occasion has them."
)
_IN = "The trust states it is for; without it, any."
_POLES = words(plain="straight to the point", circling="by way of a picture or a story")


class Tells(Model):
    """The two habits that give this person away, for the designer. Notices show them."""

    easing: str = Field(
        default="",
        description="What can be seen when something eases.",
        examples=["He pushes his glasses up into his hair."],
    )
    tightening: str = Field(
        default="",
        description="What can be seen when something tightens.",
        examples=["He turns his cup a quarter turn."],
    )


class Say(Model):
    """Words of the buyer."""

    on: str = Field(
        description="The occasion: a verb of the seller, verb.argument, something the buyer starts "
        "(asks_price, invites …) or answers (accepts, counters, rejects …), arrive, hint.need, "
        "demand.id, a way of leaving, or any.",
        examples=["greet", "small_talk.harvest", "asks_price", "arrive.2", "hint.march"],
    )
    in_: States = Field(default=[], description=_IN, examples=[["stranger", "wary"]])
    as_: Annotated[Pole | None, Field(alias="as")] = Field(
        default=None,
        description="The manner it is said in; without it, either.",
        json_schema_extra=_POLES,
    )
    text: Text = Field(
        description=_TEXT, examples=["Since you ask about {topic}: better than last year."]
    )


class Notice(Retold):
    """What the seller can see."""

    on: str = Field(
        description="The reaction it shows: closes, cools, still, warms or opens.",
        examples=["warms", "closes"],
    )
    after: str | None = Field(
        default=None,
        description="Only after this move: a verb, verb.argument, or a ring.",
        examples=["quote", "personal"],
    )
    in_: States = Field(default=[], description=_IN, examples=[["trusted", "partner"]])
    as_: Annotated[Pole | None, Field(alias="as")] = Field(
        default=None,
        description="The manner of the moment; without it, either.",
        json_schema_extra=_POLES,
    )
    tell: Literal["easing", "tightening"] | None = Field(
        default=None, description="Which of the two habits the line shows."
    )
    gaze: Literal["you", "left", "right", "down"] | None = Field(
        default=None,
        description="Where the eyes go; without it, where an English text says they do.",
    )
    text: Text = Field(description="What is seen, one image.", examples=["The kettle goes on."])


class Thought(Model):
    """What the buyer thinks, shown only in the review."""

    on: str = Field(
        description="A reaction, something they started or answered, or a way of leaving.",
        examples=["cools", "asks_price", "accepts"],
    )
    after: str | None = Field(
        default=None,
        description="Only after this move: a verb, verb.argument, or a ring.",
        examples=["quote", "terms"],
    )
    in_: States = Field(default=[], description=_IN, examples=[["fair_game"]])
    as_: Annotated[Pole | None, Field(alias="as")] = Field(
        default=None,
        description="The pole the person is nearer to in this game; without it, either.",
        json_schema_extra=words(plain="nearer to specific", circling="nearer to diffuse"),
    )
    text: Text = Field(
        description="The thought, one or two sentences.", examples=["Finally. Now we can work."]
    )


class Letter(Model):
    """The letter six months later."""

    on: str = Field(
        description="The ending it follows: agreement, impasse, walkaway, deadline or parted.",
        examples=["agreement", "parted"],
    )
    trust: Literal["low", "mid", "high"] | None = Field(
        default=None, description="The trust it is written in; without it, any."
    )
    text: Annotated[str, Field(min_length=1, max_length=2400)] = Field(
        description="The letter.", examples=["{name} asks me to say that the mixer runs."]
    )


class VoiceModel(Model):
    """One voice: the lines of one buyer. What it has no line for, the common voice says."""

    voice: str = Field(description="Its name, as the file is called.", examples=["kang"])
    tells: Tells = Field(
        default=Tells(),
        description="The two habits, for the designer.",
        examples=[{"easing": "The cup is put down.", "tightening": "The cup is turned."}],
    )
    says: dict[Id, Say] = Field(
        default={},
        description="What is said, by an id of its own for every line.",
        examples=[{"greet_door": {"on": "greet", "text": "Come in, mind the step."}}],
    )
    notices: dict[Id, Notice] = Field(
        default={},
        description="What can be noticed.",
        examples=[{"warm_kettle": {"on": "warms", "text": "The kettle goes on."}}],
    )
    thinks: dict[Id, Thought] = Field(
        default={},
        description="What is thought.",
        examples=[{"cool_price": {"on": "cools", "after": "quote", "text": "So that is it."}}],
    )
    letters: dict[Id, Letter] = Field(
        default={},
        description="Letters six months later.",
        examples=[{"signed": {"on": "agreement", "text": "It runs. Come and see it."}}],
    )
