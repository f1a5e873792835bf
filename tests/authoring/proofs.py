"""A file that proves each diagnostic of translations, and the message it earns.

``python -m tests.authoring.proofs`` writes the messages into their pages of docs/diagnostics again.
"""

from __future__ import annotations

import re
from pathlib import Path

from game.authoring.check import look
from game.authoring.strings import delivered
from game.scenario.codes import CODES
from game.scenario.diagnostics import Diagnostic, render_one
from tests.scenario.proofs import PAGES, ROOT, folder

BAD = ROOT / "tests" / "authoring" / "bad"
GOOD = Path("tests/scenarios/good")
OURS = [code for code in CODES if code[0] == "S"]
_BLOCK = re.compile(r"```text\n.*?\n```", re.DOTALL)


def bad_files() -> list[Path]:
    return sorted(path for path in BAD.iterdir() if path.suffix in (".po", ".yaml"))


def found_in(path: Path) -> list[Diagnostic]:
    """Everything noticed in a file, its path as seen from the checkout."""
    with folder(ROOT):
        shown = path.relative_to(ROOT)
        if path.suffix == ".yaml":
            return list(look([str(shown)]).diagnostics)
        text = path.read_text(encoding="utf-8")
        return delivered(shown, GOOD if "corner_b" in text else None)[0].found


def proof(code: str) -> Diagnostic:
    """The diagnostic that a code's shortest-named bad file earns."""
    files = [path for path in bad_files() if path.stem.split("_")[0] == code.lower()]
    shortest = min(files, key=lambda path: len(path.stem))
    return next(d for d in found_in(shortest) if d.code == code)


def page(code: str) -> str:
    return (PAGES / f"{code}.md").read_text(encoding="utf-8")


def refreshed(code: str) -> str:
    """The page with its example as it is today."""
    lines = [line.rstrip() for line in render_one(proof(code)).splitlines()]
    block = "```text\n" + "\n".join(lines) + "\n```"
    return _BLOCK.sub(lambda _: block, page(code), count=1)


def main() -> None:
    for code in OURS:
        (PAGES / f"{code}.md").write_text(refreshed(code), encoding="utf-8")


if __name__ == "__main__":
    main()
