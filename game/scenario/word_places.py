"""Which texts of a file are words to be translated, and their ids.

A text's id in a catalogue is the path of its keys, joined by dots: `facts.bad_lot.says.plain`. An
entry that is either a text or a mapping with its `text` has the same id in both forms. Places in a
list count from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

Path = tuple[str, ...]
Put = Callable[[Path, str], str]

WORDS = "words"  # a text
LINE = "line"  # a text, or a mapping with its text
ALL = "all"  # every text below
OPTIONS = "options"  # the options of an issue: those that are text, each under itself
ANY = "*"  # every key
Spec = str | dict[str, Any] | list[Any]

_NAMED: Spec = {"name": WORDS, "reading": WORDS}
_PHRASE: Spec = {"label": WORDS, "tempts": WORDS, "says": {ANY: LINE}}
_LINES: Spec = {ANY: {"text": WORDS}}
_BUYER: Spec = {
    **dict.fromkeys(("name", "role", "address"), WORDS), "needs": {ANY: {"label": WORDS}},
}  # fmt: skip

VOICE: Spec = dict.fromkeys(("says", "notices", "thinks", "letters"), _LINES)
SCENARIO: Spec = {
    **dict.fromkeys(("title", "selling", "stake", "city"), WORDS),
    "you": {
        **dict.fromkeys(("firm", "role", "want", "alternative", "boss", "bonus"), WORDS),
        "notes": [{"text": WORDS}],
    },
    "buyer": _BUYER,
    "buyers": {ANY: _BUYER},
    "topics": {ANY: {"label": WORDS}},
    "issues": {ANY: {"label": WORDS, "unit": WORDS, "options": OPTIONS}},
    "facts": {ANY: {"text": WORDS, "says": {"plain": WORDS, "circling": WORDS}}},
    "demands": {ANY: {"label": WORDS}},
    "blocks": ALL,
    "meetings": [{"place": WORDS, "notice": WORDS}],
    "flight": {"label": WORDS},
    "referral": {"given_by": WORDS},
    "rival": {"name": WORDS},
    "preparation": dict.fromkeys(("objectives", "history", "referral", "rivals"), WORDS),
    "events": {ANY: {"label": WORDS, "notice": WORDS}},
    "phrases": {ANY: _PHRASE},
    "teaching": {"aim": WORDS, "splits": [WORDS], "questions": [WORDS], "stereotype": WORDS},
}
# Common files with more than words in them; any other is words throughout.
COMMON: dict[str, Spec] = {
    "phrases": {"moves": {ANY: _PHRASE}, "ui": ALL, "events": ALL, "hints": ALL},
    "principles": {"principles": {ANY: {"text": WORDS, "practice": WORDS}}},
    "desktop_lesson": {"lesson": ALL},
    "voices": VOICE,
    "self_test": {
        **dict.fromkeys(("title", "intro", "one_answer", "limits"), WORDS),
        "scale": [WORDS],
        "bands": {ANY: _NAMED},
        "spreads": {ANY: _NAMED},
        "items": {ANY: dict.fromkeys(("title", "situation", "a", "b"), WORDS)},
    },
    "judgment_test": {
        **dict.fromkeys(("title", "intro", "limits"), WORDS),
        "topics": ALL,
        "items": {
            ANY: {
                **dict.fromkeys(("title", "situation", "why"), WORDS),
                "options": {ANY: {"does": WORDS, "because": WORDS}},
            }
        },
    },
}
_OCCASIONS = ("on", "after", "as", "in", "tell", "trust", "when", "depth")
# Common files that nobody is shown, and those of tools that speak English to authors, as the
# messages of `check` do.
WORDLESS = (
    "moves", "machine", "policies", "cultures", "sounds", "gaze",
    "balance_words", "check_words", "new_words", "desktop_gallery",
)  # fmt: skip


def spec_of(domain: str) -> Spec:
    """What is words in the file of a domain: `common/phrases`, `voices/ogawa`, `osaka`."""
    folder, _, name = domain.rpartition("/")
    if folder == "common":
        return COMMON.get(name, ALL)
    if folder == "pack":
        return {"moves": {ANY: _PHRASE}}
    return VOICE if folder == "voices" else SCENARIO


@dataclass(frozen=True, slots=True)
class Words:
    """A text to translate; with `many` a pair, whose id is that of its part for many.

    `occasion` is what the file says of when it is shown, such as `on: greet, as: plain`.
    """

    id: str
    text: str
    many: str = ""
    occasion: str = ""


def spoken(option: object) -> str:
    """An option of an issue as it is said: `first_of_May` is first of May."""
    return str(option).replace("_", " ").replace("-", " ")


def words_in(domain: str, data: Any) -> Iterator[Words]:
    """All texts of a file's plain data, in its order; pairs of one and many together."""
    found: dict[str, str] = {}
    when: dict[str, str] = {}

    def note(path: Path, text: str) -> str:
        id = ".".join(path)
        if id in found:
            raise ValueError(f"two texts have the id {id}")
        found[id] = text
        when[id] = _occasion(data, path)
        return text

    placed(spec_of(domain), data, note)
    for id, text in found.items():
        base = id.removesuffix("_one")
        if base != id and f"{base}_many" in found:
            yield Words(f"{base}_many", text, found[f"{base}_many"])
        elif not (id.endswith("_many") and f"{id.removesuffix('_many')}_one" in found):
            yield Words(id, text, occasion=when[id])


def _occasion(data: Any, path: Path) -> str:
    """What stands beside a text in its mapping: `on: greet, as: plain, in: stranger wary`."""
    for key in path:
        data = data.get(key) if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or "text" not in data:
        return ""
    told = ((k, v) for k, v in data.items() if k in _OCCASIONS)
    return ", ".join(f"{k}: {' '.join(v) if isinstance(v, list) else v}" for k, v in told)


def placed(spec: Spec, data: Any, put: Put, path: Path = ()) -> Any:
    """The data with every text replaced by `put(path, text)`; models and mappings are copied.

    Options of issues keep their value, since moves are named after it; `put` is called for them.
    """
    if data is None or data == "":
        return data
    if isinstance(data, str):
        return put(path, data) if spec in (WORDS, LINE, ALL) else data
    if spec == OPTIONS:
        for option in data:
            if isinstance(option, str):
                put((*path, option), spoken(option))
        return data
    if spec == ALL and isinstance(data, Mapping):
        return {key: placed(ALL, one, put, (*path, str(key))) for key, one in data.items()}
    if isinstance(data, list):
        inner = spec[0] if isinstance(spec, list) else spec
        if inner != ALL and not isinstance(spec, list):
            return data
        return [placed(inner, one, put, (*path, str(n))) for n, one in enumerate(data, 1)]
    if spec == LINE and isinstance(data, Mapping):
        return {**data, "text": placed(WORDS, data.get("text"), put, path)}
    if not isinstance(spec, dict):
        return data
    if isinstance(data, Mapping):
        return _mapping(spec, data, put, path)
    return _model(spec, data, put, path) if hasattr(data, "model_copy") else data


def _mapping(spec: dict[str, Any], data: Mapping[str, Any], put: Put, path: Path) -> dict[str, Any]:
    made = dict(data)
    for key, one in data.items():
        inner = spec.get(str(key), spec.get(ANY))
        if inner is not None:
            made[key] = placed(inner, one, put, _step(path, str(key)))
    return made


def _model(spec: dict[str, Any], data: BaseModel, put: Put, path: Path) -> BaseModel:
    changed = {}
    for name, inner in spec.items():
        old = getattr(data, name, None)  # not every kind of a part has every text
        new = placed(inner, old, put, _step(path, name))
        if new is not old:
            changed[name] = new
    if not changed:
        return data
    retold = getattr(data, "retold", None)  # where it keeps the words of before
    made: BaseModel = data.model_copy(update=changed) if retold is None else retold(changed)
    return made


def _step(path: Path, key: str) -> Path:
    """A text has its entry's id, whether or not it stands in a mapping of its own."""
    return path if key == "text" else (*path, key)
