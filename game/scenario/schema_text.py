"""A schema in words: the type of a key, its range, its default; for hovers and the reference."""

from __future__ import annotations

import json
import re
from typing import Any

from game.scenario.scalars import read_scalar

Schema = dict[str, Any]

_TYPES = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "true or false",
    "array": "list",
    "object": "mapping",
}


def title_of(name: str) -> str:
    """``ScoreWeights`` → ``Score weights``; ``VoiceModel`` → ``Voice``."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Model")).lower()
    return words[:1].upper() + words[1:]


def flow(value: Any) -> str:
    """A value in one line of YAML, as an author would write it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(v) for v in value) + "]"
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, float):
        return f"{value:g}"
    return scalar(value) if isinstance(value, str) else str(value)


def scalar(text: str) -> str:
    """A text as YAML has it, in quotes only where it needs them."""
    plain = re.fullmatch(r"[^\W\d_][^\n:#,\[\]{}\"']*", text) and text == text.strip()
    if plain and read_scalar(text) == (text, None):
        return text
    return json.dumps(text, ensure_ascii=False)


def kind_text(node: Schema, defs: dict[str, Schema], link: bool = False) -> str:
    """What may stand there: ``number, 0 to 1``; ``list of texts``; the name of a part."""
    if "$ref" in node:
        return _part(node["$ref"], defs, link)
    if "const" in node:
        return f"`{node['const']}`"
    if "enum" in node:
        return " ".join(f"`{choice}`" for choice in node["enum"] if choice is not None)
    choices: Any = node.get("anyOf") or node.get("oneOf") or ()
    among = [p for p in choices if p != {"type": "null"}]
    if among:
        if "enum" in among[0]:
            return "text"
        return " or ".join(dict.fromkeys(kind_text(p, defs, link) for p in among))
    types: Any = node.get("type", "")
    names = [types] if isinstance(types, str) else [t for t in types if t != "null"]
    if names == ["array"]:
        return _list(node, defs, link)
    if names == ["object"]:
        return _mapping(node, defs, link)
    if str(node.get("pattern", "")).startswith("^[a-z][a-z0-9"):
        return "id"
    text = " or ".join(_TYPES.get(name, name) for name in names) or "anything"
    return text + _range(node)


def _part(reference: str, defs: dict[str, Schema], link: bool) -> str:
    name = reference.rsplit("/", 1)[1].removesuffix("Change")
    title = str(defs.get(name, {}).get("title", title_of(name)))
    return f"[{title}](#{anchor(title)})" if link else title


def anchor(title: str) -> str:
    """The anchor of a heading in Markdown."""
    return title.lower().replace(" ", "-")


def _list(node: Schema, defs: dict[str, Schema], link: bool) -> str:
    low, high = node.get("minItems"), node.get("maxItems")
    items = node.get("items", {})
    inside = kind_text(items, defs, link) if items else "anything"
    count = ""
    if low is not None and low == high:
        count = f"{low} × "
    elif low is not None and high is not None:
        count = f"{low} to {high} × "
    elif high is not None:
        count = f"up to {high} × "
    return f"list: {count}{inside}"


def _mapping(node: Schema, defs: dict[str, Schema], link: bool) -> str:
    inside, name = node.get("additionalProperties"), "name"
    if not isinstance(inside, dict):
        inside, name = next(iter(node.get("patternProperties", {}).values()), None), "id"
    most = node.get("maxProperties")
    count = f"up to {most} × " if most is not None else ""
    return f"mapping: {count}{name} → {kind_text(inside, defs, link) if inside else 'anything'}"


def _range(node: Schema) -> str:
    low, high = node.get("minimum"), node.get("maximum")
    if low is not None and high is not None:
        return f", {low:g} to {high:g}"
    if low is not None:
        return f", {low:g} or more"
    if high is not None:
        return f", at most {high:g}"
    if "maxLength" in node:
        return f", at most {node['maxLength']:,} characters"
    return ""


def default_text(node: Schema, defs: dict[str, Schema]) -> str:
    """The default in a line of YAML; empty if there is none worth telling."""
    default = node.get("default")
    if default in (None, "", [], {}) or default == _defaults_of(node.get("$ref", ""), defs):
        return ""
    return flow(default)


def _defaults_of(reference: str, defs: dict[str, Schema]) -> dict[str, Any]:
    """What a part is when all of its keys are left out."""
    part = defs.get(reference.rsplit("/", 1)[-1], {})
    return {key: node.get("default") for key, node in part.get("properties", {}).items()}


def markdown(node: Schema, defs: dict[str, Schema]) -> str:
    """The description, with type, range and default; an editor adds words and examples itself."""
    default = default_text(node, defs)
    plain = "$ref" in node or "enum" in node or "const" in node
    kind = "" if plain else kind_text(node, defs)
    facts = ["" if kind in ("text", "id") else kind, f"default `{default}`" if default else ""]
    known = "; ".join(fact for fact in facts if fact)
    said = str(node["description"])
    return f"{said}\n\n*{known[:1].upper()}{known[1:]}*" if known else said
