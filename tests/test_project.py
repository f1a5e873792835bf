"""The project as people meet it: the readme's commands, the package outside its checkout."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest

from game import __version__
from game.scenario.library import shipped

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
Run = Callable[..., subprocess.CompletedProcess[str]]


# --- the package, installed where the checkout is out of sight ------------------------------------


def built(kind: str, folder: Path) -> Path:
    """A wheel or sdist, built with what is installed here: nothing is downloaded."""
    command = [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", folder]
    done = subprocess.run([*command, ROOT], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs the programs of a fresh environment that holds the wheel and sees no checkout."""
    place = tmp_path_factory.mktemp("elsewhere")
    (place / "dist").mkdir()
    wheel = built("wheel", place / "dist")
    venv = place / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    bin_dir = venv / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", str(bin_dir / "python"), "--quiet"]
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", "--disable-pip-version-check", wheel],
        check=True,
        capture_output=True,
    )
    # The libraries are those of this environment; a .pth file in theirs, such as that of an
    # editable install, does not count when their folder is named in a .pth file itself.
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    own = subprocess.run(
        [bin_dir / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    Path(own.stdout.strip(), "libraries.pth").write_text("\n".join(sorted(libraries)) + "\n")
    home = place / "home"
    home.mkdir()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "XDG_"))}
    places = {name: str(home) for name in ("HOME", "USERPROFILE", "LOCALAPPDATA")}

    def run(program: str, *arguments: str, told: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [bin_dir / program, *arguments],
            input=told,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=home,
            env={**kept, **places, "PYTHONUTF8": "1"},
            timeout=120,
        )

    return run


@pytest.mark.long
def test_the_installed_package_is_not_the_checkout(installed: Run) -> None:
    found = installed("python", "-c", "import game; print(game.__file__)")
    assert found.returncode == 0, found.stderr
    assert not Path(found.stdout.strip()).is_relative_to(ROOT / "game")


@pytest.mark.long  # in the short suite `test_the_entry_is_the_command_line` starts a process
def test_the_installed_command_says_its_version(installed: Run) -> None:
    assert installed("longlunch", "--version").stdout.strip() == f"longlunch {__version__}"


@pytest.mark.long
def test_the_installed_command_lists_every_scenario(installed: Run) -> None:
    listed = installed("longlunch", "play", "--text")
    assert listed.returncode == 0, listed.stderr
    assert sum(line.strip()[:1].isdigit() for line in listed.stdout.splitlines()) >= len(shipped())


@pytest.mark.long
def test_the_installed_command_plays_a_piped_game(installed: Run) -> None:
    played = installed("longlunch", "play", "--text", "seoul", "--seed", "3", told="1\n" * 60)
    assert played.returncode == 0, played.stderr
    assert "Traceback" not in played.stderr
    assert len(played.stdout.splitlines()) > 40


@pytest.mark.long
def test_the_installed_command_checks_and_simulates(installed: Run) -> None:
    assert installed("longlunch", "check", *shipped()).returncode == 0
    done = installed(
        "longlunch", "simulate", "seoul", "--policy", "rapport", "--runs", "40", "--json"
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["runs"] == 40
    refused = installed("longlunch", "simulate", "seoul", "--policy", "rapprt")
    assert refused.returncode == 2
    assert "rapport" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.long
def test_the_installed_command_begins_a_scenario(installed: Run) -> None:
    begun = installed("longlunch", "new", "salt-pans", "--yes")
    assert begun.returncode == 0, begun.stderr
    assert installed("longlunch", "check", "salt-pans.yaml").returncode == 0


@pytest.mark.long
def test_the_sdist_holds_what_a_packager_needs(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", tmp_path)) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    for name in (
        "game/cli.py", "scenarios/seoul.yaml", "scenarios/common/moves.yaml", "assets/README.md",
        "tests/test_project.py", "tests/golden/perft.json", "docs/architecture.md", ".ci/run",
        "LICENSE", "README.md",
    ):  # fmt: skip
        assert name in names, name


# --- what the texts promise -----------------------------------------------------------------------


def commands() -> list[str]:
    """The lines of the readme's shell blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.S)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def test_the_readme_begins_with_one_command_to_play_and_one_to_test() -> None:
    first, second, *rest = commands()
    assert first.startswith("python3 -m venv .venv && ")
    assert "longlunch play --text" in first
    assert second.startswith("python3 -m venv .venv && ")
    assert second.endswith("-m pytest -q -n auto")
    assert not [line for line in rest if "pytest" in line], "continuous integration takes the one"


@pytest.mark.parametrize(
    "line", [line for line in commands() if line.startswith("longlunch ")], ids=str
)
def test_the_readmes_commands_are_understood(line: str) -> None:
    from game.cli import parser

    words = line.split("#")[0].split()[1:]
    assert parser().parse_args(words).command == words[0]


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_links_to_files_lead_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        if "://" not in target:
            assert (ROOT / document).parent.joinpath(target).exists(), target


def test_every_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs/decisions/0009-dependencies.md").read_text(encoding="utf-8").lower()
    named = (
        PYPROJECT["project"]["dependencies"] + PYPROJECT["project"]["optional-dependencies"]["dev"]
    )
    for requirement in named:
        name = re.split(r"[<>=!~;\[ ]", requirement)[0].lower()
        assert name in reasons, f"{name} is not in docs/decisions/0009-dependencies.md"


def test_the_version_is_in_the_changelog() -> None:
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((ROOT / "docs/json").glob("*.json")), ids=lambda p: p.name)
def test_published_schemas_are_schemas_of_their_command(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    command = path.name.removesuffix(".schema.json")
    assert schema["title"] == f"longlunch.{command}/1"
    assert schema["properties"]["format"]["const"] == schema["title"]


# --- the report that continuous integration reads -------------------------------------------------


@pytest.fixture(scope="module")
def report() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ci_report", ROOT / ".ci/report.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


JUNIT = """<testsuites><testsuite tests="4">
<testcase classname="tests.core.test_a" name="test_one" />
<testcase classname="tests.core.test_a" name="test_two[x]"><skipped message="no" /></testcase>
<testcase classname="tests.test_b" name="test_three"><failure message="1 != 2" /></testcase>
<testcase classname="tests.test_b" name="test_four"><error message="oh" /></testcase>
</testsuite></testsuites>"""


def test_the_report_counts_and_finds_skipped_tests(
    report: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    junit, allowed = tmp_path / "junit.xml", tmp_path / "allowed.txt"
    junit.write_text(JUNIT)
    assert report.counts(str(junit)) == (1, 2)
    allowed.write_text("# nothing\ntests/core/test_a.py::test_two[x]\n")
    assert report.main([str(junit), str(allowed)]) == 1, "a line without a reason allows nothing"
    assert "tests/core/test_a.py::test_two[x]" in capsys.readouterr().out
    allowed.write_text("tests/core/test_a.py::test_two[x]  # needs a screen\n")
    assert report.main([str(junit), str(allowed)]) == 0


def test_every_allowed_skip_has_a_reason_and_a_file(report: ModuleType) -> None:
    for test, reason in report.allowed(str(ROOT / "tests/allowed_skips.txt")).items():
        assert reason
        assert (ROOT / test.split("::")[0]).is_file(), test


def test_vector_extensions_are_named_as_numpy_wants_them(report: ModuleType) -> None:
    env = {**os.environ, "NPY_DISABLE_CPU_FEATURES": report.simd()}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import numpy"], env=env, capture_output=True
    )
    assert done.returncode == 0, done.stderr
