"""What may stand in a file that is laid on another: every part, whole or only what differs.

A scenario that ``extends`` another, and the trust machine of any scenario, are merged key by key:
no key is required, and null takes a key out. Lists are replaced whole.
"""

from __future__ import annotations

import copy
from typing import Any

Schema = dict[str, Any]

# What holds of a whole part only.
_WHOLE = ("required", "if", "then", "else", "allOf", "not", "minProperties")


def change_of(name: str, defs: dict[str, Schema]) -> Schema:
    """The schema of a change of one part."""
    return _changed(copy.deepcopy(defs[name]))


def _changed(node: Schema) -> Schema:
    for key in _WHOLE:
        node.pop(key, None)
    if "oneOf" in node:  # whose keys are all that a change of any kind may have
        node["anyOf"] = [_reference(part["$ref"]) for part in node.pop("oneOf")]
    for section in ("properties", "patternProperties"):
        if section in node:
            node[section] = {key: _value(part) for key, part in node[section].items()}
    if isinstance(node.get("additionalProperties"), dict):
        node["additionalProperties"] = _value(node["additionalProperties"])
    return node


def _value(node: Schema) -> Schema:
    """The value of a key: the same, a change of it where it is a mapping, or null."""
    # the default is what the other file says
    node = {k: v for k, v in node.items() if k not in ("default", "examples")}
    said = {k: v for k, v in node.items() if k not in ("$ref", "anyOf", "oneOf")}
    if "$ref" in node:
        return {**said, "anyOf": [_reference(node["$ref"]), {"type": "null"}]}
    among = node.get("oneOf") or node.get("anyOf")
    if among is not None:
        parts = [_reference(p["$ref"]) if "$ref" in p else p for p in among]
        return {**said, "anyOf": [*(p for p in parts if p != {"type": "null"}), {"type": "null"}]}
    if node.get("type") == "object":
        node = _changed(node)
    kind = node.get("type")
    if isinstance(kind, str):
        node["type"] = [kind, "null"]
    if "enum" in node and None not in node["enum"]:
        node["enum"] = [*node["enum"], None]
    if "const" in node:
        node["enum"] = [node.pop("const"), None]
    return node


def _reference(target: str) -> Schema:
    return {"$ref": f"{target}Change"}
