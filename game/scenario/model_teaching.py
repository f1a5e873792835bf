"""What the scenario teaches, and how that is checked: teaching, expectations, scripted plays."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from game.scenario.model_base import Model, words


class Teaching(Model):
    """For whoever runs it with people: what it is for, and what to talk about afterwards."""

    aim: str = Field(
        description="What somebody should have felt or learnt by the end.",
        examples=["Feel what a price costs when it is named before there is anyone to name it to."],
    )
    minutes: int = Field(
        default=15, description="Minutes of talk to plan after play.", examples=[15]
    )
    splits: list[str] = Field(
        default=[],
        description="Moments at which a room divides, and what to ask both halves.",
        examples=[["She asks for the price at once: half answers, half defers. Why?"]],
    )
    questions: list[str] = Field(
        default=[],
        description="Questions for the talk afterwards.",
        examples=[["Which of her sentences was about the mixer, and which about you?"]],
    )
    stereotype: str = Field(
        default="",
        description="What to answer when somebody says: but this is a stereotype.",
        examples=["It is one baker. Two streets on you will meet the opposite."],
    )
    approves: list[str] = Field(
        default=[],
        description="Moves that no review marks down, as policy steps with a condition.",
        examples=[["defer_price when asked = asks_price and trust < 0.4"]],
    )


class Arms(Model):
    """The two sellers compared. They meet the same buyers with the same luck."""

    A: Any = Field(
        description="A seller: the name of a shipped policy, a variant of one, or a list of steps.",
        examples=["rapport", "rapport - small_talk", ["greet", "small_talk*3", "offer_whole"]],
    )
    B: Any = Field(
        description="The seller it is compared with.", examples=["direct", "always_closing"]
    )


class Expectation(Model):
    """How A's mean should lie to B's. Differences are in the measure's own unit."""

    kind: Literal["greater", "at_least", "null", "monotone", "ratio", "correlation", "below"] = (
        Field(
            default="greater",
            description="The relation that should hold, with 99 % certainty.",
            json_schema_extra=words(
                greater="A exceeds B by more than delta",
                at_least="A does not fall short of B by more than delta",
                null="A and B differ by less than delta, either way",
                monotone="each step rises, end to end by more than delta",
                ratio="A divided by B exceeds delta",
                correlation="the correlation exceeds delta",
                below="A minus B stays below delta",
            ),
        )
    )
    delta: float = Field(
        default=0.0,
        description="The smallest difference that counts, in the unit of the measure (score and "
        "utilities: 0 to 1).",
        examples=[0.05, 0.02],
    )


class Expect(Model):
    """A statement that simulations of this scenario check: one seller fares better than another."""

    arms: Arms = Field(description="The two sellers.", examples=[{"A": "rapport", "B": "direct"}])
    measure: str = Field(
        default="score",
        description="What is compared: score, seller_utility, buyer_utility, trust, agreement …",
        examples=["score", "seller_utility", "trust"],
    )
    expect: Expectation = Field(
        default=Expectation(),
        description="How the two should lie to each other.",
        examples=[{"kind": "greater", "delta": 0.05}],
    )


class Play(Model):
    """A scripted game, and the events that must appear in it, in that order."""

    moves: list[str] = Field(
        description="The moves in the notation verb, verb:argument or verb:argument@buyer.",
        examples=[["greet", "small_talk:harvest", "offer_whole", "concede", "accept"]],
    )
    seed: int = Field(default=1, description="The seed it is played with.", examples=[7])
    events: list[str] = Field(
        default=[],
        description="What must happen, in that order: an initiative, told:fact, state:name, "
        "meeting:2, signed, or an ending.",
        examples=[["asks_price", "state:trusted", "signed", "agreement"]],
    )
