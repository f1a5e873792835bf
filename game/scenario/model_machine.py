"""The trust-state machine as data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from game.scenario.model_base import Change, Id, Model, Share, words


class State(Model):
    """One state of the trust machine. Conditions are in the grammar of decision 8."""

    rank: int | None = Field(
        default=None,
        ge=0,
        le=20,
        description="Its rung on the ladder, from 0; without it the state stands beside it.",
        examples=[0, 1],
    )
    enter: str = Field(
        default="",
        description="Condition under which it is entered.",
        examples=["trust > 0.28", "price_named and trust < 0.3 and diffuseness > 0.35"],
    )
    leave: str = Field(
        default="",
        description="Condition under which it is left. Keep it apart from the entering one, or the "
        "buyer flickers.",
        examples=["trust < 0.2"],
    )
    to: str = Field(
        default="",
        description="Where leaving leads; without it, to the start.",
        examples=["acquainted"],
    )
    from_: Annotated[list[str], Field(alias="from")] = Field(
        default=[],
        description="Which states it may follow; without it every lower rank, and beside the "
        "ladder any state.",
        examples=[["stranger", "acquainted"]],
    )
    tells: list[Literal["public", "semi", "private"]] = Field(
        default=["public"],
        description="Which depths of facts are told in it.",
        examples=[["public", "semi"]],
    )
    patience: Change = Field(
        default=0.0, description="Patience that entering it gives back.", examples=[0.04]
    )
    demands: Literal["never", "rarely", "sometimes", "often"] = Field(
        default="rarely",
        description="How often something extra is asked for in it.",
        json_schema_extra=words(
            never="never", rarely="1 turn in 20", sometimes="2 turns in 9", often="every other turn"
        ),
    )
    concession: Share = Field(
        default=0.5,
        description="How much of the concession that time and your offers call for is given in it.",
        examples=[0.6],
    )
    signs: float = Field(
        default=0.0,
        ge=-5,
        le=5,
        description="How much readier to sign it makes a diffuse buyer, in logits.",
        examples=[4.0],
    )
    tone: Literal["formal", "easy", "warm", "guarded", "polite", "shut"] = Field(
        default="formal",
        description="The tone of voice in it; words with a time of formal or easy follow it.",
    )
    ends: Literal["walkaway"] | None = Field(
        default=None, description="What entering it ends: walkaway, they leave."
    )


class Machine(Model):
    """The trust-state machine. A scenario writes down only what differs from the common one.

    A state that is set to null is taken out.
    """

    start: str = Field(
        default="stranger", description="The state everybody begins in.", examples=["stranger"]
    )
    states: dict[Id, State] = Field(
        default={},
        description="The states by id: whole new ones, or only the keys that differ.",
        examples=[{"trusted": {"enter": "trust > 0.5"}}],
    )
