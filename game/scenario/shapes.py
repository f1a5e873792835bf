"""The models, walked along a path: which keys may stand somewhere, of which type and range.

A path as pydantic gives it has one step more than the file where a model depends on a word, such
as ``events.late.good_news.size``: the word itself, called a tag here.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from game.scenario.tree import Path


def inner(annotation: Any) -> Any:
    """Without Annotated and Optional."""
    while True:
        origin = typing.get_origin(annotation)
        if origin is typing.Annotated:
            annotation = typing.get_args(annotation)[0]
        elif origin in (typing.Union, types.UnionType):
            rest = [a for a in typing.get_args(annotation) if a is not type(None)]
            if len(rest) != 1:
                return annotation
            annotation = rest[0]
        else:
            return annotation


def fields(model: type[BaseModel]) -> dict[str, Any]:
    """The fields of a model by the key that stands in a file."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def members(annotation: Any) -> dict[str, type[BaseModel]]:
    """The models of a union by their ``kind``; empty if it is no such union."""
    here = inner(annotation)
    if typing.get_origin(here) not in (typing.Union, types.UnionType):
        return {}
    found: dict[str, type[BaseModel]] = {}
    for part in typing.get_args(here):
        model = inner(part)
        if isinstance(model, type) and issubclass(model, BaseModel) and "kind" in fields(model):
            for word in typing.get_args(inner(fields(model)["kind"].annotation)):
                found[str(word)] = model
    return found


def _below(annotation: Any, step: str | int) -> Any:
    """The type one step further down, or None. Constraints stay on it."""
    here = inner(annotation)
    if isinstance(here, type) and issubclass(here, BaseModel):
        info = fields(here).get(str(step))
        if info is None:
            return None
        if info.metadata:
            return typing.Annotated[(info.annotation, *info.metadata)]
        return info.annotation
    among = members(here)
    if among:
        return among.get(str(step))
    arguments = typing.get_args(here)
    if not arguments:
        return None
    return arguments[-1] if typing.get_origin(here) is dict else arguments[0]


def annotation_at(model: type[BaseModel], path: Path) -> Any:
    """The declared type at a path with its tags, or None. Constraints stay on it."""
    here: Any = model
    for step in path:
        here = _below(here, step)
        if here is None:
            return None
    return here


def untagged(model: type[BaseModel], path: Path) -> Path:
    """The same path as the file has it."""
    here: Any = model
    kept: list[str | int] = []
    for step in path:
        if str(step) not in members(here):
            kept.append(step)
        here = _below(here, step)
    return tuple(kept)


def tags(model: type[BaseModel], path: Path, data: Mapping[str, Any]) -> tuple[str, ...]:
    """The tag that leads on from a path to the model of the data there; empty if it needs none."""
    among = members(annotation_at(model, path))
    kind = str(data.get("kind", next(iter(among), "")))
    return (kind,) if kind in among else ()


def model_keys(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that may stand at a path with its tags."""
    here = inner(annotation_at(model, path))
    if isinstance(here, type) and issubclass(here, BaseModel):
        return list(fields(here))
    return []


def kinds_with(model: type[BaseModel], path: Path, key: str) -> list[str]:
    """For a path that ends in a tag: the other tags whose model has such a key."""
    if not path:
        return []
    among = members(annotation_at(model, path[:-1]))
    return [tag for tag, one in among.items() if key in fields(one)]


def bounds(model: type[BaseModel], path: Path) -> str:
    """The range of numbers at a path with its tags, in words."""
    low, high = limits(annotation_at(model, path))
    if low is not None and high is not None:
        return f"a number from {low:g} to {high:g}"
    if low is not None:
        return f"a number of at least {low:g}"
    return f"a number of at most {high:g}" if high is not None else ""


def limits(annotation: Any) -> tuple[float | None, float | None]:
    """The least and the greatest number that a type admits."""
    low: Any = None
    high: Any = None
    while typing.get_origin(annotation) in (typing.Annotated, typing.Union, types.UnionType):
        if typing.get_origin(annotation) is typing.Annotated:
            annotation, *metadata = typing.get_args(annotation)
            for constraint in metadata:
                for part in getattr(constraint, "metadata", None) or [constraint]:
                    low = getattr(part, "ge", getattr(part, "gt", low))
                    high = getattr(part, "le", getattr(part, "lt", high))
        else:
            annotation = next(a for a in typing.get_args(annotation) if a is not type(None))
    return low, high
