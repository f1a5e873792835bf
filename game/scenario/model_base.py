"""What all models of authored files share: strictness, ids, shares, drawn quantities.

A key's description, examples and the meanings of its words stand at the key itself. The JSON
Schema, the reference and an editor's hovers are made of them (:mod:`game.scenario.schema`).
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

Share = Annotated[float, Field(ge=0, le=1)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
SlugId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
Tag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
Change = Annotated[float, Field(ge=-1, le=1)]
Triple = Annotated[list[Change], Field(min_length=3, max_length=3)]

WORDS = "words"  # the key under which a field keeps the meanings of its words


class Model(BaseModel):
    # Built when first validated: most classes are only ever a part of another one.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Retold(Model):
    """A part whose words decide what is drawn and heard, in whatever language it is shown."""

    _originals: dict[str, str] = PrivateAttr(default_factory=dict)

    def original(self, field: str) -> str:
        """A text of it as its author wrote it, before it was translated."""
        text: str = self._originals.get(field) or getattr(self, field)
        return text

    def retold(self, texts: dict[str, str]) -> Retold:
        """The same part with some texts in other words, by field."""
        told = self.model_copy(update=texts)
        told._originals = {field: self.original(field) for field in texts}
        return told


def words(**meanings: str) -> dict[str, Any]:
    """What each word of a literal means, in the literal's order; for ``json_schema_extra``."""
    return {WORDS: meanings}


class Spread(Model):
    """A quantity drawn for each game from a bell curve, cut to 0…1."""

    mean: Share = Field(description="Where it lies on average, 0 to 1.", examples=[0.72, 0.3])
    sd: float = Field(
        default=0.0,
        ge=0,
        le=0.5,
        description="How far it strays: two games in three lie within one sd of the mean. "
        "0 makes every game alike.",
        examples=[0.1, 0.05],
    )
