"""The transcript of a game: a tree of entries, one JSON file, replaced whole (decision 7)."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from game.core.rules import RULES_VERSION
from game.scenario.diagnostics import Diagnostic, ScenarioError
from game.session.seating import HELP_LEVELS, Settings

FORMAT = "longlunch.transcript/1"
KINDS = ("prepare", "action", "event", "read", "hint", "undo")
_MOST_BYTES = 16 << 20
_ID = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One node of the tree. `data` holds what its kind needs; `parent` is "" at the root."""

    id: str
    parent: str
    kind: str
    data: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "parent": self.parent or None, "kind": self.kind, **self.data}


@dataclass(slots=True)
class Transcript:
    """A game as it is kept: where it came from, every entry ever made, and where it stands."""

    scenario: str
    rules_digest: str
    main: str
    sources: dict[str, str]
    seed: int
    settings: Settings
    entries: list[Entry] = field(default_factory=list)
    head: str = ""
    branches: dict[str, int] = field(default_factory=dict)
    rules_version: int = RULES_VERSION

    def append(self, kind: str, parent: str, **data: Any) -> Entry:
        """A new entry, which becomes the head."""
        entry = Entry(f"e{len(self.entries) + 1}", parent, kind, data)
        self.entries.append(entry)
        self.head = entry.id
        return entry

    def path(self, head: str | None = None) -> list[Entry]:
        """Entries from the root to `head` (the game's own if None)."""
        known = {entry.id: entry for entry in self.entries}
        at = self.head if head is None else head
        found = []
        while at:
            found.append(known[at])
            at = known[at].parent
        return found[::-1]

    def origin(self, entry_id: str) -> str:
        """The entry that a return stands for: itself, or what the undo entries lead back to."""
        known = {entry.id: entry for entry in self.entries}
        while entry_id and known[entry_id].kind == "undo":
            entry_id = known[entry_id].parent
        return entry_id

    def as_json(self) -> dict[str, Any]:
        """The file's object, its digest included."""
        body: dict[str, Any] = {
            "format": FORMAT,
            "rules_version": self.rules_version,
            "scenario": {
                "id": self.scenario,
                "rules": self.rules_digest,
                "main": self.main,
                "source": self.sources,
            },
            "seed": self.seed,
            "settings": self.settings.as_json(),
            "layers": list(self.settings.layers),
            "entries": [entry.as_json() for entry in self.entries],
            "head": self.head or None,
            "branches": self.branches,
        }
        return body | {"digest": _digest(body)}

    def save(self, path: Path) -> None:
        """Replace the file in one step: whoever is killed leaves the old one or the new one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self.as_json(), ensure_ascii=False, separators=(",", ":"))
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last, where the system lets folders be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _digest(body: Mapping[str, Any]) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


# --- reading ----------------------------------------------------------------------------------


def load_transcript(path: Path | str) -> Transcript:
    """Read a transcript; raises :class:`ScenarioError` with an R or RD code."""
    path = Path(path)
    shown = str(path)
    try:
        if path.is_dir():
            raise refused("RD002", "this is a folder", shown, _A_FILE, "name the file")
        with path.open("rb") as file:  # no further: a device has no end
            raw = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise refused(
            "RD001", "there is no such file", shown, _A_FILE, "check the spelling of the path"
        ) from None
    except (OSError, ValueError) as problem:
        raise refused(
            "RD003",
            f"the file cannot be read: {getattr(problem, 'strerror', None) or problem}",
            shown,
            "a readable file",
            "check its permissions",
        ) from None
    return read_transcript(raw, shown)


def read_transcript(raw: bytes, shown: str = "") -> Transcript:
    """The same from the file's bytes."""
    if len(raw) > _MOST_BYTES:
        raise refused("R001", "too large for a game", shown, _A_GAME, _SAVE_AGAIN)
    try:
        body = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        if raw.lstrip()[:1] == b"{" and FORMAT.partition("/")[0].encode() in raw[:200]:
            raise refused(
                "R002", "the file breaks off or is garbled", shown, "the whole file", _SAVE_AGAIN
            ) from None
        raise refused("R001", "this is not JSON", shown, _A_GAME, _SAVE_AGAIN) from None
    if not isinstance(body, dict) or not str(body.get("format", "")).startswith(
        "longlunch.transcript/"
    ):
        named = body.get("format") if isinstance(body, dict) else None
        what = f"this is “{str(named)[:60]}”" if named else "this is some other JSON"
        raise refused("R001", what, shown, f"format: {FORMAT}", "give a .lunch.json file")
    if body["format"] != FORMAT:
        raise refused(
            "R003",
            f"the format is {str(body['format'])[:60]}",
            shown,
            FORMAT,
            "open it with the version of the program that wrote it",
        )
    digest = body.pop("digest", None)
    if digest != _digest(body):
        raise refused(
            "R002",
            "the digest does not fit: the file was changed after it was saved",
            shown,
            "a file as the program wrote it",
            "use an untouched copy; wording lives in scenarios",
        )
    version = body.get("rules_version")
    if version != RULES_VERSION:
        raise refused(
            "R003",
            f"played by rules {str(version)[:20]}, this program has {RULES_VERSION}",
            shown,
            f"rules_version: {RULES_VERSION}",
            "open it with that version of the program, or play the scenario anew",
        )
    try:
        return _transcript(body)
    except KeyError as missing:
        raise refused(
            "R002", f"the part {missing} is missing", shown, "every key of the format", _SAVE_AGAIN
        ) from None
    except (TypeError, ValueError, AttributeError, OverflowError) as problem:
        what = f": {problem.args[0]}" if isinstance(problem, _WrongPart) else ""
        raise refused(
            "R002",
            f"a part is of the wrong kind{what}",
            shown,
            "every key of the format",
            _SAVE_AGAIN,
        ) from None


_A_FILE = "a saved game, such as seoul-7.lunch.json"
_A_GAME = "a game saved by Long Lunch"
_SAVE_AGAIN = "take the last good copy, or start a new game"


class _WrongPart(ValueError):
    """A value that no game can have; says which."""


def _key(number: Any, name: str) -> int:
    """A seed or a branch's key: they are the same kind of number."""
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 1 << 32:
        raise _WrongPart(f"{name} is {str(number)[:20]}")
    return number


def _transcript(body: Mapping[str, Any]) -> Transcript:
    source, settings = body["scenario"], body["settings"]
    if not _ID.fullmatch(str(source["id"])):
        raise _WrongPart(f"scenario is {str(source['id'])[:40]}")
    help_level, d = settings["help"], settings["d"]
    if help_level not in HELP_LEVELS:
        raise _WrongPart(f"help is {str(help_level)[:20]}")
    if d is not None and not 0 <= float(d) <= 1:
        raise _WrongPart(f"d is {str(d)[:20]}")
    entries: list[Entry] = []
    known = {""}
    for one in body["entries"]:
        data = {k: v for k, v in one.items() if k not in ("id", "parent", "kind")}
        entry = Entry(str(one["id"]), one["parent"] or "", str(one["kind"]), data)
        if entry.kind not in KINDS or entry.parent not in known or entry.id in known:
            raise _WrongPart(f"entry {entry.id[:20]}")
        known.add(entry.id)
        entries.append(entry)
    head = body["head"] or ""
    branches = {str(k): _key(v, f"branch {k[:20]}") for k, v in body["branches"].items()}
    if head not in known or not known.issuperset(branches):
        raise _WrongPart("head or branches name no entry")
    return Transcript(
        scenario=str(source["id"]),
        rules_digest=str(source["rules"]),
        main=str(source["main"]),
        sources={str(k): str(v) for k, v in source["source"].items()},
        seed=_key(body["seed"], "seed"),
        settings=Settings(help_level, None if d is None else float(d), bool(settings["blind"])),
        entries=entries,
        head=head,
        branches=branches,
        rules_version=int(body["rules_version"]),
    )


def refused(code: str, message: str, file: str, expected: str, fix: str) -> ScenarioError:
    """One complaint about a transcript, ready to be raised."""
    return ScenarioError([Diagnostic(code, message, file=file, expected=expected, fix=fix)])
