"""docs/workshop.md is true: its commands parse, its words stand on the screens, its links lead."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from game.cli import parser
from game.scenario.library import common_path, shipped
from game.scenario.translated import common_words

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs/workshop.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^(longlunch .*?)(?:  +#.*)?$", GUIDE, re.MULTILINE)
INLINE = re.findall(r"`(longlunch [^`]+)`", GUIDE)
BOLD = sorted(set(re.findall(r"\*\*([^*]+)\*\*", GUIDE)))
# What is in bold for another reason than that it stands on a screen.
PLAIN = {
    "bold", "console", "stage", "Same network?", "Another address.", "The firewall", "Windows",
    "A network of your own.", "A cable", "Without phones", "macOS", "Linux",
}  # fmt: skip


def texts() -> Iterator[str]:
    """Every text of the workshop's pages and of the desktop's screens that host."""

    def leaves(found: Any) -> Iterator[str]:
        if isinstance(found, dict):
            for value in found.values():
                yield from leaves(value)
        else:
            yield str(found)

    files = [*common_path("").glob("workshop_*.yaml"), common_path("desktop_host.yaml")]
    for path in files:
        yield from leaves(common_words(path.name))
    yield from leaves(common_words("desktop_home.yaml")["home"]["host"])


def says(label: str) -> bool:
    """Whether a screen has this text; what is filled in may be anything."""
    for text in texts():
        pieces = re.split(r"\{\w+\}", text)
        pattern = ".+".join(map(re.escape, pieces)) if len(pieces) > 1 else re.escape(text)
        if re.fullmatch(pattern, label):
            return True
    return False


@pytest.mark.parametrize("command", [*COMMANDS, *INLINE])
def test_a_command_of_the_guide_is_understood(command: str) -> None:
    words = ["12" if word == "N" else word for word in shlex.split(command)[1:]]
    args = parser().parse_args(words)
    for name in getattr(args, "scenarios", []):
        assert name in shipped()


@pytest.mark.parametrize("label", [label for label in BOLD if label not in PLAIN])
def test_what_is_in_bold_stands_on_a_screen(label: str) -> None:
    assert says(label), f"no text of the workshop says “{label}”"


def test_options_in_running_text_are_those_of_host() -> None:
    known = {o for action in parser()._subparsers._group_actions[0].choices["host"]._actions  # type: ignore[union-attr]
             for o in action.option_strings}  # fmt: skip
    for option in re.findall(r"`(--[\w-]+)[^`]*`", GUIDE):
        assert option in known, option


def test_every_link_of_the_guide_leads_somewhere() -> None:
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-")
        for line in GUIDE.splitlines()
        if line.startswith("#")
    }
    for file, anchor in re.findall(r"\]\(([^)#:]*)(?:#([\w-]+))?\)", GUIDE):
        if file:
            assert (ROOT / "docs" / file).exists(), file
        else:
            assert anchor in headings, anchor


def test_the_plans_take_as_long_as_they_say() -> None:
    for heading, minutes in (("## Sixty minutes", 60), ("## Half a day", 210)):
        part = GUIDE.split(heading)[1].split("\n## ")[0]
        rows = [(int(a), int(b)) for a, b in re.findall(r"^\| (\d+)–(\d+) \|", part, re.MULTILINE)]
        assert rows[0][0] == 0 and rows[-1][1] == minutes
        assert [b for _, b in rows[:-1]] == [a for a, _ in rows[1:]], "no minute is left over"


def test_what_the_guide_says_in_figures_is_so() -> None:
    from game.workshop import options, places, tokens

    assert tokens.CODE_LENGTH == 6 and "a code of six characters" in GUIDE
    assert options.GOING_ON == 18 * 3600 and "for eighteen hours" in GUIDE
    assert places.PORT == 8765 and "The port is 8765" in GUIDE


def test_the_readme_sends_facilitators_to_the_guide() -> None:
    assert "(docs/workshop.md)" in README
