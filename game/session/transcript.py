"""The transcript of a game: a tree of entries, one JSON file, replaced whole (decision 7)."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from game.core.chance import keys_of
from game.core.rules import RULES_VERSION
from game.scenario.diagnostics import refused
from game.session.branches import (
    MOVES,
    Counts,
    Entry,
    Line,
    counts_of,
    fault_of,
    heads_of,
    lines_of,
    moment_before,
    path_to,
    tries_of,
)
from game.session.files import replace as replace_file
from game.session.lines import mixed
from game.session.seating import HELP_LEVELS, Settings

FORMAT = "longlunch.transcript/1"
KINDS = ("prepare", "action", "event", "read", "hint", "undo")
_MOST_BYTES = 16 << 20
_ID = re.compile(r"[a-z][a-z0-9-]*")
_RETURN, _TRY = 0x5EED, 0x7247  # what tells the fresh chance of the two kinds of return apart


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

    # --- the tree -----------------------------------------------------------------------------

    def path(self, head: str | None = None) -> list[Entry]:
        """Entries from the root to `head` (the game's own if None); KeyError for none of them."""
        return path_to(self.entries, self.head if head is None else head)

    def lines(self) -> list[Line]:
        """Every line that was played: the original first, then tries and what was taken back."""
        return lines_of(self.entries, self.head)

    @property
    def original(self) -> str:
        """The head of the original line, which no try alters; "" before the first entry."""
        return heads_of(self.entries)[""]

    @property
    def trying(self) -> str:
        """The entry that begins the try the game stands in, "" in the original."""
        return tries_of(self.entries)[self.head]

    def counts(self) -> Counts:
        """What was taken in the original, or in the try that the game stands in."""
        return counts_of(self.entries, self.head)

    def at(self, head: str) -> Transcript:
        """A copy that stands at another entry; KeyError for none of them."""
        self.path(head)
        return replace(self, entries=list(self.entries), branches=dict(self.branches), head=head)

    def key_at(self, entry_id: str) -> int:
        """The chance key that holds after an entry: of the last branch on its path, or the seed."""
        key = int(keys_of(self.seed, 1)[0])
        for entry in self.path(entry_id):
            key = self.branches.get(entry.id, key)
        return key

    def take_back(self) -> bool:
        """Return to before the last move; False where there is none, as at the start of a try.

        The first return to a moment has the same chance once more, a later one a fresh one.
        """
        path = self.path()
        begun = max((k for k, entry in enumerate(path) if entry.tries), default=-1)
        moves = [entry for entry in path[begun + 1 :] if entry.kind in MOVES]
        if not moves:
            return False
        parent = moment_before(self.entries, moves[-1], in_try=True)
        earlier = [e for e in self.entries if e.kind == "undo" and not e.tries]
        times = sum(entry.parent == parent for entry in earlier)
        key = mixed(self.seed, len(path), times, _RETURN) if times else self.key_at(parent)
        entry = self.append("undo", parent, undone=moves[-1].id)
        self.branches[entry.id] = key
        return True

    def try_again(self, entry_id: str, fresh: bool = False) -> None:
        """Begin a try of a move, with the chance it had or with a fresh one; KeyError for no move.

        It branches off where the move was made, so that everything before it is shared.
        """
        move = {entry.id: entry for entry in self.entries if entry.kind in MOVES}[entry_id]
        number = len(self.entries)
        key = mixed(self.seed, number, _TRY) if fresh else self.key_at(move.parent)
        data = {"try": entry_id, "fresh": fresh}
        entry = self.append("undo", moment_before(self.entries, move), **data)
        self.branches[entry.id] = key

    # --- the file -----------------------------------------------------------------------------

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
        """Replace the file in one step: whoever is killed leaves the old one or the new one.

        Done once it would outlast a loss of power, which takes the disk's time.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self.as_json(), ensure_ascii=False, separators=(",", ":"))
        replace_file(path, text.encode())
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
    source = body["scenario"]
    if not _ID.fullmatch(str(source["id"])):
        raise _WrongPart(f"scenario is {str(source['id'])[:40]}")
    entries: list[Entry] = []
    known = {""}
    for one in body["entries"]:
        data = {k: v for k, v in one.items() if k not in ("id", "parent", "kind")}
        entry = Entry(str(one["id"]), one["parent"] or "", str(one["kind"]), data)
        if entry.kind not in KINDS or entry.parent not in known or entry.id in known:
            raise _WrongPart(f"entry {entry.id[:20]}")
        known.add(entry.id)
        entries.append(entry)
    fault = fault_of(entries)
    if fault:
        raise _WrongPart(f"entry {fault}")
    head = body["head"] or ""
    branches = {str(k): _key(v, f"branch {k[:20]}") for k, v in body["branches"].items()}
    if head not in known or not known.issuperset(branches):
        raise _WrongPart("head or branches name no entry")
    found = Transcript(
        scenario=str(source["id"]),
        rules_digest=str(source["rules"]),
        main=str(source["main"]),
        sources={str(k): str(v) for k, v in source["source"].items()},
        seed=_key(body["seed"], "seed"),
        settings=_settings(body["settings"]),
        entries=entries,
        head=head,
        branches=branches,
        rules_version=int(body["rules_version"]),
    )
    _check_chances(found)
    return found


def _settings(body: Mapping[str, Any]) -> Settings:
    """How it is played; `coach` is younger than the format, so old files are without it."""
    help_level, d, coach = body["help"], body["d"], body.get("coach", False)
    if help_level not in HELP_LEVELS:
        raise _WrongPart(f"help is {str(help_level)[:20]}")
    if d is not None and not 0 <= float(d) <= 1:
        raise _WrongPart(f"d is {str(d)[:20]}")
    if not isinstance(coach, bool) or (coach and help_level == "exam"):
        raise _WrongPart(f"coach is {str(coach)[:20]}")
    return Settings(help_level, None if d is None else float(d), bool(body["blind"]), coach)


def _check_chances(transcript: Transcript) -> None:
    """Every try has a chance key, and one that is not fresh the key of the move it tries."""
    known = {entry.id: entry for entry in transcript.entries}
    for entry in transcript.entries:
        if not entry.tries:
            continue
        key = transcript.branches.get(entry.id)
        same = transcript.key_at(known[entry.data["try"]].parent)
        if key is None or (key != same and not entry.data["fresh"]):
            raise _WrongPart(f"branch {entry.id[:20]}")
