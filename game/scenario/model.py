"""What an author may write: the validated form of scenario and common files.

These classes say which keys exist, their defaults and their ranges. They know nothing of
arrays; :mod:`game.scenario.compile` turns a :class:`Scenario` into Rules.
Quantities: utilities, trust and shares lie in [0, 1]; gaps are days; times are turns.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
SlugId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
Triple = Annotated[list[float], Field(min_length=3, max_length=3)]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Spread(Model):
    """A quantity drawn per episode: normal, clipped to [0, 1]."""

    mean: Share
    sd: Annotated[float, Field(ge=0, le=0.5)] = 0.0


class Portrait(Model):
    """Parameters of the drawn portrait; none of them touches behaviour."""

    hair: str = "short"
    hair_colour: str = "black"
    skin: str = "medium"
    age: Annotated[int, Field(ge=16, le=99)] = 50
    dress: str = "suit"
    glasses: bool = False
    beard: bool = False


class Need(Model):
    """One thing the buyer may need most; drawn per episode, shifts his weights."""

    chance: Share
    weights: dict[Id, Share]
    label: str = ""


class Buyer(Model):
    name: str
    role: str = ""
    address: str = ""
    pronoun: Literal["he", "she", "they"] = "they"
    portrait: Portrait = Portrait()
    culture: str | None = None
    diffuseness: Spread
    expressiveness: Share = 0.5
    status: Share = 0.4
    clock: Share = 0.5
    bargainer: Share = 0.2
    patience: Spread = Spread(mean=0.75, sd=0.08)
    reservation: Spread = Spread(mean=0.3, sd=0.05)
    mood_sd: Annotated[float, Field(ge=0, le=0.3)] = 0.1
    starting_trust: Annotated[float, Field(ge=-0.5, le=1)] = 0.0
    say: bool = True
    voice: str | None = None
    needs: dict[Id, Need] = {}
    weights: dict[Id, Share] = {}
    welcome: list[Id] = []
    sore: list[Id] = []


class Topic(Model):
    """Something to talk about away from the deal. Radius 3 is personal, 2 the company."""

    label: str
    radius: Literal[2, 3] = 3


class Issue(Model):
    """Options run from your best to theirs; worths lie between 0 and 1."""

    options: Annotated[list[Any], Field(min_length=2, max_length=8)]
    you: list[Share]
    buyer: list[Share]
    label: str = ""
    unit: str = ""
    price: bool | None = None


class Weights(Model):
    you: dict[Id, Share]
    buyer: dict[Id, Share]


class ScoreWeights(Model):
    """What the score counts, in percent: your deal, their deal, the relationship."""

    you: Annotated[float, Field(ge=0, le=100)] = 40
    them: Annotated[float, Field(ge=0, le=100)] = 20
    relationship: Annotated[float, Field(ge=0, le=100)] = 40


class Told(Model):
    """The words in which a fact is told, by the pole of the manner."""

    plain: str = ""
    circling: str = ""


class Fact(Model):
    depth: Literal["public", "semi", "private"] = "semi"
    about: Id
    text: str
    says: Told = Told()
    buyer: Id | None = None
    worth: Annotated[float, Field(ge=0, le=0.3)] = 0.04
    problem: bool = True


class Demand(Model):
    """Something extra a buyer may ask for once a price stands; costs and worths are utilities."""

    label: str
    cost: Annotated[float, Field(ge=0, le=0.3)] = 0.05
    worth: Annotated[float, Field(ge=0, le=0.3)] = 0.04


class Flight(Model):
    """A date that ends a meeting: soft and yours, or final for both sides."""

    meeting: Annotated[int, Field(ge=1)] = 1
    turn: Annotated[int, Field(ge=1, le=60)]
    label: str = ""
    movable: bool = True
    cost: Annotated[float, Field(ge=0, le=0.5)] = 0.06
    known: bool = False
    final: bool = False


class Meeting(Model):
    place: str = ""
    setting: Literal["meeting_room", "restaurant", "tea_house", "office", "factory", "terminal"] = (
        "meeting_room"
    )
    turns: Annotated[int, Field(ge=1, le=60)] = 14
    present: list[Id] = []
    gap_days: Annotated[int, Field(ge=0, le=3650)] = 0
    gap_slots: Annotated[int, Field(ge=0, le=6)] = 1
    ground_rule: Literal["none", "no_business"] = "none"
    hour: Annotated[float, Field(ge=0, le=24)] = 10.0
    notice: str = ""


class Deal(Model):
    """A further deal after the first: the same table again, or an unrelated offer."""

    kind: Literal["renewal", "cross_sale"] = "renewal"
    subject: Literal["product", "service"] = "product"
    gap_days: Annotated[int, Field(ge=0, le=3650)] = 180
    slots: Annotated[int, Field(ge=0, le=6)] = 1
    rival: Share = 0.5
    unmet: bool = False
    turns: Annotated[int, Field(ge=1, le=60)] = 10


class Preparation(Model):
    slots: Annotated[int, Field(ge=0, le=4)] = 2
    objectives: str = ""
    history: str = ""
    referral: str = ""
    rivals: str = ""


class Referral(Model):
    given_by: str
    strength: Share = 0.7
    at_start: bool = False


class Rival(Model):
    name: str = ""
    strength: Share = 0.3


class BossNote(Model):
    turn: Annotated[int, Field(ge=1)]
    text: str


class House(Model):
    """Your own firm: what you want, what you fall back on, what the boss rewards."""

    firm: str = ""
    role: str = ""
    want: str = ""
    alternative: str = ""
    reservation: Share = 0.25
    boss: str = ""
    bonus: str = ""
    notes: list[BossNote] = []


class Event(Model):
    """Something that happens to the table: declared here, played by a facilitator or by turn."""

    label: str = ""
    notice: str = ""
    kind: Literal[
        "delivery_failure",
        "rival_offer",
        "flight_moved",
        "boss_calls",
        "good_news",
        "bad_news",
        "skill_lapse",
        "deception_exposed",
    ]
    size: Share = 0.15
    turn: int | None = None
    meeting: int = 1


class State(Model):
    """One state of the trust machine; expressions are in the grammar of decision 8."""

    rank: int | None = None
    enter: str = ""
    leave: str = ""
    to: str = ""
    from_: Annotated[list[str], Field(alias="from")] = []
    tells: list[Literal["public", "semi", "private"]] = ["public"]
    patience: float = 0.0
    demands: Literal["never", "rarely", "sometimes", "often"] = "rarely"
    concession: Share = 0.5
    signs: Annotated[float, Field(ge=-5, le=5)] = 0.0
    tone: Literal["formal", "easy", "warm", "guarded", "polite", "shut"] = "formal"
    ends: Literal["walkaway"] | None = None


class Machine(Model):
    start: str = "stranger"
    states: dict[Id, State] = {}


class Teaching(Model):
    aim: str
    minutes: int = 15
    splits: list[str] = []
    questions: list[str] = []
    stereotype: str = ""
    approves: list[str] = []  # moves no review marks down, as policy steps


class Arms(Model):
    A: Any
    B: Any


class Expectation(Model):
    kind: Literal["greater", "at_least", "null", "monotone", "ratio", "correlation", "below"] = (
        "greater"
    )
    delta: float = 0.0


class Expect(Model):
    arms: Arms
    measure: str = "score"
    expect: Expectation = Expectation()


class Play(Model):
    """A scripted playthrough and the events that must appear, in order."""

    moves: list[str]
    seed: int = 1
    events: list[str] = []


class Scenario(Model):
    scenario: SlugId
    title: str
    extends: SlugId | None = None
    selling: str = ""
    stake: str = ""
    minutes: int = 12
    city: str = ""
    lang: str = "en"
    currency: str = ""
    you: House = House()
    buyer: Buyer | None = None
    buyers: dict[Id, Buyer] = {}
    topics: dict[Id, Topic] = {}
    issues: dict[Id, Issue]
    weights: Weights
    score: ScoreWeights = ScoreWeights()
    facts: dict[Id, Fact] = {}
    demands: dict[Id, Demand] = {}
    blocks: dict[Id, str] = {}
    meetings: Annotated[list[Meeting], Field(min_length=1, max_length=6)]
    flight: Flight | None = None
    referral: Referral | None = None
    preparation: Preparation = Preparation()
    deals: Annotated[list[Deal], Field(max_length=8)] = []
    rival: Rival = Rival()
    cold_call: bool = False
    toughness: Annotated[float, Field(ge=-0.5, le=0.5)] = 0.0
    events: dict[Id, Event] = {}
    trust_machine: Machine | None = None
    phrases: dict[str, Any] = {}
    expect: list[Expect] = []
    plays: dict[Id, Play] = {}
    teaching: Teaching | None = None


class MoveModel(Model):
    """One verb: what it weighs at both poles. Words live in the phrases file.

    Evidence is (ability, benevolence, integrity), the change a first use makes to an empty belief.
    """

    radius: Annotated[float, Field(ge=0, le=3)]
    family: str
    ring: Literal["personal", "company", "problem", "terms", "manner", "prepare", "between"]
    args: Literal[
        "none", "topics", "company_topics", "abouts", "prices", "packages", "blocks", "demands"
    ] = "none"
    specific: Triple = [0.0, 0.0, 0.0]
    diffuse: Triple = [0.0, 0.0, 0.0]
    status: Triple = [0.0, 0.0, 0.0]
    group: Literal["people", "deal"] = "deal"
    slight: tuple[Share, Share] = (0.0, 0.0)
    patience: float = 0.0
    asks: Literal["", "direct", "indirect", "embarrassing", "follow_up", "volunteer"] = ""
    offers: Literal["", "price", "suggest", "given", "same", "next", "accept", "sign"] = ""
    scope: Literal["plain", "point", "whole"] = "plain"
    effect: str = ""
    prepared: list[Literal["objectives", "history", "referral", "rivals"]] = []
    answers: list[str] = []
    when_asked: dict[str, dict[Literal["specific", "diffuse"], Triple]] = {}
    needs: list[str] = []
    forbids: list[str] = []


class CommonMoves(Model):
    moves: dict[Id, MoveModel]
    ignored: dict[str, dict[Literal["specific", "diffuse"], Triple]] = {}
