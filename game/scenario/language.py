"""The language in which words are shown; the one place that decides it.

A program speaks one language by default; :func:`speaking` gives one piece of work another, so that
a server can have an English console and German phones in one process. Tags are those of BCP 47,
such as `de` or `de-CH`; a catalogue of `de` serves `de-CH` too. `qps` is the pseudo-language: every
text in brackets, accented and longer, to see what is not translated and what does not fit.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path

from game.scenario.library import scenarios_dir

SOURCE = "en"  # what the interface is written in
PSEUDO = "qps"
LOCALE = "locale"  # the folder of catalogues, beside the scenarios
_FROM_THE_RIGHT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi")
)
_NAMES = Path("common/language.po")  # has the language's own name
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
# ISO 639-1: the languages with a code of two letters. Those of three are thousands, and are
# believed.
_ISO_639_1 = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy
hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg
li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or
os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta
te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_TWO_LETTERS = frozenset(_ISO_639_1.split())

_override: ContextVar[str] = ContextVar("language", default="")


class _Program:
    tag = SOURCE
    asked = False  # somebody named it for this run


def current() -> str:
    """The language of whoever is being shown something now."""
    return _override.get() or _Program.tag


def use(tag: str, asked: bool = False) -> None:
    """Let the whole program speak a language from now on; `asked`: it was named for this run."""
    _Program.tag, _Program.asked = tag, asked


def asked() -> bool:
    """Whether the language was named for this run, so that no setting takes its place."""
    return _Program.asked


@contextlib.contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Speak a language here and in what is called from here, in this thread or task alone."""
    token = _override.set(tag)
    try:
        yield
    finally:
        _override.reset(token)


def direction(tag: str) -> str:
    """`rtl` for languages that are written from the right, `ltr` for the others."""
    return "rtl" if tag.partition("-")[0] in _FROM_THE_RIGHT else "ltr"


def is_tag(text: str) -> bool:
    """Whether it is written as a language is: `de`, `pt-BR`."""
    return bool(_TAG.match(text))


def is_language(tag: str) -> bool:
    """Whether there is such a language, as far as its code tells: `xx` is only written like one."""
    first = tag.partition("-")[0]
    return is_tag(tag) and (len(first) > 2 or first in _TWO_LETTERS)


def chain(tag: str) -> tuple[str, ...]:
    """A tag and the wider ones that stand in for it: `de-CH`, `de`."""
    parts = tag.split("-")
    return tuple("-".join(parts[:n]) for n in range(len(parts), 0, -1))


def catalogues_in(folder: Path) -> list[str]:
    """The languages that a folder of scenarios has catalogues in, in order."""
    try:
        inside = sorted(path for path in (folder / LOCALE).iterdir() if path.is_dir())
    except OSError:
        return []
    return [path.name for path in inside if is_tag(path.name)]


def available() -> list[str]:
    """The languages of the interface: the one it is written in, then those that say their name."""
    folder = scenarios_dir()
    named = (tag for tag in catalogues_in(folder) if tag != SOURCE)
    return [SOURCE, *(tag for tag in named if (folder / LOCALE / tag / _NAMES).is_file())]


def nearest(tag: str) -> str | None:
    """The language of the interface that serves a tag, or None if none does."""
    if tag == PSEUDO:
        return tag
    there = available()
    return next((part for part in chain(tag) if part in there), None)


def preferred(environment: Mapping[str, str]) -> str:
    """The language that an environment asks for, if the interface has it; else its own."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            tag = value.partition(".")[0].partition("@")[0].replace("_", "-")
            return (nearest(tag) if is_tag(tag) else None) or SOURCE
    return SOURCE
