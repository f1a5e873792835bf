"""The moves of common/moves.yaml as data; their words live in the phrases file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from game.scenario.model_base import Change, Id, Model, Share, Triple


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
    patience: Change = 0.0
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
