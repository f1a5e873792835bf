"""The JSON Schemas of scenarios, voices and packs, made of the models (docs/authoring.md).

An editor with a YAML language server completes and explains keys by them. They say everything that
a schema can see of what the loader refuses, and refuse nothing that the loader takes; what needs
more than one place of a file or another file stays with the loader.

``python -m game.scenario.schema`` writes them to docs/, and the reference docs/reference.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from game.scenario import model_calendar
from game.scenario.data import load_common
from game.scenario.grammar import MAX_LENGTH
from game.scenario.library import PACKAGE
from game.scenario.model import Scenario
from game.scenario.model_base import WORDS
from game.scenario.model_pack import Manifest
from game.scenario.model_phrases import Phrase
from game.scenario.model_voice import VoiceModel
from game.scenario.reference import reference
from game.scenario.schema_changes import change_of
from game.scenario.schema_text import markdown, title_of
from game.scenario.table import LIMITS
from game.scenario.voice import ENDINGS, REACTIONS, RINGS, SAY_WORDS, TELLS, THOUGHT_WORDS

Kind = Literal["scenario", "voice", "pack"]
KINDS: tuple[Kind, ...] = ("scenario", "voice", "pack")
DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = "urn:longlunch:schema:"  # what an editor or we know a schema of ours by

Schema = dict[str, Any]
_OPTION_TEXT = r"^[^;=@:]*[^;=@:\s][^;=@:]*$"


def schema_of(kind: Kind) -> Schema:
    """The schema of one kind of file, draft 2020-12."""
    made = {"scenario": _scenario, "voice": _voice, "pack": _pack}
    return made[kind]()


def schema_text(kind: Kind) -> str:
    """The same as the text of a file."""
    return json.dumps(schema_of(kind), indent=1, ensure_ascii=False) + "\n"


def _head(kind: Kind, title: str) -> Schema:
    return {"$schema": DIALECT, "$id": f"{ID}{kind}:1", "title": title}


def _scenario() -> Schema:
    whole = _made(Scenario)
    defs = whole.pop("$defs")
    phrases = _made(dict[str, Phrase])
    defs |= phrases["$defs"]
    defs["Scenario"] = whole
    _named(defs, "Event", next(iter(whole["properties"]["events"]["patternProperties"].values())))
    _named(defs, "Deal", whole["properties"]["deals"]["items"])
    _cross_checks(defs, whole)
    for name in list(defs):
        defs[f"{name}Change"] = change_of(name, defs)
    whole["properties"]["trust_machine"] |= {"$ref": "#/$defs/MachineChange"}
    whole["properties"]["trust_machine"].pop("anyOf", None)
    _explained(defs)
    return {
        **_head("scenario", "A scenario of Long Lunch"),
        "if": {"required": ["extends"], "properties": {"extends": {"type": "string"}}},
        "then": {"$ref": "#/$defs/ScenarioChange"},
        "else": {"$ref": "#/$defs/Scenario"},
        "$defs": _needed(defs, "Scenario", "Machine", "ScenarioChange"),
    }


def _voice() -> Schema:
    made = _made(VoiceModel)
    defs = made.pop("$defs")
    verbs = tuple(load_common("moves.yaml")["moves"])
    states = tuple(load_common("machine.yaml")["trust_machine"]["states"])
    _offered(defs["Say"]["properties"]["on"], (*verbs, *SAY_WORDS))
    _offered(defs["Thought"]["properties"]["on"], THOUGHT_WORDS)
    for name, words in (("Notice", REACTIONS), ("Letter", ENDINGS)):
        defs[name]["properties"]["on"]["enum"] = list(words)
    for name in ("Notice", "Thought"):
        _offered(defs[name]["properties"]["after"], (*verbs, *RINGS))
    for name in ("Say", "Notice", "Thought"):
        _offered(defs[name]["properties"]["in"]["items"], states)
    defs["Notice"]["allOf"] = [_shows(tell, on) for tell, on in TELLS.items()]
    defs["Voice"] = made
    _explained(defs)
    defs = _needed(defs, "Voice")
    root = defs.pop("Voice")
    del root["title"]
    return {**_head("voice", "A voice of Long Lunch"), **root, "$defs": defs}


def _pack() -> Schema:
    made = _made(Manifest)
    _explained({"Pack": made})
    del made["title"]
    return {**_head("pack", "A pack of Long Lunch"), **made, "$defs": {}}


# --- from the models --------------------------------------------------------------------------


class _Generator(GenerateJsonSchema):
    """Without titles that only repeat the key, and in order."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def sort(self, value: Any, parent_key: str | None = None) -> Any:
        return value  # keys stay in the order in which an author would write them


def _made(form: Any) -> Schema:
    schema = TypeAdapter(form).json_schema(by_alias=True, schema_generator=_Generator)
    _walk(schema, _tidied)
    return schema


def _walk(node: Any, change: Callable[[Schema], None]) -> None:
    """Apply a change to every schema inside, innermost first."""
    if isinstance(node, list):
        for part in node:
            _walk(part, change)
    elif isinstance(node, dict):
        for key, part in node.items():
            if key in ("properties", "patternProperties", "$defs"):
                for inner in part.values():
                    _walk(inner, change)
            elif key not in ("default", "examples", "enum", "const", WORDS):
                _walk(part, change)
        change(node)


def _tidied(node: Schema) -> None:
    if "default" in node and node["default"] is None:
        del node["default"]
    _nullable(node)
    # A mapping by ids: what is no id is no key.
    if "patternProperties" in node:
        node["additionalProperties"] = False
    # pydantic's own word for a choice by kind; a validator goes by oneOf and const
    node.pop("discriminator", None)
    if isinstance(node.get("title"), str):
        node["title"] = title_of(node["title"])


def _nullable(node: Schema) -> None:
    """`anyOf` of one thing and null is that thing with one more type, where it can be said so."""
    parts = node.get("anyOf")
    if not isinstance(parts, list) or len(parts) != 2 or {"type": "null"} not in parts:
        return
    thing = next(p for p in parts if p != {"type": "null"})
    if not isinstance(thing.get("type"), str):
        return
    del node["anyOf"]
    node |= thing
    node["type"] = [thing["type"], "null"]
    if "enum" in node:
        node["enum"] = [*node["enum"], None]
    elif "const" in node:
        node["enum"] = [node.pop("const"), None]


def _named(defs: dict[str, Schema], name: str, union: Schema) -> None:
    """Give a choice of parts a name of its own, and its place a reference to that."""
    base = getattr(model_calendar, name)
    defs[name] = {"title": title_of(name), "description": base.__doc__, "oneOf": union.pop("oneOf")}
    union["$ref"] = f"#/$defs/{name}"


# --- what pydantic does not say -----------------------------------------------------------------


def _cross_checks(defs: dict[str, Schema], whole: Schema) -> None:
    """The agreements between keys that a schema can express."""
    keys = whole["properties"]
    for section, most in LIMITS.items():
        keys[section]["maxProperties"] = most
    keys["issues"]["minProperties"] = 1
    keys["phrases"] |= {"additionalProperties": {"$ref": "#/$defs/Phrase"}}
    # Either buyer or buyers, and one of them.
    whole["if"] = {"required": ["buyers"], "properties": {"buyers": {"minProperties": 1}}}
    only_one = "Write either buyer or buyers, not both."
    whole["then"] = {"properties": {"buyer": {"type": "null", "errorMessage": only_one}}}
    whole["else"] = {"required": ["buyer"], "properties": {"buyer": {"type": "object"}}}

    issue = defs["Issue"]
    options = issue["properties"]["options"]
    options["items"] = {"type": ["string", "number"], "pattern": _OPTION_TEXT}
    options["uniqueItems"] = True
    issue["allOf"] = [_as_many(n) for n in range(options["minItems"], options["maxItems"] + 1)]

    zero = {key: {"const": 0} for key in defs["ScoreWeights"]["properties"]}
    defs["ScoreWeights"]["not"] = {"required": list(zero), "properties": zero}
    defs["ScoreWeights"]["errorMessage"] = "Give at least one of the three a weight above 0."
    for name in ("enter", "leave"):
        defs["State"]["properties"][name]["maxLength"] = MAX_LENGTH
    for part in defs.values():
        if "kind" in part.get("properties", {}) and "meeting" in part["properties"]:
            part["properties"]["meeting"] |= {"minimum": 1, "maximum": keys["meetings"]["maxItems"]}
            part["properties"]["turn"] |= {"minimum": 1}


def _as_many(n: int) -> Schema:
    """For n options, n worths on either side."""
    length = {"minItems": n, "maxItems": n}
    return {
        "if": {"properties": {"options": {"type": "array", **length}}, "required": ["options"]},
        "then": {"properties": {"you": length, "buyer": length}},
    }


def _shows(tell: str, reactions: tuple[str, ...]) -> Schema:
    """A habit is seen on some reactions only."""
    return {
        "if": {"properties": {"tell": {"const": tell}}, "required": ["tell"]},
        "then": {"properties": {"on": {"enum": list(reactions)}}},
    }


def _offered(node: Schema, words: tuple[str, ...]) -> None:
    """Words to complete, where any text may stand: a voice may know verbs of its own folder."""
    nullable = isinstance(node.get("type"), list)
    node.pop("type")
    node["anyOf"] = [{"enum": list(words)}, {"type": ["string", "null"] if nullable else "string"}]


# --- explanations -------------------------------------------------------------------------------


def _explained(defs: dict[str, Schema]) -> None:
    """Meanings of words beside the words, and the text that an editor shows for a key."""
    for part in defs.values():
        for node in part.get("properties", {}).values():
            meanings = node.pop(WORDS, None)
            choices = node.get("enum", [node["const"]] if "const" in node else [])
            if meanings:
                node["enumDescriptions"] = [meanings.get(str(c), "") for c in choices]
            if "description" in node:
                node["markdownDescription"] = markdown(node, defs)


def _needed(defs: dict[str, Schema], *roots: str) -> dict[str, Schema]:
    """The parts that are referred to, each before its own parts."""
    found: list[str] = []
    waiting = list(reversed(roots))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            waiting += reversed(re.findall(r'"#/\$defs/(\w+)"', json.dumps(defs[name])))
    return {name: defs[name] for name in found}


def written() -> dict[str, str]:
    """The committed files made from the models, by their name in docs/."""
    files = {f"{kind}.schema.json": schema_text(kind) for kind in KINDS}
    return {**files, "reference.md": reference({kind: schema_of(kind) for kind in KINDS})}


def main() -> None:
    """Write them anew."""
    for name, text in written().items():
        (PACKAGE.parent / "docs" / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
