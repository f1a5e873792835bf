"""What the README says is so: its excerpt, its commands, its links."""

from __future__ import annotations

import io
import re
import shlex
import sys
from pathlib import Path

import pytest

from game.cli import main, parser
from game.scenario.library import shipped

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^(longlunch .*?)(?:  +#.*)?$", README, re.MULTILINE)


def test_the_excerpt_is_what_is_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a change of words, copy the new ones: the turn after `prepare_history` and `w`."""
    [excerpt] = re.findall(r"```text\n(.*?)\n```", README, re.DOTALL)
    monkeypatch.setattr(sys, "stdin", io.StringIO("prepare_history\nw\ngreet\n"))
    path = str(tmp_path / "x.json")
    assert main(["play", "--text", "seoul", "--seed", "7", "--save", path]) == 0
    played = capsys.readouterr().out
    for part in excerpt.split("\n…\n"):
        assert part in played


OWN = ("my-table.yaml", "my-tables.lunchpack.zip")  # what the reader has made


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_is_understood(command: str) -> None:
    args = parser().parse_args(shlex.split(command)[1:])
    scenario = getattr(args, "scenario", None)
    assert not isinstance(scenario, str) or scenario in {*shipped(), *OWN}


def test_there_are_commands_for_everyone() -> None:
    named = {shlex.split(command)[1] for command in COMMANDS}
    assert named == {
        "play", "replay", "review", "again", "profile", "test",
        "new", "check", "preview", "simulate", "claims", "balance", "machine", "pack",
        "host", "bots",
    }  # fmt: skip


def test_every_link_leads_to_a_file() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "docs/architecture.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for link in re.findall(r"\]\((?!http)([^)#]+)", text):
            assert ((ROOT / name).parent / link).exists(), f"{name}: {link}"


def test_as_many_tables_as_it_says() -> None:
    assert len(shipped()) == 8 and "| eight tables," in README


PAGES = ("phone", "stage", "console")  # rendered by tests/browser/shots.py


def test_its_pictures_are_states_of_the_window_or_pages_of_a_workshop() -> None:
    from game.desktop.shots_states import SHOTS

    root = Path(__file__).parent.parent
    shown = re.findall(r"docs/images/([\w-]+)\.png", README)
    assert shown
    for state in shown:
        assert state in SHOTS or state in {f"workshop-{page}" for page in PAGES}
        assert (root / f"docs/images/{state}.png").read_bytes()[:4] == b"\x89PNG"
