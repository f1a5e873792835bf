"""What an author may write: the validated form of scenario and common files.

These classes say which keys exist, what they mean, their defaults and their ranges. They know
nothing of arrays; :mod:`game.scenario.compile` turns a :class:`Scenario` into Rules.
Quantities: utilities, trust and shares lie in [0, 1]; gaps are days; times are turns.

The scenario itself is here; its parts are in ``model_people``, ``model_table``,
``model_calendar``, ``model_machine``, ``model_teaching`` and ``model_moves``, and can all be
imported from here.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from game.scenario.model_base import Id, Model, Share, SlugId, Spread, Tag, Triple
from game.scenario.model_calendar import (
    AnyDeal,
    AnyEvent,
    CrossSale,
    Deal,
    Event,
    Flight,
    Meeting,
    Renewal,
    deal_from,
    event_from,
)
from game.scenario.model_experiment import Contrast, Expect, Expected, Experiment, Kind
from game.scenario.model_machine import Machine, State
from game.scenario.model_moves import CommonMoves, MoveModel
from game.scenario.model_people import (
    BossNote,
    Buyer,
    House,
    Need,
    Portrait,
    Preparation,
    Referral,
    Rival,
)
from game.scenario.model_table import (
    Demand,
    Fact,
    Issue,
    ScoreWeights,
    Told,
    Topic,
    Weights,
)
from game.scenario.model_teaching import Play, Teaching

__all__ = [
    "AnyDeal",
    "AnyEvent",
    "BossNote",
    "Buyer",
    "CommonMoves",
    "Contrast",
    "CrossSale",
    "Deal",
    "Demand",
    "Event",
    "Expect",
    "Expected",
    "Experiment",
    "Fact",
    "Flight",
    "House",
    "Id",
    "Issue",
    "Kind",
    "Machine",
    "Meeting",
    "Model",
    "MoveModel",
    "Need",
    "Play",
    "Portrait",
    "Preparation",
    "Referral",
    "Renewal",
    "Rival",
    "Scenario",
    "ScoreWeights",
    "Share",
    "SlugId",
    "Spread",
    "State",
    "Teaching",
    "Told",
    "Topic",
    "Triple",
    "Weights",
    "deal_from",
    "event_from",
]


class Scenario(Model):
    """One table to play at. Thirty lines are enough; every other key has a default."""

    scenario: SlugId = Field(
        description="The id, as the file is called: small letters, digits and “-”.",
        examples=["corner-bakery"],
    )
    title: str = Field(description="The title people choose it by.", examples=["The corner bakery"])
    extends: SlugId | None = Field(
        default=None,
        description="Another scenario of the same folder, or a shipped one, on which this file is "
        "laid key by key; null takes something out.",
        examples=["toronto"],
    )
    selling: str = Field(
        default="",
        description="What you sell, as it stands in a sentence.",
        examples=["a dough mixer for two shops"],
    )
    stake: str = Field(
        default="",
        description="What hangs on it, in a sentence. Say nothing about the buyer's style here.",
        examples=["The first order of a house that will open two more shops."],
    )
    minutes: int = Field(
        default=12, description="Minutes a game takes, as the list of tables says.", examples=[12]
    )
    city: str = Field(
        default="",
        description="Where it plays: the name above the place on the list of tables, in the "
        "briefing and at the table. It changes nothing in the game.",
        examples=["Porto"],
    )
    lang: Tag = Field(
        default="en", description="Language of the texts, as a code.", examples=["en", "pt"]
    )
    languages: list[Tag] = Field(
        default=[],
        description="Languages to be shown in as well; check reports what is not translated.",
        examples=[["de"]],
    )
    currency: str = Field(
        default="", description="Currency of the price, as a code.", examples=["EUR"]
    )
    you: House = Field(
        default=House(),
        description="Your own side: firm, aim, alternative, boss.",
        examples=[{"firm": "Brandt Mixers", "alternative": "sell it to a hotel"}],
    )
    buyer: Buyer | None = Field(
        default=None,
        description="The buyer, if there is one. Write either buyer or buyers.",
        examples=[{"name": "Inês Duarte", "diffuseness": {"mean": 0.72, "sd": 0.12}}],
    )
    buyers: dict[Id, Buyer] = Field(
        default={},
        description="Several buyers by id, or one whose id you choose. At most 4.",
        examples=[{"duarte": {"name": "Inês Duarte", "diffuseness": {"mean": 0.72}}}],
    )
    topics: dict[Id, Topic] = Field(
        default={},
        description="What can be talked about away from the deal. At most 8.",
        examples=[{"harvest": {"label": "the persimmon harvest", "radius": 3}}],
    )
    issues: dict[Id, Issue] = Field(
        description="What is to be agreed. One of them is the price: its id begins with price, or "
        "it says so. Together at most 1,024 packages.",
        examples=[
            {"price_eur": {"options": [9800, 9200, 8000], "you": [1, 0.7, 0], "buyer": [0, 0.4, 1]}}
        ],
    )
    weights: Weights = Field(
        description="What each issue weighs for either side. Only proportions count: the weights "
        "of a side are divided by their sum.",
        examples=[{"you": {"price_eur": 1}, "buyer": {"price_eur": 1}}],
    )
    score: ScoreWeights = Field(
        default=ScoreWeights(),
        description="What the score counts, shown before play.",
        examples=[{"you": 40, "them": 20, "relationship": 40}],
    )
    facts: dict[Id, Fact] = Field(
        default={},
        description="What the buyer knows and may tell. At most 16.",
        examples=[
            {"third_shop": {"depth": "private", "about": "delivery", "text": "A third shop opens."}}
        ],
    )
    demands: dict[Id, Demand] = Field(
        default={},
        description="Extras they may ask for once a price stands. At most 6.",
        examples=[{"installation": {"label": "the installation at no charge"}}],
    )
    blocks: dict[Id, str] = Field(
        default={},
        description="Parts of the solution that can be agreed one by one, before the price. At "
        "most 5.",
        examples=[{"layout": "where the line stands"}],
    )
    meetings: Annotated[list[Meeting], Field(min_length=1, max_length=6)] = Field(
        description="The meetings, in order.",
        examples=[[{"place": "her shop before dawn", "turns": 12}]],
    )
    flight: Flight | None = Field(
        default=None,
        description="A return flight or deadline that ends a meeting.",
        examples=[{"turn": 10, "label": "the 18:40 home"}],
    )
    referral: Referral | None = Field(
        default=None,
        description="Somebody who can vouch for you.",
        examples=[{"given_by": "her flour merchant", "strength": 0.6}],
    )
    preparation: Preparation = Field(
        default=Preparation(),
        description="What can be looked up before the first meeting.",
        examples=[{"slots": 2, "history": "Her father began with one oven."}],
    )
    deals: Annotated[list[AnyDeal], Field(max_length=8)] = Field(
        default=[],
        description="Further deals after the first.",
        examples=[[{"kind": "renewal", "gap_days": 365}]],
    )
    rival: Rival = Field(
        default=Rival(),
        description="Who else could have the order, and how good their offer is.",
        examples=[{"name": "Daeil Pack", "strength": 0.35}],
    )
    cold_call: bool = Field(
        default=False,
        description="Whether you come unannounced: then they may refuse a second turn.",
    )
    toughness: float = Field(
        default=0.0,
        ge=-0.5,
        le=0.5,
        description="How hard this table bargains while trust is missing: above 0 harder, below 0 "
        "softer.",
        examples=[0.1, -0.1],
    )
    events: dict[Id, AnyEvent] = Field(
        default={},
        description="Things that can happen to the table, by the clock or by a facilitator.",
        examples=[{"late_truck": {"kind": "delivery_failure", "turn": 9}}],
    )
    trust_machine: Machine | None = Field(
        default=None,
        description="What differs from the common trust-state machine.",
        examples=[{"states": {"trusted": {"enter": "trust > 0.5"}}}],
    )
    phrases: dict[str, Any] = Field(
        default={},
        description="Your own words for moves, by verb or verb.argument. Moves without any use the "
        "common ones.",
        examples=[
            {"greet": {"says": {"greet_flour": "Good morning. I smelt the bread from afar."}}}
        ],
    )
    expect: list[Expect] = Field(
        default=[],
        description="What simulations of this scenario should show.",
        examples=[
            [
                {
                    "arms": {"A": "rapport", "B": "direct"},
                    "measure": "score",
                    "expect": {"kind": "greater", "delta": 0.05},
                }
            ]
        ],
    )
    plays: dict[Id, Play] = Field(
        default={},
        description="Scripted games that must come out as written.",
        examples=[{"to_the_point": {"seed": 7, "moves": ["greet", "quote:9800", "part"]}}],
    )
    teaching: Teaching | None = Field(
        default=None,
        description="For whoever runs it with people: aim, moments, questions.",
        examples=[{"aim": "Notice when a question about the price is a question about you."}],
    )
