"""Words in the language of whoever reads them: of the common files, and of a scenario.

Translating replaces texts and nothing else: ids, options, guards and numbers are those of the file,
so the Rules, the choice of every line and the transcript are the same in every language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from game.scenario import language
from game.scenario.catalogue import (
    Catalogue,
    Folder,
    catalogue_texts,
    catalogues,
    english,
    forms,
)
from game.scenario.data import load_common
from game.scenario.diagnostics import ScenarioError
from game.scenario.library import scenarios_dir
from game.scenario.word_places import SCENARIO, VOICE, Put, placed, spec_of

if TYPE_CHECKING:
    from game.scenario.load import Loaded
    from game.scenario.model_voice import VoiceModel

T = TypeVar("T")

_FORMS = "_forms"


# --- common files -------------------------------------------------------------------------------


def common_words(name: str, tag: str | None = None) -> dict[str, Any]:
    """The data of a common file such as `phrases.yaml`, its words in a language, or the current."""
    return _common(name, language.current() if tag is None else tag)


@lru_cache(maxsize=256)
def _common(name: str, tag: str) -> dict[str, Any]:
    data = _own(name)
    if tag == language.SOURCE:
        return data
    domain = f"common/{name.removesuffix('.yaml')}"
    return translated_data(domain, data, catalogues((scenarios_dir(),), tag, domain))


@cache
def _own(name: str) -> dict[str, Any]:
    return load_common(name)


def in_words(domain: str, data: T, tag: str) -> T:
    """What a common file was read into, models and mappings of them, with its words translated."""
    found = catalogues((scenarios_dir(),), tag, domain) if tag != language.SOURCE else ()
    told: T = placed(spec_of(domain), data, putting(found)) if found else data
    return told


def translated_data(
    domain: str, data: dict[str, Any], found: Sequence[Catalogue]
) -> dict[str, Any]:
    """The plain data of a file of words, with the translations that hold."""
    if not found:
        return data
    made: dict[str, Any] = placed(spec_of(domain), data, putting(found))
    _count(made, data, (), found)
    return made


def putting(found: Sequence[Catalogue], single: bool = False) -> Put:
    """What puts a text into other words: the first catalogue's that has it. `single`: the one
    buyer of a scenario may be called `buyer` there."""

    def put(path: tuple[str, ...], text: str) -> str:
        id = ".".join(path)
        for one in found:
            told = one.text(id, text)
            if told is None and single and path[0] == "buyers":
                told = one.text(".".join(("buyer", *path[2:])), text)
            if told is None and path[0] == "phrases":  # as a pack's phrases have it
                told = one.text(".".join(("moves", *path[1:])), text)
            if told is not None:
                return told
        return text

    return put


def _count(made: Any, data: Any, path: tuple[str, ...], found: Sequence[Catalogue]) -> None:
    """Put the forms of every pair of one and many beside it."""
    if not isinstance(data, Mapping):
        return
    for key, one in data.items():
        name = str(key)
        base = name.removesuffix("_one")
        many = data.get(f"{base}_many")
        if base != name and isinstance(one, str) and isinstance(many, str):
            id = ".".join((*path, f"{base}_many"))
            told = (catalogue.counted(id, one, many) for catalogue in found)
            chosen = next((forms_ for forms_ in told if forms_ is not None), None)
            told_forms = chosen or forms((one, many), english)
            made[base + _FORMS] = told_forms
            made[name], made[f"{base}_many"] = told_forms.of(1), told_forms[-1]
        elif isinstance(made.get(key), dict):
            _count(made[key], one, (*path, name), found)


def counted(texts: Mapping[str, Any], id: str, count: int) -> str:
    """Of the texts `id_one` and `id_many` the one that goes with a number; KeyError for neither.

    Languages with other forms than one and many have them all in the pair's catalogue entry.
    """
    known = texts.get(id + _FORMS)
    if known is not None:
        told: str = known.of(count)
        return told
    text: str = texts[f"{id}_one" if english(count) == 0 else f"{id}_many"]
    return text


# --- scenarios ----------------------------------------------------------------------------------


def language_of(loaded: Loaded, wanted: str | None = None) -> str:
    """The language in which a scenario is shown to somebody who wants one: that, or its own."""
    tag = language.current() if wanted is None else wanted
    own = loaded.scenario.lang
    if tag == own or own in language.chain(tag):
        return own
    main = loaded.main.removesuffix(".yaml")
    return tag if catalogues(_folders(loaded), tag, main) else own


def in_language(loaded: Loaded, wanted: str | None = None) -> Loaded:
    """The scenario with its words in a language, or in the current one, as far as they exist."""
    tag = language_of(loaded, wanted)
    if tag == loaded.language:
        return loaded
    source = loaded.original or loaded
    if tag == source.scenario.lang:
        return source
    folders = _folders(loaded)
    found = [
        c
        for name in _own_names(loaded)
        for c in catalogues(folders, tag, name.removesuffix(".yaml"))
    ]
    options: dict[tuple[str, str], str] = {}
    put = putting(found, single=len(source.scenario.buyers) == 1)

    def noting(path: tuple[str, ...], text: str) -> str:
        told = put(path, text)
        if len(path) == 4 and path[0] == "issues" and path[2] == "options":
            options[path[1], path[3]] = told
        return told

    scenario = placed(SCENARIO, source.scenario, noting)
    voices: dict[str, VoiceModel | None] = {}
    for buyer, voice in source.voices.items():
        own = [] if voice is None else catalogues(folders, tag, f"voices/{voice.voice}")
        voices[buyer] = placed(VOICE, voice, putting(own)) if own else voice
    return replace(
        source, scenario=scenario, voices=voices, translated=tag, option_words=options,
        original=source,
    )  # fmt: skip


def with_catalogues(loaded: Loaded) -> dict[str, str]:
    """Its sources, and its translations where they are its own: what a game of it embeds.

    All of them, whatever language is spoken, so that a game is kept alike in every one.
    """
    folder = loaded.folder
    if folder is None or folder == scenarios_dir():
        return dict(loaded.sources)
    voices = {voice.voice for voice in loaded.voices.values() if voice is not None}
    domains = [name.removesuffix(".yaml") for name in _own_names(loaded)]
    domains += sorted(f"voices/{name}" for name in voices)
    return {**loaded.sources, **catalogue_texts(folder, domains)}


def _own_names(loaded: Loaded) -> list[str]:
    """The files of the scenario itself and of those that it extends."""
    apart = ("common/", "voices/", f"{language.LOCALE}/")
    return [name for name in loaded.sources if not name.startswith(apart)]


def _folders(loaded: Loaded) -> tuple[Folder, ...]:
    own = (loaded.folder,) if loaded.folder is not None else ()
    return (*own, scenarios_dir())


@lru_cache(maxsize=8)
def common_voice_in(text: str, shown: str, tag: str) -> VoiceModel:
    """The common voice with its lines in a language; raises :class:`ScenarioError`."""
    from game.scenario.common import common_voice  # the models, which words alone do without

    voice, complaints = common_voice(text, shown)
    if voice is None:
        raise ScenarioError(complaints)
    found = catalogues((scenarios_dir(),), tag, "common/voices")
    told: VoiceModel = placed(VOICE, voice, putting(found)) if found else voice
    return told
