"""When it happens: meetings, a flight, further deals, and events."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, TypeAdapter

from game.scenario.model_base import Id, Model, Retold, Share, words

_SIZE = "How large it is: each belief it touches moves by up to so much, losses by a quarter more."


class Meeting(Retold):
    """One sitting together."""

    place: str = Field(
        default="",
        description="Where, as it stands in a heading.",
        examples=["her shop before dawn"],
    )
    setting: Literal["meeting_room", "restaurant", "tea_house", "office", "factory", "terminal"] = (
        Field(
            default="meeting_room",
            description="Which room is drawn. In a restaurant or tea house a meal can be shared.",
            json_schema_extra=words(
                meeting_room="a table and chairs",
                restaurant="a laid table; a meal can be shared",
                tea_house="low table and pot; a meal can be shared",
                office="somebody's desk",
                factory="a glass office over the machines",
                terminal="a harbour or airport",
            ),
        )
    )
    turns: int = Field(
        default=14,
        ge=1,
        le=60,
        description="How many turns it lasts: your move and their answer make one. A turn is about "
        "a minute of play.",
        examples=[12, 9],
    )
    present: list[Id] = Field(
        default=[],
        description="Who is there, by the buyers' ids; without it, everybody.",
        examples=[["kang"]],
    )
    gap_days: int = Field(
        default=0,
        ge=0,
        le=3650,
        description="Days between the meeting before and this one. Trust fades over them, and "
        "hurts heal.",
        examples=[1, 30],
    )
    gap_slots: int = Field(
        default=1,
        ge=0,
        le=6,
        description="How many things you can do in that gap: inform, visit, deliver.",
        examples=[1],
    )
    ground_rule: Literal["none", "no_business"] = Field(
        default="none",
        description="What was agreed about the talk itself.",
        json_schema_extra=words(
            none="nothing", no_business="no word about the deal: breaking that hurts"
        ),
    )
    hour: float = Field(
        default=10.0,
        ge=0,
        le=24,
        description="Hour of the day at which it begins, for the light in the room.",
        examples=[9.5, 15],
    )
    notice: str = Field(
        default="",
        description="What you notice on arriving.",
        examples=["The oven is warm; two cups stand on the flour sacks."],
    )


class Flight(Model):
    """A date that ends a meeting: soft and yours, or final for both sides."""

    meeting: int = Field(
        default=1, ge=1, description="Which meeting it ends, counted from 1.", examples=[2]
    )
    turn: int = Field(
        ge=1, le=60, description="The last turn of that meeting you can stay for.", examples=[6]
    )
    label: str = Field(
        default="",
        description="When and what, in words.",
        examples=["Friday, 18:40 from Incheon"],
    )
    movable: bool = Field(
        default=True,
        description="Whether you can rebook. A movable date is leverage for the patient side.",
    )
    cost: float = Field(
        default=0.06,
        ge=0,
        le=0.5,
        description="What rebooking costs you, as utility.",
        examples=[0.05],
    )
    known: bool = Field(
        default=False, description="Whether they know from the start when you leave."
    )
    final: bool = Field(
        default=False,
        description="Whether it ends the talks for both sides. Telling of a final deadline helps "
        "you; a soft one arms a bargainer.",
    )


# --- further deals --------------------------------------------------------------------------------


class Deal(Model):
    """A further deal after the first, at the last meeting's table."""

    kind: str = Field(default="renewal", description="What is sold this time.")
    gap_days: int = Field(
        default=180,
        ge=0,
        le=3650,
        description="Days since the deal before. When they have passed, the buyer stays or leaves.",
        examples=[180, 365],
    )
    slots: int = Field(
        default=1,
        ge=0,
        le=6,
        description="How many things you can do for the account in between.",
        examples=[1, 2],
    )
    rival: Share = Field(
        default=0.5, description="How good the rival's offer is by then, 0 to 1.", examples=[0.5]
    )
    unmet: bool = Field(
        default=False,
        description="Whether the last deal left the buyer's need open; that makes leaving likely.",
    )
    turns: int = Field(
        default=10, ge=1, le=60, description="How many turns there are for it.", examples=[6, 10]
    )


class Renewal(Deal):
    """The same business once more."""

    kind: Literal["renewal"] = Field(default="renewal", description="The same business once more.")
    subject: Literal["product"] = Field(
        default="product", description="Always the product, as it was the first time."
    )


class CrossSale(Deal):
    """Another thing, sold to the same people."""

    kind: Literal["cross_sale"] = Field(description="Another thing, sold to the same people.")
    subject: Literal["product", "service"] = Field(
        default="product",
        description="What they have to trust you in.",
        json_schema_extra=words(
            product="a product again: trust in the first one counts",
            service="a service: a specific buyer's trust in the product hardly carries over",
        ),
    )


def _deal_kind(value: Any) -> str:
    """The kind of a deal as written; a deal without one is a renewal."""
    if isinstance(value, dict):
        return str(value.get("kind", "renewal"))
    return str(getattr(value, "kind", "renewal"))


AnyDeal = Annotated[
    Annotated[Renewal, Tag("renewal")] | Annotated[CrossSale, Tag("cross_sale")],
    Discriminator(_deal_kind),
]


def deal_from(data: dict[str, Any]) -> Renewal | CrossSale:
    """A deal of plain data; raises pydantic's ValidationError."""
    adapter: TypeAdapter[Renewal | CrossSale] = TypeAdapter(AnyDeal)
    return adapter.validate_python(data)


# --- events ---------------------------------------------------------------------------------------


class Event(Retold):
    """Something that happens to the table. Without a turn, a facilitator plays it."""

    kind: str = Field(description="What happens.")
    label: str = Field(
        default="",
        description="What it is, for the facilitator's list.",
        examples=["The rival sends a better offer"],
    )
    notice: str = Field(
        default="",
        description="What you notice when it happens; without it the common words are used.",
        examples=["Her telephone hums. She reads it to the end and lays it face down."],
    )
    turn: int | None = Field(
        default=None,
        description="The turn of the meeting it happens at by itself; without it, it waits for a "
        "facilitator.",
        examples=[9],
    )
    meeting: int = Field(
        default=1, description="In which meeting, counted from 1.", examples=[1, 2]
    )


class SizedEvent(Event):
    """An event that weighs more or less."""

    size: Share = Field(default=0.15, description=_SIZE, examples=[0.15, 0.1])


class DeliveryFailure(SizedEvent):
    """Something you owe comes late or broken: ability falls, in service matters."""

    kind: Literal["delivery_failure"] = Field(description="Something you owe comes late or broken.")


class SkillLapse(SizedEvent):
    """Your house makes a mistake in its trade. An apology mends it."""

    kind: Literal["skill_lapse"] = Field(description="Your house makes a mistake in its trade.")


class DeceptionExposed(SizedEvent):
    """Something untrue comes to light: integrity falls, and a scar stays."""

    kind: Literal["deception_exposed"] = Field(
        description="Something untrue comes to light; a scar stays."
    )


class GoodNews(SizedEvent):
    """Something speaks for you: all beliefs rise."""

    kind: Literal["good_news"] = Field(description="Something speaks for you.")


class BadNews(SizedEvent):
    """Something speaks against you: all beliefs fall."""

    kind: Literal["bad_news"] = Field(description="Something speaks against you.")


class RivalOffer(SizedEvent):
    """The rival sends a better offer."""

    kind: Literal["rival_offer"] = Field(description="The rival sends a better offer.")
    size: Share = Field(
        default=0.15,
        description="How much it adds to the rival's strength, which goes to 1.",
        examples=[0.15],
    )


class FlightMoved(Event):
    """Your flight leaves earlier."""

    kind: Literal["flight_moved"] = Field(description="Your flight leaves earlier.")
    turns_earlier: int = Field(
        default=2,
        ge=1,
        le=20,
        description="How many turns earlier it leaves.",
        examples=[2, 4],
    )


class BossCalls(Event):
    """Your boss rings in front of everybody. It only distracts you."""

    kind: Literal["boss_calls"] = Field(
        description="Your boss rings in front of everybody; it changes nothing but your mind."
    )


AnyEvent = Annotated[
    DeliveryFailure
    | RivalOffer
    | FlightMoved
    | BossCalls
    | GoodNews
    | BadNews
    | SkillLapse
    | DeceptionExposed,
    Field(discriminator="kind"),
]


def event_from(data: dict[str, Any]) -> Event:
    """An event of plain data; raises pydantic's ValidationError."""
    adapter: TypeAdapter[Event] = TypeAdapter(AnyEvent)
    return adapter.validate_python(data)
