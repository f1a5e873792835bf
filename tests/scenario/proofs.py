"""A file that proves each diagnostic, and the message it earns.

``python -m tests.scenario.proofs`` writes the messages into the pages of docs/diagnostics again.
"""

from __future__ import annotations

import contextlib
import functools
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.authoring.check import look
from game.scenario.check import check
from game.scenario.diagnostics import Diagnostic, ScenarioError, render_one
from game.scenario.sources import locate
from tests.scenario.zips import ATTACKS, TWO, Maker

ROOT = Path(__file__).parents[2]
BAD = ROOT / "tests" / "scenarios" / "bad"
LINT = ROOT / "tests" / "scenarios" / "lint"
PAGES = ROOT / "docs" / "diagnostics"

# What cannot lie in the repository as a file of its own: bytes, or far too much of something.
MADE: dict[str, bytes] = {
    "Y001": b"scenario: caf\xe9\n",
    "Y003": b"# " + b"long " * 60_000,
    "Y009": b"topics: " + b"[" * 100_000,
    "Y010": b"blocks: [" + b"a, " * 25_000 + b"]",
}
PATHS = {"RD001": "nowhere.yaml", "RD002": "folder", "RD004": "no-such-scenario"}
# Zips of packs by what is wrong with them: see tests/scenario/zips.py.
ZIPS = {
    "K001": "no_manifest",
    "K002": "cut_off",
    "K003": "large_member",
    "K004": "name_leading_out",
    "K005": "link",
    "K006": "encrypted",
    "K007": "capitals",
}


def bad_files() -> list[Path]:
    """Bad scenarios, and folders of bad packs."""
    return sorted([*BAD.glob("*.yaml"), *(BAD / "packs").iterdir()])


def lint_files() -> list[Path]:
    """Valid scenarios that the lints have something to say about, and packs of such."""
    cases = [*LINT.glob("l*.yaml"), *(p for p in LINT.glob("l*") if p.is_dir())]
    return sorted(cases)


def proof_file(code: str) -> Path | None:
    """The shortest-named bad file of a code."""
    files = [p for p in (*bad_files(), *lint_files()) if proves(p) == code]
    return min(files, key=lambda p: len(p.stem), default=None)


def proves(path: Path) -> str:
    """The code that a file is named after."""
    return path.stem.split("_")[0].upper()


@functools.cache
def found_in(path: Path) -> tuple[Diagnostic, ...]:
    """What a check of the file finds; of a lint proof, with all lints."""
    with folder(ROOT):
        shown = path.relative_to(ROOT)
        return look([str(shown)]).diagnostics if path.parent == LINT else tuple(check([shown]))


@contextlib.contextmanager
def folder(path: Path) -> Iterator[None]:
    with contextlib.chdir(path):
        yield


def proof(code: str) -> Diagnostic | None:
    """The diagnostic that the proof of a code earns; None if the proof lies with another part."""
    file = proof_file(code)
    if file is not None:
        return next(d for d in found_in(file) if d.code == code)
    with tempfile.TemporaryDirectory() as place, folder(Path(place)):
        if code in MADE:
            Path("case.yaml").write_bytes(MADE[code])
            return next(d for d in check(["case.yaml"]) if d.code == code)
        if code in ZIPS:
            Path("harbour.lunchpack.zip").write_bytes(ATTACKS[ZIPS[code]][1]())
            return next(d for d in check(["harbour.lunchpack.zip"]) if d.code == code)
        if code == "RD005":
            Path("harbour.lunchpack.zip").write_bytes(Maker(TWO).done())
            with pytest.raises(ScenarioError) as refused:
                locate("harbour.lunchpack.zip")
            return refused.value.diagnostics[0]
        if code in PATHS:
            Path("folder").mkdir()
            return next(d for d in check([PATHS[code]]) if d.code == code)
    return None


def block(code: str) -> str:
    """The example of a page."""
    diagnostic = proof(code)
    assert diagnostic is not None
    lines = [line.rstrip() for line in render_one(diagnostic).splitlines()]
    return "```text\n" + "\n".join(lines) + "\n```"


_BLOCK = re.compile(r"```text\n.*?\n```", re.DOTALL)


def refreshed(code: str, page: str) -> str:
    return _BLOCK.sub(lambda _: block(code), page, count=1)


def main() -> None:
    for path in sorted(PAGES.glob("*.md")):
        page = path.read_text(encoding="utf-8")
        if _BLOCK.search(page) and proof(path.stem) is not None:
            path.write_text(refreshed(path.stem, page), encoding="utf-8")


if __name__ == "__main__":
    main()
