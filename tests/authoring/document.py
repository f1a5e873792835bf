"""docs/authoring.md as a script: its commands run, its files written, its outputs compared.

``python -m tests.authoring.document`` writes today's outputs into it. Comments that a reader does
not see say what a block is:

- ``<!-- typed: a, b -->`` before commands: lines for the first of them to read.
- ``<!-- shows: 1-4, 9 -->`` before a text block: the lines of the output that stand there.
- ``<!-- measured: CHANGE; CHANGE -->`` before a text block: what changes do to some sellers.
- ``<!-- file: NAME -->`` before a yaml block: what the file holds at this point.
- ``<!-- sections: NAME -->`` before a yaml block: its top-level keys take the place of those in
  the file, or are added to it.
- ``<!-- save: NAME -->`` before a yaml block: a file that the reader writes.
- ``<!-- below: NAME, LINE -->`` before a yaml block: goes into a file, below the line that is so.
- ``<!-- misspelt: NAME as OTHER, WORD to WORD -->``: a copy of a file with one word changed.
- ``<!-- filled: FILE, TEXT to TRANSLATION -->``: a translator fills in one text of a catalogue.
- ``<!-- by hand -->`` before commands that end only when somebody ends them.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

from game.analysis.simulate import simulate
from game.cli import main as longlunch

DOCUMENT = Path(__file__).parents[2] / "docs" / "authoring.md"
RUNS = 1_000  # games a cell of what is measured
_PART = re.compile(r"<!-- (?P<note>.*?) -->|^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.S | re.M)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block with the notes before it, and where its body stands in the text."""

    kind: str
    body: str
    start: int
    notes: tuple[str, ...]

    def note(self, name: str) -> str | None:
        """What a note says after its name, or None."""
        found = (n.removeprefix(name).lstrip(": ") for n in self.notes if n.startswith(name))
        return next(found, None)

    @property
    def lines(self) -> list[str]:
        """The lines of a block of commands, joined where they go on, comments left out."""
        if self.kind != "sh":
            return []
        joined = self.body.replace("\\\n", " ")
        return [re.sub(r"\s+#.*", "", line).strip() for line in joined.splitlines()]

    @property
    def commands(self) -> list[str]:
        """Those of them that are ours."""
        return [" ".join(line.split()) for line in self.lines if line.startswith("longlunch ")]


def blocks(text: str) -> Iterator[Block]:
    """Every block in order; notes that stand alone come with an empty one."""
    notes: list[str] = []
    for part in _PART.finditer(text):
        if part["note"] is not None:
            notes.append(" ".join(part["note"].split()))
            if notes[-1].startswith(("misspelt", "filled")):
                yield Block("note", "", part.end(), (notes.pop(),))
        else:
            yield Block(part["kind"], part["body"], part.start("body"), tuple(notes))
            notes = []


def followed(text: str) -> str:
    """The document after following it in an empty folder, with what it shows as it is today."""
    out: list[str] = []
    at = 0
    shown = ""
    for block in blocks(text):
        new = block.body
        if block.kind == "note" and (filled := block.note("filled")):
            _fill(filled)
        elif block.kind == "note":
            _misspell(block.note("misspelt") or "")
        elif block.kind == "sh" and "by hand" not in block.notes:
            shown = _run(block)
        elif block.kind == "text" and (changes := block.note("measured")):
            new = _measured(Path("church-clock.yaml"), changes.split("; "))
        elif block.kind == "text":
            new = _selected(shown, block.note("shows"))
        elif block.kind == "yaml" and (name := block.note("file")):
            new = Path(name).read_text(encoding="utf-8")
        elif block.kind == "yaml" and (name := block.note("sections")):
            _put(Path(name), block.body)
        elif block.kind == "yaml" and (name := block.note("save")):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(block.body, encoding="utf-8")
        elif block.kind == "yaml" and (place := block.note("below")):
            _insert(place, block.body)
        new = new and new.rstrip("\n") + "\n"
        out += [text[at : block.start], new]
        at = block.start + len(block.body)
    return "".join(out) + text[at:]


def _run(block: Block) -> str:
    """What the commands of a block print, standard output before standard error."""
    typed = (block.note("typed") or "").split(", ")
    shown = ""
    for command in block.lines:
        if not command.startswith("longlunch "):
            subprocess.run(command, shell=True, check=True)
            continue
        out, err = io.StringIO(), io.StringIO()
        before = sys.stdin
        sys.stdin = io.StringIO("\n".join([*typed, ""]))
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                longlunch(shlex.split(command)[1:])
        finally:
            sys.stdin = before
        shown += out.getvalue() + err.getvalue()
        typed = []
    return "\n".join(line.rstrip() for line in shown.strip("\n").split("\n"))


def _measured(path: Path, changes: list[str]) -> str:
    """Score and signatures of a few sellers, each change by itself."""
    sellers = ("novice", "direct", "rapport", "adaptive", "steady")
    lines = ["".join([f"{'':31}", *(f"{seller:>10}" for seller in sellers)])]
    for change in changes:
        settings = [] if change == "as it is" else [change]
        cells = []
        for seller in sellers:
            made = simulate(str(path), seller, RUNS, seed=1, settings=settings)
            signs = made.endings["agreement"]
            cells.append(f"{made.measures['score'].mean:5.0f} {signs:4.0%}")
        lines.append("".join([f"{change:31}", *cells]))
    return "\n".join(line.rstrip() for line in lines)


def _selected(shown: str, lines: str | None) -> str:
    """The chosen lines, with an ellipsis where some are left out."""
    if lines is None:
        return shown
    every = shown.split("\n")
    parts = []
    last = 0
    for span in lines.split(","):
        first, _, end = span.strip().partition("-")
        if int(first) > last + 1:
            parts.append("…")
        last = min(int(end or first), len(every))
        parts += every[int(first) - 1 : last]
    return "\n".join([*parts, "…"] if last < len(every) else parts)


def _put(path: Path, body: str) -> None:
    text = path.read_text(encoding="utf-8")
    for section in re.findall(r"(?ms)^\w+:.*?(?=^\w|\Z)", body):
        key = section.partition(":")[0]
        section = section.rstrip("\n") + "\n"
        text, found = re.subn(
            rf"(?ms)^{key}:.*?(?=^[\w#]|\Z)", lambda _, s=section: s, text, count=1
        )
        if not found:
            text += section
    path.write_text(text, encoding="utf-8")


def _insert(place: str, body: str) -> None:
    name, _, line = place.partition(", ")
    text = Path(name).read_text(encoding="utf-8")
    head, found, tail = text.partition(f"{line}\n")
    assert found, place
    Path(name).write_text(head + found + body + tail, encoding="utf-8")


def _misspell(note: str) -> None:
    match = re.fullmatch(r"(\S+) as (\S+), (\S+) to (\S+)", note)
    assert match is not None, note
    source, target, old, new = match.groups()
    text = Path(source).read_text(encoding="utf-8")
    assert old in text
    Path(target).write_text(text.replace(old, new, 1), encoding="utf-8")


def _fill(note: str) -> None:
    name, _, what = note.partition(", ")
    text, _, translation = what.partition(" to ")
    file = polib.pofile(name)
    entry = file.find(text)
    assert entry is not None, note
    entry.msgstr = translation
    file.save()


@contextlib.contextmanager
def empty_folder() -> Iterator[Path]:
    """A folder to follow the document in, with a user's data of its own."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "tables"
        folder.mkdir()
        before = dict(os.environ)
        os.environ |= {"XDG_DATA_HOME": place, "XDG_CONFIG_HOME": place, "COLUMNS": "80"}
        try:
            with contextlib.chdir(folder):
                yield folder
        finally:
            os.environ.clear()
            os.environ |= before


def main() -> None:
    """Write today's outputs into the document."""
    with empty_folder():
        text = followed(DOCUMENT.read_text(encoding="utf-8"))
    DOCUMENT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
