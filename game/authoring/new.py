"""The command `longlunch new`: a few questions, and a scenario that plays."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from game.analysis.settings import usage
from game.authoring import answers as read
from game.authoring.answers import (
    BEHAVIOUR,
    POLES,
    SURENESS,
    Answers,
    Unusable,
    mean_place,
    slug,
    title_of,
)
from game.authoring.asking import Asker, say
from game.authoring.draft import scenario_text
from game.authoring.writing import already_there, write_new, write_over
from game.scenario.library import shipped
from game.scenario.schema import ID, schema_text
from game.scenario.translated import common_words

SCHEMA = "scenario.schema.json"


@dataclass(frozen=True, slots=True)
class Question:
    """One answer that may be asked for: its field, and how it is read."""

    field: str
    read: Callable[[str], Any]


_BEFORE = (
    Question("selling", read.words),
    Question("name", read.words),
    Question("role", read.words),
    Question("pronoun", read.pronoun),
)
_AFTER = (
    Question("currency", read.currency),
    Question("price_from", read.price),
    Question("price_to", read.price),
    Question("issue", read.words),
    Question("options", read.options),
    Question("meetings", read.meetings),
    Question("turns", read.turns),
)
_FLAGS = (
    *_BEFORE,
    *_AFTER,
    Question("title", read.words),
    Question("diffuseness", read.share),
    Question("sd", read.sureness),
)


def run(args: Namespace) -> int:
    """Run it; returns the exit status. Each flag that is given answers its own question."""
    id = checked_id(args.id)
    folder = Path(args.folder)
    path = folder / f"{id}.yaml"
    if path.exists():
        raise already_there(path)
    given = _given(args)
    start = _begun(id, given)
    answers = _ordered(start if args.yes else _asked(start, given, Asker()))
    schema = write_schema(folder)
    text = scenario_text(answers, schema.name, bare=args.bare)
    write_new(path, text)
    _told(path, text, schema)
    return 0


def checked_id(text: str) -> str:
    """A scenario's id as it was given; raises :class:`LongLunchError` (U001)."""
    name = text.removesuffix(".yaml")
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", name):
        near = slug(name)
        raise usage(
            f"“{text[:40]}” is not a well-formed id",
            "small letters a–z, digits and “-”, beginning with a letter, at most 40",
            f"did you mean “{near}”?" if near else "choose a name such as corner-bakery",
        )
    if name in shipped():
        raise usage(
            f"“{name}” is a scenario that comes with the program",
            "an id that no shipped scenario has",
            f"choose another one, such as {name[:37]}-my",
        )
    return name


# --- answers ------------------------------------------------------------------------------------


def _given(args: Namespace) -> dict[str, Any]:
    """What the flags say; raises :class:`LongLunchError` (U001)."""
    found: dict[str, Any] = {}
    for question in _FLAGS:
        text = getattr(args, question.field)
        if text is None:
            continue
        try:
            found[question.field] = question.read(text)
        except Unusable as refused:
            flag = flag_of(question.field)
            raise usage(
                f"{flag}: {refused.message}", refused.expected, f"{flag} with something else"
            ) from None
    return found


def flag_of(field: str) -> str:
    """The flag that answers a question: `price_from` → `--price-from`."""
    return "--sure" if field == "sd" else f"--{field.replace('_', '-')}"


def _asked(start: Answers, given: Mapping[str, Any], asker: Asker) -> Answers:
    print(say("intro", id=start.id))
    found = {q.field: _one(q, start, asker) for q in _BEFORE if q.field not in given}
    if "diffuseness" not in given:
        found["diffuseness"] = _behaviour(asker)
    if "sd" not in given:
        spreads = list(SURENESS.values())
        chosen = asker.choose(say("questions.sure.text"), _choices("sure"), spreads.index(start.sd))
        found["sd"] = spreads[chosen]
    for question in _AFTER:
        if question.field not in given:
            start = replace(start, **found)
            found[question.field] = _one(_differing(question, start, given), start, asker)
    return replace(start, **found)


def _differing(question: Question, start: Answers, given: Mapping[str, Any]) -> Question:
    """The second price to be known must differ from the first."""
    second = "price_from" if "price_to" in given else "price_to"
    if question.field != second:
        return question
    first = start.price_to if second == "price_from" else start.price_from
    return Question(second, partial(read.price_beside, first))


def _one(question: Question, start: Answers, asker: Asker) -> Any:
    default = getattr(start, question.field)
    if question.field == "price_to":
        default = read.below(start.price_from)
    shown = ", ".join(default) if isinstance(default, tuple) else _plain(default)
    return asker.ask(say(f"questions.{question.field}"), shown, question.read)


def _plain(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _behaviour(asker: Asker) -> float:
    """d from what somebody would do in three places; never asked by nation."""
    places = [
        POLES[asker.choose(say(f"questions.{name}.text"), _choices(name), usual)]
        for name, usual in BEHAVIOUR.items()
    ]
    return mean_place(places)


def _choices(name: str) -> list[str]:
    found: list[str] = common_words("new_words.yaml")["new"]["questions"][name]["choices"]
    return found


def _begun(id: str, given: Mapping[str, Any]) -> Answers:
    """What the flags say and defaults for the rest; a price alone gets another beside it."""
    start = replace(Answers(id, title_of(id)), **given)
    if "price_to" not in given:
        return replace(start, price_to=read.below(start.price_from))
    if "price_from" not in given:
        return replace(start, price_from=read.above(start.price_to))
    return start


def _ordered(answers: Answers) -> Answers:
    """With the higher price first; raises :class:`LongLunchError` (U001) for no range at all."""
    low, high = sorted((answers.price_from, answers.price_to))
    if low == high:
        raise usage(
            "both prices are the same", "two different prices", "change --price-from or --price-to"
        )
    return replace(answers, price_from=high, price_to=low)


# --- files --------------------------------------------------------------------------------------


def write_schema(folder: Path) -> Path:
    """The schema beside the scenarios of a folder, written or brought up to date if need be.

    Another program's file of that name is left alone, and ours gets a longer one.
    Raises :class:`LongLunchError` (W001, W002).
    """
    text = schema_text("scenario")
    for name in (SCHEMA, f"longlunch.{SCHEMA}"):
        path = folder / name
        found = _found(path)
        if found is None:
            write_new(path, text)
            return path
        if _is_ours(found):
            if found != text:
                write_over(path, text)
            return path
    raise already_there(path)


def _found(path: Path) -> str | None:
    """The text of a file; empty if it cannot be read, None if there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return ""


def _is_ours(text: str) -> bool:
    try:
        data = json.loads(text)
    except ValueError:
        return False
    return isinstance(data, dict) and str(data.get("$id", "")).startswith(ID)


def _told(path: Path, text: str, schema: Path) -> None:
    print(say("written", file=path, lines=text.count("\n")))
    print(say("schema", file=schema))
    print(say("next"))
    commands = {
        "check": f"longlunch check {path}",
        "play": f"longlunch play --text {path}",
        "simulate": f"longlunch simulate {path} --policy rapport",
    }
    width = max(map(len, commands.values()))
    for step, command in commands.items():
        print(f"  {command:<{width}}  # {say(f'steps.{step}')}")
