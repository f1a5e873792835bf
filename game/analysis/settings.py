"""`--set key=value`: a scenario with some of its keys changed, validated again.

Keys are dotted paths into the scenario: `buyer.diffuseness=0.9` (everybody's mean),
`buyer.kang.patience=0.5` (one buyer's), `meetings.1.turns=8` (lists count from 1), `toughness=0.1`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from game.scenario.data import load_data
from game.scenario.diagnostics import (
    Diagnostic,
    LongLunchError,
    ScenarioError,
    did_you_mean,
    errors,
    listing,
)
from game.scenario.load import Loaded
from game.scenario.messages import validate_model
from game.scenario.model import Buyer, Scenario
from game.scenario.shapes import model_keys, tags
from game.scenario.tree import Lines, parse_tree
from game.scenario.validate import check_scenario

_HERE = "--set"
_FIXED = ("scenario", "extends", "trust_machine", "buyer", "buyers")


class UsageError(LongLunchError):
    """A command line that cannot be carried out: exit status 2, whatever the code."""

    @property
    def exit_status(self) -> int:
        return 2


def usage(message: str, expected: str, fix: str, code: str = "U001", field: str = "") -> UsageError:
    return UsageError([Diagnostic(code, message, field=field, expected=expected, fix=fix)])


def with_settings(loaded: Loaded, settings: Sequence[str]) -> Loaded:
    """The scenario with each `key=value` applied in order; raises :class:`UsageError` (U001).

    A number set where a spread is expected sets its mean.
    """
    if not settings:
        return loaded
    data = loaded.scenario.model_dump(mode="json", by_alias=True, exclude={"trust_machine"})
    for text in settings:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise usage(f"“{text[:60]}” sets nothing", "key=value", "write --set key=value")
        parsed = _value(text, value)
        for path in _paths(key.strip(), data):
            _put(data, path, parsed, key.strip())
    return replace(loaded, scenario=_validated(loaded, data))


def _value(text: str, value: str) -> Any:
    try:
        return load_data(f"value: {value}\n", _HERE)["value"]
    except ScenarioError as refused:
        raise usage(
            f"the value in “{text[:60]}” cannot be read: {refused.diagnostics[0].message}",
            "a number, a word, or a YAML list or mapping",
            "put the whole setting in quotes for the shell",
        ) from None


def _paths(key: str, data: dict[str, Any]) -> list[list[str]]:
    """The paths that a key stands for: `buyer.x` is x of every buyer."""
    steps = key.split(".")
    if steps[0] not in ("buyer", "buyers") or len(steps) < 2:
        return [steps]
    if steps[0] == "buyer" and steps[1] in Buyer.model_fields:
        return [["buyers", name, *steps[1:]] for name in data["buyers"]]
    if steps[1] not in data["buyers"]:
        known = [*data["buyers"], *(Buyer.model_fields if steps[0] == "buyer" else ())]
        raise _unknown(key, steps[1], known)
    return [["buyers", *steps[1:]]]


def _unknown(key: str, word: str, known: Sequence[str]) -> UsageError:
    return usage(
        f"there is no “{word[:40]}” to set in “{key[:60]}”",
        "one of " + listing(known) if known else "a key of the scenario",
        did_you_mean(word, known, "name a key as the scenario file does"),
        field=key,
    )


def _put(data: dict[str, Any], path: list[str], value: Any, key: str) -> None:
    if path[0] in _FIXED and len(path) < 3:
        raise usage(
            f"“{path[0]}” cannot be set from here",
            "a key below it, or another one",
            "change the scenario file itself",
            field=key,
        )
    here: Any = data
    at: tuple[str | int, ...] = ()
    for depth, step in enumerate(path):
        last = depth == len(path) - 1
        if isinstance(here, list):
            numbers = [str(i + 1) for i in range(len(here))]
            if step not in numbers:
                raise _unknown(key, step, numbers)
            index: Any = int(step) - 1
        elif isinstance(here, dict):
            index = step
            at = (*at, *tags(Scenario, at, here))
            closed = model_keys(Scenario, at)
            if step not in here and (step not in closed if closed else not last):
                raise _unknown(key, step, closed or list(here))
        else:
            raise _unknown(key, step, [])
        at = (*at, index)
        if last:
            old = here.get(index) if isinstance(here, dict) else here[index]
            if isinstance(old, dict) and set(old) == {"mean", "sd"} and not isinstance(value, dict):
                old["mean"] = value
            else:
                here[index] = value
        else:
            absent = isinstance(here, dict) and here.get(index) is None
            if absent and model_keys(Scenario, at):
                here[index] = {}  # a part that is not there yet, such as a flight, is begun
            here = here[index]


def _where(d: Diagnostic) -> str:
    return f"{d.field[:80]}: " if "." in d.field else ""


def _validated(loaded: Loaded, data: dict[str, Any]) -> Scenario:
    lines = Lines()
    tree = parse_tree(json.dumps(data, ensure_ascii=False), _HERE, lines)
    found = list(tree.diagnostics)
    scenario = None
    if tree.root is not None:
        scenario, complaints = validate_model(Scenario, tree.root, lines)
        found += complaints
        if scenario is not None:
            found += check_scenario(scenario, tree.root, lines, loaded.moves, ())
    wrong = errors(found)
    if wrong or scenario is None:
        raise UsageError(
            Diagnostic("U001", _where(d) + d.message, field=d.field, expected=d.expected, fix=d.fix)
            for d in wrong
        )
    machine = loaded.scenario.trust_machine
    return scenario if machine is None else scenario.model_copy(update={"trust_machine": machine})
