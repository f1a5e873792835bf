"""The people: the buyer, and your own house."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from game.scenario.model_base import Id, Model, Share, Spread


class Portrait(Model):
    """How somebody looks in the drawn portrait; none of it touches behaviour."""

    hair: str = Field(
        default="short",
        description="Cut of the hair: bald, shaved, cropped, short, side, receding, wavy, curly, "
        "afro, locs, pixie, bob, long, tied, bun, braid or hijab.",
        examples=["curly", "bun"],
    )
    hair_colour: str = Field(
        default="black",
        description="Colour of the hair: black, dark, brown, chestnut, auburn, red, blond, fair, "
        "salt, grey, silver or white.",
        examples=["grey", "brown"],
    )
    skin: str = Field(
        default="medium",
        description="Tone of the skin: pale, fair, light, olive, medium, tan, brown, dark or deep.",
        examples=["light", "brown"],
    )
    age: int = Field(
        default=50,
        ge=16,
        le=99,
        description="Age in years; lines and temples follow it.",
        examples=[34, 61],
    )
    dress: str = Field(
        default="suit",
        description="What is worn: suit, jacket, apron, overall, cardigan, uniform, blouse, knit, "
        "turtleneck, vest, shirt, sari or chef.",
        examples=["apron", "jacket"],
    )
    glasses: bool = Field(default=False, description="Whether glasses are worn.")
    beard: bool = Field(default=False, description="Whether there is a beard.")


class Need(Model):
    """One thing the buyer may need most. One is drawn per game; the seller has to find out which.

    Its weights take the place of the buyer's usual ones.
    """

    chance: Share = Field(
        description="Probability that this is the need of a game; those of all needs sum to 1.",
        examples=[0.45, 0.25],
    )
    weights: dict[Id, Share] = Field(
        description="What each issue weighs for a buyer with this need, by the issue's id. Only "
        "proportions count.",
        examples=[{"price_eur": 0.2, "delivery": 0.8}],
    )
    label: str = Field(
        default="",
        description="The need in a few words, as the review names it.",
        examples=["a line that runs in March"],
    )


class Buyer(Model):
    """One person on the other side. What they are like is theirs, and not their country's."""

    name: str = Field(
        description="The name as it is read at the table.",
        examples=["Inês Duarte", "Kang Dae-jung"],
    )
    role: str = Field(
        default="",
        description="What they are, and where.",
        examples=["Owner, Padaria Duarte"],
    )
    address: str = Field(
        default="",
        description="How you call them to their face; without it, their name.",
        examples=["Director Kang", "Ms. Duarte"],
    )
    pronoun: Literal["he", "she", "they"] = Field(
        default="they", description="The pronoun in what is noticed and told about them."
    )
    portrait: Portrait = Field(
        default=Portrait(),
        description="How they look; it touches nothing else.",
        examples=[{"hair": "curly", "age": 50, "dress": "apron"}],
    )
    culture: str | None = Field(
        default=None,
        description="A country code from common/cultures.yaml, kept as a note on where your guess "
        "came from. It never acts; diffuseness does.",
        examples=["PT", "KR"],
    )
    diffuseness: Spread = Field(
        description="Where the person stands on the continuum. 0 is specific: business is one "
        "thing, the person another. 1 is diffuse: first the person, then the price. The sd says "
        "how sure you are.",
        examples=[{"mean": 0.72, "sd": 0.12}, {"mean": 0.2, "sd": 0.1}],
    )
    expressiveness: Share = Field(
        default=0.5,
        description="How plainly a change of trust shows: 0 a still face, 1 an open book.",
        examples=[0.45, 0.8],
    )
    status: Share = Field(
        default=0.4,
        description="How much titles, age and respect count: 0 not at all, 1 very much. Slights "
        "hurt more with it.",
        examples=[0.3, 0.7],
    )
    clock: Share = Field(
        default=0.5,
        description="Sense of time: 0 one thing after the other, watch in hand; 1 many things at "
        "once, as they come.",
        examples=[0.2, 0.65],
    )
    bargainer: Share = Field(
        default=0.2,
        description="How readily deadlines and late extra demands are used: 0 never, 1 with "
        "relish. A trait of the person, whatever the diffuseness.",
        examples=[0.35, 0.7],
    )
    patience: Spread = Field(
        default=Spread(mean=0.75, sd=0.08),
        description="The patience they come with, 0 to 1. Every turn uses some; at 0 they leave.",
        examples=[{"mean": 0.8, "sd": 0.07}],
    )
    reservation: Spread = Field(
        default=Spread(mean=0.3, sd=0.05),
        description="What their alternative is worth, as a utility from 0 to 1: below it they "
        "sign nothing.",
        examples=[{"mean": 0.32, "sd": 0.1}],
    )
    mood_sd: float = Field(
        default=0.1,
        ge=0,
        le=0.3,
        description="How much the mood of the day strays around none. A good mood lends a little "
        "trust and lets good moves count for more.",
        examples=[0.1],
    )
    starting_trust: float = Field(
        default=0.0,
        ge=-0.5,
        le=1,
        description="What is added to all beliefs at the start: above 0 your house has a good "
        "name with them, below 0 something to make up for.",
        examples=[0.1, -0.15],
    )
    say: bool = Field(
        default=True,
        description="Whether the deal needs their yes. Somebody without a say can still help or "
        "spoil it.",
    )
    voice: str | None = Field(
        default=None,
        description="Name of a file in voices/ with their own lines. Without it the common voice "
        "speaks.",
        examples=["kang"],
    )
    needs: dict[Id, Need] = Field(
        default={},
        description="What they may need most; one is drawn per game. Chances sum to 1.",
        examples=[
            {"early": {"chance": 1, "weights": {"delivery": 0.7, "price_eur": 0.3}}},
        ],
    )
    weights: dict[Id, Share] = Field(
        default={},
        description="What each issue weighs for this person, where it differs from weights.buyer. "
        "Needs go before it. Only proportions count.",
        examples=[{"price_eur": 0.4, "delivery": 0.6}],
    )
    welcome: list[Id] = Field(
        default=[],
        description="Topics they like; one of them is drawn per game and counts for more.",
        examples=[["harvest", "walking"]],
    )
    sore: list[Id] = Field(
        default=[],
        description="Topics that hurt; one of them is drawn per game and costs what it touches.",
        examples=[["brother"]],
    )


class Referral(Model):
    """Somebody whose name opens the door."""

    given_by: str = Field(
        description="Who it is, and what ties them to the buyer.",
        examples=["Oh Sun-hee, who printed their film for thirty years"],
    )
    strength: Share = Field(
        default=0.7,
        description="How much the name counts with the buyer; more so for a diffuse one.",
        examples=[0.7, 0.4],
    )
    at_start: bool = Field(
        default=False,
        description="true: you come with it. false: preparing has to find it first.",
    )


class Rival(Model):
    """The competitor."""

    name: str = Field(
        default="", description="Who else could have the order.", examples=["Daeil Pack"]
    )
    strength: Share = Field(
        default=0.3,
        description="How good the rival's offer is: 0 no rival, 1 as good as yours in everything. "
        "It hardens the bargaining and tempts the buyer away later.",
        examples=[0.35, 0.6],
    )


class Preparation(Model):
    """What can be looked up before the first meeting. Each thing costs one slot."""

    slots: int = Field(
        default=2,
        ge=0,
        le=4,
        description="How many of the four things there is time for.",
        examples=[2, 1],
    )
    objectives: str = Field(
        default="",
        description="What is found about their aims; sharpens questions.",
        examples=["They open an export line in March and buy once a year, in January."],
    )
    history: str = Field(
        default="",
        description="What is found about the house and its people; carries talk about both.",
        examples=["Founded in 1961 with one second-hand press and a borrowed cart."],
    )
    referral: str = Field(
        default="",
        description="What is found about whoever could vouch for you.",
        examples=["Oh Sun-hee gave them credit in 1998, and is willing to be named."],
    )
    rivals: str = Field(
        default="",
        description="What is found about the competition; backs your figures.",
        examples=["Daeil rents machines out at about 38 the unit, with two mechanics in all."],
    )


class BossNote(Model):
    """A message from your own boss, pulling towards the close."""

    turn: int = Field(
        ge=1, description="The turn it arrives at, counted through all meetings.", examples=[3]
    )
    text: str = Field(
        description="The words of the message.",
        examples=["Still at lunch? Put a figure on the table and see what she does."],
    )


class House(Model):
    """Your own side: who you are, what you want, what you fall back on, what the boss rewards."""

    firm: str = Field(default="", description="Whom you sell for.", examples=["Tessmer Packaging"])
    role: str = Field(default="", description="What you are there.", examples=["account manager"])
    want: str = Field(
        default="",
        description="What you hope to bring home.",
        examples=["an order for both shops at a price that pays for the service"],
    )
    alternative: str = Field(
        default="",
        description="What you do if there is no deal (your BATNA), in words.",
        examples=["sell the same mixer to a hotel for 8,600"],
    )
    reservation: Share = Field(
        default=0.25,
        description="What that alternative is worth to you, as a utility from 0 to 1. A deal worth "
        "less is worse than none.",
        examples=[0.25, 0.4],
    )
    boss: str = Field(default="", description="Who waits for your call.", examples=["Jost, sales"])
    bonus: str = Field(
        default="",
        description="What the boss rewards; the ending sets it beside what the account became.",
        examples=["Two per cent of the first year, if it is signed by Friday."],
    )
    notes: list[BossNote] = Field(
        default=[],
        description="Messages from the boss during play.",
        examples=[[{"turn": 3, "text": "Landed well? It only needs a number from you."}]],
    )
