"""What the scenario teaches, and how that is checked: teaching, scripted plays."""

from __future__ import annotations

from pydantic import Field

from game.scenario.model_base import Model


class Teaching(Model):
    """For whoever runs it with people: what it is for, and what to talk about afterwards."""

    aim: str = Field(
        description="What somebody should have felt or learnt by the end.",
        examples=["Feel what a price costs when it is named before there is anyone to name it to."],
    )
    minutes: int = Field(
        default=15,
        description="Minutes to plan in all, for playing and for the talk afterwards.",
        examples=[30],
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


class Play(Model):
    """A scripted game, and the events that must appear in it, in that order."""

    moves: list[str] = Field(
        description="The moves in the notation verb, verb:argument or verb:argument@buyer, from "
        "the preparation on; wait sits down.",
        examples=[["wait", "greet", "small_talk:harvest", "offer_whole", "concede", "accept"]],
    )
    seed: int = Field(default=1, description="The seed it is played with.", examples=[7])
    events: list[str] = Field(
        default=[],
        description="What must happen, in that order: an initiative, told:fact, state:name, "
        "meeting:2, signed, or an ending.",
        examples=[["asks_price", "state:trusted", "signed", "agreement"]],
    )
