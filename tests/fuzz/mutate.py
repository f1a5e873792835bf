"""How inputs are changed: as text, as a tree, as a zip; and once in a while as mere bytes."""

from __future__ import annotations

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import yaml

from tests.fuzz.inputs import KINDS, SCHEMAS, Input, seeds

Bytes = Callable[[bytes, int], bytes]  # mutates bytes up to a length
MOST = 60_000  # bytes of an input, below what the guard lets in: the rest is its own tests' matter

LEAVES: tuple[Any, ...] = (
    0, 1, -1, 2, 7, 60, 61, 100, 3650, 99999, 999_999_999_999_999, 0.0, 0.5, 1.0, -0.5, 1.5, 1e-9,
    0.3333333333, 12345.678, True, False, None, "", " ", "a", "no", "1e9", "012", "1:30", "-",
    "2026-01-01", "{price}", "{topic} {about}", "{nothing}", "{", "}", "{}", "{{price}}", "a.b",
    "\u202b", "\u00e9", "\U0001f375", "%s %d", "kang", "any", "not not trust", "trust >",
    "trust > 0.5", "trust > 0.5 and not (price_named or deals >= 2)", "x" * 300,
    "greet, small_talk*3, propose", [], {}, [[]], {"a": {}}, ["a", "a"],
)  # fmt: skip
SNIPPETS = (
    "&a ", "*a", "!!str ", "<<: ", "? ", "|", "|2\n  ", ">-\n", "---\n", "...\n", "%YAML 1.2\n",
    "\t", "\r", "\0", "\ufeff", "\u202e", "\x85", "\u2028", "[", "]", "{", "}", "'", '"', "#",
    '"\\x00"', '"\\ud800"', ": ", ", ", "- ", "\\", "@", "`", "=", "~", "0o17", "0x1f", ".inf",
    ".nan", "1_000", "+", "\U0001f375", "e\u0301",
)  # fmt: skip
NAMES = (
    "../x.yaml", "/x.yaml", "C:/x.yaml", "scenarios\\x.yaml", "voices/con.yaml", "pack.yaml",
    "PACK.YAML", "x.exe", "scenarios/", "locale/de/", "locale/de/x.po", "\u202e.md", "",
    "README.md", "a" * 200 + ".md", "voices/x.yaml", "nested.zip", "scenarios/fuzzed.yaml",
)  # fmt: skip
_WORDLIKE = tuple(str(leaf) for leaf in LEAVES[:50])


def mutated(raw: bytes, most: int, seed: int, bytewise: Bytes) -> bytes:
    """An input changed in one to four places."""
    chance = random.Random(seed)
    one = Input.of(raw)
    if chance.random() < 0.2:  # what was kept is mostly refused; more of it should be played
        one = chance.choice(_sound())
    data = one.data
    for _ in range(chance.choice((1, 1, 1, 1, 2, 3))):
        data = _changed(one.kind, data, chance, bytewise)
    changed = Input(one.kind, data[: min(most - 1, MOST)]).raw()
    return changed if len(changed) > 1 else raw


def _changed(kind: str, data: bytes, chance: random.Random, bytewise: Bytes) -> bytes:
    dice = chance.random()
    if dice < 0.06:
        return bytewise(data, MOST)
    if kind == "zip":
        return _zip(data, chance, bytewise)
    if dice < 0.12:
        return _renamed(data, chance)
    if kind == "catalogue" or dice < 0.4:
        return _lines(data, chance)
    return _tree(kind, data, chance)


@cache
def _sound() -> tuple[Input, ...]:
    return tuple(one for one in seeds() if len(one.data) < 12_000)


# --- as text --------------------------------------------------------------------------------------


def _lines(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    lines = text.split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    act = chance.randrange(9)
    if act == 0:
        del lines[at : at + chance.choice((1, 1, 3, 9))]
    elif act == 1:
        lines[other:other] = lines[at : at + chance.choice((1, 2, 6))]
    elif act == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif act == 3:
        lines[at] = " " * chance.choice((1, 2, 4)) + lines[at]
    elif act == 4:
        lines[at] = lines[at].removeprefix(" " * chance.choice((1, 2, 4)))
    elif act == 5:
        del lines[at:]
    elif act == 6:
        lines[at] = _with_word(lines[at], chance)
    else:
        cut = chance.randrange(len(lines[at]) + 1)
        new = chance.choice(SNIPPETS) * chance.choice((1, 1, 1, 1, 25))
        lines[at] = lines[at][:cut] + new + lines[at][cut:]
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def _renamed(data: bytes, chance: random.Random) -> bytes:
    """A word replaced wherever it stands, so that what agreed still agrees."""
    words = re.findall(rb"[a-z][a-z0-9_-]+", data)
    if not words:
        return data
    new = chance.choice((*_words(), "a", "x" * 40, "a_1", "a-b", "propose", "null", "e"))
    return re.sub(
        rb"(?<![\w-])" + re.escape(chance.choice(words)) + rb"(?![\w-])", new.encode(), data
    )


def _with_word(line: str, chance: random.Random) -> str:
    """One value or key of a line replaced."""
    words = list(re.finditer(r"[\w.-]+", line))
    if not words:
        return line
    word = chance.choice(words)
    return line[: word.start()] + str(chance.choice((*_WORDLIKE, *_words()))) + line[word.end() :]


@cache
def _words() -> tuple[str, ...]:
    """Every word of the seeds and every key there is, for they are what is looked for."""
    found = {
        w for one in seeds() if one.kind != "zip" for w in re.findall(rb"[a-z_]{3,20}", one.data)
    }
    for path in SCHEMAS:
        found.update(re.findall(rb"(?<=\")[a-z_]{2,20}(?=\":)", path.read_bytes()))
    return tuple(sorted(w.decode() for w in found))


# --- as a tree ------------------------------------------------------------------------------------

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
Steps = tuple[Any, ...]


def _parsed(data: bytes) -> Any:
    """The data of a text that the guard lets in, else None: others could harm the fuzzer itself."""
    from game.scenario.tree import Lines, parse_tree, plain

    try:
        tree = parse_tree(data.decode(), "", Lines())
    except ValueError:
        return None
    return None if tree.root is None else plain(tree.root)


@cache
def _donors() -> tuple[tuple[str, Any], ...]:
    """Trees to take parts from, by kind."""
    found = (
        (one.kind, _parsed(one.data)) for one in seeds() if one.kind not in ("zip", "catalogue")
    )
    return tuple((kind, tree) for kind, tree in found if isinstance(tree, dict))


def _tree(kind: str, data: bytes, chance: random.Random) -> bytes:
    root = _parsed(data)
    if not isinstance(root, dict) or not root:
        return _lines(data, chance)
    places = list(_places(root))
    at = chance.choice(places)
    _change(root, at, kind, chance)
    made: bytes = yaml.dump(
        root, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=120, encoding="utf-8",
        default_flow_style=chance.choice((None, None, False, True)),
    )  # fmt: skip
    return made


def _places(node: Any, path: Steps = ()) -> Iterator[Steps]:
    children = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, child in children:
        yield (*path, key)
        yield from _places(child, (*path, key))


def _at(root: Any, path: Steps) -> Any:
    for step in path:
        root = root[step]
    return root


def _change(root: Any, path: Steps, kind: str, chance: random.Random) -> None:
    owner, key = _at(root, path[:-1]), path[-1]
    value = owner[key]
    act = chance.randrange(10)
    if act == 0:
        del owner[key]
    elif act == 1:
        owner[key] = chance.choice(LEAVES)
    elif act in (2, 8) and isinstance(value, int | float):
        share = round(chance.random(), 2)
        owner[key] = chance.choice((share, share, -value, value * 10, value + 1, value - 1, 0))
    elif act == 2 and isinstance(value, str):
        owner[key] = chance.choice(
            (value.upper(), value * 40, value[::-1], value + chance.choice(_words()))
        )
    elif act == 3:
        owner[key] = chance.choice(([value], {"a": value}, [value] * chance.choice((2, 9, 70))))
    elif act == 4:
        donors = [tree for donor, tree in _donors() if donor == kind] or [t for _, t in _donors()]
        donor = chance.choice(donors)
        same = [p for p in _places(donor) if p[-1] == key]
        owner[key] = _at(donor, chance.choice(same or list(_places(donor))))
    elif act == 5 and isinstance(owner, dict):
        owner[chance.choice((*_WORDLIKE, *_words()))] = owner.pop(key)
    elif act == 6 and isinstance(owner, dict):
        for number in range(chance.choice((1, 1, 7, 30))):
            owner[f"{key}_{number}"] = value
    elif act == 7 and isinstance(owner, list):
        owner.insert(chance.randrange(len(owner) + 1), chance.choice((*LEAVES, value)))
    else:
        known = [
            p for p in _places(root) if type(_at(root, p)) is type(value) and p[: len(path)] != path
        ]
        owner[key] = _at(root, chance.choice(known)) if known else chance.choice(LEAVES)


# --- as a zip -------------------------------------------------------------------------------------


def _zip(data: bytes, chance: random.Random, bytewise: Bytes) -> bytes:
    act = chance.randrange(6)
    if act < 2:
        return _with_field(data, chance)
    if act == 2:
        cut = chance.randrange(len(data) + 1)
        return data[:cut] + data[cut + chance.choice((1, 4, 40)) :]
    members = _members(data)
    if not members:
        return _with_field(data, chance)
    at = chance.randrange(len(members))
    name, inner = members[at]
    if act == 3:
        kind = name.rpartition("/")[2].removesuffix(".yaml")
        inner = _changed(kind if kind in KINDS else "scenario", inner, chance, bytewise)
        members[at] = name, inner
    elif act == 4:
        members[at] = chance.choice((*NAMES, name.upper(), name + chance.choice(". \0"))), inner
    else:
        members.insert(at, (chance.choice(NAMES), chance.choice((inner, b"", b" " * 300_000))))
    return _rezipped(members, chance)


def _with_field(data: bytes, chance: random.Random) -> bytes:
    """A number of a header written over."""
    heads = [m.start() for m in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06|\x06\x06)", data)]
    if not heads:
        return data + b"PK\x05\x06" + bytes(18)
    at = chance.choice(heads) + chance.randrange(4, 46)
    form = chance.choice(("<B", "<H", "<I"))
    top = 256 ** struct.calcsize(form) - 1
    value = chance.choice((0, 1, top, top // 2 + 1, chance.randrange(top + 1), len(data) & top))
    return data[:at] + struct.pack(form, value) + data[at + struct.calcsize(form) :]


def _members(data: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(info.filename, archive.open(info).read(MOST)) for info in archive.infolist()]
    except Exception:  # whatever a broken zip does to the library, this is only the fuzzer's look
        return []


def _rezipped(members: list[tuple[str, bytes]], chance: random.Random) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")  # two members of one name are meant
        for name, data in members:
            info = zipfile.ZipInfo("place-holder")
            info.filename = name
            info.create_system = chance.choice((3, 0, 10))
            info.external_attr = chance.choice((0, 0, 0o100644 << 16, 0o120777 << 16, 0x10, 0x400))
            archive.writestr(info, data, chance.choice((0, 0, 8, 8, 12, 14)))
    return out.getvalue()
