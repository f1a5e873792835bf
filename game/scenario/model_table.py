"""What lies on the table: issues and their worth, topics, facts, extra demands, the score."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from game.scenario.model_base import Id, Model, Share, words


class Topic(Model):
    """Something to talk about away from the deal."""

    label: str = Field(
        description="How the topic is called in a sentence that is said to the buyer: “Tell me "
        "about …”. What follows a comma is left out there.",
        examples=["the persimmon harvest", "the first noodle press"],
    )
    radius: Literal[2, 3] = Field(
        default=3,
        description="How far from the deal it lies: 3 is personal, 2 the company.",
        json_schema_extra=words(**{"2": "about the company", "3": "personal"}),
    )


class Issue(Model):
    """One thing to agree on. Its options run from your best to theirs."""

    options: Annotated[list[Any], Field(min_length=2, max_length=8)] = Field(
        description="The choices, from the one you like best to the one they like best: numbers "
        "or texts, all different, without the signs ; = @ and : in them. Put yes and no in quotes.",
        examples=[[9800, 9200, 8600, 8000], ["June", "May", "April"]],
    )
    you: list[Share] = Field(
        description="What each option is worth to you, in the same order: mostly from 1 down to 0.",
        examples=[[1, 0.7, 0.35, 0]],
    )
    buyer: list[Share] = Field(
        description="What each option is worth to the buyer, in the same order: usually from 0 up "
        "to 1. Let the two sides fall and rise at different places, or there is nothing to trade.",
        examples=[[0, 0.4, 0.75, 1]],
    )
    label: str = Field(
        default="",
        description="Its name at the table, also in a sentence: “What do you need when it comes "
        "to …?”. Without it, the id.",
        examples=["price", "start of the line"],
    )
    unit: str = Field(
        default="",
        description="The unit of the options.",
        examples=["EUR", "months"],
    )
    price: bool | None = Field(
        default=None,
        description="true makes this the price, false says that it is none. Without the key the "
        "issue whose id begins with price is the price.",
        examples=[True],
    )


class Weights(Model):
    """What each issue weighs in the decision of either side. Only proportions count: the weights of
    a side are divided by their sum, so they may sum to anything but 0."""

    you: dict[Id, Share] = Field(
        description="Your weights, by the issue's id.",
        examples=[{"price_eur": 0.8, "delivery": 0.2}],
    )
    buyer: dict[Id, Share] = Field(
        description="The buyer's weights, by the issue's id. Where they differ from yours there is "
        "something to trade.",
        examples=[{"price_eur": 0.4, "delivery": 0.6}],
    )


class ScoreWeights(Model):
    """What the score counts, in percent; shown before play. Only proportions count."""

    you: float = Field(
        default=40, ge=0, le=100, description="Share of your deal, in percent.", examples=[40]
    )
    them: float = Field(
        default=20, ge=0, le=100, description="Share of their deal, in percent.", examples=[20]
    )
    relationship: float = Field(
        default=40,
        ge=0,
        le=100,
        description="Share of the relationship: how likely they are to be your customer a year on.",
        examples=[40],
    )


class Told(Model):
    """The words in which a fact is told, by the manner of the moment."""

    plain: str = Field(
        default="",
        description="In a plain manner, straight to the point.",
        examples=["A third shop. At Easter. So it has to be here by April."],
    )
    circling: str = Field(
        default="",
        description="In a circling manner: a picture or a story that says it.",
        examples=["My daughter has chosen the tiles already. You will smell the paint at Easter."],
    )


class Fact(Model):
    """Something the buyer knows and you do not: told when asked well, at the right trust."""

    depth: Literal["public", "semi", "private"] = Field(
        default="semi",
        description="How deep it lies; the trust state says which depths are told.",
        json_schema_extra=words(
            public="told to anybody who asks",
            semi="told to an acquaintance",
            private="told to somebody trusted",
        ),
    )
    about: Id = Field(
        description="The issue or topic it belongs to, by its id; questions about that may bring "
        "it out.",
        examples=["delivery"],
    )
    text: str = Field(
        description="The fact as a note in your notebook.",
        examples=["A third shop opens at Easter."],
    )
    says: Told = Field(
        default=Told(),
        description="The buyer's own words for it; without them the common voice leads in.",
        examples=[{"plain": "A third shop. At Easter."}],
    )
    buyer: Id | None = Field(
        default=None,
        description="Who knows it, where several people buy; without it, everybody.",
        examples=["kang"],
    )
    worth: float = Field(
        default=0.04,
        ge=0,
        le=0.3,
        description="What knowing it adds to a deal, as utility: all of it to theirs, half to "
        "yours, since the solution fits better.",
        examples=[0.04],
    )
    problem: bool = Field(
        default=True,
        description="Whether telling it opens the problem, without which nobody likes to sign. "
        "What is about an issue always does; set it to false for mere colour.",
    )


class Demand(Model):
    """Something extra a buyer may ask for once a price stands."""

    label: str = Field(
        description="What is asked for, as it stands in a sentence.",
        examples=["the installation at no charge"],
    )
    cost: float = Field(
        default=0.05, ge=0, le=0.3, description="What granting it costs you, as utility.",
        examples=[0.05],
    )  # fmt: skip
    worth: float = Field(
        default=0.04, ge=0, le=0.3, description="What it brings them, as utility.", examples=[0.04]
    )
