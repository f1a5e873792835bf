"""Content tested by convention: each bad file earns exactly its code, each code has a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.authoring.check import look
from game.scenario.check import check
from game.scenario.codes import CODES
from game.scenario.library import shipped
from game.scenario.load import load_scenario
from tests.marks import spread
from tests.scenario.proofs import (
    BAD,
    LINT,
    MADE,
    PAGES,
    PATHS,
    ROOT,
    ZIPS,
    bad_files,
    folder,
    found_in,
    lint_files,
    proof,
    proves,
    refreshed,
)

GOOD = ROOT / "tests" / "scenarios" / "good"
_EXPECT = re.compile(r"# expect: (?P<code>\w+) (?P<line>\d+):(?P<column>\d+)(?: (?P<file>\S+))?\Z")
# Policies, claims, transcripts, tests for people and commands are proved where they belong.
ELSEWHERE = ("P", "C", "D", "G", "H", "R0", "Q", "S", "U", "W")


def expected(path: Path) -> list[tuple[str, int, int, str]]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        match = _EXPECT.match(line)
        if match is None:
            break
        file = path.parent / match["file"] if match["file"] else path
        found.append((match["code"], int(match["line"]), int(match["column"]), str(file)))
    return found


@pytest.mark.parametrize("path", [*bad_files(), *lint_files()], ids=lambda p: p.stem)
def test_a_bad_file_earns_exactly_what_it_says(path: Path) -> None:
    wanted = [one for file in _files(path) for one in expected(file)]
    assert wanted or _allowed(path), "no file begins with “# expect: CODE line:column”"
    found = [(d.code, d.line, d.column, str(ROOT / d.file)) for d in found_in(path)]
    assert sorted(found) == sorted(wanted)


def _allowed(path: Path) -> bool:
    return path.parent == LINT and "allowed" in path.stem


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.yaml")) if path.is_dir() else [path]


@pytest.mark.parametrize("path", [*bad_files(), *lint_files()], ids=lambda p: p.stem)
def test_a_bad_file_proves_the_code_it_is_named_after(path: Path) -> None:
    codes = [code for file in _files(path) for code, *_ in expected(file)]
    assert proves(path) in codes or _allowed(path)


def test_what_the_lint_proofs_extend_is_clean() -> None:
    assert found_in(LINT / "clean.yaml") == ()


@pytest.mark.parametrize("path", sorted(GOOD.glob("*.yaml")), ids=lambda p: p.stem)
def test_a_good_file_loads_without_a_word(path: Path) -> None:
    assert load_scenario(path).diagnostics == ()


def test_the_least_useful_scenario_is_short() -> None:
    lines = (GOOD / "corner_bakery.yaml").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 30


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_what_is_wrong_and_how_to_mend_it(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {code}: {CODES[code]}\n")
    assert "\n## How to mend it\n" in page


@pytest.mark.parametrize("code", [code for code in CODES if not code.startswith(ELSEWHERE)])
def test_a_page_shows_the_message_as_it_is_today(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    if code == "RD003":  # needs a file that its owner may not read: see the next test
        assert "error[RD003]" in page
        return
    assert page == refreshed(code, page), "run python -m tests.scenario.proofs"
    assert f"[{code}]" in page


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.yaml"
    path.write_text("scenario: locked\n")

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with folder(tmp_path):
        [found] = check([Path("locked.yaml")])
    assert found.code == "RD003"
    assert "permission denied" in found.message


@pytest.mark.long
def test_every_code_of_ours_is_proved() -> None:
    unproved = {code for code in CODES if not code.startswith(ELSEWHERE) and proof(code) is None}
    assert unproved == {"RD003"}
    assert not {proves(path) for path in bad_files()} & {*MADE, *PATHS, *ZIPS}


@pytest.mark.long
def test_shipped_files_are_clean() -> None:
    assert look([str(ROOT / "scenarios")]).diagnostics == ()


@pytest.mark.parametrize("name", spread(shipped()))
def test_a_shipped_scenario_is_clean_by_itself(name: str) -> None:
    assert look([name]).diagnostics == ()


def test_bad_voices_are_only_those_that_a_bad_scenario_names() -> None:
    named = {
        m for path in BAD.glob("*.yaml") for m in re.findall(r"voice: (\w+)", path.read_text())
    }
    assert {path.stem for path in (BAD / "voices").glob("*.yaml")} <= named
