"""The command `longlunch pack`: check a pack's folder, and make one file of it."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from game.authoring.examination import examination
from game.authoring.writing import already_there, write_over
from game.scenario.check import examined_in
from game.scenario.diagnostics import (
    Diagnostic,
    ScenarioError,
    errors,
    exit_status,
    in_order,
    render,
    to_json,
)
from game.scenario.packs import SUFFIX, Pack, diagnose_pack, open_pack

FORMAT = "longlunch.pack/1"


def run(args: Namespace) -> int:
    """Run it; returns the exit status. ``args`` has folder, output and json."""
    pack, found = diagnose_pack(args.folder)
    if pack is not None:
        found = list(examination(examined_in(pack, found)).diagnostics)
    path: Path | None = None
    if pack is not None and not errors(found):
        path = args.output or Path(pack.manifest.pack + SUFFIX)
        _may_replace(path)
        write_over(path, pack.zipped)
    if args.json:
        print(json.dumps(as_json(pack, path, found), ensure_ascii=False, indent=2))
    else:
        if found:
            print(render(found), end="", file=sys.stderr)
        if pack is not None and path is not None:
            print(told(pack, path), end="")
    return exit_status(found)


def _may_replace(path: Path) -> None:
    """A pack may replace an older pack, and nothing else; raises W002."""
    try:
        if path.exists() and path.stat().st_size > 0:
            if path.is_dir():
                raise already_there(path)
            open_pack(path)
    except ScenarioError:
        raise already_there(path) from None
    except (OSError, ValueError):
        pass  # writing will say what is wrong with such a path


def told(pack: Pack, path: Path) -> str:
    """What is in the file, for people."""
    manifest = pack.manifest
    lines = [f"{manifest.title} ({manifest.pack} {manifest.version})"]
    lines += [f"{size:>9,}  {name}" for name, size in _sizes(pack).items()]
    lines += [f"{len(pack.zipped):>9,}  bytes in {path}", f"   sha256  {pack.sha256}"]
    return "\n".join(lines) + "\n"


def as_json(pack: Pack | None, path: Path | None, found: list[Diagnostic]) -> dict[str, Any]:
    """``longlunch.pack/1``; the file and what is in it only if it was written."""
    written = pack is not None and path is not None
    made: dict[str, Any] = {"format": FORMAT, "ok": written, "file": str(path) if written else None}
    if pack is not None and path is not None:
        made |= {
            "pack": pack.manifest.pack,
            "version": pack.manifest.version,
            "scenarios": list(pack.scenarios),
            "files": [{"name": name, "bytes": size} for name, size in _sizes(pack).items()],
            "bytes": len(pack.zipped),
            "sha256": pack.sha256,
        }
    return made | {"check": to_json(in_order(found))}


def _sizes(pack: Pack) -> dict[str, int]:
    return {name: len(text.encode()) for name, text in sorted(pack.texts.items())}
