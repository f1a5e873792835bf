"""What of the packed folder can be tried without making it; .ci/run makes and tries it."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGING = ROOT / "packaging"
SPEC = (PACKAGING / "longlunch.spec").read_text(encoding="utf-8")


def test_the_recipe_is_python_and_names_what_is_there() -> None:
    ast.parse(SPEC)
    for font in re.findall(r'"(font_\w+)"', SPEC):
        assert importlib.util.find_spec(font) is not None, font
    for name in ("entry.py", "READ ME.txt", "Long Lunch.desktop", "build.py", "try_folder.py"):
        assert (PACKAGING / name).is_file(), name


def test_nothing_that_is_needed_stays_out() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed = re.search(r"\ndependencies = \[(.*?)\]", pyproject, re.S)
    left_out = re.search(r"excludes=\[(.*?)\]", SPEC, re.S)
    assert needed is not None and left_out is not None
    names = {re.split(r"[<>=;\[]", n)[0].strip().lower() for n in re.findall(r'"(.*?)"', needed[1])}
    out = {name.split(".")[0].lower() for name in re.findall(r'"(.*?)"', left_out[1])}
    assert not out & (names - {"numpy"}), "of numpy only its tools for developers stay out"


@pytest.mark.skipif(os.name == "nt", reason="for desktops of Linux")
def test_the_launcher_starts_the_program_beside_it_wherever_it_lies(tmp_path: Path) -> None:
    """Read as the Desktop Entry specification has it: the file's escapes, then the quotes'."""
    place = tmp_path / "zu prüfen" / "Long Lunch"
    place.mkdir(parents=True)
    program = place / "longlunch"
    program.write_text('#!/bin/sh\necho "started with $# words"\n')
    program.chmod(0o755)
    text = (PACKAGING / "Long Lunch.desktop").read_text(encoding="utf-8")
    found = re.search(r"^Exec=(.*)$", text, re.M)
    assert found is not None
    line = re.sub(r"\\(.)", lambda m: {"s": " ", "n": "\n", "t": "\t"}.get(m[1], m[1]), found[1])
    quoted = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
    words = [re.sub(r"\\(.)", r"\1", m[1]) if m[1] else m[2] for m in quoted.finditer(line)]
    words = [str(place / "Long Lunch.desktop") if word == "%k" else word for word in words]
    done = subprocess.run(words, capture_output=True, text=True, cwd="/", check=True)
    assert done.stdout == "started with 0 words\n"


def test_the_entry_is_the_command_line() -> None:
    done = subprocess.run(
        [sys.executable, PACKAGING / "entry.py", "--version"], capture_output=True, text=True,
        env={**os.environ, "LD_LIBRARY_PATH_ORIG": "/before", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("longlunch ")
