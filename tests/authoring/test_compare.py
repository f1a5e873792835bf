"""`longlunch balance --compare`: the other version is found, differences are told from chance."""

from __future__ import annotations

import io
import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from game.analysis.balance import Balance, balance
from game.analysis.balance_compare import Compared, compare
from game.analysis.findings import findings
from game.analysis.settings import UsageError
from game.authoring.balance import to_json
from game.authoring.balance_edit import Edit, show_edit, verdict, version
from game.authoring.balance_page import page
from game.authoring.balance_text import console_for
from game.authoring.balance_words import words
from game.authoring.revisions import at_revision
from game.cli import main
from game.scenario.diagnostics import render_one
from game.scenario.load import load_scenario
from tests.pages import read

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs/diagnostics"
BAKERY = ROOT / "tests/scenarios/good/corner_bakery.yaml"
SEED, RUNS = 4, 60
Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Runs git in a fresh repository, which is the working folder."""
    monkeypatch.chdir(tmp_path)
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def run(*arguments: str) -> str:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        done = subprocess.run(["git", *who, *arguments], env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    run("init", "-q", ".")
    return run


def commit(git: Git, **files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/") + ".yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "a step")


def bakery(**changes: str) -> str:
    text = BAKERY.read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


# --- what differs ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def before() -> Balance:
    return small()


def small(*settings: str) -> Balance:
    loaded = load_scenario("toronto")
    return balance(
        loaded, RUNS, SEED, 0, settings, jobs=1, bands=(0.1, 0.9), scores_alone=True
    )  # fmt: skip


@pytest.fixture(scope="module")
def tougher(before: Balance) -> Compared:
    return compare(small("toughness=0.4"), before)


def test_an_edit_that_matters_is_found_where_it_matters(tougher: Compared) -> None:
    assert tougher.changes
    assert not tougher.same_rules
    sizes = [change.size for change in tougher.changes]
    assert sizes == sorted(sizes, reverse=True)
    for change in tougher.changes:
        assert change.contrast.low > 0 or change.contrast.high < 0
        assert change.contrast.mean == pytest.approx(change.contrast.a - change.contrast.b)
    own = [c for c in tougher.changes if (c.seller, c.measure) == ("novice", "seller_utility")]
    assert own
    assert all(c.contrast.mean < 0 for c in own), "a tougher buyer leaves less"


def test_the_same_twice_differs_in_nothing(before: Balance) -> None:
    found = compare(before, before)
    assert found.same_rules
    assert (found.changes, found.turned) == ((), ())
    assert found.comparisons == 8 * 3 * 8
    assert all(c.contrast.mean == 0 for c in found.scores)


def test_chance_alone_is_said_to_be_chance(before: Balance) -> None:
    """Scores that are shaken, game by game, differ; not beyond chance."""
    rng = np.random.default_rng(3)
    cells = []
    for cell in before.own:
        noise = rng.normal(0, 10, RUNS)
        columns = {**cell.columns, "score": cell.columns["score"] + noise - 0.2 * noise.mean()}
        cells.append(replace(cell, columns=columns))
    found = compare(replace(before, own=tuple(cells), digest="0" * 64), before)
    assert not found.changes
    edit = Edit("other", "", found)
    assert verdict(edit) == "No difference beyond chance, in any of 192 comparisons."


def test_conclusions_that_turn_are_told(before: Balance) -> None:
    lost = replace(before, crossing=replace(before.crossing, at=()), digest="0" * 64)
    turned = {t.id: t for t in compare(lost, before).turned}
    assert turned.keys() == {"styles_cross", "styles_one"}
    assert turned["styles_cross"].after is None
    assert turned["styles_one"].before is None
    assert turned["styles_one"].after in findings(lost)


def test_other_games_cannot_be_compared(before: Balance) -> None:
    with pytest.raises(ValueError, match="other games"):
        compare(replace(before, seed=before.seed + 1), before)


@pytest.mark.parametrize("width", [80, 50, 30])
def test_it_fits_the_screen(tougher: Compared, width: int) -> None:
    out = io.StringIO()
    console = console_for(out)
    console.width = width
    show_edit(Edit("HEAD~1", "The other version is the file at HEAD~1.", tougher), console)
    lines = out.getvalue().splitlines()
    assert all(len(line) <= width for line in lines)
    assert "novice" in out.getvalue()


def test_the_page_begins_with_it_and_has_every_number(
    committee: Balance, tougher: Compared
) -> None:
    root = read(page(committee, edit=Edit("HEAD~1", "From HEAD~1.", tougher)))
    sections = [s.attrs["aria-labelledby"] for s in root.all("section")]
    assert sections[0] == "edit"
    *_, table = root.section("edit").all("table")
    assert len(list(table.one("tbody").all("tr"))) == len(tougher.changes)
    same = read(page(committee, edit=Edit("HEAD", "", None)))
    assert words()["compare"]["same_rules"] in same.section("edit").said
    assert not list(same.section("edit").all("figure"))


def test_json_says_the_same(committee: Balance, tougher: Compared) -> None:
    found = to_json(committee, Edit("HEAD~1", "From HEAD~1.", tougher))["compared"]
    assert found["with"] == "HEAD~1"
    assert len(found["changes"]) == len(tougher.changes)
    assert to_json(committee, Edit("x", "", None))["compared"]["same_rules"]
    assert "compared" not in to_json(committee)


# --- where the other version comes from -----------------------------------------------------------


def test_a_file_an_id_and_a_revision_are_told_apart(git: Git) -> None:
    commit(git, mine=bakery())
    Path("other.yaml").write_text(bakery(**{"0.72": "0.2"}), encoding="utf-8")
    assert (
        version("mine.yaml", "other.yaml").loaded.scenario.buyers["duarte"].diffuseness.mean == 0.2
    )
    assert version("mine.yaml", "seoul").loaded.scenario.scenario == "seoul"
    assert version("mine.yaml", "HEAD").loaded.scenario.scenario == "corner-bakery"


def test_a_revision_brings_its_own_parents_and_voices(git: Git) -> None:
    child = "extends: base\nscenario: child\ntitle: Child\n"
    voice = "voice: ines\nsays:\n  a: {on: greet, text: Good morning.}\n"
    with_voice = bakery(**{"  role: Owner": "  voice: ines\n  role: Owner"})
    commit(git, base=with_voice, child=child, voices__ines=voice)
    commit(
        git, base=with_voice.replace("0.72", "0.2"), voices__ines=voice.replace("morning", "day")
    )
    now, then = load_scenario("child.yaml"), version("child.yaml", "HEAD~1")
    assert now.scenario.buyers["duarte"].diffuseness.mean == 0.2
    assert then.loaded.scenario.buyers["duarte"].diffuseness.mean == 0.72
    was = then.loaded.voices["duarte"]
    assert was is not None
    assert was.says["a"].text == "Good morning."
    for part in ("base.yaml", "voices/ines.yaml", "HEAD~1", git("rev-parse", "HEAD~1")[:9]):
        assert part in then.said


def test_the_work_tree_is_left_alone(git: Git) -> None:
    commit(git, mine=bakery())
    Path("mine.yaml").write_text(bakery(**{"0.72": "0.3"}), encoding="utf-8")
    before = (git("status", "--porcelain"), Path("mine.yaml").read_bytes())
    version("mine.yaml", "HEAD")
    assert (git("status", "--porcelain"), Path("mine.yaml").read_bytes()) == before


def test_a_scenario_in_a_folder_of_the_repository(git: Git) -> None:
    commit(git, tables__mine=bakery())
    assert version("tables/mine.yaml", "HEAD").loaded.scenario.scenario == "corner-bakery"


@pytest.mark.long
def test_an_older_version_that_is_broken_is_complained_of_where_it_is(
    git: Git, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(git, mine=bakery(**{"title: ": "titel: "}))
    commit(git, mine=bakery())
    assert main(["balance", "mine.yaml", "--compare", "HEAD~1", "--runs", "2"]) == 1
    assert "HEAD~1:mine.yaml:" in capsys.readouterr().err


@pytest.mark.long
def test_the_command_compares(git: Git, capsys: pytest.CaptureFixture[str]) -> None:
    commit(git, mine=bakery())
    few = ("--runs", "20", "--optimal", "0", "--jobs", "1")
    assert main(["balance", "mine.yaml", "--compare", "HEAD", *few]) == 0
    assert "The rules are the same" in capsys.readouterr().out
    Path("mine.yaml").write_text(bakery(**{"0.72": "0.05"}), encoding="utf-8")
    assert main(["balance", "mine.yaml", "--compare", "HEAD", *few]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "comparisons differ beyond chance" in shown


# --- what cannot be found -------------------------------------------------------------------------


def refused(code: str, git: Git, tmp_path: Path) -> UsageError:
    """The refusal that proves a code, in a repository with one file that came late."""
    commit(git, first=bakery())
    commit(git, mine=bakery())
    scenario, name = {
        "G001": ("outside.yaml", "HEAD"),
        "G002": ("mine.yaml", "HAED~1"),
        "G003": ("mine.yaml", "HEAD~1"),
    }[code]
    if code == "G001":
        Path("outside.yaml").write_text(bakery())
        Path(".git").rename(tmp_path / "moved")
    with pytest.raises(UsageError) as found:
        at_revision(scenario, name)
    return found.value


@pytest.mark.parametrize("code", ["G001", "G002", "G003"])
def test_pages_show_the_message_as_it_is_today(code: str, git: Git, tmp_path: Path) -> None:
    found = refused(code, git, tmp_path)
    assert found.exit_status == 2
    said = re.sub(r"\([0-9a-f]{9}\)", "(1f0c5a9d2)", render_one(found.diagnostics[0]))
    block = "\n".join(line.rstrip() for line in said.splitlines())
    shown = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    assert f"```text\n{block}\n```" in shown, block


@pytest.mark.parametrize("name", ["--help", "-x", "", "HEAD:mine.yaml", "HEAD\n", "a\0b"])
def test_names_that_are_no_revision_harm_nothing(git: Git, name: str) -> None:
    commit(git, mine=bakery())
    with pytest.raises(UsageError) as found:
        at_revision("mine.yaml", name)
    assert found.value.diagnostics[0].code == "G002"


def test_without_git_it_is_said_so(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(git, mine=bakery())
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError) as found:
        at_revision("mine.yaml", "HEAD")
    assert "install git" in found.value.diagnostics[0].fix


def test_a_folder_of_another_owner_is_not_read_over_gits_head(
    git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(git, mine=bakery())
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(UsageError) as found:
        at_revision("mine.yaml", "HEAD")
    assert "git says: " in found.value.diagnostics[0].fix
