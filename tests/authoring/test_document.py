"""docs/authoring.md is true: commands work, files are free of mistakes, outputs are real."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from game.cli import COMMANDS, parser
from game.scenario.codes import CODES
from game.scenario.library import shipped
from tests.authoring.document import (
    DOCUMENT,
    blocks,
    empty_folder,
    followed,
)

TEXT = DOCUMENT.read_text(encoding="utf-8")
ALL = [command for block in blocks(TEXT) for command in block.commands]
IN_TEXT = re.findall(r"`(longlunch [^`]+)`", TEXT)
# commands for those who write; the others are for those who play and lead
FOR_AUTHORS = {
    "new", "check", "schema", "simulate", "balance", "machine", "pack", "strings", "play",
    "preview",
}  # fmt: skip


@pytest.mark.long
def test_who_follows_it_sees_what_it_shows() -> None:
    """After a change that shows here, `python -m tests.authoring.document` writes it anew."""
    with empty_folder():
        assert followed(TEXT) == TEXT


@pytest.mark.parametrize("command", ALL)
def test_a_command_of_it_is_understood(command: str) -> None:
    args = parser().parse_args(shlex.split(command)[1:])
    scenario = getattr(args, "scenario", None)
    assert scenario is None or scenario.endswith(".yaml") or scenario in shipped()


def test_it_knows_every_command_for_authors() -> None:
    assert {shlex.split(command)[1] for command in [*ALL, *IN_TEXT]} >= FOR_AUTHORS
    assert set(COMMANDS) >= FOR_AUTHORS


def test_commands_and_flags_named_in_the_text_exist() -> None:
    for command in IN_TEXT:
        parser().parse_args(shlex.split(command)[1:])


def test_its_links_lead_somewhere() -> None:
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-")
        for line in TEXT.splitlines()
        if line.startswith("#")
    }
    for link in re.findall(r"\]\((?!http)([^)]+)\)", TEXT):
        file, _, anchor = link.partition("#")
        assert (Path(DOCUMENT).parent / file).exists() if file else anchor in headings, link


def test_the_codes_it_names_exist() -> None:
    assert set(re.findall(r"\b[A-Z]{1,2}\d{3}\b", TEXT)) <= set(CODES)


def test_the_keys_it_names_exist() -> None:
    """What stands first in the rows of a table of keys is a key."""
    from game.scenario.model import Scenario

    known = set(Scenario.model_fields) | {"diffuseness", "reservation"}
    for row in re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", TEXT, re.MULTILINE):
        assert set(re.findall(r"`(\w+)`", row)) <= known, row
