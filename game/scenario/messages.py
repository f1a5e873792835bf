"""What pydantic refuses, said in words and put at its place in the file."""

from __future__ import annotations

import json
import pathlib
import typing
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from game.scenario.diagnostics import Diagnostic, Edit, did_you_mean, listing
from game.scenario.mending import could_be_meant, first_key, meant, quoted, respelt, slug, swap
from game.scenario.shapes import (
    annotation_at,
    bounds,
    fields,
    inner,
    kinds_with,
    model_keys,
    untagged,
)
from game.scenario.tree import Item, Lines, Path, Place, find, nearest, plain, traps, without

M = TypeVar("M", bound=BaseModel)

MAX_ID = 40  # characters, as the models say


def validate_model(
    model: type[M], root: Item, lines: Lines, base: Path = ()
) -> tuple[M | None, list[Diagnostic]]:
    """Validate a tree strictly; all complaints at once, with places. ``base`` prefixes field names.

    Surprising spellings (``no``, ``012``) are warnings where the value fits, and explain the error
    where it does not.
    """
    surprising = dict(traps(root)) if lines.surprising else {}
    found: list[Diagnostic] = []
    result: M | None = None
    try:
        result = model.model_validate_json(json.dumps(plain(root)), strict=True)
    except ValidationError as refused:
        for error in refused.errors(include_url=False):
            path = untagged(model, tuple(error["loc"]))
            key = tuple(str(step) if not isinstance(step, int) else step for step in path)
            kind = annotation_at(model, tuple(error["loc"]))
            spelt = key in surprising and error["type"] != "extra_forbidden"
            if spelt and could_be_meant(surprising[key], kind):
                found.append(trap_diagnostic(surprising.pop(key), key, lines, "error", kind))
            else:
                found.append(_diagnostic(error, model, root, lines))
    for path, item in surprising.items():
        found.append(trap_diagnostic(item, path, lines, "warning", annotation_at(model, path)))
    if base:
        prefix = dotted(base)
        found = [_prefixed(d, prefix) for d in found]
    return result, found


def usable(model: type[M], root: Item) -> M | None:
    """The model of a tree without its misspelt and misfilled optional keys, or None.

    Only good for looking at the rest: an author should hear of everything at once.
    """
    try:
        model.model_validate_json(json.dumps(plain(root)), strict=True)
    except ValidationError as refused:
        for error in refused.errors(include_url=False):
            path = tuple(error["loc"])
            if not _can_go(model, path, str(error["type"])):
                return None
            root = without(root, *(str(step) for step in untagged(model, path)))
    try:
        return model.model_validate_json(json.dumps(plain(root)), strict=True)
    except ValidationError:
        return None


def _can_go(model: type[BaseModel], path: Path, kind: str) -> bool:
    """Whether a key can be left out without its absence being an error or starting new ones."""
    if any(isinstance(step, int) for step in path) or not path or path[-1] == "[key]":
        return False
    if kind == "extra_forbidden":
        return True
    owner = inner(annotation_at(model, path[:-1]))
    if not (isinstance(owner, type) and issubclass(owner, BaseModel)):
        return False
    if len(path) == 1 and typing.get_origin(inner(annotation_at(model, path))) is not None:
        return False  # a whole section: other parts refer to what is in it
    info = fields(owner).get(str(path[-1]))
    return info is not None and not info.is_required()


def _prefixed(d: Diagnostic, prefix: str) -> Diagnostic:
    return replace(d, field=f"{prefix}.{d.field}" if d.field else prefix)


def trap_diagnostic(
    item: Item, path: Path, lines: Lines, severity: Any, wanted: Any = None
) -> Diagnostic:
    """The complaint about a surprising spelling; ``wanted`` is the type that belongs there."""
    assert item.trap is not None
    return lines.complaint(
        item.trap.code,
        item.trap.message,
        item.place,
        field=dotted(path),
        severity=severity,
        expected="a spelling that every program reads alike",
        fix=item.trap.fix,
        edits=respelt(lines, item, wanted),
    )


def dotted(path: Iterable[str | int]) -> str:
    """``issues.price_eur.you[2]``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else (f".{step}" if text else step)
    return text


def kind_of(value: Any) -> str:
    """What a value is, for people."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text “{value[:40]}”" if value else "an empty text"
    return "a list" if isinstance(value, list | tuple) else "a mapping of keys"


# --- one error ------------------------------------------------------------------------------------

_WANTED: dict[str, tuple[str, str]] = {
    "string_type": ("a text", "write a text, in quotes if it looks like a number"),
    "int_type": ("a whole number", "write a whole number without quotes"),
    "int_from_float": ("a whole number", "round it"),
    "float_type": ("a number", "write a number without quotes"),
    "bool_type": ("true or false", "write true or false"),
    "list_type": ("a list", "write it in brackets: [first, second]"),
    "tuple_type": ("a list", "write it in brackets: [first, second]"),
    "dict_type": ("a mapping of keys", "write “name: value” lines below it, indented"),
    "model_type": ("a mapping of keys", "write “key: value” lines below it, indented"),
    "model_attributes_type": ("a mapping of keys", "write “key: value” lines below it, indented"),
}


def _diagnostic(
    error: Mapping[str, Any], model: type[BaseModel], root: Item, lines: Lines
) -> Diagnostic:
    loc = tuple(step if isinstance(step, int) else str(step) for step in error["loc"])
    kind, context = str(error["type"]), error.get("ctx") or {}
    named = untagged(model, loc)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        loc, named = (*loc, "kind"), (*named, "kind")
    field = dotted(step for step in named if step != "[key]")
    name = _name(named)
    if kind == "extra_forbidden":
        item = nearest(root, named)
        known = model_keys(model, loc[:-1])
        elsewhere = kinds_with(model, loc[:-1], str(named[-1]))
        return lines.complaint(
            "M001",
            f"{name} is not a key of {_owner(named[:-1])}",
            item.key or item.place,
            field=field,
            expected="one of " + listing(known, 40),
            fix=_unknown_fix(str(named[-1]), item, known, elsewhere),
            edits=()
            if elsewhere
            else meant(
                lines,
                item.key or item.place,
                str(named[-1]),
                (key for key in known if key not in _keys(root, named[:-1])),
            ),
        )
    if kind in ("missing", "union_tag_not_found"):
        parent = nearest(root, named[:-1])
        place = parent.key or _first_place(parent)
        return lines.complaint(
            "M002",
            f"{name} is missing from {_owner(named[:-1])}",
            place,
            field=field,
            expected=f"a key “{named[-1]}”",
            fix=f"add “{named[-1]}: …” here",
            edits=_missing_key(named, root),
        )
    if named and named[-1] == "[key]":
        item = nearest(root, named[:-1])
        return lines.complaint(
            "M006",
            f"“{str(named[-2])[:60]}” is not a well-formed id",
            item.key or item.place,
            field=field,
            expected=_id_rule(context, str(named[-2])),
            fix=_id_fix(str(named[-2])),
            edits=_id_edit(item.key or item.place, str(named[-2]), context, root, named, lines),
        )
    item = find(root, named) or nearest(root, named)
    more: dict[str, Any] = {"field": field}
    value = error.get("input")
    if kind in _WANTED:
        wanted, fix = _WANTED[kind]
        return lines.complaint(
            "M003",
            f"{name} must be {wanted}, not {kind_of(value)}",
            item.spot,
            expected=wanted,
            fix=fix,
            edits=respelt(lines, item, annotation_at(model, loc)),
            **more,
        )
    if kind in ("literal_error", "union_tag_invalid"):
        if isinstance(value, dict):
            value = value.get("kind")  # a part whose keys depend on that word
        choices = _choices(str(context.get("expected_tags", context.get("expected", ""))))
        return lines.complaint(
            "M004",
            f"{name} cannot be {kind_of(value)}",
            item.spot,
            expected="one of " + listing(choices, 40),
            fix=did_you_mean(str(value), choices, "use one of these words"),
            edits=meant(lines, item.place, str(value), choices),
            **more,
        )
    if kind in ("greater_than_equal", "less_than_equal", "greater_than", "less_than"):
        between = bounds(model, loc)
        return lines.complaint(
            "M005",
            f"{name} is {value}, which is out of range",
            item.spot,
            expected=between or f"a number {error['msg'].split('should be ')[-1]}",
            fix="choose a number in that range",
            **more,
        )
    if kind == "string_pattern_mismatch" or (
        kind == "string_too_long" and context.get("max_length") == MAX_ID
    ):
        return lines.complaint(
            "M006",
            f"{kind_of(value).removeprefix('the text ')} is not a well-formed id",
            item.spot,
            expected=_id_rule(context, str(value)),
            fix=_id_fix(str(value)),
            edits=_id_edit(item.place, str(value), context, root, named, lines),
            **more,
        )
    if kind in ("too_short", "too_long"):
        least, most = context.get("min_length"), context.get("max_length")
        bound, count = ("at least", least) if kind == "too_short" else ("at most", most)
        return lines.complaint(
            "M007",
            f"{name} has {context.get('actual_length')} items",
            item.spot,
            expected=f"{bound} {count} item" + ("s" if count != 1 else ""),
            fix="add the missing ones" if kind == "too_short" else "remove some",
            **more,
        )
    if kind == "string_too_long":
        return lines.complaint(
            "M008",
            f"{name} is a text of {len(str(value))} characters",
            item.spot,
            expected=f"at most {context.get('max_length')} characters",
            fix="shorten it",
            **more,
        )
    return lines.complaint(
        "M008",
        f"{name} cannot be {kind_of(value)}",
        item.spot,
        expected=_wanted(kind, error),
        fix="change the value",
        **more,
    )


def _keys(root: Item, path: Path) -> Iterable[str]:
    owner = find(root, path)
    return owner.value if owner is not None and isinstance(owner.value, dict) else ()


def _missing_key(path: Path, root: Item) -> tuple[Edit, ...]:
    """The name of a file, or a title made of it: what can be said without its author."""
    if len(path) != 1:
        return ()
    name = pathlib.PurePath(root.file).stem
    known = find(root, ("scenario",))
    if path[0] == "scenario" and slug(name, "-"):
        return first_key(root, "scenario", slug(name, "-"))
    if path[0] == "voice" and slug(name) == name:
        return first_key(root, "voice", name)
    if path[0] == "title" and known is not None and isinstance(known.value, str):
        words = known.value.replace("-", " ").replace("_", " ").strip()
        return first_key(root, "title", quoted(words[:1].upper() + words[1:])) if words else ()
    return ()


def _id_edit(
    place: Place, text: str, context: Mapping[str, Any], root: Item, path: Path, lines: Lines
) -> tuple[Edit, ...]:
    """The id in plain letters, unless a neighbour has it already."""
    made = slug(text, "-" if "-]" in str(context.get("pattern", "")) else "_")
    if len(made) > MAX_ID or made in _keys(root, path[:-2]):
        return ()
    return swap(lines, place, text, made)


def _unknown_fix(key: str, item: Item, known: list[str], elsewhere: list[str]) -> str:
    if item.value is None and " " in key:
        return "a comma divided a text here: put the whole text in quotes"
    if elsewhere:
        return "remove it; it goes with the kinds " + listing(elsewhere)
    return did_you_mean(key, known, "remove it, or correct its spelling")


def _wanted(kind: str, error: Mapping[str, Any]) -> str:
    return "some text" if kind == "string_too_short" else str(error["msg"])[:120]


def _name(path: Path) -> str:
    words = [step for step in path if step != "[key]"]
    if not words:
        return "the file"
    last = words[-1]
    if isinstance(last, int):
        before = next((step for step in reversed(words) if isinstance(step, str)), "")
        return f"item {last + 1} of “{before[:60]}”"
    return f"“{last[:60]}”"


def _owner(path: Path) -> str:
    return "the file" if not path else _name(path)


def _first_place(item: Item) -> Place:
    if isinstance(item.value, dict) and item.value:
        first = next(iter(item.value.values()))
        return first.key or item.place
    return item.place


def _id_rule(context: Mapping[str, Any], text: str) -> str:
    if len(text) > MAX_ID:
        return f"at most {MAX_ID} characters"
    joint = "-" if "-]" in str(context.get("pattern", "")) else "_"
    return f"lower-case letters a–z, digits and “{joint}”, beginning with a letter"


def _id_fix(text: str) -> str:
    return (
        "shorten it"
        if len(text) > MAX_ID
        else "spell it in plain lower-case letters; titles may be free"
    )


def _choices(text: str) -> list[str]:
    return [
        part.strip().strip("'") for part in text.replace(" or ", ", ").split(",") if part.strip()
    ]
