"""The reference of every key an author may write, as Markdown: made of the schemas.

``python -m game.scenario.schema`` writes it to docs/reference.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from game.scenario.schema_text import anchor, default_text, flow, kind_text

Schema = dict[str, Any]

_INTRO = """\
# Reference: every key

<!-- Written by `python -m game.scenario.schema`. The texts stand at the keys, in game/scenario. -->

What may stand in a scenario, in a voice file and in a pack's `pack.yaml`. The way in is
[authoring.md](authoring.md); an editor with a YAML language server shows the same texts while you
write. **Bold** keys are required. An id is made of small letters, digits and “_” (that of a
scenario with “-” instead), begins with a letter and has at most 40 characters. Utilities, trust and
chances lie between 0 and 1.
"""
_EXTENDS = """\
A file that `extends` another is laid on it key by key: it may leave out any key, and `null` takes
one out. Lists are replaced whole. The same holds of `trust_machine` in any scenario, which is laid
on the common one.
"""
_COLUMNS = ("key", "what may stand there", "default", "meaning", "example")
_LONGEST = 110  # characters of an example in a table


def reference(schemas: Mapping[str, Schema]) -> str:
    """The whole page, from the schemas by kind of file."""
    parts = [_INTRO, _contents(schemas)]
    for kind, schema in schemas.items():
        defs: dict[str, Schema] = schema["$defs"]
        root = defs.get("Scenario", schema)
        parts.append(f"## The {kind} file\n\n{root['description']}\n\n{_table(root, defs)}")
        if kind == "scenario":
            parts.append(_EXTENDS)
        for name in _blocks(defs):
            parts.append(_block(defs[name], defs))
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _contents(schemas: Mapping[str, Schema]) -> str:
    lines = []
    for kind, schema in schemas.items():
        titles = [schema["$defs"][name]["title"] for name in _blocks(schema["$defs"])]
        links = " · ".join(f"[{title}](#{anchor(title)})" for title in titles)
        lines.append(f"[The {kind} file](#the-{kind}-file)" + (f": {links}\n" if links else "\n"))
    return "\n".join(lines)


def _blocks(defs: Mapping[str, Schema]) -> list[str]:
    """The parts that get a heading: all but the root, changes, and the kinds of a choice."""
    kinds = {name for part in defs.values() for name in _members(part)}
    return [
        name
        for name in defs
        if name != "Scenario" and not name.endswith("Change") and name not in kinds
    ]


def _members(part: Schema) -> list[str]:
    return [one["$ref"].rsplit("/", 1)[1] for one in part.get("oneOf", ()) if "$ref" in one]


def _block(part: Schema, defs: dict[str, Schema]) -> str:
    text = f"### {part['title']}\n\n{' '.join(part['description'].split())}\n\n"
    members = [defs[name] for name in _members(part)]
    if not members:
        return text + _table(part, defs)
    shared = [
        key
        for key, node in members[0]["properties"].items()
        if all(one["properties"].get(key) == node for one in members)
    ]
    common = {"properties": {key: members[0]["properties"][key] for key in shared}}
    rows = [_kind_row(one, shared, defs) for one in members]
    return f"{text}{_rows(('kind', 'meaning', 'keys of its own'), rows)}\n{_table(common, defs)}"


def _kind_row(one: Schema, shared: list[str], defs: dict[str, Schema]) -> tuple[str, ...]:
    own = []
    for key, node in one["properties"].items():
        if key in shared or key == "kind":
            continue
        default = default_text(node, defs)
        known = kind_text(node, defs, link=True) + (f"; default {default}" if default else "")
        own.append(f"`{key}` ({known}): {_meaning(node)}")
    kind = one["properties"]["kind"]
    usual = " (when there is no `kind`)" if "default" in kind else ""
    return (f"`{kind['const']}`{usual}", " ".join(one["description"].split()), "<br>".join(own))


def _table(part: Schema, defs: dict[str, Schema]) -> str:
    required = part.get("required", ())
    rows = []
    for key, node in part["properties"].items():
        name = f"**`{key}`**" if key in required else f"`{key}`"
        default = default_text(node, defs)
        kind = kind_text(node, defs, link=True)
        rows.append((name, kind, f"`{default}`" if default else "", _meaning(node), _example(node)))
    return _rows(_COLUMNS, rows)


def _meaning(node: Schema) -> str:
    said = str(node.get("description", ""))
    words = [
        f"`{word}`: {meaning}"
        for word, meaning in zip(
            node.get("enum", ()), node.get("enumDescriptions", ()), strict=False
        )
        if meaning
    ]
    return "<br>".join([said, *words])


def _example(node: Schema) -> str:
    """The first example that is short enough for a table."""
    shown = (flow(example) for example in node.get("examples", ()))
    return next((f"`{one}`" for one in shown if len(one) <= _LONGEST), "")


def _rows(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(_line(cells) for cells in lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    def safe() -> Iterator[str]:
        for cell in cells:
            yield cell.replace("|", "\\|")

    return "| " + " | ".join(safe()) + " |"
