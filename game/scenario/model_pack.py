"""The files that a pack has beside its scenarios and voices, as data."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from game.scenario.model_base import Id, Model, SlugId

Title = Annotated[str, Field(min_length=1, max_length=100)]


class Manifest(Model):
    """``pack.yaml``: what a pack is called, whose it is, and which scenarios it offers."""

    pack: SlugId = Field(
        description="The pack's id: lower-case letters, digits and hyphens.",
        examples=["harbour-week"],
    )
    title: Title = Field(description="What people call it.", examples=["A week at the harbour"])
    version: str = Field(
        pattern=r"^[0-9][0-9A-Za-z.+-]*$",
        max_length=20,
        description="The version of the pack, in quotes; raise it when something changes.",
        examples=["1.0"],
    )
    authors: Annotated[list[Title], Field(min_length=1, max_length=20)] = Field(
        description="Who wrote it.", examples=[["Ines Okafor"]]
    )
    licence: Title = Field(
        description="Under what terms others may use it; SPDX names are short and clear.",
        examples=["CC-BY-4.0"],
    )
    language: str = Field(
        pattern=r"^[a-z]{2,3}(-[0-9A-Za-z]{2,8})*$",
        max_length=20,
        description="The language of its texts.",
        examples=["en", "pt-BR"],
    )
    scenarios: Annotated[list[SlugId], Field(min_length=1, max_length=60)] = Field(
        description="Ids of its scenarios, in the order in which they are shown.",
        examples=[["slipway", "winter-berth"]],
    )
    description: str = Field(
        default="",
        max_length=2000,
        description="What it is for, in a few sentences.",
        examples=["Five tables around a shipyard, for buyers of steel and paint."],
    )
    program: str = Field(
        default="0",
        pattern=r"^[0-9]{1,4}(\.[0-9]{1,4}){0,2}$",
        description="The oldest version of the program that plays it, in quotes.",
        examples=["0.1"],
    )


class PackMoves(Model):
    """A pack's ``moves.yaml`` before it is laid over the shipped moves."""

    moves: dict[Id, dict[str, Any]] = Field(
        description="New verbs as a whole, and of shipped ones the weights that differ."
    )


class PackMachine(Model):
    """A pack's ``machine.yaml``: changes to the trust machine, as a scenario makes them."""

    trust_machine: dict[str, Any] = Field(description="What differs from the common machine.")


class PackPhrases(Model):
    """A pack's ``phrases.yaml``: words for moves, as a scenario's ``phrases:`` has them."""

    moves: dict[str, Any] = Field(description="Words by verb, or by verb.argument.")


class PackPolicies(Model):
    """A pack's ``policies.yaml``: sellers of its own, by name."""

    policies: dict[
        Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=40)],
        Annotated[list[str], Field(min_length=1, max_length=60)],
    ] = Field(description="Steps in the policy notation, by the seller's name.")
