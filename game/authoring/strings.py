"""`longlunch strings`: words out to translators, translations in, and what is missing."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from game.analysis.settings import usage
from game.authoring import po_checks, po_files
from game.scenario import language
from game.scenario.diagnostics import (
    Diagnostic,
    LongLunchError,
    did_you_mean,
    errors,
    exit_status,
    listing,
    render,
)
from game.scenario.domains import Domain, State, domains_of, entries_in, interface, state
from game.scenario.guard import decode, read_bytes
from game.scenario.library import scenarios_dir, shipped
from game.scenario.load import load_scenario
from game.scenario.shelves import shown_path

DONE, FAILED = 0, 1
INTERFACE = "interface"
FORMAT = "longlunch.strings/1"
_LISTED = 12  # ids shown of a domain before the rest is counted


# --- export ---------------------------------------------------------------------------------------


def export(what: Sequence[str], tag: str, output: Path | None) -> int:
    """Write the catalogues of scenarios or of the interface, with the translations there are."""
    _language(tag)
    for domain in _domains(what or [INTERFACE]):
        place = domain.catalogue(tag)
        target = place if output is None else output / f"{domain.name}.po"
        known = po_files.overlaid(entries_in(place), {})
        file = po_files.made(domain, tag, known)
        po_files.write(file, target)
        print(f"{shown_path(target)}: {_progress(file)}")
    return DONE


def _progress(file: Any) -> str:
    done = len(file.translated_entries())
    return f"{done} of {len(file)} translated"


# --- import ---------------------------------------------------------------------------------------


def bring_in(paths: Sequence[Path], folder: Path | None) -> int:
    """Check catalogues and put them in their places; a file with an error is left out whole."""
    found: list[Diagnostic] = []
    lines: list[str] = []
    for path in paths:
        try:
            delivery, domain = delivered(path, folder)
        except LongLunchError as refused:
            found += refused.diagnostics
            continue
        found += delivery.found
        if domain is None or errors(delivery.found):
            continue
        place = domain.catalogue(delivery.tag)
        known = po_files.overlaid(entries_in(place), delivery.entries)
        file = po_files.made(domain, delivery.tag, known, delivery.rule)
        po_files.write(file, place)
        lines.append(f"{shown_path(place)}: {_progress(file)}")
    if found:
        print(render(found), end="", file=sys.stderr)
    for line in lines:
        print(line)
    return exit_status(found)


def delivered(path: Path, folder: Path | None) -> tuple[po_checks.Delivery, Domain | None]:
    """A catalogue as it came in, everything wrong with it, and the file of words it is for."""
    shown = shown_path(path)
    delivery = po_checks.read(path, shown, decode(read_bytes(path, shown), shown))
    if errors(delivery.found):
        return delivery, None
    places = [folder] if folder is not None else [*_around(path), scenarios_dir()]
    for place in places:
        domain = Domain(delivery.domain, place)
        if _plain(delivery.domain) and domain.path.is_file():
            po_checks.check(delivery, domain)
            return delivery, domain
    known = [domain.name for domain in _all_domains()]
    delivery.complain(
        "S002", f"there is no file of words called “{delivery.domain[:60]}”", "",
        "the name of a file of words, without .yaml",
        did_you_mean(delivery.domain, known, "name the scenario's folder with --folder"),
    )  # fmt: skip
    return delivery, None


def _plain(domain: str) -> bool:
    """Whether a domain names a file below the folder, and no other place."""
    parts = domain.split("/")
    return len(parts) <= 2 and all(part and part.strip(".") == part for part in parts)


def _around(path: Path) -> list[Path]:
    """The folder of scenarios that a catalogue lies in, if it does."""
    whole = path.resolve()
    return [parent.parent for parent in whole.parents if parent.name == language.LOCALE][:1]


# --- status ---------------------------------------------------------------------------------------


def status(what: Sequence[str], tag: str | None, complete: bool, as_json: bool) -> int:
    """How far everything is translated; 1 with `complete` where anything lacks."""
    if tag is not None:
        _language(tag)
    tags = [tag] if tag is not None else [t for t in language.available() if t != language.SOURCE]
    domains = _domains(what) if what else None
    states = {t: [state(d, t) for d in domains or _begun(t)] for t in tags}
    whole = all(one.complete for of in states.values() for one in of)
    if as_json:
        print(json.dumps(_object(states), ensure_ascii=False, indent=2))
    else:
        for t, of in states.items():
            _told(t, of)
        if not states:
            print("No catalogue is there yet: longlunch strings export interface --lang de")
    return FAILED if complete and not whole else DONE


def _begun(tag: str) -> list[Domain]:
    """The interface, and every shipped scenario that has a catalogue of its own."""
    found = interface()
    for id in shipped():
        domains = domains_of(load_scenario(id))
        if domains[0].catalogue(tag).is_file():
            found += [domain for domain in domains if domain not in found]
    return found


def _told(tag: str, states: Sequence[State]) -> None:
    wide = max((len(one.domain.name) for one in states), default=0)
    for one in states:
        left = [f"{len(ids)} {name}" for ids, name in _lacking(one) if ids]
        print(f"{tag}  {one.domain.name:<{wide}}  {one.translated:>5} of {one.total:<5}"
              f" {', '.join(left)}".rstrip())  # fmt: skip
        for ids, name in _lacking(one):
            if ids and one.translated:
                print(f"      {name}: {listing(ids, _LISTED)}")
    done, total = sum(s.translated for s in states), sum(s.total for s in states)
    print(f"{tag}  {'together':<{wide}}  {done:>5} of {total}")


def _lacking(one: State) -> tuple[tuple[tuple[str, ...], str], ...]:
    return (one.fuzzy, "to be looked at again"), (one.missing, "missing")


def _object(states: dict[str, list[State]]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "complete": all(one.complete for of in states.values() for one in of),
        "languages": [
            {
                "language": tag,
                "translated": sum(one.translated for one in of),
                "total": sum(one.total for one in of),
                "domains": [
                    {
                        "domain": one.domain.name,
                        "translated": one.translated,
                        "total": one.total,
                        "fuzzy": list(one.fuzzy),
                        "missing": list(one.missing),
                    }
                    for one in of
                ],
            }
            for tag, of in states.items()
        ],
    }


# --- what is meant --------------------------------------------------------------------------------


def _language(tag: str) -> None:
    if not language.is_language(tag) or tag in (language.PSEUDO, language.SOURCE):
        raise usage(
            f"“{tag[:40]}” is not a language to translate into",
            "a language tag such as de, pt-BR or zh-Hans", "give --lang one of those",
        )  # fmt: skip


def _domains(what: Sequence[str]) -> list[Domain]:
    found: list[Domain] = []
    for name in what:
        own = next((d for d in _all_domains() if d.name == name and "/" in name), None)
        if name == INTERFACE:
            more = interface()
        elif own is not None:
            more = [own]
        else:
            more = domains_of(load_scenario(name))
            if not more:
                raise _in_an_archive(name)
        found += [domain for domain in more if domain not in found]
    return found


def _in_an_archive(name: str) -> LongLunchError:
    found = Diagnostic(
        "S002",
        "its words lie in an archive, and translations lie beside them",
        file=name,
        expected="the folder of the pack",
        fix="name the folder, and pack it again with its translations",
    )
    return LongLunchError([found])


def _all_domains() -> list[Domain]:
    folder = scenarios_dir()
    voices = sorted(path.stem for path in (folder / "voices").glob("*.yaml"))
    scenarios = [Domain(id, folder) for id in shipped()]
    return [*interface(), *(Domain(f"voices/{name}", folder) for name in voices), *scenarios]
