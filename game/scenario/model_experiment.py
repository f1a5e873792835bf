"""Experiments: what claims about the model and expectations of one scenario share."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from game.scenario.model_base import Model, words

Kind = Literal[
    "greater", "less", "positive", "at_least", "at_most", "above", "below", "between", "null",
    "rises", "monotone", "falls",
]  # fmt: skip
Contrast = Literal[
    "arms", "bands", "did", "single", "sweep", "ratio", "correlation", "crossing", "main_effects",
    "share_best", "swing", "odds", "within", "presets_order", "presets_overlap", "every_did",
    "same_trace", "same_chunks", "tuned", "skill", "luck", "recital", "best_share", "near_best",
    "parting", "regained", "closed_soon", "spread",
]  # fmt: skip
ScenarioContrast = Literal[
    "arms", "bands", "did", "single", "sweep", "ratio", "correlation", "crossing"
]


class Expected(Model):
    """How an effect should lie, with 99 % certainty. Delta is in the measure's own unit."""

    kind: Kind = Field(
        default="greater",
        description="The relation that should hold, with 99 % certainty.",
        json_schema_extra=words(
            greater="the effect exceeds delta",
            less="the effect lies below minus delta",
            positive="the effect exceeds 0",
            at_least="A does not fall short of B by more than delta",
            at_most="the effect stays below delta",
            above="the value itself lies above delta",
            below="the value itself lies below delta",
            between="a share lies above delta and below 1 - delta",
            null='A and B differ by less than delta, either way; in quotes: "null"',
            rises="each step of a sweep rises, end to end by more than delta",
            monotone="the same as rises",
            falls="each step of a sweep falls, end to end by more than delta",
        ),
    )
    delta: float | None = Field(
        default=None,
        description="The smallest difference that counts, in the unit of the measure (score and "
        "utilities: 0 to 1). Left out: .03 for a probability, half a turn, a quarter of a fact, "
        ".02 otherwise.",
        examples=[0.1, 0.02],
    )


class Experiment(Model):
    """What claims and expectations share. `buyers`, `measure` and arms take more than one form;
    they are read by hand so that a complaint can say which form is missing."""

    buyers: Any = Field(
        default=None,
        description="Bands that the buyer is drawn from, such as SP, MID, DI; each is tested by "
        "itself. Left out: the buyers as the scenario has them.",
        examples=["DI", ["SP", "DI"]],
    )
    with_: dict[str, Any] = Field(
        default={},
        alias="with",
        description="Changes of the scenario that the experiment is played with.",
        examples=[{"turns": 8}, {"rival": 0.8}],
    )
    arms: dict[str, Any] | None = Field(
        default=None,
        description="The sellers compared, by name. They meet the same buyers with the same luck.",
        examples=[{"A": "rapport", "B": "direct"}],
    )
    measure: Any = Field(
        default=None,
        description="What is compared, or a list of such: score, seller_utility, trust, deal …",
        examples=["score", ["deal", "trust"]],
    )
    contrast: Contrast | None = Field(
        default=None,
        description="What is compared with what; the two arms if left out.",
        examples=["bands", "single"],
    )
    expect: Expected | None = Field(
        default=None,
        description="How the effect should lie; greater than the measure's own delta if left out.",
        examples=[{"kind": "greater", "delta": 0.1}],
    )


class Expect(Experiment):
    """A statement that `longlunch check --deep` tests by playing this scenario many times."""

    claim: str = Field(
        default="",
        description="The statement in a line, for whoever reads the report.",
        examples=["Going round the price pays, and naming it early costs"],
    )
    arms: dict[str, Any] = Field(
        description="The sellers compared, by name: a shipped policy, a variant of one, or a list "
        "of steps. They meet the same buyers with the same luck.",
        examples=[
            {"A": "rapport", "B": "direct"},
            {"A": "rapport", "B": "rapport - small_talk"},
            {"A": ["greet", "small_talk*3", "offer_whole"], "B": "always_closing"},
        ],
    )
    measure: Any = Field(
        default="score",
        description="What is compared, or a list of such: score, seller_utility, trust, deal …",
        examples=["score", ["deal", "trust"]],
    )
    contrast: ScenarioContrast | None = Field(
        default=None,
        description="What is compared with what; the two arms if left out.",
        json_schema_extra=words(
            arms="A minus B, for each band",
            bands="the first band minus the second",
            did="A minus B with the first band, minus the same with the second",
            single="A's own value",
            sweep="the steps along the bands, or the arms",
            ratio="A divided by B",
            correlation="a pair x~y over the games",
            crossing="over a sweep exactly one change of leader",
        ),
    )
    runs: Annotated[int | None, Field(ge=200, le=20_000)] = Field(
        default=None,
        description="Games an arm; 2,000 if left out, 10,000 for null.",
        examples=[5_000],
    )
